use super::booking::Entry;
use crate::estate::{Names, UnitRef};
use crate::ids::FacilityId;
use crate::moment::{Moment, Wall};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The office's diary: a day or a week of all facilities, of one, of one household or one person; and what waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diary {
    /// What the estate has, in order.
    pub facilities: Vec<Bookable>,
    /// The facility that it is of.
    pub chosen: Option<FacilityId>,
    /// The household that it is of.
    pub home: Option<UnitRef>,
    /// What the person is called that it is of.
    pub person: Option<String>,
    /// One day, or seven from the Monday on.
    pub days: Vec<NaiveDate>,
    /// The day that was asked for.
    pub on: NaiveDate,
    /// Today, on the estate's wall.
    pub today: NaiveDate,
    /// Who has what on them, the earliest first; at most 500.
    pub entries: Vec<Entry>,
    /// Whether there is more on them.
    pub is_cut: bool,
    /// What waits for an answer, the next one first; at most 50.
    pub waiting: Vec<Entry>,
    /// Since when a calendar program follows the facility that it is of, by a private address of the reader's.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub feed_at: Option<Moment>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// How much of the diary is read at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiarySpan {
    /// 按天
    Day,
    /// 按周
    Week,
}

impl DiarySpan {
    /// Both.
    pub const ALL: [DiarySpan; 2] = [DiarySpan::Day, DiarySpan::Week];

    /// The value in addresses.
    pub fn tag(self) -> &'static str {
        match self {
            DiarySpan::Day => "day",
            DiarySpan::Week => "week",
        }
    }

    /// What a tag says.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.tag() == tag)
    }
}

/// A facility by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookable {
    /// The facility.
    pub id: FacilityId,
    /// In addresses.
    pub slug: String,
    /// A symbol of the sprite.
    pub icon: String,
    /// What people call it.
    pub names: Names,
}
