use super::sheet::Sheet;
use crate::people::{Role, role_word};
use crate::policy::{SetDesk, SetQuality, SetRoutes, StopsAt, Terms, clock_face, stops_word};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Radios, cell, icon, select_cell};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Who may stand on the chain, from below.
const RUNGS: [Role; 6] =
    [Role::Receptionist, Role::Coordinator, Role::Supervisor, Role::Head, Role::SiteManager, Role::Hq];

fn save(t: Texts) -> AnyView {
    view! { <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.policy_save()}</button></div> }
        .into_any()
}

/// The three-minute principle and its chain, the same-day answer, orphaned matters.
pub(super) fn desk(sheet: &Sheet) -> AnyView {
    let t = texts();
    let fields = {
        let sheet = sheet.clone();
        move || {
            let stops = StopsAt::ALL.map(|stop| Choice::new(stop.tag(), stops_word(t, stop))).to_vec();
            let rungs = (0..RUNGS.len()).map(|at| rung(t, &sheet, at)).collect_view();
            view! {
                <Field name="minutes" label=t.policy_three_minutes() hint=t.policy_three_minutes_hint() kind="number" value=sheet.value(|terms| terms.desk.minutes.to_string())/>
                <Radios name="stops_at" label=t.policy_stops_at() choices=stops value=sheet.value(|terms| terms.desk.stops_at.tag().to_owned())/>
                <fieldset class="stack" data-gap="s">
                    <legend>{t.policy_chain()}</legend>
                    <p class="soft">{t.policy_chain_hint()}</p>
                    <ol class="rungs">{rungs}</ol>
                </fieldset>
                <div class="pair">
                    <Field name="answer_until" label=t.policy_answer_until() hint=t.policy_answer_until_hint() kind="time" value=sheet.value(|terms| clock_face(terms.desk.answer_until % 1440))/>
                    <Field name="orphan_hours" label=t.policy_orphan() hint=t.policy_orphan_hint() kind="number" value=sheet.value(|terms| terms.desk.orphan_hours.to_string())/>
                    <Field name="mail_days" label=t.policy_mail() hint=t.policy_mail_hint() kind="number" value=sheet.value(|terms| terms.desk.mail_days.to_string())/>
                </div>
                {save(t)}
            }
            .into_any()
        }
    };
    card(t.policy_desk(), sheet.form(SetDesk::PATH, None, fields))
}

fn rung(t: Texts, sheet: &Sheet, at: usize) -> AnyView {
    let roles = RUNGS.map(|role| Choice::new(role.tag(), role_word(t, role))).to_vec();
    let role =
        sheet.value(move |terms| terms.desk.chain.get(at).map_or_else(String::new, |rung| rung.role.tag().to_owned()));
    let after = sheet
        .value(move |terms| terms.desk.chain.get(at).map_or_else(String::new, |rung| rung.after_minutes.to_string()));
    view! {
        <li>
            {select_cell(format!("role[{at}]"), t.policy_rung_role(at + 1), roles, Some(t.policy_rung_none()), role)}
            {cell("number", format!("after[{at}]"), t.policy_rung_minutes(at + 1), after)}
            <span>{t.policy_rung_unit()}</span>
        </li>
    }
    .into_any()
}

/// Which department looks after which category.
pub(super) fn routes(sheet: &Sheet) -> AnyView {
    let t = texts();
    let fields = {
        let sheet = sheet.clone();
        move || {
            let (categories, departments) =
                sheet.data.with_untracked(|book| (book.categories.clone(), book.departments.clone()));
            let rows = categories.into_iter().enumerate().map(|(at, category)| {
                let name = category.names.of(t.lang).to_owned();
                let choices = departments.iter().map(|to| Choice::new(to.id.to_string(), to.names.of(t.lang))).collect();
                let id = category.id;
                let to = sheet.value(move |terms: &Terms| terms.route(id).map_or_else(String::new, |to| to.to_string()));
                view! {
                    <li>
                        <b>{name.clone()}</b>
                        <input type="hidden" name=format!("category[{at}]") value=id.to_string()/>
                        {select_cell(format!("department[{at}]"), t.policy_route_to(&name), choices, Some(t.policy_route_catalogue()), to)}
                    </li>
                }
            });
            view! { <ul class="rungs">{rows.collect_view()}</ul> {save(t)} }.into_any()
        }
    };
    let form = sheet.form(SetRoutes::PATH, None, fields);
    card(t.policy_routes(), view! { <p class="soft">{t.policy_routes_hint()}</p> {form} }.into_any())
}

/// How much is asked again, how a matter ends, when like reports are one incident, how long orders wait.
pub(super) fn quality(sheet: &Sheet) -> AnyView {
    let t = texts();
    let fields = {
        let sheet = sheet.clone();
        move || {
            let number = |name: &'static str, label: &'static str, hint: &'static str, read: fn(&Terms) -> u32| {
                let value = sheet.value(move |terms| read(terms).to_string());
                view! { <Field name label hint kind="number" value/> }.into_any()
            };
            view! {
                <div class="pair">
                    {number("complaints", t.policy_sample_complaints(), t.policy_unit_percent(), |terms| terms.sampling.complaints)}
                    {number("on_site", t.policy_sample_on_site(), t.policy_unit_percent(), |terms| terms.sampling.on_site)}
                    {number("requests", t.policy_sample_requests(), t.policy_unit_percent(), |terms| terms.sampling.requests)}
                </div>
                <div class="pair">
                    {number("object_days", t.policy_object_days(), t.policy_unit_days(), |terms| terms.closing.object_days)}
                    {number("attempts", t.policy_attempts(), t.policy_unit_attempts(), |terms| terms.closing.attempts)}
                </div>
                <div class="pair">
                    {number("reports", t.policy_detector_reports(), t.policy_unit_reports(), |terms| terms.detector.reports)}
                    {number("within_minutes", t.policy_detector_within(), t.policy_minutes(), |terms| terms.detector.within_minutes)}
                </div>
                <div class="pair">
                    {number("quote_days", t.policy_quote_days(), t.policy_unit_whole_days(), |terms| terms.orders.quote_days)}
                    {number("word_days", t.policy_word_days(), t.policy_unit_whole_days(), |terms| terms.orders.word_days)}
                    {number("rework_hours", t.policy_rework_hours(), t.policy_hours(), |terms| terms.orders.rework_hours)}
                </div>
                {save(t)}
            }
            .into_any()
        }
    };
    card(t.policy_quality(), sheet.form(SetQuality::PATH, None, fields))
}

fn card(title: &'static str, inside: AnyView) -> AnyView {
    view! { <section class="card" aria-labelledby="edit-section"><h2 id="edit-section">{title}</h2>{inside}</section> }
        .into_any()
}
