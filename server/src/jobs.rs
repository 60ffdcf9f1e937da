//! What has to be done whoever asks: telling what is due, and forgetting what is no longer kept.

use std::time::Duration;

use app::backend::Backend;
use app::fault::Fault;
use app::{desk, forms, people, photos, requests, work};
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

/// Tells what is due until the server closes. Replicas share the work: each locks what it tells.
pub async fn watch(backend: Backend, closing: CancellationToken) {
    while !backend.pool.is_closed() {
        match due(&backend).await {
            Ok(true) if !closing.is_cancelled() => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "what is due could not be told; the next look does it"),
        }
        if closing.run_until_cancelled(tokio::time::sleep(LOOK)).await.is_none() {
            return;
        }
    }
}

/// One thing that is due, of whichever room; `false` where there is none.
async fn due(backend: &Backend) -> Result<bool, Fault> {
    Ok(desk::tell_due(backend).await?
        || requests::tell_due(backend).await?
        || work::tell_due(backend).await?
        || work::issue_due(backend).await?)
}

async fn once(backend: &Backend) -> Result<(), Fault> {
    let now = backend.clock.now();
    let mut db = backend.pool.acquire().await?;
    forms::sweep(&mut db, now).await?;
    people::sweep(&mut db, now).await?;
    photos::sweep(backend, now).await
}
