use serde::{Deserialize, Serialize};

/// What residents, or the office, are told of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum ActivityNews {
    /// The manager: it waits for their yes.
    Planned,
    /// The organiser: the manager said yes.
    Approved,
    /// Somebody of the office: they answer for something that is done for its safety.
    Measure {
        /// What.
        words: String,
    },
    /// They waited for places, and have them.
    MovedUp,
    /// They waited for places until it began, and none came free for them.
    NotFreed,
    /// The office gave up what they had, or waited for.
    Struck,
    /// It does not take place.
    CalledOff {
        /// Why.
        reason: String,
    },
}
