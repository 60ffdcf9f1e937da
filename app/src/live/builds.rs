use super::Pulse;
use gloo_net::http::Request;
use leptos::prelude::*;
use std::time::Duration;

/// How long a lobby screen waits before it asks for the server's build again.
const EVERY: Duration = Duration::from_secs(5 * 60);

/// Asks now and then which build the server runs, for a lobby screen: it stands for months, nobody loads it anew, and
/// there is nobody for whom it could listen. Browsers only.
pub fn look_for_builds(pulse: Pulse) {
    let look = move || {
        leptos::task::spawn_local(async move {
            // Where nothing answers there is nothing to change to.
            if let Some(build) = served_build().await {
                pulse.outdated.set(Some(build) != own_build());
            }
        });
    };
    if let Ok(every) = set_interval_with_handle(look, EVERY) {
        on_cleanup(move || every.clear());
    }
}

/// The build that rendered this page.
pub fn own_build() -> Option<String> {
    document().document_element()?.get_attribute("data-build")
}

/// The build that would render it now.
async fn served_build() -> Option<String> {
    let reply = Request::get(&window().location().href().ok()?).send().await.ok()?;
    if !reply.ok() {
        return None;
    }
    let page = reply.text().await.ok()?;
    let (build, _) = page.split_once("data-build=\"")?.1.split_once('"')?;
    Some(build.to_owned())
}
