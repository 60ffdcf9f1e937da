use super::super::api::LoadFinds;
use super::super::model::Finds;
use super::super::words::length_text;
use super::found::{Offer, Shown, kept};
use super::planner::go_on;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::FacilityId;
use crate::live::Room;
use crate::moment::{day, span};
use crate::page::lazy_page;
use crate::people::Home;
use crate::requests::{DayPart, part_word};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Radios, Select, awaited, both, changing, fresh, icon, opened, shown, ticking};
use chrono::Days;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use web_sys::{FormData, HtmlFormElement};

const PATH: &str = "/book/find";
/// What an address of a search says.
const FIELDS: [&str; 6] = ["home", "day", "days", "part", "minutes", "heads"];
/// How long a booking may be asked for here, in minutes,
const LENGTHS: [u32; 6] = [30, 60, 90, 120, 180, 240];
/// and in nights.
const NIGHTS: [u32; 4] = [1, 2, 3, 7];

/// A search over all that can be booked: when is there anything for so long, for so many? A time is tapped as in a week.
pub struct FindPage {
    finds: Loading<Finds>,
    opened: Loading<Opened>,
}

lazy_page!(FindPage in find);

impl FindPage {
    fn data() -> Self {
        let query = use_query_map();
        Self { finds: Loading::new(move || query.with(question)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.find_title(), t.frame_product())/>
            <a class="back" href="/book">{icon("arrow-left")} " " {t.book_title()}</a>
            <header><h1>{t.find_title()}</h1></header>
            <Transition>
                {awaited(move || async move {
                    shown(both(self.finds.await, self.opened.await), |(finds, opened)| view! { <Search finds opened/> })
                })}
            </Transition>
        }
        .into_any()
    }
}

/// What an address asks.
fn question(query: &ParamsMap) -> LoadFinds {
    let number = |name: &str| query.get_str(name).and_then(|number| number.parse().ok());
    LoadFinds {
        home: query.get_str("home").and_then(|id| id.parse().ok()),
        day: query.get("day"),
        days: number("days"),
        part: query.get_str("part").and_then(DayPart::from_tag),
        minutes: number("minutes"),
        heads: number("heads"),
    }
}

/// What is shown, asked again.
fn again(finds: &Finds) -> LoadFinds {
    LoadFinds {
        home: Some(finds.home),
        day: Some(finds.day.to_string()),
        days: Some(finds.days),
        part: finds.part,
        minutes: Some(finds.minutes),
        heads: Some(finds.heads),
    }
}

#[component]
fn Search(finds: Finds, opened: Opened) -> impl IntoView {
    let t = texts();
    let (homes, ask, when) = (for_whom(t, &finds), ask(t, &finds), when(t, &finds));
    let question = again(&finds);
    let data = fresh(finds, Room::Bookings, move || question.clone());
    let clock = ticking(move || data.with(|finds| finds.wall.clone()));
    let shown = Memo::new(move |before: Option<&Shown>| data.with(|finds| kept(finds, before)));
    let offered = Memo::new(move |_| shown.with(|shown| shown.iter().map(|(id, _)| *id).collect::<Vec<_>>()));
    let is_none = Memo::new(move |_| offered.with(Vec::is_empty));
    let count =
        Memo::new(move |_| data.with(|finds| finds.found.iter().filter(|found| !found.starts.is_empty()).count()));
    let rest = Memo::new(move |_| data.with(|finds| offered.with(|offered| names_but(t, finds, offered))));
    let on_done = go_on("/bookings/{code}");
    let offer = move |id: FacilityId| {
        let found = data.with_untracked(|finds| finds.found.iter().find(|found| found.facility.id == id).cloned());
        found.map(|found| view! { <Offer found data shown clock opened=opened.clone() on_done/> }).into_any()
    };
    view! {
        {homes}
        {ask}
        <section aria-labelledby="when">
            <h2 id="when">{when}</h2>
            <p aria-live="polite">{changing(move || t.find_count(count.get()))}</p>
            {changing(move || is_none.get().then(|| view! {
                <div class="empty">{icon("calendar")}<h3>{t.find_none()}</h3><p>{t.find_none_hint()}</p></div>
            }))}
            <For each=move || offered.get() key=|id| *id children=offer/>
            {changing(move || rest.with(|names| {
                (!names.is_empty()).then(|| view! { <p class="soft">{t.find_rest(names)}</p> })
            }))}
        </section>
    }
}

/// What was looked at besides these.
fn names_but(t: Texts, finds: &Finds, offered: &[FacilityId]) -> String {
    let rest = finds.found.iter().filter(|found| !offered.contains(&found.facility.id));
    rest.map(|found| found.facility.names.of(t.lang)).collect::<Vec<_>>().join(" · ")
}

/// `Sat 28 Nov`, `Sat 28 Nov to Fri 4 Dec`.
fn when(t: Texts, finds: &Finds) -> String {
    match finds.day.checked_add_days(Days::new(u64::from(finds.days.saturating_sub(1)))) {
        Some(last) if last != finds.day => t.find_span(day(t, finds.day), day(t, last)),
        _ => day(t, finds.day),
    }
}

/// For which of several homes.
fn for_whom(t: Texts, finds: &Finds) -> Option<AnyView> {
    let tab = |home: &Home| {
        let query: ParamsMap = [
            ("home", home.unit.id.to_string()),
            ("day", finds.day.to_string()),
            ("days", finds.days.to_string()),
            ("part", finds.part.map_or("", DayPart::tag).to_owned()),
            ("minutes", finds.minutes.to_string()),
            ("heads", finds.heads.to_string()),
        ]
        .into_iter()
        .collect();
        let current = (home.unit.id == finds.home).then_some("true");
        view! { <a href=format!("{PATH}{}", query.to_query_string()) aria-current=current>{home.unit.label(t)}</a> }
    };
    (finds.homes.len() > 1).then(|| {
        view! { <nav class="tabs" aria-label=t.book_home()>{finds.homes.iter().map(tab).collect_view()}</nav> }
            .into_any()
    })
}

/// What is looked for: a plain form, whose address can be sent to a friend.
fn ask(t: Texts, finds: &Finds) -> AnyView {
    let navigate = use_navigate();
    let search = move |event: SubmitEvent| {
        let Ok(data) = FormData::new_with_form(&event_target::<HtmlFormElement>(&event)) else { return };
        event.prevent_default();
        let field = |name: &'static str| (name, data.get(name).as_string().unwrap_or_default());
        let query: ParamsMap = FIELDS.map(field).into_iter().collect();
        // What was found stands below the form.
        let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        navigate(&format!("{PATH}{}", query.to_query_string()), options);
    };
    let spans = [(1, t.find_days_1()), (7, t.find_days_7()), (30, t.find_days_30())];
    let spans = spans.map(|(days, word)| Choice::new(days.to_string(), word));
    let mut parts = vec![Choice::new("", t.find_part_any())];
    parts.extend(DayPart::ALL.map(|part| Choice::new(part.tag(), part_word(t, part))));
    let mut lengths = LENGTHS.map(|minutes| Choice::new(minutes.to_string(), span(t, minutes.into()))).to_vec();
    if finds.has_nights {
        let nights = |nights: u32| Choice::new((nights * 1440).to_string(), length_text(t, nights, 1440, true));
        lengths.extend(NIGHTS.map(nights));
    }
    view! {
        <form
            class="form" data-gap="s" role="search" aria-label=t.find_title()
            method="get" action=PATH on:submit=search
        >
            <input type="hidden" name="home" value=finds.home.to_string()/>
            <div class="pair">
                <Field name="day" label=t.find_day() kind="date" value=finds.day.to_string()/>
                <Radios name="days" label=t.find_days() choices=spans.into() value=finds.days.to_string()/>
            </div>
            <Radios name="part" label=t.find_part() choices=parts value=finds.part.map_or("", DayPart::tag).to_owned()/>
            <div class="pair">
                <Select name="minutes" label=t.book_length() choices=lengths value=finds.minutes.to_string()/>
                <Field name="heads" label=t.book_people() kind="number" value=finds.heads.to_string()/>
            </div>
            <div class="submit">
                <button class="button" data-kind="primary">{icon("search")} " " {t.find_go()}</button>
            </div>
        </form>
    }
    .into_any()
}
