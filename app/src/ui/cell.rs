//! Fields of a table or a list, whose rows and columns say what they ask for: their labels are told, not written.

use super::changing::changing;
use super::choices::is_chosen;
use super::field::{form_state, note_of};
use crate::fault::Note;
use crate::texts::texts;
use crate::ui::{Choice, icon, note_text};
use leptos::prelude::*;

/// A field for a `time` or a `number`. `name` is its name in the form: `from[3]`.
pub fn cell(kind: &'static str, name: String, label: String, value: Signal<String>) -> AnyView {
    let state = form_state();
    let (id, note) = (format!("{}-{name}", state.prefix), note_of(&state, &name));
    let error_id = format!("{id}-error");
    let value = state.value(&name, value);
    view! {
        <span class="cell">
            <input
                class="input" id=id name=name type=kind value=value aria-label=label
                inputmode=(kind == "number").then_some("numeric") min=(kind == "number").then_some("0")
                aria-describedby=described(note, &error_id) aria-invalid=Signal::derive(move || note.get().map(|_| "true"))
            />
            {error_line(note, error_id)}
        </span>
    }
    .into_any()
}

/// A choice from a list; `empty` is what an empty first answer says, where there is one.
pub fn select_cell(
    name: String,
    label: String,
    choices: Vec<Choice>,
    empty: Option<&'static str>,
    value: Signal<String>,
) -> AnyView {
    let state = form_state();
    let (id, note) = (format!("{}-{name}", state.prefix), note_of(&state, &name));
    let error_id = format!("{id}-error");
    let chosen = state.value(&name, value);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = is_chosen(chosen, &choice.value);
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <span class="cell">
            <select
                class="input" id=id name=name aria-label=label
                aria-describedby=described(note, &error_id) aria-invalid=Signal::derive(move || note.get().map(|_| "true"))
            >
                {empty.map(|empty| view! { <option value="">{empty}</option> })}
                {options}
            </select>
            {error_line(note, error_id)}
        </span>
    }
    .into_any()
}

fn described(note: Memo<Option<Note>>, id: &str) -> Signal<Option<String>> {
    let id = id.to_owned();
    Signal::derive(move || note.get().map(|_| id.clone()))
}

fn error_line(note: Memo<Option<Note>>, id: String) -> AnyView {
    let t = texts();
    changing(move || {
        let id = id.clone();
        note.get().map(|note| view! { <span class="error" id=id>{icon("alert")} {note_text(t, note)}</span> })
    })
    .into_any()
}
