use super::super::model::ServiceNews;
use super::super::rules::Due;
use super::super::store;
use super::{bundle, news, record, service_of};
use crate::backend::Backend;
use crate::bookings::PartEnd;
use crate::call::Call;
use crate::due::{Turn, look};
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::{BookingId, EstateId, ServiceOrderId, StaffId};
use crate::live::Room;
use crate::people::Staff;
use crate::requests;
use serde_json::json;
use uuid::Uuid;

/// What becomes of orders by themselves: what the office owes and has not done is told, a price that nobody signed lapses,
/// and nobody waits for ever for a word about what came. Whether there was any.
pub async fn settle_due(backend: &Backend) -> Result<bool, Fault> {
    look("service orders", |aside| turn(backend, aside)).await
}

async fn turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, id)) = store::find_due(call.db(), &aside, now).await? else {
        return Ok(Turn::Over);
    };
    Ok(Turn::of(id.0, settle(call, estate, id).await))
}

async fn settle(mut call: Call, estate: EstateId, id: ServiceOrderId) -> Result<(), Fault> {
    let now = call.now;
    let mut order = store::lock(call.db(), store::Sight::all(estate), id).await?.ok_or(Fault::NotFound)?;
    let service = service_of(&mut call, &order).await?;
    match order.due(now) {
        // Another replica was faster.
        None => {}
        Some(Due::Late) => {
            order.told_late_at = Some(now);
            store::save(call.db(), &mut order, now).await?;
            call.note(record(&order, "late")).await?;
            news::tell_late(&mut call, &order, &service.names).await?;
        }
        Some(Due::Lapse) => {
            order.lapse(now)?;
            store::save(call.db(), &mut order, now).await?;
            call.note(record(&order, "lapsed")).await?;
            bundle::release(&mut call, &order, PartEnd::Unsigned).await?;
            news::tell(&mut call, &order, &service.names, ServiceNews::Lapsed).await?;
        }
        Some(Due::Unconfirm) => {
            order.unconfirm(now)?;
            store::save(call.db(), &mut order, now).await?;
            call.note(record(&order, "unconfirmed")).await?;
            if order.bill(now)? {
                store::save(call.db(), &mut order, now).await?;
                call.note(record(&order, "billed")).await?;
            }
            news::tell(&mut call, &order, &service.names, ServiceNews::Unconfirmed).await?;
        }
    }
    call.commit(()).await
}

/// Nobody answered a booking in time that is a part of an order under way: whoever answers for the order is told, and sees
/// what becomes of it.
pub async fn part_lapsed(call: &mut Call, estate: EstateId, booking: BookingId) -> Result<(), Fault> {
    let Some(card) = store::find_whole(call.db(), estate, booking).await? else { return Ok(()) };
    news::tell_holder(call, &card.order, &card.service, ServiceNews::PartLapsed).await
}

/// Somebody leaves the office: what they answer for, the duty officer does from now on, who never leaves unrelieved. Of what
/// they were to deliver, whoever answers for it is told.
pub async fn hand_over(call: &mut Call, staff: &Staff, from: StaffId) -> Result<(), Fault> {
    let (_, duty_officer) = requests::store::find_desk(call.db(), staff.estate).await?.ok_or(Fault::NotAllowed)?;
    for order in store::hand_over(call.db(), staff.estate, (from, duty_officer)).await? {
        call.record(Record {
            room: Room::Concierge,
            ..Record::of_office(staff.estate, order, "handed_over", json!({ "to": duty_officer }))
        })
        .await?;
    }
    for card in store::list_delivered_by(call.db(), staff.estate, from).await? {
        news::tell_holder(call, &card.order, &card.service, ServiceNews::NobodyDelivers).await?;
    }
    Ok(())
}
