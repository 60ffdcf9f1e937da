use super::{Card, Entry, PreferredTime, Rating, Request};
use crate::ids::PhotoId;
use crate::moment::Wall;
use crate::work::OrderCard;
use serde::{Deserialize, Serialize};

/// All that staff see of one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// The request itself.
    pub request: Request,
    /// The matter in short.
    pub card: Card,
    /// Who reported it.
    pub reporter: Option<Reporter>,
    /// Who answers for it.
    pub accountable: Option<String>,
    /// Photos of the report.
    pub photos: Vec<PhotoId>,
    /// When somebody may come.
    pub times: Vec<PreferredTime>,
    /// Its orders, newest first, each with the caller's moves.
    pub orders: Vec<OrderCard>,
    /// Everything that happened.
    pub timeline: Vec<Entry>,
    /// How it was rated.
    pub rating: Option<Rating>,
    /// What the caller may do now.
    pub moves: Vec<StaffMove>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// Who reported a matter, as staff may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    /// Full name.
    pub name: String,
    /// Phone; to trades only while the matter is open.
    pub phone: Option<String>,
}

/// What a member of staff may do with a matter; the sticky bar shows the first ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffMove {
    /// Take responsibility.
    Triage,
    /// Tell a time.
    Promise,
    /// Send an order.
    Dispatch,
    /// Let it rest.
    Wait,
    /// Let it go on.
    Resume,
    /// Say no, with a reason.
    Decline,
    /// Point to the request that it repeats.
    MarkDuplicate,
    /// File it.
    Archive,
    /// A word to the resident.
    Comment,
    /// A word among staff.
    Note,
}
