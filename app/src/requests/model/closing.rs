use super::{Card, Reporter, Version};
use crate::fault::{Fault, Note, Notes};
use crate::ids::RequestId;
use crate::moment::{Moment, Wall};
use serde::{Deserialize, Serialize};

/// How the office tries to reach a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// 电话
    Phone,
    /// 上门
    Door,
    /// 短信、留言
    Message,
}

impl Means {
    /// All, in the order in which they are offered.
    pub const ALL: [Means; 3] = [Means::Phone, Means::Door, Means::Message];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Means::Phone => "phone",
            Means::Door => "door",
            Means::Message => "message",
        }
    }

    /// The value of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|means| means.tag() == tag)
    }
}

/// What came of it. A yes on the phone is no confirmation: that takes the resident's own hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// 未联系上
    NoAnswer,
    /// 已联系上
    Reached,
    /// 住户反映未修好: the matter comes back at once.
    NotFixed,
}

impl Response {
    /// All, in the order in which they are offered.
    pub const ALL: [Response; 3] = [Response::NoAnswer, Response::Reached, Response::NotFixed];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Response::NoAnswer => "no_answer",
            Response::Reached => "reached",
            Response::NotFixed => "not_fixed",
        }
    }

    /// The value of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.tag() == tag)
    }
}

/// One attempt to get the resident's word, as its form states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// How.
    pub means: Means,
    /// What came of it.
    pub outcome: Response,
    /// For colleagues; where the resident objects, their words.
    pub note: Option<String>,
}

impl Attempt {
    /// Reads the form's fields; an objection needs words (1 to 2000 characters).
    pub fn parse(means: &str, outcome: &str, note: Option<&str>) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let (means, outcome) = (Means::from_tag(means), Response::from_tag(outcome));
        if means.is_none() {
            notes.add("means", Note::NotAChoice);
        }
        if outcome.is_none() {
            notes.add("outcome", Note::NotAChoice);
        }
        let note = notes.optional("note", note, super::LONGEST_WORDS);
        if outcome == Some(Response::NotFixed) && note.is_none() {
            notes.add("note", Note::Missing);
        }
        notes.check()?;
        match (means, outcome) {
            (Some(means), Some(outcome)) => Ok(Self { means, outcome, note }),
            _ => Err(Fault::field("outcome", Note::NotAChoice)),
        }
    }
}

/// An attempt that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// How.
    pub means: Means,
    /// What came of it.
    pub outcome: Response,
    /// What was noted.
    pub note: Option<String>,
    /// Who tried.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}

/// How an earlier life of a matter ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Which life: it is born with 0, each return begins another.
    pub life: i32,
    /// The tag of the stage.
    pub outcome: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}

/// Everything about how a matter ends, for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The matter in short.
    pub card: Card,
    /// The matter.
    pub id: RequestId,
    /// The version that the page shows.
    pub version: Version,
    /// Whom to reach.
    pub reporter: Option<Reporter>,
    /// Whether anybody is asked at all: of recurring upkeep, nobody.
    pub is_asked: bool,
    /// The attempts of its present life, newest first.
    pub tried: Vec<Tried>,
    /// On how many days of the estate's wall those were made.
    pub days: u32,
    /// How many days of attempts the policy wants before it ends without a word.
    pub needed: u32,
    /// How its lives ended so far.
    pub ends: Vec<Ended>,
    /// What the caller may do now.
    pub moves: Vec<ClosingMove>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What a member of staff may do about a matter's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClosingMove {
    /// Note that they tried to reach the resident.
    LogAttempt,
    /// End it without the resident's word.
    CloseUnconfirmed,
    /// File it (C3).
    Archive,
}
