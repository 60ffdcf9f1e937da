use super::item::{MailItem, MailKind};
use crate::estate::{BuildingRef, Names, UnitRef};
use crate::ids::{LetterBatchId, MailCountId};
use crate::moment::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// In or out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 收
    In,
    /// 发
    Out,
}

impl Way {
    /// Both.
    pub const ALL: [Way; 2] = [Way::In, Way::Out];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Way::In => "in",
            Way::Out => "out",
        }
    }

    /// The way of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.tag() == tag)
    }
}

/// A day of mail, kind by kind: what the desk counts, and what its registers say of the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySheet {
    /// Which day.
    pub on: NaiveDate,
    /// The day of the estate's now.
    pub today: NaiveDate,
    /// Kind by kind.
    pub lines: Vec<DayLine>,
    /// What was counted, the first one first; at most 100.
    pub counts: Vec<MailCount>,
    /// The items that came, were handed out or went back on it, by unit; at most 200.
    pub items: Vec<MailItem>,
}

/// One kind on the count sheet, in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLine {
    /// Which.
    pub kind: MailKind,
    /// Came in,
    pub come: i64,
    /// went out,
    pub gone: i64,
    /// or went back.
    pub back: i64,
}

/// What somebody counted; fewer than none corrects what was counted before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailCount {
    /// The count.
    pub id: MailCountId,
    /// Of what.
    pub kind: MailKind,
    /// In or out.
    pub way: Way,
    /// How many.
    pub pieces: i32,
    /// What is to be said of it.
    pub note: Option<String>,
    /// Who counted.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}

/// Letters of the office to owners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letters {
    /// For whose owners they can be.
    pub buildings: Vec<BuildingRef>,
    /// The latest first; at most 20.
    pub batches: Vec<LetterBatch>,
}

/// One letter a unit, sorted as somebody walks them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterBatch {
    /// The batch.
    pub id: LetterBatchId,
    /// What it is.
    pub title: String,
    /// For the owners of which building; none: of all.
    pub building: Option<Names>,
    /// When it was sorted.
    #[serde(deserialize_with = "crate::moment::read")]
    pub prepared_at: Moment,
    /// How many letters.
    pub pieces: u32,
    /// The units in order; of what went out none.
    pub units: Vec<UnitRef>,
    /// That it went out.
    pub sent: Option<LettersSent>,
}

/// How many letters went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LettersSent {
    /// So many.
    pub pieces: u32,
    /// Why not all of them.
    pub note: Option<String>,
    /// Who counted them out.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}
