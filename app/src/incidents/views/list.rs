use crate::asking::Loading;
use crate::incidents::{IncidentCard, IncidentStage, Incidents, LoadIncidents, incident_stage_word, reach_text};
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, fresh, icon, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// What the detector proposes, what is open, and what was decided last.
pub struct IncidentsPage {
    incidents: Loading<Incidents>,
}

office_page!(IncidentsPage in incidents);

impl IncidentsPage {
    fn data() -> Self {
        Self { incidents: Loading::new(|| LoadIncidents {}) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { incidents } = self;
        view! {
            <Title text=t.frame_title(t.incidents_title(), t.frame_product())/>
            <header>
                <h1>{t.incidents_title()}</h1>
                <p class="soft">{t.incidents_lead()}</p>
            </header>
            <Suspense>
                {awaited(move || async move {
                    shown(incidents.await, |first| view! { <Lists first/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Lists(first: Incidents) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Requests, || LoadIncidents {});
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let of = move |stage: IncidentStage| {
        data.with(|data| {
            data.live.iter().filter(|card| card.incident.stage == stage).map(|card| row(t, card, clock)).collect_view()
        })
    };
    let is_calm = Memo::new(move |_| data.with(|data| data.live.is_empty()));
    let has =
        move |stage| Memo::new(move |_| data.with(|data| data.live.iter().any(|card| card.incident.stage == stage)));
    let (has_proposed, has_open) = (has(IncidentStage::Proposed), has(IncidentStage::Open));
    let has_over = Memo::new(move |_| data.with(|data| !data.over.is_empty()));
    let over = move || data.with(|data| data.over.iter().map(|card| row(t, card, clock)).collect_view());
    view! {
        {changing(move || is_calm.get().then(|| view! {
            <div class="empty">{icon("check-circle")}<h2>{t.incidents_none()}</h2><p>{t.incidents_none_more()}</p></div>
        }))}
        <section class="stack" aria-labelledby="proposed" hidden=Signal::derive(move || !has_proposed.get())>
            <h2 id="proposed">{t.incidents_proposed()}</h2>
            <ul class="rows">{changing(move || of(IncidentStage::Proposed))}</ul>
        </section>
        <section class="stack" aria-labelledby="open" hidden=Signal::derive(move || !has_open.get())>
            <h2 id="open">{t.incidents_open()}</h2>
            <ul class="rows">{changing(move || of(IncidentStage::Open))}</ul>
        </section>
        <section class="stack" aria-labelledby="over" hidden=Signal::derive(move || !has_over.get())>
            <h2 id="over">{t.incidents_over()}</h2>
            <ul class="rows">{changing(over)}</ul>
        </section>
    }
}

fn row(t: Texts, card: &IncidentCard, clock: WallClock) -> AnyView {
    let incident = &card.incident;
    let when = clock.at(incident.stage_at);
    view! {
        <li>
            <a class="row" href=format!("/staff/incidents/{}", incident.id)>
                {icon(&card.icon)}
                <span class="body">
                    <b>{card.topic.of(t.lang).to_owned()}</b>
                    <span>{reach_text(t, &card.reach)}</span>
                    <span class="hint">{t.incident_reports(card.reports)}</span>
                </span>
                " "
                <span class="state">
                    {stage_chip(t, incident.stage)} " "
                    <time datetime=when.machine() title=when.full(t)>{when.near(t, clock.now())}</time>
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// An incident's stage: symbol, word and colour.
pub(super) fn stage_chip(t: Texts, stage: IncidentStage) -> AnyView {
    let symbol = match stage {
        IncidentStage::Proposed => "help",
        IncidentStage::Open => "wrench",
        IncidentStage::Closed => "check",
        IncidentStage::Dismissed => "cross",
    };
    view! { <span class="chip" data-incident=stage.tag()>{icon(symbol)} " " {incident_stage_word(t, stage)}</span> }
        .into_any()
}
