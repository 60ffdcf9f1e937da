//! What has to be done whoever asks: folding what was counted, telling what is due, and forgetting what is no longer kept.

use std::time::Duration;

use app::backend::Backend;
use app::fault::Fault;
use app::{
    bookings, concierge, desk, forms, insights, lobby, mail, notices, people, photos, requests, screens, visitors, work,
};
use futures::FutureExt;
use futures::future::{BoxFuture, join_all};
use tokio_util::sync::CancellationToken;

use crate::floods::Floods;

const EVERY: Duration = Duration::from_secs(600);

/// How often somebody looks for what is due: residents and supervisors are told within a minute (§3.1).
const LOOK: Duration = Duration::from_secs(5);

/// Sweeps now and then until the server closes. Every sweep deletes what is old: two replicas may do it at once.
pub async fn sweep(backend: Backend, floods: Floods, closing: CancellationToken) {
    while !backend.pool.is_closed() {
        floods.sweep();
        if let Err(error) = once(&backend).await {
            tracing::warn!(%error, "a sweep failed; the next one does its work");
        }
        if closing.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_none() {
            return;
        }
    }
}

/// Tells what is due until the server closes. Replicas share the work: each locks what it tells. Rooms do not wait for
/// each other, nor does what is due for another that fails: what cannot be done is told late, and nothing else is.
pub async fn watch(backend: Backend, closing: CancellationToken) {
    while !backend.pool.is_closed() {
        let looks = join_all(due(&backend).into_iter().map(|(what, look)| looked(what, look)));
        // One that is cut short leaves nothing half done.
        if closing.run_until_cancelled(looks).await.is_none()
            || closing.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_none()
        {
            return;
        }
    }
}

/// A look at what is due, named for whoever reads the log.
type Look<'a> = (&'static str, BoxFuture<'a, Result<bool, Fault>>);

/// Every kind of it. Each look lies on the heap: together on one stack they would not fit a worker's in a debug build.
fn due(backend: &Backend) -> [Look<'_>; 10] {
    [
        ("bookings", bookings::settle_due(backend).boxed()),
        ("contacts", desk::tell_due(backend).boxed()),
        ("service orders", concierge::settle_due(backend).boxed()),
        ("mail", mail::settle_due(backend).boxed()),
        ("notices", notices::settle_due(backend).boxed()),
        ("promises and clocks", requests::tell_due(backend).boxed()),
        ("orphans", work::tell_due(backend).boxed()),
        ("recurring orders", work::issue_due(backend).boxed()),
        ("visitors", visitors::settle_due(backend).boxed()),
        ("tallies", fold(backend).boxed()),
    ]
}

/// One look at all that is due of one kind.
async fn looked(what: &'static str, look: impl Future<Output = Result<bool, Fault>>) {
    if let Err(error) = look.await {
        tracing::warn!(what, %error, "nobody could look at what is due; the next look does it");
    }
}

/// Folds until there is nothing more to fold; whether there was anything.
async fn fold(backend: &Backend) -> Result<bool, Fault> {
    let mut db = backend.pool.acquire().await?;
    let mut is_any = false;
    while insights::store::fold(&mut db).await? > 0 {
        is_any = true;
    }
    Ok(is_any)
}

async fn once(backend: &Backend) -> Result<(), Fault> {
    let now = backend.clock.now();
    let mut db = backend.pool.acquire().await?;
    forms::sweep(&mut db, now).await?;
    people::sweep(&mut db, now).await?;
    screens::sweep(&mut db, now).await?;
    lobby::sweep(&mut db, now).await?;
    photos::sweep(backend, now).await
}
