use super::super::model::{ServiceNews, ServiceOrder};
use super::super::store;
use super::{bill, bundle, keep, news, service_of, waits};
use crate::bookings::PartEnd;
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::ServiceOrderId;
use crate::people::Resident;
use crate::requests::{Rating, Version};

/// An order of the caller's, locked, at the version that they saw.
pub(super) async fn theirs(id: ServiceOrderId, seen: Version) -> Result<(Call, ServiceOrder), Fault> {
    let mut call = Call::open().await?;
    let account = call.as_resident()?.person.account;
    let order = store::lock_own(call.db(), account, id).await?.ok_or(Fault::NotFound)?;
    order.seen_at(seen)?;
    Ok((call, order))
}

/// Whether its person still lives or works where it is for.
pub(super) fn is_at_home(resident: &Resident, order: &ServiceOrder) -> bool {
    resident.homes.iter().any(|home| home.unit.id == order.unit)
}

/// They do not want it any more.
pub async fn withdraw(id: ServiceOrderId, seen: Version) -> Result<(), Fault> {
    let (mut call, mut order) = theirs(id, seen).await?;
    let is_to_deliver = order.is_to_deliver();
    order.withdraw(call.now)?;
    keep(&mut call, &mut order, "withdrawn").await?;
    bundle::release(&mut call, &order, PartEnd::GivenBack).await?;
    let service = service_of(&mut call, &order).await?;
    news::tell_holder(&mut call, &order, &service.names, ServiceNews::Withdrawn).await?;
    if is_to_deliver {
        news::tell_deliverer(&mut call, &order, &service, ServiceNews::Withdrawn).await?;
    }
    call.commit(()).await
}

/// It is as it should be: what is paid is ready for the ledger in the same moment.
pub async fn accept(id: ServiceOrderId, seen: Version, rating: Option<Rating>) -> Result<(), Fault> {
    let (mut call, mut order) = theirs(id, seen).await?;
    order.accept(call.now)?;
    if let Some(rating) = rating {
        order.rate(rating, None)?;
    }
    keep(&mut call, &mut order, "accepted").await?;
    bill(&mut call, &mut order).await?;
    call.commit(()).await
}

/// It is not as it should be: it is done again.
pub async fn send_back(id: ServiceOrderId, seen: Version, words: String) -> Result<(), Fault> {
    let (mut call, mut order) = theirs(id, seen).await?;
    let now = call.now;
    let waits = waits(&mut call, order.estate).await?;
    order.send_back(&words, waits, now)?;
    keep(&mut call, &mut order, "sent_back").await?;
    if let Some(due) = order.promised_at {
        let words = order.reason.clone();
        store::insert_promise(call.db(), &order, due, (words.as_deref(), None), now).await?;
    }
    let service = service_of(&mut call, &order).await?;
    let news = ServiceNews::SentBack { words: order.reason.clone().unwrap_or_default() };
    news::tell_holder(&mut call, &order, &service.names, news.clone()).await?;
    news::tell_deliverer(&mut call, &order, &service, news).await?;
    call.commit(()).await
}

/// They will not have it.
pub async fn refuse(id: ServiceOrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let (mut call, mut order) = theirs(id, seen).await?;
    order.refuse(&reason, call.now)?;
    keep(&mut call, &mut order, "refused").await?;
    let service = service_of(&mut call, &order).await?;
    let news = ServiceNews::Refused { words: order.reason.clone().unwrap_or_default() };
    news::tell_holder(&mut call, &order, &service.names, news).await?;
    call.commit(()).await
}

/// How it was, once.
pub async fn rate(id: ServiceOrderId, seen: Version, rating: Rating, words: Option<String>) -> Result<(), Fault> {
    let (mut call, mut order) = theirs(id, seen).await?;
    order.rate(rating, words.as_deref())?;
    keep(&mut call, &mut order, "rated").await?;
    call.commit(()).await
}
