use super::question::Question;
use crate::estate::Names;
use crate::ids::{DepartmentId, EstateId, ItemId, StaffId, VendorId};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// The five service lines under which an estate's catalogue stands (A1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// 客户服务
    Customer,
    /// 保安服务
    Security,
    /// 保养服务
    Maintenance,
    /// 保洁服务
    Cleaning,
    /// 会议服务
    Conference,
}

impl Line {
    /// All, in the order of the catalogue.
    pub const ALL: [Line; 5] = [Line::Customer, Line::Security, Line::Maintenance, Line::Cleaning, Line::Conference];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Line::Customer => "customer",
            Line::Security => "security",
            Line::Maintenance => "maintenance",
            Line::Cleaning => "cleaning",
            Line::Conference => "conference",
        }
    }

    /// The line of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|line| line.tag() == tag)
    }
}

/// By which rule a service is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceRule {
    /// 免费
    Free,
    /// One price, or one a piece.
    Fixed,
    /// By the hour, and perhaps by the piece.
    Hourly,
    /// The office says what it costs.
    Quote,
}

impl PriceRule {
    /// All.
    pub const ALL: [PriceRule; 4] = [PriceRule::Free, PriceRule::Fixed, PriceRule::Hourly, PriceRule::Quote];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            PriceRule::Free => "free",
            PriceRule::Fixed => "fixed",
            PriceRule::Hourly => "hourly",
            PriceRule::Quote => "quote",
        }
    }

    /// The rule of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.tag() == tag)
    }
}

/// Who delivers a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "id", rename_all = "snake_case")]
pub enum Deliverer {
    /// Whoever of a department has time.
    Department(DepartmentId),
    /// Somebody of the office.
    Person(StaffId),
    /// A firm.
    Vendor(VendorId),
}

impl Deliverer {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Deliverer::Department(_) => "department",
            Deliverer::Person(_) => "person",
            Deliverer::Vendor(_) => "vendor",
        }
    }

    /// The value in forms: `vendor:` and its id.
    pub fn value(self) -> String {
        match self {
            Deliverer::Department(id) => format!("department:{id}"),
            Deliverer::Person(id) => format!("person:{id}"),
            Deliverer::Vendor(id) => format!("vendor:{id}"),
        }
    }

    /// The colleague or the department; neither of a firm.
    pub fn hands(self) -> (Option<StaffId>, Option<DepartmentId>) {
        match self {
            Deliverer::Department(id) => (None, Some(id)),
            Deliverer::Person(id) => (Some(id), None),
            Deliverer::Vendor(_) => (None, None),
        }
    }

    /// Reads such a value.
    pub fn parse(value: &str) -> Option<Self> {
        let (tag, id) = value.split_once(':')?;
        match tag {
            "department" => id.parse().ok().map(Deliverer::Department),
            "person" => id.parse().ok().map(Deliverer::Person),
            "vendor" => id.parse().ok().map(Deliverer::Vendor),
            _ => None,
        }
    }
}

/// What can be ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its row in the catalogue.
    pub id: ItemId,
    /// Where.
    pub estate: EstateId,
    /// In addresses: `taxi`.
    pub slug: String,
    /// A symbol of the sprite.
    pub icon: String,
    /// Under which line it stands.
    pub line: Line,
    /// What people call it.
    pub names: Names,
    /// Other words for it, in all languages.
    pub keywords: String,
    /// Whether it cannot be ordered any more.
    pub is_retired: bool,
    /// What holds for whoever orders it.
    pub terms: ServiceTerms,
}

/// What a service says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceAbout {
    /// What is done.
    pub content: Names,
    /// The standard that it is held to.
    pub standard: Names,
    /// What else holds.
    pub conditions: Names,
}

impl Service {
    /// Whether any terms hold for it: what the office has only put into the catalogue has none.
    pub fn is_published(&self) -> bool {
        self.terms.version > 0
    }
}

/// What holds for whoever orders a service; an order keeps to the terms on which it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTerms {
    /// Which version; 0 where none holds yet.
    pub version: i32,
    /// From when on it holds.
    #[serde(deserialize_with = "crate::moment::read")]
    pub since: Moment,
    /// What is done.
    pub content: Names,
    /// The standard that it is held to.
    pub standard: Names,
    /// What else holds.
    pub conditions: Names,
    /// How it is priced.
    pub price_rule: PriceRule,
    /// In minor units: of all of it, of an hour, or of a piece.
    pub price: i64,
    /// `CNY`
    pub currency: String,
    /// The question that tells when it is needed.
    pub moment_from: Option<String>,
    /// The one that tells for how many hours.
    pub hours_from: Option<String>,
    /// The one that tells how many pieces,
    pub pieces_from: Option<String>,
    /// and what these are: `page`.
    pub pieces: Option<Names>,
    /// How many minutes before it is needed it must be ordered; without such a question, how many it takes.
    pub lead_minutes: u32,
    /// Whether the office gets it from an agency.
    pub is_agency: bool,
    /// What is booked, not ordered: the facility's name in addresses.
    pub facility: Option<String>,
    /// Whether it stands for the estate's activities, which people sign up for.
    #[serde(default)]
    pub is_activities: bool,
    /// Who delivers it,
    pub delivered_by: Deliverer,
    /// and what they are called.
    pub deliverer: Names,
    /// When it is done; none: day and night.
    pub hours: Vec<ServiceHours>,
    /// What whoever orders it is asked, in order.
    pub questions: Vec<Question>,
    /// Of a bundle: what belongs to it, in order.
    #[serde(default)]
    pub parts: Vec<ServicePart>,
}

/// How people come by what a service offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceKind<'t> {
    /// They order it.
    Ordered,
    /// They book a facility: its name in addresses.
    Booked(&'t str),
    /// They sign up for one of the estate's activities.
    Activities,
}

impl ServiceTerms {
    /// How people come by it.
    pub fn kind(&self) -> ServiceKind<'_> {
        match &self.facility {
            Some(facility) => ServiceKind::Booked(facility),
            None if self.is_activities => ServiceKind::Activities,
            None => ServiceKind::Ordered,
        }
    }

    /// Whether it is ordered. What is not has its price, its notice and its hours where it leads.
    pub fn is_ordered(&self) -> bool {
        self.kind() == ServiceKind::Ordered
    }
}

/// A part of a bundle (A14): another item of the catalogue, or the booking of a facility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePart {
    /// Before the names of its questions: `car`.
    pub slug: String,
    /// What people call it.
    pub names: Names,
    /// A symbol of the sprite.
    pub icon: String,
    /// The item, under the terms that hold now;
    pub item: Option<PartItem>,
    /// else what is booked.
    pub booked: Option<PartBooked>,
}

/// An item that is a part of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartItem {
    /// Its row in the catalogue.
    pub id: ItemId,
    /// What holds for whoever orders it.
    pub terms: ServiceTerms,
}

/// What a bundle books: from when it is needed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartBooked {
    /// The facility's name in addresses.
    pub facility: String,
    /// For so many of its steps,
    pub steps: Option<u32>,
    /// or as many hours as this question of the bundle says; nights, where it is let by those.
    pub hours_from: Option<String>,
    /// For as many people as this one says.
    pub heads_from: String,
}

/// From when until when a service is done on a weekday: minutes after midnight on the estate's wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceHours {
    /// 1 to 7 from Monday on, 8 on a holiday.
    pub weekday: u8,
    /// From this minute
    pub opens: u16,
    /// until this one.
    pub closes: u16,
}
