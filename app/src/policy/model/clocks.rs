use crate::ids::ItemId;
use crate::services::Urgency;
use serde::{Deserialize, Serialize};

/// What a clock runs for. Each runs by itself: an answer in time does not lengthen the repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// 首次答复: until somebody of the office has answered.
    Answer,
    /// 派工: until an order is out.
    Dispatch,
    /// 到场: until somebody is on site.
    OnSite,
    /// 办结: until it works again.
    Resolve,
}

impl ClockKind {
    /// All, in the order in which they end.
    pub const ALL: [ClockKind; 4] = [ClockKind::Answer, ClockKind::Dispatch, ClockKind::OnSite, ClockKind::Resolve];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            ClockKind::Answer => "answer",
            ClockKind::Dispatch => "dispatch",
            ClockKind::OnSite => "on_site",
            ClockKind::Resolve => "resolve",
        }
    }

    /// The kind of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }
}

/// Which time a clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// All of it, day and night.
    Always,
    /// The office's hours.
    Working,
}

impl Counts {
    /// Both.
    pub const ALL: [Counts; 2] = [Counts::Working, Counts::Always];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Counts::Always => "always",
            Counts::Working => "working",
        }
    }

    /// The value of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counts| counts.tag() == tag)
    }
}

/// How long one thing may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRule {
    /// Which clock.
    pub kind: ClockKind,
    /// For a category of the catalogue alone; none for all that have no rule of their own.
    pub category: Option<ItemId>,
    /// For matters as pressing as this.
    pub urgency: Urgency,
    /// How long, in minutes of counted time.
    pub minutes: u32,
    /// Which time counts.
    pub counts: Counts,
}
