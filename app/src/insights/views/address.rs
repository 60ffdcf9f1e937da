use crate::insights::{Dashboard, LoadDashboard, Period};
use crate::requests::{Facet, Filter, Sieve, View};
use crate::texts::Texts;
use leptos_router::params::ParamsMap;

/// Which figures an address asks for: `?days=90&department=engineering`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Over how many days.
    pub period: Period,
    /// Of which department, by its slug.
    pub department: Option<String>,
}

impl Address {
    /// What an address says.
    pub fn of(query: &ParamsMap) -> Self {
        let days = query.get_str("days").and_then(|days| days.parse().ok());
        Self {
            period: days.and_then(Period::from_days).unwrap_or_default(),
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
        if self.period != Period::default() {
            query.insert("days", self.period.days().to_string());
        }
        if let Some(slug) = &self.department {
            query.insert("department", slug.clone());
        }
        format!("/staff/insights{}", query.to_query_string())
    }

    /// For the server.
    pub fn question(&self) -> LoadDashboard {
        LoadDashboard { days: Some(self.period.days()), department: self.department.clone() }
    }
}

/// The list of matters behind a figure.
pub fn list(view: View, narrowed: &[(Facet, Option<&str>)]) -> String {
    let value = |tag: &str| narrowed.iter().find(|(facet, _)| facet.tag() == tag).and_then(|(_, value)| *value);
    let sieve = Sieve::of(|tag| value(tag).map(str::to_owned));
    Filter { view, sieve, ..Filter::default() }.link("/staff")
}

/// A share of thousandths in words: `95.3 %`; that there is nothing yet where there is none.
pub fn percent(t: Texts, share: Option<u64>) -> String {
    match share {
        None => t.insights_nothing().to_owned(),
        Some(share) if share % 10 == 0 => t.insights_percent(share / 10),
        Some(share) => t.insights_percent(format!("{}.{}", share / 10, share % 10)),
    }
}
