use super::super::model::{Closure, Facility, FacilityFile, SpecialDay, TermsForm};
use super::super::rules::{ClosureForm, DayForm, Span};
use super::super::store;
use super::hours::Hours;
use super::offer::{self, Freed};
use super::office::desk;
use super::water;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::{Fault, Note, Refusal};
use crate::happenings::Record;
use crate::ids::{ClosureId, EstateId, FacilityId};
use crate::live::Room;
use crate::moment::Moment;
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
    let water = water::log_of(&mut call, &facility, &hours).await?;
    let wall = call.wall();
    Ok(hours.file(facility, water, staff.can(Power::Policy), wall))
}

/// Closes a facility, or one of its units, for a while in which nobody has booked it; what is only kept for somebody then is
/// let go.
pub async fn close(facility: FacilityId, form: ClosureForm) -> Result<(), Fault> {
    let (mut call, staff, facility) = ours(facility).await?;
    let (id, now) = (call.id()?, call.now);
    let closure: Closure = form.read(id, &facility, &staff.zone, now)?;
    put(&mut call, &facility, &closure).await?;
    call.commit(()).await
}

/// Stores a closure of a facility, which is locked.
async fn put(call: &mut Call, facility: &Facility, closure: &Closure) -> Result<(), Fault> {
    let (now, within) = (call.now, closure.span());
    let mut freed = offer::clear(call, facility, closure).await?;
    freed.push(Freed::time(within));
    if store::is_booked(call.db(), facility, closure.unit, within).await? {
        return Err(Refusal::IsBooked.into());
    }
    store::insert_closure(call.db(), facility, closure, now).await?;
    call.record(record(facility, closure.id.0, "closed")).await?;
    offer::freed(call, facility.estate, facility.id, freed).await
}

/// Takes all of a facility for something of the house's own, in a call of another room: closed to everybody else by the rules
/// of any closure, where it is neither closed nor to be drawn then. The reason is what residents read.
pub async fn take(
    call: &mut Call,
    estate: EstateId,
    facility: FacilityId,
    (starts_at, ends_at): (Moment, Moment),
    reason: String,
) -> Result<ClosureId, Fault> {
    let facility = store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    if facility.is_retired {
        return Err(Fault::NotFound);
    }
    let closure = Closure { id: call.id()?, unit: None, starts_at, ends_at, reason };
    let (within, now) = (closure.span(), call.now);
    let others = store::list_closures(call.db(), estate, std::slice::from_ref(&facility), now).await?;
    if others.iter().any(|(_, other)| other.span().overlaps(within)) {
        return Err(Refusal::IsShut.into());
    }
    if Hours::of(call, &facility).await?.draws_of(&facility, within).next().is_some() {
        return Err(Refusal::IsDrawn.into());
    }
    put(call, &facility, &closure).await?;
    Ok(closure.id)
}

/// Gives back what was taken: whoever waits for it is asked.
pub async fn give_back(
    call: &mut Call,
    estate: EstateId,
    facility: FacilityId,
    closure: ClosureId,
) -> Result<(), Fault> {
    let facility = store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    let now = call.now;
    // The office may have opened it already.
    let Some(lifted) = store::lift_closure(call.db(), &facility, closure, now).await? else { return Ok(()) };
    call.record(record(&facility, closure.0, "reopened")).await?;
    offer::freed(call, estate, facility.id, vec![Freed::time(lifted)]).await
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
    let by_night = facility.terms.is_by_night();
    // Whoever stays for nights comes while it is open, and leaves when they leave.
    let lets_in = |open: &Span, one: &Span| {
        open.from <= one.from && if by_night { one.from < open.until } else { one.until <= open.until }
    };
    if booked.iter().any(|one| !open.iter().any(|open| lets_in(open, one))) {
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
    // Whoever orders a bundle is not asked how old everybody is.
    if terms.least_age.is_some() && store::is_in_bundle(call.db(), &facility).await? {
        return Err(Fault::field("terms[least_age]", Note::NotAChoice));
    }
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
