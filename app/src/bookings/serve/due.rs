use super::super::model::{Booking, BookingNews, BookingStage, Facility};
use super::super::rules::Due;
use super::super::store;
use super::{draw, news, offer, record, waiting};
use crate::backend::Backend;
use crate::call::Call;
use crate::concierge;
use crate::due::{Turn, look};
use crate::fault::Fault;
use crate::ids::{AccountId, BookingId, EstateId, FacilityId};
use uuid::Uuid;

/// Before somebody takes a slot of a facility: what is kept there for nobody any more is let go, and goes to whoever waits
/// for it. Returns what they hold there themselves while they fill in its form.
pub(super) async fn release(
    call: &mut Call,
    facility: &Facility,
    account: AccountId,
) -> Result<Option<Booking>, Fault> {
    let now = call.now;
    offer::freed(call, facility.estate, facility.id, Vec::new()).await?;
    store::find_held(call.db(), facility, account, now).await
}

/// It has no place any more, and nobody did it.
async fn end(call: &mut Call, booking: &mut Booking, kind: &'static str) -> Result<(), Fault> {
    offer::end(call, booking).await?;
    call.note(record(booking, kind)).await
}

/// What becomes of bookings by themselves, whoever asks: what was kept in vain is let go, what nobody answered lapses,
/// what is over ends, and whose time is near is reminded; who waits in vain is told; draws open, and are drawn. Whether there
/// was any.
pub async fn settle_due(backend: &Backend) -> Result<bool, Fault> {
    let is_any = look("bookings", |aside| turn(backend, aside)).await?;
    let is_any = look("waiting lists", |aside| waiting::turn(backend, aside)).await? || is_any;
    Ok(look("draws", |aside| draw::turn(backend, aside)).await? || is_any)
}

async fn turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, facility, id)) = store::find_due(call.db(), &aside, now).await? else {
        return Ok(Turn::Over);
    };
    Ok(Turn::of(id.0, settle(call, estate, facility, id).await))
}

async fn settle(mut call: Call, estate: EstateId, facility: FacilityId, id: BookingId) -> Result<(), Fault> {
    let now = call.now;
    store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    let mut booking = store::find_any(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    let facility = store::find_terms_of(call.db(), &booking).await?.ok_or(Fault::NotFound)?;
    match booking.due(now) {
        // Another replica was faster.
        None => {}
        Some(Due::Expire) => {
            booking.expire(now)?;
            end(&mut call, &mut booking, "expired").await?;
        }
        Some(Due::Lapse) => {
            booking.lapse(now)?;
            end(&mut call, &mut booking, "lapsed").await?;
            news::tell(&mut call, &booking, &facility, BookingNews::Lapsed).await?;
            concierge::part_lapsed(&mut call, estate, booking.id).await?;
        }
        Some(Due::End) => {
            booking.end(&facility.terms, now)?;
            if booking.stage == BookingStage::Missed {
                end(&mut call, &mut booking, "missed").await?;
                news::tell(&mut call, &booking, &facility, BookingNews::Missed).await?;
            } else {
                end(&mut call, &mut booking, "done").await?;
            }
        }
        Some(Due::Remind) => {
            booking.reminded_at = Some(now);
            store::save(call.db(), &mut booking).await?;
            call.note(record(&booking, "reminded")).await?;
            news::tell(&mut call, &booking, &facility, BookingNews::Soon).await?;
        }
    }
    call.commit(()).await
}
