#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{BookBoard, BookingFile, Diary, EntryFile, Held, Week};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{BookingId, EstateId, FacilityId, Key, UnitId};
use crate::requests::Version;
use leptos::prelude::*;

/// What a resident can book where they have a home, and what they have booked.
#[server(endpoint = "bookings/board", prefix = "/api")]
pub async fn load_board() -> Result<Packed<BookBoard>, Fault> {
    crate::asking::packed(super::serve::board().await)
}

/// The week of a day (`2026-11-28`; default: today) of one facility (its slug), for a booking of so many steps and
/// people (default: as few as its terms allow); for one of the caller's homes, by default their first in that estate, by
/// default that of their first.
#[server(endpoint = "bookings/week", prefix = "/api")]
pub async fn load_week(
    facility: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    day: Option<String>,
    steps: Option<u32>,
    heads: Option<u32>,
) -> Result<Packed<Week>, Fault> {
    crate::asking::packed(super::serve::week(facility, estate, home, day, steps, heads).await)
}

/// One booking of the caller's, by its code.
#[server(endpoint = "bookings/file", prefix = "/api")]
pub async fn load_booking(code: String) -> Result<Packed<BookingFile>, Fault> {
    crate::asking::packed(super::serve::file(code).await)
}

/// Keeps a slot (`starts`: seconds since 1970) for whoever fills in the form, for the minutes that its terms say;
/// what they held there before is let go. Returns its code. [`Fault::Taken`] where somebody else was faster.
#[server(endpoint = "bookings/hold", prefix = "/api")]
pub async fn hold(
    key: Key,
    facility: FacilityId,
    home: UnitId,
    starts: i64,
    steps: u32,
    heads: u32,
) -> Result<Held, Fault> {
    let _ = key;
    super::serve::hold(facility, home, starts, steps, heads).await
}

/// Books what is held: for so many people, with a note of up to 500 characters.
#[server(endpoint = "bookings/confirm", prefix = "/api")]
pub async fn confirm_booking(
    key: Key,
    id: BookingId,
    seen: Version,
    heads: u32,
    note: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::confirm(id, seen, heads, note).await
}

/// Gives it back: what is held at any time, what is booked as long as its terms allow.
#[server(endpoint = "bookings/cancel", prefix = "/api")]
pub async fn cancel_booking(key: Key, id: BookingId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::cancel(id, seen).await
}

/// How it was, from whoever had it, once it is over: 1 to 5 stars, and up to 500 characters.
#[server(endpoint = "bookings/rate", prefix = "/api")]
pub async fn rate_booking(
    key: Key,
    id: BookingId,
    seen: Version,
    stars: Option<u8>,
    words: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::rate(id, seen, stars.unwrap_or(0), words).await
}

/// The office's diary of a day (`2026-11-28`; default: today), or of its week for one facility (its slug). Those who
/// receive people.
#[server(endpoint = "bookings/diary", prefix = "/api")]
pub async fn load_diary(day: Option<String>, facility: Option<String>) -> Result<Packed<Diary>, Fault> {
    crate::asking::packed(super::serve::diary(day, facility).await)
}

/// One booking of the caller's estate, by its code. Those who receive people.
#[server(endpoint = "bookings/entry", prefix = "/api")]
pub async fn load_entry(code: String) -> Result<Packed<EntryFile>, Fault> {
    crate::asking::packed(super::serve::entry(code).await)
}

/// The office says yes, before it would begin.
#[server(endpoint = "bookings/approve", prefix = "/api")]
pub async fn approve_booking(key: Key, id: BookingId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::approve(id, seen).await
}

/// The office says no, and why, in 1 to 500 characters; the slot is free again.
#[server(endpoint = "bookings/decline", prefix = "/api")]
pub async fn decline_booking(key: Key, id: BookingId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::decline(id, seen, reason).await
}

/// They came: from half an hour before it begins until it ends.
#[server(endpoint = "bookings/check_in", prefix = "/api")]
pub async fn check_in(key: Key, id: BookingId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::check_in(id, seen).await
}

/// Nobody came, once its minutes of grace are over; what is left of the slot is free again.
#[server(endpoint = "bookings/miss", prefix = "/api")]
pub async fn miss_booking(key: Key, id: BookingId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::miss(id, seen).await
}

/// The office takes back what it gave, before it begins, and says why, in 1 to 500 characters.
#[server(endpoint = "bookings/call_off", prefix = "/api")]
pub async fn call_off_booking(key: Key, id: BookingId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::call_off(id, seen, reason).await
}
