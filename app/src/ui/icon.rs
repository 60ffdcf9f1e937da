use leptos::prelude::*;

/// A symbol of the sprite, always beside a word that says the same.
pub fn icon(name: &str) -> impl IntoView + use<> {
    let href = format!("/icons.svg#{name}");
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=href></use>
        </svg>
    }
}
