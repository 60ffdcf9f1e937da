#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::Dashboard;
use super::rows::{FigureRows, Past};
use super::work_log::{Log, LogPast};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::StaffId;
use leptos::prelude::*;

/// The figures of the last 30 (where nothing is said), 90 or 365 days, or of a month (`2026-11`, none to come), of the
/// whole estate or of a department by its slug. Supervisors, heads, the site manager and headquarters; who sees a
/// department alone reads that one's.
#[server(endpoint = "insights/dashboard", prefix = "/api")]
pub async fn load_dashboard(
    days: Option<u16>,
    department: Option<String>,
    month: Option<String>,
) -> Result<Packed<Dashboard>, Fault> {
    crate::asking::packed(super::serve::dashboard(days, department, month).await)
}

/// What somebody did on a day (`2026-11-23`; today, where nothing is said), the latest first: a page of 100, and how much
/// it was in all. Of the caller; or of a colleague, or of a whole department by its slug, for those who read the
/// dashboard, as far as it tells them of people. Of matters that the caller does not see it stands there without a word.
#[server(endpoint = "insights/log", prefix = "/api")]
pub async fn load_log(
    day: Option<String>,
    staff: Option<StaffId>,
    department: Option<String>,
    after: Option<LogPast>,
) -> Result<Packed<Log>, Fault> {
    crate::asking::packed(super::work_log::log(day, staff, department, after).await)
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
