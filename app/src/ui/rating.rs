use super::changing::changing;
use crate::texts::texts;
use crate::ui::field::{form_state, note_of};
use crate::ui::{icon, note_text};
use leptos::prelude::*;

/// One to five stars on one axis; left out, the form sends nothing.
#[component]
pub fn Stars(
    /// Its name in the form.
    name: &'static str,
    /// The axis.
    #[prop(into)]
    label: String,
    /// What it asks.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let error_id = format!("{id}-error");
    let note = note_of(&state, name);
    let described = {
        let error_id = error_id.clone();
        move || note.get().map(|_| error_id.clone())
    };
    let stars = (1..=5)
        .map(|value| {
            let checked = state.ticked(name, &value.to_string(), false);
            view! {
                <label class="star">
                    <input type="radio" name=name value=value.to_string() checked=checked/>
                    {icon("star")}
                    <span class="sr">{t.form_stars(value)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="rating" id=id tabindex="-1" aria-describedby=described>
            <legend>{label} {(!hint.is_empty()).then(|| view! { " " <span class="hint">{hint}</span> })}</legend>
            <div class="stars">{stars}</div>
            {changing(move || {
                let error_id = error_id.clone();
                note.get().map(|note| view! { <p class="error" id=error_id>{icon("alert")} {note_text(t, note)}</p> })
            })}
        </fieldset>
    }
}
