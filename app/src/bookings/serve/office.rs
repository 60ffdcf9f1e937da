use super::super::model::{Booking, BookingNews, Diary, DiarySpan, EntryFile, Facility};
use super::super::rules::{Span, monday_of};
use super::super::store;
use super::book::stands_alone;
use super::{news, offer, record};
use crate::calendar;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::{Fault, Note};
use crate::ids::{AccountId, BookingId, UnitId};
use crate::people::{self, Power, Staff};
use crate::requests::{Version, parse_code};
use chrono::{Days, NaiveDate};

/// How many days the diary goes back, and ahead.
const MOST_DAYS: u64 = 366;
/// How many bookings it shows at once.
const MOST_ENTRIES: usize = 500;

/// Those who receive people.
pub(super) fn desk(call: &Call) -> Result<Staff, Fault> {
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    Ok(staff)
}

/// A day or a week of all that the estate has, of one facility, one household, one person; and what waits for an answer. A day
/// of all is full enough, while of one a day is mostly empty.
pub async fn diary(
    day: Option<String>,
    span: Option<DiarySpan>,
    slug: Option<String>,
    home: Option<UnitId>,
    booker: Option<AccountId>,
) -> Result<Diary, Fault> {
    let mut call = Call::read().await?;
    let staff = desk(&call)?;
    let zone = Zone::of(&staff.zone);
    let today = zone.day_of(call.now);
    let day: NaiveDate = match day.filter(|day| !day.is_empty()) {
        Some(day) => day.parse().map_err(|_| Fault::field("day", Note::Malformed))?,
        None => today,
    };
    // Nothing is booked further away than that.
    let day = day.clamp(today - Days::new(MOST_DAYS), today + Days::new(MOST_DAYS));
    let facilities = store::list_bookable(call.db(), staff.estate).await?;
    let chosen = match slug.filter(|slug| !slug.is_empty()) {
        Some(slug) => Some(facilities.iter().find(|facility| facility.slug == slug).ok_or(Fault::NotFound)?.id),
        None => None,
    };
    let home = match home {
        Some(unit) => Some(people::store::find_unit(call.db(), staff.estate, unit).await?.ok_or(Fault::NotFound)?),
        None => None,
    };
    let person = match booker {
        Some(account) => Some(store::find_booker(call.db(), staff.estate, account).await?.ok_or(Fault::NotFound)?),
        None => None,
    };
    let is_of_all = chosen.is_none() && home.is_none() && person.is_none();
    let (first, count) = match span.unwrap_or(if is_of_all { DiarySpan::Day } else { DiarySpan::Week }) {
        DiarySpan::Day => (day, 1),
        DiarySpan::Week => (monday_of(day), 7),
    };
    let on = |ahead: u64| first.checked_add_days(Days::new(ahead)).ok_or(Fault::field("day", Note::Malformed));
    let days = (0..count).map(on).collect::<Result<Vec<_>, _>>()?;
    let within = Span { from: zone.earliest(first, 0), until: zone.earliest(on(count)?, 0) };
    let unit = home.as_ref().map(|home| home.id);
    let whose = (chosen, unit, booker);
    let mut entries = store::list_entries(call.db(), staff.estate, whose, within, MOST_ENTRIES + 1).await?;
    let is_cut = entries.len() > MOST_ENTRIES;
    entries.truncate(MOST_ENTRIES);
    let waiting = store::list_waiting(call.db(), staff.estate).await?;
    let feed_at = match chosen {
        Some(facility) => calendar::store::find_facility_since(call.db(), staff.estate, facility, staff.id).await?,
        None => None,
    };
    let wall = call.wall();
    Ok(Diary { facilities, chosen, home, person, days, on: day, today, entries, is_cut, waiting, feed_at, wall })
}

/// One booking, as the office sees it.
pub async fn entry(typed: String) -> Result<EntryFile, Fault> {
    let mut call = Call::read().await?;
    let staff = desk(&call)?;
    let code = parse_code(&typed).ok_or(Fault::NotFound)?;
    let entry = store::find_entry(call.db(), staff.estate, &code).await?.ok_or(Fault::NotFound)?;
    let facility = store::find_terms_of(call.db(), &entry.card.booking).await?.ok_or(Fault::NotFound)?;
    let part_of = store::find_whole(call.db(), staff.estate, entry.card.booking.id).await?;
    Ok(EntryFile { entry, facility, part_of, wall: call.wall() })
}

/// A booking of the caller's estate, locked after its facility, at the version that they saw.
pub(super) async fn ours(id: BookingId, seen: Version) -> Result<(Call, Booking, Facility), Fault> {
    let mut call = Call::open().await?;
    let estate = desk(&call)?.estate;
    let facility = store::find_facility_of(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    let booking = store::find_any(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    booking.seen_at(seen)?;
    let facility = store::find_terms_of(call.db(), &booking).await?.ok_or(Fault::NotFound)?;
    Ok((call, booking, facility))
}

/// The office says yes.
pub async fn approve(id: BookingId, seen: Version) -> Result<(), Fault> {
    let (mut call, mut booking, facility) = ours(id, seen).await?;
    booking.approve(call.now)?;
    store::save(call.db(), &mut booking).await?;
    call.record(record(&booking, "confirmed")).await?;
    news::tell(&mut call, &booking, &facility, BookingNews::Approved).await?;
    call.commit(()).await
}

/// The office says no: the slot is free again.
pub async fn decline(id: BookingId, seen: Version, reason: String) -> Result<(), Fault> {
    let (mut call, mut booking, facility) = ours(id, seen).await?;
    stands_alone(&mut call, &booking).await?;
    booking.decline(&reason, call.now)?;
    let reason = booking.reason.clone().unwrap_or_default();
    end(&mut call, &mut booking, "declined").await?;
    news::tell(&mut call, &booking, &facility, BookingNews::Declined { reason }).await?;
    call.commit(()).await
}

/// They came, or did after all.
pub async fn check_in(id: BookingId, seen: Version) -> Result<(), Fault> {
    let (mut call, mut booking, facility) = ours(id, seen).await?;
    booking.check_in(&facility.terms, call.now)?;
    store::save(call.db(), &mut booking).await?;
    call.record(record(&booking, "checked_in")).await?;
    call.commit(()).await
}

/// Nobody came: what is left of the slot is free.
pub async fn miss(id: BookingId, seen: Version) -> Result<(), Fault> {
    let (mut call, mut booking, facility) = ours(id, seen).await?;
    booking.miss(&facility.terms, call.now)?;
    end(&mut call, &mut booking, "missed").await?;
    news::tell(&mut call, &booking, &facility, BookingNews::Missed).await?;
    call.commit(()).await
}

/// The office takes back what it gave, and says why.
pub async fn call_off(id: BookingId, seen: Version, reason: String) -> Result<(), Fault> {
    let (mut call, mut booking, facility) = ours(id, seen).await?;
    stands_alone(&mut call, &booking).await?;
    booking.call_off(&reason, call.now)?;
    let reason = booking.reason.clone().unwrap_or_default();
    end(&mut call, &mut booking, "called_off").await?;
    news::tell(&mut call, &booking, &facility, BookingNews::CalledOff { reason }).await?;
    call.commit(()).await
}

/// Stores a move after which nobody has its place.
async fn end(call: &mut Call, booking: &mut Booking, kind: &'static str) -> Result<(), Fault> {
    offer::end(call, booking).await?;
    call.record(record(booking, kind)).await
}
