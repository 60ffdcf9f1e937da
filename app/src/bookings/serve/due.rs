use super::super::model::{Booking, BookingNews, BookingStage, Facility};
use super::super::rules::Due;
use super::super::store;
use super::{news, record};
use crate::backend::Backend;
use crate::call::Call;
use crate::due::{Turn, look};
use crate::fault::Fault;
use crate::ids::{AccountId, BookingId, EstateId, FacilityId};
use uuid::Uuid;

/// Before somebody takes a slot of a facility: what is kept there for nobody any more, or for themselves, is let go.
/// Returns what they still held.
pub(super) async fn release(call: &mut Call, facility: &Facility, account: AccountId) -> Result<Vec<Booking>, Fault> {
    let now = call.now;
    let mut own = Vec::new();
    for mut booking in store::list_held(call.db(), facility, account, now).await? {
        if !booking.has_run_out(now) {
            own.push(booking.clone());
        }
        booking.expire(now)?;
        end(call, &mut booking, "expired").await?;
    }
    Ok(own)
}

/// It has no place any more, and nobody did it.
async fn end(call: &mut Call, booking: &mut Booking, kind: &'static str) -> Result<(), Fault> {
    store::end(call.db(), booking).await?;
    call.note(record(booking, kind)).await
}

/// What becomes of bookings by themselves, whoever asks: what was kept in vain is let go, what nobody answered lapses,
/// what is over ends, and whose time is near is reminded. Whether there was any.
pub async fn settle_due(backend: &Backend) -> Result<bool, Fault> {
    look("bookings", |aside| turn(backend, aside)).await
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
