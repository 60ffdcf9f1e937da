use super::care::Closure;
use super::diary::Bookable;
use super::draw::Draw;
use super::facility::Facility;
use super::water::WaterReading;
use crate::estate::UnitRef;
use crate::ids::{AccountId, BookingId, UnitId};
use crate::moment::{Moment, Wall};
use crate::people::Home;
use crate::requests::Version;
use crate::services::ServiceAbout;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A week of one facility, as somebody sees it who wants so long, for so many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// What is booked.
    pub facility: Facility,
    /// Their homes in its estate, where they choose: bookings are a household's.
    pub homes: Vec<Home>,
    /// The one for which it is booked.
    pub home: UnitId,
    /// How many steps long.
    pub steps: u32,
    /// For how many people.
    pub heads: u32,
    /// Seven days: from today on, or so many times seven later.
    pub days: Vec<Day>,
    /// The day that was asked for.
    pub chosen: NaiveDate,
    /// The first day of the week before, and after, where there is anything to book.
    pub before: Option<NaiveDate>,
    /// The first day of the week after.
    pub after: Option<NaiveDate>,
    /// What is moved to one of these times; none: a new booking.
    pub moving: Option<Moving>,
    /// Whether the reader may book it at all: they were shown around where that is asked.
    pub is_welcome: bool,
    /// What of it is closed in that week, and why.
    pub closures: Vec<Closure>,
    /// What was read last of its water, where a log of that is kept (K4).
    pub water: Option<WaterReading>,
    /// What the catalogue says of it, for those who book it for themselves.
    pub service: Option<ServiceAbout>,
    /// By which draws times of that week are given away.
    pub draws: Vec<Draw>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A booking that is moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moving {
    /// The booking.
    pub id: BookingId,
    /// What people call it.
    pub code: String,
    /// Counts its changes.
    pub version: Version,
    /// From when
    #[serde(deserialize_with = "crate::moment::read")]
    pub starts_at: Moment,
    /// until when it is now.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ends_at: Moment,
}

/// A week of a facility as the office books it for a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekFor {
    /// For whom.
    pub home: UnitRef,
    /// What the estate has, in order.
    pub facilities: Vec<Bookable>,
    /// Who there has an account, and may have it; where nobody has, it is the office's own.
    pub guests: Vec<Guest>,
    /// The week.
    pub week: Week,
}

/// Somebody of a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Who.
    pub account: AccountId,
    /// What they are called.
    pub name: String,
    /// Whether they were shown around.
    pub is_inducted: bool,
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
    /// It is given away by lot.
    Drawn,
    /// It is over, too soon, or too far ahead.
    Closed,
}
