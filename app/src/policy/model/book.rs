use super::{ClockKind, Terms};
use crate::estate::{DepartmentRef, Names};
use crate::ids::ItemId;
use crate::moment::{Moment, Wall};
use serde::{Deserialize, Serialize};

/// A part of the terms that is read and edited by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 工作时间: the week, the days that are otherwise, the duty officer's hours.
    Calendar,
    /// 时限: how long everything may take.
    Clocks,
    /// 前台: the three-minute principle and its chain.
    Desk,
    /// 分派: who looks after what.
    Routes,
    /// 质量: sampling, endings, the detector.
    Quality,
}

impl Section {
    /// All, in the order of the page.
    pub const ALL: [Section; 5] =
        [Section::Calendar, Section::Clocks, Section::Desk, Section::Routes, Section::Quality];

    /// The value in addresses.
    pub fn tag(self) -> &'static str {
        match self {
            Section::Calendar => "calendar",
            Section::Clocks => "clocks",
            Section::Desk => "desk",
            Section::Routes => "routes",
            Section::Quality => "quality",
        }
    }

    /// The section of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.tag() == tag)
    }
}

impl Terms {
    /// Whether one section says something else here than there.
    pub fn differs(&self, other: &Terms, section: Section) -> bool {
        match section {
            Section::Calendar => self.calendar != other.calendar || self.duty != other.duty,
            Section::Clocks => self.clocks != other.clocks,
            Section::Desk => self.desk != other.desk,
            Section::Routes => self.routes != other.routes,
            Section::Quality => {
                let said = |terms: &Terms| (terms.sampling, terms.closing, terms.detector, terms.orders);
                said(self) != said(other)
            }
        }
    }
}

/// All that the pages of an estate's policy show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The version that is read.
    pub shown: Published,
    /// What it says.
    pub terms: Terms,
    /// The number of the version that holds now.
    pub in_force: i32,
    /// The next version, for those who may write it.
    pub draft: Option<Draft>,
    /// The versions, the latest first; at most 100.
    pub published: Vec<Published>,
    /// The catalogue's categories.
    pub categories: Vec<Category>,
    /// The estate's departments.
    pub departments: Vec<DepartmentRef>,
    /// The clock to show times by.
    pub wall: Wall,
}

impl Book {
    /// The last version that was published; it may be yet to begin.
    pub fn latest(&self) -> Option<&Published> {
        self.published.first()
    }

    /// The one after the version that holds now, where it is published already.
    pub fn coming(&self) -> Option<&Published> {
        self.published.iter().rev().find(|version| version.version > self.in_force)
    }
}

/// A version that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its number.
    pub version: i32,
    /// From when it holds.
    #[serde(deserialize_with = "crate::moment::read")]
    pub valid_from: Moment,
    /// Why, in the manager's words.
    pub note: Option<String>,
    /// By whom; none for the one with which the estate began.
    pub by: Option<String>,
}

/// The next version while it is written; where nobody has begun, it says what the last one says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Counts the edits of all drafts there ever were; an edit names the one that it saw.
    pub version: i32,
    /// What it says.
    pub terms: Terms,
    /// The last edit; none where nobody has begun.
    pub edited: Option<Edited>,
    /// What it says otherwise than the last version.
    pub changed: Vec<Section>,
}

/// The last edit of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// By whom.
    pub by: String,
}

/// A category of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// The category.
    pub id: ItemId,
    /// Its name.
    pub names: Names,
}

/// What a draft would mean for matters like those that are open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The draft.
    pub draft: Draft,
    /// The version on which it stands.
    pub latest: Published,
    /// How many open matters were reckoned.
    pub matters: u32,
    /// Whether there are more, less pressing ones.
    pub is_cut: bool,
    /// Clock by clock.
    pub tallies: Vec<Tally>,
    /// What would change most, the largest change first; at most 20.
    pub changes: Vec<Change>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// One kind of clock, over all open matters in which it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Which clock.
    pub kind: ClockKind,
    /// In how many matters it runs.
    pub running: u32,
    /// How they stand as they run.
    pub runs: Standing,
    /// How they would stand by the draft.
    pub drafted: Standing,
    /// How many would be due earlier.
    pub earlier: u32,
    /// How many would be due later.
    pub later: u32,
}

/// How many of some clocks are late, and how many soon will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Past their end.
    pub late: u32,
    /// Less than a quarter of their time left, or than half an hour.
    pub at_risk: u32,
}

/// One matter's clock that would end at another time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The matter's code.
    pub code: String,
    /// What kind of problem.
    pub item: Names,
    /// Which of its clocks.
    pub kind: ClockKind,
    /// When it ends as it runs.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_at: Moment,
    /// When it would end by the draft.
    #[serde(deserialize_with = "crate::moment::read")]
    pub drafted_at: Moment,
}
