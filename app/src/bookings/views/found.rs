use super::super::api::Hold;
use super::super::model::{Finds, Found};
use super::super::words::{cost_text, length_text};
use super::address::Address;
use super::planner::Instead;
use crate::asking::Reply;
use crate::forms::Opened;
use crate::ids::FacilityId;
use crate::moment::{When, day};
use crate::texts::texts;
use crate::ui::{Chosen, Noted, Post, WallClock, changing, icon, noted};
use chrono::NaiveDate;
use leptos::prelude::*;
use server_fn::ServerFn;

/// The times that stand on the page, facility by facility.
pub(super) type Shown = Vec<(FacilityId, Vec<i64>)>;

/// What is free now, and what was since the page was opened: what goes stays where it is, and is told to be gone.
pub(super) fn kept(finds: &Finds, before: Option<&Shown>) -> Shown {
    let before = before.map(Vec::as_slice).unwrap_or_default();
    let times = |found: &Found| {
        let id = found.facility.id;
        let were = before.iter().find(|(of, _)| *of == id).map(|(_, times)| times.as_slice());
        let mut times = [found.starts.as_slice(), were.unwrap_or_default()].concat();
        times.sort_unstable();
        times.dedup();
        (!times.is_empty()).then_some((id, times))
    };
    finds.found.iter().filter_map(times).collect()
}

/// A facility, how long and for how much, and its times.
#[component]
pub(super) fn Offer(
    found: Found,
    data: RwSignal<Finds>,
    shown: Memo<Shown>,
    clock: WallClock,
    opened: Opened,
    on_done: Callback<Reply>,
) -> impl IntoView {
    let t = texts();
    let Found { facility, steps, by_night, minutes, price, currency, .. } = found;
    let length = length_text(t, steps, minutes / steps.max(1), by_night);
    let (id, heading) = (facility.id, format!("find-{}", facility.slug));
    let name = facility.names.of(t.lang).to_owned();
    let week = t.find_week(&name);
    let (home, heads, address) = data.with_untracked(|finds| {
        let address = Address {
            facility: facility.slug,
            unit: None,
            estate: finds.homes.iter().find(|home| home.unit.id == finds.home).map(|home| home.estate),
            home: Some(finds.home),
            day: Some(finds.day.to_string()),
            steps: Some(steps),
            heads: Some(finds.heads),
            moving: None,
        };
        (finds.home, finds.heads, address.link())
    });
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <header>
                <h3 id=heading.clone()>{icon(&facility.icon)} " " {name}</h3>
                <span class="soft">{length} " · " {cost_text(t, price, &currency)}</span>
            </header>
            <Post to=Hold::PATH opened about=id.to_string() then="/bookings/{code}" on_done class="planner">
                <Chosen name="facility" value=id.to_string()/>
                <Chosen name="steps" value=steps.to_string()/>
                <Chosen name="heads" value=heads.to_string()/>
                <Chosen name="home" value=home.to_string()/>
                <Instead clock/>
                <Times id data shown clock/>
            </Post>
            <div class="buttons">
                <a class="button" data-kind="quiet" href=address>{icon("calendar")} " " {week}</a>
            </div>
        </section>
    }
}

/// Its times, day by day where there are several. One that is taken while somebody is at it does nothing any more.
#[component]
fn Times(id: FacilityId, data: RwSignal<Finds>, shown: Memo<Shown>, clock: WallClock) -> impl IntoView {
    let t = texts();
    let are_many = data.with_untracked(|finds| finds.days > 1);
    let now = Memo::new(move |_| data.with(|finds| finds.found.iter().find(|found| found.facility.id == id).cloned()));
    let is_cut = Memo::new(move |_| now.with(|found| found.as_ref().is_some_and(|found| found.is_cut)));
    let times = Memo::new(move |_| {
        let own = shown.with(|shown| shown.iter().find(|(of, _)| *of == id).map(|(_, times)| times.clone()));
        let when = |start: i64| Some((clock.at(chrono::DateTime::from_timestamp(start, 0)?), start));
        own.unwrap_or_default().into_iter().filter_map(when).collect::<Vec<_>>()
    });
    let days = Memo::new(move |_| {
        let mut days = times.with(|times| times.iter().map(|(when, _)| when.day()).collect::<Vec<_>>());
        days.dedup();
        days
    });
    let button = move |(when, start): (When, i64)| {
        let is_free = Memo::new(move |_| now.with(|found| found.as_ref().is_some_and(|found| found.is_free(start))));
        let word = move || if is_free.get() { t.slot_free() } else { t.slot_taken() };
        view! {
            <button
                class="slot" name="starts" value=start.to_string()
                type=Signal::derive(move || if is_free.get() { "submit" } else { "button" })
                aria-disabled=Signal::derive(move || (!is_free.get()).then_some("true"))
                aria-label=Signal::derive(move || t.week_slot(day(t, when.day()), word(), when.clock()))
                data-state=Signal::derive(move || if is_free.get() { "free" } else { "taken" })
            >
                {when.clock()}
            </button>
        }
        .into_any()
    };
    let line = move |on: NaiveDate| {
        let own = Memo::new(move |_| {
            times.with(|times| times.iter().copied().filter(|(when, _)| when.day() == on).collect::<Vec<_>>())
        });
        view! {
            {are_many.then(|| view! { <h4>{day(t, on)}</h4> })}
            <div class="times">
                <For each=move || own.get() key=|(_, start)| *start children=button/>
            </div>
        }
        .into_any()
    };
    let Noted { id, described, line: wrong } = noted("starts");
    view! {
        <div class="stack" data-gap="s" role="group" id=id tabindex="-1" aria-describedby=described>
            {wrong}
            <For each=move || days.get() key=|on| *on children=line/>
            {changing(move || is_cut.get().then(|| view! { <p class="hint soft">{t.find_cut()}</p> }))}
        </div>
    }
}
