use super::{changing, icon};
use leptos::prelude::*;

/// A button that prints the page. Without scripts, where it would do nothing, there is none: the browser prints by itself.
pub fn print_button(word: &'static str) -> AnyView {
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let print = move |_| {
        let _ = window().print();
    };
    changing(move || {
        is_live.get().then(|| {
            view! { <button class="button" type="button" on:click=print>{icon("print")} " " {word}</button> }
        })
    })
    .into_any()
}
