use super::sheet::Sheet;
use crate::policy::{
    AddDay, Hours, RemoveDay, SetDuty, SetWeek, SpecialDay, clock_face, days_text, hours_text, weekday_word,
};
use crate::texts::{Texts, texts};
use crate::ui::{Field, cell, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The week, the days that are otherwise, the duty officer's hours.
pub(super) fn calendar(sheet: &Sheet) -> AnyView {
    let t = texts();
    view! {
        <section class="card" aria-labelledby="edit-week">
            <h2 id="edit-week">{t.policy_week()}</h2>
            <p class="soft">{t.policy_week_hint()}</p>
            {sheet.form(SetWeek::PATH, None, week(t, sheet))}
        </section>
        <section class="card" aria-labelledby="edit-days">
            <h2 id="edit-days">{t.policy_days_title()}</h2>
            {days(t, sheet)}
            <h3>{t.policy_day_add()}</h3>
            {sheet.form(AddDay::PATH, None, move || new_day(t))}
        </section>
        <section class="card" aria-labelledby="edit-duty">
            <h2 id="edit-duty">{t.policy_duty()}</h2>
            {sheet.form(SetDuty::PATH, None, duty(t, sheet))}
        </section>
    }
    .into_any()
}

/// A time as its field holds it: midnight is `00:00` at either end of a day.
fn face(minute: Option<u16>) -> String {
    minute.map_or_else(String::new, |minute| clock_face(minute % 1440))
}

fn week(t: Texts, sheet: &Sheet) -> impl FnOnce() -> AnyView + Send + use<> {
    let sheet = sheet.clone();
    move || {
        let days = (0..7).map(|day| {
            let (first, second) = (stretch(t, &sheet, 2 * day), stretch(t, &sheet, 2 * day + 1));
            view! { <li><b>{weekday_word(t, day)}</b> {first} {second}</li> }
        });
        view! { <ul class="week">{days.collect_view()}</ul> {save(t)} }.into_any()
    }
}

/// The first or the second stretch of a day, of which there are two each.
fn stretch(t: Texts, sheet: &Sheet, at: usize) -> AnyView {
    let edge =
        |pick: fn(&Hours) -> u16| sheet.value(move |terms| face(terms.calendar.week[at / 2].get(at % 2).map(pick)));
    let label = |edge: &str| t.policy_week_label(weekday_word(t, at / 2), edge, at % 2 + 1);
    view! {
        <span class="stretch">
            {cell("time", format!("from[{at}]"), label(t.policy_from()), edge(|hours| hours.from))}
            " – "
            {cell("time", format!("until[{at}]"), label(t.policy_until()), edge(|hours| hours.until))}
        </span>
    }
    .into_any()
}

fn save(t: Texts) -> AnyView {
    view! { <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.policy_save()}</button></div> }
        .into_any()
}

fn days(t: Texts, sheet: &Sheet) -> AnyView {
    let (data, sheet) = (sheet.data, sheet.clone());
    let list = Memo::new(move |_| {
        data.with(|book| book.draft.as_ref().map(|draft| draft.terms.calendar.days.clone()).unwrap_or_default())
    });
    let row = move |special: SpecialDay| {
        let first = special.from_on.to_string();
        let label = t.policy_day_remove(&special.name);
        let button = move || {
            view! { <button class="button" data-kind="quiet" aria-label=label>{icon("cross")} " " {t.policy_remove()}</button> }.into_any()
        };
        view! {
            <li class="row">
                {icon("calendar")}
                <div class="body">
                    <span>{special.name.clone()}</span>
                    <span class="hint">{days_text(t, &special)} " · " {hours_text(t, &special.hours)}</span>
                </div>
                {sheet.form(RemoveDay::PATH, Some(("from_on", first)), button)}
            </li>
        }
        .into_any()
    };
    let none = move || list.with(Vec::is_empty).then(|| view! { <p class="soft">{t.policy_days_none()}</p> });
    view! {
        {changing(none)}
        <ul class="rows" hidden=Signal::derive(move || list.with(Vec::is_empty))>
            <For each=move || list.get() key=|day| (day.from_on, day.until_on, day.name.clone(), day.hours.clone().len()) children=row/>
        </ul>
    }
    .into_any()
}

fn new_day(t: Texts) -> AnyView {
    view! {
        <Field name="name" label=t.policy_day_name() longest=60/>
        <div class="pair">
            <Field name="from_on" label=t.policy_day_from() kind="date"/>
            <Field name="until_on" label=t.policy_day_until() kind="date" optional=true/>
        </div>
        <fieldset class="stack" data-gap="s">
            <legend>{t.policy_day_worked()}</legend>
            <p class="hint soft">{t.policy_day_worked_hint()}</p>
            <div class="pair">
                <Field name="from" label=t.policy_from() kind="time" optional=true/>
                <Field name="until" label=t.policy_until() kind="time" optional=true/>
            </div>
        </fieldset>
        <div class="submit"><button class="button" data-kind="primary">{icon("plus")} " " {t.policy_day_add()}</button></div>
    }
    .into_any()
}

fn duty(t: Texts, sheet: &Sheet) -> impl FnOnce() -> AnyView + Send + use<> {
    let sheet = sheet.clone();
    move || {
        view! {
            <fieldset class="stack" data-gap="s">
                <legend>{t.policy_duty_workdays()}</legend>
                <div class="pair">
                    <Field name="workdays_from" label=t.policy_from() kind="time" value=sheet.value(|terms| face(Some(terms.duty.workdays.from)))/>
                    <Field name="workdays_until" label=t.policy_until() kind="time" value=sheet.value(|terms| face(Some(terms.duty.workdays.until)))/>
                </div>
            </fieldset>
            <fieldset class="stack" data-gap="s">
                <legend>{t.policy_duty_other()}</legend>
                <div class="pair">
                    <Field name="other_from" label=t.policy_from() kind="time" value=sheet.value(|terms| face(Some(terms.duty.other_days.from)))/>
                    <Field name="other_until" label=t.policy_until() kind="time" value=sheet.value(|terms| face(Some(terms.duty.other_days.until)))/>
                </div>
            </fieldset>
            {save(t)}
        }
        .into_any()
    }
}
