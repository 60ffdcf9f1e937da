use super::OrderCard;
use crate::ids::OrderId;
use crate::moment::{Moment, Wall};
use crate::requests::Card;
use serde::{Deserialize, Serialize};

/// A rectification item: an order whose result somebody else checks (C12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    /// The matter.
    pub card: Card,
    /// The order.
    pub order: OrderCard,
    /// By when the matter is promised, else by when its clock runs out.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub due_at: Option<Moment>,
}

/// Where the next page of them begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckAfter {
    /// Behind one that waits for its check, or that does not yet,
    pub is_awaited: bool,
    /// that is due at this instant, far ahead where it is due at none,
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// and is this order.
    pub order: OrderId,
}

/// The rectification items that a member of staff sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectifications {
    /// At most 50 that are open: those that wait for a check first, then by when they are due.
    pub open: Vec<Rectification>,
    /// Where further ones begin.
    pub next: Option<CheckAfter>,
    /// On the first page the last 20 that were checked, the latest first.
    pub checked: Vec<Rectification>,
    /// The clock to show times by.
    pub wall: Wall,
}
