#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::super::model::{FacilityFile, TermsForm};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{ClosureId, FacilityId, Key};
use chrono::NaiveDate;
use leptos::prelude::*;

/// A facility of the caller's estate (its slug) with its terms, its hours, and when it is closed. Those who receive people.
#[server(endpoint = "bookings/facility", prefix = "/api")]
pub async fn load_facility(slug: String) -> Result<Packed<FacilityFile>, Fault> {
    crate::asking::packed(super::super::serve::facility(slug).await)
}

/// Closes a facility, or one of its units, from one time on the estate's wall (`2026-11-30T09:00`) until another, a year
/// later at most, for a reason of 1 to 500 characters. Refused where somebody has booked it then.
#[server(endpoint = "bookings/close", prefix = "/api")]
pub async fn close_facility(
    key: Key,
    facility: FacilityId,
    unit: Option<String>,
    from: String,
    until: String,
    reason: String,
) -> Result<(), Fault> {
    let _ = key;
    let form = super::super::rules::ClosureForm { unit: unit.unwrap_or_default(), from, until, reason };
    super::super::serve::close(facility, form).await
}

/// Opens again what is closed.
#[server(endpoint = "bookings/reopen", prefix = "/api")]
pub async fn reopen_facility(key: Key, facility: FacilityId, id: ClosureId) -> Result<(), Fault> {
    let _ = key;
    super::super::serve::reopen(facility, id).await
}

/// Gives a day (`2026-12-24`) hours of its own (`10:00`; neither: closed all day), perhaps with breaks (`more`: the stretches
/// after the first, `12:00-14:00, 17:00-21:00`). Refused where somebody has booked it outside them.
#[server(endpoint = "bookings/set_day", prefix = "/api")]
pub async fn set_day(
    key: Key,
    facility: FacilityId,
    on: String,
    from: Option<String>,
    until: Option<String>,
    more: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    let form = super::super::rules::DayForm {
        on,
        from: from.unwrap_or_default(),
        until: until.unwrap_or_default(),
        more: more.unwrap_or_default(),
    };
    super::super::serve::set_day(facility, form).await
}

/// Gives a day the hours of its weekday again, on the same condition.
#[server(endpoint = "bookings/unset_day", prefix = "/api")]
pub async fn unset_day(key: Key, facility: FacilityId, on: NaiveDate) -> Result<(), Fault> {
    let _ = key;
    super::super::serve::unset_day(facility, on).await
}

/// Gives a facility other terms and hours from now on, decided on those of version `seen`. Those who write the policy.
#[server(endpoint = "bookings/change_terms", prefix = "/api")]
pub async fn change_terms(
    key: Key,
    facility: FacilityId,
    seen: i32,
    #[server(default)] terms: TermsForm,
) -> Result<(), Fault> {
    let _ = key;
    super::super::serve::change_terms(facility, seen, terms).await
}
