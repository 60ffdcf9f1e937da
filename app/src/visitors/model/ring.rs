use crate::ids::{EstateId, RingId, ScreenId};
use crate::moment::Moment;
use crate::requests::Version;
use crate::screens::Place;
use serde::{Deserialize, Serialize};

/// How far a ring has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RingStage {
    /// Nobody has answered.
    Ringing,
    /// Somebody is on the way.
    Coming,
    /// Somebody is there.
    Talking,
    /// Touched away, or over by itself.
    Over,
}

impl RingStage {
    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            RingStage::Ringing => "ringing",
            RingStage::Coming => "coming",
            RingStage::Talking => "talking",
            RingStage::Over => "over",
        }
    }

    /// What the desk makes of a ring.
    pub fn from_desk(tag: &str) -> Option<Self> {
        [RingStage::Coming, RingStage::Talking, RingStage::Over].into_iter().find(|stage| stage.tag() == tag)
    }
}

/// Somebody at a lobby screen rings the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// The ring.
    pub id: RingId,
    /// Where.
    pub estate: EstateId,
    /// Counts its changes.
    pub version: Version,
    /// How far it has come.
    pub stage: RingStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// At which screen.
    pub screen: ScreenId,
    /// Where that stood.
    pub place: Place,
    /// Since when it rings.
    #[serde(deserialize_with = "crate::moment::read")]
    pub rung_at: Moment,
    /// When it ends by itself.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ends_at: Moment,
    /// Who answered.
    pub by: Option<String>,
}
