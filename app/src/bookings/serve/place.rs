use super::super::model::{Booking, BookingNews, Facility, SlotState};
use super::super::rules::{Room, Span, monday_of, nearest};
use super::super::store;
use super::hours::Hours;
use super::week::slots;
use super::{news, record};
use crate::call::Call;
use crate::fault::{Fault, Note, Refusal};
use crate::ids::{AccountId, FacilityUnitId, UnitId};
use crate::moment::Moment;
use chrono::{Days, Duration};

/// What somebody wants of a facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    pub starts_at: Moment,
    pub steps: u32,
    pub heads: u32,
}

/// How many a form says: what is no whole number is none, and that many no terms allow.
pub fn counted(typed: &str) -> u32 {
    typed.trim().parse().unwrap_or(0)
}

impl Wanted {
    /// As a form says it: from when in seconds since 1970, and for how many steps.
    pub fn read(starts: &str, steps: &str, heads: u32) -> Result<Self, Fault> {
        let starts = starts.trim().parse().map_err(|_| Fault::field("starts", Note::Malformed))?;
        Self::of(starts, counted(steps), heads)
    }

    /// From when in seconds since 1970.
    pub fn of(starts: i64, steps: u32, heads: u32) -> Result<Self, Fault> {
        let starts_at = Moment::from_timestamp(starts, 0).ok_or(Fault::field("starts", Note::Malformed))?;
        Ok(Self { starts_at, steps, heads })
    }
}

/// For which household, and by whom.
#[derive(Clone, Copy)]
pub(super) struct Whose {
    pub unit: UnitId,
    pub account: AccountId,
    /// Whether the office makes it in its own name.
    pub by_office: bool,
}

/// Where there is room for it: on a unit, of which others have made room, or on seats.
pub(super) struct Place {
    room: Option<Room>,
    during: Span,
    claimed: Span,
}

/// Finds room for what somebody wants, by the rules that hold for everybody: residents and the office, those who book and
/// those who move what they booked (`moved`, which is then not in its own way). The facility is locked, and as a household
/// of that building may have it.
pub(super) async fn find(
    call: &mut Call,
    facility: &Facility,
    hours: &Hours,
    whose: Whose,
    wanted: Wanted,
    moved: Option<&Booking>,
) -> Result<Place, Fault> {
    match room(call, facility, hours, whose, wanted, moved).await? {
        Some(place) => Ok(place),
        None => Err(taken(call, facility, hours, wanted, whose.account, moved).await?),
    }
}

/// The same; `None` where others have it.
pub(super) async fn room(
    call: &mut Call,
    facility: &Facility,
    hours: &Hours,
    whose: Whose,
    wanted: Wanted,
    moved: Option<&Booking>,
) -> Result<Option<Place>, Fault> {
    let (now, terms) = (call.now, &facility.terms);
    terms.fits(wanted.steps, wanted.heads)?;
    terms.opens_for(wanted.starts_at, now, &hours.zone).map_err(|note| Fault::field("starts", note))?;
    let day = hours.zone.day_of(wanted.starts_at);
    if !hours.starts_on(facility, day, wanted.steps).contains(&wanted.starts_at) {
        return Err(Fault::field("starts", Note::NotAChoice));
    }
    if hours.is_drawn(facility, wanted.starts_at, wanted.steps) {
        return Err(Fault::field("starts", Note::IsDrawn));
    }
    if let Some(quota) = terms.quota {
        let period = quota.per.around(day, &hours.zone);
        let except = moved.map(|moved| moved.id);
        if store::count_of_household(call.db(), facility, whose.unit, period, except).await? >= quota.most {
            return Err(Fault::field("starts", Note::QuotaUsed));
        }
    }
    if let Some(missed) = terms.missed {
        let since = now - Duration::days(missed.days.into());
        if store::count_of_missed(call.db(), facility, whose.unit, since).await? >= missed.most {
            return Err(Refusal::TooManyMissed.into());
        }
    }
    // Who was shown around is known by their account: those for whom the office books in its own name have none.
    if terms.needs_induction && (whose.by_office || !store::is_inducted(call.db(), facility, whose.account).await?) {
        return Err(Refusal::NotInducted.into());
    }
    let during = terms.during(wanted.starts_at, wanted.steps, &hours.zone);
    let claimed = facility.claimed(during);
    let claims = hours.claims(call, facility, claimed, moved).await?;
    let is_free = facility.left(claimed, wanted.heads, &claims) > 0;
    Ok(is_free.then(|| Place { room: facility.room_for(claimed, &claims), during, claimed }))
}

impl Place {
    /// The unit; none where seats are counted.
    pub fn unit(&self) -> Option<FacilityUnitId> {
        self.room.as_ref().map(|room| room.unit)
    }

    /// When it is.
    pub fn during(&self) -> Span {
        self.during
    }

    /// Gives a booking, which is stored, its place. Those who make room for it are told which unit they have instead.
    pub async fn give(&self, call: &mut Call, facility: &Facility, booking: &Booking) -> Result<(), Fault> {
        let Some(room) = &self.room else {
            return store::claim_seats(call.db(), booking, facility.terms.seats.unwrap_or(0)).await;
        };
        for (id, unit) in &room.swaps {
            let mut other = store::find_any(call.db(), facility.estate, *id).await?.ok_or(Fault::NotFound)?;
            store::swap(call.db(), &mut other, *unit).await?;
            call.note(record(&other, "swapped")).await?;
            let place = facility.units.iter().find(|one| one.id == *unit).ok_or(Fault::NotFound)?.names.clone();
            news::tell(call, &other, facility, BookingNews::Swapped { place }).await?;
        }
        store::claim_unit(call.db(), booking, room.unit, self.claimed).await
    }
}

/// Somebody was faster: what is nearest, of the days around.
async fn taken(
    call: &mut Call,
    facility: &Facility,
    hours: &Hours,
    wanted: Wanted,
    account: AccountId,
    moved: Option<&Booking>,
) -> Result<Fault, Fault> {
    let day = hours.zone.day_of(wanted.starts_at);
    let first = day.checked_sub_days(Days::new(3)).unwrap_or_else(|| monday_of(day));
    let days = slots(call, facility, hours, (first, 7), (wanted.steps, wanted.heads), Some(account), moved).await?;
    let free = days.into_iter().flat_map(|day| day.slots);
    let free = free.filter(|slot| matches!(slot.state, SlotState::Free(_))).map(|slot| slot.starts_at);
    let instead = nearest(wanted.starts_at, free).into_iter().map(|at| at.timestamp()).collect();
    Ok(Fault::Taken { instead, wanted: Some(wanted.starts_at.timestamp()) })
}
