use super::super::model::{Booking, BookingNews, Closure, Facility, Waiting};
use super::super::rules::Span;
use super::super::store;
use super::book::begin;
use super::hours::Hours;
use super::place::{self, Wanted, Whose};
use super::{news, record};
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::{EstateId, FacilityId, UnitId};

/// What came free: a time, and perhaps the share of a household, which may book others again.
pub(super) struct Freed {
    pub span: Span,
    pub unit: Option<UnitId>,
}

impl Freed {
    /// What a booking had.
    pub fn of(booking: &Booking) -> Self {
        Self { span: booking.span(), unit: Some(booking.unit) }
    }

    /// A time that was nobody's.
    pub fn time(span: Span) -> Self {
        Self { span, unit: None }
    }
}

/// Stores a move after which a booking has no place any more: whoever waits for what it had has it next.
pub(super) async fn end(call: &mut Call, booking: &mut Booking) -> Result<(), Fault> {
    close(call, booking).await?;
    freed(call, booking.estate, booking.facility, vec![Freed::of(booking)]).await
}

/// The same for one of several, whose places are [`freed`] together. Where it was an offer, that has passed.
pub(super) async fn close(call: &mut Call, booking: &mut Booking) -> Result<(), Fault> {
    let now = call.now;
    store::end(call.db(), booking).await?;
    if let Some(mut entry) = store::find_offer(call.db(), booking).await? {
        entry.pass(now)?;
        store::save_place(call.db(), &mut entry).await?;
    }
    Ok(())
}

/// What came free of a facility, which is locked, goes to those who wait for it: whoever came first is asked first, in the
/// transaction that freed it, so that nobody else can come between. What was kept there in vain comes free with it: nobody
/// is given a place that only looks free.
pub(super) async fn freed(
    call: &mut Call,
    estate: EstateId,
    facility: FacilityId,
    mut freed: Vec<Freed>,
) -> Result<(), Fault> {
    let now = call.now;
    for mut booking in store::list_run_out(call.db(), estate, facility, now).await? {
        booking.expire(now)?;
        close(call, &mut booking).await?;
        call.note(record(&booking, "expired")).await?;
        freed.push(Freed::of(&booking));
    }
    // Nobody waits for what is over.
    freed.retain(|freed| freed.span.until > now);
    if freed.is_empty() {
        return Ok(());
    }
    let facility = store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    if facility.is_retired {
        return Ok(());
    }
    let spans: Vec<_> = freed.iter().map(|freed| facility.concerned(freed.span)).collect();
    let homes: Vec<_> = freed.iter().filter_map(|freed| freed.unit).collect();
    let line = store::list_in_line(call.db(), &facility, &spans, &homes, now).await?;
    if line.is_empty() {
        return Ok(());
    }
    let hours = Hours::of(call, &facility).await?;
    for entry in line {
        ask(call, &facility, &hours, entry).await?;
    }
    Ok(())
}

/// Keeps it for somebody who waits, where there is room for them by the rules of any booking. Where there is none they stay
/// in line, and whoever is behind them is asked: others may need less, and what the rules say no to today, like a share
/// that is used up, they may allow tomorrow.
async fn ask(call: &mut Call, facility: &Facility, hours: &Hours, mut entry: Waiting) -> Result<(), Fault> {
    let now = call.now;
    let (Some(until), Some(steps)) = (entry.offered_until(now), entry.steps(&facility.terms, &hours.zone)) else {
        return Ok(());
    };
    let facility = facility.clone().within(store::find_building(call.db(), entry.estate, entry.unit).await?);
    let whose = Whose { unit: entry.unit, account: entry.account, by_office: false };
    let wanted = Wanted { starts_at: entry.starts_at, steps, heads: entry.heads };
    let place = match place::room(call, &facility, hours, whose, wanted, None).await {
        Ok(Some(place)) => place,
        Ok(None) | Err(Fault::Refused(_) | Fault::Invalid(_)) => return Ok(()),
        Err(fault) => return Err(fault),
    };
    let mut booking = begin(call, &facility, whose, wanted, &place).await?;
    booking.held_until = Some(until);
    store::insert(call.db(), &booking, facility.terms.version, place.unit()).await?;
    place.give(call, &facility, &booking).await?;
    entry.offer(booking.id, now)?;
    store::save_place(call.db(), &mut entry).await?;
    call.note(record(&booking, "offered")).await?;
    news::tell(call, &booking, &facility, BookingNews::Offered { until }).await
}

/// Whoever has a booking waits for none of its time any more, and what was offered to them is theirs.
pub(super) async fn settle(call: &mut Call, booking: &Booking) -> Result<(), Fault> {
    let now = call.now;
    for mut entry in store::list_answered(call.db(), booking).await? {
        entry.settle(booking, now)?;
        store::save_place(call.db(), &mut entry).await?;
    }
    Ok(())
}

/// What is only kept for somebody where a facility closes is let go: an offer that nobody has answered yet, or a form that
/// nobody has sent, keeps no pipe from being mended. They are told why. Returns what came free.
pub(super) async fn clear(call: &mut Call, facility: &Facility, closure: &Closure) -> Result<Vec<Freed>, Fault> {
    let now = call.now;
    let mut freed = Vec::new();
    for mut booking in store::list_held_in(call.db(), facility, closure, now).await? {
        booking.expire(now)?;
        close(call, &mut booking).await?;
        call.note(record(&booking, "expired")).await?;
        let reason = closure.reason.clone();
        news::tell(call, &booking, facility, BookingNews::CalledOff { reason }).await?;
        freed.push(Freed::of(&booking));
    }
    Ok(freed)
}
