#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{Book, Preview};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::Key;
use leptos::prelude::*;

/// The policy that holds now, or a version by its number; for all who see matters. The site manager's comes with the
/// draft.
#[server(endpoint = "policy/book", prefix = "/api")]
pub async fn load_policy(version: Option<i32>) -> Result<Packed<Book>, Fault> {
    crate::asking::packed(super::serve::book(version).await)
}

/// How at most 500 open matters would stand by the draft.
#[server(endpoint = "policy/preview", prefix = "/api")]
pub async fn load_preview() -> Result<Packed<Preview>, Fault> {
    crate::asking::packed(super::serve::preview().await)
}

/// The week in the draft. Like all edits it is made on the draft of `seen`, and of as many edits more as the same page
/// has sent meanwhile (`own`). 14 stretches of `09:00` to `18:00`, two a day, Monday first; empty ones are none.
#[server(endpoint = "policy/set_week", prefix = "/api")]
pub async fn set_week(
    key: Key,
    seen: i32,
    #[server(default)] own: i32,
    #[server(default)] from: Vec<String>,
    #[server(default)] until: Vec<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::set_week(seen.saturating_add(own), from, until).await
}

/// Days that the week does not tell, `2026-10-01` to `2026-10-07` or one alone, with a name (≤ 60 characters): a
/// holiday, or with hours a day that is worked. At most 120, none twice.
#[server(endpoint = "policy/add_day", prefix = "/api")]
pub async fn add_day(
    key: Key,
    seen: i32,
    #[server(default)] own: i32,
    from_on: String,
    #[server(default)] until_on: String,
    name: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::add_day(seen.saturating_add(own), [from_on, until_on, name, from, until]).await
}

/// Takes days out of the draft's list, by the first of them.
#[server(endpoint = "policy/remove_day", prefix = "/api")]
pub async fn remove_day(key: Key, seen: i32, #[server(default)] own: i32, from_on: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::remove_day(seen.saturating_add(own), from_on).await
}

/// The duty officer's hours in the draft, on days when the office works and on others (N2).
#[server(endpoint = "policy/set_duty", prefix = "/api")]
pub async fn set_duty(
    key: Key,
    seen: i32,
    #[server(default)] own: i32,
    workdays_from: String,
    workdays_until: String,
    other_from: String,
    other_until: String,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::set_duty(seen.saturating_add(own), [workdays_from, workdays_until, other_from, other_until]).await
}

/// The draft's clocks: of a category by its id, or `general`. Twelve rows, the urgencies of each kind: an amount of
/// `minutes`, `hours` or `days`, counted `always` or `working`. An empty row of a category leaves the general rule;
/// `remove` empties all of them.
#[server(endpoint = "policy/set_clocks", prefix = "/api")]
pub async fn set_clocks(
    key: Key,
    seen: i32,
    #[server(default)] own: i32,
    category: String,
    #[server(default)] amount: Vec<String>,
    #[server(default)] unit: Vec<String>,
    #[server(default)] counts: Vec<String>,
    remove: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    let rows = if remove.is_some() { Default::default() } else { [amount, unit, counts] };
    super::serve::set_clocks(seen.saturating_add(own), category, rows).await
}

/// The desk's rules in the draft (B2, B7, C10): the three minutes, where they end, until when a call is answered,
/// within how many hours somebody is in touch about an orphaned matter, for how many days mail is kept (A5; 1 to 90, by
/// default as before); and the chain: roles, and after how many minutes each is told.
#[server(endpoint = "policy/set_desk", prefix = "/api")]
pub async fn set_desk(
    key: Key,
    seen: i32,
    #[server(default)] own: i32,
    minutes: String,
    stops_at: String,
    answer_until: String,
    orphan_hours: String,
    #[server(default)] role: Vec<String>,
    #[server(default)] after: Vec<String>,
    mail_days: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    let typed = super::rules::DeskEntry { minutes, stops_at, answer_until, orphan_hours, mail_days, role, after };
    super::serve::set_desk(seen.saturating_add(own), typed).await
}

/// Which department looks after which category in the draft, pair by pair; an empty department leaves it to the
/// catalogue.
#[server(endpoint = "policy/set_routes", prefix = "/api")]
pub async fn set_routes(
    key: Key,
    seen: i32,
    #[server(default)] own: i32,
    #[server(default)] category: Vec<String>,
    #[server(default)] department: Vec<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::set_routes(seen.saturating_add(own), category, department).await
}

/// Sampling (E1, E2), endings (§3.3), the detector (§3.5) and how long orders wait (J5) in the draft; all are whole
/// numbers.
#[server(endpoint = "policy/set_quality", prefix = "/api")]
pub async fn set_quality(
    key: Key,
    seen: i32,
    #[server(default)] own: i32,
    complaints: String,
    on_site: String,
    requests: String,
    object_days: String,
    attempts: String,
    reports: String,
    within_minutes: String,
    quote_days: Option<String>,
    word_days: Option<String>,
    rework_hours: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    let typed = super::rules::QualityEntry {
        complaints,
        on_site,
        requests,
        object_days,
        attempts,
        reports,
        within_minutes,
        quote_days,
        word_days,
        rework_hours,
    };
    super::serve::set_quality(seen.saturating_add(own), typed).await
}

/// Gives the draft up.
#[server(endpoint = "policy/discard", prefix = "/api")]
pub async fn discard_draft(key: Key, seen: i32) -> Result<(), Fault> {
    let _ = key;
    super::serve::discard(seen).await
}

/// Publishes the draft: `start` is `now` or `later`, which takes a day and a time of the estate's wall (`2026-12-01`,
/// `08:00`) within a year, not in the past and not before a version that was published already; the note says why
/// (≤ 500 characters).
#[server(endpoint = "policy/publish", prefix = "/api")]
pub async fn publish(
    key: Key,
    seen: i32,
    start: String,
    #[server(default)] on: String,
    #[server(default)] time: String,
    note: String,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::publish(seen, super::rules::Beginning { start, on, time }, note).await
}
