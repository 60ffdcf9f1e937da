#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{MailDesk, OwnMail};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{ContactId, Key, LetterBatchId, MailItemId};
use crate::requests::Version;
use leptos::prelude::*;

/// What is left at the desk (A3, A5). `show`: waiting (default), day (the sheet of a day, `on=2026-11-28`, by default
/// today), letters. `words` look for whom something may be, as the intake form does.
#[server(endpoint = "mail/desk", prefix = "/api")]
pub async fn load_mail_desk(
    show: Option<String>,
    on: Option<String>,
    words: Option<String>,
) -> Result<Packed<MailDesk>, Fault> {
    crate::asking::packed(super::serve::desk(show, on, words).await)
}

/// What was left for the caller's homes, or came for them.
#[server(endpoint = "mail/own", prefix = "/api")]
pub async fn load_own_mail() -> Result<Packed<OwnMail>, Fault> {
    crate::asking::packed(super::serve::own().await)
}

/// Takes a message for somebody (A3): `who` is `<unit>`, `<unit>~<party>` or `person:<staff>`; by which `channel` it came;
/// from whom (1 to 120 characters), with a phone, which whoever wants to be called by a time on the estate's wall
/// (`2026-11-23T16:30`) must leave; 1 to 2000 characters. They are told at once.
#[server(endpoint = "mail/take_message", prefix = "/api")]
pub async fn take_message(
    key: Key,
    channel: String,
    who: String,
    caller: String,
    phone: Option<String>,
    words: String,
    urgent: Option<bool>,
    call_by: Option<String>,
    read_back: Option<bool>,
) -> Result<(), Fault> {
    let _ = key;
    let (is_urgent, read_back) = (urgent.unwrap_or_default(), read_back.unwrap_or_default());
    let form = super::rules::MessageForm { channel, who, caller, phone, words, is_urgent, call_by, read_back };
    super::serve::take_message(form).await
}

/// The desk told them: `how` is phone or in_person.
#[server(endpoint = "mail/pass", prefix = "/api")]
pub async fn pass_message(key: Key, id: ContactId, seen: Version, how: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::pass(id, seen, how).await
}

/// The caller has read what was left for one of their homes.
#[server(endpoint = "mail/read", prefix = "/api")]
pub async fn read_message(key: Key, id: ContactId) -> Result<(), Fault> {
    let _ = key;
    super::serve::read(id).await
}

/// Takes in an item for a household (`who`: `<unit>` or `<unit>~<party>`): registered (needs its `number`) or parcel; by
/// which carrier, and where it lies. They are told at once.
#[server(endpoint = "mail/take_in", prefix = "/api")]
pub async fn take_in_mail(
    key: Key,
    kind: String,
    who: String,
    addressee: Option<String>,
    carrier: String,
    number: Option<String>,
    place: String,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::take_in(super::rules::ItemForm { kind, who, addressee, carrier, number, place }).await
}

/// Hands an item out: a name, with a tick or with `strokes` on glass (a JSON list of lists `x, y, x, y, …`).
#[server(endpoint = "mail/hand_out", prefix = "/api")]
pub async fn hand_out_mail(
    key: Key,
    id: MailItemId,
    seen: Version,
    signer: String,
    signed: Option<bool>,
    strokes: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::hand_out(id, seen, signer, signed.unwrap_or_default(), strokes).await
}

/// An item goes back to where it came from, and why (1 to 500 characters).
#[server(endpoint = "mail/send_back", prefix = "/api")]
pub async fn send_mail_back(key: Key, id: MailItemId, seen: Version, reason: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::send_back(id, seen, reason).await
}

/// Counts letters or newspapers of a day (`2026-11-28`; at most 31 days ago), in or out. Fewer than none corrects what was
/// counted before, and needs a note; no day may end below none.
#[server(endpoint = "mail/count", prefix = "/api")]
pub async fn count_mail(
    key: Key,
    on: String,
    kind: String,
    way: String,
    pieces: String,
    note: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::count([on, kind, way, pieces], note).await
}

/// Sorts a letter (1 to 120 characters say which) by the units of those who own one now: of a building, or of all.
#[server(endpoint = "mail/prepare_letters", prefix = "/api")]
pub async fn prepare_letters(key: Key, title: String, building: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::prepare_letters(title, building).await
}

/// So many of a batch of letters went out; where it was not all of them, why.
#[server(endpoint = "mail/send_letters", prefix = "/api")]
pub async fn send_letters(key: Key, id: LetterBatchId, pieces: String, note: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::send_letters(id, pieces, note).await
}
