use super::facility::Facility;
use crate::estate::{Names, UnitRef};
use crate::ids::{AccountId, BookingId, EstateId, FacilityId, UnitId, WaitingId};
use crate::moment::{Moment, Wall};
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// What became of somebody's place in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitStage {
    /// 候补中
    Waiting,
    /// It came free, and is kept for them.
    Offered,
    /// They booked it.
    Taken,
    /// It was kept for them in vain, or they let it go.
    Passed,
    /// They left the line.
    Withdrawn,
    /// It did not come free in time.
    Over,
}

impl WaitStage {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Taken => "taken",
            Self::Passed => "passed",
            Self::Withdrawn => "withdrawn",
            Self::Over => "over",
        }
    }
}

/// Somebody's place in line for a time that others have, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The place.
    pub id: WaitingId,
    /// Where.
    pub estate: EstateId,
    /// Counts its changes.
    pub version: Version,
    /// What became of it.
    pub stage: WaitStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// For what.
    pub facility: FacilityId,
    /// For which household,
    pub unit: UnitId,
    /// and who.
    pub account: AccountId,
    /// From when
    #[serde(deserialize_with = "crate::moment::read")]
    pub starts_at: Moment,
    /// until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ends_at: Moment,
    /// For how many people.
    pub heads: u32,
    /// Until when it would have to be booked.
    #[serde(deserialize_with = "crate::moment::read")]
    pub waits_until: Moment,
    /// Since when they wait: whoever came first is asked first.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
    /// What was kept for them when it came free.
    pub booking: Option<BookingId>,
}

/// A place in line as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitCard {
    /// The place.
    pub entry: Waiting,
    /// What the facility is called.
    pub facility: Names,
    /// Its symbol.
    pub icon: String,
    /// How many who came before wait for some of the same time.
    pub ahead: u32,
}

/// A time that somebody may wait for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitFile {
    /// The facility, under the terms that hold now.
    pub facility: Facility,
    /// For which household.
    pub home: UnitRef,
    /// From when
    #[serde(deserialize_with = "crate::moment::read")]
    pub starts_at: Moment,
    /// until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ends_at: Moment,
    /// How many steps that is.
    pub steps: u32,
    /// For how many people.
    pub heads: u32,
    /// How the household stands to it.
    pub standing: Standing,
    /// How many wait for some of the same time.
    pub waiting: u32,
    /// The clock to show times by.
    pub wall: Wall,
}

/// How a household stands to a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody has it: it is there to be booked.
    Free,
    /// Others have it: it can be waited for.
    Taken,
    /// The household waits for it already.
    InLine,
}
