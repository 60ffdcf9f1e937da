use crate::ids::RequestId;
use serde::{Deserialize, Serialize};

/// The state of a service request, with what is true only in it (domain.md, *States*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Reported; nobody has looked at it.
    Received,
    /// Somebody answers for it.
    Triaged,
    /// An order is out.
    Dispatched,
    /// Somebody is on site.
    InProgress,
    /// It cannot go on until something else happens.
    Waiting {
        /// What it waits for.
        on: WaitingOn,
        /// Where it goes on from.
        from: WaitingFrom,
    },
    /// All orders are verified; the resident has the word.
    Done,
    /// The resident agrees.
    Confirmed,
    /// The resident could not be asked.
    Unconfirmed,
    /// The resident says: not fixed.
    Disputed,
    /// On its way back to triage.
    Reopened,
    /// Filed, with the head's approval.
    Archived,
    /// Not ours to do; the reason was told.
    Declined {
        /// In plain words.
        reason: String,
    },
    /// Withdrawn by the resident.
    Cancelled,
    /// The same matter as another request, which goes on.
    Duplicate {
        /// That request.
        of: RequestId,
    },
}

/// What a waiting matter waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingOn {
    /// 等待住户
    Resident,
    /// 等待配件
    Parts,
    /// 等待第三方
    ThirdParty,
    /// 等待天气
    Weather,
}

impl WaitingOn {
    /// All, in the order in which they are offered.
    pub const ALL: [WaitingOn; 4] = [WaitingOn::Resident, WaitingOn::Parts, WaitingOn::ThirdParty, WaitingOn::Weather];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            WaitingOn::Resident => "resident",
            WaitingOn::Parts => "parts",
            WaitingOn::ThirdParty => "third_party",
            WaitingOn::Weather => "weather",
        }
    }

    /// The value of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|on| on.tag() == tag)
    }
}

/// The stage to which a waiting request returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingFrom {
    /// It waits at the desk.
    Triaged,
    /// It waits at the place.
    InProgress,
}
