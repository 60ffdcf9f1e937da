use super::super::intake::{reply_by, transfer_to};
use super::super::model::{Contact, ContactBook, ContactKind, DeskHappening, Earlier, News, Transfer};
use super::super::rules::ReplyEnd;
use super::super::store;
use super::watch::overdue;
use super::{keep, offered_to, tell};
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note, Notes};
use crate::ids::{ContactId, StaffId};
use crate::people::{self, Power, Staff};
use crate::requests::{self, Case, Channel, LONGEST_REASON, LONGEST_WORDS, Version};

/// Solved: what was said. An offer that nobody decided falls with it.
pub async fn answer(id: ContactId, seen: Version, typed: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let words = notes.text("words", &typed, LONGEST_WORDS);
    notes.check()?;
    let (mut call, staff, mut contact) = ours(id, seen).await?;
    let (now, offer) = (call.now, contact.offer.clone());
    let happening = contact.answer(&staff, words, now)?;
    if let Some(offer) = offer {
        store::decide_transfer(call.db(), staff.estate, offer.id, "withdrawn", Some(staff.id), None, now).await?;
    }
    // One whose time had passed has ended already: it was missed.
    store::end_promise(call.db(), &contact, ReplyEnd::Kept, now).await?;
    keep(&mut call, &mut contact, &[happening]).await?;
    call.commit(()).await
}

/// A reply is promised, or promised anew; each is a record of its own.
pub async fn promise(id: ContactId, seen: Version, typed: String, why: Option<String>) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let by = reply_by(&mut notes, &typed);
    let why = notes.optional("reason", why.as_deref(), LONGEST_REASON);
    notes.check()?;
    let (mut call, staff, mut contact) = ours(id, seen).await?;
    let by = by.and_then(|by| estate::instant(&staff.zone, by)).ok_or(Fault::field("reply_by", Note::Malformed))?;
    let now = call.now;
    let happening = contact.promise(&staff, None, by, why.clone(), now, now)?;
    store::end_promise(call.db(), &contact, ReplyEnd::Superseded, now).await?;
    store::insert_promise(call.db(), &contact, by, staff.id, why.as_deref(), now).await?;
    keep(&mut call, &mut contact, &[happening]).await?;
    call.commit(()).await
}

/// Offers it to a colleague or a department (B5).
pub async fn offer(id: ContactId, seen: Version, to: String, note: Option<String>) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let to = transfer_to(&to);
    if to.is_none() {
        notes.add("to", Note::NotAChoice);
    }
    let note = notes.optional("note", note.as_deref(), LONGEST_REASON);
    notes.check()?;
    let to = to.ok_or(Fault::field("to", Note::NotAChoice))?;
    let (mut call, staff, mut contact) = ours(id, seen).await?;
    let is_live = match contact.request {
        Some(request) => requests::store::read(call.db(), request).await?.request.stage.is_open(),
        None => false,
    };
    let offer = Transfer { id: call.id()?, to, note };
    let happening = contact.offer(&staff, offer.clone(), is_live)?;
    let (now, told) = (call.now, offered_to(&mut call, &contact, to).await?);
    store::insert_transfer(call.db(), &contact, &offer, now).await?;
    keep(&mut call, &mut contact, &[happening]).await?;
    tell(&mut call, &told, &contact, News::Offered).await?;
    call.commit(()).await
}

/// Whoever accepts holds it from now on, and answers for the request that it became.
pub async fn accept(id: ContactId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, case, mut contact) = ours_with_request(id, seen).await?;
    let (now, before, offer) = (call.now, contact.holder, contact.offer.clone());
    let happening = contact.accept(&staff, now)?;
    if let Some(offer) = offer {
        store::decide_transfer(call.db(), staff.estate, offer.id, "accepted", Some(staff.id), None, now).await?;
    }
    take(call, &staff, contact, happening, case, before).await
}

/// Whoever is first at the desk takes what came in by itself, and answers for its request; the others find who has it.
pub async fn claim(id: ContactId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, case, mut contact) = ours_with_request(id, seen).await?;
    let (now, before) = (call.now, contact.holder);
    let happening = contact.claim(&staff)?;
    store::insert_claim(call.db(), &contact, staff.id, now).await?;
    // The duty officer may claim what is theirs already.
    let case = case.filter(|case| case.request.accountable != Some(staff.id));
    take(call, &staff, contact, happening, case, before).await
}

/// Somebody has it from now on: saved, with its request, which they answer for; whoever held it before is told.
async fn take(
    mut call: Call,
    by: &Staff,
    mut contact: Contact,
    happening: DeskHappening,
    case: Option<Case>,
    before: StaffId,
) -> Result<(), Fault> {
    keep(&mut call, &mut contact, &[happening]).await?;
    if let Some(mut case) = case {
        let happening = case.request.take_over(by)?;
        requests::keep(&mut call, &mut case.request, &happening, &[]).await?;
    }
    let before = people::store::find_account_of(call.db(), by.estate, before).await?;
    tell(&mut call, before.as_slice(), &contact, News::Accepted).await?;
    call.commit(()).await
}

/// It stays with whoever holds it, who is told why.
pub async fn refuse(id: ContactId, seen: Version, typed: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let reason = notes.text("reason", &typed, LONGEST_REASON);
    notes.check()?;
    let (mut call, staff, mut contact) = ours(id, seen).await?;
    let (now, offer) = (call.now, contact.offer.clone());
    let happening = contact.refuse(&staff, reason.clone())?;
    if let Some(offer) = offer {
        let by = Some(staff.id);
        store::decide_transfer(call.db(), staff.estate, offer.id, "refused", by, Some(&reason), now).await?;
    }
    keep(&mut call, &mut contact, &[happening]).await?;
    let holder = people::store::find_account_of(call.db(), staff.estate, contact.holder).await?;
    tell(&mut call, holder.as_slice(), &contact, News::Refused { reason }).await?;
    call.commit(()).await
}

/// Nobody has accepted it, and whoever holds it thinks better of it.
pub async fn withdraw(id: ContactId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, mut contact) = ours(id, seen).await?;
    let (now, offer) = (call.now, contact.offer.clone());
    let happening = contact.withdraw(&staff)?;
    if let Some(offer) = offer {
        store::decide_transfer(call.db(), staff.estate, offer.id, "withdrawn", Some(staff.id), None, now).await?;
    }
    keep(&mut call, &mut contact, &[happening]).await?;
    call.commit(()).await
}

/// What is offered to a colleague who leaves stays with whoever holds it; they are told.
pub async fn take_back(call: &mut Call, by: &Staff, leaver: StaffId) -> Result<(), Fault> {
    let now = call.now;
    for id in store::list_offered(call.db(), by.estate, leaver).await? {
        let Some(mut contact) = store::lock(call.db(), by.estate, id).await? else { continue };
        overdue(call, &contact).await?;
        // It may have been decided before it was locked.
        let Some((offer, happening)) = contact.offer.clone().zip(contact.lose(leaver)) else { continue };
        store::decide_transfer(call.db(), by.estate, offer.id, "withdrawn", Some(by.id), None, now).await?;
        keep(call, &mut contact, &[happening]).await?;
        let holder = people::store::find_account_of(call.db(), by.estate, contact.holder).await?;
        tell(call, holder.as_slice(), &contact, News::Left).await?;
    }
    Ok(())
}

/// A page of the register: the desk's and supervisors'.
pub async fn contacts(
    channel: Option<String>,
    kind: Option<String>,
    before: Option<Earlier>,
) -> Result<ContactBook, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Promise)?;
    let channel = channel.as_deref().and_then(Channel::from_tag);
    let kind = kind.as_deref().and_then(ContactKind::from_tag);
    let (contacts, next) = store::list_register(call.db(), &staff, channel, kind, before).await?;
    Ok(ContactBook { contacts, next, wall: call.wall() })
}

/// A call about a contact of the estate, locked at the version that was seen, with what was missed until now recorded.
async fn ours(id: ContactId, seen: Version) -> Result<(Call, Staff, Contact), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let contact = locked(&mut call, &staff, id, seen).await?;
    Ok((call, staff, contact))
}

/// The same with the request that it became, locked first: a contact follows every move of its request.
async fn ours_with_request(id: ContactId, seen: Version) -> Result<(Call, Staff, Option<Case>, Contact), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let case = match store::find_request(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)? {
        Some(request) => requests::store::lock_any(call.db(), staff.estate, request).await?,
        None => None,
    };
    let contact = locked(&mut call, &staff, id, seen).await?;
    Ok((call, staff, case, contact))
}

async fn locked(call: &mut Call, staff: &Staff, id: ContactId, seen: Version) -> Result<Contact, Fault> {
    let contact = store::lock(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    let sees = contact.may_move(staff) || contact.is_offered_to(staff) || staff.can(Power::Promise);
    // Whoever was asked and comes too late learns that it has moved on.
    if !sees && !store::was_offered_to(call.db(), &contact, staff).await? {
        return Err(Fault::NotFound);
    }
    contact.seen_at(seen)?;
    overdue(call, &contact).await?;
    Ok(contact)
}
