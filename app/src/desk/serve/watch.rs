use super::super::model::{Contact, ContactStage, DeskHappening, News};
use super::super::store;
use super::{keep, record_of, tell};
use crate::backend::Backend;
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::AccountId;
use crate::people::{self, Role};
use crate::policy;
use crate::requests::{Happening, Request};

/// A contact follows the request that it became.
pub async fn follow(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    if !is_heard(happening) {
        return Ok(());
    }
    let Some(mut contact) = store::lock_of(call.db(), request.estate, request.id).await? else { return Ok(()) };
    overdue(call, &contact).await?;
    let now = call.now;
    let (policy, _) = policy::store::in_force(call.db(), contact.estate, contact.received_at).await?;
    let stops_at = policy.terms.desk.stops_at;
    match contact.follow(stops_at, happening, request.accountable, now) {
        Some(happening) => keep(call, &mut contact, &happening).await,
        None => Ok(()),
    }
}

fn is_heard(happening: &Happening) -> bool {
    matches!(
        happening,
        Happening::Triaged { .. }
            | Happening::TakenOver
            | Happening::Orphaned { .. }
            | Happening::Shared { .. }
            | Happening::Dispatched { .. }
            | Happening::OrderAccepted { .. }
            | Happening::SetOut { .. }
            | Happening::Arrived { .. }
            | Happening::Done
            | Happening::Declined { .. }
            | Happening::Cancelled { .. }
            | Happening::MarkedDuplicate { .. }
    )
}

/// Records what was missed until now while the contact is as it is: the breach on whoever holds it, and each rung of
/// the chain, once. Every move calls it before it moves anything, so that nothing depends on how often a job looks.
pub(super) async fn overdue(call: &mut Call, contact: &Contact) -> Result<(), Fault> {
    let now = call.now;
    if contact.wall_stopped_at.is_some() || !contact.is_breached(now) {
        return Ok(());
    }
    if store::insert_breach(call.db(), contact, now).await? {
        let happening = DeskHappening::WallBreached { holder: contact.holder };
        call.note(record_of(contact.estate, contact.id.0, &happening)).await?;
        let holder = people::store::find_account_of(call.db(), contact.estate, contact.holder).await?;
        tell(call, holder.as_slice(), contact, News::Breached).await?;
    }
    let (policy, _) = policy::store::in_force(call.db(), contact.estate, contact.received_at).await?;
    for index in contact.due_rungs(&policy.terms.desk, now) {
        let Some(rung) = policy.terms.desk.chain.get(index) else { continue };
        let number = i32::try_from(index).unwrap_or(i32::MAX);
        if store::insert_rung(call.db(), contact, number, rung.role, now).await? {
            let above = above(call, contact, rung.role).await?;
            tell(call, &above, contact, News::Breached).await?;
        }
    }
    Ok(())
}

/// Those of a role over the holder's department; of the whole office where it has none.
async fn above(call: &mut Call, contact: &Contact, role: Role) -> Result<Vec<AccountId>, Fault> {
    let theirs = store::find_department(call.db(), contact.estate, contact.holder).await?;
    let own = people::store::list_in_role(call.db(), contact.estate, role, Some(theirs)).await?;
    if own.is_empty() { people::store::list_in_role(call.db(), contact.estate, role, None).await } else { Ok(own) }
}

/// Looks at one contact whose time has come; `false` where there is none. A job calls it until then. Replicas may do
/// so side by side: each contact is one replica's.
pub async fn tell_due(backend: &Backend) -> Result<bool, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some(contact) = store::lock_watched(call.db(), now).await? else { return Ok(false) };
    overdue(&mut call, &contact).await?;
    if let ContactStage::Promised { reply_by } = contact.stage
        && reply_by <= now
    {
        call.note(record_of(contact.estate, contact.id.0, &DeskHappening::ReplyMissed)).await?;
        let holder = people::store::find_account_of(call.db(), contact.estate, contact.holder).await?;
        let mut to = above(&mut call, &contact, Role::Supervisor).await?;
        to.extend(holder);
        tell(&mut call, &to, &contact, News::ReplyMissed).await?;
    }
    let (policy, _) = policy::store::in_force(call.db(), contact.estate, contact.received_at).await?;
    store::watch(call.db(), &contact, contact.next_look(&policy.terms.desk, now)).await?;
    call.commit(true).await
}
