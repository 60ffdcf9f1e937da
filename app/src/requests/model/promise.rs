use super::Stage;
use crate::estate::DepartmentRef;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// What a promise promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseKind {
    /// An answer.
    Answer,
    /// Somebody comes.
    Visit,
    /// It works again.
    Finish,
}

impl PromiseKind {
    /// All, in the order of a matter's life.
    pub const ALL: [PromiseKind; 3] = [PromiseKind::Answer, PromiseKind::Visit, PromiseKind::Finish];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            PromiseKind::Answer => "answer",
            PromiseKind::Visit => "visit",
            PromiseKind::Finish => "finish",
        }
    }

    /// The kind of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }
}

/// A time that the resident was told and that still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What.
    pub kind: PromiseKind,
    /// By when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_at: Moment,
}

/// What happens next, who holds it, and by when: the product's one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseLine {
    /// Where the matter stands.
    pub stage: Stage,
    /// Who holds it now.
    pub holder: Holder,
    /// What was promised, and by when.
    pub promise: Option<Promise>,
    /// When that was told: the clock runs from there.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub made_at: Option<Moment>,
    /// The time that the promise replaced, and why.
    pub moved: Option<Moved>,
}

/// A time that another one replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// What was told before.
    #[serde(deserialize_with = "crate::moment::read")]
    pub from: Moment,
    /// Why it moved.
    pub reason: Option<String>,
}

/// Who holds a matter now, as far as the reader may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The department.
    pub department: DepartmentRef,
    /// The person: in full for staff, by first name for residents.
    pub person: Option<String>,
}
