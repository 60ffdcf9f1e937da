use super::super::model::{BookBoard, BookPlace, BookingFile, Day, Facility, Slot, SlotState, Week};
use super::super::rules::{Opening, Span, monday_of, open_on, starts_in};
use super::super::store;
use crate::call::Call;
use crate::estate::{self, Zone};
use crate::fault::{Fault, Note};
use crate::ids::{AccountId, EstateId, UnitId};
use crate::moment::Moment;
use crate::people::Resident;
use crate::policy::{self, Calendar};
use crate::requests::parse_code;
use chrono::{Days, NaiveDate};

/// What the caller can book, and what they have booked.
pub async fn board() -> Result<BookBoard, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let (now, estates) = (call.now, estates_of(&resident));
    let facilities = store::list_facilities(call.db(), &estates).await?;
    let names = estate::store::list_of(call.db(), &estates).await?;
    let place = |estate: &EstateId| {
        let home = resident.homes.iter().find(|home| home.estate == *estate)?;
        let facilities = facilities.iter().filter(|facility| facility.estate == *estate).cloned().collect();
        let names = names.iter().find(|one| one.id == *estate)?.names.clone();
        Some(BookPlace { estate: *estate, names, facilities, wall: estate::wall(&home.zone, now) })
    };
    let places = estates.iter().filter_map(place).collect();
    let bookings = store::list_cards(call.db(), resident.person.account, now).await?;
    Ok(BookBoard { places, bookings, wall: call.wall() })
}

fn estates_of(resident: &Resident) -> Vec<EstateId> {
    let mut estates = Vec::new();
    for home in &resident.homes {
        if !estates.contains(&home.estate) {
            estates.push(home.estate);
        }
    }
    estates
}

/// When a facility is open: its hours, and the days that count as holidays.
pub(super) struct Hours {
    openings: Vec<Opening>,
    calendar: Calendar,
    pub zone: Zone,
}

impl Hours {
    pub async fn of(call: &mut Call, facility: &Facility) -> Result<Self, Fault> {
        let now = call.now;
        let (policy, zone) = policy::in_force(call, facility.estate, now).await?;
        let openings = store::list_openings(call.db(), facility).await?;
        Ok(Self { openings, calendar: policy.terms.calendar, zone })
    }

    /// When a booking of so many steps can begin on a day.
    pub fn starts_on(&self, facility: &Facility, day: NaiveDate, steps: u32) -> Vec<Moment> {
        let spans = open_on(&self.openings, day, self.calendar.is_holiday(day), &self.zone);
        starts_in(&spans, &facility.terms, steps)
    }
}

/// A week of a facility.
pub async fn week(
    slug: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    day: Option<String>,
    steps: Option<u32>,
    heads: Option<u32>,
) -> Result<Week, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let estates = estate.map_or_else(|| estates_of(&resident), |estate| vec![estate]);
    let homes: Vec<_> = resident.homes.iter().filter(|home| estates.contains(&home.estate)).cloned().collect();
    // Another's estate looks as if it did not exist.
    let first = homes.first().ok_or(Fault::NotFound)?.estate;
    let facility = store::find_facility(call.db(), first, &slug).await?.ok_or(Fault::NotFound)?;
    let homes: Vec<_> = homes.into_iter().filter(|home| home.estate == first).collect();
    let own = homes.iter().find(|one| home.is_none_or(|home| one.unit.id == home)).ok_or(Fault::NotFound)?;
    let (home, zone) = (own.unit.id, own.zone.clone());
    let facility = facility.within(store::find_building(call.db(), first, home).await?);
    let terms = &facility.terms;
    let steps = steps.unwrap_or(terms.least_steps).clamp(terms.least_steps, terms.most_steps);
    let heads = heads.unwrap_or(1).clamp(1, terms.most_heads);
    let hours = Hours::of(&mut call, &facility).await?;
    let today = hours.zone.day_of(call.now);
    let chosen = match day.filter(|day| !day.is_empty()) {
        Some(day) => day.parse().map_err(|_| Fault::field("day", Note::Malformed))?,
        None => today,
    };
    let last = terms.last_day(call.now, &hours.zone);
    let chosen: NaiveDate = chosen.clamp(today, last);
    let monday = monday_of(chosen);
    let on = |ahead: u64| monday.checked_add_days(Days::new(ahead)).unwrap_or(monday);
    let days = slots(&mut call, &facility, &hours, (monday, 7), (steps, heads), resident.person.account).await?;
    Ok(Week {
        homes,
        home,
        steps,
        heads,
        days,
        chosen,
        before: (monday > today).then(|| monday - Days::new(7)),
        after: (on(7) <= last).then(|| on(7)),
        wall: estate::wall(&zone, call.now),
        facility,
    })
}

/// The slots of some days, for a booking of so many steps and people.
pub(super) async fn slots(
    call: &mut Call,
    facility: &Facility,
    hours: &Hours,
    (first, days): (NaiveDate, u64),
    (steps, heads): (u32, u32),
    reader: AccountId,
) -> Result<Vec<Day>, Fault> {
    let now = call.now;
    let days: Vec<_> = (0..days)
        .filter_map(|ahead| first.checked_add_days(Days::new(ahead)))
        .map(|on| (on, hours.starts_on(facility, on, steps)))
        .collect();
    let all = || days.iter().flat_map(|(_, starts)| starts.iter().copied());
    let minutes = facility.terms.step_minutes * steps;
    let claims = match (all().min(), all().max()) {
        (Some(first), Some(last)) => {
            let (from, until) = (facility.claimed(first, minutes).from, facility.claimed(last, minutes).until);
            store::list_claims(call.db(), facility, Span { from, until }, now).await?
        }
        _ => Vec::new(),
    };
    let slot = |starts_at| {
        let state = match facility.state(starts_at, minutes, heads, &claims, reader) {
            SlotState::Own => SlotState::Own,
            _ if facility.terms.opens_for(starts_at, now, &hours.zone).is_err() => SlotState::Closed,
            state => state,
        };
        Slot { starts_at, state }
    };
    Ok(days.into_iter().map(|(on, starts)| Day { on, slots: starts.into_iter().map(slot).collect() }).collect())
}

/// One booking of the caller's.
pub async fn file(typed: String) -> Result<BookingFile, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let account = resident.person.account;
    let code = parse_code(&typed).ok_or(Fault::NotFound)?;
    let (card, home) = store::find_card(call.db(), account, &code).await?.ok_or(Fault::NotFound)?;
    let facility = store::find_terms_of(call.db(), &card.booking).await?.ok_or(Fault::NotFound)?;
    let zone = estate::store::zone(call.db(), facility.estate).await?;
    let moves = card.booking.moves(account, &facility.terms, call.now);
    Ok(BookingFile { card, facility, home, moves, wall: estate::wall(&zone, call.now) })
}
