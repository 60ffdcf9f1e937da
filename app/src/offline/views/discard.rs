use crate::offline::{self, Draft, Entry};
use crate::people::DiscardUnsent;
use crate::texts::{Texts, texts};
use crate::ui::{changing, encode, icon, random_key};
use crate::work::entry_told;
use leptos::ev::SubmitEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use server_fn::ServerFn;

/// Gives an entry up, with the reason.
#[component]
pub fn Discard(
    /// The entry.
    entry: Memo<Entry>,
    /// What becomes of the reason.
    hint: &'static str,
    /// Gives it up, for this reason.
    on_drop: Callback<String>,
) -> impl IntoView {
    let t = texts();
    let reason = NodeRef::<Textarea>::new();
    let may_have_arrived = may_have_arrived(entry);
    let id = format!("drop-{}", entry.with_untracked(|entry| entry.place));
    let drop_it = move |event: SubmitEvent| {
        event.prevent_default();
        let why = reason.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default();
        if !why.is_empty() {
            on_drop.run(why);
        }
    };
    view! {
        <details>
            <summary class="button" data-kind="quiet">{icon("cross")} " " {t.offline_drop()}</summary>
            <form class="form" data-gap="s" on:submit=drop_it>
                {changing(move || may_have_arrived.get().then(|| view! { <p class="hint">{t.offline_drop_maybe()}</p> }))}
                <div class="field">
                    <label for=id.clone()>{t.offline_drop_why()}</label>
                    <p class="hint">{hint}</p>
                    <textarea id=id rows="2" maxlength="500" required node_ref=reason></textarea>
                </div>
                <div class="submit"><button class="button" data-kind="danger">{t.offline_drop()}</button></div>
            </form>
        </details>
    }
}

/// Of what was sent, and nobody knows whether it had its effect: that giving it up may undo nothing.
pub fn may_have_arrived(entry: Memo<Entry>) -> Memo<bool> {
    Memo::new(move |_| entry.with(|entry| entry.sent_at > 0 && (!entry.is_refused || entry.fault.is_empty())))
}

/// Gives up an entry that has no matter: its person's work log tells what it was, and why.
pub fn discard(t: Texts, entry: &Entry, why: &str) {
    let key = random_key().unwrap_or_default();
    let body = format!("key={key}&words={}&reason={}", encode(&entry_told(t, entry)), encode(why));
    let draft = Draft { to: DiscardUnsent::PATH, body, matter: "discarded:".to_owned() };
    offline::replace(entry.place, false, Some(draft));
}
