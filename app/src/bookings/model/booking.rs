use super::draw::DrawCard;
use super::facility::Facility;
use super::waiting::WaitCard;
use crate::estate::{Names, UnitRef};
use crate::ids::{AccountId, BookingId, EstateId, FacilityId, SeriesId, UnitId};
use crate::moment::{Moment, Wall};
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// How far a booking has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingStage {
    /// Kept for somebody who fills in the form.
    Held,
    /// Asked for: the office looks at it.
    Requested,
    /// 已预订
    Confirmed,
    /// They came.
    Present,
    /// 已使用
    Done,
    /// Nobody came.
    Missed,
    /// The office said no, and why.
    Declined,
    /// The office did not answer before it would have begun.
    Lapsed,
    /// 已取消
    Cancelled,
    /// Kept, and not asked for in time.
    Expired,
}

impl BookingStage {
    const ALL: [Self; 10] = [
        Self::Held,
        Self::Requested,
        Self::Confirmed,
        Self::Present,
        Self::Done,
        Self::Missed,
        Self::Declined,
        Self::Lapsed,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Present => "present",
            Self::Done => "done",
            Self::Missed => "missed",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
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
    /// Why the office declined it or called it off.
    pub reason: Option<String>,
    /// When its person was reminded of it.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub reminded_at: Option<Moment>,
    /// How it was: 1 to 5,
    pub stars: Option<u8>,
    /// and in words.
    pub stars_words: Option<String>,
    /// With which others it was made.
    pub series: Option<SeriesId>,
    /// Whether the office made it in its own name, for a household in which nobody has an account.
    pub by_office: bool,
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
    /// The estates where the reader has a home.
    pub places: Vec<BookPlace>,
    /// The reader's bookings that are not over, or of which they have not said how it was, the next one first; at most 20.
    pub bookings: Vec<BookingCard>,
    /// Since when calendar programs follow the reader's bookings by a private address.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub feed_at: Option<Moment>,
    /// Where the reader waits for a time that others have, the next one first; at most 20.
    pub waiting: Vec<WaitCard>,
    /// The draws of those estates that are to come, or were drawn in the last week, the next first; at most 20.
    pub draws: Vec<DrawCard>,
    /// The clock to show those by that are of no such estate.
    pub wall: Wall,
}

/// What can be booked in an estate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookPlace {
    /// The estate.
    pub estate: EstateId,
    /// What people call it.
    pub names: Names,
    /// Its facilities, in order.
    pub facilities: Vec<Facility>,
    /// The clock on its wall.
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
    /// Those that follow in its series and are not over, the next one first.
    pub rest: Vec<BookingCard>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What a slot that is held became: where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The booking's code.
    pub code: String,
}

/// A booking as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The booking.
    pub card: BookingCard,
    /// For which household.
    pub home: UnitRef,
    /// Who booked it.
    pub person: String,
}

/// One booking as the office opens it; what it may do about it, the rules tell by the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryFile {
    /// The booking.
    pub entry: Entry,
    /// The facility, under the terms on which it was booked.
    pub facility: Facility,
    /// The code of the order of which it is a part, and with which it goes.
    #[serde(default)]
    pub part_of: Option<String>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What the person of a booking, or the office, is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum BookingNews {
    /// The office: somebody asks for it.
    Asked,
    /// The office said yes.
    Approved,
    /// The office said no.
    Declined {
        /// Why.
        reason: String,
    },
    /// The office booked it for them.
    Booked,
    /// The office gave it another time.
    Moved,
    /// It has another of the facility's units, so that somebody else has room.
    Swapped {
        /// Which.
        place: Names,
    },
    /// The office called it off.
    CalledOff {
        /// Why.
        reason: String,
    },
    /// The office did not answer in time.
    Lapsed,
    /// Nobody came.
    Missed,
    /// It begins within a day.
    Soon,
    /// What they waited for has come free, and is kept for them.
    Offered {
        /// Until when.
        #[serde(deserialize_with = "crate::moment::read")]
        until: Moment,
    },
    /// What they waited for did not come free.
    NotFreed,
    /// Their household won it in a draw.
    Drawn,
    /// Their household won nothing in a draw.
    NotDrawn,
    /// The office called off a draw that they had entered.
    DrawCalledOff {
        /// Why.
        reason: String,
    },
}

/// What somebody may do with a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingMove {
    /// Book what is held.
    Confirm,
    /// Have it at another time.
    Reschedule,
    /// Give it back.
    Cancel,
    /// Say how it was.
    Rate,
    /// The office says yes,
    Approve,
    /// or no.
    Decline,
    /// They came.
    CheckIn,
    /// Nobody came.
    Miss,
    /// The office takes it back.
    CallOff,
}
