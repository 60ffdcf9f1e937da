use super::super::model::{Booking, Facility};
use super::super::store;
use super::record;
use crate::backend::Backend;
use crate::call::Call;
use crate::due::{Turn, look};
use crate::fault::Fault;
use crate::ids::AccountId;
use uuid::Uuid;

/// Before somebody takes a slot of a facility: what is kept there for nobody any more, or for themselves, is let go.
/// Returns what they still held.
pub(super) async fn release(call: &mut Call, facility: &Facility, account: AccountId) -> Result<Vec<Booking>, Fault> {
    let now = call.now;
    let mut own = Vec::new();
    for booking in store::list_held(call.db(), facility, account, now).await? {
        if !booking.has_run_out(now) {
            own.push(booking.clone());
        }
        expire(call, booking).await?;
    }
    Ok(own)
}

async fn expire(call: &mut Call, mut booking: Booking) -> Result<(), Fault> {
    let now = call.now;
    booking.expire(now)?;
    store::save(call.db(), &mut booking).await?;
    store::let_go(call.db(), &booking).await?;
    call.note(record(&booking, "expired")).await
}

/// Lets go of what was kept for somebody who did not come back, whoever asks; whether there was any.
pub async fn release_due(backend: &Backend) -> Result<bool, Fault> {
    look("held bookings", |aside| turn(backend, aside)).await
}

async fn turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, facility, id)) = store::find_run_out(call.db(), &aside, now).await? else {
        return Ok(Turn::Over);
    };
    Ok(Turn::of(
        id.0,
        async {
            store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
            if let Some(booking) = store::find_held(call.db(), estate, id, now).await? {
                expire(&mut call, booking).await?;
            }
            call.commit(()).await
        }
        .await,
    ))
}
