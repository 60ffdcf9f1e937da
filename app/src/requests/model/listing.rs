use super::{After, Card, Facet, Reporter, Version};
use crate::estate::{DepartmentRef, Names};
use crate::fault::Fault;
use crate::ids::RequestId;
use crate::moment::{Moment, Wall};
use crate::people::Colleague;
use serde::{Deserialize, Serialize};

/// The most matters of one page of the list, and of one move of several.
pub const MOST_CHOSEN: u32 = 100;

/// The most rows of a sheet for spreadsheet programs: hardly fewer than such a sheet can hold.
pub const MOST_SHEET_ROWS: u32 = 1_000_000;

/// A page of the queue as a sheet: to print, to hand on, to send out several at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The rows, each with the version that it shows.
    pub rows: Vec<(Card, Version)>,
    /// What the register says of them beyond their cards.
    #[serde(default)]
    pub register: Vec<Registered>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
    /// How many there are in all, where that is kept.
    pub total: Option<i64>,
    /// What the slugs in the address are called.
    pub names: Vec<(Facet, Names)>,
    /// To whom orders may go; empty for those who may not send any.
    pub teams: Vec<DepartmentRef>,
    /// Those who could take them.
    pub hands: Vec<Colleague>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A line of the repair register: who asked for what, and when somebody was to come (C4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The matter.
    pub id: RequestId,
    /// Who reported it.
    pub client: Option<Reporter>,
    /// Their words.
    pub words: String,
    /// When the appointment begins, where there is one,
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub from: Option<Moment>,
    /// and when it ends.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub until: Option<Moment>,
}

/// What became of one of several matters that were sent out together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentOut {
    /// Its code; none where there is no such matter for the caller.
    pub code: Option<String>,
    /// Why it stayed where it was; none where it went.
    pub fault: Option<Fault>,
}
