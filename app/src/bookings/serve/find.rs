use super::super::model::{Facility, Finds, Found};
use super::super::rules::{Span, part_of};
use super::super::store;
use super::hours::Hours;
use crate::call::Call;
use crate::estate::{self, Zone};
use crate::fault::{Fault, Note};
use crate::ids::{AccountId, UnitId};
use crate::requests::DayPart;
use chrono::NaiveDate;

/// A search looks at so many days at most.
const MOST_DAYS: u32 = 31;
/// Of one day all times are shown, of several the first so many of each facility.
const MOST_TIMES: usize = 6;
/// On so many days first: on two most have as many.
const FIRST_DAYS: usize = 2;
/// The longest booking that there is, in minutes: four weeks of nights.
const LONGEST: u32 = 28 * 1440;

/// What an address asks of a search.
pub struct Search {
    pub day: Option<String>,
    pub days: Option<u32>,
    pub part: Option<DayPart>,
    pub minutes: Option<u32>,
    pub heads: Option<u32>,
}

/// When one of the caller's homes can have what its estate has. However much that is, it is read in as many queries.
pub async fn finds(home: Option<UnitId>, search: Search) -> Result<Finds, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let (now, account) = (call.now, resident.person.account);
    // Another's home looks as if it did not exist.
    let own = resident.homes.iter().find(|one| home.is_none_or(|home| one.unit.id == home)).ok_or(Fault::NotFound)?;
    let (estate, home, zone, wall) = (own.estate, own.unit.id, Zone::of(&own.zone), estate::wall(&own.zone, now));
    let building = store::find_building(call.db(), estate, home).await?;
    let all = store::list_facilities(call.db(), &[estate]).await?;
    let today = zone.day_of(now);
    let last = all.iter().map(|facility| facility.terms.last_day(now, &zone)).max().unwrap_or(today);
    let day: NaiveDate = match search.day.filter(|day| !day.is_empty()) {
        Some(day) => day.parse().map_err(|_| Fault::field("day", Note::Malformed))?,
        None => today,
    };
    let (day, days) = (day.clamp(today, last), search.days.unwrap_or(1).clamp(1, MOST_DAYS));
    let (minutes, heads) = (search.minutes.unwrap_or(60).clamp(1, LONGEST), search.heads.unwrap_or(1).max(1));
    let has_nights = all.iter().any(|facility| facility.terms.is_by_night());
    let inducted = store::list_inducted(call.db(), estate, &all, account).await?;
    let offers = all.into_iter().filter_map(|facility| {
        let is_welcome = !facility.terms.needs_induction || inducted.contains(&facility.id);
        let facility = facility.within(building);
        let offer = facility.offer(minutes, heads).filter(|_| is_welcome)?;
        Some((facility, offer))
    });
    let (facilities, mut found): (Vec<Facility>, Vec<Found>) = offers.unzip();
    let hours = Hours::of_all(&mut call, estate, &facilities).await?;
    let parts: Vec<Part> =
        day.iter_days().take(days as usize).map(|on| (on, part_of(on, search.part, &zone))).collect();
    let most = if days == 1 { usize::MAX } else { MOST_TIMES };
    let mut short: Vec<_> = facilities.iter().zip(&mut found).collect();
    // Twice as many days each time: what has times enough on the first of them is not looked at again.
    let (mut rest, mut count) = (&parts[..], FIRST_DAYS);
    while !rest.is_empty() && !short.is_empty() {
        let (next, later) = rest.split_at(count.min(rest.len()));
        look(&mut call, &hours, &mut short, next, (heads, Some(account)), most).await?;
        short.retain(|(_, found)| !found.is_cut);
        (rest, count) = (later, count * 2);
    }
    Ok(Finds { homes: resident.homes, home, day, days, part: search.part, minutes, heads, has_nights, found, wall })
}

/// A day, and the part of it that is looked at.
type Part = (NaiveDate, Span);

/// Adds the times of some days to those of each facility, until it has the most that are shown.
pub(super) async fn look(
    call: &mut Call,
    hours: &Hours,
    short: &mut [(&Facility, &mut Found)],
    days: &[Part],
    (heads, reader): (u32, Option<AccountId>),
    most: usize,
) -> Result<(), Fault> {
    let Some(((_, first), (_, last))) = days.first().zip(days.last()) else { return Ok(()) };
    let (now, whole) = (call.now, Span { from: first.from, until: last.until });
    let claimed = |facility: &Facility, found: &Found| {
        let until = facility.terms.ends(whole.until, found.steps, &hours.zone);
        facility.claimed(Span { from: whole.from, until })
    };
    let spans = short.iter().map(|(facility, found)| (*facility, claimed(facility, found)));
    let claims = hours.claims_of_all(call, &spans.collect::<Vec<_>>()).await?;
    for (facility, found) in short {
        let (facility, terms) = (*facility, &facility.terms);
        let claims = claims.get(&facility.id).map(Vec::as_slice).unwrap_or_default();
        let (steps, bookable) = (found.steps, terms.bookable(now, &hours.zone));
        let free = days.iter().filter(|(_, within)| within.overlaps(bookable)).flat_map(|(on, within)| {
            let starts = hours.starts_on(facility, *on, steps).into_iter();
            let times = starts.map(|start| terms.during(start, steps, &hours.zone)).collect();
            facility.free_within(within.common(bookable), times, heads, claims, reader)
        });
        let free = free.filter(|start| !hours.is_drawn(facility, *start, steps));
        let more = most - found.starts.len();
        found.starts.extend(free.take(more).map(|start| start.timestamp()));
        found.is_cut = found.starts.len() == most;
    }
    Ok(())
}
