use serde::{Deserialize, Serialize};

/// One of several times that were wanted together, and cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// In seconds since 1970.
    pub at: i64,
    /// Why not.
    pub why: Obstacle,
}

/// What stands in the way of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Obstacle {
    /// Others have it.
    Taken,
    /// Nothing begins then, or it cannot be booked yet or any more.
    Closed,
    /// The household has as many bookings in that time as it may.
    Quota,
    /// It is given away by lot.
    Drawn,
}
