use super::{Job, Schedule};
use crate::ids::{LineId, PhotoId, SignatureId};
use crate::moment::{Moment, Wall};
use crate::requests::{PreferredTime, Reporter};
use serde::{Deserialize, Serialize};

/// What an order asks for: until it is there, its worker's word is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// What is really to be done, written on site before the work begins (C7).
    Finding,
    /// Photos before and after.
    Photos,
    /// That the client tried it, and signed (C9).
    Signature,
    /// That somebody else checks it: a rectification item (C12).
    Check,
}

impl Ask {
    /// All, in the order of the work.
    pub const ALL: [Ask; 4] = [Ask::Finding, Ask::Photos, Ask::Signature, Ask::Check];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Ask::Finding => "finding",
            Ask::Photos => "photos",
            Ask::Signature => "signature",
            Ask::Check => "check",
        }
    }

    /// The ask of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ask| ask.tag() == tag)
    }
}

/// What is there already of what an order may ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// It was confirmed on site what is to be done.
    pub finding: bool,
    /// There is a photo from before the work.
    pub before: bool,
}

/// What is really to be done, as it was found on site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// In words.
    pub words: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}

/// Something that went into the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// The line.
    pub id: LineId,
    /// What.
    pub name: String,
    /// How much, in thousandths of the unit.
    pub quantity: i64,
    /// Of what: pieces, metres.
    pub unit: String,
    /// Of the client's own: whether it passed its check (C8). None: it is the estate's.
    pub passed: Option<bool>,
    /// What the check found.
    pub remark: Option<String>,
    /// Whether the line was wrong.
    pub is_struck: bool,
    /// Whether it waits on this device; the server knows nothing of it.
    #[serde(default)]
    pub is_unsent: bool,
}

/// Somebody's time at the work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeSpent {
    /// The line.
    pub id: LineId,
    /// Who.
    pub by: String,
    /// How long.
    pub minutes: i32,
    /// When it was written down.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// Whether the line was wrong.
    pub is_struck: bool,
    /// Whether it waits on this device; the server knows nothing of it.
    #[serde(default)]
    pub is_unsent: bool,
}

/// How a client signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// For its drawing.
    pub id: SignatureId,
    /// Who.
    pub name: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// On glass; else by typed name and tick.
    pub is_drawn: bool,
}

/// When something was done to an order on a device without signal, and when it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// By the device's clock, set right.
    #[serde(deserialize_with = "crate::moment::read")]
    pub done_at: Moment,
    /// The time that counts.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}

/// An order in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The order and its matter.
    pub job: Job,
    /// The full words of the report.
    pub words: String,
    /// Photos of the report.
    pub photos: Vec<PhotoId>,
    /// Who reported it.
    pub reporter: Option<Reporter>,
    /// When the resident would like somebody to come.
    pub times: Vec<PreferredTime>,
    /// What was found on site, the latest last.
    pub findings: Vec<Finding>,
    /// What went into it.
    pub materials: Vec<Material>,
    /// Who was at it how long.
    pub hours: Vec<TimeSpent>,
    /// Photos from before the work.
    pub before: Vec<PhotoId>,
    /// Photos of the result.
    pub after: Vec<PhotoId>,
    /// How the client signed, the latest last.
    pub signatures: Vec<Signed>,
    /// How it recurs, or what it recurs from.
    pub schedule: Option<Schedule>,
    /// Whether the caller may let it recur, or end that.
    pub may_repeat: bool,
    /// Whether the caller has jobs of their own.
    pub has_jobs: bool,
    /// Whether the caller writes in it now.
    pub may_write: bool,
    /// What arrived a while after it was done, the latest last.
    #[serde(default)]
    pub late: Vec<Late>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What somebody typed about a material, before it is a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialDraft {
    /// What.
    pub name: String,
    /// In thousandths.
    pub quantity: i64,
    /// Of what.
    pub unit: String,
    /// Of the client's own: whether it passed.
    pub passed: Option<bool>,
    /// What the check found.
    pub remark: Option<String>,
}
