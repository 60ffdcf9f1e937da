#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{Bell, Door, EarlierVisit, OwnVisit, VisitBook};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{Key, RingId, VisitId};
use crate::requests::Version;
use leptos::prelude::*;

/// Whether the lobby screen that asks rings, and who comes.
#[server(endpoint = "visitors/bell", prefix = "/api")]
pub async fn load_bell() -> Result<Packed<Bell>, Fault> {
    crate::asking::packed(super::serve::bell().await)
}

/// Rings the desk from the lobby screen that asks; one that rings already goes on. At most 20 an hour.
#[server(endpoint = "visitors/ring", prefix = "/api")]
pub async fn ring_desk(key: Key) -> Result<(), Fault> {
    let _ = key;
    super::serve::ring().await
}

/// Ends the ring of the lobby screen that asks, if there is one.
#[server(endpoint = "visitors/end_ring", prefix = "/api")]
pub async fn end_ring(key: Key) -> Result<(), Fault> {
    let _ = key;
    super::serve::end_ring().await
}

/// The desk answers a ring: `how` is coming, talking or over.
#[server(endpoint = "visitors/answer_ring", prefix = "/api")]
pub async fn answer_ring(key: Key, id: RingId, seen: Version, how: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::answer_ring(id, seen, how).await
}

/// What a lobby screen shows visitors.
#[server(endpoint = "visitors/door", prefix = "/api")]
pub async fn load_door() -> Result<Packed<Door>, Fault> {
    crate::asking::packed(super::serve::door().await)
}

/// A visitor at a lobby screen asks for a home, by `building` and `number`: who they are (1 to 80 characters), perhaps of
/// which company, and what for. The answer is the same whether there is such a home or not. At most 60 an hour.
#[server(endpoint = "visitors/ask", prefix = "/api")]
pub async fn ask_for(
    key: Key,
    building: String,
    number: String,
    name: String,
    company: Option<String>,
    purpose: String,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::ask(super::rules::VisitForm { name, company, purpose, building, number }).await
}

/// The lobby screen that asks shows no more what became of whoever asked last.
#[server(endpoint = "visitors/next", prefix = "/api")]
pub async fn next_visitor(key: Key) -> Result<(), Fault> {
    let _ = key;
    super::serve::next().await
}

/// Who asks for one of the caller's homes.
#[server(endpoint = "visitors/own", prefix = "/api")]
pub async fn load_own_visit(id: VisitId) -> Result<Packed<OwnVisit>, Fault> {
    crate::asking::packed(super::serve::own(id).await)
}

/// Whoever lives there answers, within two minutes: up, down or not_now.
#[server(endpoint = "visitors/answer", prefix = "/api")]
pub async fn answer_visitor(key: Key, id: VisitId, answer: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::answer(id, answer).await
}

/// The visitor book of a day (`on=2026-11-28`, by default today), and who waits, or is in the house, now.
#[server(endpoint = "visitors/book", prefix = "/api")]
pub async fn load_visit_book(on: Option<String>, before: Option<EarlierVisit>) -> Result<Packed<VisitBook>, Fault> {
    crate::asking::packed(super::serve::book(on, before).await)
}

/// The desk writes a visitor in: they are in the house now, or, with `ask`, whoever lives there is asked first.
#[server(endpoint = "visitors/write_in", prefix = "/api")]
pub async fn write_in(
    key: Key,
    building: String,
    number: String,
    name: String,
    company: Option<String>,
    purpose: String,
    ask: Option<bool>,
) -> Result<(), Fault> {
    let _ = key;
    let form = super::rules::VisitForm { name, company, purpose, building, number };
    super::serve::write_in(form, ask.unwrap_or_default()).await
}

/// The desk lets a visitor in, sees them out or turns them away: `to` is in, out, or away with a `reason` (1 to 200
/// characters).
#[server(endpoint = "visitors/mark", prefix = "/api")]
pub async fn mark_visitor(
    key: Key,
    id: VisitId,
    seen: Version,
    to: String,
    reason: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::mark(id, seen, to, reason).await
}
