use crate::ids::ContactId;
use crate::insights::{Dashboard, LoadDashboard, Month, Period};
use crate::moment::Moment;
use crate::requests::{Facet, Filter, Sieve, View};
use crate::texts::Texts;
use leptos_router::params::ParamsMap;

/// Which figures an address asks for: `?days=90&department=engineering`, `?month=2026-11`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Over which days.
    pub period: Period,
    /// Of which department, by its slug.
    pub department: Option<String>,
}

impl Address {
    /// What an address says.
    pub fn of(query: &ParamsMap) -> Self {
        let days = query.get_str("days").and_then(|days| days.parse().ok()).and_then(Period::from_days);
        let month = query.get_str("month").and_then(Month::from_tag).map(Period::Calendar);
        Self {
            period: month.or(days).unwrap_or_default(),
            department: query.get("department").filter(|slug| !slug.is_empty()),
        }
    }

    /// What a page shows.
    pub fn here(data: &Dashboard) -> Self {
        // Who sees a department alone need not name it.
        let department = data.department.as_ref().filter(|_| !data.departments.is_empty());
        Self { period: data.period, department: department.map(|one| one.slug.clone()) }
    }

    /// The address itself.
    pub fn link(&self) -> String {
        let mut query = ParamsMap::new();
        match self.period {
            Period::Calendar(month) => query.insert("month", month.tag()),
            period if period == Period::default() => {}
            period => query.insert("days", period.days().unwrap_or_default().to_string()),
        }
        if let Some(slug) = &self.department {
            query.insert("department", slug.clone());
        }
        format!("/staff/insights{}", query.to_query_string())
    }

    /// For the server.
    pub fn question(&self) -> LoadDashboard {
        let month = if let Period::Calendar(month) = self.period { Some(month.tag()) } else { None };
        LoadDashboard { days: self.period.days(), department: self.department.clone(), month }
    }
}

/// The list of matters behind a figure.
pub fn list(view: View, narrowed: &[(Facet, Option<&str>)]) -> String {
    let value = |tag: &str| narrowed.iter().find(|(facet, _)| facet.tag() == tag).and_then(|(_, value)| *value);
    let sieve = Sieve::of(|tag| value(tag).map(str::to_owned));
    Filter { view, sieve, ..Filter::default() }.link("/staff")
}

/// A contact's place in the register, which begins behind an instant: the next one after its own.
pub fn in_register(id: ContactId, received_at: Moment) -> String {
    let here = received_at.timestamp_micros() + 1;
    let mut query = ParamsMap::new();
    query.insert("before", format!("{here}~{id}"));
    format!("/staff/contacts{}", query.to_query_string())
}

/// A share of thousandths in words: `95.3 %`; that there is nothing yet where there is none.
pub fn percent(t: Texts, share: Option<u64>) -> String {
    match share {
        None => t.insights_nothing().to_owned(),
        Some(share) if share % 10 == 0 => t.insights_percent(share / 10),
        Some(share) => t.insights_percent(format!("{}.{}", share / 10, share % 10)),
    }
}
