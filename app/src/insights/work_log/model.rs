use crate::desk::DeskHappening;
use crate::estate::{DepartmentRef, Names};
use crate::ids::ContactId;
use crate::insights::Whose;
use crate::moment::{Moment, Wall};
use crate::people::Colleague;
use crate::requests::Happening;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The matter to which something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogMatter {
    /// Its code.
    pub code: String,
    /// What it is about.
    pub item: Names,
}

/// The contact at the desk to which something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogContact {
    /// The contact.
    pub id: ContactId,
    /// When it came in.
    #[serde(deserialize_with = "crate::moment::read")]
    pub received_at: Moment,
    /// The first words.
    pub words: String,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// To a matter, in the words of its timeline.
    Matter {
        /// Which.
        matter: LogMatter,
        /// What happened to it.
        happening: Box<Happening>,
    },
    /// At the desk.
    Desk {
        /// What happened there.
        happening: DeskHappening,
        /// To which contact; none where there is none, or for those who do not read the register.
        contact: Option<LogContact>,
    },
    /// Given up before it had left a device.
    Discarded {
        /// What it was, in its own words; none for those who may not read those.
        words: Option<String>,
        /// Why.
        reason: String,
    },
    /// Something in another room, by its tag.
    Other {
        /// `people`, `policy`…
        room: String,
    },
    /// To a matter that the reader does not see, or no longer. It counts all the same.
    Hidden,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// Who did it.
    pub by: String,
    /// What.
    pub deed: Deed,
}

/// Where the next page of the log begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPast {
    /// Done before this instant,
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// or at it, and with a smaller number in the record.
    pub id: i64,
}

/// What was done on a day, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// By whom: somebody, or a department.
    pub whose: Whose,
    /// Whether it is the reader's own.
    pub is_mine: bool,
    /// The day on the estate's wall.
    pub on: NaiveDate,
    /// How many things.
    pub things: i64,
    /// On how many matters.
    pub matters: i64,
    /// At most 100 of them.
    pub entries: Vec<LogEntry>,
    /// Where earlier ones begin.
    pub next: Option<LogPast>,
    /// The departments whose log the reader may read; empty for those who read their own alone.
    pub departments: Vec<DepartmentRef>,
    /// The colleagues whose log the reader may read, by department.
    pub people: Vec<Colleague>,
    /// The clock to show times by.
    pub wall: Wall,
}
