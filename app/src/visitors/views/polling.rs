use crate::live::{Room, pulse};
use crate::surfaces::Patience;
use crate::texts::texts;
use crate::ui::icon;
use leptos::prelude::*;
use std::time::Duration;

/// How often a lobby screen asks while somebody waits before it: no live line leads there.
const EVERY: Duration = Duration::from_secs(3);

/// Asks anew while something is open, and lets nobody be cleared away who waits for an answer. What is open ends by itself.
pub(super) fn ask_while(is_open: Memo<bool>) {
    let (pulse, patience) = (pulse(), use_context::<Patience>());
    Effect::new(move |_| {
        let is_open = is_open.get();
        if let Some(Patience(is_waiting)) = patience {
            is_waiting.set(is_open);
        }
        if is_open && let Ok(handle) = set_interval_with_handle(move || pulse.beat(Room::Visitors), EVERY) {
            on_cleanup(move || handle.clear());
        }
    });
    on_cleanup(move || {
        if let Some(Patience(is_waiting)) = patience {
            let _ = is_waiting.try_set(false);
        }
    });
}

/// Looks again where no script does.
#[component]
pub(super) fn Again(
    /// The page itself.
    href: &'static str,
) -> impl IntoView {
    let t = texts();
    let is_alive = RwSignal::new(false);
    Effect::new(move |_| is_alive.set(true));
    view! {
        <form method="get" action=href hidden=Signal::derive(move || is_alive.get())>
            <button class="button" data-size="l">{icon("retry")} " " {t.lobby_again()}</button>
        </form>
    }
}
