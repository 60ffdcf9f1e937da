use super::super::model::{Contact, ContactStage, DeskHappening, News};
use super::super::rules::ReplyEnd;
use super::super::store;
use super::extras::tell_slip;
use super::{keep, press, record_of, tell, watch};
use crate::backend::Backend;
use crate::call::Call;
use crate::due::{self, Turn};
use crate::fault::Fault;
use crate::ids::{AccountId, ContactId, EstateId};
use crate::people::{self, Role};
use crate::policy;
use crate::requests::{Happening, Request};
use uuid::Uuid;

/// A contact follows the request that it became.
pub async fn follow(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    if !is_heard(happening) {
        return Ok(());
    }
    let Some(mut contact) = store::lock_of(call.db(), request.estate, request.id).await? else { return Ok(()) };
    overdue(call, &contact).await?;
    let now = call.now;
    let (policy, _) = policy::in_force(call, contact.estate, contact.received_at).await?;
    let (offer, urgency) = (contact.offer.clone(), contact.urgency);
    let heard = contact.follow(policy.terms.desk.stops_at, happening, request.accountable, now);
    if heard.is_empty() {
        return Ok(());
    }
    if let Some(offer) = offer.filter(|_| contact.offer.is_none()) {
        store::decide_transfer(call.db(), contact.estate, offer.id, "withdrawn", None, None, now).await?;
    }
    keep(call, &mut contact, &heard).await?;
    if contact.urgency > urgency { press(call, &contact).await } else { Ok(()) }
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

/// Records what was missed until now while the contact is as it is, each of it once. Every move calls it before it moves
/// anything, so that nothing depends on how often a job looks.
pub(super) async fn overdue(call: &mut Call, contact: &Contact) -> Result<(), Fault> {
    breach(call, contact).await?;
    leave_unanswered(call, contact).await?;
    miss_reply(call, contact).await
}

/// The three minutes, on whoever holds it, and each rung of the chain.
async fn breach(call: &mut Call, contact: &Contact) -> Result<(), Fault> {
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
    let (policy, _) = policy::in_force(call, contact.estate, contact.received_at).await?;
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

/// Its day (B7). Whoever accepted it stopped the wall by that, and still owes the caller a word.
async fn leave_unanswered(call: &mut Call, contact: &Contact) -> Result<(), Fault> {
    if contact.stage != ContactStage::Open {
        return Ok(());
    }
    let now = call.now;
    let (policy, zone) = policy::in_force(call, contact.estate, contact.received_at).await?;
    let answer_by = contact.answer_by(&policy.terms.desk, &zone);
    if answer_by > now || !store::insert_unanswered(call.db(), contact, answer_by, now).await? {
        return Ok(());
    }
    call.note(record_of(contact.estate, contact.id.0, &DeskHappening::LeftUnanswered)).await?;
    tell_both(call, contact, News::Unanswered).await
}

/// The reply that was promised (B4).
async fn miss_reply(call: &mut Call, contact: &Contact) -> Result<(), Fault> {
    let Some(reply_by) = contact.missed_reply(call.now) else { return Ok(()) };
    if !store::end_promise(call.db(), contact, ReplyEnd::Missed, reply_by).await? {
        return Ok(());
    }
    call.note(record_of(contact.estate, contact.id.0, &DeskHappening::ReplyMissed)).await?;
    tell_both(call, contact, News::ReplyMissed).await
}

/// Tells whoever holds it, and the supervisors over them.
async fn tell_both(call: &mut Call, contact: &Contact, news: News) -> Result<(), Fault> {
    let holder = people::store::find_account_of(call.db(), contact.estate, contact.holder).await?;
    let mut to = above(call, contact, Role::Supervisor).await?;
    to.extend(holder);
    tell(call, &to, contact, news).await
}

/// Those of a role over the holder's department; of the whole office where it has none.
async fn above(call: &mut Call, contact: &Contact, role: Role) -> Result<Vec<AccountId>, Fault> {
    let theirs = store::find_department(call.db(), contact.estate, contact.holder).await?;
    let own = people::store::list_in_role(call.db(), contact.estate, role, Some(theirs)).await?;
    if own.is_empty() { people::store::list_in_role(call.db(), contact.estate, role, None).await } else { Ok(own) }
}

/// Looks at every contact and every slip whose time has come; `false` where there is none. Replicas may do so side by
/// side: each is one replica's.
pub async fn tell_due(backend: &Backend) -> Result<bool, Fault> {
    let looked = due::look("a contact", |aside| look(backend, aside)).await;
    let told = due::look("a slip", |aside| tell_slip(backend, aside)).await;
    // One that fails leaves the other its turn.
    Ok(looked? | told?)
}

async fn look(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, id)) = store::lock_watched(call.db(), now, &aside).await? else { return Ok(Turn::Over) };
    Ok(Turn::of(id.0, look_at(call, estate, id).await))
}

async fn look_at(mut call: Call, estate: EstateId, id: ContactId) -> Result<(), Fault> {
    let contact = store::lock(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    overdue(&mut call, &contact).await?;
    watch(&mut call, &contact).await?;
    call.commit(()).await
}
