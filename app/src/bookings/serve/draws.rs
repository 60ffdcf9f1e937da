use super::super::model::{BookingNews, Draw, DrawFile, DrawsFile, Facility, Lot, LotStage};
use super::super::rules::{DrawForm, LotForm};
use super::super::store;
use super::book::lock;
use super::draw::{draw_lots, open, record_of};
use super::hours::Hours;
use super::look::estates_of;
use super::offer::Freed;
use super::office::desk;
use super::{care, news, offer};
use crate::backend::Backend;
use crate::call::{Call, limited, viewer};
use crate::estate;
use crate::fault::{Fault, Note, Refusal};
use crate::happenings::Record;
use crate::ids::{DrawId, EstateId, FacilityId, LotId, UnitId};
use crate::live::Room;
use crate::people::Limit;
use crate::requests::Version;
use serde_json::{Value, json};

/// A draw of a facility as one of the caller's homes sees it: the one that was asked for, else the next that is to come,
/// else the last one.
pub async fn draw(
    slug: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    asked: Option<DrawId>,
) -> Result<DrawFile, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let estate = estate.or(estates_of(&resident).first().copied()).ok_or(Fault::NotFound)?;
    // Another's estate or home looks as if it did not exist.
    let homes: Vec<_> = resident.homes.into_iter().filter(|one| one.estate == estate).collect();
    let own = homes.iter().find(|one| home.is_none_or(|home| one.unit.id == home)).ok_or(Fault::NotFound)?;
    let (own, account) = (own.clone(), resident.person.account);
    let (home, wall) = (own.unit.id, estate::wall(&own.zone, call.now));
    let facility = store::find_facility(call.db(), estate, &slug).await?.ok_or(Fault::NotFound)?;
    let facility = facility.within(store::find_building(call.db(), estate, home).await?);
    let draw = store::find_shown_draw(call.db(), &facility, asked).await?.ok_or(Fault::NotFound)?;
    let lot = store::find_own_lot(call.db(), &draw, &own, account).await?;
    let lot = lot.filter(|lot| lot.stage != LotStage::Withdrawn);
    let hours = Hours::of(&mut call, &facility).await?;
    let starts = hours.starts_of(&facility, &draw, facility.terms.least_steps);
    let starts = starts.into_iter().map(|start| start.timestamp()).collect();
    Ok(DrawFile { draw, facility, homes, home, lot, starts, wall })
}

/// The caller's household is in it, or wishes for something else: one lot each, however often it leaves and comes back.
/// Whoever has seen which wishes theirs has, or that it has none, changes no others.
pub async fn enter_draw(id: DrawId, home: UnitId, form: LotForm, seen: Option<Version>) -> Result<(), Fault> {
    limited(Limit::BOOKING, &viewer()?.account()?.to_string()).await?;
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let home = resident.homes.iter().find(|one| one.unit.id == home).ok_or(Fault::NotFound)?;
    let (account, unit, now) = (resident.person.account, home.unit.id, call.now);
    let before = store::find_draw(call.db(), home.estate, id).await?.ok_or(Fault::NotFound)?;
    let (facility, hours) = lock(&mut call, home.estate, before.facility, unit).await?;
    let draw = store::find_draw(call.db(), home.estate, id).await?.ok_or(Fault::NotFound)?;
    draw.takes_lots(now)?;
    if facility.terms.needs_induction && !store::is_inducted(call.db(), &facility, account).await? {
        return Err(Refusal::NotInducted.into());
    }
    let wishes = form.read(&facility.terms, |steps| hours.starts_of(&facility, &draw, steps))?;
    let lot = match store::find_lot(call.db(), &draw, unit).await? {
        Some(mut lot) => {
            // What those had who lived there before, nobody who moved in has seen.
            let is_shown = store::find_own_lot(call.db(), &draw, home, account).await?.is_some();
            if let Some(seen) = seen.filter(|_| is_shown && lot.stage == LotStage::Entered) {
                lot.seen_at(seen)?;
            }
            lot.enter(account, wishes, (form.steps, form.heads), now)?;
            store::save_lot(call.db(), &mut lot).await?;
            lot
        }
        None => {
            let lot = Lot {
                id: call.id()?,
                estate: draw.estate,
                draw: draw.id,
                version: 1,
                stage: LotStage::Entered,
                stage_at: now,
                unit,
                account,
                wishes,
                steps: form.steps,
                heads: form.heads,
                place: None,
                tried: Vec::new(),
                booking: None,
            };
            store::insert_lot(call.db(), &lot).await?;
            lot
        }
    };
    call.record(record_lot(&lot, "draw_entered")).await?;
    call.commit(()).await
}

/// The caller's household takes its lot back.
pub async fn leave_draw(id: LotId, seen: Version) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let (account, homes) = (resident.person.account, resident.homes);
    let before = store::find_lot_of(call.db(), account, &homes, id).await?.ok_or(Fault::NotFound)?;
    let draw = store::find_draw(call.db(), before.estate, before.draw).await?.ok_or(Fault::NotFound)?;
    store::lock_facility(call.db(), draw.estate, draw.facility).await?.ok_or(Fault::NotFound)?;
    let draw = store::find_draw(call.db(), draw.estate, draw.id).await?.ok_or(Fault::NotFound)?;
    let mut lot = store::find_lot_of(call.db(), account, &homes, id).await?.ok_or(Fault::NotFound)?;
    lot.seen_at(seen)?;
    draw.takes_lots(call.now)?;
    lot.withdraw(call.now)?;
    store::save_lot(call.db(), &mut lot).await?;
    call.record(record_lot(&lot, "draw_left")).await?;
    call.commit(()).await
}

/// The draws of a facility, for those who receive people.
pub async fn draws(slug: String) -> Result<DrawsFile, Fault> {
    let mut call = Call::read().await?;
    let staff = desk(&call)?;
    let facility = store::find_facility(call.db(), staff.estate, &slug).await?.ok_or(Fault::NotFound)?;
    let draws = store::list_draws(call.db(), &facility).await?;
    Ok(DrawsFile { facility, draws, wall: call.wall() })
}

/// The office announces a draw: from now on nobody books what it gives away.
pub async fn announce_draw(facility: FacilityId, form: DrawForm) -> Result<(), Fault> {
    let (mut call, staff, facility) = care::ours(facility).await?;
    if facility.is_retired {
        return Err(Fault::NotFound);
    }
    let (id, now) = (call.id()?, call.now);
    let draw: Draw = form.read(id, &facility, &staff.zone, now)?;
    let hours = Hours::of(&mut call, &facility).await?;
    if draw.spans().any(|span| hours.draws_of(&facility, span).next().is_some()) {
        return Err(Fault::field("first_on", Note::DayTaken));
    }
    // Nights are nobody's to draw: what is drawn ends on the day on which it begins.
    if facility.terms.is_by_night() || hours.starts_of(&facility, &draw, facility.terms.least_steps).is_empty() {
        return Err(Fault::field("from", Note::NotAChoice));
    }
    store::insert_draw(call.db(), &draw, now).await?;
    call.record(record_of(&facility, &draw)).await?;
    if draw.due(now).is_some() {
        open(&mut call, &facility, draw).await?;
    }
    call.commit(()).await
}

/// The office calls it off before it is drawn: whoever is in it is told why, and its times are anybody's.
pub async fn call_off_draw(id: DrawId, seen: Version, reason: String) -> Result<(), Fault> {
    let (mut call, facility, mut draw) = our_draw(id, seen).await?;
    draw.call_off(&reason, call.now)?;
    store::save_draw(call.db(), &mut draw, None, None).await?;
    call.record(record_of(&facility, &draw)).await?;
    let now = call.now;
    for entrant in store::list_entrants(call.db(), &draw, now).await? {
        let news = BookingNews::DrawCalledOff { reason: draw.reason.clone().unwrap_or_default() };
        news::tell_lot(&mut call, &entrant.lot, &facility, news).await?;
    }
    offer::freed(&mut call, facility.estate, facility.id, draw.spans().map(Freed::time).collect()).await?;
    call.commit(()).await
}

/// The office has it drawn, once it has closed: as it would be by itself.
pub async fn draw_now(id: DrawId, seen: Version) -> Result<(), Fault> {
    let (mut call, facility, draw) = our_draw(id, seen).await?;
    draw_lots(&mut call, &facility, draw).await?;
    call.commit(()).await
}

/// A draw of the caller's estate at the version that they saw, locked with its facility.
async fn our_draw(id: DrawId, seen: Version) -> Result<(Call, Facility, Draw), Fault> {
    let mut call = Call::open().await?;
    let estate = desk(&call)?.estate;
    let before = store::find_draw(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    let facility = store::lock_facility(call.db(), estate, before.facility).await?.ok_or(Fault::NotFound)?;
    let draw = store::find_draw(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    draw.seen_at(seen)?;
    Ok((call, facility, draw))
}

/// What anybody may read of a draw, signed in or not.
pub async fn draw_record(backend: &Backend, id: DrawId) -> Result<Value, Fault> {
    let mut db = backend.pool.acquire().await?;
    store::find_record(&mut db, id).await?.ok_or(Fault::NotFound)
}

/// What happened to a lot. Everybody who looks at the draw looks again at how many are in it; nothing tells them who.
fn record_lot(lot: &Lot, kind: &'static str) -> Record {
    Record {
        estate: lot.estate,
        room: Room::Bookings,
        subject: lot.id.0,
        kind,
        is_public: true,
        is_heard_at_home: true,
        unit: Some(lot.unit),
        reader: Some(lot.account),
        details: json!({ "draw": lot.draw }),
    }
}
