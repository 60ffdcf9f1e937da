use super::super::model::{Booking, BookingStage, Facility, Held};
use super::super::rules::Wish;
use super::super::store;
use super::due::release;
use super::hours::Hours;
use super::offer::Freed;
use super::place::{self, Place, Wanted, Whose};
use super::{news, offer, record, series};
use crate::call::{Call, backend, limited, viewer};
use crate::crowd::{Crowds, Turn};
use crate::fault::{Fault, Note, Refusal};
use crate::ids::{AccountId, BookingId, BuildingId, EstateId, FacilityId, UnitId};
use crate::people::{Home, Limit, Resident};
use crate::requests::Version;
use chrono::Duration;
use tokio::time::timeout;

/// A facility that can be booked, locked, as a household may have it. Whoever writes to a facility waits for its row, and
/// decides on what is there then.
pub(super) async fn lock(
    call: &mut Call,
    estate: EstateId,
    facility: FacilityId,
    unit: UnitId,
) -> Result<(Facility, Hours), Fault> {
    let facility = store::lock_facility(call.db(), estate, facility).await?;
    let facility = facility.filter(|facility| !facility.is_retired).ok_or(Fault::NotFound)?;
    let building = store::find_building(call.db(), estate, unit).await?;
    let facility = facility.within(building);
    let hours = Hours::of(call, &facility).await?;
    Ok((facility, hours))
}

/// The same of what a form chose.
pub(super) async fn lock_chosen(
    call: &mut Call,
    estate: EstateId,
    facility: FacilityId,
    unit: UnitId,
) -> Result<(Facility, Hours), Fault> {
    lock(call, estate, facility, unit).await.map_err(|fault| fault.beside("facility"))
}

/// A booking that begins as what is kept for somebody, where there is room for it.
pub(super) async fn begin(
    call: &mut Call,
    facility: &Facility,
    whose: Whose,
    wanted: Wanted,
    place: &Place,
) -> Result<Booking, Fault> {
    let (now, terms, during) = (call.now, &facility.terms, place.during());
    Ok(Booking {
        id: call.id()?,
        estate: facility.estate,
        code: store::next_code(call.db(), facility.estate).await?,
        version: 1,
        stage: BookingStage::Held,
        stage_at: now,
        facility: facility.id,
        unit: whose.unit,
        account: whose.account,
        starts_at: during.from,
        ends_at: during.until,
        heads: wanted.heads,
        note: None,
        held_until: Some(now + Duration::minutes(terms.hold_minutes.into())),
        price: terms.price_of(wanted.steps, wanted.heads),
        made_at: now,
        reason: None,
        reminded_at: None,
        stars: None,
        stars_words: None,
        series: None,
        by_office: whose.by_office,
    })
}

/// The home that a form chose, which is one of the caller's.
pub(super) fn own_home(resident: &Resident, home: UnitId) -> Result<&Home, Fault> {
    let own = resident.homes.iter().find(|one| one.unit.id == home);
    own.ok_or(Fault::field("home", Note::NotYours))
}

/// So long whoever stands in line waits for those before them, of whom each waits for the database.
const LONGEST_LINE: std::time::Duration = std::time::Duration::from_secs(20);

/// Those who want one time of a facility, and are of a building: all of them may have the same of it.
pub type HoldCrowds = Crowds<(FacilityId, BuildingId, Wanted), Gone>;

/// Why nobody can have it any more, and who has to look for themselves: what is kept for them there is not in their way.
#[derive(Clone, Debug)]
pub struct Gone {
    fault: Fault,
    holders: Vec<AccountId>,
}

/// Keeps a slot for the caller while they fill in the form. Of a crowd that wants one time one after another looks at what is
/// there, until somebody finds that it is gone for all who have come.
pub async fn hold(facility: FacilityId, home: UnitId, wanted: Wanted) -> Result<Held, Fault> {
    let (viewer, backend) = (viewer()?, backend()?);
    let account = viewer.account()?;
    limited(Limit::BOOKING, &account.to_string()).await?;
    let home = own_home(&viewer.resident()?, home)?.clone();
    let building = store::find_building(&mut *backend.pool.acquire().await?, home.estate, home.unit.id).await?;
    let turn = backend.holding.turn((facility, building, wanted));
    let mut turn = timeout(LONGEST_LINE, turn).await.map_err(|_| Fault::Contended)?;
    match turn.told().filter(|gone| !gone.holders.contains(&account)) {
        Some(gone) => Err(gone.fault.clone()),
        None => hold_in(&mut turn, facility, &home, wanted).await,
    }
}

async fn hold_in(turn: &mut Turn<Gone>, facility: FacilityId, home: &Home, wanted: Wanted) -> Result<Held, Fault> {
    let mut call = Call::open().await?;
    let account = call.as_resident()?.person.account;
    let whose = Whose { unit: home.unit.id, account, by_office: false };
    let (facility, hours) = lock_chosen(&mut call, home.estate, facility, whose.unit).await?;
    let before = release(&mut call, &facility, whose.account).await?;
    let place = match place::find(&mut call, &facility, &hours, whose, wanted, before.as_ref()).await {
        // What was let go before this stays with whoever it was offered to.
        Err(fault @ Fault::Taken { .. }) => {
            let now = call.now;
            let holders = store::list_holders(call.db(), &facility, now).await?;
            if !holders.contains(&account) {
                turn.tell(Gone { fault: fault.clone(), holders });
            }
            return call.refuse(fault).await;
        }
        found => found?,
    };
    let booking = keep(&mut call, &facility, whose, wanted, &place, before).await?;
    call.commit(Held { code: booking.code }).await
}

/// Keeps a place for somebody, who lets go for it of what they held there before.
pub(super) async fn keep(
    call: &mut Call,
    facility: &Facility,
    whose: Whose,
    wanted: Wanted,
    place: &Place,
    before: Option<Booking>,
) -> Result<Booking, Fault> {
    let now = call.now;
    let mut booking = begin(call, facility, whose, wanted, place).await?;
    let mut freed = Vec::new();
    if let Some(mut before) = before {
        // Whoever takes the same time again has no more time for its form than before.
        if before.span().overlaps(booking.span()) {
            booking.held_until = before.held_until;
        }
        before.expire(now)?;
        store::end(call.db(), &mut before).await?;
        call.note(record(&before, "expired")).await?;
        freed.push(Freed::of(&before));
    }
    store::insert(call.db(), &booking, facility.terms.version, place.unit()).await?;
    place.give(call, facility, &booking).await?;
    call.record(record(&booking, "held")).await?;
    offer::freed(call, facility.estate, facility.id, freed).await?;
    Ok(booking)
}

/// Books what the caller holds: asked for and, where the office need not look at it, theirs in one transaction.
pub async fn confirm(id: BookingId, seen: Version, wish: Wish) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let (mut booking, facility) = theirs(&mut call, id).await?;
    // Whether a job has let go of it already is nothing to whoever comes too late.
    if booking.has_run_out(call.now) {
        return Err(Refusal::HoldOver.into());
    }
    booking.seen_at(seen)?;
    still_at_home(&call, &booking)?;
    series::recur(&mut call, &mut booking, &wish, false).await?;
    ask(&mut call, &mut booking, &facility, &wish, false).await?;
    if booking.stage == BookingStage::Requested {
        news::tell_desk(&mut call, &booking, &facility).await?;
    }
    call.commit(()).await
}

/// Asks for what is kept; where the office need not look at it, or has, it is theirs.
pub(super) async fn ask(
    call: &mut Call,
    booking: &mut Booking,
    facility: &Facility,
    wish: &Wish,
    is_approved: bool,
) -> Result<(), Fault> {
    let now = call.now;
    booking.request(&facility.terms, wish, now)?;
    store::save(call.db(), booking).await?;
    call.record(record(booking, "requested")).await?;
    offer::settle(call, booking).await?;
    if is_approved || !facility.terms.needs_approval {
        booking.confirm(now)?;
        store::save(call.db(), booking).await?;
        call.record(record(booking, "confirmed")).await?;
    }
    Ok(())
}

/// The caller has it at another time: room is found for it by the rules of a new booking, under the terms that hold now.
pub async fn reschedule(id: BookingId, seen: Version, starts: &str, steps: &str) -> Result<Held, Fault> {
    limited(Limit::BOOKING, &viewer()?.account()?.to_string()).await?;
    let mut call = Call::open().await?;
    let (mut booking, facility) = theirs(&mut call, id).await?;
    booking.seen_at(seen)?;
    still_at_home(&call, &booking)?;
    stands_alone(&mut call, &booking).await?;
    let was_confirmed = booking.stage == BookingStage::Confirmed;
    // By the terms on which it was made it may be moved, and by those of now the office looks at it, or not.
    let now = store::lock_facility(call.db(), booking.estate, booking.facility).await?.ok_or(Fault::NotFound)?;
    booking.reschedule(&facility.terms, now.terms.needs_approval, call.now)?;
    let facility = match shift(&mut call, &mut booking, starts, steps).await {
        Err(fault @ Fault::Taken { .. }) => return call.refuse(fault).await,
        shifted => shifted?,
    };
    if was_confirmed && booking.stage == BookingStage::Requested {
        news::tell_desk(&mut call, &booking, &facility).await?;
    }
    call.commit(Held { code: booking.code }).await
}

/// Moves a booking to another time, which somebody may move: under the terms that hold now.
pub(super) async fn shift(
    call: &mut Call,
    booking: &mut Booking,
    starts: &str,
    steps: &str,
) -> Result<Facility, Fault> {
    let wanted = Wanted::read(starts, steps, booking.heads)?;
    let whose = Whose { unit: booking.unit, account: booking.account, by_office: booking.by_office };
    let (facility, hours) = lock(call, booking.estate, booking.facility, booking.unit).await?;
    release(call, &facility, booking.account).await?;
    // To make room for whoever waited, it may have been given another unit.
    booking.version = store::find_any(call.db(), booking.estate, booking.id).await?.ok_or(Fault::NotFound)?.version;
    let place = place::find(call, &facility, &hours, whose, wanted, Some(booking)).await?;
    let (left, during) = (Freed::of(booking), place.during());
    booking.shift(&facility.terms, (during.from, during.until), wanted.steps, call.now);
    store::shift(call.db(), booking, facility.terms.version, place.unit()).await?;
    place.give(call, &facility, booking).await?;
    call.record(record(booking, "moved")).await?;
    offer::settle(call, booking).await?;
    offer::freed(call, facility.estate, facility.id, vec![left]).await?;
    Ok(facility)
}

/// The caller gives it back, and perhaps those that follow in its series; what it had is free again.
pub async fn cancel(id: BookingId, seen: Version, with_rest: bool) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let (mut booking, facility) = theirs(&mut call, id).await?;
    booking.seen_at(seen)?;
    stands_alone(&mut call, &booking).await?;
    let rest = if with_rest { store::list_rest(call.db(), &booking).await? } else { Vec::new() };
    let (now, mut freed) = (call.now, Vec::new());
    booking.cancel(&facility.terms, now)?;
    for mut booking in std::iter::once(booking).chain(rest.into_iter().map(|card| card.booking)) {
        if booking.id != id {
            let facility = store::find_terms_of(call.db(), &booking).await?.ok_or(Fault::NotFound)?;
            booking.cancel(&facility.terms, now)?;
        }
        offer::close(&mut call, &mut booking).await?;
        call.record(record(&booking, booking.stage.tag())).await?;
        freed.push(Freed::of(&booking));
    }
    // Once all of them are out of the way: to make room, those that still stood might have been given other units.
    offer::freed(&mut call, facility.estate, facility.id, freed).await?;
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

/// Refuses whoever does not live any more where the booking is for.
fn still_at_home(call: &Call, booking: &Booking) -> Result<(), Fault> {
    let lives_there = call.viewer.resident()?.homes.iter().any(|home| home.unit.id == booking.unit);
    if lives_there { Ok(()) } else { Err(Refusal::HasLeft.into()) }
}

/// Refuses to move, give back or take back what goes with an order.
pub(super) async fn stands_alone(call: &mut Call, booking: &Booking) -> Result<(), Fault> {
    let whole = store::find_whole(call.db(), booking.estate, booking.id).await?;
    if whole.is_some() { Err(Refusal::IsPart.into()) } else { Ok(()) }
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
