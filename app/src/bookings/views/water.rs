use super::super::care::CloseFacility;
use super::super::model::{Facility, FacilityFile, Measure, WaterReading};
use super::super::rules::LONGEST_NOTE;
use super::super::water::{KeepWaterLog, LogWater};
use super::super::words::{measure_text, measure_word, water_text};
use crate::forms::Opened;
use crate::moment::day;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Hidden, Post, Select, WallClock, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The daily water log of a facility: what was read last, what of it is beyond its limits and what can be done then, the form,
/// the days that are missing, and the log itself (K4).
#[component]
pub(super) fn Water(
    data: RwSignal<FacilityFile>,
    clock: WallClock,
    facility: Facility,
    may_change: bool,
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let is_kept = Memo::new(move |_| data.with(|file| file.water.is_kept));
    let alarm = Memo::new(move |_| {
        data.with(|file| {
            let last = file.water.readings.iter().find(|reading| !reading.is_corrected)?;
            (file.water.is_kept && !last.beyond().is_empty()).then(|| last.clone())
        })
    });
    let correctable = Memo::new(move |_| {
        data.with(|file| {
            let open = file.water.readings.iter().filter(|reading| !reading.is_corrected).take(10);
            let choice =
                |reading: &WaterReading| Choice::new(reading.id.to_string(), clock.at(reading.read_at).full(t));
            open.map(choice).collect::<Vec<_>>()
        })
    });
    let (id, slug) = (facility.id.to_string(), facility.slug);
    let (one, two, three, four) = (opened.clone(), opened.clone(), opened, id.clone());
    let keep_id = id.clone();
    let keep = move |keeps: bool| {
        let word = if keeps { t.water_stop() } else { t.water_keep() };
        let (id, opened) = (keep_id.clone(), three.clone());
        view! {
            <Post to=KeepWaterLog::PATH opened about=id.clone()>
                <Hidden name="facility" value=id/>
                {(!keeps).then(|| view! { <Hidden name="keep" value="true".to_owned()/> })}
                <button class="button" data-kind="quiet">{icon("pool")} " " {word}</button>
            </Post>
        }
        .into_any()
    };
    let form = move || {
        let (id, opened) = (id.clone(), one.clone());
        view! {
            <Post to=LogWater::PATH opened about=id.clone()>
                <Hidden name="facility" value=id/>
                <div class="pair">
                    {Measure::ALL.into_iter().map(|measure| view! {
                        <Field name=measure.tag() label=measure_word(t, measure) hint=limits(t, measure) autocomplete="off"/>
                    }).collect_view()}
                </div>
                <Field name="heads" label=t.water_heads() kind="number"/>
                <Field name="read_at" label=t.water_read_at() hint=t.water_read_at_hint() kind="datetime-local" optional=true/>
                <Select
                    name="corrects" label=t.water_corrects() choices=Vec::new() live=correctable
                    empty=t.water_corrects_none() optional=true
                />
                <Field name="note" label=t.water_note() hint=t.water_note_hint() longest=LONGEST_NOTE optional=true autocomplete="off"/>
                <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.water_log()}</button></div>
            </Post>
        }
        .into_any()
    };
    view! {
        <section class="card stack" aria-labelledby="water">
            <h2 id="water">{t.water_title()}</h2>
            <For each=move || alarm.get() key=|last| last.id children=move |last| alert(t, &last, (four.as_str(), slug.as_str()), clock, two.clone())/>
            {changing(move || (!is_kept.get()).then(|| view! { <p class="soft">{t.water_not_kept()}</p> }))}
            <For each=move || is_kept.get().then_some(()) key=|_| 0_u8 children=move |_| form()/>
            {changing(move || data.with(|file| missing(t, file)))}
            {changing(move || data.with(|file| log(t, &file.water.readings, clock)))}
            {may_change.then(|| view! {
                <For each=move || Some(is_kept.get()) key=|keeps| *keeps children=keep/>
            })}
        </section>
    }
}

/// `0.3 to 1 mg/L`
fn limits(t: Texts, measure: Measure) -> String {
    let (least, most) = measure.limits();
    t.water_limits(measure_text(t, measure, least), measure_text(t, measure, most))
}

/// What was read last is beyond its limits: what, and the ways to close and to report it.
fn alert(t: Texts, last: &WaterReading, (facility, slug): (&str, &str), clock: WallClock, opened: Opened) -> AnyView {
    let what = last.beyond().into_iter().map(|measure| {
        let said = t.water_beyond(measure_word(t, measure), measure_text(t, measure, last.of(measure)));
        view! { <li>{said}</li> }
    });
    let now = clock.with(|_, now| now);
    let from: String = now.machine().chars().take(16).collect();
    let until = now.day().succ_opt().map(|next| format!("{next}T00:00")).unwrap_or_default();
    let (id, of) = (last.id.to_string(), facility.to_owned());
    view! {
        <div class="notice" data-tone="broken" role="alert">
            {icon("alert")}
            <div class="stack">
                <p><b>{t.water_alarm(clock.near(t, last.read_at))}</b></p>
                <ul class="plain">{what.collect_view()}</ul>
                <Post to=CloseFacility::PATH opened about=id.clone() dense=true>
                    <Hidden name="reading" value=id/>
                    <Hidden name="facility" value=of/>
                    <div class="pair">
                        <Field name="from" label=t.care_from() kind="datetime-local" value=from/>
                        <Field name="until" label=t.care_until() kind="datetime-local" value=until/>
                    </div>
                    <Field name="reason" label=t.entry_why() longest=LONGEST_NOTE value=t.water_closed_for().to_owned()/>
                    <div class="submit">
                        <button class="button" data-kind="danger">{icon("lock")} " " {t.water_close()}</button>
                    </div>
                </Post>
                <p class="hint">{t.water_booked_hint()}</p>
                <a class="button" href=format!("/staff/bookings?facility={slug}&day={}", now.day())>
                    {icon("calendar")} " " {t.water_booked()}
                </a>
                <a class="button" href="/staff/desk">{icon("report")} " " {t.water_report()}</a>
            </div>
        </div>
    }
    .into_any()
}

fn missing(t: Texts, file: &FacilityFile) -> Option<AnyView> {
    let days = &file.water.missing;
    let line = |on: &chrono::NaiveDate| view! { <li>{day(t, *on)}</li> };
    (!days.is_empty()).then(|| {
        view! {
            <div class="notice" data-tone="risk">
                {icon("calendar")}
                <div><p>{t.water_missing(days.len())}</p> <ul class="plain">{days.iter().map(line).collect_view()}</ul></div>
            </div>
        }
        .into_any()
    })
}

fn log(t: Texts, readings: &[WaterReading], clock: WallClock) -> Option<AnyView> {
    let row = |reading: &WaterReading| {
        let when = clock.at(reading.read_at).full(t);
        let cells = Measure::ALL.into_iter().map(|measure| {
            let is_beyond = reading.beyond().contains(&measure);
            view! {
                <td data-as="number">
                    {is_beyond.then(|| icon("alert"))} {measure_text(t, measure, reading.of(measure))}
                </td>
            }
        });
        let cells = cells.collect_view();
        let when = if reading.is_corrected {
            view! { <s>{when}</s> " " {t.water_corrected()} }.into_any()
        } else {
            when.into_any()
        };
        view! {
            <tr>
                <th scope="row" class="nowrap">{when}</th>
                {cells}
                <td data-as="number">{reading.heads}</td>
                <td>{reading.by.clone()} " " {reading.note.clone()}</td>
            </tr>
        }
    };
    (!readings.is_empty()).then(|| {
        view! {
            <div class="scroll" tabindex="0" role="group" aria-label=t.water_title()>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t.water_when()}</th>
                            {Measure::ALL.into_iter().map(|measure| view! { <th scope="col" data-as="number">{measure_word(t, measure)}</th> }).collect_view()}
                            <th scope="col" data-as="number">{t.water_heads()}</th>
                            <th scope="col">{t.water_by()}</th>
                        </tr>
                    </thead>
                    <tbody>{readings.iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

/// What was read last, as residents see it.
pub(super) fn last_reading(t: Texts, last: &WaterReading, clock: WallClock) -> AnyView {
    let is_good = last.beyond().is_empty();
    let (symbol, word, tone) =
        if is_good { ("check", t.water_good(), None) } else { ("alert", t.water_bad(), Some("broken")) };
    view! {
        <p class="water">
            {icon("water")} " " {water_text(t, last, clock)} " "
            <span class="chip" data-tone=tone>{icon(symbol)} " " {word}</span>
        </p>
    }
    .into_any()
}
