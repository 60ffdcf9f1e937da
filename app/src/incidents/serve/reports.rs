use super::super::detect::detect;
use super::super::model::{Incident, IncidentStage};
use super::super::store;
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, IncidentId};
use crate::people::{self, Role};
use crate::policy;
use crate::requests::{self, Case, Happening, Request, Stage};
use chrono::Duration;

/// A report has come in: it belongs to a proposal of its like, or completes one. The desk is told of a new one.
pub async fn notice(call: &mut Call, request: &Request) -> Result<(), Fault> {
    let (like, trace) = store::find_trace(call.db(), request).await?;
    store::lock_like(call.db(), like).await?;
    let now = call.now;
    let (policy, _) = policy::in_force(call, request.estate, now).await?;
    let detector = policy.terms.detector;
    let since = now - Duration::minutes(detector.within_minutes.into());
    let mut live = Vec::new();
    for id in store::list_live(call.db(), like).await? {
        live.extend(store::lock(call.db(), request.estate, id).await?);
    }
    let is_fit = |incident: &&Incident| incident.stage.is_live() && incident.extent.covers(&trace, incident.item);
    for found in live.iter().filter(is_fit) {
        // What is open was decided on by the desk, and whoever reports was asked whether it is the same.
        if found.stage == IncidentStage::Open {
            return Ok(());
        }
        if store::is_alive(call.db(), found, since).await? {
            return store::put(call.db(), found.estate, found.id, request.id, "detected", now).await;
        }
    }
    let others = store::list_traces(call.db(), like, since).await?;
    let Some(proposal) = detect(&trace, &others, detector) else { return Ok(()) };
    // One that nobody decided on lives on in its like, rather than swallow whatever comes for days.
    let is_it = |incident: &&Incident| incident.extent == proposal.extent && incident.item == proposal.item;
    let id = match live.iter().filter(is_fit).find(is_it) {
        Some(found) => found.id,
        None => call.id()?,
    };
    store::insert(call.db(), id, like, &proposal, now).await?;
    let reports = u32::try_from(proposal.reports.len()).unwrap_or(u32::MAX);
    requests::tell_of_itself(call, request, &Happening::IncidentProposed { incident: id, reports }).await
}

/// An incident, locked with its lead. Always the lead first, as whoever moves it holds it first, then the incident, then
/// its other reports: nobody waits for each other.
pub async fn hold(call: &mut Call, estate: EstateId, id: IncidentId) -> Result<Option<Incident>, Fault> {
    let Some(seen) = store::find(call.db(), estate, id).await? else { return Ok(None) };
    if let Some(lead) = seen.lead {
        requests::store::lock_any(call.db(), estate, lead).await?;
    }
    let incident = store::lock(call.db(), estate, id).await?;
    if incident.as_ref().is_some_and(|incident| incident.lead != seen.lead) { Err(Fault::Stale) } else { Ok(incident) }
}

/// A report joins an incident that its reporter was asked about, and that is held, if it still may: else it stands on
/// its own, and nothing is lost.
pub async fn join(call: &mut Call, request: &mut Request, incident: Incident) -> Result<(), Fault> {
    let (like, trace) = store::find_trace(call.db(), request).await?;
    let is_like = like == store::find_like(call.db(), &incident).await?;
    if !incident.stage.is_live() || !is_like || !incident.extent.covers(&trace, incident.item) {
        return Ok(());
    }
    let now = call.now;
    store::put(call.db(), incident.estate, incident.id, request.id, "joined", now).await?;
    // One that is only proposed says so once the desk has taken it for one.
    if let Some(lead) = incident.lead {
        requests::tell(call, request, &Happening::Linked { incident: incident.id }, &[]).await?;
        let lead = requests::store::read(call.db(), lead).await?.request;
        let mut case = Case { request: request.clone(), orders: Vec::new() };
        follow(call, &mut case, &lead).await?;
        *request = case.request;
    }
    Ok(())
}

/// A request has moved: where it leads an incident, the others follow it. Where it is over and nothing was done, whoever
/// reported next leads from now on, and all are back at the desk.
pub async fn carry(call: &mut Call, lead: &Request) -> Result<(), Fault> {
    let Some(id) = store::find_led(call.db(), lead).await? else { return Ok(()) };
    let Some(mut incident) = store::lock(call.db(), lead.estate, id).await? else { return Ok(()) };
    let cases = members(call, &incident).await?;
    if !matches!(lead.stage, Stage::Cancelled | Stage::Declined { .. } | Stage::Duplicate { .. }) {
        return carry_all(call, cases, lead).await;
    }
    let next = cases.iter().find(|case| case.request.id != lead.id && case.request.stage.is_open());
    let Some(next) = next else { return Ok(()) };
    incident.lead = Some(next.request.id);
    store::save(call.db(), &mut incident, None).await?;
    let at_desk = Request { stage: Stage::Triaged, promise: None, ..lead.clone() };
    carry_all(call, cases, &at_desk).await
}

pub(super) async fn carry_all(call: &mut Call, cases: Vec<Case>, lead: &Request) -> Result<(), Fault> {
    for mut case in cases {
        if case.request.id != lead.id {
            follow(call, &mut case, lead).await?;
        }
    }
    Ok(())
}

/// The reports of an incident, locked in the order of their ids, the oldest first.
pub(super) async fn members(call: &mut Call, incident: &Incident) -> Result<Vec<Case>, Fault> {
    let estate = incident.estate;
    let oldest_first = store::list_members(call.db(), estate, incident.id).await?;
    let mut ids = oldest_first.clone();
    ids.sort_unstable();
    let mut cases = Vec::new();
    for id in ids {
        cases.extend(requests::store::lock_any(call.db(), estate, id).await?);
    }
    cases.sort_by_key(|case| oldest_first.iter().position(|id| *id == case.request.id));
    Ok(cases)
}

/// All the way to where its lead stands; whoever was sent somebody of their own goes their own way.
pub(super) async fn follow(call: &mut Call, case: &mut Case, lead: &Request) -> Result<(), Fault> {
    if case.has_own_orders() {
        return Ok(());
    }
    let now = call.now;
    while let Some(happening) = case.request.follow_lead(lead, now) {
        requests::store::save(call.db(), &mut case.request).await?;
        requests::tell_of_itself(call, &case.request, &happening).await?;
    }
    if let Some((promise, happening)) = case.request.follow_promise(lead, now) {
        let id = call.id()?;
        // Later than what it was told as it came in, be it by the least that there is: the last word holds.
        let at = now + Duration::microseconds(1);
        requests::store::insert_promise(call.db(), id, &case.request, promise, None, None, at).await?;
        requests::store::save(call.db(), &mut case.request).await?;
        requests::tell_of_itself(call, &case.request, &happening).await?;
    }
    Ok(())
}

/// Whom a proposal is told: those who decide on it.
pub async fn deciders(call: &mut Call, estate: EstateId) -> Result<Vec<AccountId>, Fault> {
    let mut found = people::store::list_in_role(call.db(), estate, Role::Coordinator, None).await?;
    if found.is_empty() {
        found = people::store::list_in_role(call.db(), estate, Role::SiteManager, None).await?;
    }
    Ok(found)
}
