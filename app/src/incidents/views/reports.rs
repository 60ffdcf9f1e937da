use super::page::{may, row, seen_of};
use crate::forms::Opened;
use crate::ids::RequestId;
use crate::incidents::{AddToIncident, IncidentFile, IncidentMove, RemoveFromIncident};
use crate::requests::{Card, place_text, stage_chip};
use crate::texts::{Texts, texts};
use crate::ui::{Field, Fold, Hidden, Post, Steady, WallClock, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The reports that belong to it, those that might, and how one is taken in or out.
#[component]
pub(super) fn Reports(
    /// The incident.
    data: RwSignal<IncidentFile>,
    /// What the reader may do.
    moves: Steady,
    /// The page's clock.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (add, remove) = (may(moves, IncidentMove::Add), may(moves, IncidentMove::Remove));
    let has_near = Memo::new(move |_| data.with(|data| !data.near.is_empty()));
    let id = data.with_untracked(|data| data.card.incident.id.to_string());
    let (one, two, three) = (opened.clone(), opened.clone(), opened);
    let (first, second) = (id.clone(), id.clone());
    let member = move |card: Card| {
        let (opened, id, request) = (one.clone(), first.clone(), card.id);
        let is_lead = Memo::new(move |_| data.with(|data| data.card.incident.lead == Some(request)));
        let shown = report(t, data, card, clock, false);
        view! {
            <li class="row">
                {shown}
                {changing(move || is_lead.get().then(|| view! { <span class="chip">{icon("star")} " " {t.incident_is_lead()}</span> }))}
                {changing(move || {
                    let (opened, id) = (opened.clone(), id.clone());
                    (remove.get() && !is_lead.get()).then(move || view! {
                        <Post to=RemoveFromIncident::PATH opened about=request.to_string() seen=seen_of(data) dense=true>
                            <Hidden name="id" value=id/>
                            <Hidden name="request" value=request.to_string()/>
                            <button class="button" data-kind="quiet">{icon("cross")} " " {t.incident_remove()}</button>
                        </Post>
                    })
                })}
            </li>
        }
        .into_any()
    };
    let candidate = move |card: Card| {
        let (opened, id, code) = (two.clone(), second.clone(), card.code.clone());
        let shown = report(t, data, card, clock, true);
        view! {
            <li class="row">
                {shown}
                {changing(move || {
                    let (opened, id, code) = (opened.clone(), id.clone(), code.clone());
                    add.get().then(move || view! {
                        <Post to=AddToIncident::PATH opened about=code.clone() seen=seen_of(data) dense=true>
                            <Hidden name="id" value=id/>
                            <Hidden name="code" value=code/>
                            <button class="button" data-kind="quiet">{icon("plus")} " " {t.incident_take_in()}</button>
                        </Post>
                    })
                })}
            </li>
        }
        .into_any()
    };
    view! {
        <section class="stack" aria-labelledby="reports">
            <h2 id="reports">{t.incident_reports_title()}</h2>
            <ul class="rows">
                <For each=move || data.with(|data| data.members.clone()) key=|card| card.id children=member/>
            </ul>
        </section>
        <section class="stack" aria-labelledby="near" hidden=Signal::derive(move || !has_near.get())>
            <h2 id="near">{t.incident_near()}</h2>
            <ul class="rows">
                <For each=move || data.with(|data| data.near.clone()) key=|card| card.id children=candidate/>
            </ul>
        </section>
        {changing(move || {
            let (opened, id) = (three.clone(), id.clone());
            add.get().then(move || {
                let hold = moves.hold(row(IncidentMove::Add));
                view! {
                    <Fold hold>
                        <summary class="button" data-kind="quiet">{icon("plus")} " " {t.incident_add()}</summary>
                        <Post to=AddToIncident::PATH opened about=id.clone() seen=seen_of(data) hold dense=true>
                            <Hidden name="id" value=id/>
                            <Field name="code" label=t.incident_code() autocomplete="off" longest=20/>
                            <div class="submit">
                                <button class="button">{icon("plus")} " " {t.incident_take_in()}</button>
                            </div>
                        </Post>
                    </Fold>
                }
            })
        })}
    }
}

/// A report: what, where, in which words, and where it stands now.
fn report(t: Texts, data: RwSignal<IncidentFile>, first: Card, clock: WallClock, is_near: bool) -> AnyView {
    let id = first.id;
    let href = format!("/staff/requests/{}", first.code);
    let when = clock.at(first.received_at);
    let stage = move || of(data, id, is_near).unwrap_or_else(|| first.clone()).line.stage;
    let (code, place, words) = data
        .with_untracked(|data| {
            let list = if is_near { &data.near } else { &data.members };
            list.iter()
                .find(|card| card.id == id)
                .map(|card| (card.code.clone(), place_text(t, &card.place), card.words.clone()))
        })
        .unwrap_or_default();
    view! {
        <span class="body">
            <span class="line"><a class="code" href=href>{code}</a> " " <b>{place}</b> " " {changing(move || stage_chip(t, &stage()))}</span>
            <span class="hint">{words}</span>
            <time class="hint" datetime=when.machine() title=when.full(t)>{changing(move || when.near(t, clock.now()))}</time>
        </span>
    }
    .into_any()
}

fn of(data: RwSignal<IncidentFile>, id: RequestId, is_near: bool) -> Option<Card> {
    data.with(|data| {
        let list = if is_near { &data.near } else { &data.members };
        list.iter().find(|card| card.id == id).cloned()
    })
}
