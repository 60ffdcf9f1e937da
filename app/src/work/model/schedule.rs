use crate::ids::{OrderId, ScheduleId};
use crate::moment::Wall;
use crate::requests::Card;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// In what a schedule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// 天
    Day,
    /// 周
    Week,
    /// 月
    Month,
}

impl Every {
    /// All, in the order in which they are offered.
    pub const ALL: [Every; 3] = [Every::Day, Every::Week, Every::Month];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Every::Day => "day",
            Every::Week => "week",
            Every::Month => "month",
        }
    }

    /// The unit of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.tag() == tag)
    }
}

/// Every so often an order is issued again, with every rule of the one that it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The schedule.
    pub id: ScheduleId,
    /// The order that it repeats.
    pub order: OrderId,
    /// After how many of the units; 1 to 366.
    pub every: i32,
    /// Days, weeks, or months.
    pub unit: Every,
    /// The first day.
    pub first_on: NaiveDate,
    /// The next day that is due.
    pub next_on: NaiveDate,
}

/// The recurring orders of an office, the next one first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedules {
    /// Each with the matter of the order that it repeats; at most 200.
    pub all: Vec<(Schedule, Card)>,
    /// Whether the caller may end them.
    pub may_change: bool,
    /// The clock to show times by.
    pub wall: Wall,
}
