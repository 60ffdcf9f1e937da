use crate::forms::Opened;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Fold, Hidden, Hold, Post, Radios, Row, Steady, WallClock, changing, icon};
use crate::work::{AskAssessment, Assess, Assigning, Verdict, verdict_word};
use leptos::prelude::*;
use server_fn::ServerFn;
use uuid::Uuid;

const ASK: Row = (Uuid::nil(), 1);
const ANSWER: Row = (Uuid::nil(), 2);

/// Whether it is the office's to do at all: what lies outside the list of services a supervisor assesses first (C6).
#[component]
pub fn AssessmentPart(
    /// The page.
    data: RwSignal<Assigning>,
    /// Its clock.
    clock: WallClock,
    /// Its forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let forms = Steady::of(move || {
        data.with(|data| {
            let ask = data.may_ask.then_some(ASK);
            ask.into_iter().chain(data.may_assess.then_some(ANSWER)).collect()
        })
    });
    let form = move |row: Row| {
        let (hold, opened) = (forms.hold(row), opened.clone());
        if row == ASK { ask(t, data, hold, opened) } else { answer(t, data, hold, opened) }
    };
    view! {
        {changing(move || data.with(|data| standing(t, data, clock)))}
        <For each=move || forms.rows() key=|row| *row children=form/>
    }
}

fn standing(t: Texts, data: &Assigning, clock: WallClock) -> Option<AnyView> {
    let (tone, words, more) = match &data.assessment {
        None if data.is_outside => ("risk", t.assess_outside().to_owned(), None),
        None => return None,
        Some(asked) => match &asked.answer {
            None => {
                let (department, since) = (asked.department.names.of(t.lang), clock.near(t, asked.asked_at));
                ("risk", t.assess_awaited(department, since), asked.question.clone())
            }
            Some((verdict, reply)) => {
                let tone = if *verdict == Verdict::NotOurs { "broken" } else { "good" };
                (tone, t.hap_assessed(reply, verdict_word(t, *verdict)), None)
            }
        },
    };
    let more = more.map(|more| view! { <p>{more}</p> });
    Some(
        view! { <div class="notice" data-tone=tone>{icon("user-check")} <div><p>{words}</p> {more}</div></div> }
            .into_any(),
    )
}

fn ask(t: Texts, data: RwSignal<Assigning>, hold: Hold, opened: Opened) -> AnyView {
    let id = data.with_untracked(|data| data.card.id.to_string());
    view! {
        <Fold hold>
            <summary class="button" data-kind="quiet">{icon("help")} " " {t.assess_ask()}</summary>
            <Post to=AskAssessment::PATH opened about=id.clone() hold dense=true>
                <Hidden name="id" value=Signal::stored(id)/>
                <Field name="question" label=t.assess_question() kind="textarea" rows=2 longest=500 optional=true/>
                <div class="submit"><button class="button" data-kind="primary">{icon("send")} " " {t.assess_ask()}</button></div>
            </Post>
        </Fold>
    }
    .into_any()
}

fn answer(t: Texts, data: RwSignal<Assigning>, hold: Hold, opened: Opened) -> AnyView {
    let id = data.with_untracked(|data| data.card.id.to_string());
    let choices = Verdict::ALL.into_iter().map(|one| Choice::new(one.tag(), verdict_word(t, one))).collect();
    view! {
        <section class="card" aria-labelledby="assess">
            <h2 id="assess">{t.assess_title()}</h2>
            <Post to=Assess::PATH opened about=id.clone() hold dense=true>
                <Hidden name="id" value=Signal::stored(id)/>
                <Radios name="verdict" label=t.assess_verdict() choices value=""/>
                <Field name="reply" label=t.assess_reply() hint=t.matter_resident_reads() kind="textarea" rows=2 longest=500/>
                <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.assess_answer()}</button></div>
            </Post>
        </section>
    }
    .into_any()
}
