use super::super::model::{OccupancyKind, UnitFile, UnitHit};
use super::super::rules::Power;
use super::super::store;
use super::record;
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note, Notes, clean};
use crate::ids::{OccupancyId, PartyId, UnitId};
use chrono::{Datelike, NaiveDate};
use serde_json::json;

/// The desk's search.
pub async fn find_units(words: String) -> Result<Vec<UnitHit>, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Find)?;
    let words: String = clean(&words).chars().take(40).collect();
    let now = call.now;
    let hits = estate::store::search_units(call.db(), staff.estate, &words, now).await?;
    Ok(hits.into_iter().map(|(unit, occupants)| UnitHit { id: unit.id, unit, occupants }).collect())
}

/// The desk's view of a unit.
pub async fn unit(id: UnitId) -> Result<UnitFile, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Find)?;
    let now = call.now;
    let unit = store::find_unit(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    let occupants = store::list_occupants(call.db(), staff.estate, id, now).await?;
    Ok(UnitFile { unit, occupants, may_change: staff.can(Power::Reception), wall: call.wall() })
}

/// Registers a person or company in a unit.
pub async fn add_occupant(
    unit: UnitId,
    name: String,
    is_organisation: bool,
    phone: Option<String>,
    kind: String,
    from_on: String,
    to_on: Option<String>,
) -> Result<PartyId, Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let mut notes = Notes::default();
    let name = notes.text("name", &name, 120);
    let phone = notes.optional("phone", phone.as_deref(), 40);
    let kind = OccupancyKind::from_tag(&kind);
    let from_on = day(&from_on);
    let last = to_on.as_deref().map(str::trim).filter(|to_on| !to_on.is_empty());
    let to_on = last.and_then(day);
    if kind.is_none() {
        notes.add("kind", Note::NotAChoice);
    }
    if from_on.is_none() {
        notes.add("from_on", Note::Malformed);
    }
    if last.is_some() && to_on.is_none() {
        notes.add("to_on", Note::Malformed);
    }
    if to_on.zip(from_on).is_some_and(|(to, from)| to < from) {
        notes.add("to_on", Note::BeforeTheFirst);
    }
    notes.check()?;
    let (Some(kind), Some(from_on)) = (kind, from_on) else { return Err(Fault::field("kind", Note::Malformed)) };
    store::find_unit(call.db(), staff.estate, unit).await?.ok_or(Fault::NotFound)?;
    let (party, occupancy) = (call.id()?, call.id()?);
    let phone = phone.as_deref();
    store::insert_occupant(
        call.db(),
        staff.estate,
        party,
        occupancy,
        unit,
        &name,
        is_organisation,
        phone,
        kind,
        from_on,
        to_on,
    )
    .await?;
    call.record(record(staff.estate, unit, "occupant_added", json!({ "party": party, "kind": kind }))).await?;
    call.commit(party).await
}

/// Somebody moves out: their last day.
pub async fn end_occupancy(id: OccupancyId, last_on: String) -> Result<(), Fault> {
    let last_on = day(&last_on).ok_or(Fault::field("last_on", Note::Malformed))?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let mut occupancy = store::lock_occupancy(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    occupancy.end(last_on, call.wall().now().day())?;
    store::save_occupancy(call.db(), &occupancy).await?;
    let details = json!({ "party": occupancy.party, "last_on": last_on });
    call.record(record(staff.estate, occupancy.unit, "occupancy_ended", details)).await?;
    call.commit(()).await
}

/// A day on which something can happen; far beyond, Postgres counts none.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    text.trim().parse::<NaiveDate>().ok().filter(|day| (1900..=2200).contains(&day.year()))
}
