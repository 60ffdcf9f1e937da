use crate::activities::ActivityNews;
use crate::bookings::BookingNews;
use crate::concierge::ServiceNews;
use crate::desk::News;
use crate::estate::{Names, UnitRef};
use crate::ids::{ContactId, EstateId, MessageId, NoticeId, OrderId, RequestId, StaffId};
use crate::mail::{MailKind, MailNews};
use crate::moment::{Moment, Wall};
use crate::notices::NoticeNews;
use crate::people::LapseKind;
use crate::requests::{Happening, Request};
use crate::visitors::VisitNews;
use serde::{Deserialize, Serialize};

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum Telling {
    /// What happened to a matter, in the words of its timeline.
    Happened {
        /// What.
        happening: Happening,
    },
    /// What happened to a contact at the desk.
    Desk {
        /// What.
        news: News,
        /// Its first words.
        words: String,
    },
    /// Where their conduct fell short, as it was noted, or that it does not count any more (B10).
    Lapse {
        /// Whose record it stands on: where it leads.
        staff: StaffId,
        /// Of which kind.
        kind: LapseKind,
        /// What was said or done.
        said: String,
        /// Whether it was withdrawn.
        is_withdrawn: bool,
    },
    /// An order was completed, and waits for its reader's check (C12).
    Check {
        /// The order: where it leads.
        order: OrderId,
        /// What was done.
        note: String,
    },
    /// What became of a booking, or that somebody asks for one.
    Booking {
        /// What.
        news: BookingNews,
        /// Its code: where it leads; none has what did not come free.
        code: String,
        /// Of what.
        facility: Names,
        /// From when.
        #[serde(deserialize_with = "crate::moment::read")]
        starts_at: Moment,
    },
    /// What became of an order of the catalogue, or that somebody made one.
    Service {
        /// What.
        news: ServiceNews,
        /// Its code: where it leads.
        code: String,
        /// What is ordered.
        service: Names,
    },
    /// Words that were left for its reader at the desk (A3). Read, they are delivered.
    Relay {
        /// The contact by which they came.
        relay: ContactId,
        /// Who left them.
        from: String,
        /// Their number.
        phone: Option<String>,
        /// What they said.
        words: String,
        /// By when they want to be called.
        #[serde(deserialize_with = "crate::moment::read_option")]
        call_by: Option<Moment>,
        /// Whether it is urgent.
        is_urgent: bool,
    },
    /// What became of something that came by mail (A5).
    Mail {
        /// What.
        news: MailNews,
        /// Registered or parcel.
        mail: MailKind,
        /// Who brought it.
        carrier: String,
        /// For which household.
        home: UnitRef,
    },
    /// What goes on in the lobby.
    Lobby {
        /// What.
        news: VisitNews,
    },
    /// What became of an activity, or what somebody does for it.
    Activity {
        /// What.
        news: ActivityNews,
        /// Its code: where it leads.
        code: String,
        /// What it is called.
        title: Names,
        /// From when.
        #[serde(deserialize_with = "crate::moment::read")]
        starts_at: Moment,
    },
    /// A public notice, or what became of one.
    Notice {
        /// What.
        news: NoticeNews,
        /// The notice: where it leads.
        notice: NoticeId,
        /// What it is called; empty in a language that is missing.
        title: Names,
        /// Whether it is an emergency.
        is_emergency: bool,
    },
}

impl Telling {
    /// Whether its reader is paged rather than told: it cannot wait until they look.
    pub fn is_urgent(&self) -> bool {
        match self {
            Telling::Happened { happening } => matches!(happening, Happening::PromiseLapsed { .. }),
            Telling::Desk { news, .. } => news.is_urgent(),
            Telling::Lapse { .. } => false,
            Telling::Check { .. } => false,
            Telling::Booking { news, .. } => matches!(news, BookingNews::CalledOff { .. }),
            Telling::Service { news, .. } => news.is_urgent(),
            Telling::Relay { is_urgent, .. } => *is_urgent,
            Telling::Mail { .. } => false,
            // Somebody stands there and waits.
            Telling::Lobby { .. } => true,
            Telling::Activity { news, .. } => matches!(news, ActivityNews::CalledOff { .. }),
            Telling::Notice { is_emergency, .. } => *is_emergency,
        }
    }
}

/// How what a resident is told stands to what else they are told of the same matter in the same transaction. Of several
/// that may stand for each other they find one: the last of the weightiest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Where the matter stands: said by the weightier, too.
    Step,
    /// What they are to expect from now on.
    News,
    /// It stands for nothing else: somebody's words, or a promise that was broken.
    Apart,
}

/// What a message is about: where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The estate.
    pub estate: EstateId,
    /// The request; none where the message itself says where it leads.
    pub request: Option<RequestId>,
}

impl From<&Request> for About {
    fn from(request: &Request) -> Self {
        Self { estate: request.estate, request: Some(request.id) }
    }
}

/// Whether somebody is told at home or in the office: one account may have both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// As a resident.
    Home,
    /// As a member of staff.
    Office,
}

impl Side {
    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Side::Home => "home",
            Side::Office => "office",
        }
    }

    /// The side of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Side::Home, Side::Office].into_iter().find(|side| side.tag() == tag)
    }
}

/// A message as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The message.
    pub id: MessageId,
    /// What it says.
    pub telling: Telling,
    /// The matter that it is about: its code, and what kind of problem.
    pub matter: Option<(String, Names)>,
    /// When it was told.
    #[serde(deserialize_with = "crate::moment::read")]
    pub told_at: Moment,
    /// Whether it was read.
    pub is_read: bool,
}

/// Where the next page of an inbox begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Told before this instant,
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// or at it, and with a smaller id.
    pub id: MessageId,
}

/// A page of an inbox, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// At most 30.
    pub messages: Vec<Message>,
    /// Where older ones begin.
    pub next: Option<Before>,
    /// The clock to show times by.
    pub wall: Wall,
}
