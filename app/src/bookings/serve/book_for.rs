use super::super::model::{BookingNews, Held};
use super::super::rules::Wish;
use super::super::store;
use super::book::{ask, keep, lock_chosen, shift, stands_alone};
use super::due::release;
use super::office::{desk, ours};
use super::place::{self, Wanted, Whose};
use super::{news, series};
use crate::call::Call;
use crate::fault::{Fault, Note};
use crate::ids::{AccountId, BookingId, FacilityId, UnitId};
use crate::people;
use crate::requests::Version;

/// The office books for a household, by the rules that hold for that: for one of those who live there or, where none of
/// them has an account, in its own name. What it books it has looked at.
pub async fn book_for(
    facility: FacilityId,
    unit: UnitId,
    account: Option<AccountId>,
    wanted: Wanted,
    wish: Wish,
) -> Result<Held, Fault> {
    let mut call = Call::open().await?;
    let staff = desk(&call)?;
    people::store::find_unit(call.db(), staff.estate, unit).await?.ok_or(Fault::field("unit", Note::NotYours))?;
    let (facility, hours) = lock_chosen(&mut call, staff.estate, facility, unit).await?;
    let now = call.now;
    let by_office = account.is_none();
    let account = match account {
        Some(account) if store::is_guest(call.db(), facility.estate, unit, account, now).await? => account,
        Some(_) => return Err(Fault::field("account", Note::NotAChoice)),
        None if store::list_guests(call.db(), &facility, unit, now).await?.is_empty() => staff.person.account,
        None => return Err(Fault::field("account", Note::Missing)),
    };
    let whose = Whose { unit, account, by_office };
    // What they hold themselves while they fill in a form is theirs to let go.
    release(&mut call, &facility, account).await?;
    let place = place::find(&mut call, &facility, &hours, whose, wanted, None).await?;
    let mut booking = keep(&mut call, &facility, whose, wanted, &place, None).await?;
    series::recur(&mut call, &mut booking, &wish, true).await?;
    ask(&mut call, &mut booking, &facility, &wish, true).await?;
    news::tell(&mut call, &booking, &facility, BookingNews::Booked).await?;
    call.commit(Held { code: booking.code }).await
}

/// The office gives a booking another time; its person is told.
pub async fn reschedule_for(id: BookingId, seen: Version, starts: &str, steps: &str) -> Result<Held, Fault> {
    let (mut call, mut booking, _) = ours(id, seen).await?;
    stands_alone(&mut call, &booking).await?;
    booking.reschedule_by_office(call.now)?;
    let facility = shift(&mut call, &mut booking, starts, steps).await?;
    news::tell(&mut call, &booking, &facility, BookingNews::Moved).await?;
    call.commit(Held { code: booking.code }).await
}

/// Somebody was shown around.
pub async fn induct(facility: FacilityId, unit: UnitId, account: AccountId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let estate = desk(&call)?.estate;
    let facility = store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    let now = call.now;
    if !store::is_guest(call.db(), estate, unit, account, now).await? {
        return Err(Fault::NotFound);
    }
    store::insert_induction(call.db(), &facility, account, now).await?;
    call.record(super::care::record(&facility, facility.id.0, "inducted")).await?;
    call.commit(()).await
}
