#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::super::model::WaitFile;
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{EstateId, FacilityId, Key, UnitId, WaitingId};
use crate::requests::Version;
use leptos::prelude::*;

/// A time of a facility (its slug; `starts`: seconds since 1970) that the caller may wait for, of so many steps and for so
/// many people (default: as few as its terms allow); for one of their homes, by default their first in that estate, by
/// default of all.
#[server(endpoint = "bookings/waiting", prefix = "/api")]
pub async fn load_waiting(
    facility: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    starts: i64,
    steps: Option<u32>,
    heads: Option<u32>,
) -> Result<Packed<WaitFile>, Fault> {
    crate::asking::packed(super::super::serve::waiting(facility, estate, home, starts, steps, heads).await)
}

/// Gets in line for a time (`starts`: seconds since 1970) that others have: when it comes free it is kept for whoever came
/// first, an hour at most. Refused where it is free, or could not be booked if it were; once a household, and five at once
/// for each person.
#[server(endpoint = "bookings/wait", prefix = "/api")]
pub async fn wait_for(
    key: Key,
    facility: FacilityId,
    home: UnitId,
    starts: String,
    steps: String,
    heads: String,
) -> Result<(), Fault> {
    let _ = key;
    let heads = super::super::serve::counted(&heads);
    let wanted = super::super::serve::Wanted::read(&starts, &steps, heads)?;
    super::super::serve::wait_for(facility, home, wanted).await
}

/// Leaves the line.
#[server(endpoint = "bookings/leave_line", prefix = "/api")]
pub async fn leave_line(key: Key, id: WaitingId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::super::serve::leave_line(id, seen).await
}
