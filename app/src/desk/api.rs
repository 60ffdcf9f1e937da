#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{Caller, ContactBook, Counter, Earlier, LookedUp, Registered, WallBoard};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{CallbackId, ContactId, Key};
use crate::requests::Version;
use leptos::prelude::*;

/// What the intake form offers.
#[server(endpoint = "desk/counter", prefix = "/api")]
pub async fn load_counter() -> Result<Packed<Counter>, Fault> {
    crate::asking::packed(super::serve::counter().await)
}

/// Who may be calling: a unit's number, a part of a name, its latin initials, or four digits of a phone. At most 8.
#[server(endpoint = "desk/find_callers", prefix = "/api")]
pub async fn find_callers(words: String) -> Result<Packed<Vec<Caller>>, Fault> {
    crate::asking::packed(super::serve::find_callers(words).await)
}

/// Registers a contact. `who`: `<unit>` or `<unit>~<party>`, empty for somebody unknown. `outcome`: answered (needs
/// `answer`), promised (needs `reply_by`, `2026-11-23T16:30`), request (needs `item`; `place` is `area:<id>` where it is
/// not the unit; at most 6 `photos`, by id), offered (needs `to`: `person:<staff>` or `team:<department>`). What comes by
/// `branch` becomes a request, with a photo (B11).
#[server(endpoint = "desk/register", prefix = "/api")]
pub async fn register(
    key: Key,
    channel: String,
    kind: String,
    words: String,
    outcome: String,
    urgency: Option<String>,
    who: Option<String>,
    caller: Option<String>,
    phone: Option<String>,
    read_back: Option<bool>,
    rings_late: Option<bool>,
    answer: Option<String>,
    reply_by: Option<String>,
    item: Option<String>,
    place: Option<String>,
    to: Option<String>,
    note: Option<String>,
    #[server(default)] photos: Vec<String>,
) -> Result<Registered, Fault> {
    let _ = key;
    super::serve::register(super::intake::Typed {
        channel,
        kind,
        urgency,
        who,
        caller,
        phone,
        words,
        read_back: read_back.unwrap_or(false),
        rings_late: rings_late.unwrap_or(false),
        outcome,
        answer,
        reply_by,
        item,
        place,
        to,
        note,
        photos,
    })
    .await
}

/// The three-minute wall: all of it for the desk and supervisors, their own contacts for everybody else.
#[server(endpoint = "desk/wall", prefix = "/api")]
pub async fn load_wall() -> Result<Packed<WallBoard>, Fault> {
    crate::asking::packed(super::serve::wall().await)
}

/// Solved: what was said (1 to 2000 characters).
#[server(endpoint = "desk/answer", prefix = "/api")]
pub async fn answer(key: Key, id: ContactId, seen: Version, words: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::answer(id, seen, words).await
}

/// Promises a reply by a time on the estate's clock (`2026-11-23T16:30`). Moving one that was promised needs a `reason`
/// (1 to 500 characters).
#[server(endpoint = "desk/promise", prefix = "/api")]
pub async fn promise_reply(
    key: Key,
    id: ContactId,
    seen: Version,
    reply_by: String,
    reason: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::promise(id, seen, reply_by, reason).await
}

/// Offers a contact: `person:<staff>` or `team:<department>`. Its holder stays who they are.
#[server(endpoint = "desk/offer", prefix = "/api")]
pub async fn offer(key: Key, id: ContactId, seen: Version, to: String, note: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::offer(id, seen, to, note).await
}

/// Accepts what is offered to the caller, who holds it from now on.
#[server(endpoint = "desk/accept", prefix = "/api")]
pub async fn accept(key: Key, id: ContactId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::accept(id, seen).await
}

/// Takes in hand what came in by itself: the first of the desk who does holds it from now on.
#[server(endpoint = "desk/claim", prefix = "/api")]
pub async fn claim(key: Key, id: ContactId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::claim(id, seen).await
}

/// Gives back what is offered to the caller, with the reason (1 to 500 characters).
#[server(endpoint = "desk/refuse", prefix = "/api")]
pub async fn refuse(key: Key, id: ContactId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::refuse(id, seen, reason).await
}

/// Takes back an offer that nobody has accepted.
#[server(endpoint = "desk/withdraw", prefix = "/api")]
pub async fn withdraw(key: Key, id: ContactId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::withdraw(id, seen).await
}

/// A page of 30 of the register, newest first.
#[server(endpoint = "desk/contacts", prefix = "/api")]
pub async fn load_contacts(
    channel: Option<String>,
    kind: Option<String>,
    before: Option<Earlier>,
) -> Result<Packed<ContactBook>, Fault> {
    crate::asking::packed(super::serve::contacts(channel, kind, before).await)
}

/// Takes a call-back slip: name, number, what about, by when (the policy's same-day answer unless said otherwise).
#[server(endpoint = "desk/take_callback", prefix = "/api")]
pub async fn take_callback(
    key: Key,
    name: String,
    phone: String,
    words: Option<String>,
    due_at: Option<String>,
) -> Result<CallbackId, Fault> {
    let _ = key;
    super::serve::take_callback(name, phone, words, due_at).await
}

/// They were called back.
#[server(endpoint = "desk/end_callback", prefix = "/api")]
pub async fn end_callback(key: Key, id: CallbackId) -> Result<(), Fault> {
    let _ = key;
    super::serve::end_callback(id).await
}

/// What an outsider may learn (B13): the room of somebody by their full name, and nothing else. Who asks, and what
/// for, is written down.
#[server(endpoint = "desk/look_up", prefix = "/api")]
pub async fn look_up(key: Key, asked_by: String, purpose: String, name: String) -> Result<LookedUp, Fault> {
    let _ = key;
    super::serve::look_up(asked_by, purpose, name).await
}
