use super::super::api::OfferService;
use super::super::model::{ServiceBook, ServiceChapter};
use super::super::words::line_word;
use super::parts::{about, fact, script};
use super::version::{NextVersion, seen_of};
use crate::forms::Opened;
use crate::ids::ItemId;
use crate::services::{Service, ServiceVersion};
use crate::texts::{Texts, texts};
use crate::ui::{Fold, Hidden, Post, Row, Steady, WallClock, changing, icon, ticking};
use leptos::prelude::*;
use server_fn::ServerFn;

/// One service as the office keeps it: the terms that hold now, the next version of them, and those before.
#[component]
pub(super) fn Chapter(data: RwSignal<ServiceBook>, opened: Opened) -> impl IntoView {
    let t = texts();
    let Some(first) = data.with_untracked(|book| book.chosen.clone()) else { return ().into_any() };
    let clock = ticking(move || data.with(|book| book.wall.clone()));
    let (id, title, symbol) = (first.service.id, first.service.names.of(t.lang).to_owned(), first.service.icon.clone());
    let may_publish = data.with_untracked(|book| book.may_publish);
    let of = move |read: fn(Texts, &ServiceChapter, WallClock) -> AnyView| {
        changing(move || data.with(|book| book.chosen.as_ref().map(|chapter| read(t, chapter, clock))))
    };
    view! {
        <article class="card service">
            <header><h1>{icon(&symbol)} " " {title}</h1></header>
            {of(facts)}
        </article>
        {may_publish.then(|| view! { <Changes data id opened/> })}
        <section class="card" aria-labelledby="versions">
            <h2 id="versions">{t.service_book_versions()}</h2>
            {of(history)}
        </section>
    }
    .into_any()
}

/// What holds now, and whether it is offered.
fn facts(t: Texts, chapter: &ServiceChapter, clock: WallClock) -> AnyView {
    let service = &chapter.service;
    let retired = service.is_retired.then(|| {
        view! { <span class="chip" data-stage="declined">{icon("cross")} " " {t.service_book_retired()}</span> }
    });
    let line = fact(t.service_book_line(), line_word(t, service.line));
    if !service.is_published() {
        return view! { {retired} <p class="soft">{t.service_book_none()}</p> <dl class="facts">{line}</dl> }
            .into_any();
    }
    let now = chapter.versions.iter().find(|version| version.terms.version == service.terms.version);
    view! {
        {retired}
        <dl class="facts">
            {line}
            {fact(t.charge_terms(), since(t, service.terms.version, clock.at(service.terms.since).full(t)))}
        </dl>
        {about(t, service)}
        {now.and_then(|version| version.script.as_ref()).map(|words| script(t, words))}
    }
    .into_any()
}

/// `Version 2 · from Tue 1 Dec 08:00`
fn since(t: Texts, version: i32, when: String) -> String {
    format!("{} · {}", t.charge_version(version), t.service_book_since(when))
}

/// All that was published, the latest first: it may be yet to begin.
fn history(t: Texts, chapter: &ServiceChapter, clock: WallClock) -> AnyView {
    let line = |version: &ServiceVersion| {
        let terms = &version.terms;
        let said = since(t, terms.version, clock.at(terms.since).full(t));
        let is_to_come = clock.now().moment() < terms.since;
        let state = is_to_come.then(|| view! { " " <span class="hint">{t.service_book_to_come()}</span> });
        let by = version.by.clone().map(|by| view! { " " <span class="hint">{by}</span> });
        let asks = terms.questions.iter().map(|question| view! { <li>{question.label.of(t.lang).to_owned()}</li> });
        let asks = asks.collect_view();
        let whole = Service { terms: terms.clone(), ..chapter.service.clone() };
        view! {
            <li>
                <details>
                    <summary>{said} {state} {by}</summary>
                    {about(t, &whole)}
                    <ul>{asks}</ul>
                    {version.script.as_ref().map(|words| script(t, words))}
                </details>
            </li>
        }
        .into_any()
    };
    view! { <ul class="plain stack">{chapter.versions.iter().map(line).collect_view()}</ul> }.into_any()
}

/// The next version, and whether it is offered at all.
#[component]
fn Changes(data: RwSignal<ServiceBook>, id: ItemId, opened: Opened) -> impl IntoView {
    let t = texts();
    let rows: [Row; 2] = [(id.0, 1), (id.0, 2)];
    let steady = Steady::of(move || rows.to_vec());
    let (next, offered) = (steady.hold(rows[0]), steady.hold(rows[1]));
    let two = opened.clone();
    let last = move || data.with(|book| book.chosen.as_ref().map(seen_of).unwrap_or_default());
    // It begins anew with what was published last, unless somebody is writing in it.
    let shown = Memo::new(move |before: Option<&String>| match before {
        Some(before) if next.is_typed.get() => before.clone(),
        _ => last(),
    });
    let first = shown.get_untracked();
    let form = move |version: String| {
        let opened = if version == first { opened.clone() } else { Opened { kept: None, ..opened.clone() } };
        let chapter = data.with_untracked(|book| book.chosen.clone());
        chapter.map(|first| view! { <NextVersion data first opened hold=next/> }.into_any())
    };
    let is_retired =
        Memo::new(move |_| data.with(|book| book.chosen.as_ref().is_some_and(|chapter| chapter.service.is_retired)));
    let word = move || if is_retired.get() { t.service_book_offer() } else { t.service_book_retire() };
    let to_be = Signal::derive(move || is_retired.get().to_string());
    view! {
        <section class="card stack" aria-label=t.service_book_changes()>
            <Fold hold=next group="versions">
                <summary>{t.service_book_next()}</summary>
                <For each=move || vec![shown.get()] key=|version| version.clone() children=form/>
            </Fold>
            <Fold hold=offered group="versions">
                <summary>{changing(word)}</summary>
                <Post to=OfferService::PATH opened=two about=id.to_string() hold=offered dense=true>
                    <Hidden name="service" value=id.to_string()/>
                    <Hidden name="offered" value=to_be/>
                    <p class="soft">{t.service_book_offer_hint()}</p>
                    <div class="submit">
                        <button class="button">{icon("check")} " " {changing(word)}</button>
                    </div>
                </Post>
            </Fold>
        </section>
    }
}
