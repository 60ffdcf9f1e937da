use crate::estate::Names;
use crate::requests::{Ends, Satisfaction, satisfaction};
use serde::{Deserialize, Serialize};

/// How what was ordered or booked of one item ended in the last ninety days (A2): what ended without a word counts for
/// nobody. Of a booking its stars are that word, four of five or more a satisfied one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceFigures {
    /// In addresses.
    pub slug: String,
    /// What it is called.
    pub names: Names,
    /// Accepted by their person; of what is booked: rated.
    pub confirmed: u64,
    /// Ended without their word.
    pub unconfirmed: u64,
    /// Of both: rated, sooner or later.
    pub rated: u64,
    /// Of the rated: satisfied.
    pub satisfied: u64,
    /// Of what came when it was promised: so many in time,
    pub in_time: u64,
    /// of so many.
    pub promised: u64,
}

impl ServiceFigures {
    /// Satisfied of those who rated, and how many answered at all.
    pub fn satisfaction(&self) -> Satisfaction {
        let Self { confirmed, unconfirmed, rated, satisfied, .. } = *self;
        satisfaction(Ends { confirmed, unconfirmed, rated, satisfied })
    }

    /// What came in time, of what was promised, in thousandths.
    pub fn in_time_share(&self) -> Option<u64> {
        (self.promised > 0).then(|| self.in_time * 1000 / self.promised)
    }
}

/// How what was ordered or booked of one item ended, month by month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceYear {
    /// In addresses.
    pub slug: String,
    /// What it is called.
    pub names: Names,
    /// The months, the first one first.
    pub months: Vec<Ends>,
}
