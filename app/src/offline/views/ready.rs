use crate::offline::{device, kept};
use crate::texts::texts;
use crate::ui::{WallClock, changing, icon};
use leptos::prelude::*;

/// Whether today's work may be done without a network from now on, and as of when it is known.
#[component]
pub fn Ready(
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let ready_at = kept().ready_at;
    let is_in_charge = device().is_in_charge;
    view! {
        <div role="status">
            {changing(move || {
                ready_at.get().filter(|_| is_in_charge.get()).map(|at| {
                    view! { <p class="soft">{icon("check-circle")} " " {t.offline_ready(clock.near(t, at))}</p> }
                })
            })}
        </div>
    }
}
