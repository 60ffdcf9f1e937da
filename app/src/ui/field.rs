use super::changing::changing;
use crate::fault::Note;
use crate::texts::texts;
use crate::ui::{FormState, icon, note_text};
use leptos::html::Textarea;
use leptos::prelude::*;

/// A hidden field.
#[component]
pub fn Hidden(
    /// Its name.
    name: &'static str,
    /// Its value, which may change while the page is open.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    view! { <input type="hidden" name=name prop:value=Signal::derive(move || value.get()) value=value.get_untracked()/> }
}

/// One labelled field with its hint and, beside it, what is wrong with it.
#[component]
pub fn Field(
    /// Its name in the form.
    #[prop(into)]
    name: String,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// `text`, `password`, `date`, `datetime-local`, `tel`, `textarea`.
    #[prop(default = "text")]
    kind: &'static str,
    /// More about it.
    #[prop(optional, into)]
    hint: String,
    /// Whether it may be left out; the label says so.
    #[prop(optional)]
    optional: bool,
    /// What it shows until somebody changes it.
    #[prop(optional, into)]
    value: Signal<String>,
    /// For the browser's memory: `username`, `current-password`, `new-password`, `one-time-code`.
    #[prop(optional)]
    autocomplete: &'static str,
    /// The most characters.
    #[prop(optional)]
    longest: u32,
    /// The rows of a `textarea`.
    #[prop(default = 3)]
    rows: u32,
    /// How its text looks: `code`.
    #[prop(optional)]
    looks: &'static str,
) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let note = note_of(&state, &name);
    let has_hint = !hint.is_empty();
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || match (has_hint, note.get().is_some()) {
            (true, true) => Some(format!("{hint_id} {error_id}")),
            (true, false) => Some(hint_id.clone()),
            (false, true) => Some(error_id.clone()),
            (false, false) => None,
        }
    };
    let invalid = move || note.get().is_some().then_some("true");
    let value = if kind == "password" { Signal::default() } else { state.value(&name, value) };
    let longest = (longest > 0).then_some(longest);
    let looks = (!looks.is_empty()).then_some(looks);
    let spelled = (kind == "password" || looks.is_some()).then_some("false");
    let shown = RwSignal::new(false);
    let input = if kind == "textarea" {
        // Its first text is no attribute, that could follow by itself.
        let area = NodeRef::<Textarea>::new();
        Effect::new(move |before: Option<String>| {
            let value = value.get();
            if before.is_some_and(|before| before != value)
                && let Some(area) = area.get_untracked()
            {
                let _ = area.set_default_value(&value);
            }
            value
        });
        view! {
            <textarea
                class="input" id=id.clone() name=name rows=rows maxlength=longest required=!optional node_ref=area
                aria-describedby=described aria-invalid=Signal::derive(invalid)
            >{value.get_untracked()}</textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input" id=id.clone() name=name type=Signal::derive(move || if shown.get() { "text" } else { kind }) value=value maxlength=longest required=!optional
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
                data-as=looks spellcheck=spelled
                aria-describedby=described aria-invalid=Signal::derive(invalid)
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>
                {label} {optional.then(|| view! { " " <span class="optional">{t.form_optional()}</span> })}
            </label>
            {has_hint.then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {input}
            {(kind == "password").then(|| view! { <Reveal shown/> })}
            {changing(move || {
                let error_id = error_id.clone();
                note.get().map(|note| view! { <p class="error" id=error_id>{icon("alert")} {note_text(t, note)}</p> })
            })}
        </div>
    }
}

/// Shows what is typed into a password field, where scripts can.
#[component]
fn Reveal(
    /// Whether it is shown.
    shown: RwSignal<bool>,
) -> impl IntoView {
    let t = texts();
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    changing(move || {
        alive.get().then(|| {
            view! {
                <label class="choice">
                    <input type="checkbox" on:change=move |event| shown.set(event_target_checked(&event))/>
                    " "
                    <span>{t.form_show_password()}</span>
                </label>
            }
        })
    })
}

/// What is wrong with one field of a form, if anything is.
pub(super) fn note_of(state: &FormState, name: &str) -> Memo<Option<Note>> {
    let (fault, name) = (state.fault, name.to_owned());
    Memo::new(move |_| fault.with(|fault| fault.as_ref().and_then(|fault| fault.note(&name))))
}

/// The form around a field; a field outside of one stands alone.
pub fn form_state() -> FormState {
    use_context::<FormState>().unwrap_or_else(|| FormState {
        fault: RwSignal::new(None),
        pending: RwSignal::new(false),
        sending: RwSignal::new(0),
        unsent: RwSignal::new(0),
        is_hurried: RwSignal::new(false),
        kept: RwSignal::new(None),
        may_wait: false,
        prefix: "field".to_owned(),
    })
}
