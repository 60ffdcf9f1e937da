use super::super::model::{ServiceNews, ServiceOrder};
use super::super::rules::{read_agency, read_time, read_words};
use super::super::store;
use super::{bundle, desk, keep, news, record, service_of, signing, waits};
use crate::bookings::PartEnd;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::{Fault, Note};
use crate::happenings::Record;
use crate::ids::ServiceOrderId;
use crate::people::Staff;
use crate::requests::Version;

/// An order of the caller's estate, locked, at the version that they saw.
pub(super) async fn ours(id: ServiceOrderId, seen: Version) -> Result<(Call, Staff, ServiceOrder), Fault> {
    let mut call = Call::open().await?;
    let staff = desk::those(&call)?;
    let order = store::lock(call.db(), store::Sight::all(staff.estate), id).await?.ok_or(Fault::NotFound)?;
    order.seen_at(seen)?;
    Ok((call, staff, order))
}

/// The same for those who deliver it, too.
async fn at_hand(id: ServiceOrderId, seen: Version) -> Result<(Call, Staff, ServiceOrder), Fault> {
    let mut call = Call::open().await?;
    let (staff, sight) = desk::sight(&call)?;
    let order = store::lock(call.db(), sight, id).await?.ok_or(Fault::NotFound)?;
    order.seen_at(seen)?;
    Ok((call, staff, order))
}

/// The office says what it costs.
pub async fn quote(id: ServiceOrderId, seen: Version, [hours, amount, note]: [Option<String>; 3]) -> Result<(), Fault> {
    let (mut call, _, mut order) = ours(id, seen).await?;
    let waits = waits(&mut call, order.estate).await?;
    order.quote([hours.as_deref(), amount.as_deref(), note.as_deref()], waits, call.now)?;
    keep(&mut call, &mut order, "quoted").await?;
    let service = service_of(&mut call, &order).await?;
    news::tell_price(&mut call, &order, &service.names).await?;
    call.commit(()).await
}

/// It is begun; what is gotten from an agency, by whom.
pub async fn start(id: ServiceOrderId, seen: Version, agency: Option<String>) -> Result<(), Fault> {
    let (mut call, _, mut order) = at_hand(id, seen).await?;
    let service = service_of(&mut call, &order).await?;
    let before = order.promised_at;
    let agency = agency.or_else(|| order.agency.clone());
    order.start(service.terms.lead_minutes, call.now)?;
    order.agency = read_agency(agency.as_deref(), service.terms.is_agency)?;
    keep(&mut call, &mut order, "begun").await?;
    signing::promised_by_terms(&mut call, &order, before).await?;
    news::tell(&mut call, &order, &service.names, ServiceNews::Begun).await?;
    call.commit(()).await
}

/// It came: now, or when that is typed.
pub async fn deliver(id: ServiceOrderId, seen: Version, arrived: Option<String>) -> Result<(), Fault> {
    let (mut call, staff, mut order) = at_hand(id, seen).await?;
    let arrived = read_time("arrived", arrived.as_deref(), &Zone::of(&staff.zone))?;
    let waits = waits(&mut call, order.estate).await?;
    order.deliver(arrived, waits, call.now)?;
    keep(&mut call, &mut order, "delivered").await?;
    let service = service_of(&mut call, &order).await?;
    news::tell(&mut call, &order, &service.names, ServiceNews::Came).await?;
    call.commit(()).await
}

/// Its person is told when it comes.
pub async fn promise(id: ServiceOrderId, seen: Version, until: String, reason: Option<String>) -> Result<(), Fault> {
    let (mut call, staff, mut order) = ours(id, seen).await?;
    let now = call.now;
    let until =
        read_time("until", Some(&until), &Zone::of(&staff.zone))?.ok_or(Fault::field("until", Note::Missing))?;
    let reason = order.promise(until, reason.as_deref(), now)?;
    keep(&mut call, &mut order, "promised").await?;
    store::insert_promise(call.db(), &order, until, (reason.as_deref(), Some(staff.id)), now).await?;
    let service = service_of(&mut call, &order).await?;
    news::tell(&mut call, &order, &service.names, ServiceNews::Promised { until }).await?;
    call.commit(()).await
}

/// What was asked, heard or done: the follow-up of what is gotten from others.
pub async fn note(id: ServiceOrderId, words: String) -> Result<(), Fault> {
    let words = read_words("words", &words)?;
    let mut call = Call::open().await?;
    let (staff, sight) = desk::sight(&call)?;
    let order = store::lock(call.db(), sight, id).await?.ok_or(Fault::NotFound)?;
    let (now, note) = (call.now, call.id()?);
    store::insert_note(call.db(), note, &order, &words, staff.id, now).await?;
    call.record(Record { is_public: false, is_heard_at_home: false, ..record(&order, "noted") }).await?;
    call.commit(()).await
}

/// The office cannot do it, or not again, and says why.
pub async fn decline(id: ServiceOrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let (mut call, _, mut order) = ours(id, seen).await?;
    order.decline(&reason, call.now)?;
    keep(&mut call, &mut order, "declined").await?;
    bundle::release(&mut call, &order, PartEnd::Declined).await?;
    let service = service_of(&mut call, &order).await?;
    let news = ServiceNews::Declined { reason: order.reason.clone().unwrap_or_default() };
    news::tell(&mut call, &order, &service.names, news).await?;
    call.commit(()).await
}

/// Its person will not pay, or it cannot be done again: somebody else decides.
pub async fn refer(id: ServiceOrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let (mut call, _, mut order) = ours(id, seen).await?;
    order.refer(&reason, call.now)?;
    keep(&mut call, &mut order, "referred").await?;
    call.commit(()).await
}

/// It is filed.
pub async fn archive(id: ServiceOrderId, seen: Version) -> Result<(), Fault> {
    let (mut call, _, mut order) = ours(id, seen).await?;
    order.archive(call.now)?;
    keep(&mut call, &mut order, "archived").await?;
    call.commit(()).await
}

/// The caller answers for it from now on.
pub async fn take(id: ServiceOrderId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, mut order) = ours(id, seen).await?;
    order.take(staff.id)?;
    keep(&mut call, &mut order, "taken").await?;
    call.commit(()).await
}
