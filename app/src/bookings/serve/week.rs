use super::super::model::{Booking, Day, Facility, Guest, Moving, Slot, SlotState, Week, WeekFor};
use super::super::rules::Span;
use super::super::store;
use super::hours::Hours;
use super::look::estates_of;
use super::office::desk;
use super::water;
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note};
use crate::ids::{AccountId, EstateId, UnitId};
use crate::people;
use crate::requests::parse_code;
use crate::services;
use chrono::{Days, Duration, NaiveDate};

/// What an address asks of a week: a day, how many steps, for how many people; and the booking that is moved.
#[derive(Default)]
pub struct Asked {
    pub day: Option<String>,
    pub steps: Option<u32>,
    pub heads: Option<u32>,
    pub moving: Option<String>,
}

/// A week of a facility, for one of the caller's homes.
pub async fn week(slug: String, estate: Option<EstateId>, home: Option<UnitId>, asked: Asked) -> Result<Week, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let account = resident.person.account;
    let moved = match asked.moving.as_deref().and_then(parse_code) {
        Some(code) => Some(store::find_card(call.db(), account, &code).await?.ok_or(Fault::NotFound)?.0.booking),
        None => None,
    };
    // What is moved stays its household's.
    let home = moved.as_ref().map(|moved| moved.unit).or(home);
    let estates = match moved.as_ref().map(|moved| moved.estate).or(estate) {
        Some(estate) => vec![estate],
        None => estates_of(&resident),
    };
    let homes: Vec<_> = resident.homes.iter().filter(|home| estates.contains(&home.estate)).cloned().collect();
    // Another's estate looks as if it did not exist.
    let first = homes.first().ok_or(Fault::NotFound)?.estate;
    let homes: Vec<_> = homes.into_iter().filter(|home| home.estate == first).collect();
    let own = homes.iter().find(|one| home.is_none_or(|home| one.unit.id == home)).ok_or(Fault::NotFound)?;
    let facility = store::find_facility(call.db(), first, &slug).await?.ok_or(Fault::NotFound)?;
    let is_welcome = !facility.terms.needs_induction || store::is_inducted(call.db(), &facility, account).await?;
    let (home, zone) = (own.unit.id, own.zone.clone());
    let water = water::last_of(&mut call, &facility).await?;
    let now = call.now;
    let service = services::store::find_about(call.db(), first, &slug, now).await?;
    let homes = if moved.is_some() { Vec::new() } else { homes };
    let week = week_of(&mut call, facility, home, &zone, asked, Some(account), moved).await?;
    Ok(Week { homes, is_welcome, water, service, ..week })
}

/// A week of a facility for a household of the caller's estate, and who there may book it.
pub async fn week_for(unit: UnitId, slug: String, asked: Asked) -> Result<WeekFor, Fault> {
    let mut call = Call::read().await?;
    let staff = desk(&call)?;
    let home = people::store::find_unit(call.db(), staff.estate, unit).await?.ok_or(Fault::NotFound)?;
    let facilities = store::list_bookable(call.db(), staff.estate).await?;
    let slug = if slug.is_empty() { facilities.first().ok_or(Fault::NotFound)?.slug.clone() } else { slug };
    let facility = store::find_facility(call.db(), staff.estate, &slug).await?.ok_or(Fault::NotFound)?;
    let moved = match asked.moving.as_deref().and_then(parse_code) {
        Some(code) => {
            let entry = store::find_entry(call.db(), staff.estate, &code).await?;
            let booking = entry.map(|entry| entry.card.booking).filter(|booking| booking.unit == unit);
            Some(booking.ok_or(Fault::NotFound)?)
        }
        None => None,
    };
    let now = call.now;
    let guests: Vec<Guest> = store::list_guests(call.db(), &facility, unit, now).await?;
    let week = week_of(&mut call, facility, unit, &staff.zone, asked, None, moved).await?;
    Ok(WeekFor { home, facilities, guests, week })
}

async fn week_of(
    call: &mut Call,
    facility: Facility,
    home: UnitId,
    zone: &str,
    asked: Asked,
    reader: Option<AccountId>,
    moved: Option<Booking>,
) -> Result<Week, Fault> {
    if moved.as_ref().is_some_and(|moved| moved.facility != facility.id) {
        return Err(Fault::NotFound);
    }
    let building = store::find_building(call.db(), facility.estate, home).await?;
    let facility = facility.within(building);
    let (terms, hours) = (&facility.terms, Hours::of(call, &facility).await?);
    let steps = asked.steps.or(moved.as_ref().map(|moved| terms.steps_in(moved.span(), &hours.zone)));
    let steps = steps.unwrap_or(terms.least_steps).clamp(terms.least_steps, terms.most_steps);
    let heads = moved.as_ref().map(|moved| moved.heads).or(asked.heads).unwrap_or(1).clamp(1, terms.most_heads);
    let today = hours.zone.day_of(call.now);
    let chosen = match asked.day.filter(|day| !day.is_empty()) {
        Some(day) => day.parse().map_err(|_| Fault::field("day", Note::Malformed))?,
        None => moved.as_ref().map_or(today, |moved| hours.zone.day_of(moved.starts_at)),
    };
    let last = terms.last_day(call.now, &hours.zone);
    let chosen: NaiveDate = chosen.clamp(today, last);
    // Weeks are counted from today on: nobody looks at days that are over, and on a Sunday they see more than that.
    let first = chosen - Duration::days((chosen - today).num_days() % 7);
    let next = first + Duration::days(7);
    let days = slots(call, &facility, &hours, (first, 7), (steps, heads), reader, moved.as_ref()).await?;
    let moving = moved.map(|moved| Moving {
        id: moved.id,
        code: moved.code,
        version: moved.version,
        starts_at: moved.starts_at,
        ends_at: moved.ends_at,
    });
    Ok(Week {
        homes: Vec::new(),
        home,
        steps,
        heads,
        days,
        chosen,
        before: (first > today).then(|| first - Duration::days(7)),
        after: (next <= last).then_some(next),
        moving,
        is_welcome: true,
        closures: hours.shown(&facility, first, next),
        water: None,
        service: None,
        draws: hours.draws_of(&facility, hours.whole(first, next)).cloned().collect(),
        wall: estate::wall(zone, call.now),
        facility,
    })
}

/// The slots of some days, for who wants so many steps for so many people; what is moved is not in its own way.
pub(super) async fn slots(
    call: &mut Call,
    facility: &Facility,
    hours: &Hours,
    (first, days): (NaiveDate, u64),
    wanted: (u32, u32),
    reader: Option<AccountId>,
    moved: Option<&Booking>,
) -> Result<Vec<Day>, Fault> {
    let (now, (steps, heads)) = (call.now, wanted);
    let days: Vec<_> = (0..days)
        .filter_map(|ahead| first.checked_add_days(Days::new(ahead)))
        .map(|on| (on, hours.starts_on(facility, on, steps)))
        .collect();
    let all = || days.iter().flat_map(|(_, starts)| starts.iter().copied());
    let during = |starts_at| facility.terms.during(starts_at, steps, &hours.zone);
    let claims = match (all().min(), all().max()) {
        (Some(from), Some(last)) => {
            let whole = facility.claimed(Span { from, until: during(last).until });
            hours.claims(call, facility, whole, moved).await?
        }
        _ => Vec::new(),
    };
    let slot = |starts_at| {
        let is_now = moved.is_some_and(|moved| moved.span() == during(starts_at));
        let state = match facility.state(during(starts_at), heads, &claims, reader) {
            _ if is_now => SlotState::Own,
            SlotState::Own => SlotState::Own,
            _ if hours.is_drawn(facility, starts_at, steps) => SlotState::Drawn,
            _ if facility.terms.opens_for(starts_at, now, &hours.zone).is_err() => SlotState::Closed,
            state => state,
        };
        Slot { starts_at, state }
    };
    Ok(days.into_iter().map(|(on, starts)| Day { on, slots: starts.into_iter().map(slot).collect() }).collect())
}
