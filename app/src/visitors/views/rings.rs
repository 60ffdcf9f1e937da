use super::super::api::AnswerRing;
use super::super::model::{Ring, RingStage, VisitBook};
use crate::forms::Opened;
use crate::texts::{Texts, texts};
use crate::ui::{Hidden, Post, Row, Steady, WallClock, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// What rings, and who goes there.
#[component]
pub(super) fn Rings(data: RwSignal<VisitBook>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let rings = Steady::of(move || data.with(|book| book.rings.iter().map(|ring| (ring.id.0, 0)).collect()));
    let ring = move |row: Row| view! { <OneRing data row clock opened=opened.clone()/> }.into_any();
    view! {
        <section class="stack" aria-labelledby="rings" aria-live="polite">
            <h2 id="rings">{t.rings_title()}</h2>
            {changing(move || rings.rows().is_empty().then(|| view! { <p class="soft">{t.rings_none()}</p> }))}
            <ul class="cards"><For each=move || rings.rows() key=|row| *row children=ring/></ul>
        </section>
    }
}

#[component]
fn OneRing(data: RwSignal<VisitBook>, row: Row, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let found = move || data.with(|book| book.rings.iter().find(|ring| ring.id.0 == row.0).cloned());
    let Some(first) = untrack(found) else { return ().into_any() };
    let seen = Signal::derive(move || found().map_or_else(String::new, |ring| ring.version.to_string()));
    let stage = Memo::new(move |_| found().map(|ring| ring.stage));
    let is_coming = Signal::derive(move || stage.get() != Some(RingStage::Ringing));
    let is_talking = Signal::derive(move || stage.get() == Some(RingStage::Talking));
    let id = first.id.to_string();
    view! {
        <li>
            <article class="card ring">
                {changing(move || found().map(|ring| facts(t, &ring, clock)))}
                <Post to=AnswerRing::PATH opened about=id.clone() seen>
                    <Hidden name="id" value=id/>
                    <div class="buttons" role="group" aria-label=t.rings_answers(first.place.label(t))>
                        <button class="button" data-kind="primary" name="how" value=RingStage::Coming.tag() hidden=is_coming>
                            {icon("user-check")} " " {t.rings_coming()}
                        </button>
                        " "
                        <button class="button" name="how" value=RingStage::Talking.tag() hidden=is_talking>
                            {icon("chat")} " " {t.rings_talking()}
                        </button>
                        " "
                        <button class="button" name="how" value=RingStage::Over.tag()>{icon("check")} " " {t.rings_over()}</button>
                    </div>
                </Post>
            </article>
        </li>
    }
    .into_any()
}

/// Where, since when, and who goes there.
fn facts(t: Texts, ring: &Ring, clock: WallClock) -> AnyView {
    let by = ring.by.clone().unwrap_or_default();
    let word = match ring.stage {
        RingStage::Coming => t.rings_is_coming(by),
        RingStage::Talking => t.rings_is_talking(by),
        RingStage::Ringing | RingStage::Over => t.rings_unanswered().to_owned(),
    };
    let tone = (ring.stage == RingStage::Ringing).then_some("broken");
    view! {
        <header>
            <h3>{icon("bell")} " " {t.told_ring(ring.place.label(t))}</h3>
            <span class="chip" data-tone=tone>{icon("clock")} " " {word}</span>
        </header>
        <p class="hint soft">{clock.near(t, ring.rung_at)}</p>
    }
    .into_any()
}
