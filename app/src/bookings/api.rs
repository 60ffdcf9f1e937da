#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{BookBoard, BookingFile, Held, Week};
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
