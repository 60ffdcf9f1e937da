use crate::ids::{AccountId, EstateId, ItemId, ServiceOrderId, StaffId, UnitId};
use crate::moment::Moment;
use crate::requests::{Rating, Version};
use crate::services::{Answers, PriceRule};
use serde::{Deserialize, Serialize};

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceStage {
    /// 已下单
    Requested,
    /// 待签缴费通知单: it has a price, which nobody has signed.
    Quoted,
    /// 已签
    Signed,
    /// 服务中
    Delivering,
    /// 已送达
    Delivered,
    /// 满意
    Accepted,
    /// Its person has not said how it was.
    Unconfirmed,
    /// 返工
    Rework,
    /// 待入账: ready for the ledger.
    Billed,
    /// 转交: its person will not have it, or not pay.
    Referred,
    /// 归档
    Archived,
    /// The office cannot do it, and said why.
    Declined,
    /// Its person does not want it any more.
    Withdrawn,
    /// Nobody signed its price in time.
    Lapsed,
}

impl ServiceStage {
    /// All, in the order of an order's life.
    pub const ALL: [Self; 14] = [
        Self::Requested,
        Self::Quoted,
        Self::Signed,
        Self::Delivering,
        Self::Delivered,
        Self::Accepted,
        Self::Unconfirmed,
        Self::Rework,
        Self::Billed,
        Self::Referred,
        Self::Archived,
        Self::Declined,
        Self::Withdrawn,
        Self::Lapsed,
    ];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Quoted => "quoted",
            Self::Signed => "signed",
            Self::Delivering => "delivering",
            Self::Delivered => "delivered",
            Self::Accepted => "accepted",
            Self::Unconfirmed => "unconfirmed",
            Self::Rework => "rework",
            Self::Billed => "billed",
            Self::Referred => "referred",
            Self::Archived => "archived",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }

    /// The stage of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.tag() == tag)
    }
}

/// An order, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOrder {
    /// The order.
    pub id: ServiceOrderId,
    /// Where.
    pub estate: EstateId,
    /// What people call it: `LY-00042-K`.
    pub code: String,
    /// Counts its changes.
    pub version: Version,
    /// How far it has come.
    pub stage: ServiceStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// Of what,
    pub item: ItemId,
    /// under which version of its terms.
    pub terms: i32,
    /// For which household,
    pub unit: UnitId,
    /// and for whom.
    pub account: AccountId,
    /// Who of the office ordered it for them; none: they did.
    pub ordered_by: Option<StaffId>,
    /// Whether the office has it in its own name, because nobody there has an account.
    pub by_office: bool,
    /// Who answers for it.
    pub accountable: StaffId,
    /// What they answered.
    pub answers: Answers,
    /// What else they wrote.
    pub note: Option<String>,
    /// When it is wanted.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub needed_at: Option<Moment>,
    /// How it is priced.
    pub price_rule: PriceRule,
    /// What all of it, an hour or a piece cost when it was ordered, in minor units
    pub rate: i64,
    /// of this currency.
    pub currency: String,
    /// For how many minutes it is reckoned,
    pub minutes: Option<u32>,
    /// and how many pieces.
    pub pieces: Option<u32>,
    /// What it costs, in minor units; none while nobody has said.
    pub amount: Option<i64>,
    /// What the office said about the price.
    pub quote_note: Option<String>,
    /// The time that its person was told last.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub promised_at: Option<Moment>,
    /// When it came.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub arrived_at: Option<Moment>,
    /// Since when the work is owed: made, signed, or sent back last.
    #[serde(deserialize_with = "crate::moment::read")]
    pub owed_since: Moment,
    /// Whether it came when it was promised, the first time; what is done again does not change that.
    pub first_in_time: Option<bool>,
    /// Who brings it, where the office gets it from somebody.
    pub agency: Option<String>,
    /// When something is owed next: an answer, a signature, what was promised, a word about how it was.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub due_at: Option<Moment>,
    /// When it was told that it was not done by then.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub told_late_at: Option<Moment>,
    /// Why it was declined, withdrawn, sent back or refused.
    pub reason: Option<String>,
    /// When its person accepted it;
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub accepted_at: Option<Moment>,
    /// or when nobody waited for their word any longer.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub unconfirmed_at: Option<Moment>,
    /// How it was,
    pub rating: Option<Rating>,
    /// and in words.
    pub rated_words: Option<String>,
    /// When it was ordered.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
}

/// What somebody may do with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceMove {
    /// Its person signs the charge notice.
    Sign,
    /// They do not want it any more.
    Withdraw,
    /// It is as it should be.
    Accept,
    /// It is not: it is done again.
    SendBack,
    /// They will not have it at all.
    Refuse,
    /// They say how it was.
    Rate,
    /// The office says what it costs.
    Quote,
    /// They sign at the desk.
    SignHere,
    /// It is begun.
    Start,
    /// It came.
    Deliver,
    /// Its person is told when it comes.
    Promise,
    /// The office cannot do it.
    Decline,
    /// Its person will not pay.
    Refer,
    /// It is filed.
    Archive,
    /// A colleague answers for it from now on.
    Take,
}
