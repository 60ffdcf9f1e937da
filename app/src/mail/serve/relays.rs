use super::super::model::{PassedHow, Relay};
use super::super::rules::{MessageForm, Whom};
use super::super::store;
use super::{name_at, record, those};
use crate::call::Call;
use crate::desk::{self, LeftWords};
use crate::estate::Zone;
use crate::fault::{Fault, Note};
use crate::ids::{AccountId, ContactId, StaffId};
use crate::messages::{self, About, Telling, Weight};
use crate::people;
use crate::requests::Version;

/// Somebody leaves words for somebody else: they stand in the register of contacts, and whom they are for is told.
pub async fn take_message(form: MessageForm) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let (now, estate) = (call.now, staff.estate);
    let message = form.read(&Zone::of(&staff.zone), now)?;
    let (addressee, home, to) = match message.whom {
        Whom::Home(unit, party) => {
            let (name, home) = name_at(&mut call, estate, unit, party).await?;
            (name, Some(home), store::list_accounts(call.db(), estate, unit, party, (now, now)).await?)
        }
        Whom::Colleague(id) => {
            let nobody = || Fault::field("who", Note::NotAChoice);
            let account = people::store::find_account_of(call.db(), estate, id).await?.ok_or_else(nobody)?;
            let colleague = people::store::find_person(call.db(), estate, id).await?.ok_or_else(nobody)?;
            (colleague.name, None, vec![account])
        }
    };
    let left = LeftWords {
        channel: message.channel,
        caller: message.caller.clone(),
        phone: message.phone.clone(),
        words: message.words.clone(),
        read_back: message.read_back,
        whom: addressee.clone(),
    };
    let id = desk::take_words(&mut call, &staff, left).await?;
    let (unit, party, colleague) = match message.whom {
        Whom::Home(unit, party) => (Some(unit), party, None),
        Whom::Colleague(id) => (None, None, Some(id)),
    };
    let relay = Relay {
        id,
        estate,
        version: 1,
        unit,
        party,
        staff: colleague,
        addressee,
        home,
        caller: message.caller,
        phone: message.phone,
        words: message.words,
        is_urgent: message.is_urgent,
        call_by: message.call_by,
        taken_at: now,
        passed_at: None,
        passed_how: None,
    };
    store::insert_relay(call.db(), &relay).await?;
    call.record(record(estate, id.0, "message_taken", unit)).await?;
    tell(&mut call, &relay, &to).await?;
    call.commit(()).await
}

async fn tell(call: &mut Call, relay: &Relay, to: &[AccountId]) -> Result<(), Fault> {
    let about = About { estate: relay.estate, request: None };
    let telling = Telling::Relay {
        relay: relay.id,
        from: relay.caller.clone(),
        phone: relay.phone.clone(),
        words: relay.words.clone(),
        call_by: relay.call_by,
        is_urgent: relay.is_urgent,
    };
    match relay.staff {
        Some(_) => messages::tell(call, to, &telling, about).await,
        None => messages::tell_home(call, to, &telling, about, Weight::Apart).await,
    }
}

/// The desk told them, by phone or in person.
pub async fn pass(id: ContactId, seen: Version, how: String) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let how = PassedHow::from_tag(&how).filter(|how| *how != PassedHow::Inbox);
    let how = how.ok_or(Fault::field("how", Note::NotAChoice))?;
    let relay = store::lock_relay(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    relay.seen_at(seen)?;
    reached(&mut call, relay, how, Some(staff.id)).await?;
    call.commit(()).await
}

/// Whoever lives there has read it.
pub async fn read(id: ContactId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let homes = call.as_resident()?.homes;
    let relay = store::lock_own_relay(call.db(), &homes, id).await?.ok_or(Fault::NotFound)?;
    reached(&mut call, relay, PassedHow::Inbox, None).await?;
    call.commit(()).await
}

/// Somebody has just read their inbox: the words that were left for them are delivered.
pub async fn was_read(call: &mut Call, account: AccountId) -> Result<(), Fault> {
    let now = call.now;
    for relay in store::lock_read(call.db(), account, now).await? {
        reached(call, relay, PassedHow::Inbox, None).await?;
    }
    Ok(())
}

async fn reached(call: &mut Call, mut relay: Relay, how: PassedHow, by: Option<StaffId>) -> Result<(), Fault> {
    relay.pass(how, call.now)?;
    store::save_relay(call.db(), &mut relay, by).await?;
    call.record(record(relay.estate, relay.id.0, "message_passed", relay.unit)).await
}
