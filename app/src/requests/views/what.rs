use crate::asking::Loading;
use crate::estate::{EstateRef, ReachUs};
use crate::page::lazy_page;
use crate::services::{Catalogue, Item, LoadCatalogue, Urgency};
use crate::texts::{Texts, texts};
use crate::ui::{awaited, changing, icon, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The first step of a report: what is the matter? Danger stands apart.
pub struct WhatPage {
    catalogue: Loading<Catalogue>,
}

lazy_page!(WhatPage in what);

impl WhatPage {
    fn data() -> Self {
        Self { catalogue: catalogue() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.what_title(), t.frame_product())/>
            <Suspense>
                {awaited(move || async move {
                    shown(self.catalogue.await, |catalogue| view! { <Tiles catalogue/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// What can be reported: in the estate that the address names, else in that of the first home.
pub(super) fn catalogue() -> Loading<Catalogue> {
    let query = use_query_map();
    let estate = Memo::new(move |_| query.with(|query| query.get_str("estate").and_then(|id| id.parse().ok())));
    Loading::new(move || LoadCatalogue { estate: estate.get() })
}

#[component]
fn Tiles(catalogue: Catalogue) -> impl IntoView {
    let t = texts();
    let query = use_query_map();
    let asked = query.with_untracked(|query| query.get("q")).unwrap_or_default();
    let words = RwSignal::new(asked.clone());
    let estates = (!catalogue.estates.is_empty()).then(|| {
        let here = catalogue.estate.id;
        let tab = |estate: &EstateRef| {
            let current = (estate.id == here).then_some("page");
            view! { <a href=format!("/report?estate={}", estate.id) aria-current=current>{estate.names.of(t.lang).to_owned()}</a> }
        };
        view! { <nav class="tabs" aria-label=t.what_estates()>{catalogue.estates.iter().map(tab).collect_view()}</nav> }
    });
    let emergencies: Vec<Item> = catalogue
        .items
        .iter()
        .filter(|item| item.parent.is_some() && item.urgency == Urgency::Emergency)
        .cloned()
        .collect();
    let danger = (!emergencies.is_empty()).then(|| {
        view! {
            <section class="emergencies" aria-labelledby="danger">
                <h2 id="danger">{icon("alert")} " " {t.what_danger()}</h2>
                <ul class="tiles">{emergencies.iter().map(|item| tile(t, &catalogue, item, true)).collect_view()}</ul>
            </section>
        }
    });
    let (several, here) = (!catalogue.estates.is_empty(), catalogue.estate.id.to_string());
    let estate = catalogue.estate.clone();
    let catalogue = StoredValue::new(catalogue);
    let groups = move || {
        let words = words.get();
        catalogue.with_value(|catalogue| {
            let groups: Vec<_> = catalogue.groups().filter_map(|group| section(t, catalogue, group, &words)).collect();
            if groups.is_empty() { nothing(t, catalogue).into_any() } else { groups.into_any() }
        })
    };
    // Typing filters in place; sending the form would only load the same page again.
    let stay = move |event: leptos::ev::SubmitEvent| event.prevent_default();
    view! {
        <ol class="steps" aria-label=t.report_steps()>
            <li aria-current="step">{t.report_step_what()}</li>
            <li>{t.report_step_where()}</li>
            <li>{t.report_step_check()}</li>
        </ol>
        <header>
            <h1>{t.what_title()}</h1>
        </header>
        {estates}
        {danger}
        <form class="search" role="search" method="get" action="/report" on:submit=stay>
            {icon("search")}
            <label class="sr" for="q">{t.what_search()}</label>
            <input
                class="input" id="q" name="q" type="search" value=asked placeholder=t.what_search_hint()
                autocomplete="off" on:input=move |event| words.set(event_target_value(&event))
            />
            {several.then(|| view! { <input type="hidden" name="estate" value=here/> })}
            <button class="sr">{t.what_search_go()}</button>
        </form>
        <div class="stack" aria-live="polite">{changing(groups)}</div>
        <ReachUs estate is_report=true/>
    }
}

/// A group with those of its problems that the words find; the group's own name finds all of them.
fn section(t: Texts, catalogue: &Catalogue, group: &Item, words: &str) -> Option<AnyView> {
    let whole = group.matches(words);
    let tiles: Vec<_> = catalogue
        .of_group(group.id)
        .filter(|item| item.urgency != Urgency::Emergency && (whole || item.matches(words)))
        .map(|item| tile(t, catalogue, item, false))
        .collect();
    if tiles.is_empty() {
        return None;
    }
    let id = format!("group-{}", group.slug);
    let heading = id.clone();
    let view = view! {
        <section aria-labelledby=id>
            <h2 id=heading>{group.name(t.lang).to_owned()}</h2>
            <ul class="tiles">{tiles}</ul>
        </section>
    };
    Some(view.into_any())
}

fn tile(t: Texts, catalogue: &Catalogue, item: &Item, danger: bool) -> impl IntoView + use<> {
    view! {
        <li>
            <a class="tile" data-kind=danger.then_some("alarm") href=catalogue.address(Some(&item.slug))>
                {icon(&item.icon)}
                <span>{item.name(t.lang).to_owned()}</span>
            </a>
        </li>
    }
}

fn nothing(t: Texts, catalogue: &Catalogue) -> impl IntoView {
    view! {
        <div class="empty">
            {icon("search")}
            <h2>{t.what_none()}</h2>
            <p>{t.what_none_hint()}</p>
            <a class="button" href=catalogue.address(None) rel="external">{t.what_all()}</a>
        </div>
    }
}
