//! Waiting, in a browser.

use futures::channel::oneshot;
use leptos::prelude::set_timeout;
use std::time::Duration;

/// Comes back after a while. Browsers only.
pub async fn pause(wait: Duration) {
    let (done, over) = oneshot::channel();
    set_timeout(
        move || {
            let _ = done.send(());
        },
        wait,
    );
    let _ = over.await;
}
