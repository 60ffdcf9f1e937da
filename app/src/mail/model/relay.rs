use crate::estate::UnitRef;
use crate::ids::{ContactId, EstateId, PartyId, StaffId, UnitId};
use crate::moment::Moment;
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// By which way words reached whom they were left for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassedHow {
    /// 收件箱已读: they read it themselves.
    Inbox,
    /// 电话转告
    Phone,
    /// 当面转告
    InPerson,
}

impl PassedHow {
    /// All.
    pub const ALL: [PassedHow; 3] = [PassedHow::Inbox, PassedHow::Phone, PassedHow::InPerson];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            PassedHow::Inbox => "inbox",
            PassedHow::Phone => "phone",
            PassedHow::InPerson => "in_person",
        }
    }

    /// The way of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.tag() == tag)
    }
}

/// Words that were left at the desk for somebody (留言, A3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relay {
    /// The contact by which they came.
    pub id: ContactId,
    /// Where.
    pub estate: EstateId,
    /// Counts its changes.
    pub version: Version,
    /// For which household,
    pub unit: Option<UnitId>,
    /// perhaps for one of it;
    pub party: Option<PartyId>,
    /// or for whom of the office.
    pub staff: Option<StaffId>,
    /// Whom it is for, as the desk wrote it down.
    pub addressee: String,
    /// Where they live.
    pub home: Option<UnitRef>,
    /// Who left it.
    pub caller: String,
    /// Their number.
    pub phone: Option<String>,
    /// What they said.
    pub words: String,
    /// Whether it is urgent.
    pub is_urgent: bool,
    /// By when they want to be called.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub call_by: Option<Moment>,
    /// When it was taken.
    #[serde(deserialize_with = "crate::moment::read")]
    pub taken_at: Moment,
    /// When it reached them,
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub passed_at: Option<Moment>,
    /// and by which way.
    pub passed_how: Option<PassedHow>,
}
