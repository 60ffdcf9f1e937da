#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{BookBoard, BookingFile, Diary, DiarySpan, EntryFile, Finds, Held, Week, WeekFor};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{AccountId, BookingId, EstateId, FacilityId, Key, UnitId};
use crate::requests::{DayPart, Version};
use leptos::prelude::*;

/// What a resident can book where they have a home, and what they have booked.
#[server(endpoint = "bookings/board", prefix = "/api")]
pub async fn load_board() -> Result<Packed<BookBoard>, Fault> {
    crate::asking::packed(super::serve::board().await)
}

/// The week of a day (`2026-11-28`; default: today) of one facility (its slug), for a booking of so many steps and
/// people (default: as few as its terms allow); for one of the caller's homes, by default their first in that estate, by
/// default that of their first. Where a booking is moved (`moving`: its code), it is for that booking's household and
/// people, and not in its own way.
#[server(endpoint = "bookings/week", prefix = "/api")]
pub async fn load_week(
    facility: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    day: Option<String>,
    steps: Option<u32>,
    heads: Option<u32>,
    moving: Option<String>,
) -> Result<Packed<Week>, Fault> {
    let asked = super::serve::Asked { day, steps, heads, moving };
    crate::asking::packed(super::serve::week(facility, estate, home, asked).await)
}

/// When one of the caller's homes (by default their first) can have what its estate has: from a day on (`2026-11-28`;
/// default: today), on so many days (1 to 31; default: 1), in a part of them (default: at any time), for so many minutes
/// (default: 60) and people (default: 1).
#[server(endpoint = "bookings/find", prefix = "/api")]
pub async fn load_finds(
    home: Option<UnitId>,
    day: Option<String>,
    days: Option<u32>,
    part: Option<DayPart>,
    minutes: Option<u32>,
    heads: Option<u32>,
) -> Result<Packed<Finds>, Fault> {
    let search = super::serve::Search { day, days, part, minutes, heads };
    crate::asking::packed(super::serve::finds(home, search).await)
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
    starts: String,
    steps: String,
    heads: String,
) -> Result<Held, Fault> {
    let _ = key;
    let wanted = super::serve::Wanted::read(&starts, &steps, super::serve::counted(&heads))?;
    super::serve::hold(facility, home, wanted).await
}

/// Books what is held: for so many people, with a note of up to 500 characters. Where its terms ask for an age, whoever
/// books says that everybody who comes has it. Perhaps it recurs (`daily`, `weekly`, `fortnightly`) until a day
/// (`2026-12-24`): [`Fault::Clash`] with every time of these that cannot be had and why, and nothing is booked.
#[server(endpoint = "bookings/confirm", prefix = "/api")]
pub async fn confirm_booking(
    key: Key,
    id: BookingId,
    seen: Version,
    heads: String,
    note: Option<String>,
    of_age: Option<bool>,
    recurs: Option<String>,
    until: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    let wish = super::rules::Wish::of(super::serve::counted(&heads), note, of_age, (recurs, until));
    super::serve::confirm(id, seen, wish).await
}

/// Has it at another time (`starts`: seconds since 1970), as long as it could be given back. What the office looks at, it
/// looks at again. [`Fault::Taken`] where somebody else was faster.
#[server(endpoint = "bookings/reschedule", prefix = "/api")]
pub async fn reschedule_booking(
    key: Key,
    id: BookingId,
    seen: Version,
    starts: String,
    steps: String,
) -> Result<Held, Fault> {
    let _ = key;
    super::serve::reschedule(id, seen, &starts, &steps).await
}

/// Gives it back: what is held at any time, what is booked as long as its terms allow; `rest`: with all that follow in its
/// series.
#[server(endpoint = "bookings/cancel", prefix = "/api")]
pub async fn cancel_booking(key: Key, id: BookingId, seen: Version, rest: Option<bool>) -> Result<(), Fault> {
    let _ = key;
    super::serve::cancel(id, seen, rest.unwrap_or_default()).await
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

/// The office's diary of a day (`2026-11-28`; default: today) or of its week: of all that the estate has, of one facility (its
/// slug), of one household, of one person who books; by default the day of all, the week of one. Those who receive people.
#[server(endpoint = "bookings/diary", prefix = "/api")]
pub async fn load_diary(
    day: Option<String>,
    facility: Option<String>,
    home: Option<UnitId>,
    person: Option<AccountId>,
    span: Option<DiarySpan>,
) -> Result<Packed<Diary>, Fault> {
    crate::asking::packed(super::serve::diary(day, span, facility, home, person).await)
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

/// The week of a facility (its slug; empty: the first) for a household of the caller's estate, as [`load_week`] has it for
/// their own; and who there may book. Those who receive people.
#[server(endpoint = "bookings/week_for", prefix = "/api")]
pub async fn load_week_for(
    unit: UnitId,
    facility: String,
    day: Option<String>,
    steps: Option<u32>,
    heads: Option<u32>,
    moving: Option<String>,
) -> Result<Packed<WeekFor>, Fault> {
    let asked = super::serve::Asked { day, steps, heads, moving };
    crate::asking::packed(super::serve::week_for(unit, facility, asked).await)
}

/// Books for a household, by the same rules: for one of those who have an account there or, where nobody has, in the
/// office's own name.
#[server(endpoint = "bookings/book_for", prefix = "/api")]
pub async fn book_for(
    key: Key,
    facility: FacilityId,
    unit: UnitId,
    account: Option<AccountId>,
    starts: String,
    steps: String,
    heads: String,
    note: Option<String>,
    of_age: Option<bool>,
    recurs: Option<String>,
    until: Option<String>,
) -> Result<Held, Fault> {
    let _ = key;
    let wanted = super::serve::Wanted::read(&starts, &steps, super::serve::counted(&heads))?;
    let wish = super::rules::Wish::of(wanted.heads, note, of_age, (recurs, until));
    super::serve::book_for(facility, unit, account, wanted, wish).await
}

/// Gives a booking another time, by the same rules, before it begins; its person is told.
#[server(endpoint = "bookings/reschedule_for", prefix = "/api")]
pub async fn reschedule_for(
    key: Key,
    id: BookingId,
    seen: Version,
    starts: String,
    steps: String,
) -> Result<Held, Fault> {
    let _ = key;
    super::serve::reschedule_for(id, seen, &starts, &steps).await
}

/// Notes that somebody of a household was shown around a facility; a second time changes nothing.
#[server(endpoint = "bookings/induct", prefix = "/api")]
pub async fn induct(key: Key, facility: FacilityId, unit: UnitId, account: AccountId) -> Result<(), Fault> {
    let _ = key;
    super::serve::induct(facility, unit, account).await
}
