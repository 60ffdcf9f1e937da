use crate::asking::ask;
use crate::desk::{Caller, FindCallers};
use crate::texts::{Texts, texts};
use crate::ui::{changing, form_state, icon};
use leptos::ev::{Event, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Who is calling: what was found for what is typed, and which of them it is.
#[derive(Clone, Copy)]
pub struct Search {
    /// Who may be calling.
    pub hits: RwSignal<Vec<Caller>>,
    /// The value of whom it is.
    pub chosen: RwSignal<String>,
    words: RwSignal<String>,
    is_wanted: RwSignal<bool>,
}

impl Search {
    /// Begins with what the page was loaded with.
    pub fn of(found: Vec<Caller>, words: String) -> Self {
        let chosen = found.first().map(Caller::value).unwrap_or_default();
        Self {
            hits: RwSignal::new(found),
            chosen: RwSignal::new(chosen),
            words: RwSignal::new(words),
            is_wanted: RwSignal::new(false),
        }
    }

    /// The next caller.
    pub fn clear(self) {
        self.words.set(String::new());
        self.show(Vec::new());
    }

    fn show(self, found: Vec<Caller>) {
        self.chosen.set(found.first().map(Caller::value).unwrap_or_default());
        self.hits.set(found);
        if self.is_wanted.get_untracked() && !self.hits.with_untracked(Vec::is_empty) {
            self.is_wanted.set(false);
            to_words();
        }
    }

    fn look(self, words: String) {
        self.words.set(words.clone());
        self.is_wanted.set(false);
        if words.trim().is_empty() {
            self.show(Vec::new());
            return;
        }
        leptos::task::spawn_local(async move {
            let found = ask(FindCallers { words: words.clone() }).await;
            // What was typed meanwhile is asked for by itself.
            let is_last = self.words.try_with_untracked(|now| *now == words).unwrap_or_default();
            if let (true, Ok(found)) = (is_last, found) {
                self.show(found);
            }
        });
    }
}

/// From whom to what: the cursor goes into the box for the caller's words.
fn to_words() {
    request_animation_frame(|| {
        let field = document().query_selector("[data-as=intake] textarea[name=words]").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}

/// The field that finds them: as one types where scripts run, by its button where they do not.
#[component]
pub fn Find(
    /// Who is calling.
    search: Search,
) -> impl IntoView {
    let t = texts();
    let field = NodeRef::<Input>::new();
    // The page is cold when a call comes: its first key belongs to the caller.
    Effect::new(move |before: Option<()>| {
        if before.is_none()
            && let Some(field) = field.get()
        {
            let _ = field.focus();
        }
    });
    let typed = move |event: Event| search.look(event_target_value(&event));
    let done = move |event: SubmitEvent| {
        event.prevent_default();
        if search.hits.with_untracked(Vec::is_empty) {
            search.is_wanted.set(true);
        } else {
            to_words();
        }
    };
    view! {
        <form class="search" role="search" method="get" action="/staff/desk" on:submit=done>
            {icon("search")}
            <label class="sr" for="desk-who">{t.desk_who()}</label>
            <input
                class="input" id="desk-who" type="search" name="q" placeholder=t.desk_who_hint() node_ref=field autofocus
                autocomplete="off" value=search.words.get_untracked() prop:value=search.words on:input=typed
                aria-keyshortcuts="/"
            />
            <button class="button">{t.staff_people_find()}</button>
        </form>
    }
}

/// Those who were found, to choose from; the likeliest is chosen.
#[component]
pub fn Found(
    /// Who is calling.
    search: Search,
) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let kept = state.value("who", search.chosen.into());
    let none = Memo::new(move |_| search.hits.with(Vec::is_empty));
    let is_nobody = Signal::derive(move || kept.with(String::is_empty));
    let words =
        move || if search.words.with(|words| words.trim().is_empty()) { t.desk_who_start() } else { t.desk_who_none() };
    let row = move |caller: Caller| {
        let value = caller.value();
        let is_this = {
            let value = value.clone();
            Signal::derive(move || kept.with(|kept| *kept == value))
        };
        let pick = {
            let value = value.clone();
            move |_| search.chosen.set(value.clone())
        };
        view! {
            <label class="choice">
                <input type="radio" name="who" value=value checked=is_this prop:checked=is_this on:change=pick/>
                " "
                <span>{who(t, &caller)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="field" id=format!("{}-who", state.prefix) tabindex="-1">
            <legend>{t.desk_found()}</legend>
            <div class="choices" data-as="boxes">
                <For each=move || search.hits.get() key=Caller::value children=row/>
                <label class="choice" hidden=none>
                    <input
                        type="radio" name="who" value="" checked=is_nobody prop:checked=is_nobody
                        on:change=move |_| search.chosen.set(String::new())
                    />
                    " "
                    <span>{t.desk_nobody()}</span>
                </label>
            </div>
            {changing(move || none.get().then(|| view! { <p class="hint">{words()}</p> }))}
        </fieldset>
    }
}

/// `Building 3 · 1203 · Emma Thornbury`
fn who(t: Texts, caller: &Caller) -> String {
    let unit = caller.unit.label(t);
    match (&caller.name, &caller.phone) {
        (Some(name), Some(phone)) => t.desk_caller_phone(name, phone, unit),
        (Some(name), None) => t.desk_caller(name, unit),
        (None, _) => t.desk_caller(t.staff_people_vacant(), unit),
    }
}
