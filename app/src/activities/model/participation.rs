use crate::ids::{AccountId, ActivityId, EstateId, ParticipationId, UnitId};
use crate::moment::Moment;
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// How a household stands to an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipationStage {
    /// 已报名: it has places.
    Signed,
    /// 候补: it waits for them.
    Waiting,
    /// 已放弃
    GivenUp,
    /// 已签到: some of it were there.
    Came,
}

impl ParticipationStage {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Waiting => "waiting",
            Self::GivenUp => "given_up",
            Self::Came => "came",
        }
    }
}

/// A household's part in an activity, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// The part.
    pub id: ParticipationId,
    /// Where.
    pub estate: EstateId,
    /// In what.
    pub activity: ActivityId,
    /// Counts its changes.
    pub version: Version,
    /// How it stands.
    pub stage: ParticipationStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// Which household,
    pub unit: UnitId,
    /// and who signed it up.
    pub account: AccountId,
    /// How many people.
    pub heads: u32,
    /// How many of them came.
    pub came: Option<u32>,
    /// How it was: 1 to 5,
    pub stars: Option<u8>,
    /// and in words.
    pub stars_words: Option<String>,
    /// When they signed up: their place in line.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
}

/// What a household may do about its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipationMove {
    /// Give up what they have, or wait for.
    GiveUp,
    /// Say how it was.
    Rate,
}
