//! "Something in this room changed": from a commit to every open screen that may see it. A beat carries
//! names and scope, never data; lost, doubled or late it is harmless, because screens refetch through
//! the same authorised calls.

#[cfg(not(feature = "ssr"))]
mod browser;
mod builds;
#[cfg(feature = "ssr")]
mod hub;

#[cfg(not(feature = "ssr"))]
pub use browser::listen;
pub use builds::own_build;
#[cfg(feature = "ssr")]
pub use hub::Live;

use crate::ids::{AccountId, EstateId, UnitId};
use crate::people::Viewer;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A room whose happenings are told live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Room {
    /// Accounts, roles, invitations.
    People,
    /// Requests and their work orders.
    Requests,
    /// What people are told in their inboxes.
    Messages,
    /// What the estate promises itself.
    Policy,
    /// The front desk's contacts.
    Desk,
    /// Who is asked again, and how that goes.
    Followups,
    /// What is booked.
    Bookings,
    /// What is ordered of the catalogue.
    Concierge,
    /// What is left at the desk for somebody else.
    Mail,
    /// What the estate does for its people.
    Activities,
    /// What the estate tells its people.
    Notices,
    /// Who comes to the lobby.
    Visitors,
}

impl Room {
    /// The value in the database and on the wire.
    pub fn tag(self) -> &'static str {
        match self {
            Room::People => "people",
            Room::Requests => "requests",
            Room::Messages => "messages",
            Room::Policy => "policy",
            Room::Desk => "desk",
            Room::Followups => "followups",
            Room::Bookings => "bookings",
            Room::Concierge => "concierge",
            Room::Mail => "mail",
            Room::Activities => "activities",
            Room::Notices => "notices",
            Room::Visitors => "visitors",
        }
    }

    /// The room of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let all = [
            Room::People,
            Room::Requests,
            Room::Messages,
            Room::Policy,
            Room::Desk,
            Room::Followups,
            Room::Bookings,
            Room::Concierge,
            Room::Mail,
            Room::Activities,
            Room::Notices,
            Room::Visitors,
        ];
        all.into_iter().find(|room| room.tag() == tag)
    }
}

/// One committed happening, as screens learn of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// The happening's number.
    pub id: i64,
    /// Where.
    pub estate: EstateId,
    /// In which room.
    pub room: Room,
    /// Whether residents' screens look again.
    pub is_heard_at_home: bool,
    /// The unit whose occupants it concerns.
    pub unit: Option<UnitId>,
    /// The resident whom it concerns.
    pub reader: Option<AccountId>,
}

impl Beat {
    /// Whether this person's screens may learn of it. A message is its reader's alone; what is free to book, or to take part
    /// in, is anybody's who has a home there, and so is that a notice came or went. A lobby screen learns of what stands on
    /// it, and of whoever waits before one.
    pub fn concerns(&self, viewer: &Viewer) -> bool {
        if let Some(screen) = viewer.screen() {
            return screen.estate == self.estate && matches!(self.room, Room::Notices | Room::Visitors);
        }
        if self.room == Room::Messages {
            return self.reader.is_some() && self.reader == viewer.account().ok();
        }
        let is_everybodys = match self.room {
            Room::Bookings | Room::Activities => true,
            // That somebody has read one is their own screens' to know.
            Room::Notices => self.reader.is_none(),
            _ => false,
        };
        let office = viewer.staff().is_ok_and(|staff| staff.estate == self.estate);
        let home = self.is_heard_at_home
            && viewer.resident().is_ok_and(|resident| {
                self.reader == Some(resident.person.account)
                    || is_everybodys && resident.homes.iter().any(|home| home.estate == self.estate)
                    || self.unit.is_some_and(|unit| resident.homes.iter().any(|home| home.unit.id == unit))
            });
        office || home
    }
}

/// Counts beats per room; a Resource that reads it refetches.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    requests: RwSignal<u32>,
    people: RwSignal<u32>,
    messages: RwSignal<u32>,
    policy: RwSignal<u32>,
    desk: RwSignal<u32>,
    followups: RwSignal<u32>,
    bookings: RwSignal<u32>,
    concierge: RwSignal<u32>,
    mail: RwSignal<u32>,
    activities: RwSignal<u32>,
    notices: RwSignal<u32>,
    visitors: RwSignal<u32>,
    /// Whether the channel is open; screens say so when it is not.
    pub connected: RwSignal<bool>,
    /// Whether the server runs another build than this page.
    pub outdated: RwSignal<bool>,
}

impl Pulse {
    /// A pulse that has not beaten yet.
    pub fn new() -> Self {
        Self {
            requests: RwSignal::new(0),
            people: RwSignal::new(0),
            messages: RwSignal::new(0),
            policy: RwSignal::new(0),
            desk: RwSignal::new(0),
            followups: RwSignal::new(0),
            bookings: RwSignal::new(0),
            concierge: RwSignal::new(0),
            mail: RwSignal::new(0),
            activities: RwSignal::new(0),
            notices: RwSignal::new(0),
            visitors: RwSignal::new(0),
            connected: RwSignal::new(true),
            outdated: RwSignal::new(false),
        }
    }

    /// The count of a room; reading it subscribes.
    pub fn of(self, room: Room) -> u32 {
        self.signal(room).get()
    }

    /// One beat of a room.
    pub fn beat(self, room: Room) {
        self.signal(room).update(|count| *count = count.wrapping_add(1));
    }

    /// After the line was down: everything may have changed.
    pub fn beat_all(self) {
        self.beat(Room::Requests);
        self.beat(Room::People);
        self.beat(Room::Messages);
        self.beat(Room::Policy);
        self.beat(Room::Desk);
        self.beat(Room::Followups);
        self.beat(Room::Bookings);
        self.beat(Room::Concierge);
        self.beat(Room::Mail);
        self.beat(Room::Activities);
        self.beat(Room::Notices);
        self.beat(Room::Visitors);
    }

    fn signal(self, room: Room) -> RwSignal<u32> {
        match room {
            Room::Requests => self.requests,
            Room::People => self.people,
            Room::Messages => self.messages,
            Room::Policy => self.policy,
            Room::Desk => self.desk,
            Room::Followups => self.followups,
            Room::Bookings => self.bookings,
            Room::Concierge => self.concierge,
            Room::Mail => self.mail,
            Room::Activities => self.activities,
            Room::Notices => self.notices,
            Room::Visitors => self.visitors,
        }
    }
}

impl Default for Pulse {
    fn default() -> Self {
        Self::new()
    }
}

/// The pulse of this page.
pub fn pulse() -> Pulse {
    use_context::<Pulse>().unwrap_or_default()
}
