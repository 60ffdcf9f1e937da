use super::super::model::{Closure, Facility, FacilityFile, SpecialDay, TermsForm};
use super::super::rules::{ClosureForm, DayForm, Span};
use super::super::store;
use super::hours::Hours;
use super::offer::{self, Freed};
use super::office::desk;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::{Fault, Refusal};
use crate::happenings::Record;
use crate::ids::{ClosureId, FacilityId};
use crate::live::Room;
use crate::people::{Power, Staff};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

/// A facility as the office looks after it.
pub async fn facility(slug: String) -> Result<FacilityFile, Fault> {
    let mut call = Call::read().await?;
    let staff = desk(&call)?;
    let facility = store::find_facility(call.db(), staff.estate, &slug).await?.ok_or(Fault::NotFound)?;
    let hours = Hours::of(&mut call, &facility).await?;
    let wall = call.wall();
    Ok(hours.file(facility, staff.can(Power::Policy), wall))
}

/// Closes a facility, or one of its units, for a while in which nobody has booked it; what is only kept for somebody then is
/// let go.
pub async fn close(facility: FacilityId, form: ClosureForm) -> Result<(), Fault> {
    let (mut call, staff, facility) = ours(facility).await?;
    let (id, now) = (call.id()?, call.now);
    let closure: Closure = form.read(id, &facility, &staff.zone, now)?;
    let within = Span { from: closure.starts_at, until: closure.ends_at };
    let mut freed = offer::clear(&mut call, &facility, &closure).await?;
    freed.push(Freed::time(within));
    if store::is_booked(call.db(), &facility, closure.unit, within).await? {
        return Err(Refusal::IsBooked.into());
    }
    store::insert_closure(call.db(), &facility, &closure, now).await?;
    call.record(record(&facility, closure.id.0, "closed")).await?;
    offer::freed(&mut call, facility.estate, facility.id, freed).await?;
    call.commit(()).await
}

/// Opens again what is closed.
pub async fn reopen(facility: FacilityId, id: ClosureId) -> Result<(), Fault> {
    let (mut call, _, facility) = ours(facility).await?;
    let now = call.now;
    let lifted = store::lift_closure(call.db(), &facility, id, now).await?.ok_or(Fault::Stale)?;
    call.record(record(&facility, id.0, "reopened")).await?;
    offer::freed(&mut call, facility.estate, facility.id, vec![Freed::time(lifted)]).await?;
    call.commit(()).await
}

/// Gives a day hours of its own; whoever has booked it then still can come.
pub async fn set_day(facility: FacilityId, form: DayForm) -> Result<(), Fault> {
    let (mut call, staff, facility) = ours(facility).await?;
    let day: SpecialDay = form.read(Zone::of(&staff.zone).day_of(call.now))?;
    store::save_day(call.db(), &facility, &day).await?;
    settle_day(call, &facility, day.on, "day_set").await
}

/// Gives a day the hours of its weekday again; whoever has booked it then still can come.
pub async fn unset_day(facility: FacilityId, on: NaiveDate) -> Result<(), Fault> {
    let (mut call, _, facility) = ours(facility).await?;
    store::remove_day(call.db(), &facility, on).await?;
    settle_day(call, &facility, on, "day_unset").await
}

/// Refuses hours under which somebody could not come who has booked that day.
async fn settle_day(mut call: Call, facility: &Facility, on: NaiveDate, kind: &'static str) -> Result<(), Fault> {
    let hours = Hours::of(&mut call, facility).await?;
    let open = hours.open_on(facility, on);
    let day = Span { from: hours.zone.earliest(on, 0), until: hours.zone.latest(on, 1440) };
    offer::freed(&mut call, facility.estate, facility.id, vec![Freed::time(day)]).await?;
    let booked = store::list_booked(call.db(), facility, day).await?;
    if booked.iter().any(|one| !open.iter().any(|open| open.from <= one.from && one.until <= open.until)) {
        return Err(Refusal::IsBooked.into());
    }
    call.record(record(facility, facility.id.0, kind)).await?;
    call.commit(()).await
}

/// Gives a facility other terms and hours from now on, as decided on those of a version; whoever has booked keeps to theirs.
/// Those who write what the estate promises.
pub async fn change_terms(facility: FacilityId, seen: i32, form: TermsForm) -> Result<(), Fault> {
    let (mut call, staff, facility) = ours(facility).await?;
    staff.needs(Power::Policy)?;
    if facility.terms.version != seen {
        return Err(Fault::Stale);
    }
    let (terms, openings) = form.read(&facility)?;
    let now = call.now;
    store::insert_terms(call.db(), &facility, &terms, &openings, now).await?;
    call.record(record(&facility, facility.id.0, "terms_changed")).await?;
    call.commit(()).await
}

/// A facility of the caller's estate, locked.
pub(super) async fn ours(facility: FacilityId) -> Result<(Call, Staff, Facility), Fault> {
    let mut call = Call::open().await?;
    let staff = desk(&call)?;
    let facility = store::lock_facility(call.db(), staff.estate, facility).await?.ok_or(Fault::NotFound)?;
    Ok((call, staff, facility))
}

/// What happened to a facility: whoever looks at its week looks again.
pub(super) fn record(facility: &Facility, subject: Uuid, kind: &'static str) -> Record {
    Record {
        estate: facility.estate,
        room: Room::Bookings,
        subject,
        kind,
        is_public: true,
        is_heard_at_home: true,
        unit: None,
        reader: None,
        details: json!({ "facility": facility.slug }),
    }
}
