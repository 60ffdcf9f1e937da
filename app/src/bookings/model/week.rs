use super::facility::Facility;
use crate::ids::UnitId;
use crate::moment::{Moment, Wall};
use crate::people::Home;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A week of one facility, as somebody sees it who wants so long, for so many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// What is booked.
    pub facility: Facility,
    /// Their homes in its estate: bookings are a household's.
    pub homes: Vec<Home>,
    /// The one for which it is booked.
    pub home: UnitId,
    /// How many steps long.
    pub steps: u32,
    /// For how many people.
    pub heads: u32,
    /// Seven days, from the Monday on.
    pub days: Vec<Day>,
    /// The day that was asked for.
    pub chosen: NaiveDate,
    /// The first day of the week before, and after, where there is anything to book.
    pub before: Option<NaiveDate>,
    /// The first day of the week after.
    pub after: Option<NaiveDate>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// One day of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Which.
    pub on: NaiveDate,
    /// When a booking can begin on it; none on a day on which it is closed.
    pub slots: Vec<Slot>,
}

/// A time at which a booking could begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// From when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub starts_at: Moment,
    /// Whether it can be had.
    pub state: SlotState,
}

/// Whether a slot can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotState {
    /// So many units, or seats, are free.
    Free(u32),
    /// Somebody else has it.
    Taken,
    /// The reader has it.
    Own,
    /// It is over, too soon, or too far ahead.
    Closed,
}
