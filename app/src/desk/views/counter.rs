use super::super::words::countdown;
use super::extras::{CallbackForm, LookUpForm};
use super::phrases::Phrases;
use crate::desk::{ContactCard, WallBoard};
use crate::forms::Opened;
use crate::texts::texts;
use crate::ui::{WallClock, changing, icon};
use leptos::prelude::*;

/// What stands beside the form: the wall in short, the phrases, the slip, and the look-up for outsiders.
#[component]
pub fn Side(
    /// The wall.
    board: RwSignal<WallBoard>,
    /// The page's clock, to the second.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let running = Memo::new(move |_| {
        board.with(|board| {
            let running = board.contacts.iter().filter(|card| card.stopped_at.is_none());
            running.take(3).cloned().collect::<Vec<_>>()
        })
    });
    let strip = move |first: ContactCard| {
        let shown = move || countdown(first.due_at, clock);
        let state = Signal::derive(move || shown().1);
        view! {
            <li>
                <a class="wall" href="/staff/wall" data-clock=state>
                    <span class="left">{changing(move || shown().0)}</span>
                    <span>{first.unit.as_ref().map(|unit| unit.label(t))} " " {first.words.chars().take(60).collect::<String>()}</span>
                    <span class="hint">{first.holder.clone()}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let is_looking = opened.kept.as_ref().is_some_and(|kept| kept.form == "desk/look_up");
    view! {
        <aside class="stack" data-gap="l" aria-label=t.staff_wall()>
            <ul class="stack">
                <For each=move || running.get() key=|card| card.id children=strip/>
            </ul>
            {changing(move || running.with(Vec::is_empty).then(|| view! { <p class="soft">{icon("check")} " " {t.wall_calm()}</p> }))}
            <details>
                <summary class="button">{icon("phone")} " " {t.callback_title()}</summary>
                <CallbackForm opened=opened.clone()/>
            </details>
            <details open=is_looking>
                <summary class="button">{icon("door")} " " {t.lookup_title()}</summary>
                <LookUpForm opened/>
            </details>
            <Phrases/>
        </aside>
    }
    .into_any()
}
