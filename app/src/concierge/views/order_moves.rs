use super::super::api::{AcceptService, RateService, RefuseService, SendServiceBack, SignNotice, WithdrawService};
use super::super::model::ServiceFile;
use super::super::rules::LONGEST_NOTE;
use super::parts::{cost, fact, notice_lines};
use crate::forms::Opened;
use crate::texts::texts;
use crate::ui::{Field, Fold, Hidden, Post, Row, Stars, Steady, WallClock, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

fn id_of(data: RwSignal<ServiceFile>) -> String {
    data.with_untracked(|file| file.card.order.id.to_string())
}

fn seen_of(data: RwSignal<ServiceFile>) -> Signal<String> {
    Signal::derive(move || data.with(|file| file.card.order.version.to_string()))
}

/// The charge notice: service, time, rate and sum, and the button that signs it (J5).
#[component]
pub(super) fn Sign(data: RwSignal<ServiceFile>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let notice = move || {
        data.with(|file| {
            let (order, terms) = (&file.card.order, &file.service.terms);
            let lines = (!file.parts.is_empty()).then(|| notice_lines(t, order, &file.parts));
            view! {
                {fact(t.charge_service(), file.card.service.of(t.lang).to_owned())}
                {order.needed_at.map(|at| fact(t.charge_time(), clock.at(at).full(t)))}
                {lines}
                {fact(t.charge_sum(), cost(t, order, terms))}
                {fact(t.charge_terms(), t.charge_version(order.terms))}
            }
        })
    };
    view! {
        <section class="card notice-sheet" aria-labelledby="notice">
            <h2 id="notice">{t.charge_title()}</h2>
            <p>{t.charge_lead()}</p>
            <dl class="facts">{changing(notice)}</dl>
            <Post to=SignNotice::PATH opened about=id_of(data) seen=seen_of(data)>
                <Hidden name="id" value=id_of(data)/>
                <p class="hint soft">{t.services_no_tips()}</p>
                <div class="submit">
                    <button class="button" data-kind="primary" data-size="l">{icon("pen")} " " {t.charge_sign()}</button>
                </div>
            </Post>
        </section>
    }
}

#[component]
fn Axes() -> impl IntoView {
    let t = texts();
    view! {
        <Stars name="attitude" label=t.rate_attitude() hint=t.rate_attitude_hint()/>
        <Stars name="conduct" label=t.rate_conduct() hint=t.rate_conduct_hint()/>
        <Stars name="speed" label=t.rate_speed() hint=t.rate_speed_hint()/>
        <Stars name="result" label=t.rate_result() hint=t.rate_result_hint()/>
    }
}

/// It came: as it should be, to be done again, or not wanted at all.
#[component]
pub(super) fn Answer(data: RwSignal<ServiceFile>, opened: Opened) -> impl IntoView {
    let t = texts();
    let id = data.with_untracked(|file| file.card.order.id);
    let row: Row = (id.0, 1);
    let again = Steady::of(move || vec![row]).hold(row);
    let (one, two) = (opened.clone(), opened.clone());
    view! {
        <Post to=AcceptService::PATH opened about=id_of(data) seen=seen_of(data) dense=true>
            <Hidden name="id" value=id_of(data)/>
            <Axes/>
            <p class="soft">{t.track_rating_hint()}</p>
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">{icon("check-circle")} " " {t.service_accept()}</button>
            </div>
        </Post>
        <Fold hold=again group="not-well">
            <summary>{t.service_send_back()}</summary>
            <Post to=SendServiceBack::PATH opened=one about=id_of(data) seen=seen_of(data) hold=again dense=true>
                <Hidden name="id" value=id_of(data)/>
                <Field name="words" label=t.service_what_wrong() kind="textarea" longest=LONGEST_NOTE/>
                <div class="submit">
                    <button class="button" data-kind="danger">{icon("retry")} " " {t.service_send_back()}</button>
                </div>
            </Post>
        </Fold>
        <Refuse data opened=two/>
    }
}

/// They will not have it at all, as it came or while it is to be done again.
#[component]
pub(super) fn Refuse(data: RwSignal<ServiceFile>, opened: Opened) -> impl IntoView {
    let t = texts();
    let row: Row = (data.with_untracked(|file| file.card.order.id).0, 2);
    let never = Steady::of(move || vec![row]).hold(row);
    view! {
        <Fold hold=never group="not-well">
            <summary>{t.service_refuse()}</summary>
            <Post to=RefuseService::PATH opened about=id_of(data) seen=seen_of(data) hold=never dense=true>
                <Hidden name="id" value=id_of(data)/>
                <Field name="reason" label=t.service_why() kind="textarea" longest=LONGEST_NOTE/>
                <div class="submit">
                    <button class="button" data-kind="danger">{icon("alert")} " " {t.service_refuse()}</button>
                </div>
            </Post>
        </Fold>
    }
}

/// How it was, from whoever has not said so yet.
#[component]
pub(super) fn Rate(data: RwSignal<ServiceFile>, opened: Opened) -> impl IntoView {
    let t = texts();
    view! {
        <Post to=RateService::PATH opened about=id_of(data) seen=seen_of(data) dense=true>
            <Hidden name="id" value=id_of(data)/>
            <Axes/>
            <Field name="words" label=t.booking_how_words() kind="textarea" longest=LONGEST_NOTE rows=2 optional=true/>
            <div class="submit">
                <button class="button" data-kind="primary">{icon("star")} " " {t.booking_rate()}</button>
            </div>
        </Post>
    }
}

/// They do not want it any more.
#[component]
pub(super) fn Withdraw(data: RwSignal<ServiceFile>, opened: Opened) -> impl IntoView {
    let t = texts();
    view! {
        <Post to=WithdrawService::PATH opened about=id_of(data) seen=seen_of(data)>
            <Hidden name="id" value=id_of(data)/>
            <div class="submit">
                <button class="button" data-kind="quiet">{icon("cross")} " " {t.service_withdraw()}</button>
            </div>
        </Post>
    }
}
