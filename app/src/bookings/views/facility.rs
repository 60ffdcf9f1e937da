use super::super::care::{CloseFacility, LoadFacility, ReopenFacility, SetDay, UnsetDay};
use super::super::model::{Closure, Facility, FacilityFile, Opening, SpecialDay};
use super::super::rules::LONGEST_NOTE;
use super::super::words::{hours_text, times_text};
use super::parts::{terms_list, unit_name};
use super::water::Water;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::{ClosureId, FacilityId};
use crate::live::Room;
use crate::moment::day;
use crate::page::office_page;
use crate::policy::weekday_word;
use crate::texts::{Texts, texts};
use crate::ui::{
    Choice, Field, Hidden, Post, Select, WallClock, awaited, both, changing, fresh, icon, opened, param, shown, ticking,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// A facility as the office looks after it: its hours, when it is closed, and days with hours of their own.
pub struct FacilityPage {
    file: Loading<FacilityFile>,
    opened: Loading<Opened>,
}

office_page!(FacilityPage in facility);

/// The facility that the page's address names. For `data()`.
pub(super) fn file() -> Loading<FacilityFile> {
    let slug = param("facility");
    Loading::new(move || LoadFacility { slug: slug.get() })
}

impl FacilityPage {
    fn data() -> Self {
        Self { file: file(), opened: opened() }
    }

    fn view(self) -> AnyView {
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(self.file.await, self.opened.await), |(file, opened)| view! { <Sheet file opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Sheet(file: FacilityFile, opened: Opened) -> impl IntoView {
    let t = texts();
    let (facility, may_change) = (file.facility.clone(), file.may_change);
    // Whoever may change a facility may begin a log; others see one that there is.
    let shows_water = may_change || file.water.is_kept || !file.water.readings.is_empty();
    let (name, slug) = (facility.names.of(t.lang).to_owned(), facility.slug.clone());
    let data = fresh(file, Room::Bookings, move || LoadFacility { slug: slug.clone() });
    let clock = ticking(move || data.with(|file| file.wall.clone()));
    let held = Memo::new(move |_| data.with(|file| (file.openings.clone(), file.facility.terms.clone())));
    view! {
        <Title text=t.frame_title(&name, t.frame_product())/>
        <a class="back" href=format!("/staff/bookings?facility={}", facility.slug)>{icon("arrow-left")} " " {t.diary_title()}</a>
        <header>
            <h1>{icon(&facility.icon)} " " {name}</h1>
            <p class="soft">{t.care_lead()}</p>
        </header>
        {(!facility.terms.is_by_night()).then(|| view! {
            <div class="buttons noprint">
                <a class="button" href=format!("/staff/facilities/{}/draws", facility.slug)>{icon("lot")} " " {t.draws_link()}</a>
            </div>
        })}
        <Closures data clock facility=facility.clone() opened=opened.clone()/>
        {shows_water.then(|| view! { <Water data clock facility=facility.clone() may_change opened=opened.clone()/> })}
        <Specials data facility=facility.id opened=opened.clone()/>
        <section class="card stack" aria-labelledby="terms">
            <h2 id="terms">{t.booking_terms()}</h2>
            {changing(move || held.with(|(openings, terms)| view! {
                {week(t, openings)}
                {terms_list(t, terms)}
            }))}
            {may_change.then(|| view! {
                <div class="buttons noprint">
                    <a class="button" href=format!("/staff/facilities/{}/terms", facility.slug)>{icon("pen")} " " {t.next_title()}</a>
                </div>
            })}
        </section>
    }
}

/// Its hours, weekday by weekday.
fn week(t: Texts, openings: &[Opening]) -> AnyView {
    let line = |weekday: u32| {
        let own = openings.iter().filter(|opening| opening.weekday == weekday);
        let hours = hours_text(t, &own.map(|opening| (opening.opens, opening.closes)).collect::<Vec<_>>());
        let name = if weekday == 8 { t.care_holiday() } else { weekday_word(t, weekday as usize - 1) };
        view! { <div><dt>{name}</dt><dd>{hours}</dd></div> }
    };
    view! { <dl class="facts">{(1..=8).map(line).collect_view()}</dl> }.into_any()
}

#[component]
fn Closures(data: RwSignal<FacilityFile>, clock: WallClock, facility: Facility, opened: Opened) -> impl IntoView {
    let t = texts();
    let all = Memo::new(move |_| data.with(|file| file.closures.iter().map(|one| one.id).collect::<Vec<_>>()));
    let (id, whole) = (facility.id, Choice::new("", t.care_whole()));
    let units = facility.units.iter().map(|unit| Choice::new(unit.id.to_string(), unit.names.of(t.lang)));
    let choices: Vec<_> = std::iter::once(whole).chain(units).collect();
    let forms = opened.clone();
    let row = move |closure: ClosureId| {
        let found = data.with_untracked(|file| file.closures.iter().find(|one| one.id == closure).cloned());
        found.map(|closure| closed(t, &closure, &facility, clock, forms.clone()))
    };
    view! {
        <section class="card stack" aria-labelledby="closures">
            <h2 id="closures">{t.care_closures()}</h2>
            {changing(move || all.with(Vec::is_empty).then(|| view! { <p class="soft">{t.care_closures_none()}</p> }))}
            <ul class="rows" hidden=Signal::derive(move || all.with(Vec::is_empty))>
                <For each=move || all.get() key=|id| *id children=row/>
            </ul>
            <Post to=CloseFacility::PATH opened>
                <Hidden name="facility" value=id.to_string()/>
                <Select name="unit" label=t.care_what() choices/>
                <div class="pair">
                    <Field name="from" label=t.care_from() kind="datetime-local"/>
                    <Field name="until" label=t.care_until() kind="datetime-local"/>
                </div>
                <Field name="reason" label=t.entry_why() longest=LONGEST_NOTE/>
                <div class="submit"><button class="button" data-kind="primary">{icon("lock")} " " {t.care_close()}</button></div>
            </Post>
        </section>
    }
}

fn closed(t: Texts, closure: &Closure, facility: &Facility, clock: WallClock, opened: Opened) -> AnyView {
    let (id, of) = (closure.id.to_string(), facility.id.to_string());
    view! {
        <li class="row">
            {icon("lock")}
            <span class="body">
                <b>{times_text(t, clock.at(closure.starts_at), clock.at(closure.ends_at))}</b>
                <span>{unit_name(t, facility, closure.unit)}</span>
                <span class="hint">{closure.reason.clone()}</span>
            </span>
            <Post to=ReopenFacility::PATH opened about=id.clone()>
                <Hidden name="facility" value=of/>
                <Hidden name="id" value=id/>
                <button class="button">{icon("undo")} " " {t.care_reopen()}</button>
            </Post>
        </li>
    }
    .into_any()
}

#[component]
fn Specials(data: RwSignal<FacilityFile>, facility: FacilityId, opened: Opened) -> impl IntoView {
    let t = texts();
    let all = Memo::new(move |_| data.with(|file| file.days.clone()));
    let forms = opened.clone();
    let row = move |special: SpecialDay| {
        let on = special.on.to_string();
        view! {
            <li class="row">
                {icon("calendar")}
                <span class="body"><b>{day(t, special.on)}</b> <span>{hours_text(t, &special.hours)}</span></span>
                <Post to=UnsetDay::PATH opened=forms.clone() about=on.clone()>
                    <Hidden name="facility" value=facility.to_string()/>
                    <Hidden name="on" value=on/>
                    <button class="button">{icon("undo")} " " {t.care_day_remove()}</button>
                </Post>
            </li>
        }
    };
    let key = |special: &SpecialDay| -> (NaiveDate, Vec<(u16, u16)>) { (special.on, special.hours.clone()) };
    view! {
        <section class="card stack" aria-labelledby="days">
            <h2 id="days">{t.care_days()}</h2>
            {changing(move || all.with(Vec::is_empty).then(|| view! { <p class="soft">{t.care_days_none()}</p> }))}
            <ul class="rows" hidden=Signal::derive(move || all.with(Vec::is_empty))>
                <For each=move || all.get() key=key children=row/>
            </ul>
            <Post to=SetDay::PATH opened>
                <Hidden name="facility" value=facility.to_string()/>
                <Field name="on" label=t.care_day() kind="date"/>
                <div class="pair">
                    <Field name="from" label=t.care_from() kind="time" optional=true hint=t.care_day_hint()/>
                    <Field name="until" label=t.care_until() kind="time" optional=true/>
                </div>
                <Field name="more" label=t.care_day_more() hint=t.care_day_more_hint() optional=true/>
                <div class="submit"><button class="button" data-kind="primary">{icon("check")} " " {t.care_day_add()}</button></div>
            </Post>
        </section>
    }
}
