use super::super::courses::Step;
use super::super::ledger::Outcome;
use super::super::model::{Happening, Promise, Request};
use super::super::store;
use super::{news, record_of, tell};
use crate::backend::Backend;
use crate::call::Call;
use crate::fault::Fault;
use crate::ids::PromiseId;

/// Judges the promise that runs by what is about to be recorded, and lets the next one run.
pub(super) async fn judge(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    let step = Step { at: call.now, happening: happening.clone(), by_office: call.actor().staff.is_some() };
    if let Some((id, promise)) = store::find_running(call.db(), request).await?
        && let Some(outcome) = promise.ends_with(&step)
    {
        end(call, request, id, promise, outcome).await?;
    }
    if happening.begins_a_promise() { store::run_promise(call.db(), request).await } else { Ok(()) }
}

/// A promise that lapsed is in the record, and told to those whom it concerns, whoever found it out.
async fn end(
    call: &mut Call,
    request: &Request,
    id: PromiseId,
    promise: Promise,
    outcome: Outcome,
) -> Result<(), Fault> {
    let mut ended_at = call.now;
    if outcome == Outcome::Missed {
        ended_at = promise.due_at;
        let lapsed = Happening::PromiseLapsed { promise };
        call.note(record_of(request, &lapsed, &[])).await?;
        news::spread(call, request, &lapsed).await?;
    }
    store::end_promise(call.db(), request, id, outcome, ended_at).await
}

/// Tells of one promise that lapsed, or of the clocks of one request that ran out; `false` where nothing is due.
/// A job calls it until then. Replicas may do so side by side: each request is one replica's.
pub async fn tell_due(backend: &Backend) -> Result<bool, Fault> {
    let (lapsed, missed) = (lapse(backend).await, miss(backend).await);
    // One that fails leaves the other its turn.
    Ok(lapsed? | missed?)
}

async fn lapse(backend: &Backend) -> Result<bool, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((_, id)) = store::lock_lapsed(call.db(), now).await? else { return Ok(false) };
    let request = store::read(call.db(), id).await?.request;
    // Another replica may have been there between the look and the lock.
    if let Some((id, promise)) = store::find_running(call.db(), &request).await?
        && promise.due_at < now
    {
        end(&mut call, &request, id, promise, Outcome::Missed).await?;
    }
    call.commit(true).await
}

async fn miss(backend: &Backend) -> Result<bool, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((_, id)) = store::lock_missed(call.db(), now).await? else { return Ok(false) };
    let request = store::read(call.db(), id).await?.request;
    for (clock, due_at) in store::tell_missed(call.db(), &request, now).await? {
        tell(&mut call, &request, &Happening::ClockMissed { clock, due_at }, &[]).await?;
    }
    call.commit(true).await
}
