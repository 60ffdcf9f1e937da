use super::Pulse;
use gloo_net::http::Request;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// How long a lobby screen waits before it asks for the server's build again.
const EVERY: Duration = Duration::from_secs(60);

/// Asks now and then whether the server is there and which build it runs, for a lobby screen: it stands for months,
/// nobody loads it anew, and there is nobody for whom it could listen. Browsers only.
pub fn look_for_builds(pulse: Pulse) {
    let looks = Rc::new(Cell::new(0u32));
    let look = move || {
        let (looks, this) = (Rc::clone(&looks), looks.get() + 1);
        looks.set(this);
        leptos::task::spawn_local(async move {
            let build = served_build().await;
            // An answer that was under way when the network went says nothing of what came after.
            if looks.get() != this {
                return;
            }
            match build {
                Some(build) => {
                    // What was missed meanwhile stands on a page that is rendered anew.
                    let was_away = !pulse.connected.get_untracked();
                    pulse.outdated.set(was_away || Some(build) != own_build());
                    pulse.connected.set(true);
                }
                // There is nothing to change to.
                None => pulse.connected.set(false),
            }
        });
    };
    look();
    // Browsers know first when a network goes or comes; whether the server is there only it can say.
    for event in ["offline", "online"] {
        let look = look.clone();
        let heard = window_event_listener_untyped(event, move |_| look());
        on_cleanup(move || heard.remove());
    }
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
