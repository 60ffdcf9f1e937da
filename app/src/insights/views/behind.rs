use crate::insights::{Dashboard, Figure, LoadRows, Part, Past};
use crate::moment::Moment;
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// Which rows an address asks for: `?figure=closed&from=2026-11-01&until=2026-11-23&of=all&after=…`. The server reads
/// what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsAddress {
    /// The figure's tag.
    pub figure: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The part's tag; empty for all.
    pub of: String,
    /// Where the page begins; none for the first.
    pub after: Option<Past>,
}

impl RowsAddress {
    /// What an address says.
    pub fn of(query: &ParamsMap) -> Self {
        let said = |name: &str| query.get(name).unwrap_or_default();
        Self {
            figure: said("figure"),
            from: said("from"),
            until: said("until"),
            of: said("of"),
            after: query.get_str("after").and_then(parse_past),
        }
    }

    /// The rows behind a figure, from one day to another, of a part of the estate.
    pub fn behind(figure: Figure, (from, until): (NaiveDate, NaiveDate), part: &Part) -> Self {
        let (from, until) = (from.to_string(), until.to_string());
        Self { figure: figure.tag().to_owned(), from, until, of: part.tag(), after: None }
    }

    /// The address itself.
    pub fn link(&self) -> String {
        let mut query = ParamsMap::new();
        query.insert("figure", self.figure.clone());
        query.insert("from", self.from.clone());
        query.insert("until", self.until.clone());
        if !self.of.is_empty() {
            query.insert("of", self.of.clone());
        }
        if let Some(past) = self.after {
            query.insert("after", format!("{}~{}", past.at.timestamp_micros(), past.id));
        }
        format!("/staff/insights/rows{}", query.to_query_string())
    }

    /// For the server.
    pub fn question(&self) -> LoadRows {
        let Self { figure, from, until, of, after } = self.clone();
        LoadRows { figure, from, until, of: Some(of).filter(|of| !of.is_empty()), after }
    }
}

fn parse_past(tag: &str) -> Option<Past> {
    let (at, id) = tag.split_once('~')?;
    Some(Past { at: Moment::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}

/// The days of a dashboard.
pub fn days(data: &Dashboard) -> (NaiveDate, NaiveDate) {
    (data.from_on, data.until_on)
}

/// The part of the estate of which all of a dashboard tells.
pub fn whole(data: &Dashboard) -> Part {
    data.department.as_ref().map_or(Part::All, |one| Part::Department(one.id))
}

/// A number of a table, and the rows behind it.
#[derive(Clone, Debug)]
pub struct Cell {
    words: String,
    href: Option<String>,
}

impl Cell {
    /// Counted so often: where that was never, no row stands behind it.
    pub fn of(words: String, count: u64, rows: &RowsAddress) -> Self {
        Self { words, href: (count > 0).then(|| rows.link()) }
    }

    /// A number that has no rows of its own.
    pub fn alone(words: String) -> Self {
        Self { words, href: None }
    }

    /// As a table shows it.
    pub fn view(self) -> AnyView {
        let Self { words, href } = self;
        match href {
            Some(href) => view! { <td data-as="number"><a href=href>{words}</a></td> }.into_any(),
            None => view! { <td data-as="number">{words}</td> }.into_any(),
        }
    }
}
