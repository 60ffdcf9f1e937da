use super::changing::changing;
use super::hold::{Hold, Seen, moved_on};
use crate::asking::Reply;
use crate::fault::Fault;
use crate::forms::{Fields, Opened};
use crate::ids::Key;
use crate::live::pulse;
use crate::offline::{self, Draft, Sent};
use crate::texts::texts;
use crate::ui::{Check, FormState, Hidden, fault_text, icon, note_text};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, UrlSearchParams};

/// How long a form that may wait for a network is held for its photos.
const PATIENCE: Duration = Duration::from_secs(12);

/// A form that posts to a server function (`to` is its `PATH`): in place where scripts run, as a plain
/// form where they do not. A refusal stands beside the fields and in a summary; what was typed stays.
#[component]
pub fn Post(
    /// `Triage::PATH`
    to: &'static str,
    /// The key, and what was kept.
    opened: Opened,
    /// Tells forms of one kind apart: what they are about.
    #[prop(optional, into)]
    about: String,
    /// Where success leads without scripts; `{code}` is taken from the reply. Default: back to this page.
    #[prop(optional, into)]
    then: String,
    /// The version on which it is decided, for the field `seen`.
    #[prop(optional)]
    seen: Option<Signal<String>>,
    /// What keeps it while somebody is at it.
    #[prop(optional)]
    hold: Option<Hold>,
    /// What success does with scripts; by default screens refetch.
    #[prop(optional, into)]
    on_done: Option<Callback<Reply>>,
    /// What it is about, where it may wait on the device for a network: sent in the order in which it was made.
    #[prop(optional, into)]
    waits: String,
    /// What is wrong with it, as far as the browser can say: a form that waits is not refused days later for what could
    /// be seen at once.
    #[prop(optional_no_strip)]
    check: Option<Check>,
    /// What is done where it waits.
    #[prop(optional, into)]
    on_kept: Option<Callback<()>>,
    /// Whether files come along.
    #[prop(optional)]
    with_files: bool,
    /// Whether the whole page must load anew on success: another person, another language.
    #[prop(optional)]
    plain: bool,
    /// `form`, and what else the style sheet knows.
    #[prop(optional, into)]
    class: String,
    /// Whether its rows stand close.
    #[prop(optional)]
    dense: bool,
    /// The fields and the submit button.
    children: Children,
) -> impl IntoView {
    let t = texts();
    let endpoint = to.trim_start_matches("/api/");
    let kept = opened.kept.filter(|kept| {
        kept.form == endpoint
            && kept.reply.is_none()
            && (about.is_empty() || kept.fields.iter().any(|(_, value)| value == about))
    });
    let moved_on = hold.map(|hold| moved_on(t, hold));
    let hold = hold.unwrap_or_else(Hold::loose);
    if kept.is_some() {
        hold.take();
    }
    // Where an address leads that ends in `#notes`: to the one form that was refused before the page was loaded.
    let notes_id = kept.is_some().then_some("notes");
    let seen = seen.map(|version| Seen::of(version, hold));
    let state = FormState {
        fault: RwSignal::new(kept.as_ref().and_then(|kept| kept.fault.clone())),
        pending: RwSignal::new(false),
        sending: RwSignal::new(0),
        unsent: RwSignal::new(0),
        is_hurried: RwSignal::new(false),
        kept: RwSignal::new(kept.map(|kept| kept.fields)),
        may_wait: !waits.is_empty(),
        prefix: format!("{}{about}", endpoint.replace('/', "-")),
    };
    let key = RwSignal::new(key_for(opened.key, &about));
    // A form that comes, goes and comes again on one page is another form each time.
    Effect::new(move |_| {
        if let Some(own) = random_key() {
            key.set(own);
        }
    });
    let (fault, pending, sending, unsent) = (state.fault, state.pending, state.sending, state.unsent);
    let (is_hurried, may_wait) = (state.is_hurried, state.may_wait);
    let (held, kept) = (RwSignal::new(false), state.kept);
    let prefix = state.prefix.clone();
    let form_ref = NodeRef::<leptos::html::Form>::new();
    let summary_ref = NodeRef::<leptos::html::Div>::new();
    provide_context(state);

    let pulse = pulse();
    // At what is wrong, once the summary of it is there.
    let look = move || {
        request_animation_frame(move || {
            if let Some(summary) = summary_ref.try_get_untracked().flatten() {
                let _ = summary.focus();
            }
        });
    };
    let on_submit = move |event: SubmitEvent| {
        if plain || event.default_prevented() {
            return;
        }
        event.prevent_default();
        if sending.get_untracked() > 0 {
            held.set(true);
            if may_wait {
                let hurry = move || {
                    let _ = is_hurried.try_set(held.try_get_untracked().unwrap_or_default());
                };
                set_timeout(hurry, PATIENCE);
            }
            return;
        }
        let Some(body) = form_ref.get_untracked().and_then(|form| body_of(&form, &event)) else {
            return;
        };
        if pending.get_untracked() {
            return;
        }
        if let Some(Err(refusal)) = check.as_ref().map(|check| check(&body)) {
            fault.set(Some(refusal));
            look();
            return;
        }
        // What would wait, and be refused for what can be seen now, is decided anew at once.
        if let Some(seen) = seen.filter(|seen| may_wait && seen.is_outdated()) {
            seen.catch_up();
            fault.set(Some(Fault::Stale));
            look();
            return;
        }
        pending.set(true);
        let waits = waits.clone();
        leptos::task::spawn_local(async move {
            let sent = match waits.is_empty() {
                true => Sent::Answered(Reply::of_post(to, body).await),
                false => offline::post(Draft { to, body, matter: waits }).await,
            };
            let is_over = || {
                let _ = fault.try_set(None);
                if let Some(fresh) = random_key() {
                    let _ = key.try_set(fresh);
                }
                hold.release();
                let _ = is_hurried.try_set(false);
                if let Some(form) = form_ref.try_get_untracked().flatten() {
                    empty(form, kept);
                }
            };
            let reply = match sent {
                Sent::Answered(reply) => reply,
                Sent::Refused(reply, place) => {
                    // Whoever still has it before them goes on with it here; else it stays where it is listed.
                    let is_there = move || form_ref.try_get_untracked().flatten().is_some();
                    if !offline::take_back(place, is_there).await {
                        let _ = pending.try_set(false);
                        return;
                    }
                    reply
                }
                Sent::Kept => {
                    let _ = pending.try_set(false);
                    is_over();
                    if let Some(on_kept) = on_kept {
                        on_kept.run(());
                    }
                    return;
                }
            };
            // Its page may be gone by now: another screen's beat can be faster than this reply.
            let _ = pending.try_set(false);
            match reply.json() {
                Ok(_) => {
                    is_over();
                    pulse.beat_all();
                    if let Some(on_done) = on_done {
                        on_done.run(reply);
                    }
                }
                Err(Fault::SignedOut) => {
                    // As a plain form: the server keeps what was typed, and gives it back after the sign-in.
                    if let Some(form) = form_ref.try_get_untracked().flatten() {
                        let _ = form.submit();
                    }
                }
                Err(refusal) => {
                    if refusal == Fault::Stale {
                        if let Some(seen) = seen {
                            seen.catch_up();
                        }
                        pulse.beat_all();
                    }
                    let _ = fault.try_set(Some(refusal));
                    look();
                }
            }
        });
    };

    // Sent while photos were on their way: it goes once they are there, unless one of them failed.
    Effect::new(move |_| {
        if sending.get() == 0 && held.get_untracked() {
            held.set(false);
            if unsent.get_untracked() == 0
                && let Some(form) = form_ref.get_untracked()
            {
                let _ = form.request_submit();
            }
        }
    });

    let summary = move || {
        let prefix = prefix.clone();
        fault.get().map(|fault| {
            let notes = match &fault {
                Fault::Invalid(notes) => notes.clone(),
                _ => Vec::new(),
            };
            view! {
                <div class="errors" role="alert" tabindex="-1" id=notes_id node_ref=summary_ref>
                    <h2>{icon("alert")} {fault_text(t, &fault)}</h2>
                    <ul>
                        {notes
                            .into_iter()
                            .map(|note| {
                                view! {
                                    <li>
                                        <a href=format!("#{prefix}-{}", note.field)>{note_text(t, note.note)}</a>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </div>
            }
        })
    };
    let class = if class.is_empty() { "form".to_owned() } else { class };
    let then = (!then.is_empty()).then(|| view! { <input type="hidden" name="then" value=then/> });
    view! {
        <form
            class=class
            data-gap=dense.then_some("s")
            method="post"
            action=to
            enctype=with_files.then_some("multipart/form-data")
            node_ref=form_ref
            on:submit=on_submit
            on:input=move |_| hold.take()
            data-typed=Signal::derive(move || hold.is_typed.get().then_some(""))
            aria-busy=Signal::derive(move || (pending.get() || held.get()).then_some("true"))
            novalidate
        >
            {moved_on}
            {changing(summary)}
            <input type="hidden" name="key" prop:value=Signal::derive(move || key.get()) value=key.get_untracked()/>
            {then}
            {seen.map(|seen| view! { <Hidden name="seen" value=seen.shown/> })}
            {children()}
        </form>
    }
}

/// A form that was sent shows what the page proposes. What was kept of it is forgotten, by the address too: loading
/// the page anew brings nothing back that was sent.
fn empty(form: HtmlFormElement, kept: RwSignal<Option<Fields>>) {
    if !kept.try_with_untracked(Option::is_some).unwrap_or_default() {
        form.reset();
        return;
    }
    kept.set(None);
    // Once the fields have followed.
    request_animation_frame(move || form.reset());
    let (location, history) = (window().location(), window().history());
    let (Ok(path), Ok(query), Ok(history)) = (location.pathname(), location.search(), history) else { return };
    let other = query.trim_start_matches('?').split('&').filter(|part| !part.starts_with("kept="));
    let query = other.collect::<Vec<_>>().join("&");
    let join = if query.is_empty() { "" } else { "?" };
    let state = history.state().unwrap_or_default();
    let _ = history.replace_state_with_url(&state, "", Some(&format!("{path}{join}{query}")));
}

/// The fields as an urlencoded body; files travel on their own.
fn body_of(form: &HtmlFormElement, event: &SubmitEvent) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    if let Some(button) = event.submitter().and_then(|button| button.dyn_into::<web_sys::HtmlButtonElement>().ok())
        && !button.name().is_empty()
    {
        let _ = data.append_with_str(&button.name(), &button.value());
    }
    data.delete("files");
    let params = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    params.to_string().as_string()
}

/// One page's forms share one opened key; what each is about makes it its own (FNV-1a).
fn key_for(key: Key, about: &str) -> String {
    let about = about.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    });
    uuid::Uuid::from_u128(key.0.as_u128() ^ about).to_string()
}

/// A key for one write. Browsers only.
pub fn random_key() -> Option<String> {
    Some(window().crypto().ok()?.random_uuid())
}
