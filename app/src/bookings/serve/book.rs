use super::super::model::{Booking, BookingStage, Facility, Held, SlotState};
use super::super::rules::{monday_of, nearest};
use super::super::store;
use super::due::release;
use super::look::{Hours, slots};
use super::{news, record};
use crate::call::{Call, limited, viewer};
use crate::fault::{Fault, Note, Refusal};
use crate::ids::{AccountId, BookingId, FacilityId, UnitId};
use crate::moment::Moment;
use crate::people::Limit;
use crate::requests::Version;
use chrono::{Days, Duration};

/// Keeps a slot for the caller while they fill in the form. Whoever writes to a facility waits for its row: so nobody is
/// refused for what another lets go in the same instant.
pub async fn hold(facility: FacilityId, home: UnitId, starts: i64, steps: u32, heads: u32) -> Result<Held, Fault> {
    limited(Limit::BOOKING, &viewer()?.account()?.to_string()).await?;
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let home = resident.homes.iter().find(|one| one.unit.id == home).ok_or(Fault::NotFound)?;
    let (estate, unit, account, now) = (home.estate, home.unit.id, resident.person.account, call.now);
    let starts_at = Moment::from_timestamp(starts, 0).ok_or(Fault::field("starts", Note::Malformed))?;
    let facility = store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    if facility.is_retired {
        return Err(Fault::NotFound);
    }
    let facility = facility.within(store::find_building(call.db(), estate, unit).await?);
    let terms = &facility.terms;
    terms.fits(steps, heads)?;
    let hours = Hours::of(&mut call, &facility).await?;
    terms.opens_for(starts_at, now, &hours.zone).map_err(|note| Fault::field("starts", note))?;
    let day = hours.zone.day_of(starts_at);
    if !hours.starts_on(&facility, day, steps).contains(&starts_at) {
        return Err(Fault::field("starts", Note::NotAChoice));
    }
    let before = release(&mut call, &facility, account).await?;
    if let Some(quota) = terms.quota {
        let period = quota.per.around(day, &hours.zone);
        let had = store::count_of_household(call.db(), &facility, unit, period).await?;
        if had >= quota.most {
            return Err(Refusal::QuotaUsed.into());
        }
    }
    if let Some(missed) = terms.missed {
        let since = now - Duration::days(missed.days.into());
        if store::count_of_missed(call.db(), &facility, unit, since).await? >= missed.most {
            return Err(Refusal::TooManyMissed.into());
        }
    }
    let ends_at = starts_at + terms.length(steps);
    // Whoever takes the same time again has no more time for its form than before.
    let again = before.iter().find(|held| held.starts_at < ends_at && starts_at < held.ends_at);
    let held_until = now + Duration::minutes(terms.hold_minutes.into());
    let claimed = facility.claimed(starts_at, terms.step_minutes * steps);
    let claims = store::list_claims(call.db(), &facility, claimed, now).await?;
    if facility.left(claimed, heads, &claims) == 0 {
        return Err(taken(&mut call, &facility, &hours, starts_at, (steps, heads), account).await?);
    }
    let booking = Booking {
        id: call.id()?,
        estate,
        code: store::next_code(call.db(), estate).await?,
        version: 1,
        stage: BookingStage::Held,
        stage_at: now,
        facility: facility.id,
        unit,
        account,
        starts_at,
        ends_at,
        heads,
        note: None,
        held_until: again.and_then(|held| held.held_until).or(Some(held_until)),
        price: terms.price_of(steps, heads),
        made_at: now,
        reason: None,
        reminded_at: None,
        stars: None,
        stars_words: None,
    };
    let place = facility.unit_for(claimed, &claims);
    store::insert(call.db(), &booking, terms.version, place).await?;
    match place {
        Some(unit) => store::claim_unit(call.db(), &booking, unit, claimed).await?,
        None => store::claim_seats(call.db(), &booking, terms.seats.unwrap_or(0)).await?,
    }
    call.record(record(&booking, "held")).await?;
    call.commit(Held { code: booking.code }).await
}

/// Somebody was faster: what is nearest, of the days around.
async fn taken(
    call: &mut Call,
    facility: &Facility,
    hours: &Hours,
    starts_at: Moment,
    wanted: (u32, u32),
    account: AccountId,
) -> Result<Fault, Fault> {
    let day = hours.zone.day_of(starts_at);
    let first = day.checked_sub_days(Days::new(3)).unwrap_or_else(|| monday_of(day));
    let days = slots(call, facility, hours, (first, 7), wanted, account).await?;
    let free = days.into_iter().flat_map(|day| day.slots);
    let free = free.filter(|slot| matches!(slot.state, SlotState::Free(_))).map(|slot| slot.starts_at);
    Ok(Fault::Taken { instead: nearest(starts_at, free).into_iter().map(|at| at.timestamp()).collect() })
}

/// Books what the caller holds: asked for and, where the office need not look at it, theirs in one transaction.
pub async fn confirm(id: BookingId, seen: Version, heads: u32, note: Option<String>) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let (mut booking, facility) = theirs(&mut call, id).await?;
    booking.seen_at(seen)?;
    if !call.viewer.resident()?.homes.iter().any(|home| home.unit.id == booking.unit) {
        return Err(Refusal::HasLeft.into());
    }
    let now = call.now;
    booking.request(&facility.terms, heads, note.as_deref(), now)?;
    store::save(call.db(), &mut booking).await?;
    call.record(record(&booking, "requested")).await?;
    if facility.terms.needs_approval {
        news::tell_desk(&mut call, &booking, &facility).await?;
    } else {
        booking.confirm(now)?;
        store::save(call.db(), &mut booking).await?;
        call.record(record(&booking, "confirmed")).await?;
    }
    call.commit(()).await
}

/// The caller gives it back; what it had is free again.
pub async fn cancel(id: BookingId, seen: Version) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let (mut booking, facility) = theirs(&mut call, id).await?;
    booking.seen_at(seen)?;
    let now = call.now;
    booking.cancel(&facility.terms, now)?;
    store::end(call.db(), &mut booking).await?;
    call.record(record(&booking, booking.stage.tag())).await?;
    call.commit(()).await
}

/// How it was, from whoever had it.
pub async fn rate(id: BookingId, seen: Version, stars: u8, words: Option<String>) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let (mut booking, _) = theirs(&mut call, id).await?;
    booking.seen_at(seen)?;
    booking.rate(stars, words.as_deref())?;
    store::save(call.db(), &mut booking).await?;
    call.record(record(&booking, "rated")).await?;
    call.commit(()).await
}

/// A booking of the caller's, locked after its facility, with the terms on which it was made.
async fn theirs(call: &mut Call, id: BookingId) -> Result<(Booking, Facility), Fault> {
    let account = call.as_resident()?.person.account;
    let before = store::find(call.db(), account, id).await?.ok_or(Fault::NotFound)?;
    store::lock_facility(call.db(), before.estate, before.facility).await?.ok_or(Fault::NotFound)?;
    let booking = store::find(call.db(), account, id).await?.ok_or(Fault::NotFound)?;
    let facility = store::find_terms_of(call.db(), &booking).await?.ok_or(Fault::NotFound)?;
    Ok((booking, facility))
}
