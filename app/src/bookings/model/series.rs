use serde::{Deserialize, Serialize};

/// How often a booking recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recurs {
    /// 每天
    Daily,
    /// 每周
    Weekly,
    /// 每两周
    Fortnightly,
}

impl Recurs {
    /// All, the most frequent first.
    pub const ALL: [Recurs; 3] = [Recurs::Daily, Recurs::Weekly, Recurs::Fortnightly];

    /// The value in forms.
    pub fn tag(self) -> &'static str {
        match self {
            Recurs::Daily => "daily",
            Recurs::Weekly => "weekly",
            Recurs::Fortnightly => "fortnightly",
        }
    }

    /// What a tag says.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|recurs| recurs.tag() == tag)
    }

    /// After how many days.
    pub fn days(self) -> u64 {
        match self {
            Recurs::Daily => 1,
            Recurs::Weekly => 7,
            Recurs::Fortnightly => 14,
        }
    }
}

/// That a booking recurs, as a form says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesForm {
    /// How often; empty: it does not.
    pub recurs: String,
    /// Until which day: `2026-12-24`.
    pub until: String,
}
