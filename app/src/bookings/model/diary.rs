use super::booking::Entry;
use crate::estate::{Names, UnitRef};
use crate::ids::FacilityId;
use crate::moment::{Moment, Wall};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The office's diary: a day of all facilities, or a week of one, or of one household; and what waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diary {
    /// What the estate has, in order.
    pub facilities: Vec<Bookable>,
    /// Whose week it is; none: a day of all, or a household's week.
    pub chosen: Option<FacilityId>,
    /// The household whose week it is.
    pub home: Option<UnitRef>,
    /// One day, or seven from the Monday on.
    pub days: Vec<NaiveDate>,
    /// Today, on the estate's wall.
    pub today: NaiveDate,
    /// Who has what on them, the earliest first; at most 500.
    pub entries: Vec<Entry>,
    /// Whether there is more on them.
    pub is_cut: bool,
    /// What waits for an answer, the next one first; at most 50.
    pub waiting: Vec<Entry>,
    /// Since when a calendar program follows whose week it is, by a private address of the reader's.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub feed_at: Option<Moment>,
    /// The clock to show times by.
    pub wall: Wall,
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
