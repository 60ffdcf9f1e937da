use super::plan::Plan;
use crate::estate::Names;
use crate::ids::{ActivityId, ClosureId, EstateId, MeasureId, StaffId};
use crate::moment::Moment;
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// How far an activity has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityStage {
    /// 方案草拟
    Draft,
    /// 已批准: its place is taken.
    Approved,
    /// 报名中: residents see it.
    Published,
    /// 已举办: it has begun.
    Held,
    /// 已取消
    CalledOff,
    /// 已总结
    Closed,
}

impl ActivityStage {
    const ALL: [Self; 6] = [Self::Draft, Self::Approved, Self::Published, Self::Held, Self::CalledOff, Self::Closed];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Held => "held",
            Self::CalledOff => "called_off",
            Self::Closed => "closed",
        }
    }

    /// The stage of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.tag() == tag)
    }
}

/// What is done for everybody's safety.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The measure.
    pub id: MeasureId,
    /// What.
    pub words: String,
    /// Who answers for it.
    pub responsible: StaffId,
    /// Their name.
    pub name: String,
    /// When they had done it.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub ticked_at: Option<Moment>,
}

/// An activity, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The activity.
    pub id: ActivityId,
    /// Where.
    pub estate: EstateId,
    /// What people call it: `LY-00042-K`.
    pub code: String,
    /// Counts its changes.
    pub version: Version,
    /// How far it has come.
    pub stage: ActivityStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// What is planned.
    pub plan: Plan,
    /// What its facility is called, where it is in one.
    pub room: Option<Names>,
    /// By which that is closed to everybody else.
    pub closure: Option<ClosureId>,
    /// Who organises it.
    pub organiser: StaffId,
    /// Their name.
    pub organiser_name: String,
    /// Who approved it.
    pub approved_by: Option<StaffId>,
    /// Why it was called off.
    pub reason: Option<String>,
    /// How many people came,
    pub came: Option<u32>,
    /// and what went well.
    pub went_well: Option<String>,
    /// When it was planned.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
    /// What is done for everybody's safety; not told to residents.
    pub measures: Vec<Measure>,
    /// How many people have a place,
    pub taken: u32,
    /// and how many wait for one.
    pub in_line: u32,
}

/// What the office may do with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityMove {
    /// Plan it otherwise.
    Change,
    /// The manager says yes.
    Approve,
    /// Residents see it.
    Publish,
    /// It begins.
    Begin,
    /// It is written down what came of it.
    Close,
    /// It does not take place.
    CallOff,
}
