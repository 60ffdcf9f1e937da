#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::Dashboard;
use super::rows::{FigureRows, Past};
use crate::asking::Packed;
use crate::fault::Fault;
use leptos::prelude::*;

/// The figures of the last 30 (where nothing is said), 90 or 365 days, of the whole estate or of a department by its
/// slug. Supervisors, heads, the site manager and headquarters; who sees a department alone reads that one's.
#[server(endpoint = "insights/dashboard", prefix = "/api")]
pub async fn load_dashboard(days: Option<u16>, department: Option<String>) -> Result<Packed<Dashboard>, Fault> {
    crate::asking::packed(super::serve::dashboard(days, department).await)
}

/// A page of 30 of the rows behind a figure (`received`, `closed`, `promise_kept`, `promise_missed`, `returned`,
/// `first_fix`, `rated`, `satisfied`, `unsatisfied`, `breach`), the latest first: from one day to another (`2026-11-23`),
/// at most 366, of `all`, `department:<id>`, `person:<id>`, `item:<slug>` or `item:<slug>@<department>`. For those who read
/// the figure; what they do not see stands there without a word about it.
#[server(endpoint = "insights/rows", prefix = "/api")]
pub async fn load_rows(
    figure: String,
    from: String,
    until: String,
    of: Option<String>,
    after: Option<Past>,
) -> Result<Packed<FigureRows>, Fault> {
    crate::asking::packed(super::rows::rows(figure, from, until, of, after).await)
}
