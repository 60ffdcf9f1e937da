use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A part of a day in which somebody may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// 上午
    Morning,
    /// 下午
    Afternoon,
    /// 晚上
    Evening,
}

impl DayPart {
    /// All, in order.
    pub const ALL: [DayPart; 3] = [DayPart::Morning, DayPart::Afternoon, DayPart::Evening];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            DayPart::Morning => "morning",
            DayPart::Afternoon => "afternoon",
            DayPart::Evening => "evening",
        }
    }

    /// The part of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.tag() == tag)
    }
}

/// A time at which the resident would like somebody to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreferredTime {
    /// The day on the estate's calendar.
    pub on: NaiveDate,
    /// The part of it.
    pub part: DayPart,
}

impl PreferredTime {
    /// `2026-11-23.morning`, as forms carry it.
    pub fn tag(self) -> String {
        format!("{}.{}", self.on, self.part.tag())
    }

    /// The time of a tag.
    pub(super) fn from_tag(tag: &str) -> Option<Self> {
        let (on, part) = tag.split_once('.')?;
        Some(Self { on: on.parse().ok()?, part: DayPart::from_tag(part)? })
    }
}
