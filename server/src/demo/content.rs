//! The hand-written content in `server/demo/`: each file's head says what its tables mean.

use std::sync::LazyLock;

use app::bookings::{Patience, PricePer, Quota};
use app::estate::Names;
use app::people::Role;
use app::services::Urgency;
use app::texts::Lang;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::activities::ActivityFile;
use super::notices::NoticeFile;
use super::services::ServiceFile;
use crate::boot::Failure;

/// Something with a name for each language.
#[derive(Clone, Debug, Deserialize)]
pub struct Named {
    en: String,
    zh_hans: String,
    zh_hant: String,
}

impl Named {
    /// As the product keeps names.
    pub fn names(&self) -> Names {
        Names { en: self.en.clone(), hans: self.zh_hans.clone(), hant: self.zh_hant.clone() }
    }
}

/// `estates.toml`
#[derive(Debug, Deserialize)]
pub struct Estates {
    pub area: Vec<Area>,
    pub estate: Vec<Estate>,
}

#[derive(Debug, Deserialize)]
pub struct Area {
    pub id: String,
    pub per_floor: bool,
    #[serde(flatten)]
    pub named: Named,
}

#[derive(Debug, Deserialize)]
pub struct Estate {
    pub id: String,
    pub kind: Kind,
    pub zone: String,
    pub desk_phone: String,
    pub complaint_phone: String,
    pub email: String,
    pub emergency_phone: String,
    pub grounds: Vec<String>,
    pub en: Title,
    pub zh_hans: Title,
    pub zh_hant: Title,
    pub department: Vec<Department>,
    pub building: Vec<Building>,
}

/// What an estate mostly is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Residential,
    Office,
}

#[derive(Debug, Deserialize)]
pub struct Title {
    pub name: String,
}

#[derive(Debug, Deserialize)]
pub struct Department {
    pub id: String,
    #[serde(flatten)]
    pub named: Named,
}

#[derive(Debug, Deserialize)]
pub struct Building {
    pub id: String,
    pub floors: i32,
    pub areas: Vec<String>,
    #[serde(flatten)]
    pub named: Named,
    pub layout: Vec<Layout>,
    #[serde(default)]
    pub shop: Vec<Shop>,
}

#[derive(Debug, Deserialize)]
pub struct Layout {
    pub from: i32,
    pub to: i32,
    pub kind: String,
    pub stacks: Vec<Stack>,
}

#[derive(Debug, Deserialize)]
pub struct Stack {
    pub no: i32,
    pub area: f64,
}

#[derive(Debug, Deserialize)]
pub struct Shop {
    pub floor: i32,
    pub stack: i32,
    pub number: String,
    pub area: f64,
    #[serde(flatten)]
    pub named: Named,
}

/// `catalogue.toml`
#[derive(Debug, Deserialize)]
pub struct Catalogue {
    pub category: Vec<Category>,
    pub problem: Vec<Problem>,
}

#[derive(Debug, Deserialize)]
pub struct Category {
    pub id: String,
    pub icon: String,
    pub department: String,
    #[serde(flatten)]
    pub named: Named,
}

#[derive(Debug, Deserialize)]
pub struct Problem {
    pub id: String,
    pub category: String,
    pub icon: String,
    pub department: String,
    #[serde(rename = "where")]
    pub place: String,
    pub kinds: Vec<Kind>,
    pub urgency: Urgency,
    #[serde(flatten)]
    pub named: Named,
    pub keywords: Keywords,
    #[serde(default)]
    pub call: Vec<String>,
    pub advice: Option<Named>,
}

#[derive(Debug, Deserialize)]
pub struct Keywords {
    pub en: Vec<String>,
    pub zh_hans: Vec<String>,
    pub zh_hant: Vec<String>,
}

/// `facilities.toml`
#[derive(Debug, Deserialize)]
pub struct FacilityFile {
    pub facility: Vec<Facility>,
}

#[derive(Debug, Deserialize)]
pub struct Facility {
    pub id: String,
    pub kinds: Vec<Kind>,
    pub icon: String,
    #[serde(flatten)]
    pub named: Named,
    pub about: Named,
    #[serde(default)]
    pub units: Vec<FacilityUnit>,
    pub seats: Option<u32>,
    pub step_minutes: u32,
    pub least_steps: u32,
    pub most_steps: u32,
    /// What is let by the night: `12:00`.
    pub check_out: Option<String>,
    #[serde(default)]
    pub before_minutes: u32,
    #[serde(default)]
    pub after_minutes: u32,
    #[serde(default)]
    pub notice_minutes: u32,
    pub ahead_days: u32,
    pub quota: Option<Quota>,
    pub most_heads: u32,
    pub hold_minutes: u32,
    #[serde(default)]
    pub cancel_minutes: u32,
    #[serde(default)]
    pub price: i64,
    pub price_per: Option<PricePer>,
    #[serde(default)]
    pub deposit: i64,
    #[serde(default)]
    pub needs_approval: bool,
    #[serde(default)]
    pub checks_in: bool,
    #[serde(default)]
    pub grace_minutes: u32,
    pub missed: Option<Patience>,
    #[serde(default)]
    pub swaps: bool,
    pub least_age: Option<u32>,
    #[serde(default)]
    pub needs_induction: bool,
    pub hours: OpenHours,
}

/// One of what can be told apart.
#[derive(Debug, Deserialize)]
pub struct FacilityUnit {
    #[serde(flatten)]
    pub named: Named,
    /// Whose households alone may have it.
    pub building: Option<String>,
}

/// When something is open, as it is written down: none where it is closed.
#[derive(Debug, Deserialize)]
pub struct OpenHours {
    weekdays: Option<String>,
    monday: Option<String>,
    weekend: Option<String>,
    holidays: Option<String>,
}

impl OpenHours {
    /// Those of each weekday from Monday on, and of a holiday.
    pub fn days(&self) -> [Option<&str>; 8] {
        let [weekday, weekend, holiday] = [&self.weekdays, &self.weekend, &self.holidays].map(Option::as_deref);
        let monday = self.monday.as_deref().or(weekday);
        [monday, weekday, weekday, weekday, weekday, weekend, weekend, holiday]
    }
}

/// `staff.toml`
#[derive(Debug, Deserialize)]
pub struct StaffFile {
    pub staff: Vec<Member>,
}

#[derive(Debug, Deserialize)]
pub struct Member {
    pub sign_in: String,
    pub name: String,
    pub lang: Lang,
    pub estates: Vec<String>,
    pub department: String,
    pub roles: Vec<Role>,
    pub phone: String,
    #[serde(default)]
    pub skills: Vec<String>,
    #[serde(default)]
    pub duty: bool,
}

/// `names.toml`
#[derive(Debug, Deserialize)]
pub struct NameFile {
    pub surnames: Vec<(String, String, String, String, u64)>,
    pub given: Vec<(String, String, String)>,
    pub hk_given: Vec<String>,
    pub foreign: Vec<String>,
    pub company: Vec<Named>,
}

/// Places, the catalogue, what can be booked and ordered, and the staff: what the small cast needs too.
#[derive(Debug)]
pub struct Content {
    pub estates: Estates,
    pub catalogue: Catalogue,
    pub facilities: Vec<Facility>,
    pub services: ServiceFile,
    pub activities: ActivityFile,
    pub notices: NoticeFile,
    pub staff: Vec<Member>,
}

static CONTENT: LazyLock<Result<Content, String>> = LazyLock::new(|| {
    let facilities: FacilityFile = parse("facilities.toml", include_str!("../../demo/facilities.toml"))?;
    let staff: StaffFile = parse("staff.toml", include_str!("../../demo/staff.toml"))?;
    Ok(Content {
        estates: parse("estates.toml", include_str!("../../demo/estates.toml"))?,
        catalogue: parse("catalogue.toml", include_str!("../../demo/catalogue.toml"))?,
        facilities: facilities.facility,
        services: parse("services.toml", include_str!("../../demo/services.toml"))?,
        activities: parse("activities.toml", include_str!("../../demo/activities.toml"))?,
        notices: parse("notices.toml", include_str!("../../demo/notices.toml"))?,
        staff: staff.staff,
    })
});

/// The content, read once a process.
pub fn content() -> Result<&'static Content, Failure> {
    CONTENT.as_ref().map_err(|error| error.clone().into())
}

/// Names to draw from.
pub fn names() -> Result<NameFile, Failure> {
    Ok(parse("names.toml", include_str!("../../demo/names.toml"))?)
}

/// Reads a file that was compiled in.
pub fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("The demo's {name} cannot be read: {error}."))
}
