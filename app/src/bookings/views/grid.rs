use super::super::model::{Slot, SlotState, Week};
use crate::moment::day;
use crate::texts::{Texts, texts};
use crate::ui::{Noted, WallClock, changing, noted};
use chrono::NaiveDate;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A row of the grid: the time on the wall, and which of the times that the wall shows so that day.
type Row = (String, usize);

/// The week as a grid of days and times. Where scripts run the keys of a grid go about in it, and one tab stop is enough.
#[component]
pub(super) fn Grid(data: Signal<Week>, clock: WallClock, name: String) -> impl IntoView {
    let t = texts();
    let days = Memo::new(move |_| data.with(|week| week.days.iter().map(|day| day.on).collect::<Vec<_>>()));
    let chosen = data.with_untracked(|week| week.chosen);
    let rows = Memo::new(move |_| data.with(rows_of));
    let at = RwSignal::new(None::<i64>);
    // The tab stop stays where somebody left it, as long as there is a slot.
    Effect::new(move |_| {
        data.with(|week| {
            let mut slots = week.days.iter().flat_map(|day| &day.slots);
            let is_there = |at: i64| slots.any(|slot| slot.starts_at.timestamp() == at);
            if !at.get_untracked().is_some_and(is_there) {
                at.set(first_stop(week));
            }
        });
    });
    let Noted { id, described, line: wrong } = noted("starts");
    let is_none = Memo::new(move |_| rows.with(Vec::is_empty));
    let head = move |on: NaiveDate| {
        view! { <th scope="col" data-chosen=(on == chosen).then_some("")>{day(t, on)}</th> }
    };
    let line = move |row: Row| {
        let time = row.0.clone();
        let cells = days.get_untracked().into_iter().map(|on| {
            let row = row.clone();
            let slot = Memo::new(move |_| data.with(|week| slot_of(week, on, &row)));
            let cell = cell(t, on, slot, clock, at);
            view! { <td data-chosen=(on == chosen).then_some("")>{cell}</td> }
        });
        view! { <tr><th scope="row">{time}</th>{cells.collect_view()}</tr> }.into_any()
    };
    view! {
        {changing(move || is_none.get().then(|| view! { <p class="hint">{t.week_closed()}</p> }))}
        {wrong}
        <div class="scroll" role="group" id=id tabindex="-1" aria-describedby=described>
            <table class="slots" role="grid" on:keydown=move |event| go_about(&event)>
                <caption class="sr">{t.week_caption(name)}</caption>
                <thead>
                    <tr><td></td>{days.get_untracked().into_iter().map(head).collect_view()}</tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=Clone::clone children=line/>
                </tbody>
            </table>
        </div>
    }
}

/// One slot: a button where it is free, and where others have it: whoever taps that is told what is free instead, and may
/// wait for it. One that is taken while somebody is at it stays where it is.
fn cell(t: Texts, on: NaiveDate, slot: Memo<Option<Slot>>, clock: WallClock, at: RwSignal<Option<i64>>) -> AnyView {
    let seconds = Memo::new(move |_| slot.get().map(|slot| slot.starts_at.timestamp()));
    let state = Memo::new(move |_| slot.get().map_or(SlotState::Closed, |slot| slot.state));
    changing(move || {
        let seconds = seconds.get()?;
        let starts_at = chrono::DateTime::from_timestamp(seconds, 0)?;
        let is_asked = move || matches!(state.get(), SlotState::Free(_) | SlotState::Taken);
        let word = move || state_word(t, state.get());
        let label = move || t.week_slot(day(t, on), word(), clock.at(starts_at).clock());
        let tag = move || match state.get() {
            SlotState::Free(_) => "free",
            SlotState::Taken => "taken",
            SlotState::Own => "own",
            SlotState::Drawn => "drawn",
            SlotState::Closed => "closed",
        };
        let stop = move || at.get().is_some_and(|at| at != seconds).then_some("-1");
        Some(view! {
            <button
                class="slot" name="starts" value=seconds.to_string()
                type=Signal::derive(move || if is_asked() { "submit" } else { "button" })
                aria-disabled=Signal::derive(move || (!is_asked()).then_some("true"))
                aria-label=Signal::derive(label) data-state=Signal::derive(tag) tabindex=Signal::derive(stop)
                on:focus=move |_| at.set(Some(seconds))
            >
                {changing(word)}
            </button>
        })
    })
    .into_any()
}

fn state_word(t: Texts, state: SlotState) -> String {
    match state {
        SlotState::Free(1) => t.slot_free().to_owned(),
        SlotState::Free(left) => t.slot_left(left),
        SlotState::Taken => t.slot_taken().to_owned(),
        SlotState::Own => t.slot_own().to_owned(),
        SlotState::Drawn => t.draw_slot().to_owned(),
        SlotState::Closed => t.slot_closed().to_owned(),
    }
}

/// The times of a day as its wall shows them; where that shows one twice, the second is told apart.
fn times_of(week: &Week, on: NaiveDate) -> Vec<(Row, Slot)> {
    let mut times: Vec<(Row, Slot)> = Vec::new();
    let day = week.days.iter().find(|day| day.on == on);
    for slot in day.map_or(&[][..], |day| &day.slots) {
        let clock = week.wall.at(slot.starts_at).clock();
        let nth = times.iter().filter(|((time, _), _)| *time == clock).count();
        times.push(((clock, nth), *slot));
    }
    times
}

fn rows_of(week: &Week) -> Vec<Row> {
    let all = week.days.iter().flat_map(|day| times_of(week, day.on)).map(|(row, _)| row);
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

fn slot_of(week: &Week, on: NaiveDate, row: &Row) -> Option<Slot> {
    times_of(week, on).into_iter().find(|(time, _)| time == row).map(|(_, slot)| slot)
}

/// Where the grid is entered: the first free slot of the day that was asked for, else any of it, else any of the week.
fn first_stop(week: &Week) -> Option<i64> {
    let chosen = week.days.iter().filter(|day| day.on == week.chosen).flat_map(|day| &day.slots);
    let free = chosen.clone().find(|slot| matches!(slot.state, SlotState::Free(_)));
    let first = free.or(chosen.clone().next()).or(week.days.iter().flat_map(|day| &day.slots).next());
    first.map(|slot| slot.starts_at.timestamp())
}

/// How many rows a page up or down goes.
const PAGE: usize = 5;

/// The way to what stands beside an element.
type Step = fn(&Element) -> Option<Element>;

/// Towards the end,
const NEXT: Step = Element::next_element_sibling;
/// and towards the beginning.
const PREVIOUS: Step = Element::previous_element_sibling;

/// The keys of a grid: to the next slot in a direction, over hours that a day does not have; some rows on; to the first or the
/// last slot of a row and, with Ctrl, of all.
fn go_about(event: &KeyboardEvent) {
    let key = event.key();
    // With these the keys are the browser's own: back, forward, another tab.
    if event.alt_key() || event.meta_key() || event.ctrl_key() && !matches!(key.as_str(), "Home" | "End") {
        return;
    }
    let Some(cell) = event.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest("td").ok()?) else {
        return;
    };
    let Some((row, rows)) = cell.parent_element().and_then(|row| Some((row.clone(), row.parent_element()?))) else {
        return;
    };
    let found = match key.as_str() {
        "ArrowLeft" => along(PREVIOUS(&cell), PREVIOUS).find_map(|cell| slot_in(&cell)),
        "ArrowRight" => along(NEXT(&cell), NEXT).find_map(|cell| slot_in(&cell)),
        "ArrowUp" => column(&cell, &row, PREVIOUS).next(),
        "ArrowDown" => column(&cell, &row, NEXT).next(),
        "PageUp" => column(&cell, &row, PREVIOUS).take(PAGE).last(),
        "PageDown" => column(&cell, &row, NEXT).take(PAGE).last(),
        "Home" if event.ctrl_key() => along(rows.first_element_child(), NEXT).find_map(|row| first_in(&row)),
        "End" if event.ctrl_key() => along(rows.last_element_child(), PREVIOUS).find_map(|row| last_in(&row)),
        "Home" => first_in(&row),
        "End" => last_in(&row),
        _ => return,
    };
    if let Some(slot) = found {
        event.prevent_default();
        let _ = slot.focus();
    }
}

/// An element and those that follow it in a direction.
fn along(from: Option<Element>, step: Step) -> impl Iterator<Item = Element> {
    std::iter::successors(from, step)
}

/// The slots of a cell's column in the rows before it, or after it.
fn column(cell: &Element, row: &Element, step: Step) -> impl Iterator<Item = HtmlElement> {
    let column = along(PREVIOUS(cell), PREVIOUS).count();
    along(step(row), step).filter_map(move |row| slot_in(&row.children().item(column as u32)?))
}

fn first_in(row: &Element) -> Option<HtmlElement> {
    along(row.first_element_child(), NEXT).find_map(|cell| slot_in(&cell))
}

fn last_in(row: &Element) -> Option<HtmlElement> {
    along(row.last_element_child(), PREVIOUS).find_map(|cell| slot_in(&cell))
}

/// The slot of a cell that is shown: on a phone only those of one day are.
fn slot_in(cell: &Element) -> Option<HtmlElement> {
    let slot: HtmlElement = cell.query_selector("button").ok()??.dyn_into().ok()?;
    slot.offset_parent().is_some().then_some(slot)
}
