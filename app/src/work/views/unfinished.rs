use super::super::foresight::would_go;
use super::order_line::order_chip;
use crate::asking::ask;
use crate::fault::Fault;
use crate::ids::{OrderId, RequestId};
use crate::offline::{self, Discard, Draft, Entry, discard};
use crate::people::{LoadOffice, Office, Staff};
use crate::requests::Remark;
use crate::texts::{Texts, texts};
use crate::ui::{changing, encode, icon, random_key};
use crate::work::{LoadOrder, Sheet, entry_said, entry_told, entry_word};
use leptos::prelude::*;
use server_fn::ServerFn;

/// What becomes of an entry about an order: where it was refused, what was done here stands beside what stands there, and
/// its person chooses. Nothing of it goes without a word in the matter.
#[component]
pub fn Unfinished(
    /// The entry.
    entry: Memo<Entry>,
    /// The order that it is about.
    order: OrderId,
    /// Whether it was refused.
    is_refused: Memo<bool>,
) -> impl IntoView {
    let t = texts();
    let now = RwSignal::new(None::<(Sheet, Option<Staff>)>);
    // Nobody shows its person the order any more.
    let is_gone = RwSignal::new(false);
    Effect::new(move |_| {
        is_refused.get();
        leptos::task::spawn_local(async move {
            let sheet: Result<Sheet, _> = ask(LoadOrder { order }).await;
            let office: Option<Office> = ask(LoadOffice {}).await.unwrap_or_default();
            match sheet {
                Ok(sheet) => drop(now.try_set(Some((sheet, office.map(|office| office.staff))))),
                Err(fault) => drop(is_gone.try_set(matches!(fault, Fault::NotFound | Fault::NotAllowed))),
            }
        });
    });
    let beside = move || {
        is_refused.get().then(|| {
            let stands = move || now.with(|now| now.as_ref().map(|(sheet, _)| stands(t, sheet)));
            view! {
                <p class="hint">{t.offline_refused_hint()}</p>
                <div class="beside">
                    <section><h3>{t.offline_yours()}</h3> {said(t, &entry.get_untracked())}</section>
                    <section><h3>{t.offline_by_now()}</h3> {changing(stands)}</section>
                </div>
            }
        })
    };
    let anew = move |_| {
        let version = now.with_untracked(|now| now.as_ref().map(|(sheet, _)| sheet.job.order.order.version));
        if let Some(version) = version {
            offline::revise(entry.with_untracked(|entry| entry.place), Some(version));
        }
    };
    let goes = Memo::new(move |_| {
        now.with(|now| match now {
            Some((sheet, Some(by))) => entry.with(|entry| would_go(&sheet.job.order.order, entry, by)),
            _ => false,
        })
    });
    let note = move |_| {
        if let Some(request) = now.with_untracked(|now| now.as_ref().map(|(sheet, _)| sheet.job.card.id)) {
            keep_as_note(t, &entry.get_untracked(), request, None);
        }
    };
    let is_known = Memo::new(move |_| now.with(Option::is_some));
    let choices = move || {
        is_refused.get().then(|| {
            view! {
                <div class="buttons">
                    {changing(move || is_known.get().then(|| match goes.get() {
                        true => view! {
                            <button type="button" class="button" data-kind="primary" on:click=anew>{icon("retry")} " " {t.offline_anew()}</button>
                        }.into_any(),
                        false => view! { <p class="hint">{t.offline_gone()}</p> }.into_any(),
                    }))}
                    {changing(move || is_known.get().then(|| view! {
                        <button type="button" class="button" on:click=note>{icon("note-lock")} " " {t.offline_to_note()}</button>
                    }))}
                </div>
            }
        })
    };
    let drop_it = Callback::new(move |why: String| {
        let entry = entry.get_untracked();
        match now.with_untracked(|now| now.as_ref().map(|(sheet, _)| sheet.job.card.id)) {
            Some(request) => keep_as_note(t, &entry, request, Some(why)),
            // There is no matter any more with which it could stay.
            None => discard(t, &entry, &why),
        }
    });
    // Until it is known what the order is by now, nothing is given up.
    let may_drop = Memo::new(move |_| is_known.get() || is_gone.get());
    view! {
        {changing(beside)}
        {changing(choices)}
        {changing(move || may_drop.get().then(|| view! { <Discard entry hint=t.offline_drop_hint() on_drop=drop_it/> }))}
    }
}

/// Where the order stands for everybody else.
fn stands(t: Texts, sheet: &Sheet) -> AnyView {
    let order = &sheet.job.order;
    let since = sheet.wall.at(order.order.stage_at).near(t, sheet.wall.now());
    let who = order.assignee.clone().unwrap_or_else(|| order.department.names.of(t.lang).to_owned());
    let link = format!("/staff/requests/{}", sheet.job.card.code);
    view! {
        <p class="line">{order_chip(t, &order.order.stage)} " " {since} " · " {who}</p>
        <p><a href=link>{t.sheet_to_matter()}</a></p>
    }
    .into_any()
}

/// What was done here, in its own words.
fn said(t: Texts, entry: &Entry) -> AnyView {
    view! { <p>{entry_word(t, &entry.to)}</p> <p class="soft">{entry_said(t, entry)}</p> }.into_any()
}

/// The entry goes, and a remark among staff says what it was: with the reason, or with its photos.
fn keep_as_note(t: Texts, entry: &Entry, request: RequestId, why: Option<String>) {
    let what = match &why {
        Some(why) => format!("{} · {why}", entry_told(t, entry)),
        None => entry_told(t, entry),
    };
    let key = random_key().unwrap_or_default();
    let mut body = format!("key={key}&id={request}&internal=true&words={}", encode(&what));
    let keeps_photos = why.is_none();
    if keeps_photos {
        for photo in entry.fields.all("photos[]") {
            body.push_str(&format!("&photos[]={}", encode(photo)));
        }
    }
    let draft = Draft { to: Remark::PATH, body, matter: format!("remark:{request}") };
    offline::replace(entry.place, keeps_photos, Some(draft));
}
