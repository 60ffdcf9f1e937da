//! The story of each call, and what reports do by themselves: they are found alike, and they follow their lead.

use super::detect::{Proposal, detect};
use super::model::{Incident, IncidentFile, IncidentStage, Incidents, Near, Nearby};
use super::store::{self, Like};
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::{EstateId, IncidentId, RequestId};
use crate::people::{self, Reach as Sight, Role, Staff};
use crate::policy;
use crate::requests::{self, Case, Happening, LONGEST_REASON, LONGEST_WORDS, Request, Stage, Version};
use chrono::Duration;

/// A report has come in: it belongs to a proposal of its like, or completes one. The desk is told of a new one.
pub async fn notice(call: &mut Call, request: &Request) -> Result<(), Fault> {
    let (like, trace) = store::find_trace(call.db(), request).await?;
    store::lock_like(call.db(), like).await?;
    let live = store::list_live(call.db(), like).await?;
    let now = call.now;
    if let Some(found) = live.iter().find(|incident| incident.extent.covers(&trace, incident.item)) {
        // What is open already was decided on by the desk, and whoever reports was asked whether it is the same.
        if found.stage == IncidentStage::Proposed {
            store::put(call.db(), found.estate, found.id, request.id, "detected", now).await?;
        }
        return Ok(());
    }
    let (policy, _) = policy::store::in_force(call.db(), request.estate, now).await?;
    let detector = policy.terms.detector;
    let since = now - Duration::minutes(detector.within_minutes.into());
    let others = store::list_traces(call.db(), like, since).await?;
    let Some(proposal) = detect(&trace, &others, detector) else { return Ok(()) };
    propose(call, request, like, &proposal).await
}

async fn propose(call: &mut Call, request: &Request, like: Like, proposal: &Proposal) -> Result<(), Fault> {
    let (id, now) = (call.id::<IncidentId>()?, call.now);
    store::insert(call.db(), id, like, proposal, now).await?;
    let reports = u32::try_from(proposal.reports.len()).unwrap_or(u32::MAX);
    requests::tell_of_itself(call, request, &Happening::IncidentProposed { incident: id, reports }).await
}

/// A report joins an incident that its reporter was asked about, if it still may: else it stands on its own, and
/// nothing is lost.
pub async fn join(call: &mut Call, request: &mut Request, incident: IncidentId) -> Result<(), Fault> {
    let Some(incident) = store::lock(call.db(), request.estate, incident).await? else { return Ok(()) };
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

/// A request has moved: where it leads an incident, the others follow it.
pub async fn carry(call: &mut Call, lead: &Request) -> Result<(), Fault> {
    match store::find_led(call.db(), lead).await? {
        Some(incident) => carry_all(call, incident, lead).await,
        None => Ok(()),
    }
}

async fn carry_all(call: &mut Call, incident: IncidentId, lead: &Request) -> Result<(), Fault> {
    for mut case in members(call, lead.estate, incident).await? {
        if case.request.id != lead.id {
            follow(call, &mut case, lead).await?;
        }
    }
    Ok(())
}

/// The reports of an incident, locked in the order of their ids.
async fn members(call: &mut Call, estate: EstateId, incident: IncidentId) -> Result<Vec<Case>, Fault> {
    let oldest_first = store::list_members(call.db(), estate, incident).await?;
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
async fn follow(call: &mut Call, case: &mut Case, lead: &Request) -> Result<(), Fault> {
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
    let mut ids = store::list_all_members(call.db(), staff.estate, id).await?;
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

/// A call of the desk's about an incident, locked at the version they saw.
async fn ours(id: IncidentId, seen: Version) -> Result<(Call, Staff, Incident), Fault> {
    let mut call = Call::open().await?;
    let staff = desk(&call)?;
    let incident = store::lock(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    incident.seen_at(seen)?;
    Ok((call, staff, incident))
}

/// The desk takes it for one: whoever reported first leads, and all others follow from now on.
pub async fn accept(id: IncidentId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, mut incident) = ours(id, seen).await?;
    let mut cases = members(&mut call, incident.estate, id).await?;
    cases.retain(|case| case.request.stage.is_open());
    let lead = cases.iter().position(|case| case.has_own_orders()).unwrap_or(0);
    let now = call.now;
    incident.accept(&staff, cases.get(lead).ok_or(Refusal::AlreadyMoved)?.request.id, now)?;
    store::save(call.db(), &mut incident, Some(staff.id)).await?;
    for case in &cases {
        requests::tell(&mut call, &case.request, &Happening::Linked { incident: id }, &[]).await?;
    }
    let mut lead = cases.swap_remove(lead).request;
    if matches!(lead.stage, Stage::Received | Stage::Reopened) {
        let urgency = lead.urgency;
        let happening = lead.triage(&staff, urgency, now)?;
        // The others follow with it.
        requests::keep(&mut call, &mut lead, &happening, &[]).await?;
    } else {
        carry_all(&mut call, id, &lead).await?;
    }
    call.commit(()).await
}

/// The desk takes it for none.
pub async fn dismiss(id: IncidentId, seen: Version, why: String) -> Result<(), Fault> {
    let why = words("reason", &why, LONGEST_REASON)?;
    let (mut call, staff, mut incident) = ours(id, seen).await?;
    let now = call.now;
    incident.dismiss(&staff, why.clone(), now)?;
    let cases = members(&mut call, incident.estate, id).await?;
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
    for case in members(&mut call, incident.estate, id).await? {
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
    let is_member = store::list_all_members(call.db(), incident.estate, id).await?.contains(&request);
    if !is_member || incident.lead == Some(request) {
        return Err(if is_member { Refusal::AlreadyMoved.into() } else { Fault::NotFound });
    }
    let case = requests::store::lock_any(call.db(), staff.estate, request).await?.ok_or(Fault::NotFound)?;
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
    let ids = store::list_near(call.db(), estate, category, item, &units, resident.person.account).await?;
    if ids.is_empty() {
        return Ok(Nearby { found: Vec::new(), wall });
    }
    let now = call.now;
    let (policy, _) = policy::store::in_force(call.db(), estate, now).await?;
    let crowd = policy.terms.detector.reports;
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

/// Whom a proposal is told: those who decide on it.
pub async fn deciders(call: &mut Call, estate: EstateId) -> Result<Vec<crate::ids::AccountId>, Fault> {
    let mut found = people::store::list_in_role(call.db(), estate, Role::Coordinator, None).await?;
    if found.is_empty() {
        found = people::store::list_in_role(call.db(), estate, Role::SiteManager, None).await?;
    }
    Ok(found)
}

fn words(field: &str, typed: &str, longest: u32) -> Result<String, Fault> {
    let mut notes = Notes::default();
    let words = notes.text(field, typed, longest);
    notes.check().map(|()| words)
}
