use crate::concierge::SignedBy;
use crate::estate::UnitRef;
use crate::ids::{EstateId, MailItemId, PartyId, SignatureId, UnitId};
use crate::moment::Moment;
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// What comes, and goes out again (A5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// 平信
    Letter,
    /// 报刊
    Newspaper,
    /// 给据邮件
    Registered,
    /// 包裹
    Parcel,
    /// 业主信函: of the office's own
    OwnerLetter,
}

impl MailKind {
    /// All, in the order of the count sheet.
    pub const ALL: [MailKind; 5] =
        [MailKind::Letter, MailKind::Newspaper, MailKind::Registered, MailKind::Parcel, MailKind::OwnerLetter];
    /// What is signed for, piece by piece.
    pub const SIGNED: [MailKind; 2] = [MailKind::Registered, MailKind::Parcel];
    /// What is only counted.
    pub const COUNTED: [MailKind; 2] = [MailKind::Letter, MailKind::Newspaper];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            MailKind::Letter => "letter",
            MailKind::Newspaper => "newspaper",
            MailKind::Registered => "registered",
            MailKind::Parcel => "parcel",
            MailKind::OwnerLetter => "owner_letter",
        }
    }

    /// The kind of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }
}

/// How far an item has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailStage {
    /// 待领
    Waiting,
    /// 已签收
    HandedOut,
    /// 已退回
    SentBack,
}

impl MailStage {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            MailStage::Waiting => "waiting",
            MailStage::HandedOut => "handed_out",
            MailStage::SentBack => "sent_back",
        }
    }
}

/// A registered letter or a parcel at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailItem {
    /// The item.
    pub id: MailItemId,
    /// Where.
    pub estate: EstateId,
    /// Counts its changes.
    pub version: Version,
    /// How far it has come.
    pub stage: MailStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// Registered or parcel.
    pub kind: MailKind,
    /// For which household,
    pub unit: UnitId,
    /// perhaps for one of it.
    pub party: Option<PartyId>,
    /// Whose name is on it.
    pub addressee: String,
    /// Where they live.
    pub home: UnitRef,
    /// Who brought it.
    pub carrier: String,
    /// By which number they know it; a registered item has one.
    pub number: Option<String>,
    /// Where it lies.
    pub place: String,
    /// When it came.
    #[serde(deserialize_with = "crate::moment::read")]
    pub arrived_at: Moment,
    /// Until when it is kept.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_at: Moment,
    /// When the desk was told that this is over.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub told_due_at: Option<Moment>,
    /// Why it went back.
    pub reason: Option<String>,
    /// Who signed for it.
    pub receipt: Option<Receipt>,
}

/// What was signed when it was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// For its drawing, where there is one.
    pub id: SignatureId,
    /// How.
    pub means: SignedBy,
    /// By whom.
    pub signer: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub signed_at: Moment,
}
