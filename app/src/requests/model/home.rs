use super::{After, Card};
use crate::estate::UnitRef;
use crate::moment::Wall;
use serde::{Deserialize, Serialize};

/// A resident's first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeBoard {
    /// Who it is.
    pub name: String,
    /// Where they live, or work, now.
    pub unit: Option<UnitRef>,
    /// Open matters, the most pressing promise first.
    pub open: Vec<Card>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A resident's matters, open and closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyRequests {
    /// Newest first.
    pub cards: Vec<Card>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
    /// The clock to show times by.
    pub wall: Wall,
}
