//! What has to be done whoever asks: folding what was counted, telling what is due, and forgetting what is no longer kept.

use std::time::Duration;

use app::backend::Backend;
use app::fault::Fault;
use app::{desk, forms, insights, people, photos, requests, work};
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
/// each other: what fails or takes long in one is told late in no other.
pub async fn watch(backend: Backend, closing: CancellationToken) {
    while !backend.pool.is_closed() {
        tokio::join!(
            all_due("contacts", &closing, || desk::tell_due(&backend)),
            all_due("promises and clocks", &closing, || requests::tell_due(&backend)),
            all_due("orphans", &closing, || work::tell_due(&backend)),
            all_due("recurring orders", &closing, || work::issue_due(&backend)),
            all_due("tallies", &closing, || fold(&backend)),
        );
        if closing.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_none() {
            return;
        }
    }
}

/// Everything of one kind that is due, one by one, until there is none or one fails.
async fn all_due<F>(what: &'static str, closing: &CancellationToken, next: impl Fn() -> F)
where
    F: Future<Output = Result<bool, Fault>>,
{
    while !closing.is_cancelled() {
        match next().await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(what, %error, "what is due could not be done; the next look does it");
                return;
            }
        }
    }
}

/// One round of folding; whether there was anything to fold.
async fn fold(backend: &Backend) -> Result<bool, Fault> {
    let mut db = backend.pool.acquire().await?;
    Ok(insights::store::fold(&mut db).await? > 0)
}

async fn once(backend: &Backend) -> Result<(), Fault> {
    let now = backend.clock.now();
    let mut db = backend.pool.acquire().await?;
    forms::sweep(&mut db, now).await?;
    people::sweep(&mut db, now).await?;
    photos::sweep(backend, now).await
}
