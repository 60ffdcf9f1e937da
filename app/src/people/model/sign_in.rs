use super::Role;
use crate::estate::{Names, UnitRef};
use crate::ids::EstateId;
use serde::{Deserialize, Serialize};

/// The longest name that signs in, in characters.
pub const LONGEST_SIGN_IN: u32 = 80;

/// Where somebody who just signed in starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// A path of this site.
    pub start: String,
}

/// One of the demo estate's people, for signing in with one tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPerson {
    /// The name that signs in.
    pub sign_in: String,
    /// As the person writes it.
    pub name: String,
    /// What staff do; empty for residents.
    pub roles: Vec<Role>,
    /// Where a resident lives.
    pub unit: Option<UnitRef>,
    /// The estate's name,
    pub estate: Names,
    /// and which it is.
    pub estate_id: EstateId,
}
