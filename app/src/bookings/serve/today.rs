use super::super::model::{Facility, Found};
use super::super::rules::part_of;
use super::super::store;
use super::find::look;
use super::hours::Hours;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::Fault;
use crate::ids::{BuildingId, EstateId};

/// What is looked for on a lobby screen, which does not know who looks: an hour for one.
const MINUTES: u32 = 60;
const HEADS: u32 = 1;

/// When on this day what an estate has for everybody can still be had, at most so many times of each: of the building that
/// is asked for and of no other, and nothing to which one must be shown first. In as many queries as a search.
pub async fn free_today(
    call: &mut Call,
    (estate, building): (EstateId, Option<BuildingId>),
    zone: &str,
    most: usize,
) -> Result<Vec<Found>, Fault> {
    let (zone, now) = (Zone::of(zone), call.now);
    let all = store::list_facilities(call.db(), &[estate]).await?;
    let offers = all.into_iter().filter_map(|mut facility| {
        facility.units.retain(|unit| unit.building.is_none() || unit.building == building);
        let offer = facility.offer(MINUTES, HEADS).filter(|_| !facility.terms.needs_induction)?;
        Some((facility, offer))
    });
    let (facilities, mut found): (Vec<Facility>, Vec<Found>) = offers.unzip();
    if facilities.is_empty() {
        return Ok(found);
    }
    let hours = Hours::of_all(call, estate, &facilities).await?;
    let today = zone.day_of(now);
    let mut short: Vec<_> = facilities.iter().zip(&mut found).collect();
    look(call, &hours, &mut short, &[(today, part_of(today, None, &zone))], (HEADS, None), most).await?;
    Ok(found)
}
