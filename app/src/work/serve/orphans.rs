use super::super::model::{Orphan, Orphans};
use super::super::store;
use super::reason;
use crate::backend::{Backend, broken};
use crate::call::Call;
use crate::due::{self, Turn};
use crate::fault::{Fault, Refusal};
use crate::ids::{EstateId, RequestId, StaffId};
use crate::moment::Moment;
use crate::people::{self, Power, Staff};
use crate::policy;
use crate::requests::{self, Happening, Request, tell};
use chrono::Duration;
use uuid::Uuid;

/// Hands over what somebody holds who leaves: whoever stands above them holds it since, and is in touch with each
/// resident within the policy's hours (C10: 48).
pub async fn orphan(call: &mut Call, by: &Staff, leaver: StaffId) -> Result<(), Fault> {
    let held = store::list_held(call.db(), by.estate, leaver).await?;
    if held.is_empty() {
        return Ok(());
    }
    let holder = store::find_successor(call.db(), by.estate, leaver).await?.ok_or(Refusal::StillAnswers)?;
    let contact_by = contact_by(call, by.estate).await?;
    for id in held {
        let Some(mut case) = requests::store::lock_any(call.db(), by.estate, id).await? else { continue };
        let (is_held, orders) = case.hand_over(leaver, holder);
        for (order, is_handed) in case.orders.iter_mut().zip(orders) {
            if is_handed {
                store::save(call.db(), order).await?;
            }
        }
        let happening = leave_behind(call, &case.request, (leaver, holder), contact_by).await?;
        if is_held {
            requests::keep(call, &mut case.request, &happening, &[]).await?;
        } else {
            tell(call, &case.request, &happening, &[]).await?;
        }
    }
    Ok(())
}

/// A matter comes back though whoever answered for it has left: who stands above them does from now on, else the duty
/// officer. What happened to it, to be told once the request is kept; none where they still work here.
pub async fn adopt(call: &mut Call, request: &mut Request) -> Result<Option<Happening>, Fault> {
    let (estate, Some(leaver)) = (request.estate, request.accountable) else { return Ok(None) };
    if people::store::find_account_of(call.db(), estate, leaver).await?.is_some() {
        return Ok(None);
    }
    let successor = store::find_successor(call.db(), estate, leaver).await?;
    let desk = requests::store::find_desk(call.db(), estate).await?.map(|(_, officer)| officer);
    let holder = successor.or(desk).ok_or_else(|| broken("an estate where nobody answers", &estate))?;
    request.accountable = Some(holder);
    let contact_by = contact_by(call, estate).await?;
    leave_behind(call, request, (leaver, holder), contact_by).await.map(Some)
}

/// By when somebody is in touch with the resident of what is left behind now.
async fn contact_by(call: &mut Call, estate: EstateId) -> Result<Moment, Fault> {
    let now = call.now;
    let (policy, _) = policy::in_force(call, estate, now).await?;
    Ok(now + Duration::hours(policy.terms.desk.orphan_hours.into()))
}

/// The hours begin, where there is somebody to be in touch with.
async fn leave_behind(
    call: &mut Call,
    request: &Request,
    (leaver, holder): (StaffId, StaffId),
    contact_by: Moment,
) -> Result<Happening, Fault> {
    if request.is_nobodys() {
        return Ok(Happening::Orphaned { holder, contact_by: None });
    }
    let (row, now, matter) = (call.id()?, call.now, (request.estate, request.id));
    store::insert_orphan(call.db(), row, matter, (leaver, holder), now, contact_by).await?;
    Ok(Happening::Orphaned { holder, contact_by: Some(contact_by) })
}

/// The orphaned matters that the caller sees.
pub async fn orphans() -> Result<Orphans, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let rows = store::list_orphans(call.db(), scope).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.request).collect();
    let cards = requests::store::list_cards(call.db(), scope.estate, &ids).await?;
    let all = rows.into_iter().filter_map(|row| {
        let card = cards.iter().find(|card| card.id == row.request)?.clone();
        Some(Orphan { card, left: row.left, holder: row.holder, orders: row.orders, contact_by: row.contact_by })
    });
    Ok(Orphans { all: all.collect(), wall: call.wall() })
}

/// Somebody was in touch with the resident of an orphaned matter, and writes what was said.
pub async fn contact_orphan(id: RequestId, words: String) -> Result<(), Fault> {
    let words = reason("words", &words)?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let case = requests::store::lock(call.db(), staff.matters()?, id).await?.ok_or(Fault::NotFound)?;
    staff.needs(Power::Promise)?;
    let now = call.now;
    if !store::contact_orphan(call.db(), (staff.estate, id), &words, staff.id, now).await? {
        return Err(Refusal::AlreadyMoved.into());
    }
    tell(&mut call, &case.request, &Happening::OrphanContacted { words }, &[]).await?;
    call.commit(()).await
}

/// Tells of every orphaned matter with whose resident nobody was in touch in time; `false` where there is none.
pub async fn tell_due(backend: &Backend) -> Result<bool, Fault> {
    due::look("an orphaned matter", |aside| miss(backend, aside)).await
}

async fn miss(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((id, holder, contact_by)) = store::take_missed(call.db(), now, &aside).await? else {
        return Ok(Turn::Over);
    };
    Ok(Turn::of(id.0, tell_of_miss(call, id, Happening::OrphanMissed { holder, contact_by }).await))
}

async fn tell_of_miss(mut call: Call, id: RequestId, missed: Happening) -> Result<(), Fault> {
    let request = requests::store::read(call.db(), id).await?.request;
    tell(&mut call, &request, &missed, &[]).await?;
    call.commit(()).await
}
