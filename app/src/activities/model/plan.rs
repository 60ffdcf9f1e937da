use crate::estate::Names;
use crate::ids::FacilityId;
use crate::moment::{Moment, When};
use serde::{Deserialize, Serialize};

/// What is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is called.
    pub title: Names,
    /// What happens there.
    pub about: Names,
    /// From when
    #[serde(deserialize_with = "crate::moment::read")]
    pub starts_at: Moment,
    /// until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ends_at: Moment,
    /// In which facility;
    pub facility: Option<FacilityId>,
    /// else where, in words.
    pub place: Option<String>,
    /// For how many people.
    pub capacity: u32,
    /// How many of one household may come.
    pub quota: u32,
    /// What it costs each of them, in minor units
    pub price: i64,
    /// of this currency.
    pub currency: String,
    /// Since when people sign up,
    #[serde(deserialize_with = "crate::moment::read")]
    pub opens_at: Moment,
    /// and until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub closes_at: Moment,
}

impl Plan {
    /// For what its place is closed, as others read it there: its title in each language.
    pub fn closes_for(&self) -> String {
        let Names { en, hans, hant } = &self.title;
        if hans == hant { format!("{hans} · {en}") } else { format!("{hans} · {hant} · {en}") }
    }
}

/// A plan as a form says it: numbers and times as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    /// What it is called, in each language.
    pub title_en: String,
    /// 简体中文
    pub title_hans: String,
    /// 繁體中文
    pub title_hant: String,
    /// What happens there, in each language.
    pub about_en: String,
    /// 简体中文
    pub about_hans: String,
    /// 繁體中文
    pub about_hant: String,
    /// From when on the estate's wall: `2026-12-24T18:00`.
    pub starts: String,
    /// Until when.
    pub ends: String,
    /// The id of a facility; empty: elsewhere.
    pub facility: String,
    /// Where, in words.
    pub place: String,
    /// For how many people.
    pub capacity: String,
    /// How many of one household.
    pub quota: String,
    /// What it costs each: `30` or `30.50`; empty: nothing.
    pub price: String,
    /// Since when people sign up; empty: as soon as they see it.
    pub opens: String,
    /// Until when; empty: until it begins.
    pub closes: String,
}

impl PlanForm {
    /// A plan as its form shows it, with the clock that shows an instant.
    pub fn of(plan: &Plan, at: impl Fn(Moment) -> When) -> Self {
        let shown = |moment: Moment| {
            let when = at(moment);
            format!("{}T{}", when.day(), when.clock())
        };
        let price = match plan.price {
            0 => String::new(),
            price => format!("{}.{:02}", price / 100, price % 100),
        };
        let Names { en: title_en, hans: title_hans, hant: title_hant } = plan.title.clone();
        let Names { en: about_en, hans: about_hans, hant: about_hant } = plan.about.clone();
        Self {
            title_en,
            title_hans,
            title_hant,
            about_en,
            about_hans,
            about_hant,
            starts: shown(plan.starts_at),
            ends: shown(plan.ends_at),
            facility: plan.facility.map(|facility| facility.to_string()).unwrap_or_default(),
            place: plan.place.clone().unwrap_or_default(),
            capacity: plan.capacity.to_string(),
            quota: plan.quota.to_string(),
            price,
            opens: shown(plan.opens_at),
            closes: shown(plan.closes_at),
        }
    }
}
