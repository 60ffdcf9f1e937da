use crate::ids::{LapseId, StaffId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The longest words of a lapse, and the longest reason for withdrawing one, in characters.
pub const LONGEST_LAPSE: u32 = 500;

/// Where somebody of the office fell short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LapseKind {
    /// 禁用语 (B10)
    ForbiddenAnswer,
    /// 态度、行为 (A16)
    Discourtesy,
    /// 超时接听、答复 (B6, B7)
    LateAnswer,
    /// 空岗 (B12)
    PostEmpty,
}

impl LapseKind {
    /// All, in the order in which they are offered.
    pub const ALL: [LapseKind; 4] =
        [LapseKind::ForbiddenAnswer, LapseKind::Discourtesy, LapseKind::LateAnswer, LapseKind::PostEmpty];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            LapseKind::ForbiddenAnswer => "forbidden_answer",
            LapseKind::Discourtesy => "discourtesy",
            LapseKind::LateAnswer => "late_answer",
            LapseKind::PostEmpty => "post_empty",
        }
    }

    /// The kind of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }

    /// The fine, in fen: CNY 20 for each forbidden answer (B10), and nothing for what the manuals name no sum for.
    pub fn fine_minor(self) -> i64 {
        if self == LapseKind::ForbiddenAnswer { 2000 } else { 0 }
    }
}

/// One lapse, as it was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    /// For withdrawing it.
    pub id: LapseId,
    /// Of which kind.
    pub kind: LapseKind,
    /// What was said or done.
    pub said: String,
    /// On which day.
    pub on: NaiveDate,
    /// The matter that it was about: its code.
    pub code: Option<String>,
    /// The fine, in fen.
    pub fine_minor: i64,
    /// Who noted it.
    pub noted_by: String,
    /// Why it does not count, and who says so.
    pub withdrawn: Option<Withdrawal>,
}

/// Why a lapse does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
    /// Who withdrew it.
    pub by: String,
}

/// What was noted of a colleague: for them, and for whoever stands above them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conduct {
    /// Whose it is.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// The latest first; at most 100.
    pub lapses: Vec<Lapse>,
    /// Whether the reader may note one; nobody does of whoever has left.
    pub may_note: bool,
    /// Whether the reader may withdraw one.
    #[serde(default)]
    pub may_withdraw: bool,
    /// The estate's day.
    pub today: NaiveDate,
}
