use super::super::model::{Booking, BookingStage};
use super::super::rules::Wish;
use super::super::store;
use super::book::{ask, keep, lock};
use super::due::release;
use super::place::{self, Wanted, Whose};
use super::{news, offer, record};
use crate::call::Call;
use crate::fault::{Fault, Note};
use crate::ids::{AccountId, BookingId, EstateId, UnitId};
use crate::moment::Moment;

/// What a bundle of the catalogue wants of a facility.
pub struct PartWish<'a> {
    /// Its name in addresses.
    pub facility: &'a str,
    /// For which household,
    pub unit: UnitId,
    /// and for whom.
    pub account: AccountId,
    /// Whether the office has it in its own name.
    pub by_office: bool,
    /// Whether the office has looked at it.
    pub is_approved: bool,
    /// From when; of what is let by the night, from the check-in of that day on.
    pub starts_at: Moment,
    /// For so many of the facility's steps,
    pub steps: Option<u32>,
    /// or so many hours, or nights where it is let by those.
    pub hours: Option<u32>,
    /// For how many people.
    pub heads: u32,
}

/// Books a part of a bundle, in the transaction of its order, by the rules of any booking: where others have it the whole is
/// refused, with the nearest times that are free. Notes are about `starts`, `steps` and `heads`.
pub async fn book_part(call: &mut Call, estate: EstateId, part: PartWish<'_>) -> Result<Booking, Fault> {
    let found = store::find_facility(call.db(), estate, part.facility).await?.ok_or(Fault::NotFound)?;
    let (facility, hours) = lock(call, estate, found.id, part.unit).await?;
    let by_night = facility.terms.is_by_night();
    let steps = match (part.steps, part.hours) {
        (Some(steps), _) => steps,
        (None, nights) if by_night => nights.unwrap_or_default(),
        (None, wanted) => {
            let minutes = wanted.unwrap_or_default() * 60;
            let step = facility.terms.step_minutes.max(1);
            if minutes % step != 0 {
                return Err(Fault::field("steps", Note::NotAChoice));
            }
            minutes / step
        }
    };
    let check_in = match by_night {
        true => hours.starts_on(&facility, hours.zone.day_of(part.starts_at), steps).first().copied(),
        false => None,
    };
    let wanted = Wanted { starts_at: check_in.unwrap_or(part.starts_at), steps, heads: part.heads };
    let whose = Whose { unit: part.unit, account: part.account, by_office: part.by_office };
    // What they hold themselves while they fill in a form makes room for it; where the office orders, that stays theirs.
    let before = release(call, &facility, part.account).await?.filter(|_| !part.is_approved);
    let place = place::find(call, &facility, &hours, whose, wanted, before.as_ref()).await?;
    let mut booking = keep(call, &facility, whose, wanted, &place, before).await?;
    let wish = Wish { heads: part.heads, ..Wish::default() };
    ask(call, &mut booking, &facility, &wish, part.is_approved).await?;
    if booking.stage == BookingStage::Requested {
        news::tell_desk(call, &booking, &facility).await?;
    }
    Ok(booking)
}

/// Why what was booked as a part of a bundle goes with its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartEnd {
    /// Its person gives all of it back: by its terms, like a booking alone.
    GivenBack,
    /// The office cannot do it: what has begun ends by itself.
    Declined,
    /// Nobody signed its price: it is nobody's, even where it would have begun.
    Unsigned,
}

/// What was booked as a part of a bundle goes with its order, and is free again.
pub async fn drop_part(call: &mut Call, estate: EstateId, id: BookingId, why: PartEnd) -> Result<(), Fault> {
    let facility = store::find_facility_of(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    let mut booking = store::find_any(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    let now = call.now;
    if why == PartEnd::GivenBack {
        let facility = store::find_terms_of(call.db(), &booking).await?.ok_or(Fault::NotFound)?;
        booking.can_go_back(&facility.terms, now)?;
    }
    if booking.fall_away(why == PartEnd::Unsigned, now).is_err() {
        return Ok(());
    }
    offer::end(call, &mut booking).await?;
    call.record(record(&booking, "cancelled")).await
}
