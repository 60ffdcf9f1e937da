use super::super::model::{ActivityNews, ActivityStage, Participation};
use super::super::store;
use super::{keep, news, ours};
use crate::bookings;
use crate::call::Call;
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::{ActivityId, StaffId};
use crate::live::Room;
use crate::people::{Power, Staff};
use crate::requests::{self, Version};
use serde_json::json;

/// The manager says yes: from now on its place is taken, by the rules of any closure.
pub async fn approve(id: ActivityId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, mut activity) = ours(Power::Policy, id, seen).await?;
    activity.approve(staff.id, call.now)?;
    if let Some(facility) = activity.plan.facility {
        let (during, reason) = ((activity.plan.starts_at, activity.plan.ends_at), activity.plan.closes_for());
        activity.closure = Some(bookings::take(&mut call, activity.estate, facility, during, reason).await?);
    }
    keep(&mut call, &mut activity, "approved").await?;
    news::tell_staff(&mut call, &activity, activity.organiser, ActivityNews::Approved).await?;
    for measure in &activity.measures {
        let news = ActivityNews::Measure { words: measure.words.clone() };
        news::tell_staff(&mut call, &activity, measure.responsible, news).await?;
    }
    call.commit(()).await
}

/// Residents see it.
pub async fn publish(id: ActivityId, seen: Version) -> Result<(), Fault> {
    let (mut call, _, mut activity) = ours(Power::Reception, id, seen).await?;
    activity.publish(call.now)?;
    keep(&mut call, &mut activity, "published").await?;
    call.commit(()).await
}

/// It begins; whoever waits until then is told that nothing came free for them.
pub async fn begin(id: ActivityId, seen: Version) -> Result<(), Fault> {
    let (mut call, _, mut activity) = ours(Power::Reception, id, seen).await?;
    activity.begin(call.now)?;
    keep(&mut call, &mut activity, "begun").await?;
    let now = call.now;
    let line = store::list_line(call.db(), activity.estate, activity.id, now).await?;
    news::tell(&mut call, &activity, &line, ActivityNews::NotFreed).await?;
    call.commit(()).await
}

/// It does not take place: its place is everybody's again, and whoever signed up is told.
pub async fn call_off(id: ActivityId, seen: Version, reason: String) -> Result<(), Fault> {
    let (mut call, _, mut activity) = ours(Power::Reception, id, seen).await?;
    activity.call_off(&reason, call.now)?;
    keep(&mut call, &mut activity, "called_off").await?;
    if let Some((facility, closure)) = activity.plan.facility.zip(activity.closure) {
        bookings::give_back(&mut call, activity.estate, facility, closure).await?;
    }
    let now = call.now;
    let people = store::list_people(call.db(), activity.estate, activity.id, now).await?;
    let parts: Vec<Participation> = people.into_iter().map(|entry| entry.participation).collect();
    let reason = activity.reason.clone().unwrap_or_default();
    news::tell(&mut call, &activity, &parts, ActivityNews::CalledOff { reason }).await?;
    call.commit(()).await
}

/// It is written down what came of it.
pub async fn close(
    id: ActivityId,
    seen: Version,
    came: Option<String>,
    went_well: Option<String>,
) -> Result<(), Fault> {
    let (mut call, _, mut activity) = ours(Power::Reception, id, seen).await?;
    let now = call.now;
    let people = store::list_people(call.db(), activity.estate, activity.id, now).await?;
    let ticked: u32 = people.iter().filter_map(|entry| entry.participation.came).sum();
    activity.close(came.as_deref(), went_well.as_deref(), ticked, call.now)?;
    keep(&mut call, &mut activity, "closed").await?;
    call.commit(()).await
}

/// Somebody leaves the office: what they organise or answer for, the duty officer does from now on, who never leaves
/// unrelieved, and is told for what they answer now.
pub async fn hand_over(call: &mut Call, staff: &Staff, from: StaffId) -> Result<(), Fault> {
    let (_, duty_officer) = requests::store::find_desk(call.db(), staff.estate).await?.ok_or(Fault::NotAllowed)?;
    let mut ids = store::hand_over(call.db(), staff.estate, (from, duty_officer)).await?;
    let measures = store::hand_measures_over(call.db(), staff.estate, (from, duty_officer)).await?;
    ids.extend(measures.iter().map(|(activity, _)| activity.0));
    ids.sort_unstable();
    ids.dedup();
    for activity in ids {
        call.record(Record {
            room: Room::Activities,
            ..Record::of_office(staff.estate, activity, "handed_over", json!({ "to": duty_officer }))
        })
        .await?;
    }
    for (activity, words) in measures {
        let Some(activity) = store::lock(call.db(), staff.estate, activity).await? else { continue };
        // Of what nobody has approved yet they hear once it is.
        if activity.stage != ActivityStage::Draft {
            news::tell_staff(call, &activity, duty_officer, ActivityNews::Measure { words }).await?;
        }
    }
    Ok(())
}
