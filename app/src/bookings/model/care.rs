use super::facility::Facility;
use super::water::WaterLog;
use crate::ids::{ClosureId, FacilityUnitId};
use crate::moment::{Moment, Wall};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A facility as the office looks after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacilityFile {
    /// The facility, under the terms that hold now.
    pub facility: Facility,
    /// When it is open, weekday by weekday.
    pub openings: Vec<Opening>,
    /// When it is closed, or one of its units, from now on, the next first; at most 200.
    pub closures: Vec<Closure>,
    /// Days from today on with hours of their own, the next first; at most 200.
    pub days: Vec<SpecialDay>,
    /// Its water log, where one is kept or was.
    pub water: WaterLog,
    /// Whether the reader may change its terms.
    pub may_change: bool,
    /// The clock to show times by.
    pub wall: Wall,
}

/// From one minute of a weekday until another a facility is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// 1 to 7 from Monday on; 8 is any holiday.
    pub weekday: u32,
    /// Minutes after midnight on the estate's wall.
    pub opens: u16,
    /// The minute that no longer belongs to it; 1440 is midnight.
    pub closes: u16,
}

/// A while in which nobody has a facility, or one of its units: repairs, an event of the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The closure.
    pub id: ClosureId,
    /// Of which unit; none: of the whole facility.
    pub unit: Option<FacilityUnitId>,
    /// From when
    #[serde(deserialize_with = "crate::moment::read")]
    pub starts_at: Moment,
    /// until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ends_at: Moment,
    /// Why, as residents read it.
    pub reason: String,
}

/// A day with hours of its own, whatever its weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// Which.
    pub on: NaiveDate,
    /// From which minutes after midnight until which, in order; none: closed all day.
    pub hours: Vec<(u16, u16)>,
}
