use super::super::api::{AnswerVisitor, LoadOwnVisit};
use super::super::model::{Answer, OwnVisit, Visit};
use super::super::words::{answer_word, came_text};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::VisitId;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{Hidden, Post, WallClock, awaited, both, changing, fresh, icon, opened, param, shown, ticking_seconds};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use uuid::Uuid;

/// Somebody in the lobby asks for a resident, who answers.
pub struct OwnVisitPage {
    id: Memo<String>,
    visit: Loading<OwnVisit>,
    opened: Loading<Opened>,
}

office_page!(OwnVisitPage in own_visit);

impl OwnVisitPage {
    fn data() -> Self {
        let id = param("id");
        Self { id, visit: Loading::new(move || question(&id.get())), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { id, visit, opened } = self;
        view! {
            <Title text=t.frame_title(t.call_title(), t.frame_product())/>
            <header><h1>{t.call_title()}</h1></header>
            <Suspense>
                {awaited(move || async move {
                    let id = id.get_untracked();
                    shown(both(visit.await, opened.await), |(first, opened)| view! { <Call first id opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// What is no id is nobody's visit.
fn question(id: &str) -> LoadOwnVisit {
    LoadOwnVisit { id: id.parse().unwrap_or(VisitId(Uuid::nil())) }
}

#[component]
fn Call(first: OwnVisit, id: String, opened: Opened) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Visitors, move || question(&id));
    let clock = ticking_seconds(move || data.with(|own| own.wall.clone()));
    let is_asked = Memo::new(move |_| data.with(|own| own.visit.is_asked(clock.now().moment())));
    let id = data.with_untracked(|own| own.visit.id.to_string());
    let answers = move || {
        let (id, opened) = (id.clone(), opened.clone());
        is_asked.get().then(|| {
            let buttons = Answer::ALL.map(|answer| {
                let (symbol, word) = answer_word(t, answer);
                let kind = (answer == Answer::Up).then_some("primary");
                view! {
                    <button class="button" data-kind=kind data-size="l" name="answer" value=answer.tag()>{icon(symbol)} " " {word}</button>
                    " "
                }
            });
            view! {
                <Post to=AnswerVisitor::PATH opened about=id.clone()>
                    <Hidden name="id" value=id/>
                    <p class="hint">{t.call_hint()}</p>
                    <div class="buttons" role="group" aria-label=t.call_answers()>{buttons.into_iter().collect_view()}</div>
                </Post>
            }
        })
    };
    view! {
        <article class="card stack">
            {changing(move || data.with(|own| facts(t, &own.visit, clock)))}
            <div role="status">{changing(move || (!is_asked.get()).then(|| data.with(|own| became(t, &own.visit))))}</div>
            {changing(answers)}
        </article>
    }
}

/// Who, for which home, when and where.
fn facts(t: Texts, visit: &Visit, clock: WallClock) -> AnyView {
    let name = visit.name.clone().unwrap_or_else(|| t.visit_forgotten().to_owned());
    let company = visit.company.clone().map(|company| view! { " · " {company} });
    let home = visit.home.as_ref().map(|home| view! { <p>{icon("home")} " " {home.label(t)}</p> });
    view! {
        <h2>{name} {company}</h2>
        {home}
        <p class="hint soft">{came_text(t, visit, clock)}</p>
    }
    .into_any()
}

/// What was answered, where it cannot be any more.
fn became(t: Texts, visit: &Visit) -> AnyView {
    match visit.answer {
        Some(answer) => {
            let (symbol, word) = answer_word(t, answer);
            view! { <p>{icon(symbol)} " " {t.call_said(word)}</p> }.into_any()
        }
        None => view! { <p>{icon("clock")} " " {t.call_over()}</p> }.into_any(),
    }
}
