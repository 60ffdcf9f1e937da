use crate::ids::{ContactId, DepartmentId, EstateId, PartyId, RequestId, StaffId, TransferId, UnitId};
use crate::moment::Moment;
use crate::requests::{Channel, Version};
use crate::services::Urgency;
use serde::{Deserialize, Serialize};

/// What somebody wants (A10, A11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// 报修
    Repair,
    /// 咨询
    Enquiry,
    /// 投诉
    Complaint,
    /// 留言
    Message,
}

impl ContactKind {
    /// All, in the order in which they are offered.
    pub const ALL: [ContactKind; 4] =
        [ContactKind::Repair, ContactKind::Enquiry, ContactKind::Complaint, ContactKind::Message];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            ContactKind::Repair => "repair",
            ContactKind::Enquiry => "enquiry",
            ContactKind::Complaint => "complaint",
            ContactKind::Message => "message",
        }
    }

    /// The kind of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }
}

/// Where a contact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContactStage {
    /// Nobody has answered it.
    Open,
    /// Explained, and a reply promised (B4, B7).
    Promised {
        /// By when.
        #[serde(deserialize_with = "crate::moment::read")]
        reply_by: Moment,
    },
    /// Solved: what was said is kept.
    Answered,
    /// It became a request, which goes its own way.
    Requested,
}

impl ContactStage {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            ContactStage::Open => "open",
            ContactStage::Promised { .. } => "promised",
            ContactStage::Answered => "answered",
            ContactStage::Requested => "requested",
        }
    }

    /// Whether its holder still owes a word.
    pub fn is_open(self) -> bool {
        matches!(self, ContactStage::Open | ContactStage::Promised { .. })
    }
}

/// A contact as the rules know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The contact.
    pub id: ContactId,
    /// Its estate.
    pub estate: EstateId,
    /// Counts the moves.
    pub version: Version,
    /// By which way it came (B15).
    pub channel: Channel,
    /// What it is.
    pub kind: ContactKind,
    /// How pressing.
    pub urgency: Urgency,
    /// Where it stands.
    pub stage: ContactStage,
    /// When it came in.
    #[serde(deserialize_with = "crate::moment::read")]
    pub received_at: Moment,
    /// Who took it; none where it came by itself.
    pub received_by: Option<StaffId>,
    /// The owner of record, until another accepts (B1).
    pub holder: StaffId,
    /// From which unit.
    pub unit: Option<UnitId>,
    /// From whom, where they are known here.
    pub party: Option<PartyId>,
    /// The caller's name, as given.
    pub caller: Option<String>,
    /// The number to call back.
    pub phone: Option<String>,
    /// What they want.
    pub words: String,
    /// What they were told.
    pub answer: Option<String>,
    /// Whether it was read back to them (B4).
    pub read_back: bool,
    /// Answered after more than three rings: an apology is due (B6).
    pub rings_late: bool,
    /// The request that it became.
    pub request: Option<RequestId>,
    /// The policy under which its three minutes run.
    pub policy_version: i32,
    /// When the three minutes end.
    #[serde(deserialize_with = "crate::moment::read")]
    pub wall_due_at: Moment,
    /// When they were stopped.
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub wall_stopped_at: Option<Moment>,
    /// To whom it is offered now.
    pub offer: Option<Transfer>,
    /// Whether it came by itself, and nobody has taken it in hand.
    #[serde(default)]
    pub is_unclaimed: bool,
}

/// A contact offered to somebody, and not decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The offer.
    pub id: TransferId,
    /// To whom.
    pub to: TransferTo,
    /// What they should know.
    pub note: Option<String>,
}

/// To whom a contact is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransferTo {
    /// A colleague.
    Person(StaffId),
    /// Whoever of a department accepts first.
    Department(DepartmentId),
}

/// What a registered contact became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The contact.
    pub id: ContactId,
    /// The request's code, where it became one.
    pub code: Option<String>,
}
