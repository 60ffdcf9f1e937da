use super::discard::{Discard, discard, may_have_arrived};
use crate::fault::Fault;
use crate::offline::{self, Entry, wall_here};
use crate::requests::FileReport;
use crate::texts::{Texts, texts};
use crate::ui::{changing, fault_text, icon};
use crate::work::{Unfinished, entry_said, entry_word, order_of};
use chrono::DateTime;
use leptos::prelude::*;
use server_fn::ServerFn;

/// One entry of the outbox.
#[component]
pub fn EntryRow(
    /// The entry, as it is now.
    entry: Memo<Entry>,
) -> impl IntoView {
    let t = texts();
    let order = entry.with_untracked(order_of);
    let is_order = order.is_some();
    let is_refused = Memo::new(move |_| entry.with(|entry| entry.is_refused));
    let what = entry.with_untracked(|entry| entry_word(t, &entry.to));
    let facts = move || entry.with(|entry| facts(t, entry));
    let said = move || entry.with(|entry| entry_said(t, entry));
    let why = move || {
        entry.with(|entry| match entry.why() {
            // What happened stands beside what was done.
            Some(Fault::Stale) if is_order => None,
            Some(fault) => Some(fault_text(t, &fault)),
            None => entry.is_refused.then(|| t.offline_doubtful().to_owned()),
        })
    };
    let why = move || why().map(|why| view! { <p class="error">{icon("alert")} " " {why}</p> });
    let place = entry.with_untracked(|entry| entry.place);
    let again = move || {
        let is_refused = is_refused.get();
        let send = move |_| if is_refused { offline::revise(place, None) } else { offline::send_now() };
        // What is about an order is decided on where the order stands.
        (!(is_refused && is_order)).then(|| {
            view! {
                <button type="button" class="button" on:click=send>{icon("retry")} " " {t.offline_again_now()}</button>
            }
        })
    };
    let loose = (!is_order).then(|| given_up(t, entry));
    view! {
        <li class="row" data-state=Signal::derive(move || is_refused.get().then_some("refused"))>
            {icon("offline")}
            <div class="body">
                <h2>{what}</h2>
                <p>{changing(said)}</p>
                <p class="soft">{changing(facts)}</p>
                {changing(why)}
                <div class="buttons">{changing(again)}</div>
                {order.map(|order| view! { <Unfinished entry order is_refused/> })}
                {loose}
            </div>
        </li>
    }
}

/// The way out of what is about no order. Of a colleague's work the reason is told; a resident's report is their own.
fn given_up(t: Texts, entry: Memo<Entry>) -> AnyView {
    let first = entry.get_untracked();
    let place = first.place;
    if first.to != FileReport::PATH {
        let on_drop = Callback::new(move |why: String| entry.with_untracked(|entry| discard(t, entry, &why)));
        return view! { <Discard entry hint=t.offline_drop_hint_log() on_drop/> }.into_any();
    }
    let may_have_arrived = may_have_arrived(entry);
    let warned = move || if may_have_arrived.get() { t.offline_drop_maybe() } else { t.offline_drop_for_good() };
    view! {
        <details>
            <summary class="button" data-kind="quiet">{icon("cross")} " " {t.offline_drop()}</summary>
            <p class="hint">{changing(warned)}</p>
            <button type="button" class="button" data-kind="danger" on:click=move |_| offline::replace(place, false, None)>
                {t.offline_drop()}
            </button>
        </details>
    }
    .into_any()
}

/// When, how large, how often it was tried.
fn facts(t: Texts, entry: &Entry) -> String {
    let wall = wall_here();
    let made = DateTime::from_timestamp_millis(entry.made_at).map(|at| t.offline_made(wall.at(at).near(t, wall.now())));
    let photos = (!entry.photos.is_empty()).then(|| t.offline_photos(entry.photos.len()));
    let size = Some(t.offline_size((entry.size() + 999) / 1000));
    let tried = (entry.tries > 0).then(|| t.offline_tried(entry.tries));
    [made, photos, size, tried].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
