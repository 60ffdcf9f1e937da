use super::super::model::{Incident, IncidentFile, Incidents};
use super::super::store;
use super::reports::{carry_all, follow, hold, members};
use crate::call::Call;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::{IncidentId, RequestId};
use crate::people::{Reach as Sight, Staff};
use crate::requests::{self, Happening, LONGEST_REASON, LONGEST_WORDS, Stage, Version};
use chrono::Duration;

/// Those who see all of the estate, to look; to move, they also triage.
fn desk(call: &Call) -> Result<Staff, Fault> {
    let staff = call.viewer.staff()?;
    if staff.matters()?.reach == Sight::Estate { Ok(staff) } else { Err(Fault::NotAllowed) }
}

/// What is proposed and open, and what was decided last.
pub async fn incidents() -> Result<Incidents, Fault> {
    let mut call = Call::read().await?;
    let staff = desk(&call)?;
    let live = store::list_cards(call.db(), staff.estate, None, true).await?;
    let over = store::list_cards(call.db(), staff.estate, None, false).await?;
    Ok(Incidents { live, over, wall: call.wall() })
}

/// One incident with its reports.
pub async fn incident(id: IncidentId) -> Result<IncidentFile, Fault> {
    let mut call = Call::read().await?;
    let staff = desk(&call)?;
    let card = store::list_cards(call.db(), staff.estate, Some(&[id]), true).await?.pop().ok_or(Fault::NotFound)?;
    let mut ids = store::list_all_members(call.db(), &card.incident).await?;
    if let Some(lead) = card.incident.lead {
        ids.sort_by_key(|id| *id != lead);
    }
    let mut members = requests::store::list_cards(call.db(), staff.estate, &ids).await?;
    members.sort_by_key(|card| ids.iter().position(|id| *id == card.id));
    let lead = match card.incident.lead {
        Some(lead) => Some(requests::store::read(call.db(), lead).await?.request),
        None => None,
    };
    let moves = card.incident.moves(&staff, lead.as_ref(), call.now);
    let mut near = Vec::new();
    if card.incident.stage.is_live() {
        let like = store::find_like(call.db(), &card.incident).await?;
        let since = card.incident.proposed_at - Duration::days(1);
        let mut traces = store::list_traces(call.db(), like, since).await?;
        traces.retain(|trace| card.incident.extent.covers(trace, card.incident.item));
        let ids: Vec<RequestId> = traces.iter().map(|trace| trace.request).collect();
        near = requests::store::list_cards(call.db(), staff.estate, &ids).await?;
    }
    Ok(IncidentFile { card, members, near, moves, wall: call.wall() })
}

/// A call of the desk's about an incident, locked with its lead at the version they saw.
async fn ours(id: IncidentId, seen: Version) -> Result<(Call, Staff, Incident), Fault> {
    let mut call = Call::open().await?;
    let staff = desk(&call)?;
    let incident = hold(&mut call, staff.estate, id).await?.ok_or(Fault::NotFound)?;
    incident.seen_at(seen)?;
    Ok((call, staff, incident))
}

/// The desk takes it for one: whoever reported first leads, and all others follow from now on.
pub async fn accept(id: IncidentId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, mut incident) = ours(id, seen).await?;
    let mut cases = members(&mut call, &incident).await?;
    cases.retain(|case| case.request.stage.is_open());
    let lead = cases.iter().position(|case| case.has_own_orders()).unwrap_or(0);
    let now = call.now;
    incident.accept(&staff, cases.get(lead).ok_or(Refusal::AlreadyMoved)?.request.id, now)?;
    store::save(call.db(), &mut incident, Some(staff.id)).await?;
    for case in &cases {
        requests::tell(&mut call, &case.request, &Happening::Linked { incident: id }, &[]).await?;
    }
    let mut lead = cases.remove(lead).request;
    if matches!(lead.stage, Stage::Received | Stage::Reopened) {
        let urgency = lead.urgency;
        let happening = lead.triage(&staff, urgency, now)?;
        // The others follow with it.
        requests::keep(&mut call, &mut lead, &happening, &[]).await?;
    } else {
        carry_all(&mut call, cases, &lead).await?;
    }
    call.commit(()).await
}

/// The desk takes it for none.
pub async fn dismiss(id: IncidentId, seen: Version, why: String) -> Result<(), Fault> {
    let why = words("reason", &why, LONGEST_REASON)?;
    let (mut call, staff, mut incident) = ours(id, seen).await?;
    let now = call.now;
    incident.dismiss(&staff, why.clone(), now)?;
    let cases = members(&mut call, &incident).await?;
    store::take_out(call.db(), &incident, None, now).await?;
    store::save(call.db(), &mut incident, Some(staff.id)).await?;
    for case in cases {
        let happening = Happening::IncidentDismissed { incident: id, reason: why.clone() };
        requests::tell(&mut call, &case.request, &happening, &[]).await?;
    }
    call.commit(()).await
}

/// One word that reaches all who reported, each in their own matter.
pub async fn update(id: IncidentId, seen: Version, typed: String) -> Result<(), Fault> {
    let typed = words("words", &typed, LONGEST_WORDS)?;
    let (mut call, staff, incident) = ours(id, seen).await?;
    incident.change(&staff)?;
    for case in members(&mut call, &incident).await? {
        let is_over = matches!(case.request.stage, Stage::Archived | Stage::Declined { .. } | Stage::Cancelled);
        if !is_over {
            let happening = case.request.remark(&staff, typed.clone(), true)?;
            requests::tell(&mut call, &case.request, &happening, &[]).await?;
        }
    }
    call.commit(()).await
}

/// Takes a report in, by its code.
pub async fn add(id: IncidentId, seen: Version, code: String) -> Result<(), Fault> {
    let code = requests::parse_code(&code).ok_or(Fault::field("code", Note::Malformed))?;
    let (mut call, staff, mut incident) = ours(id, seen).await?;
    incident.change(&staff)?;
    let found = requests::store::find_id(call.db(), staff.matters()?, &code).await?;
    let found = found.ok_or(Fault::field("code", Note::NotAChoice))?;
    let mut case = requests::store::lock_any(call.db(), staff.estate, found).await?.ok_or(Fault::NotFound)?;
    let is_taken = store::find_of(call.db(), staff.estate, found).await?.is_some();
    if !case.request.stage.is_open() || is_taken {
        return Err(Refusal::AlreadyMoved.into());
    }
    let now = call.now;
    store::put(call.db(), incident.estate, id, found, "added", now).await?;
    store::save(call.db(), &mut incident, None).await?;
    if let Some(lead) = incident.lead {
        requests::tell(&mut call, &case.request, &Happening::Linked { incident: id }, &[]).await?;
        let lead = requests::store::read(call.db(), lead).await?.request;
        follow(&mut call, &mut case, &lead).await?;
    }
    call.commit(()).await
}

/// Takes a report out: it goes its own way from where it stands. The lead stays.
pub async fn remove(id: IncidentId, seen: Version, request: RequestId) -> Result<(), Fault> {
    let (mut call, staff, mut incident) = ours(id, seen).await?;
    incident.change(&staff)?;
    let case = requests::store::lock_any(call.db(), staff.estate, request).await?.ok_or(Fault::NotFound)?;
    if incident.lead == Some(request) || !store::has_member(call.db(), &incident, request).await? {
        return Err(Refusal::AlreadyMoved.into());
    }
    let now = call.now;
    store::take_out(call.db(), &incident, Some(request), now).await?;
    store::save(call.db(), &mut incident, None).await?;
    requests::tell(&mut call, &case.request, &Happening::Unlinked { incident: id }, &[]).await?;
    call.commit(()).await
}

/// It is over; each who reported has been asked whether it is fixed.
pub async fn close(id: IncidentId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, mut incident) = ours(id, seen).await?;
    let lead = incident.lead.ok_or(Refusal::AlreadyMoved)?;
    let lead = requests::store::lock_any(call.db(), staff.estate, lead).await?.ok_or(Fault::NotFound)?.request;
    let now = call.now;
    incident.close(&staff, &lead, now)?;
    store::save(call.db(), &mut incident, Some(staff.id)).await?;
    requests::tell(&mut call, &lead, &Happening::IncidentClosed { incident: id }, &[]).await?;
    call.commit(()).await
}

fn words(field: &str, typed: &str, longest: u32) -> Result<String, Fault> {
    let mut notes = Notes::default();
    let words = notes.text(field, typed, longest);
    notes.check().map(|()| words)
}
