use super::changing::changing;
use super::choices::is_chosen;
use crate::texts::texts;
use crate::ui::field::{form_state, note_of};
use crate::ui::{icon, note_text};
use leptos::prelude::*;

/// One answer that needs more than a word: what it is called, what it is, what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// What the form sends.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// More about it.
    pub hint: String,
    /// A symbol of the sprite, a word, and whether it speaks for it.
    pub marks: Vec<(&'static str, String, bool)>,
}

/// A choice of one among several that are weighed against each other. None is chosen until somebody does.
#[component]
pub fn Picks(
    /// Its name in the form.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// The answers, in order.
    picks: Vec<Pick>,
    /// How many of them stand in sight; the others fold out of these words.
    #[prop(optional)]
    folded: Option<(usize, String)>,
    /// What is chosen until somebody changes it.
    #[prop(optional, into)]
    value: Signal<String>,
) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let error_id = format!("{id}-error");
    let note = note_of(&state, name);
    let chosen = state.value(name, value);
    let described = {
        let error_id = error_id.clone();
        move || note.get().map(|_| error_id.clone())
    };
    let answer = |pick: Pick| {
        let checked = is_chosen(chosen, &pick.value);
        let marks = pick.marks.into_iter().map(|(symbol, word, is_for)| {
            view! { <span class="reason" data-for=is_for.then_some("")>{icon(symbol)} " " {word}</span> " " }.into_any()
        });
        let marks = marks.collect_view();
        view! {
            <li>
                <label class="pick">
                    <input type="radio" name=name value=pick.value checked=checked/>
                    <span>
                        <b>{pick.label}</b> " " <span class="hint">{pick.hint}</span>
                        <span class="marks">{marks}</span>
                    </span>
                </label>
            </li>
        }
        .into_any()
    };
    let (near, more) = folded.unwrap_or((usize::MAX, String::new()));
    let mut picks = picks;
    let others = if picks.len() > near { picks.split_off(near) } else { Vec::new() };
    // One that was chosen before the page was loaded is in sight.
    let is_open = others.iter().any(|pick| chosen.with_untracked(|chosen| *chosen == pick.value));
    let answers = picks.into_iter().map(answer).collect_view();
    let others = (!others.is_empty()).then(|| {
        let others = others.into_iter().map(answer).collect_view();
        view! {
            <details open=is_open>
                <summary class="button" data-kind="quiet">{icon("chevron-down")} " " {more}</summary>
                <ol>{others}</ol>
            </details>
        }
    });
    view! {
        <fieldset class="field picks" id=id tabindex="-1" aria-describedby=described>
            <legend>{label}</legend>
            <ol>{answers}</ol>
            {others}
            {changing(move || {
                let id = error_id.clone();
                note.get().map(|note| view! { <p class="error" id=id>{icon("alert")} {note_text(t, note)}</p> })
            })}
        </fieldset>
    }
}
