use crate::estate::{Names, UnitRef};
use crate::ids::{EstateId, VisitId};
use crate::moment::Moment;
use crate::requests::Version;
use crate::screens::Place;
use serde::{Deserialize, Serialize};

/// What a visitor comes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 探访
    Visit,
    /// 送货
    Delivery,
    /// 上门服务
    Work,
    /// 投诉: the centre is told at once
    Complaint,
    /// 其他
    Other,
}

impl Purpose {
    /// All, in the order of forms.
    pub const ALL: [Purpose; 5] =
        [Purpose::Visit, Purpose::Delivery, Purpose::Work, Purpose::Complaint, Purpose::Other];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Purpose::Visit => "visit",
            Purpose::Delivery => "delivery",
            Purpose::Work => "work",
            Purpose::Complaint => "complaint",
            Purpose::Other => "other",
        }
    }

    /// The purpose of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.tag() == tag)
    }
}

/// What whoever lives there says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// They may come up.
    Up,
    /// Somebody comes down to them.
    Down,
    /// Not now: the screen shows what it shows where nobody answers.
    NotNow,
}

impl Answer {
    /// All, in the order of the buttons.
    pub const ALL: [Answer; 3] = [Answer::Up, Answer::Down, Answer::NotNow];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Answer::Up => "up",
            Answer::Down => "down",
            Answer::NotNow => "not_now",
        }
    }

    /// The answer of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.tag() == tag)
    }
}

/// How far a visit has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitStage {
    /// Whoever lives there is asked.
    Waiting,
    /// They agreed.
    Consented,
    /// They did not.
    Denied,
    /// Nobody answered in time, or nobody could.
    Unanswered,
    /// The desk let them in.
    Arrived,
    /// They left again.
    Departed,
    /// The desk did not let them in.
    TurnedAway,
}

impl VisitStage {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            VisitStage::Waiting => "waiting",
            VisitStage::Consented => "consented",
            VisitStage::Denied => "denied",
            VisitStage::Unanswered => "unanswered",
            VisitStage::Arrived => "arrived",
            VisitStage::Departed => "departed",
            VisitStage::TurnedAway => "turned_away",
        }
    }
}

/// What the desk does with a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Lets them in.
    In,
    /// Sees them out.
    Out,
    /// Turns them away.
    Away,
}

impl Mark {
    /// The value in forms.
    pub fn tag(self) -> &'static str {
        match self {
            Mark::In => "in",
            Mark::Out => "out",
            Mark::Away => "away",
        }
    }

    /// The mark of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Mark::In, Mark::Out, Mark::Away].into_iter().find(|mark| mark.tag() == tag)
    }
}

/// One line of the visitor book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The visit.
    pub id: VisitId,
    /// Where.
    pub estate: EstateId,
    /// Counts its changes.
    pub version: Version,
    /// How far it has come.
    pub stage: VisitStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// Who, in their own words; none once it is forgotten.
    pub name: Option<String>,
    /// Of which company.
    pub company: Option<String>,
    /// What for.
    pub purpose: Purpose,
    /// The number that they asked for; none once it is forgotten.
    pub sought: Option<String>,
    /// In which building.
    pub building: Option<Names>,
    /// The home that it is; none where there is no such home.
    pub home: Option<UnitRef>,
    /// Where the screen stood at which they asked; none: at the desk.
    pub place: Option<Place>,
    /// When they asked, or came.
    #[serde(deserialize_with = "crate::moment::read")]
    pub asked_at: Moment,
    /// How many accounts were told; none until somebody looked.
    pub told_to: Option<i32>,
    /// What whoever lives there said.
    pub answer: Option<Answer>,
    /// When the desk let them in.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub entered_at: Option<Moment>,
    /// When they left.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub left_at: Option<Moment>,
    /// Why they were turned away.
    pub reason: Option<String>,
}
