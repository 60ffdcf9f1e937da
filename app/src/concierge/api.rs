#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{
    AfterOrder, Made, ServiceBook, ServiceDesk, ServiceEntryFile, ServiceFile, ServiceSheet, ServiceSheetFor, Shelf,
};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, ItemId, Key, ServiceOrderId, UnitId};
use crate::requests::Version;
use crate::services::{Line, ServiceForm};
use leptos::prelude::*;
use std::collections::HashMap;

/// What a resident can order where they have a home, and what they have ordered.
#[server(endpoint = "concierge/shelf", prefix = "/api")]
pub async fn load_shelf() -> Result<Packed<Shelf>, Fault> {
    crate::asking::packed(super::serve::shelf().await)
}

/// One service (its slug) where the caller has a home, by default in the estate of their first; perhaps as an order of
/// theirs (its code) had it.
#[server(endpoint = "concierge/service", prefix = "/api")]
pub async fn load_service(
    slug: String,
    estate: Option<EstateId>,
    again: Option<String>,
) -> Result<Packed<ServiceSheet>, Fault> {
    crate::asking::packed(super::serve::sheet(slug, estate, again).await)
}

/// One order of the caller's, by its code.
#[server(endpoint = "concierge/file", prefix = "/api")]
pub async fn load_service_order(code: String) -> Result<Packed<ServiceFile>, Fault> {
    crate::asking::packed(super::serve::file(code).await)
}

/// Orders a service for one of the caller's homes: `answers[…]` to its questions, and a note of up to 500 characters.
/// Returns its code. What it costs is said at once where its terms tell it; else the office says it.
#[server(endpoint = "concierge/order", prefix = "/api")]
pub async fn order_service(
    key: Key,
    service: ItemId,
    home: UnitId,
    #[server(default)] answers: HashMap<String, String>,
    note: Option<String>,
) -> Result<Made, Fault> {
    let _ = key;
    super::serve::order(service, home, super::serve::Typed { answers, note }).await
}

/// Signs the charge notice of the caller's order, over what it costs at the version that they saw.
#[server(endpoint = "concierge/sign", prefix = "/api")]
pub async fn sign_notice(key: Key, id: ServiceOrderId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::sign(id, seen).await
}

/// The caller does not want it any more, and it is not begun.
#[server(endpoint = "concierge/withdraw", prefix = "/api")]
pub async fn withdraw_service(key: Key, id: ServiceOrderId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::withdraw(id, seen).await
}

/// It is as it should be; perhaps with a rating on four axes, 1 to 5 each (A16).
#[server(endpoint = "concierge/accept", prefix = "/api")]
pub async fn accept_service(
    key: Key,
    id: ServiceOrderId,
    seen: Version,
    attitude: Option<i32>,
    conduct: Option<i32>,
    speed: Option<i32>,
    result: Option<i32>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::accept(id, seen, super::rules::rating_of([attitude, conduct, speed, result])).await
}

/// It is not as it should be, and why (1 to 500 characters): it is done again.
#[server(endpoint = "concierge/send_back", prefix = "/api")]
pub async fn send_service_back(key: Key, id: ServiceOrderId, seen: Version, words: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::send_back(id, seen, words).await
}

/// The caller will not have it, and why (1 to 500 characters): somebody else decides.
#[server(endpoint = "concierge/refuse", prefix = "/api")]
pub async fn refuse_service(key: Key, id: ServiceOrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::refuse(id, seen, reason).await
}

/// How it was, once: four axes, 1 to 5 each (A16), and up to 500 characters.
#[server(endpoint = "concierge/rate", prefix = "/api")]
pub async fn rate_service(
    key: Key,
    id: ServiceOrderId,
    seen: Version,
    attitude: Option<i32>,
    conduct: Option<i32>,
    speed: Option<i32>,
    result: Option<i32>,
    words: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    let rating = super::rules::rating_of([attitude, conduct, speed, result]);
    super::serve::rate(id, seen, rating.unwrap_or(super::rules::UNRATED), words).await
}

/// The office's list: what is owed, the next one first; or what is over (`over=true`), the latest first, with how it was
/// found on the first page unless `found=false`; or what the caller delivers (`mine=true`), which is all that those see who
/// are not at the desk. At most 30, behind a place.
#[server(endpoint = "concierge/desk", prefix = "/api")]
pub async fn load_service_desk(
    over: Option<bool>,
    mine: Option<bool>,
    after: Option<AfterOrder>,
    found: Option<bool>,
) -> Result<Packed<ServiceDesk>, Fault> {
    let (is_over, is_mine) = (over.unwrap_or_default(), mine.unwrap_or_default());
    let page = super::serve::Page { is_over, is_mine, after, is_found: found.unwrap_or(true) };
    crate::asking::packed(super::serve::desk(page).await)
}

/// One order as the desk sees it, or whoever delivers it, by its code.
#[server(endpoint = "concierge/entry", prefix = "/api")]
pub async fn load_service_entry(code: String) -> Result<Packed<ServiceEntryFile>, Fault> {
    crate::asking::packed(super::serve::entry(code).await)
}

/// What the office can order for a household, and one of these services (its slug).
#[server(endpoint = "concierge/service_for", prefix = "/api")]
pub async fn load_service_for(unit: UnitId, slug: Option<String>) -> Result<Packed<ServiceSheetFor>, Fault> {
    crate::asking::packed(super::serve::sheet_for(unit, slug).await)
}

/// The office orders for a household: for one of those who live there or, where none of them has an account, in its own
/// name.
#[server(endpoint = "concierge/order_for", prefix = "/api")]
pub async fn order_service_for(
    key: Key,
    service: ItemId,
    unit: UnitId,
    account: Option<AccountId>,
    #[server(default)] answers: HashMap<String, String>,
    note: Option<String>,
) -> Result<Made, Fault> {
    let _ = key;
    super::serve::order_for(service, unit, account, super::serve::Typed { answers, note }).await
}

/// The office says what it costs: for how many hours (`1.5`) where it is priced by the hour, else the sum (`128.50`); with
/// up to 500 characters about it.
#[server(endpoint = "concierge/quote", prefix = "/api")]
pub async fn quote_service(
    key: Key,
    id: ServiceOrderId,
    seen: Version,
    hours: Option<String>,
    amount: Option<String>,
    note: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::quote(id, seen, [hours, amount, note]).await
}

/// Its person signs at the desk: a name, with a tick or with `strokes` on glass (a JSON list of lists `x, y, x, y, …`).
#[server(endpoint = "concierge/sign_here", prefix = "/api")]
pub async fn sign_notice_here(
    key: Key,
    id: ServiceOrderId,
    seen: Version,
    signer: String,
    signed: Option<bool>,
    strokes: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    let here = super::serve::SignedHere { signer, signed: signed.unwrap_or_default(), strokes };
    super::serve::sign_here(id, seen, here).await
}

/// It is begun, at the desk or by whoever delivers it. What is gotten from an agency says from which (1 to 120 characters).
#[server(endpoint = "concierge/start", prefix = "/api")]
pub async fn start_service(key: Key, id: ServiceOrderId, seen: Version, agency: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::start(id, seen, agency).await
}

/// It came, at the desk or by whoever delivers it: now, or at a time on the estate's wall (`2026-11-23T16:30`).
#[server(endpoint = "concierge/deliver", prefix = "/api")]
pub async fn deliver_service(
    key: Key,
    id: ServiceOrderId,
    seen: Version,
    arrived: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::deliver(id, seen, arrived).await
}

/// Its person is told when it comes, by the estate's wall (`2026-11-23T16:30`); another time than before needs a reason.
#[server(endpoint = "concierge/promise", prefix = "/api")]
pub async fn promise_service(
    key: Key,
    id: ServiceOrderId,
    seen: Version,
    until: String,
    reason: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::promise(id, seen, until, reason).await
}

/// What was asked, heard or done about it, for the office: 1 to 500 characters.
#[server(endpoint = "concierge/note", prefix = "/api")]
pub async fn note_service(key: Key, id: ServiceOrderId, words: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::note(id, words).await
}

/// The office cannot do it, and says why.
#[server(endpoint = "concierge/decline", prefix = "/api")]
pub async fn decline_service(key: Key, id: ServiceOrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::decline(id, seen, reason).await
}

/// What is billed its person will not pay, or it cannot be done again, and why.
#[server(endpoint = "concierge/refer", prefix = "/api")]
pub async fn refer_service(key: Key, id: ServiceOrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::refer(id, seen, reason).await
}

/// It is filed.
#[server(endpoint = "concierge/archive", prefix = "/api")]
pub async fn archive_service(key: Key, id: ServiceOrderId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::archive(id, seen).await
}

/// The caller answers for it from now on.
#[server(endpoint = "concierge/take", prefix = "/api")]
pub async fn take_service(key: Key, id: ServiceOrderId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::take(id, seen).await
}

/// What the caller's estate offers, or did, under the terms that hold now; and one of these services (its slug) with its
/// versions.
#[server(endpoint = "concierge/book", prefix = "/api")]
pub async fn load_service_book(slug: Option<String>) -> Result<Packed<ServiceBook>, Fault> {
    crate::asking::packed(super::serve::book(slug).await)
}

/// Puts a service into the caller's catalogue (A15), under a line, with a name of 1 to 60 characters in each language and one
/// of up to 40 in addresses (`dog-walking`), by default the English one; returns that. Nobody can order it before a version
/// of it holds.
#[server(endpoint = "concierge/create", prefix = "/api")]
pub async fn create_service(
    key: Key,
    line: Line,
    name_en: String,
    name_hans: String,
    name_hant: String,
    slug: Option<String>,
) -> Result<Made, Fault> {
    let _ = key;
    super::serve::create(line, [name_en, name_hans, name_hant], slug).await
}

/// Publishes the next version of a service's terms, seen at the one that was published last: it holds from now on, or from a
/// time on the estate's wall (`2026-12-01T08:00`), never before that one.
#[server(endpoint = "concierge/publish", prefix = "/api")]
pub async fn publish_service(
    key: Key,
    service: ItemId,
    seen: i32,
    since: Option<String>,
    #[server(default)] terms: ServiceForm,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::publish(service, seen, since, terms).await
}

/// A service is offered here again (`offered=true`), or not any more; what was ordered of it goes on.
#[server(endpoint = "concierge/offer", prefix = "/api")]
pub async fn offer_service(key: Key, service: ItemId, #[server(default)] offered: bool) -> Result<(), Fault> {
    let _ = key;
    super::serve::offer(service, offered).await
}
