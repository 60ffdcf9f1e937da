use super::{Place, Promise, Stage};
use crate::ids::{AccountId, DepartmentId, EstateId, ItemId, PartyId, RequestId, StaffId};
use crate::moment::Moment;
use crate::services::Urgency;
use crate::texts::Lang;
use crate::work::Order;
use serde::{Deserialize, Serialize};

/// A service request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The request.
    pub id: RequestId,
    /// Its estate.
    pub estate: EstateId,
    /// For people: `LY-00042-K`.
    pub code: String,
    /// Counts the moves; a move names the version that it saw.
    pub version: i32,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// What kind of problem.
    pub item: ItemId,
    /// How pressing.
    pub urgency: Urgency,
    /// How it came in.
    pub channel: Channel,
    /// Where the problem is.
    pub place: Place,
    /// The reporter's words.
    pub words: String,
    /// The language that they are in.
    pub lang: Lang,
    /// Who reported it, if they have an account.
    pub reporter: Option<AccountId>,
    /// For which party.
    pub party: Option<PartyId>,
    /// Who looks after it.
    pub department: DepartmentId,
    /// Exactly one person while it is open.
    pub accountable: Option<StaffId>,
    /// What the resident was told last; open matters always have one.
    pub promise: Option<Promise>,
    /// When it came in.
    #[serde(deserialize_with = "crate::moment::read")]
    pub received_at: Moment,
    /// How often it came back.
    pub reopened_times: i32,
    /// When it last did: orders from before belong to its earlier life.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub reopened_at: Option<Moment>,
}

/// The version of a matter that a form showed.
pub type Version = i32;

/// The way by which a matter came in (B15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 电话
    Phone,
    /// 来访
    WalkIn,
    /// 来函
    Letter,
    /// 网上
    Web,
    /// 大堂屏
    Kiosk,
    /// 邮件
    Email,
    /// 分部来件: another office of ours (B11)
    Branch,
}

impl Channel {
    /// All, in the order in which they are offered.
    pub const ALL: [Channel; 7] = [
        Channel::Phone,
        Channel::WalkIn,
        Channel::Letter,
        Channel::Web,
        Channel::Kiosk,
        Channel::Email,
        Channel::Branch,
    ];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Channel::Phone => "phone",
            Channel::WalkIn => "walk_in",
            Channel::Letter => "letter",
            Channel::Web => "web",
            Channel::Kiosk => "kiosk",
            Channel::Email => "email",
            Channel::Branch => "branch",
        }
    }

    /// The channel of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.tag() == tag)
    }
}

/// The orders of a request with the request: what rules that span both are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The request.
    pub request: Request,
    /// Its orders, oldest first.
    pub orders: Vec<Order>,
}
