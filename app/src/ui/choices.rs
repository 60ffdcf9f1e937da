use crate::fault::Note;
use crate::texts::texts;
use crate::ui::changing::changing;
use crate::ui::field::{form_state, note_of};
use crate::ui::{icon, note_text};
use leptos::prelude::*;

/// One answer of a question with a few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// A symbol of the sprite, or none.
    pub icon: &'static str,
}

impl Choice {
    /// An answer without a symbol.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), icon: "" }
    }

    /// The same with a symbol.
    pub fn with_icon(self, icon: &'static str) -> Self {
        Self { icon, ..self }
    }
}

pub(super) fn error_line(note: Memo<Option<Note>>, id: String) -> impl IntoView {
    let t = texts();
    changing(move || {
        let id = id.clone();
        note.get().map(|note| view! { <p class="error" id=id>{icon("alert")} {note_text(t, note)}</p> })
    })
}

/// Whether an answer is the one that is chosen.
pub(super) fn is_chosen(chosen: Signal<String>, value: &str) -> Signal<bool> {
    let value = value.to_owned();
    Signal::derive(move || chosen.with(|chosen| *chosen == value))
}

/// A choice from a list.
#[component]
pub fn Select(
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// The answers.
    choices: Vec<Choice>,
    /// More answers, under headings of their own.
    #[prop(optional)]
    groups: Vec<(String, Vec<Choice>)>,
    /// More answers, which come and go while the page is open.
    #[prop(optional, into)]
    live: Option<Signal<Vec<Choice>>>,
    /// What is chosen until somebody changes it.
    #[prop(optional, into)]
    value: Signal<String>,
    /// What an empty first answer says; without it there is none.
    #[prop(optional, into)]
    empty: String,
    /// Whether it may be left out.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let error_id = format!("{id}-error");
    let note = note_of(&state, &name);
    let chosen = state.value(&name, value);
    let described = {
        let error_id = error_id.clone();
        move || note.get().map(|_| error_id.clone())
    };
    let options = |choices: Vec<Choice>| {
        choices
            .into_iter()
            .map(|choice| {
                let selected = is_chosen(chosen, &choice.value);
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    let groups = groups
        .into_iter()
        .map(|(label, choices)| view! { <optgroup label=label>{options(choices)}</optgroup> })
        .collect_view();
    let options = options(choices);
    let live = live.map(|live| {
        // Each stays itself while others come and go: what is chosen is not told by its place.
        let option = move |choice: Choice| {
            let selected = is_chosen(chosen, &choice.value);
            view! { <option value=choice.value selected=selected>{choice.label}</option> }.into_any()
        };
        view! { <For each=move || live.get() key=|choice| choice.value.clone() children=option/> }
    });
    view! {
        <div class="field">
            <label for=id.clone()>
                {label} {optional.then(|| view! { " " <span class="optional">{t.form_optional()}</span> })}
            </label>
            <select
                class="input" id=id name=name required=!optional
                aria-describedby=described aria-invalid=Signal::derive(move || note.get().map(|_| "true"))
            >
                {(!empty.is_empty()).then(|| view! { <option value="">{empty}</option> })}
                {options}
                {live}
                {groups}
            </select>
            {error_line(note, error_id)}
        </div>
    }
}

/// A choice of one among two to five, side by side.
#[component]
pub fn Radios(
    /// Its name in the form.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// The answers.
    choices: Vec<Choice>,
    /// What is chosen until somebody changes it.
    #[prop(optional, into)]
    value: Signal<String>,
) -> impl IntoView {
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let error_id = format!("{id}-error");
    let note = note_of(&state, name);
    let chosen = state.value(name, value);
    let described = {
        let error_id = error_id.clone();
        move || note.get().map(|_| error_id.clone())
    };
    let answers = choices
        .into_iter()
        .map(|choice| {
            let checked = is_chosen(chosen, &choice.value);
            view! {
                <label>
                    <input type="radio" name=name value=choice.value checked=checked/>
                    {(!choice.icon.is_empty()).then(|| view! { {icon(choice.icon)} " " })}
                    {choice.label}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" id=id tabindex="-1" aria-describedby=described>
            <legend>{label}</legend>
            <div class="segments">{answers}</div>
            {error_line(note, error_id)}
        </fieldset>
    }
}

/// A choice of any among several, in boxes. The form sends `name[]` once for each.
#[component]
pub fn Choices(
    /// Its name in the form, without brackets.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// Beside the label: that it may be left out, and how many may be ticked.
    #[prop(optional, into)]
    hint: String,
    /// The answers.
    choices: Vec<Choice>,
    /// Those that are ticked until somebody changes them.
    #[prop(optional)]
    chosen: Vec<String>,
) -> impl IntoView {
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let error_id = format!("{id}-error");
    let note = note_of(&state, name);
    let many = format!("{name}[]");
    let described = {
        let error_id = error_id.clone();
        move || note.get().map(|_| error_id.clone())
    };
    let boxes = choices
        .into_iter()
        .map(|choice| {
            let checked = state.ticked(&many, &choice.value, chosen.contains(&choice.value));
            view! {
                <label class="choice">
                    <input type="checkbox" name=many.clone() value=choice.value checked=checked/>
                    " "
                    <span>{choice.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" id=id tabindex="-1" aria-describedby=described>
            <legend>{label} {(!hint.is_empty()).then(|| view! { " " <span class="optional">{hint}</span> })}</legend>
            <div class="choices" data-as="boxes">{boxes}</div>
            {error_line(note, error_id)}
        </fieldset>
    }
}

/// One box to tick. The form sends `name=true`, or nothing.
#[component]
pub fn Checkbox(
    /// Its name in the form.
    name: &'static str,
    /// What a tick says.
    #[prop(into)]
    label: String,
    /// More about it.
    #[prop(optional, into)]
    hint: String,
    /// Whether it is ticked at first.
    #[prop(optional)]
    ticked: bool,
) -> impl IntoView {
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let error_id = format!("{id}-error");
    let note = note_of(&state, name);
    let checked = state.ticked(name, "true", ticked);
    let described = {
        let error_id = error_id.clone();
        move || note.get().map(|_| error_id.clone())
    };
    view! {
        <div class="field">
            <label class="choice">
                <input
                    type="checkbox" id=id name=name value="true" checked=checked
                    aria-describedby=described aria-invalid=Signal::derive(move || note.get().map(|_| "true"))
                />
                " "
                <span>{label} {(!hint.is_empty()).then(|| view! { " " <span class="hint">{hint}</span> })}</span>
            </label>
            {error_line(note, error_id)}
        </div>
    }
}
