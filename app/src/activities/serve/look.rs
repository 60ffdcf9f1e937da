use super::super::model::{
    Activity, ActivityBoard, ActivityCard, ActivityDesk, ActivityEntry, ActivityFile, ActivityStage, OwnPart,
    Participation,
};
use super::super::store;
use super::hand;
use crate::bookings;
use crate::call::Call;
use crate::estate;
use crate::fault::Fault;
use crate::ids::EstateId;
use crate::people::{self, Power, Resident};
use crate::requests::parse_code;

/// What is done where the caller has a home; or one of it, by its code.
pub async fn board(code: Option<String>) -> Result<ActivityBoard, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let (now, estates) = (call.now, estates_of(&resident));
    let Some(typed) = code.filter(|code| !code.is_empty()) else {
        let activities = store::list(call.db(), &estates, true, now).await?;
        let activities = with_own(&mut call, &resident, activities).await?;
        return Ok(ActivityBoard { activities, one: None, wall: call.wall() });
    };
    let code = parse_code(&typed).ok_or(Fault::NotFound)?;
    let activity = store::find_by_code(call.db(), &estates, &code).await?.ok_or(Fault::NotFound)?;
    let is_told = match activity.stage {
        ActivityStage::Draft | ActivityStage::Approved => false,
        ActivityStage::Published | ActivityStage::Held => true,
        ActivityStage::CalledOff | ActivityStage::Closed => store::was_published(call.db(), &activity).await?,
    };
    if !is_told {
        return Err(Fault::NotFound);
    }
    let homes: Vec<_> = resident.homes.iter().filter(|home| home.estate == activity.estate).cloned().collect();
    let zone = homes.first().ok_or(Fault::NotFound)?.zone.clone();
    let account = resident.person.account;
    let own = store::list_own(call.db(), std::slice::from_ref(&activity), &resident.homes, account).await?;
    let units: Vec<_> = homes.iter().map(|home| home.unit.id).collect();
    let free = activity.free_homes(&units, &own, now);
    let card = card(activity, &own);
    let live = own.into_iter().filter(Participation::is_live);
    let parts = live.map(|part| OwnPart { moves: card.activity.part_moves(&part, account, now), part }).collect();
    let one = Some(ActivityFile { card, homes, parts, free });
    Ok(ActivityBoard { activities: Vec::new(), one, wall: estate::wall(&zone, now) })
}

/// With the part of the caller's household in each.
async fn with_own(call: &mut Call, resident: &Resident, activities: Vec<Activity>) -> Result<Vec<ActivityCard>, Fault> {
    let own = store::list_own(call.db(), &activities, &resident.homes, resident.person.account).await?;
    Ok(activities.into_iter().map(|activity| card(activity, &own)).collect())
}

/// An activity with the first of these parts that is in it. Who does what for everybody's safety is the office's.
fn card(mut activity: Activity, own: &[Participation]) -> ActivityCard {
    activity.measures.clear();
    let own = own.iter().find(|part| part.activity == activity.id).cloned();
    ActivityCard { activity, own }
}

fn estates_of(resident: &Resident) -> Vec<EstateId> {
    let mut estates: Vec<_> = resident.homes.iter().map(|home| home.estate).collect();
    estates.sort_unstable();
    estates.dedup();
    estates
}

/// What the caller's estate plans and does, for those who receive people; or one of it, by its code: for them, and for
/// whoever answers for something of it.
pub async fn desk(code: Option<String>) -> Result<ActivityDesk, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let (now, estate) = (call.now, staff.estate);
    let Some(typed) = code.filter(|code| !code.is_empty()) else {
        staff.needs(Power::Reception)?;
        let activities = store::list(call.db(), &[estate], false, now).await?;
        let facilities = bookings::store::list_offered(call.db(), estate).await?;
        return Ok(ActivityDesk { activities, one: None, facilities, wall: call.wall() });
    };
    let code = parse_code(&typed).ok_or(Fault::NotFound)?;
    let activity = store::find_by_code(call.db(), &[estate], &code).await?.ok_or(Fault::NotFound)?;
    let hand = hand(&staff);
    if !hand.plans && !activity.is_answered_by(staff.id) {
        return Err(Fault::NotFound);
    }
    let moves = activity.office_moves(hand, now);
    let may_prepare = hand.plans && activity.add_measure("-").is_ok();
    let may_attend = hand.plans && activity.stage == ActivityStage::Held;
    let may_strike = hand.plans && activity.may_strike(now);
    let people = if hand.plans { store::list_people(call.db(), estate, activity.id, now).await? } else { Vec::new() };
    let facilities = if hand.plans { bookings::store::list_offered(call.db(), estate).await? } else { Vec::new() };
    let team = if may_prepare { people::store::list_team(call.db(), estate).await? } else { Vec::new() };
    let team = team.into_iter().map(|colleague| (colleague.id, colleague.name)).collect();
    let one = Some(ActivityEntry { activity, people, team, me: staff.id, moves, may_prepare, may_attend, may_strike });
    Ok(ActivityDesk { activities: Vec::new(), one, facilities, wall: call.wall() })
}
