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

impl ClockRule {
    /// How long, in the largest unit that says it in a whole number. Never in days of office hours.
    pub fn amount(&self) -> (u32, AmountUnit) {
        let fits = |unit: &AmountUnit| self.minutes.is_multiple_of(unit.minutes());
        let units = if self.counts == Counts::Working { &AmountUnit::ALL[..2] } else { &AmountUnit::ALL[..] };
        let unit = units.iter().rev().copied().find(fits).unwrap_or(AmountUnit::Minutes);
        (self.minutes / unit.minutes(), unit)
    }
}

/// The rows in which clocks are read and edited: the urgencies of each kind.
pub fn clock_rows() -> impl Iterator<Item = (ClockKind, Urgency)> {
    ClockKind::ALL.into_iter().flat_map(|kind| Urgency::ALL.into_iter().map(move |urgency| (kind, urgency)))
}

/// In what a length of time is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountUnit {
    /// Of 60 seconds.
    Minutes,
    /// Of 60 minutes.
    Hours,
    /// Of 24 hours.
    Days,
}

impl AmountUnit {
    /// All, the shortest first.
    pub const ALL: [AmountUnit; 3] = [AmountUnit::Minutes, AmountUnit::Hours, AmountUnit::Days];

    /// How long one is, in minutes.
    pub fn minutes(self) -> u32 {
        match self {
            AmountUnit::Minutes => 1,
            AmountUnit::Hours => 60,
            AmountUnit::Days => 1440,
        }
    }

    /// The value in forms.
    pub fn tag(self) -> &'static str {
        match self {
            AmountUnit::Minutes => "minutes",
            AmountUnit::Hours => "hours",
            AmountUnit::Days => "days",
        }
    }

    /// The unit of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.tag() == tag)
    }
}
