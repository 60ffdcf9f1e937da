use super::super::api::LoadProblems;
use super::super::model::Problems;
use crate::asking::Loading;
use crate::page::office_page;
use crate::services::{Item, Urgency};
use crate::texts::{Texts, texts};
use crate::ui::{awaited, icon, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// So many stand there at once, with the way to the rest: as many as a finger meets without looking twice.
const FIRST: usize = 23;

/// A lobby screen's first step of a report: what is wrong here? One touch leads to its form.
pub struct ProblemsPage {
    problems: Loading<Problems>,
}

office_page!(ProblemsPage in lobby);

impl ProblemsPage {
    fn data() -> Self {
        Self { problems: Loading::new(|| LoadProblems {}) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.lobby_report(), t.frame_product())/>
            <main id="main" class="booth" tabindex="-1">
                <Suspense>
                    {awaited(move || async move {
                        shown(self.problems.await, |problems| view! { <Tiles problems/> })
                    })}
                </Suspense>
                <footer>{to_board(t)}</footer>
            </main>
        }
        .into_any()
    }
}

#[component]
fn Tiles(
    /// What can be reported.
    problems: Problems,
) -> impl IntoView {
    let t = texts();
    let is_rest = use_query_map().with_untracked(|query| query.get("rest").is_some());
    let Problems { place, items } = problems;
    let (first, rest) = items.split_at(items.len().min(FIRST));
    let tiles = if is_rest { rest } else { first };
    let more = (!is_rest && !rest.is_empty()).then(|| {
        view! {
            <li><a class="tile" href="/kiosk/report?rest=true" rel="external">{icon("list")} <span>{t.lobby_more()}</span></a></li>
        }
    });
    view! {
        <header>
            <h1>{t.lobby_what()}</h1>
            <p class="soft">{icon("pin")} " " {place.label(t)}</p>
        </header>
        <ul class="tiles">{tiles.iter().map(|item| tile(t, item)).collect_view()} {more}</ul>
    }
}

fn tile(t: Texts, item: &Item) -> AnyView {
    let kind = (item.urgency == Urgency::Emergency).then_some("alarm");
    view! {
        <li>
            <a class="tile" data-kind=kind href=format!("/kiosk/report/{}", item.slug)>
                {icon(&item.icon)} <span>{item.name(t.lang).to_owned()}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Back to the board; nothing typed goes along.
pub(super) fn to_board(t: Texts) -> AnyView {
    view! { <a class="button" data-size="l" href="/kiosk">{icon("arrow-left")} " " {t.lobby_back()}</a> }.into_any()
}
