#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::super::model::{DrawFile, DrawsFile};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{DrawId, EstateId, FacilityId, Key, LotId, UnitId};
use crate::requests::Version;
use leptos::prelude::*;

/// A draw of a facility (its slug) as one of the caller's homes sees it, by default their first in that estate, by default
/// that of their first: by default the next that is to come, else the last one.
#[server(endpoint = "bookings/draw", prefix = "/api")]
pub async fn load_draw(
    facility: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    draw: Option<DrawId>,
) -> Result<Packed<DrawFile>, Fault> {
    crate::asking::packed(super::super::serve::draw(facility, estate, home, draw).await)
}

/// Enters a household into a draw while it is open, or changes what it wishes for: one to three of the times that are drawn
/// (`first`, `second`, `third`: seconds since 1970), the dearest first, each of so many steps and for so many people. Where
/// its terms ask for an age, whoever enters says that everybody who comes has it. Where its lot is in already, it is changed
/// as it was at a version (`seen`; 0: it was not in).
#[server(endpoint = "bookings/enter_draw", prefix = "/api")]
pub async fn enter_draw(
    key: Key,
    id: DrawId,
    home: UnitId,
    steps: String,
    heads: String,
    first: Option<String>,
    second: Option<String>,
    third: Option<String>,
    of_age: Option<bool>,
    seen: Option<Version>,
) -> Result<(), Fault> {
    let _ = key;
    let wishes = [first, second, third].map(Option::unwrap_or_default);
    let (steps, heads) = (super::super::serve::counted(&steps), super::super::serve::counted(&heads));
    let form = super::super::rules::LotForm { steps, heads, wishes, is_of_age: of_age.unwrap_or_default() };
    super::super::serve::enter_draw(id, home, form, seen).await
}

/// Takes a household's lot back, while its draw is open.
#[server(endpoint = "bookings/leave_draw", prefix = "/api")]
pub async fn leave_draw(key: Key, id: LotId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::super::serve::leave_draw(id, seen).await
}

/// The draws of a facility of the caller's estate (its slug). Those who receive people.
#[server(endpoint = "bookings/draws", prefix = "/api")]
pub async fn load_draws(slug: String) -> Result<Packed<DrawsFile>, Fault> {
    crate::asking::packed(super::super::serve::draws(slug).await)
}

/// Announces a draw of a facility's peak times: from one day until another (`2026-12-05`), on these weekdays (1 to 7 from
/// Monday on), from one time until another (`18:00`). It opens at a time on the estate's wall (`2026-11-30T09:00`; empty:
/// at once) and closes at another, before what it gives away has to be booked and not before all of that can be.
#[server(endpoint = "bookings/announce_draw", prefix = "/api")]
pub async fn announce_draw(
    key: Key,
    facility: FacilityId,
    opens: Option<String>,
    closes: String,
    first_on: String,
    last_on: String,
    #[server(default)] weekdays: Vec<String>,
    from: String,
    until: String,
) -> Result<(), Fault> {
    let _ = key;
    let opens = opens.unwrap_or_default();
    let form = super::super::rules::DrawForm { opens, closes, first_on, last_on, weekdays, from, until };
    super::super::serve::announce_draw(facility, form).await
}

/// Has a draw drawn that has closed, as it would be by itself.
#[server(endpoint = "bookings/draw_now", prefix = "/api")]
pub async fn draw_now(key: Key, id: DrawId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::super::serve::draw_now(id, seen).await
}

/// Calls a draw off before it is drawn, and says why, in 1 to 500 characters; its times can be booked again.
#[server(endpoint = "bookings/call_off_draw", prefix = "/api")]
pub async fn call_off_draw(key: Key, id: DrawId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::super::serve::call_off_draw(id, seen, reason).await
}
