use super::super::model::{Slot, SlotState, Week};
use crate::moment::day;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, changing, form_state};
use chrono::NaiveDate;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A row of the grid: the time on the wall, and which of the times that the wall shows so that day.
type Row = (String, usize);

/// The week as a grid of days and times. Where scripts run the arrow keys go about in it, and one tab stop is enough.
#[component]
pub(super) fn Grid(data: Signal<Week>, clock: WallClock, name: String) -> impl IntoView {
    let t = texts();
    let days = Memo::new(move |_| data.with(|week| week.days.iter().map(|day| day.on).collect::<Vec<_>>()));
    let chosen = data.with_untracked(|week| week.chosen);
    let rows = Memo::new(move |_| data.with(rows_of));
    let at = RwSignal::new(None::<i64>);
    Effect::new(move |_| at.set(data.with_untracked(first_stop)));
    // Where the summary of what is wrong leads.
    let id = format!("{}-starts", form_state().prefix);
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
        <div class="scroll" id=id tabindex="-1">
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

/// The arrow keys: to the next slot in their direction, over hours that a day does not have.
fn go_about(event: &KeyboardEvent) {
    let Some(cell) = event.target().and_then(|target| target.dyn_into::<Element>().ok()?.closest("td").ok()?) else {
        return;
    };
    let found = match event.key().as_str() {
        "ArrowLeft" => beside(&cell, Element::previous_element_sibling),
        "ArrowRight" => beside(&cell, Element::next_element_sibling),
        "ArrowUp" => above(&cell, Element::previous_element_sibling),
        "ArrowDown" => above(&cell, Element::next_element_sibling),
        "Home" => cell.parent_element().and_then(|row| slot_in(&row)),
        _ => return,
    };
    if let Some(slot) = found {
        event.prevent_default();
        let _ = slot.focus();
    }
}

fn slot_in(place: &Element) -> Option<HtmlElement> {
    place.query_selector("button").ok()??.dyn_into().ok()
}

fn beside(cell: &Element, next: fn(&Element) -> Option<Element>) -> Option<HtmlElement> {
    let cells = std::iter::successors(next(cell), next);
    cells.filter(|cell| cell.tag_name() == "TD").find_map(|cell| slot_in(&cell))
}

fn above(cell: &Element, next: fn(&Element) -> Option<Element>) -> Option<HtmlElement> {
    let row = cell.parent_element()?;
    let column = std::iter::successors(cell.previous_element_sibling(), Element::previous_element_sibling).count();
    let rows = std::iter::successors(next(&row), next);
    rows.filter_map(|row| row.children().item(column as u32)).find_map(|cell| slot_in(&cell))
}
