use super::{ContactKind, ContactStage};
use crate::estate::{Names, UnitRef};
use crate::ids::{CallbackId, ContactId};
use crate::moment::{Moment, Wall};
use crate::requests::{Channel, Version};
use crate::services::Urgency;
use serde::{Deserialize, Serialize};

/// A contact as lists and the wall show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCard {
    /// The contact.
    pub id: ContactId,
    /// Its version, for moves.
    pub version: Version,
    /// By which way it came.
    pub channel: Channel,
    /// What it is.
    pub kind: ContactKind,
    /// How pressing.
    pub urgency: Urgency,
    /// Where it stands.
    pub stage: ContactStage,
    /// When it came in.
    #[serde(deserialize_with = "crate::moment::read")]
    pub received_at: Moment,
    /// Where from.
    pub unit: Option<UnitRef>,
    /// Who called.
    pub caller: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// What they want.
    pub words: String,
    /// What they were told.
    pub answer: Option<String>,
    /// Whether it was read back.
    pub read_back: bool,
    /// Whether an apology was due.
    pub rings_late: bool,
    /// Who holds it.
    pub holder: String,
    /// To whom it is offered, and by which words.
    pub offered: Option<Offered>,
    /// The request's code, where it became one.
    pub code: Option<String>,
    /// When the three minutes end.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_at: Moment,
    /// When they were stopped.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub stopped_at: Option<Moment>,
    /// Whether they passed.
    pub is_breached: bool,
    /// What the reader may do with it.
    pub moves: Vec<ContactMove>,
}

/// What a reader may do with a contact, the likeliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContactMove {
    /// Accept what is offered.
    Accept,
    /// Give it back.
    Refuse,
    /// Say what was said.
    Answer,
    /// Promise a reply.
    Promise,
    /// Promise another time, and say why.
    MovePromise,
    /// Offer it to somebody.
    Offer,
    /// Take the offer back.
    Withdraw,
    /// Take in hand what came by itself.
    Claim,
}

/// To whom a contact is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offered {
    /// A colleague, by name.
    Person(String),
    /// A department.
    Department(Names),
}

/// A breach of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Of which contact.
    pub id: ContactId,
    /// Who held it then.
    pub holder: String,
    /// When the three minutes ended.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_at: Moment,
    /// What it was about.
    pub words: String,
    /// Where from.
    pub unit: Option<UnitRef>,
}

/// Somebody to be called back (B9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    /// The slip.
    pub id: CallbackId,
    /// Whom.
    pub name: String,
    /// At which number.
    pub phone: String,
    /// What about.
    pub words: Option<String>,
    /// By when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_at: Moment,
    /// Who took it.
    pub taken_by: String,
}

/// The three-minute wall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallBoard {
    /// Those that count down, the most pressing first; then those that wait for an answer. At most 150.
    pub contacts: Vec<ContactCard>,
    /// Who is to be called back; at most 30.
    pub callbacks: Vec<Callback>,
    /// What was missed today, the latest first; at most 30.
    pub breaches: Vec<Breach>,
    /// How long they have, in minutes.
    pub minutes: u32,
    /// To whom a contact may be handed.
    pub colleagues: Vec<crate::people::Colleague>,
    /// The clock to show times by.
    pub wall: Wall,
}
