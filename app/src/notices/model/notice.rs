use crate::estate::{Names, UnitKind};
use crate::ids::{BuildingId, EstateId, NoticeId, StaffId, UnitId};
use crate::moment::Moment;
use crate::people::OccupancyKind;
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// How far a notice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeStage {
    /// 草拟
    Draft,
    /// 已批准
    Approved,
    /// 待发布: it comes out by itself.
    Scheduled,
    /// 已发布: those whom it addresses read it.
    Published,
    /// 已过期: it no longer applies.
    Expired,
    /// 已撤回
    Withdrawn,
}

impl NoticeStage {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// 一般
    Ordinary,
    /// 重要: it stands before all others.
    Important,
    /// 紧急: on top of every page until its reader says that they have read it.
    Emergency,
}

impl Priority {
    /// All, the least first.
    pub const ALL: [Self; 3] = [Self::Ordinary, Self::Important, Self::Emergency];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Important => "important",
            Self::Emergency => "emergency",
        }
    }

    /// The priority of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.tag() == tag)
    }
}

/// Whom it addresses: those who are in each of these lists that is not empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Who lives or works in these buildings,
    pub buildings: Vec<BuildingId>,
    /// on these floors,
    pub floors: Vec<i32>,
    /// in these stacks: `01`,
    pub stacks: Vec<String>,
    /// in these units,
    pub units: Vec<UnitId>,
    /// in units that are for this,
    pub uses: Vec<UnitKind>,
    /// as such.
    pub kinds: Vec<OccupancyKind>,
}

/// What is approved: the words, to whom, how much it matters and how long it applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeText {
    /// How much it matters.
    pub priority: Priority,
    /// What it is called; empty in a language that is missing.
    pub title: Names,
    /// What it says, in Markdown; empty in a language that is missing.
    pub body: Names,
    /// Until when it applies; none: until it is withdrawn.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub expires_at: Option<Moment>,
    /// Whom it addresses.
    pub audience: Audience,
}

/// A notice, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The notice.
    pub id: NoticeId,
    /// Where.
    pub estate: EstateId,
    /// Counts its changes.
    pub version: Version,
    /// How far it has come.
    pub stage: NoticeStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// What is approved.
    pub text: NoticeText,
    /// The numbers of the units that it addresses, where it names some.
    pub numbers: Vec<String>,
    /// Who drafted it.
    pub drafted_by: StaffId,
    /// Their name.
    pub drafter: String,
    /// Who approved it.
    pub approved_by: Option<StaffId>,
    /// Their name.
    pub approver: Option<String>,
    /// When it is to come out.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub publish_at: Option<Moment>,
    /// When it came out.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub published_at: Option<Moment>,
    /// Why it was withdrawn.
    pub reason: Option<String>,
    /// When it was drafted.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
}

/// What the office may do with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeMove {
    /// Write it otherwise.
    Change,
    /// The manager says yes.
    Approve,
    /// It comes out, now or at a time.
    Schedule,
    /// It no longer applies, or never comes out.
    Withdraw,
}
