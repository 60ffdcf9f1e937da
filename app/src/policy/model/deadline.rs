use super::ClockRule;
use crate::moment::Moment;
use crate::requests::WaitingOn;
use serde::{Deserialize, Serialize};

/// When a clock ends, and how that was reckoned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// By which rule.
    pub rule: ClockRule,
    /// Of which version of the policy.
    pub version: i32,
    /// From when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub started_at: Moment,
    /// While it rested.
    pub pauses: Vec<Rest>,
    /// The time that counts, in order; together as long as the rule says, or what has counted until an open rest.
    pub counted: Vec<Stretch>,
    /// By when; none while it rests.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub due_at: Option<Moment>,
    /// When what it runs for was done, or had become void.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub stopped_at: Option<Moment>,
}

/// A time during which a clock rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub from: Moment,
    /// Until when; none while it still rests.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub until: Option<Moment>,
    /// What for.
    pub on: WaitingOn,
}

/// A time that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// From when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub from: Moment,
    /// Until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub until: Moment,
}

impl Deadline {
    /// Whether it ended too late, or has passed while nothing was done.
    pub fn is_missed(&self, now: Moment) -> bool {
        self.due_at.is_some_and(|due_at| self.stopped_at.unwrap_or(now) > due_at)
    }
}
