use crate::ids::StaffId;
use crate::insights::{LoadLog, LogPast};
use crate::moment::Moment;
use leptos_router::params::ParamsMap;

/// Whose log an address asks for, and of which day: `?day=2026-11-23&staff=…`, `?department=engineering`; of the reader,
/// and of today, where it says nothing. The server reads what it says of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogAddress {
    /// The day; empty for today.
    pub day: String,
    /// A colleague.
    pub staff: Option<StaffId>,
    /// A department, by its slug.
    pub department: Option<String>,
    /// Where the page begins; none for the first.
    pub after: Option<LogPast>,
}

impl LogAddress {
    /// What an address says.
    pub fn of(query: &ParamsMap) -> Self {
        Self {
            day: query.get("day").unwrap_or_default(),
            staff: query.get_str("staff").and_then(|id| id.parse().ok()),
            department: query.get("department").filter(|slug| !slug.is_empty()),
            after: query.get_str("after").and_then(parse_past),
        }
    }

    /// A department's, today.
    pub fn of_department(slug: &str) -> Self {
        Self { department: Some(slug.to_owned()), ..Self::default() }
    }

    /// The address itself.
    pub fn link(&self) -> String {
        let mut query = ParamsMap::new();
        if !self.day.is_empty() {
            query.insert("day", self.day.clone());
        }
        if let Some(id) = self.staff {
            query.insert("staff", id.to_string());
        }
        if let Some(slug) = &self.department {
            query.insert("department", slug.clone());
        }
        if let Some(past) = self.after {
            query.insert("after", format!("{}~{}", past.at.timestamp_micros(), past.id));
        }
        format!("/staff/log{}", query.to_query_string())
    }

    /// For the server.
    pub fn question(&self) -> LoadLog {
        let Self { day, staff, department, after } = self.clone();
        LoadLog { day: Some(day).filter(|day| !day.is_empty()), staff, department, after }
    }
}

fn parse_past(tag: &str) -> Option<LogPast> {
    let (at, id) = tag.split_once('~')?;
    Some(LogPast { at: Moment::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}
