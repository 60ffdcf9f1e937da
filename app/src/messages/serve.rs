use super::model::{About, Before, Inbox, Side, Telling, Weight};
use super::store;
use crate::call::Call;
use crate::fault::{Fault, Note};
use crate::happenings::Record;
use crate::ids::{AccountId, MessageId, RequestId};
use crate::live::Room;
use crate::mail;
use serde_json::json;

/// Tells each of these members of staff, in this call's transaction; their screens show it after the commit. Whoever
/// did it themselves is left out.
pub async fn tell(call: &mut Call, to: &[AccountId], telling: &Telling, about: About) -> Result<(), Fault> {
    put(call, Side::Office, to, telling, about).await.map(drop)
}

/// What a resident was told of a matter in a call that is under way.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    account: AccountId,
    request: RequestId,
    message: MessageId,
    weight: Weight,
}

/// Tells each of these residents, but for whoever did it. Steps of one transaction are one message at home.
pub async fn tell_home(
    call: &mut Call,
    to: &[AccountId],
    telling: &Telling,
    about: About,
    weight: Weight,
) -> Result<(), Fault> {
    let Some(request) = about.request.filter(|_| weight < Weight::Apart) else {
        return put(call, Side::Home, to, telling, about).await.map(drop);
    };
    let mut first = Vec::new();
    for account in to {
        let before = call.told.iter_mut().find(|told| told.account == *account && told.request == request);
        match before {
            None => first.push(*account),
            Some(before) if before.weight <= weight => {
                before.weight = weight;
                let message = before.message;
                store::retell(call.db(), about.estate, message, telling).await?;
            }
            Some(_) => {}
        }
    }
    let told = put(call, Side::Home, &first, telling, about).await?;
    call.told.extend(told.into_iter().map(|(account, message)| Told { account, request, message, weight }));
    Ok(())
}

async fn put(
    call: &mut Call,
    side: Side,
    to: &[AccountId],
    telling: &Telling,
    about: About,
) -> Result<Vec<(AccountId, MessageId)>, Fault> {
    let own = call.actor().account;
    let mut to: Vec<_> = to.iter().copied().filter(|account| Some(*account) != own).collect();
    to.sort_unstable();
    to.dedup();
    let ids = to.iter().map(|_| call.id()).collect::<Result<Vec<MessageId>, _>>()?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let now = call.now;
    let beats = store::insert(call.db(), side, &to, &ids, telling, about, now).await?;
    call.announce(beats);
    Ok(to.into_iter().zip(ids).collect())
}

/// A page of the caller's own inbox.
pub async fn inbox(side: String, before: Option<Before>) -> Result<Inbox, Fault> {
    let side = Side::from_tag(&side).ok_or(Fault::field("side", Note::NotAChoice))?;
    let mut call = Call::read().await?;
    let account = call.viewer.account()?;
    let (messages, next) = store::list(call.db(), account, side, before).await?;
    Ok(Inbox { messages, next, wall: call.wall() })
}

/// Read up to there; another's message looks as if it did not exist.
pub async fn read(until: MessageId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let account = call.viewer.account()?;
    let now = call.now;
    let estate = store::mark_read(call.db(), account, until, now).await?.ok_or(Fault::NotFound)?;
    mail::was_read(&mut call, account).await?;
    call.record(Record {
        estate,
        room: Room::Messages,
        subject: until.0,
        kind: "read",
        is_public: false,
        is_heard_at_home: false,
        unit: None,
        reader: Some(account),
        details: json!({}),
    })
    .await?;
    call.commit(()).await
}
