use crate::estate::DepartmentRef;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// What a supervisor finds of a matter outside the list of services (C6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The office does it.
    Ours,
    /// The office does it for a charge.
    Chargeable,
    /// It is not the office's to do.
    NotOurs,
}

impl Verdict {
    /// All, in the order in which they are offered.
    pub const ALL: [Verdict; 3] = [Verdict::Ours, Verdict::Chargeable, Verdict::NotOurs];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Verdict::Ours => "ours",
            Verdict::Chargeable => "chargeable",
            Verdict::NotOurs => "not_ours",
        }
    }

    /// The verdict of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.tag() == tag)
    }
}

/// The latest assessment of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Whose supervisor assesses it.
    pub department: DepartmentRef,
    /// What they are asked.
    pub question: Option<String>,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub asked_at: Moment,
    /// What they found, and what they reply; none while it is awaited.
    pub answer: Option<(Verdict, String)>,
}
