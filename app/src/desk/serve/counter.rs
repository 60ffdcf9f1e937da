use super::super::model::{Caller, Counter, WallBoard};
use super::super::rules::same_day;
use super::super::store;
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, clean};
use crate::followups;
use crate::people::{self, Power};
use crate::policy;
use crate::services;

/// What the intake form offers.
pub async fn counter() -> Result<Counter, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let (policy, zone) = {
        let now = call.now;
        policy::in_force(&mut call, staff.estate, now).await?
    };
    let wall = call.wall();
    let reply_by = wall.at(same_day(&policy.terms.desk, &zone, call.now)).machine().chars().take(16).collect();
    let items = services::store::list_items(call.db(), staff.estate).await?;
    let areas = estate::store::list_areas(call.db(), staff.estate).await?;
    let buildings = estate::store::list_buildings(call.db(), staff.estate).await?;
    let mut colleagues = people::store::list_team(call.db(), staff.estate).await?;
    colleagues.retain(|colleague| colleague.id != staff.id);
    let (estate, may_find, may_follow_up) = (staff.estate, staff.can(Power::Find), followups::may_read(&staff).is_ok());
    Ok(Counter { estate, items, areas, buildings, colleagues, may_find, may_follow_up, reply_by, wall })
}

/// Who may be calling.
pub async fn find_callers(words: String) -> Result<Vec<Caller>, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Find)?;
    let words: String = clean(&words).chars().take(40).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let now = call.now;
    store::search_callers(call.db(), staff.estate, &words, now).await
}

/// The three-minute wall.
pub async fn wall() -> Result<WallBoard, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let sees_all = staff.can(Power::Promise);
    let now = call.now;
    let (policy, zone) = policy::in_force(&mut call, staff.estate, now).await?;
    let contacts = store::list_wall(call.db(), &staff, sees_all, now).await?;
    let (mut callbacks, mut breaches) = (Vec::new(), Vec::new());
    if sees_all {
        callbacks = store::list_callbacks(call.db(), staff.estate).await?;
        breaches = store::list_breaches(call.db(), staff.estate, zone.earliest(zone.day_of(now), 0)).await?;
    }
    let mut colleagues = people::store::list_team(call.db(), staff.estate).await?;
    colleagues.retain(|colleague| colleague.id != staff.id);
    let minutes = policy.terms.desk.minutes;
    Ok(WallBoard { contacts, callbacks, breaches, minutes, colleagues, wall: call.wall() })
}
