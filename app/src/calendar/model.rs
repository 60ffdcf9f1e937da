use serde::{Deserialize, Serialize};

/// A private address just made: the only time that it is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedFeed {
    /// What is given to a calendar program; empty when a form is sent again.
    pub address: String,
}
