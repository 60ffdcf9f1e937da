use super::{Card, Facet, SavedView};
use crate::estate::Names;
use crate::ids::RequestId;
use crate::moment::{Moment, Wall};
use serde::{Deserialize, Serialize};

/// Which part of the queue is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// All that is open, by promise.
    #[default]
    Open,
    /// Reported, and nobody has looked.
    New,
    /// What the caller answers for.
    Mine,
    /// Waiting for the resident's word.
    Done,
    /// Everything, newest first.
    All,
}

impl View {
    /// All, in the order of the chips.
    pub const ALL: [View; 5] = [View::Open, View::New, View::Mine, View::Done, View::All];

    /// The value in addresses.
    pub fn tag(self) -> &'static str {
        match self {
            View::Open => "open",
            View::New => "new",
            View::Mine => "mine",
            View::Done => "done",
            View::All => "all",
        }
    }

    /// The view of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.tag() == tag)
    }
}

/// A page of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// The rows.
    pub cards: Vec<Card>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
    /// The clock to show times by.
    pub wall: Wall,
    /// How many there are in each part, for the caller's scope.
    #[serde(default)]
    pub counts: Counts,
    /// The views that the caller keeps.
    #[serde(default)]
    pub saved: Vec<SavedView>,
    /// What the slugs to which it is narrowed are called.
    #[serde(default)]
    pub names: Vec<(Facet, Names)>,
}

/// How many matters wait, without counting them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Open.
    pub open: i64,
    /// Reported, and nobody has looked.
    pub new: i64,
    /// The caller answers for them.
    pub mine: i64,
    /// Waiting for the resident's word.
    pub done: i64,
    /// With a clock that has run out; no more than [`Counts::MOST_LATE`].
    pub late: i64,
}

impl Counts {
    /// Where the late ones are no longer told apart: `99+`.
    pub const MOST_LATE: i64 = 100;
}

/// Where the next page of a list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// The last row's time.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// The last row.
    pub id: RequestId,
}
