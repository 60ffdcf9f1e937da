use super::edit_calendar::calendar;
use super::edit_clocks::clocks;
use super::edit_desk::{desk, quality, routes};
use super::policy::changed_words;
use super::sheet::Sheet;
use crate::asking::Loading;
use crate::fault::Fault;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::policy::{Book, LoadPolicy, Section, section_word};
use crate::texts::{Texts, texts};
use crate::ui::{FaultPage, WallClock, awaited, changing, fresh, icon, opened, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Writes the next version, one section after the other: each form is sent by itself into the draft.
pub struct EditPolicyPage {
    section: Memo<Option<Section>>,
    book: Loading<Book>,
    opened: Loading<Opened>,
}

office_page!(EditPolicyPage in policy_edit);

impl EditPolicyPage {
    fn data() -> Self {
        let params = use_params_map();
        let section = Memo::new(move |_| params.with(|params| params.get_str("section").and_then(Section::from_tag)));
        Self { section, book: Loading::new(|| LoadPolicy { version: None }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let EditPolicyPage { section, book, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    match (book.await, opened.await) {
                        (Ok(first), Ok(opened)) if first.draft.is_some() => view! { <Editing first opened section/> }.into_any(),
                        (Ok(_), Ok(_)) => view! { <FaultPage fault=Fault::NotAllowed/> }.into_any(),
                        (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Editing(
    /// The policy and its draft as they were when the page was loaded.
    first: Book,
    /// The page's forms.
    opened: Opened,
    /// Which section the address names.
    section: Memo<Option<Section>>,
) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Policy, || LoadPolicy { version: None });
    let clock = ticking(move || data.with(|book| book.wall.clone()));
    let query = use_query_map();
    let category = Memo::new(move |_| query.with(|query| query.get_str("category").map(str::to_owned)));
    let sheet = Sheet::of(data, opened);
    // Forms of another section, or another category, are other forms.
    let part = move |(section, category): (Option<Section>, Option<String>)| {
        let sheet = &sheet;
        match section {
            Some(Section::Calendar) => calendar(sheet),
            Some(Section::Clocks) => clocks(sheet, category),
            Some(Section::Desk) => desk(sheet),
            Some(Section::Routes) => routes(sheet),
            Some(Section::Quality) => quality(sheet),
            None => view! { <FaultPage fault=Fault::NotFound/> }.into_any(),
        }
    };
    let tabs = Section::ALL.map(|each| {
        let is_here = move || (section.get() == Some(each)).then_some("page");
        view! {
            <a href=format!("/staff/policy/edit/{}", each.tag()) aria-current=Signal::derive(is_here)>
                {section_word(t, each)}
                {changing(move || data.with(|book| is_changed(book, each)).then(|| view! { " " <span class="chip" data-urgency="urgent">{t.policy_changed()}</span> }))}
            </a>
        }
    });
    view! {
        <Title text=t.frame_title(t.policy_edit_title(), t.frame_product())/>
        <a class="back" href="/staff/policy">{icon("arrow-left")} " " {t.policy_back()}</a>
        <header><h1>{t.policy_edit_title()}</h1></header>
        <div class="notice" role="status">{changing(move || data.with(|book| bar(t, book, clock)))}</div>
        <nav class="tabs" aria-label=t.policy_sections()>{tabs.collect_view()}</nav>
        <div class="stack" data-gap="l">
            <For each=move || [(section.get(), category.get())] key=|part| part.clone() children=part/>
        </div>
    }
}

fn is_changed(book: &Book, section: Section) -> bool {
    book.draft.as_ref().is_some_and(|draft| draft.changed.contains(&section))
}

/// Where the draft stands, and where it leads.
fn bar(t: Texts, book: &Book, clock: WallClock) -> AnyView {
    let next = book.latest().map_or(1, |latest| latest.version + 1);
    match book.draft.as_ref().and_then(|draft| Some((draft, draft.edited.as_ref()?))) {
        None => view! { {icon("pen")} <div><p>{t.policy_bar_none(next)}</p></div> }.into_any(),
        Some((draft, edited)) => view! {
            {icon("pen")}
            <div>
                <p>{t.policy_drafted(changed_words(t, &draft.changed), clock.near(t, edited.at), &edited.by)}</p>
                <div class="buttons">
                    <a class="button" data-kind="primary" href="/staff/policy/preview">{icon("search")} " " {t.policy_preview()}</a>
                </div>
            </div>
        }
        .into_any(),
    }
}
