use super::PlaceName;
use crate::estate::Names;
use crate::moment::{Moment, Wall};
use crate::policy::Deadline;
use serde::{Deserialize, Serialize};

/// A clock of a request, as it was reckoned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoned {
    /// In which life of the request: it is born with 0, each return begins another.
    pub life: i32,
    /// When it ends, and why then.
    pub deadline: Deadline,
}

/// All clocks of a request, for whoever wants to know why these times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// The request's code.
    pub code: String,
    /// What kind of problem.
    pub item: Names,
    /// Where.
    pub place: PlaceName,
    /// Life by life.
    pub clocks: Vec<Reckoned>,
    /// The category of the problem, whose own rules go before the general ones.
    pub category: Option<Names>,
    /// The versions of the policy that count, each with the moment since when it holds.
    pub published: Vec<PolicyVersion>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A version of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// Its number.
    pub number: i32,
    /// Since when it holds.
    #[serde(deserialize_with = "crate::moment::read")]
    pub valid_from: Moment,
}
