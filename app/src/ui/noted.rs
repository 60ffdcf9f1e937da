use super::choices::error_line;
use super::field::note_of;
use crate::ui::{Hidden, form_state};
use leptos::prelude::*;

/// What is wrong with a choice that is made by other means than a field.
pub struct Noted {
    /// The id of what is around the choice: there the summary leads.
    pub id: String,
    /// What describes it.
    pub described: Signal<Option<String>>,
    /// The words, which stand beside it.
    pub line: AnyView,
}

/// What is wrong with the choice of a name in the form around it.
pub fn noted(name: &str) -> Noted {
    let state = form_state();
    let id = format!("{}-{name}", state.prefix);
    let error_id = format!("{id}-error");
    let note = note_of(&state, name);
    let line = error_line(note, error_id.clone()).into_any();
    let described = Signal::derive(move || note.get().map(|_| error_id.clone()));
    Noted { id, described, line }
}

/// A hidden field whose value was chosen by links, or on another page; and beside those what is wrong with it.
#[component]
pub fn Chosen(
    /// Its name.
    name: &'static str,
    /// What was chosen.
    #[prop(into)]
    value: Signal<String>,
    /// The links, where they stand on this page.
    #[prop(optional_no_strip)]
    among: Option<AnyView>,
) -> impl IntoView {
    let Noted { id, described, line } = noted(name);
    let is_bare = among.is_none();
    let is_hidden = Signal::derive(move || is_bare && described.with(Option::is_none));
    view! {
        <Hidden name value/>
        <div class="stack" data-gap="s" role="group" id=id tabindex="-1" aria-describedby=described hidden=is_hidden>
            {among}
            {line}
        </div>
    }
}
