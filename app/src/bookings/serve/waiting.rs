use super::super::model::{Standing, WaitFile, WaitStage, Waiting};
use super::super::rules::MOST_WAITS;
use super::super::store;
use super::book::{lock_chosen, own_home};
use super::due::release;
use super::hours::Hours;
use super::news;
use super::place::{self, Wanted, Whose};
use crate::backend::Backend;
use crate::call::{Call, limited, viewer};
use crate::due::Turn;
use crate::estate;
use crate::fault::{Fault, Note, Refusal};
use crate::happenings::Record;
use crate::ids::{EstateId, FacilityId, UnitId, WaitingId};
use crate::live::Room;
use crate::people::Limit;
use crate::requests::Version;
use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

/// A time that the caller may wait for, for one of their homes.
pub async fn waiting(
    slug: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    starts: i64,
    steps: Option<u32>,
    heads: Option<u32>,
) -> Result<WaitFile, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let account = resident.person.account;
    // Another's estate or home looks as if it did not exist.
    let mut homes = resident.homes.into_iter().filter(|one| estate.is_none_or(|estate| one.estate == estate));
    let home = homes.find(|one| home.is_none_or(|home| one.unit.id == home)).ok_or(Fault::NotFound)?;
    let facility = store::find_facility(call.db(), home.estate, &slug).await?.ok_or(Fault::NotFound)?;
    let facility = facility.within(store::find_building(call.db(), home.estate, home.unit.id).await?);
    let hours = Hours::of(&mut call, &facility).await?;
    let steps = steps.unwrap_or(facility.terms.least_steps);
    let wanted = Wanted::of(starts, steps, heads.unwrap_or(1))?;
    let whose = Whose { unit: home.unit.id, account, by_office: false };
    let is_free = match place::room(&mut call, &facility, &hours, whose, wanted, None).await {
        Ok(place) => place.is_some(),
        // Told when they ask for it.
        Err(Fault::Refused(_)) => false,
        Err(fault) if matches!(fault.note("starts"), Some(Note::QuotaUsed | Note::IsDrawn)) => false,
        Err(fault) => return Err(fault),
    };
    let during = facility.terms.during(wanted.starts_at, steps, &hours.zone);
    let standing = match store::is_in_line(call.db(), &facility, whose.unit, during).await? {
        true => Standing::InLine,
        false if is_free => Standing::Free,
        false => Standing::Taken,
    };
    Ok(WaitFile {
        home: home.unit,
        starts_at: during.from,
        ends_at: during.until,
        steps,
        heads: wanted.heads,
        standing,
        waiting: store::count_in_line(call.db(), &facility, during).await?,
        wall: estate::wall(&home.zone, call.now),
        facility,
    })
}

/// Puts the caller in line for a time that others have. Whoever could not book it if it were free does not wait for it.
pub async fn wait_for(facility: FacilityId, home: UnitId, wanted: Wanted) -> Result<(), Fault> {
    limited(Limit::BOOKING, &viewer()?.account()?.to_string()).await?;
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let home = own_home(&resident, home)?;
    let whose = Whose { unit: home.unit.id, account: resident.person.account, by_office: false };
    let (facility, hours) = lock_chosen(&mut call, home.estate, facility, whose.unit).await?;
    let held = release(&mut call, &facility, whose.account).await?;
    let during = facility.terms.during(wanted.starts_at, wanted.steps, &hours.zone);
    if store::is_in_line(call.db(), &facility, whose.unit, during).await? {
        return Err(Refusal::AlreadyWaiting.into());
    }
    // Nobody waits for what they keep from others themselves.
    if place::room(&mut call, &facility, &hours, whose, wanted, held.as_ref()).await?.is_some() {
        return Err(Refusal::IsFree.into());
    }
    if store::count_places(call.db(), whose.account).await? >= MOST_WAITS {
        return Err(Refusal::WaitsEnough.into());
    }
    let (now, terms) = (call.now, &facility.terms);
    let entry = Waiting {
        id: call.id()?,
        estate: facility.estate,
        version: 1,
        stage: WaitStage::Waiting,
        stage_at: now,
        facility: facility.id,
        unit: whose.unit,
        account: whose.account,
        starts_at: during.from,
        ends_at: during.until,
        heads: wanted.heads,
        waits_until: wanted.starts_at - Duration::minutes(terms.notice_minutes.into()),
        made_at: now,
        booking: None,
    };
    store::insert_place(call.db(), &entry).await?;
    call.record(record_of(&entry, "waited")).await?;
    call.commit(()).await
}

/// The caller leaves the line.
pub async fn leave_line(id: WaitingId, seen: Version) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let account = call.as_resident()?.person.account;
    let before = store::find_place(call.db(), account, id).await?.ok_or(Fault::NotFound)?;
    store::lock_facility(call.db(), before.estate, before.facility).await?.ok_or(Fault::NotFound)?;
    let mut entry = store::find_place(call.db(), account, id).await?.ok_or(Fault::NotFound)?;
    entry.seen_at(seen)?;
    entry.withdraw(call.now)?;
    store::save_place(call.db(), &mut entry).await?;
    call.record(record_of(&entry, "left_line")).await?;
    call.commit(()).await
}

/// One turn of those who waited in vain: they are told.
pub(super) async fn turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, facility, id)) = store::find_over(call.db(), &aside, now).await? else {
        return Ok(Turn::Over);
    };
    Ok(Turn::of(id.0, end(call, estate, facility, id).await))
}

async fn end(mut call: Call, estate: EstateId, facility: FacilityId, id: WaitingId) -> Result<(), Fault> {
    let now = call.now;
    let facility = store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    let mut entry = store::find_any_place(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    // Unless another replica was faster.
    if entry.is_over(now) {
        entry.end(now)?;
        store::save_place(call.db(), &mut entry).await?;
        call.note(record_of(&entry, "not_freed")).await?;
        news::tell_in_vain(&mut call, &entry, &facility).await?;
    }
    call.commit(()).await
}

/// What happened to a place in line. Everybody who can book looks again at how many wait; nothing tells them who.
fn record_of(entry: &Waiting, kind: &'static str) -> Record {
    Record {
        estate: entry.estate,
        room: Room::Bookings,
        subject: entry.id.0,
        kind,
        is_public: true,
        is_heard_at_home: true,
        unit: Some(entry.unit),
        reader: Some(entry.account),
        details: json!({ "starts_at": entry.starts_at, "ends_at": entry.ends_at, "heads": entry.heads }),
    }
}
