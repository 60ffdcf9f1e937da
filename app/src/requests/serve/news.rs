//! Whom a happening is told, beyond those who look at the matter anyway.

use super::super::model::{Happening, Request};
use super::super::store;
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::{AccountId, DepartmentId, StaffId};
use crate::incidents;
use crate::messages::{self, Telling, Weight};
use crate::people::{self, Role};
use crate::work;
use std::collections::BTreeSet;

/// Puts a happening into the inboxes of those whom it concerns (C13).
pub(super) async fn spread(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    let by_office = call.actor().staff.is_some();
    let telling = || Telling::Happened { happening: happening.clone() };
    if let Some(weight) = weight_at_home(happening, by_office) {
        let readers = {
            let now = call.now;
            store::list_readers(call.db(), request, now).await?
        };
        messages::tell_home(call, &readers, &telling(), request.into(), weight).await?;
    }
    let staff = match happening {
        Happening::Commented { .. } if !by_office => of(call, request, request.accountable).await?,
        Happening::Appointed { .. } => {
            let mut staff = of(call, request, request.accountable).await?;
            for assignee in work::store::list_assignees(call.db(), request.estate, request.id).await? {
                staff.extend(of(call, request, Some(assignee)).await?);
            }
            staff
        }
        Happening::Orphaned { holder, .. } => of(call, request, Some(*holder)).await?,
        Happening::AssessmentAsked { .. } => above(call, request, None).await?,
        Happening::IncidentProposed { .. } => incidents::deciders(call, request.estate).await?,
        Happening::FollowedUp(_) => leaders(call, request).await?,
        Happening::Dispatched { assignee, .. } => of(call, request, *assignee).await?,
        Happening::Disputed { .. } | Happening::PromiseLapsed { .. } | Happening::ClockMissed { .. } => {
            let mut staff = of(call, request, request.accountable).await?;
            staff.extend(above(call, request, request.accountable).await?);
            staff
        }
        Happening::OrphanMissed { holder, .. } => {
            let mut staff = of(call, request, Some(*holder)).await?;
            staff.extend(above(call, request, Some(*holder)).await?);
            staff
        }
        _ => Vec::new(),
    };
    messages::tell(call, &staff, &telling(), request.into()).await
}

/// What residents are told besides finding it on the matter's page (C13): that the desk took it down for them, every
/// change of its stage or of what they were promised, a word of the office's, and how it ends. Of what they do
/// themselves nobody tells them.
fn weight_at_home(happening: &Happening, by_office: bool) -> Option<Weight> {
    match happening {
        Happening::Received { .. } => by_office.then_some(Weight::Step),
        Happening::Commented { .. } => by_office.then_some(Weight::Apart),
        Happening::Appointed { .. } => by_office.then_some(Weight::News),
        Happening::PromiseLapsed { .. } | Happening::Assessed { .. } => Some(Weight::Apart),
        Happening::Triaged { .. }
        | Happening::Dispatched { .. }
        | Happening::OrderAccepted { .. }
        | Happening::Arrived { .. }
        | Happening::Resumed { .. }
        | Happening::Completed { .. }
        | Happening::WentOn
        | Happening::BackAtDesk
        | Happening::WindowWithdrawn { .. }
        | Happening::Unlinked { .. }
        | Happening::Shared { .. }
        | Happening::ContactAttempted { .. }
        | Happening::Disputed { .. } => Some(Weight::Step),
        Happening::Promised { .. }
        | Happening::SetOut { .. }
        | Happening::WindowOffered { .. }
        | Happening::Waiting { .. }
        | Happening::Paused { .. }
        | Happening::Done
        | Happening::Linked { .. }
        | Happening::Unconfirmed { .. }
        | Happening::Confirmed
        | Happening::Reopened
        | Happening::Archived
        | Happening::Declined { .. }
        | Happening::Cancelled { .. }
        | Happening::MarkedDuplicate { .. } => Some(Weight::News),
        // Whoever of the other matter did it, to this one it came from the office.
        Happening::Echoed { happening } => weight_at_home(happening, true),
        _ => None,
    }
}

async fn of(call: &mut Call, request: &Request, staff: Option<StaffId>) -> Result<Vec<AccountId>, Fault> {
    let Some(staff) = staff else { return Ok(Vec::new()) };
    let account = people::store::find_account_of(call.db(), request.estate, staff).await?;
    Ok(account.into_iter().collect())
}

/// Who stands above those who look after it: the department's supervisors, else its heads, else the site manager. Whoever
/// holds it escalates to nobody below them, nor to themselves.
async fn above(call: &mut Call, request: &Request, holder: Option<StaffId>) -> Result<Vec<AccountId>, Fault> {
    let own = of(call, request, holder).await?;
    let (estate, theirs) = (request.estate, Some(request.department));
    let mut above = Vec::new();
    for (role, department) in [(Role::Supervisor, theirs), (Role::Head, theirs), (Role::SiteManager, None)] {
        let mut found = people::store::list_in_role(call.db(), estate, role, department).await?;
        if found.iter().any(|account| own.contains(account)) {
            above.clear();
            found.retain(|account| !own.contains(account));
        }
        if above.is_empty() {
            above = found;
        }
    }
    Ok(above)
}

/// The supervisors and heads of the departments that look after it or were sent to it; the site manager where they have
/// none.
async fn leaders(call: &mut Call, request: &Request) -> Result<Vec<AccountId>, Fault> {
    let estate = request.estate;
    let mut theirs: BTreeSet<DepartmentId> = [request.department].into();
    theirs.extend(work::store::list_sent(call.db(), estate, request.id).await?);
    let mut found = BTreeSet::new();
    for department in theirs {
        for role in [Role::Supervisor, Role::Head] {
            found.extend(people::store::list_in_role(call.db(), estate, role, Some(department)).await?);
        }
    }
    if found.is_empty() {
        found.extend(people::store::list_in_role(call.db(), estate, Role::SiteManager, None).await?);
    }
    Ok(found.into_iter().collect())
}
