use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// What the person of an order, or the office, is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum ServiceNews {
    /// The office: somebody orders it.
    Asked,
    /// The office took it down for them.
    TakenDown,
    /// It has a price, to be signed.
    Quoted {
        /// In minor units
        amount: i64,
        /// of this currency.
        currency: String,
    },
    /// The office: its price was signed.
    Signed,
    /// Whoever delivers it: it is theirs to do.
    Yours,
    /// They were told when it comes.
    Promised {
        /// By when.
        #[serde(deserialize_with = "crate::moment::read")]
        until: Moment,
    },
    /// It was begun.
    Begun,
    /// It came: they say how it was.
    Came,
    /// The office: it is not as it should be.
    SentBack {
        /// What is wrong.
        words: String,
    },
    /// The office: they will not have it.
    Refused {
        /// Why.
        words: String,
    },
    /// The office cannot do it.
    Declined {
        /// Why.
        reason: String,
    },
    /// They do not want it any more.
    Withdrawn,
    /// Nobody signed its price in time.
    Lapsed,
    /// It was not answered, or not done, by then.
    Late {
        /// By when.
        #[serde(deserialize_with = "crate::moment::read")]
        until: Moment,
    },
    /// Nobody said how it was.
    Unconfirmed,
    /// Whoever answers for it: what was booked for it was not answered in time.
    PartLapsed,
    /// Whoever answers for it: the one who delivers it does not work here any more.
    NobodyDelivers,
}

impl ServiceNews {
    /// Whether its reader is paged rather than told.
    pub fn is_urgent(&self) -> bool {
        matches!(self, ServiceNews::Late { .. })
    }
}
