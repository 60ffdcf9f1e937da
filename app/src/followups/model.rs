use crate::estate::Names;
use crate::fault::{Fault, Note, Notes};
use crate::ids::{DepartmentId, EstateId, FollowUpId, RequestId, StaffId};
use crate::moment::{Moment, Wall};
use crate::requests::{Card, LONGEST_REASON, LONGEST_WORDS, Reporter, Version};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A request that ended and was drawn: its resident is asked again (E2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The follow-up.
    pub id: FollowUpId,
    /// Its estate.
    pub estate: EstateId,
    /// Of which request,
    pub request: RequestId,
    /// and of which of its lives.
    pub life: i32,
    /// Whose matter it was then.
    pub department: DepartmentId,
    /// When that ended.
    pub drawn_at: Moment,
    /// The version of the policy that was in force then.
    pub policy_version: i32,
    /// Of a hundred that ended so, how many were drawn.
    pub rate: u32,
    /// Counts the moves; a move names the version that it saw.
    pub version: Version,
    /// Where it stands.
    pub stage: FollowUpStage,
    /// Since when.
    pub stage_at: Moment,
}

/// Where a follow-up stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowUpStage {
    /// Nobody has spoken with them yet.
    Drawn,
    /// They were asked.
    Done {
        /// What they said.
        answer: Answer,
        /// Who asked.
        by: StaffId,
    },
    /// Nobody could reach them.
    Unreachable {
        /// Who gave it up.
        by: StaffId,
    },
    /// The request came back before anybody had asked.
    Dropped,
}

impl FollowUpStage {
    /// The value in the database.
    pub fn tag(&self) -> &'static str {
        match self {
            FollowUpStage::Drawn => "drawn",
            FollowUpStage::Done { .. } => "done",
            FollowUpStage::Unreachable { .. } => "unreachable",
            FollowUpStage::Dropped => "dropped",
        }
    }
}

/// How somebody is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpMeans {
    /// 电话
    Phone,
    /// 上门
    Visit,
}

impl FollowUpMeans {
    /// All, in the order in which they are offered.
    pub const ALL: [FollowUpMeans; 2] = [FollowUpMeans::Phone, FollowUpMeans::Visit];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            FollowUpMeans::Phone => "phone",
            FollowUpMeans::Visit => "visit",
        }
    }

    /// The value of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|means| means.tag() == tag)
    }
}

/// What a resident said when they were asked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How they were asked.
    pub means: FollowUpMeans,
    /// Whether they are satisfied.
    pub satisfied: bool,
    /// In their words; whoever is not satisfied says why.
    pub words: Option<String>,
}

impl Answer {
    /// Reads the form's fields. `satisfied`: yes, no; a no needs words (1 to 2000 characters).
    pub fn parse(means: &str, satisfied: Option<&str>, words: Option<&str>) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let means = means_of(&mut notes, means);
        let is_satisfied = match satisfied {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => None,
        };
        if is_satisfied.is_none() {
            notes.add("satisfied", if satisfied.is_none() { Note::Missing } else { Note::NotAChoice });
        }
        let words = notes.optional("words", words, LONGEST_WORDS);
        if is_satisfied == Some(false) && words.is_none() {
            notes.add("words", Note::Missing);
        }
        notes.check()?;
        match (means, is_satisfied) {
            (Some(means), Some(satisfied)) => Ok(Self { means, satisfied, words }),
            _ => Err(Fault::field("satisfied", Note::Missing)),
        }
    }
}

/// A try in vain, as its form states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// How.
    pub means: FollowUpMeans,
    /// For whoever tries next.
    pub note: Option<String>,
}

impl Missed {
    /// Reads the form's fields; the note has 1 to 500 characters.
    pub fn parse(means: &str, note: Option<&str>) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let means = means_of(&mut notes, means);
        let note = notes.optional("note", note, LONGEST_REASON);
        notes.check()?;
        Ok(Self { means: means.ok_or(Fault::field("means", Note::NotAChoice))?, note })
    }
}

fn means_of(notes: &mut Notes, typed: &str) -> Option<FollowUpMeans> {
    let means = FollowUpMeans::from_tag(typed);
    if means.is_none() {
        notes.add("means", Note::NotAChoice);
    }
    means
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// By its resident's word.
    Confirmed,
    /// Without it.
    Unconfirmed,
}

/// A try that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryMade {
    /// How.
    pub means: FollowUpMeans,
    /// What was noted.
    pub note: Option<String>,
    /// Who tried.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}

/// Somebody who is to be asked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToAsk {
    /// The follow-up.
    pub id: FollowUpId,
    /// The version that the page shows.
    pub version: Version,
    /// The matter in short.
    pub card: Card,
    /// Whether the reader sees the matter itself.
    pub is_seen: bool,
    /// The department that did it.
    pub department: Names,
    /// How it ended.
    pub end: End,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ended_at: Moment,
    /// Whether the reader had a hand in it: then somebody else asks.
    pub had_a_hand: bool,
    /// Whom to ask; only for those who do.
    pub reporter: Option<Reporter>,
    /// The tries so far, the oldest first.
    pub tries: Vec<TryMade>,
}

/// Somebody who was asked again, or could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WasAsked {
    /// The follow-up.
    pub id: FollowUpId,
    /// The matter in short.
    pub card: Card,
    /// Whether the reader sees the matter itself.
    pub is_seen: bool,
    /// The department that did it.
    pub department: Names,
    /// What they said; none where nobody could reach them.
    pub answer: Option<Answer>,
    /// Who asked, or gave it up.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}

/// How many of the last 90 days' draws were asked, and how many of these were satisfied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpTally {
    /// Drawn, without those that came back before anybody had asked.
    pub drawn: u32,
    /// Asked.
    pub asked: u32,
    /// Satisfied.
    pub satisfied: u32,
}

/// What the draws of a month that is over hung on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastSeed {
    /// The month, by its first day.
    pub month: NaiveDate,
    /// In hexadecimal digits.
    pub seed: String,
}

/// Where the next page of those who are to be asked begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterDraw {
    /// Drawn after this instant,
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// or at it, and with a greater id.
    pub id: FollowUpId,
}

/// All that the page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUps {
    /// At most 30, the oldest draw first.
    pub open: Vec<ToAsk>,
    /// Where later ones begin.
    pub next: Option<AfterDraw>,
    /// The last thirty that are over.
    pub over: Vec<WasAsked>,
    /// The last 90 days.
    pub tally: FollowUpTally,
    /// Of a hundred requests that end now, how many are drawn.
    pub rate: u32,
    /// Whether the reader asks; headquarters only read.
    #[serde(default)]
    pub may_ask: bool,
    /// Of the last months that are over, at most 12.
    pub seeds: Vec<PastSeed>,
    /// The clock to show times by.
    pub wall: Wall,
}
