use super::super::api::MarkVisitor;
use super::super::model::{Mark, Visit, VisitBook, VisitStage};
use super::super::rules::LONGEST_REASON;
use super::super::words::{answer_word, came_text};
use crate::forms::Opened;
use crate::texts::{Texts, texts};
use crate::ui::{Field, Hidden, Post, Row, Steady, WallClock, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Somebody who waits in a lobby, or is in the house: what the desk may do now.
#[component]
pub(super) fn Waiter(
    data: RwSignal<VisitBook>,
    row: Row,
    rows: Steady,
    clock: WallClock,
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    // A line that somebody types into stays here after it was moved: the day's list knows what became of it.
    let found = move || {
        data.with(|book| {
            let mut all = book.waiting.iter().chain(&book.inside).chain(&book.visits);
            all.find(|visit| visit.id.0 == row.0).cloned()
        })
    };
    let Some(first) = untrack(found) else { return ().into_any() };
    let seen = Signal::derive(move || found().map_or_else(String::new, |visit| visit.version.to_string()));
    let is_barred = move |mark: Mark| Signal::derive(move || !found().is_some_and(|visit| visit.allows(mark)));
    let is_kept = is_barred(Mark::Away);
    let id = first.id.to_string();
    let who = first.name.clone().unwrap_or_else(|| t.visit_forgotten().to_owned());
    let hold = rows.hold(row);
    view! {
        <li>
            <article class="card visit">
                {changing(move || found().map(|visit| facts(t, &visit, clock)))}
                <Post to=MarkVisitor::PATH opened about=id.clone() seen hold dense=true>
                    <Hidden name="id" value=id/>
                    <div hidden=is_kept>
                        <Field name="reason" label=t.visitors_reason() longest=LONGEST_REASON optional=true autocomplete="off"/>
                    </div>
                    <div class="buttons" role="group" aria-label=t.visitors_moves(who)>
                        <button class="button" data-kind="primary" name="to" value=Mark::In.tag() hidden=is_barred(Mark::In)>
                            {icon("door")} " " {t.visitors_let_in()}
                        </button>
                        " "
                        <button class="button" data-kind="primary" name="to" value=Mark::Out.tag() hidden=is_barred(Mark::Out)>
                            {icon("sign-out")} " " {t.visitors_see_out()}
                        </button>
                        " "
                        <button class="button" data-kind="danger" name="to" value=Mark::Away.tag() hidden=is_kept>
                            {icon("cross")} " " {t.visitors_turn_away()}
                        </button>
                    </div>
                </Post>
            </article>
        </li>
    }
    .into_any()
}

fn facts(t: Texts, visit: &Visit, clock: WallClock) -> AnyView {
    let (symbol, word) = state(t, visit);
    let company = visit.company.clone().map(|company| view! { " · " {company} });
    view! {
        <header>
            <h3>{icon("person")} " " {name(t, visit)} {company}</h3>
            <span class="chip" data-visit=visit.stage.tag()>{icon(symbol)} " " {word}</span>
        </header>
        <p>{whom(t, visit)}</p>
        <p class="hint soft">{came_text(t, visit, clock)}</p>
    }
    .into_any()
}

/// Who, or that nobody knows any more.
pub(super) fn name(t: Texts, visit: &Visit) -> String {
    visit.name.clone().unwrap_or_else(|| t.visit_forgotten().to_owned())
}

/// Whom they asked for: a home, or what they typed where there is none.
pub(super) fn whom(t: Texts, visit: &Visit) -> String {
    if let Some(home) = &visit.home {
        return home.label(t);
    }
    let building = visit.building.as_ref().map_or("", |names| names.of(t.lang));
    t.visitors_no_home(t.unit_label(building, visit.sought.as_deref().unwrap_or_default()))
}

/// How far it has come: a symbol and a word.
pub(super) fn state(t: Texts, visit: &Visit) -> (&'static str, String) {
    match (visit.stage, visit.answer) {
        (VisitStage::Arrived, _) => ("door", t.visitors_is_in().to_owned()),
        (VisitStage::Departed, _) => ("check", t.visitors_is_out().to_owned()),
        (VisitStage::TurnedAway, _) => ("cross", t.visitors_is_turned(visit.reason.clone().unwrap_or_default())),
        (_, Some(answer)) => {
            let (symbol, word) = answer_word(t, answer);
            (symbol, t.call_said(word))
        }
        (VisitStage::Waiting, None) if visit.told_to == Some(0) => ("alert", t.visitors_nobody_told().to_owned()),
        (VisitStage::Waiting, None) => ("clock", t.visitors_is_asked().to_owned()),
        (_, None) => ("clock", t.visitors_unanswered().to_owned()),
    }
}
