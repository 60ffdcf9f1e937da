use super::list::stage_chip;
use super::reports::Reports;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::IncidentId;
use crate::incidents::{
    AcceptIncident, CloseIncident, DismissIncident, IncidentFile, IncidentMove, LoadIncident, UpdateIncident,
    reach_text,
};
use crate::live::Room;
use crate::page::office_page;
use crate::requests::{LONGEST_REASON, LONGEST_WORDS};
use crate::texts::texts;
use crate::ui::{Field, Fold, Hidden, Post, Row, Steady, awaited, both, changing, fresh, icon, opened, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use uuid::Uuid;

/// One incident: its reports, and what the desk may do about all of them at once.
pub struct IncidentPage {
    incident: Loading<IncidentFile>,
    opened: Loading<Opened>,
}

office_page!(IncidentPage in incident);

impl IncidentPage {
    fn data() -> Self {
        let params = use_params_map();
        let id = Memo::new(move |_| {
            let id = params.with(|params| params.get_str("id").and_then(|id| id.parse::<IncidentId>().ok()));
            id.unwrap_or(IncidentId(Uuid::nil()))
        });
        Self { incident: Loading::new(move || LoadIncident { id: id.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { incident, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(incident.await, opened.await), |(first, opened)| view! { <Sheet first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// What a move is among the reader's.
pub(super) fn row(what: IncidentMove) -> Row {
    (Uuid::nil(), what as u8)
}

/// Whether a move is shown; changes only when the answer does.
pub(super) fn may(moves: Steady, what: IncidentMove) -> Memo<bool> {
    Memo::new(move |_| moves.shows(row(what)))
}

#[component]
fn Sheet(
    /// The incident as it was when the page was loaded.
    first: IncidentFile,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = first.card.incident.id;
    let topic = first.card.topic.of(t.lang).to_owned();
    let place = reach_text(t, &first.card.reach);
    let symbol = icon(&first.card.icon);
    let data = fresh(first, Room::Requests, move || LoadIncident { id });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let moves = Steady::of(move || data.with(|data| data.moves.iter().map(|what| row(*what)).collect()));
    let reason = Memo::new(move |_| data.with(|data| data.card.incident.reason.clone()));
    let title = t.frame_title(t.incident_title(&place, &topic), t.frame_product());
    view! {
        <Title text=title/>
        <a class="back" href="/staff/incidents">{icon("arrow-left")} " " {t.incidents_title()}</a>
        <header class="head">
            <h1>{symbol} " " {topic}</h1>
            <span class="line">
                {changing(move || data.with(|data| stage_chip(t, data.card.incident.stage)))}
                " "
                <span>{place}</span>
                " "
                <span class="soft">{changing(move || t.incident_reports(data.with(|data| data.card.reports)))}</span>
            </span>
        </header>
        {changing(move || reason.get().map(|reason| view! {
            <div class="notice">{icon("cross")} <div><p>{t.incident_why(reason)}</p></div></div>
        }))}
        <Decide data moves opened=opened.clone()/>
        <Tell data moves opened=opened.clone()/>
        <Reports data moves clock opened/>
    }
}

fn id_of(data: RwSignal<IncidentFile>) -> String {
    data.with_untracked(|data| data.card.incident.id.to_string())
}

/// The version on which a form is decided.
pub(super) fn seen_of(data: RwSignal<IncidentFile>) -> Signal<String> {
    Signal::derive(move || data.with(|data| data.card.incident.version.to_string()))
}

/// Is it one, or is it none?
#[component]
fn Decide(data: RwSignal<IncidentFile>, moves: Steady, opened: Opened) -> impl IntoView {
    let t = texts();
    let may = may(moves, IncidentMove::Accept);
    changing(move || {
        let (one, two) = (opened.clone(), opened.clone());
        may.get().then(move || {
            let (accept, dismiss) = (moves.hold(row(IncidentMove::Accept)), moves.hold(row(IncidentMove::Dismiss)));
            view! {
                <section class="card" aria-labelledby="decide">
                    <h2 id="decide">{t.incident_decide()}</h2>
                    <p>{t.incident_decide_more()}</p>
                    <Post to=AcceptIncident::PATH opened=one about=id_of(data) seen=seen_of(data) hold=accept dense=true>
                        <Hidden name="id" value=id_of(data)/>
                        <div class="submit">
                            <button class="button" data-kind="primary">{icon("check")} " " {t.incident_accept()}</button>
                        </div>
                    </Post>
                    <Fold hold=dismiss>
                        <summary class="button" data-kind="quiet">{icon("cross")} " " {t.incident_dismiss()}</summary>
                        <Post to=DismissIncident::PATH opened=two about=id_of(data) seen=seen_of(data) hold=dismiss dense=true>
                            <Hidden name="id" value=id_of(data)/>
                            <Field name="reason" label=t.incident_dismiss_why() kind="textarea" rows=2 longest=LONGEST_REASON/>
                            <div class="submit">
                                <button class="button" data-kind="danger">{t.incident_dismiss()}</button>
                            </div>
                        </Post>
                    </Fold>
                </section>
            }
        })
    })
}

/// One word to all; times and orders are told on the lead. And the end of it.
#[component]
fn Tell(data: RwSignal<IncidentFile>, moves: Steady, opened: Opened) -> impl IntoView {
    let t = texts();
    let (tell, close) = (may(moves, IncidentMove::Update), may(moves, IncidentMove::Close));
    let lead = Memo::new(move |_| {
        data.with(|data| {
            let lead = data.card.incident.lead?;
            data.members.iter().find(|card| card.id == lead).map(|card| card.code.clone())
        })
    });
    changing(move || {
        let (one, two) = (opened.clone(), opened.clone());
        tell.get().then(move || {
            let hold = moves.hold(row(IncidentMove::Update));
            view! {
                <section class="card" aria-labelledby="tell">
                    <h2 id="tell">{t.incident_tell()}</h2>
                    {changing(move || lead.get().map(|code| view! {
                        <p>
                            {t.incident_lead_more()} " "
                            <a class="nowrap" href=format!("/staff/requests/{code}")>{t.incident_lead(&code)}</a>
                        </p>
                    }))}
                    <Post to=UpdateIncident::PATH opened=one about=id_of(data) seen=seen_of(data) hold dense=true>
                        <Hidden name="id" value=id_of(data)/>
                        <Field
                            name="words" label=t.incident_words() hint=t.incident_words_hint() kind="textarea" rows=3
                            longest=LONGEST_WORDS
                        />
                        <div class="submit">
                            <button class="button" data-kind="primary">{icon("send")} " " {t.incident_send()}</button>
                        </div>
                    </Post>
                    {changing(move || {
                        let opened = two.clone();
                        close.get().then(move || {
                            let hold = moves.hold(row(IncidentMove::Close));
                            view! {
                                <Post to=CloseIncident::PATH opened about=id_of(data) seen=seen_of(data) hold dense=true>
                                    <Hidden name="id" value=id_of(data)/>
                                    <div class="submit">
                                        <button class="button">{icon("check")} " " {t.incident_close()}</button>
                                    </div>
                                </Post>
                            }
                        })
                    })}
                </section>
            }
        })
    })
}
