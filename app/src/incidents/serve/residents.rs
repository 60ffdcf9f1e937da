use super::super::model::{Near, Nearby};
use super::super::store::{self, Reporter};
use crate::call::Call;
use crate::estate;
use crate::fault::Fault;
use crate::ids::EstateId;
use crate::policy;
use chrono::Duration;

/// What a resident may join instead of reporting the same anew: of their own risers, storeys and buildings, and of
/// the places in common. How many reported is told only where that many are a crowd.
pub async fn nearby(estate: Option<EstateId>, problem: String) -> Result<Nearby, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let home = resident.homes.iter().find(|home| estate.is_none_or(|estate| home.estate == estate));
    let Some(home) = home else {
        // Who lives nowhere reports nothing; another's estate looks as if it did not exist.
        return if estate.is_some() {
            Err(Fault::NotFound)
        } else {
            Ok(Nearby { found: Vec::new(), wall: call.wall() })
        };
    };
    let (estate, wall) = (home.estate, estate::wall(&home.zone, call.now));
    let like = store::find_problem(call.db(), estate, &problem).await?;
    let Some((category, item)) = like else { return Ok(Nearby { found: Vec::new(), wall }) };
    let units: Vec<_> = resident.homes.iter().filter(|home| home.estate == estate).map(|home| home.unit.id).collect();
    let now = call.now;
    let (policy, _) = policy::in_force(&mut call, estate, now).await?;
    let detector = policy.terms.detector;
    let (crowd, since) = (detector.reports, now - Duration::minutes(detector.within_minutes.into()));
    let reporter = Reporter { units: &units, account: resident.person.account };
    let ids = store::list_near(call.db(), estate, (category, item), reporter, since).await?;
    let mut cards = store::list_cards(call.db(), estate, Some(&ids), true).await?;
    cards.sort_by_key(|card| ids.iter().position(|id| *id == card.incident.id));
    let found = cards.into_iter().map(|card| Near {
        id: card.incident.id,
        reports: (card.reports >= crowd).then_some(card.reports),
        since: card.incident.proposed_at,
        reach: card.reach,
    });
    Ok(Nearby { found: found.collect(), wall })
}
