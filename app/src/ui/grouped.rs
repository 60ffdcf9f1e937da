use super::changing::changing;
use super::choices::is_chosen;
use crate::texts::texts;
use crate::ui::field::{form_state, note_of};
use crate::ui::{Choice, icon, note_text};
use leptos::prelude::*;

/// Answers that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// What they have in common.
    pub label: String,
    /// The answers.
    pub choices: Vec<Choice>,
}

/// A choice from a list in groups.
#[component]
pub fn GroupedSelect(
    /// Its name in the form.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// The answers, group by group.
    groups: Vec<ChoiceGroup>,
    /// What an empty first answer says.
    #[prop(into)]
    empty: String,
) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let error_id = format!("{id}-error");
    let note = note_of(&state, name);
    let chosen = state.value(name, Signal::default());
    let described = {
        let error_id = error_id.clone();
        move || note.get().map(|_| error_id.clone())
    };
    let groups = groups
        .into_iter()
        .map(|group| {
            let options = group
                .choices
                .into_iter()
                .map(|choice| {
                    let selected = is_chosen(chosen, &choice.value);
                    view! { <option value=choice.value selected=selected>{choice.label}</option> }
                })
                .collect_view();
            view! { <optgroup label=group.label>{options}</optgroup> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                class="input" id=id name=name required=true aria-describedby=described
                aria-invalid=Signal::derive(move || note.get().map(|_| "true"))
            >
                <option value="">{empty}</option>
                {groups}
            </select>
            {changing(move || {
                let error_id = error_id.clone();
                note.get().map(|note| view! { <p class="error" id=error_id>{icon("alert")} {note_text(t, note)}</p> })
            })}
        </div>
    }
}
