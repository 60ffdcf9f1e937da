//! What has to be done now and then, whoever asks: forgetting what is no longer kept.

use std::time::Duration;

use app::backend::Backend;
use app::fault::Fault;
use app::{forms, people, photos};
use tokio_util::sync::CancellationToken;

use crate::floods::Floods;

const EVERY: Duration = Duration::from_secs(600);

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

async fn once(backend: &Backend) -> Result<(), Fault> {
    let now = backend.clock.now();
    let mut db = backend.pool.acquire().await?;
    forms::sweep(&mut db, now).await?;
    people::sweep(&mut db, now).await?;
    photos::sweep(backend, now).await
}
