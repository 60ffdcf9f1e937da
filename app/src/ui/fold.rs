use super::hold::Hold;
use leptos::ev::Event;
use leptos::html::Details;
use leptos::prelude::*;
use web_sys::HtmlDetailsElement;

/// A form that folds out of its summary. It is in hand while it is unfolded, and folds once it was sent.
#[component]
pub fn Fold(
    /// What keeps it while it is unfolded.
    hold: Hold,
    /// Unfolding one of a group folds the others.
    #[prop(optional)]
    group: &'static str,
    /// The summary and the form.
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<Details>::new();
    // The form comes first: one that was refused before the page was loaded is in hand.
    let inside = children();
    let is_open = hold.is_held.get_untracked();
    Effect::new(move |before: Option<Option<bool>>| {
        let details = details.get()?;
        match before.flatten() {
            // Somebody may have unfolded it before the page came to life.
            None => hold.is_held.set(details.open()),
            Some(true) if !hold.is_held.get_untracked() => details.set_open(false),
            Some(_) => {}
        }
        Some(hold.is_held.get())
    });
    let look = move |event: Event| {
        let details: HtmlDetailsElement = event_target(&event);
        let _ = hold.is_held.try_set(details.open());
    };
    view! {
        <details name=(!group.is_empty()).then_some(group) open=is_open node_ref=details on:toggle=look>
            {inside}
        </details>
    }
}
