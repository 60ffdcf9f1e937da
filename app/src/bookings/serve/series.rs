use super::super::model::Booking;
use super::super::rules::{Wish, same_time};
use super::super::store;
use super::book::{ask, begin, lock};
use super::due::release;
use super::place::{self, Wanted, Whose};
use super::record;
use crate::call::Call;
use crate::fault::{Clash, Fault, Note, Obstacle};
use crate::ids::SeriesId;

/// Books the same time of other days with a booking that is about to be asked for: each by the rules of any booking, and
/// under the terms that hold now. Where one of them cannot be had, none is made, and every time that stands in the way is
/// named, with the reason; what the rules say no to on whatever day, like bookings that were missed, they say themselves.
pub(super) async fn recur(call: &mut Call, first: &mut Booking, wish: &Wish, is_approved: bool) -> Result<(), Fault> {
    if wish.series.recurs.is_empty() {
        return Ok(());
    }
    let (facility, hours) = lock(call, first.estate, first.facility, first.unit).await?;
    if facility.terms.is_by_night() {
        // Nobody has a room every Friday: stays are booked one by one.
        return Err(Fault::field("recurs", Note::NotAChoice));
    }
    release(call, &facility, first.account).await?;
    let last = facility.terms.last_day(call.now, &hours.zone);
    let days = wish.series.days(hours.zone.day_of(first.starts_at), last)?;
    let series: SeriesId = call.id()?;
    first.series = Some(series);
    let whose = Whose { unit: first.unit, account: first.account, by_office: first.by_office };
    let steps = facility.terms.steps_in(first.span(), &hours.zone);
    if facility.terms.ends(first.starts_at, steps, &hours.zone) != first.ends_at {
        // It was kept under other terms, which had other steps.
        return Err(Fault::Stale);
    }
    // What is wrong with each of them is wrong beside its field.
    facility.terms.fits(steps, wish.heads)?;
    let mut clashes = Vec::new();
    for day in days {
        let Some(starts_at) = same_time(first.starts_at, day, &hours.zone) else {
            clashes.push(Clash { at: hours.zone.earliest(day, 0).timestamp(), why: Obstacle::Closed });
            continue;
        };
        let wanted = Wanted { starts_at, steps, heads: wish.heads };
        let why = match place::room(call, &facility, &hours, whose, wanted, None).await {
            Ok(Some(place)) => {
                let mut booking = begin(call, &facility, whose, wanted, &place).await?;
                booking.series = Some(series);
                store::insert(call.db(), &booking, facility.terms.version, place.unit()).await?;
                place.give(call, &facility, &booking).await?;
                call.record(record(&booking, "held")).await?;
                ask(call, &mut booking, &facility, wish, is_approved).await?;
                continue;
            }
            Ok(None) => Obstacle::Taken,
            Err(fault @ Fault::Invalid(_)) => obstacle(&fault),
            Err(fault) => return Err(fault),
        };
        clashes.push(Clash { at: starts_at.timestamp(), why });
    }
    if clashes.is_empty() { Ok(()) } else { Err(Fault::Clash { times: clashes }) }
}

/// What stands in the way of a time, by what is wrong with it alone.
fn obstacle(fault: &Fault) -> Obstacle {
    match fault.note("starts") {
        Some(Note::QuotaUsed) => Obstacle::Quota,
        Some(Note::IsDrawn) => Obstacle::Drawn,
        _ => Obstacle::Closed,
    }
}
