use super::super::courses::Step;
use super::super::ledger::Outcome;
use super::super::model::{Happening, Request};
use super::super::store::{self, RunningPromise};
use super::{news, record_of, tell};
use crate::backend::Backend;
use crate::call::Call;
use crate::due::{self, Turn};
use crate::fault::Fault;
use crate::ids::RequestId;
use uuid::Uuid;

/// Judges the promise that runs by what is about to be recorded, and lets the next one run.
pub(super) async fn judge(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    let (now, by_office) = (call.now, call.actor().staff.is_some());
    if let Some(running) = store::find_running(call.db(), request, now).await? {
        let step = Step { at: running.judged_at, happening: happening.clone(), by_office };
        if let Some(outcome) = running.promise.ends_with(&step) {
            end(call, request, running, outcome).await?;
        }
    }
    if happening.begins_a_promise() { store::run_promise(call.db(), request).await } else { Ok(()) }
}

/// A promise that lapsed is in the record, and told to those whom it concerns, whoever found it out.
async fn end(call: &mut Call, request: &Request, running: RunningPromise, outcome: Outcome) -> Result<(), Fault> {
    let RunningPromise { id, promise, judged_at } = running;
    let mut ended_at = judged_at;
    if outcome == Outcome::Missed {
        ended_at = promise.due_at;
        let lapsed = Happening::PromiseLapsed { promise };
        call.note(record_of(request, &lapsed, &[])).await?;
        news::spread(call, request, &lapsed).await?;
    }
    store::end_promise(call.db(), request, id, outcome, ended_at).await
}

/// Tells of every promise that lapsed, and of the clocks that ran out; `false` where nothing was due. Replicas may do so
/// side by side: each request is one replica's.
pub async fn tell_due(backend: &Backend) -> Result<bool, Fault> {
    let lapsed = due::look("a promise that lapsed", |aside| lapse(backend, aside)).await;
    let missed = due::look("a clock that ran out", |aside| miss(backend, aside)).await;
    // One that fails leaves the other its turn.
    Ok(lapsed? | missed?)
}

async fn lapse(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some(id) = store::lock_lapsed(call.db(), now, &aside).await? else { return Ok(Turn::Over) };
    Ok(Turn::of(id.0, tell_of_lapse(call, id).await))
}

async fn tell_of_lapse(mut call: Call, id: RequestId) -> Result<(), Fault> {
    let now = call.now;
    let request = store::read(call.db(), id).await?.request;
    // Another replica may have been there between the look and the lock.
    let running = store::find_running(call.db(), &request, now).await?;
    if let Some(running) = running.filter(|running| running.promise.due_at < now) {
        end(&mut call, &request, running, Outcome::Missed).await?;
    }
    call.commit(()).await
}

async fn miss(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some(id) = store::lock_missed(call.db(), now, &aside).await? else { return Ok(Turn::Over) };
    Ok(Turn::of(id.0, tell_of_miss(call, id).await))
}

/// All clocks of one request that ran out.
async fn tell_of_miss(mut call: Call, id: RequestId) -> Result<(), Fault> {
    let now = call.now;
    let request = store::read(call.db(), id).await?.request;
    for (clock, due_at) in store::tell_missed(call.db(), &request, now).await? {
        tell(&mut call, &request, &Happening::ClockMissed { clock, due_at }, &[]).await?;
    }
    call.commit(()).await
}
