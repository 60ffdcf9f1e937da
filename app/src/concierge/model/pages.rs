use super::figures::{ServiceFigures, ServiceYear};
use super::order::{ServiceMove, ServiceOrder};
use super::part::OrderPart;
use crate::estate::{DepartmentRef, Names, UnitRef};
use crate::ids::{AccountId, EstateId, ServiceNoteId, ServiceOrderId, SignatureId, StaffId};
use crate::moment::{Moment, Wall};
use crate::people::Home;
use crate::services::{Service, ServiceVersion};
use crate::work::Vendor;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An order in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceCard {
    /// The order.
    pub order: ServiceOrder,
    /// What is ordered.
    pub service: Names,
    /// In addresses.
    pub slug: String,
    /// Its symbol.
    pub icon: String,
}

/// An order as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceEntry {
    /// The order.
    pub card: ServiceCard,
    /// For which household.
    pub home: UnitRef,
    /// For whom.
    pub person: String,
    /// Who answers for it.
    pub holder: String,
}

/// How a charge notice was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedBy {
    /// Confirmed by whoever ordered it, signed in.
    Confirm,
    /// Drawn on glass at the desk.
    Glass,
    /// Typed and ticked at the desk.
    Tick,
}

impl SignedBy {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            SignedBy::Confirm => "confirm",
            SignedBy::Glass => "glass",
            SignedBy::Tick => "tick",
        }
    }
}

/// A charge notice as it was signed; what it was signed over stands on the order, and cannot change any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeNotice {
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

/// A time that was told of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePromise {
    /// By when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub due_at: Moment,
    /// Why it is another one than before.
    pub reason: Option<String>,
    /// When it was told.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
}

/// What the office asked, heard and did about an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceNote {
    /// The note.
    pub id: ServiceNoteId,
    /// What.
    pub words: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
}

/// What can be ordered in an estate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePlace {
    /// The estate.
    pub estate: EstateId,
    /// What people call it.
    pub names: Names,
    /// Its services, line by line.
    pub services: Vec<Service>,
}

/// What can be ordered, and what is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// The estates where the reader has a home.
    pub places: Vec<ServicePlace>,
    /// The reader's orders, what is under way first, the latest first; at most 20.
    pub orders: Vec<ServiceCard>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A service as whoever orders it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceSheet {
    /// What is ordered.
    pub service: Service,
    /// Their homes in its estate.
    pub homes: Vec<Home>,
    /// The order that is repeated: its answers are proposed.
    pub again: Option<ServiceOrder>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// The same as the office orders it for a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceSheetFor {
    /// For which household.
    pub home: UnitRef,
    /// What the estate offers, line by line.
    pub services: Vec<Service>,
    /// The one that is ordered.
    pub chosen: Option<Service>,
    /// Who there has an account; where nobody has, the office orders it in its own name.
    pub people: Vec<(AccountId, String)>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// An order as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceFile {
    /// The order.
    pub card: ServiceCard,
    /// For which household.
    pub home: UnitRef,
    /// What was ordered, under the terms of then.
    pub service: Service,
    /// Of a bundle: its parts, in order.
    pub parts: Vec<OrderPart>,
    /// What was signed.
    pub notice: Option<ChargeNotice>,
    /// The times that were told, the first one first.
    pub promises: Vec<ServicePromise>,
    /// What its person may do with it.
    pub moves: Vec<ServiceMove>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// An order as the office opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceEntryFile {
    /// The order.
    pub entry: ServiceEntry,
    /// What was ordered, under the terms of then.
    pub service: Service,
    /// What those who deliver it say and do, under those terms (A15).
    pub script: Option<Names>,
    /// The firm that delivers it, for those at the desk.
    pub vendor: Option<Vendor>,
    /// Of a bundle: the firms that deliver its parts, for those at the desk.
    #[serde(default)]
    pub part_vendors: Vec<Vendor>,
    /// Whether the reader is at the desk; else they deliver it.
    pub is_desk: bool,
    /// Whether the reader may do something about it: not who only delivers a part of it.
    #[serde(default)]
    pub may_write: bool,
    /// Of a bundle: its parts, in order.
    pub parts: Vec<OrderPart>,
    /// What was signed.
    pub notice: Option<ChargeNotice>,
    /// The times that were told, the first one first.
    pub promises: Vec<ServicePromise>,
    /// What was written about it last, in order.
    pub notes: Vec<ServiceNote>,
    /// What the reader may do with it.
    pub moves: Vec<ServiceMove>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// Where the next page of the office's list begins: behind what is owed then, of this id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterOrder {
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// Which.
    pub id: ServiceOrderId,
}

/// The office's list of orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDesk {
    /// Whether it shows what is over, the latest first; else what is owed, the next one first.
    pub is_over: bool,
    /// Whether it shows what the reader delivers, alone; always where they are not at the desk.
    pub is_mine: bool,
    /// Whether the reader is at the desk.
    pub is_desk: bool,
    /// At most 30.
    pub entries: Vec<ServiceEntry>,
    /// Where the next ones begin.
    pub next: Option<AfterOrder>,
    /// How what is over was found, service by service; only beside the first page of what is over.
    pub figures: Vec<ServiceFigures>,
    /// The same month by month, as far as anything ended;
    pub years: Vec<ServiceYear>,
    /// their first month.
    pub first_month: NaiveDate,
    /// The clock to show times by.
    pub wall: Wall,
}

/// Where what was made is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// An order's code; the name in addresses of what was put into the catalogue.
    pub code: String,
}

/// What an estate offers, as the office keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceBook {
    /// Its services under the terms that hold now, line by line; those that are not offered any more, or not yet, too.
    pub services: Vec<Service>,
    /// The one that is looked at.
    pub chosen: Option<ServiceChapter>,
    /// Whether the reader may publish the next version, and put more into it.
    pub may_publish: bool,
    /// The clock to show times by.
    pub wall: Wall,
}

/// One service as the office keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceChapter {
    /// The service, under the terms that hold now.
    pub service: Service,
    /// Its versions, the latest first: it may be yet to begin.
    pub versions: Vec<ServiceVersion>,
    /// Who may deliver it: a department,
    pub departments: Vec<DepartmentRef>,
    /// somebody of the office,
    pub people: Vec<(StaffId, String)>,
    /// or a firm.
    pub vendors: Vec<Vendor>,
}
