use super::facility::Facility;
use crate::estate::{Names, UnitRef};
use crate::ids::{AccountId, BookingId, EstateId, FacilityId, UnitId};
use crate::moment::{Moment, Wall};
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// How far a booking has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingStage {
    /// Kept for somebody who fills in the form.
    Held,
    /// Asked for.
    Requested,
    /// 已预订
    Confirmed,
    /// 已取消
    Cancelled,
    /// Kept, and not asked for in time.
    Expired,
}

impl BookingStage {
    const ALL: [Self; 5] = [Self::Held, Self::Requested, Self::Confirmed, Self::Cancelled, Self::Expired];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The stage of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.tag() == tag)
    }
}

/// A booking, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// The booking.
    pub id: BookingId,
    /// Where.
    pub estate: EstateId,
    /// What people call it: `LY-00042-K`.
    pub code: String,
    /// Counts its changes.
    pub version: Version,
    /// How far it has come.
    pub stage: BookingStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// Of what.
    pub facility: FacilityId,
    /// For which household,
    pub unit: UnitId,
    /// and by whom.
    pub account: AccountId,
    /// From when
    #[serde(deserialize_with = "crate::moment::read")]
    pub starts_at: Moment,
    /// until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ends_at: Moment,
    /// For how many people.
    pub heads: u32,
    /// What they wrote.
    pub note: Option<String>,
    /// Until when it is kept for them.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub held_until: Option<Moment>,
    /// What it costs, in minor units.
    pub price: i64,
    /// When it was begun.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
}

/// A booking in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingCard {
    /// The booking.
    pub booking: Booking,
    /// What the facility is called.
    pub facility: Names,
    /// Its symbol.
    pub icon: String,
    /// Which of its units; none where seats are counted.
    pub place: Option<Names>,
}

/// What can be booked, and what is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookBoard {
    /// The facilities of the estates where the reader has a home, in order.
    pub facilities: Vec<Facility>,
    /// The reader's bookings that are not over, the next one first; at most 20.
    pub bookings: Vec<BookingCard>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A booking as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingFile {
    /// The booking.
    pub card: BookingCard,
    /// The facility, under the terms on which it was booked.
    pub facility: Facility,
    /// For which household.
    pub home: UnitRef,
    /// What its person may do with it.
    pub moves: Vec<BookingMove>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What a slot that is held became: where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The booking's code.
    pub code: String,
}

/// What somebody may do with a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingMove {
    /// Book what is held.
    Confirm,
    /// Give it back.
    Cancel,
}
