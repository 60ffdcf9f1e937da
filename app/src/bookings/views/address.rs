use super::super::api::{LoadWeek, LoadWeekFor};
use super::super::model::Week;
use crate::ids::{DrawId, EstateId, UnitId};
use chrono::NaiveDate;
use leptos_router::params::ParamsMap;
use uuid::Uuid;

/// What the address of a facility's week asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// In addresses: `tennis-court`.
    pub facility: String,
    /// For which household the office books it; none: a resident books for themselves.
    pub unit: Option<UnitId>,
    pub estate: Option<EstateId>,
    pub home: Option<UnitId>,
    pub day: Option<String>,
    pub steps: Option<u32>,
    pub heads: Option<u32>,
    /// The code of a booking that is moved.
    pub moving: Option<String>,
}

impl Address {
    /// A resident's.
    pub fn of_resident(params: &ParamsMap, query: &ParamsMap) -> Self {
        Self {
            facility: params.get("facility").unwrap_or_default(),
            unit: None,
            estate: query.get_str("estate").and_then(|id| id.parse().ok()),
            home: query.get_str("home").and_then(|id| id.parse().ok()),
            day: query.get("day"),
            steps: query.get_str("steps").and_then(|steps| steps.parse().ok()),
            heads: query.get_str("heads").and_then(|heads| heads.parse().ok()),
            moving: query.get("moving"),
        }
    }

    /// The office's; what is no id is nobody's unit.
    pub fn of_office(params: &ParamsMap, query: &ParamsMap) -> Self {
        let unit = params.get_str("unit").and_then(|id| id.parse().ok()).unwrap_or(UnitId(Uuid::nil()));
        Self { unit: Some(unit), ..Self::of_resident(params, query) }
    }

    pub fn week(&self) -> LoadWeek {
        let Self { facility, unit: _, estate, home, day, steps, heads, moving } = self.clone();
        LoadWeek { facility, estate, home, day, steps, heads, moving }
    }

    pub fn week_for(&self) -> LoadWeekFor {
        let Self { facility, unit, estate: _, home: _, day, steps, heads, moving } = self.clone();
        LoadWeekFor { unit: unit.unwrap_or(UnitId(Uuid::nil())), facility, day, steps, heads, moving }
    }

    /// Where the week leads as it is shown: whoever goes on keeps the day, the length and the people.
    pub fn shown(self, week: &Week) -> Self {
        Self { steps: Some(week.steps), heads: Some(week.heads), ..self.on(week.chosen) }
    }

    pub fn on(&self, day: NaiveDate) -> Self {
        Self { day: Some(day.to_string()), ..self.clone() }
    }

    pub fn link(&self) -> String {
        let path = match self.unit {
            Some(unit) => format!("/staff/people/{unit}/book/{}", self.facility),
            None => format!("/book/{}", self.facility),
        };
        format!("{path}{}", self.query().to_query_string())
    }

    /// Where a resident waits for a time that others have, in seconds since 1970.
    pub fn waiting(&self, starts: i64) -> String {
        let mut query = self.query();
        query.insert("starts", starts.to_string());
        format!("/book/{}/wait{}", self.facility, query.to_query_string())
    }

    /// Where a draw is entered that gives times of it away; for the office, where it is held.
    pub fn draw(&self, id: DrawId) -> String {
        if self.unit.is_some() {
            return format!("/staff/facilities/{}/draws", self.facility);
        }
        let of = Self { day: None, steps: None, heads: None, moving: None, ..self.clone() };
        let mut query = of.query();
        query.insert("draw", id.to_string());
        format!("/book/{}/draw{}", self.facility, query.to_query_string())
    }

    fn query(&self) -> ParamsMap {
        let mut query = ParamsMap::new();
        let parts = [
            ("estate", self.estate.map(|id| id.to_string())),
            ("home", self.home.map(|id| id.to_string())),
            ("day", self.day.clone()),
            ("steps", self.steps.map(|steps| steps.to_string())),
            ("heads", self.heads.map(|heads| heads.to_string())),
            ("moving", self.moving.clone()),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                query.insert(name, value);
            }
        }
        query
    }
}
