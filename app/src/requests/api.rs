#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{
    After, Clocks, Closing, FilterChoices, HomeBoard, Listing, Matter, MyRequests, Queue, Receipt, SentOut, Track,
    Version,
};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{EstateId, Key, RequestId, ViewId};
use leptos::prelude::*;

/// A resident's open matters, the most pressing promise first; at most 50.
#[server(endpoint = "requests/home", prefix = "/api")]
pub async fn load_home() -> Result<Packed<HomeBoard>, Fault> {
    crate::asking::packed(super::serve::home().await)
}

/// All of a resident's matters, newest first, 30 a page.
#[server(endpoint = "requests/mine", prefix = "/api")]
pub async fn load_mine(after: Option<After>) -> Result<Packed<MyRequests>, Fault> {
    crate::asking::packed(super::serve::mine(after).await)
}

/// One matter as its resident sees it, by code.
#[server(endpoint = "requests/track", prefix = "/api")]
pub async fn load_track(code: String) -> Result<Packed<Track>, Fault> {
    crate::asking::packed(super::serve::track(code).await)
}

/// Files a report. `place` is `unit:<id>` or `area:<id>`; words 1 to 2000 characters; at most 6 photos
/// (sent before) and 9 preferred times (`2026-11-23.morning`). `join`: the incident to which it belongs, if it does.
#[server(endpoint = "requests/report", prefix = "/api")]
pub async fn file_report(
    key: Key,
    estate: EstateId,
    item: String,
    place: String,
    floor: Option<String>,
    words: String,
    #[server(default)] photos: Vec<String>,
    #[server(default)] times: Vec<String>,
    join: Option<String>,
) -> Result<Receipt, Fault> {
    let _ = key;
    super::serve::report(estate, item, place, floor, words, photos, times, join).await
}

/// The resident agrees that it is fixed, and may rate it at once: four axes, 1 to 5 each.
#[server(endpoint = "requests/confirm", prefix = "/api")]
pub async fn confirm(
    key: Key,
    id: RequestId,
    seen: Version,
    attitude: Option<i32>,
    conduct: Option<i32>,
    speed: Option<i32>,
    result: Option<i32>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::confirm(id, seen, [attitude, conduct, speed, result]).await
}

/// The resident says that it is not fixed, and what is still wrong (1 to 2000 characters). Reopens it.
#[server(endpoint = "requests/dispute", prefix = "/api")]
pub async fn dispute(key: Key, id: RequestId, seen: Version, words: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::dispute(id, seen, words).await
}

/// The resident rates a closed matter, once: four axes, 1 to 5 each (A16).
#[server(endpoint = "requests/rate", prefix = "/api")]
pub async fn rate(
    key: Key,
    id: RequestId,
    attitude: Option<i32>,
    conduct: Option<i32>,
    speed: Option<i32>,
    result: Option<i32>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::rate(id, [attitude, conduct, speed, result]).await
}

/// The resident withdraws it, while nobody is on site; the reason (≤ 500 characters) may be left out.
#[server(endpoint = "requests/cancel", prefix = "/api")]
pub async fn cancel(key: Key, id: RequestId, seen: Version, reason: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::cancel(id, seen, reason).await
}

/// A word from the resident (1 to 2000 characters), with at most 6 photos.
#[server(endpoint = "requests/comment", prefix = "/api")]
pub async fn comment(
    key: Key,
    id: RequestId,
    words: String,
    #[server(default)] photos: Vec<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::comment(id, words, photos).await
}

/// A page of 30 of the queue. `view`: open, new, mine, done, all; `words` are looked for in texts, codes, places and
/// names; `sieve` narrows it: `state:waiting`, `clock:late` (see [`super::Facet`]).
#[server(endpoint = "requests/queue", prefix = "/api")]
pub async fn load_queue(
    view: Option<String>,
    words: Option<String>,
    after: Option<After>,
    #[server(default)] sieve: Vec<String>,
) -> Result<Packed<Queue>, Fault> {
    crate::asking::packed(super::serve::queue(view, words, after, sieve).await)
}

/// A page of 100 of the queue as a sheet, asked for as the queue is.
#[server(endpoint = "requests/listing", prefix = "/api")]
pub async fn load_listing(
    view: Option<String>,
    words: Option<String>,
    after: Option<After>,
    #[server(default)] sieve: Vec<String>,
) -> Result<Packed<Listing>, Fault> {
    crate::asking::packed(super::serve::listing(view, words, after, sieve).await)
}

/// Sends several matters (at most 100; `chosen` is `<request>:<version>`) to `team:<department>` or `person:<staff>`, each
/// by the rule for one. The reply says of each what became of it.
#[server(endpoint = "requests/dispatch_many", prefix = "/api")]
pub async fn dispatch_many(
    key: Key,
    #[server(default)] chosen: Vec<String>,
    to: String,
    instructions: Option<String>,
) -> Result<Vec<SentOut>, Fault> {
    let _ = key;
    super::serve::dispatch_many(chosen, to, instructions).await
}

/// What the queue can be narrowed to, and the views that the caller keeps.
#[server(endpoint = "requests/filters", prefix = "/api")]
pub async fn load_filters() -> Result<Packed<FilterChoices>, Fault> {
    crate::asking::packed(super::serve::filters().await)
}

/// Keeps a view of the queue under a name (1 to 40 characters, at most 20 views); `query` is its address behind `/staff`.
#[server(endpoint = "requests/save_view", prefix = "/api")]
pub async fn save_view(key: Key, name: String, query: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::save_view(name, query).await
}

/// Gives a view of the caller's another name (1 to 40 characters).
#[server(endpoint = "requests/rename_view", prefix = "/api")]
pub async fn rename_view(key: Key, id: ViewId, name: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::rename_view(id, name).await
}

/// Forgets a view of the caller's.
#[server(endpoint = "requests/drop_view", prefix = "/api")]
pub async fn drop_view(key: Key, id: ViewId) -> Result<(), Fault> {
    let _ = key;
    super::serve::drop_view(id).await
}

/// One matter as staff see it, by code.
#[server(endpoint = "requests/matter", prefix = "/api")]
pub async fn load_matter(code: String) -> Result<Packed<Matter>, Fault> {
    crate::asking::packed(super::serve::matter(code).await)
}

/// The clocks of one matter with their arithmetic, by code.
#[server(endpoint = "requests/clocks", prefix = "/api")]
pub async fn load_clocks(code: String) -> Result<Packed<Clocks>, Fault> {
    crate::asking::packed(super::serve::clocks(code).await)
}

/// How one matter ends, by code: the attempts to get the resident's word, and how its earlier lives ended.
#[server(endpoint = "requests/closing", prefix = "/api")]
pub async fn load_closing(code: String) -> Result<Packed<Closing>, Fault> {
    crate::asking::packed(super::serve::closing(code).await)
}

/// Notes an attempt to get the resident's word. `means`: phone, door, message; `outcome`: no_answer, reached,
/// not_fixed, which brings the matter back and needs the resident's words as its note (≤ 2000 characters).
#[server(endpoint = "requests/log_attempt", prefix = "/api")]
pub async fn log_attempt(
    key: Key,
    id: RequestId,
    seen: Version,
    means: String,
    outcome: String,
    note: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::log_attempt(id, seen, means, outcome, note).await
}

/// Ends a matter without the resident's word, after attempts on as many days as the policy wants (§3.3).
#[server(endpoint = "requests/close_unconfirmed", prefix = "/api")]
pub async fn close_unconfirmed(key: Key, id: RequestId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::close_unconfirmed(id, seen).await
}

/// Takes responsibility; `urgency` (normal, urgent, emergency) corrects the catalogue's.
#[server(endpoint = "requests/triage", prefix = "/api")]
pub async fn triage(key: Key, id: RequestId, seen: Version, urgency: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::triage(id, seen, urgency).await
}

/// Tells the resident a time. `kind`: answer, visit, finish; `due_at` on the estate's clock
/// (`2026-11-23T16:30`). Moving an earlier promise needs a reason (≤ 500 characters).
#[server(endpoint = "requests/promise", prefix = "/api")]
pub async fn give_promise(
    key: Key,
    id: RequestId,
    seen: Version,
    kind: String,
    due_at: String,
    reason: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::promise(id, seen, kind, due_at, reason).await
}

/// Sends an order. `to` is `team:<department>`, `person:<staff>` or `vendor:<vendor>`; instructions (≤ 500 characters) may be left out.
/// `asks`: what must be there before its worker's word is a proof (finding, photos, signature).
#[server(endpoint = "requests/dispatch", prefix = "/api")]
pub async fn dispatch(
    key: Key,
    id: RequestId,
    seen: Version,
    to: String,
    instructions: Option<String>,
    #[server(default)] asks: Vec<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::dispatch(id, seen, to, instructions, asks).await
}

/// Lets it rest at the desk. `on`: resident, parts, third_party, weather.
#[server(endpoint = "requests/wait", prefix = "/api")]
pub async fn wait(key: Key, id: RequestId, seen: Version, on: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::wait(id, seen, on).await
}

/// Lets it go on at the desk.
#[server(endpoint = "requests/resume", prefix = "/api")]
pub async fn resume(key: Key, id: RequestId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::resume(id, seen).await
}

/// Not the office's to do; the reason (1 to 500 characters) is told to the resident.
#[server(endpoint = "requests/decline", prefix = "/api")]
pub async fn decline(key: Key, id: RequestId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::decline(id, seen, reason).await
}

/// The same matter as the open request with that code.
#[server(endpoint = "requests/mark_duplicate", prefix = "/api")]
pub async fn mark_duplicate(key: Key, id: RequestId, seen: Version, of: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::mark_duplicate(id, seen, of).await
}

/// Approves that a confirmed matter is filed (C3). Department heads.
#[server(endpoint = "requests/archive", prefix = "/api")]
pub async fn archive(key: Key, id: RequestId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::archive(id, seen).await
}

/// A word of staff's (1 to 2000 characters): to the resident, or `internal` among staff.
#[server(endpoint = "requests/remark", prefix = "/api")]
pub async fn remark(
    key: Key,
    id: RequestId,
    words: String,
    internal: Option<bool>,
    #[server(default)] photos: Vec<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::remark(id, words, internal.unwrap_or(false), photos).await
}
