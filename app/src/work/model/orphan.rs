use crate::ids::OrderId;
use crate::moment::{Moment, Wall};
use crate::requests::Card;
use serde::{Deserialize, Serialize};

/// A matter whose holder left, until somebody was in touch with its resident (C10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orphan {
    /// The matter.
    pub card: Card,
    /// Who left.
    pub left: String,
    /// Who holds it since.
    pub holder: String,
    /// The orders of it that are theirs now, the oldest first; of those that the reader sees.
    #[serde(default)]
    pub orders: Vec<OrderId>,
    /// By when somebody is in touch.
    #[serde(deserialize_with = "crate::moment::read")]
    pub contact_by: Moment,
}

/// The orphaned matters of an office, the most pressing first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orphans {
    /// At most 100.
    pub all: Vec<Orphan>,
    /// The clock to show times by.
    pub wall: Wall,
}
