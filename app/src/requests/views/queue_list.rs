use super::line::{clock_chip, clock_now, stage_chip, urgency_chip};
use super::queue::{Chip, Side as Beside};
use super::queue_empty::Empty;
use super::queue_filter::Filter;
use crate::asking::ask;
use crate::ids::RequestId;
use crate::live::Room;
use crate::moment::day;
use crate::requests::{After, Card, LoadQueue, Queue, Side, place_text};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, changing, ticking, watch};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::collections::HashSet;

/// One row. Its card is patched in place; a row that left the list stays where it is until it is sorted anew.
#[derive(Clone)]
struct Row {
    id: RequestId,
    card: ArcRwSignal<Card>,
    has_left: ArcRwSignal<bool>,
}

impl Row {
    fn of(card: Card) -> Self {
        Self { id: card.id, card: ArcRwSignal::new(card), has_left: ArcRwSignal::new(false) }
    }
}

/// The rows of one filter. Nothing ever moves under a finger: what changed is patched, what is new waits
/// behind the chip.
#[component]
pub fn QueueList(
    /// Which part of the queue.
    filter: Filter,
    /// That filter again, and its first page.
    first: Queue,
    /// The chip of fresh rows.
    chip: Chip,
    /// What stands beside the rows.
    side: Beside,
) -> impl IntoView {
    let t = texts();
    let first_page = RwSignal::new(first.cards.len());
    let rows = RwSignal::new(first.cards.into_iter().map(Row::of).collect::<Vec<_>>());
    let next = RwSignal::new(first.next);
    let wall = RwSignal::new(first.wall);
    let latest = RwSignal::new(None::<Queue>);
    let clock = ticking(move || wall.get());
    chip.waiting.set(None);

    let question = {
        let filter = filter.clone();
        move || page(&filter, filter.after)
    };
    let show = move |queue: Queue| {
        rows.update(|rows| {
            let (top, cursor) = merged(rows, first_page.get_untracked(), &queue);
            first_page.set(queue.cards.len());
            if let Some(cursor) = cursor {
                next.set(cursor);
            }
            *rows = top;
        });
        chip.waiting.set(None);
    };
    watch(Room::Requests, question, move |queue: Queue| {
        wall.set(queue.wall.clone());
        side.take(&queue);
        let (count, is_sorted) = rows.with_untracked(|rows| patch(rows, first_page.get_untracked(), &queue));
        if rows.with_untracked(Vec::is_empty) {
            show(queue);
        } else if is_sorted {
            chip.waiting.set(None);
        } else {
            chip.waiting.set(Some(count));
            latest.set(Some(queue));
        }
    });
    Effect::new(move |before: Option<u32>| {
        let pulled = chip.pulled.get();
        if before.is_some_and(|before| before != pulled)
            && let Some(queue) = latest.get_untracked()
        {
            show(queue);
        }
        pulled
    });

    let more = {
        let filter = filter.clone();
        move |event: MouseEvent| {
            event.prevent_default();
            let Some(after) = next.get_untracked() else {
                return;
            };
            let more = page(&filter, Some(after));
            leptos::task::spawn_local_scoped_with_cancellation(async move {
                if let Ok(queue) = ask(more).await {
                    rows.update(|rows| {
                        let shown: HashSet<RequestId> = rows.iter().map(|row| row.id).collect();
                        rows.extend(queue.cards.into_iter().filter(|card| !shown.contains(&card.id)).map(Row::of));
                    });
                    next.set(queue.next);
                }
            });
        }
    };
    let more_link = {
        let filter = filter.clone();
        move || Filter { after: next.get(), ..filter.clone() }.link("/staff")
    };
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let empty = {
        let filter = filter.clone();
        move || is_empty.get().then(|| view! { <Empty filter=filter.clone()/> })
    };
    view! {
        {changing(empty)}
        <ul class="entries">
            <For
                each=move || rows.get()
                key=|row| row.id
                children=move |row| view! { <Entry row filter=filter.clone() clock/> }
            />
        </ul>
        {changing(move || {
            let (more, more_link) = (more.clone(), more_link.clone());
            next.get()
                .is_some()
                .then(|| view! { <a class="button" data-kind="quiet" data-wide href=more_link on:click=more>{t.queue_more()}</a> })
        })}
    }
}

/// Asks for a page of a filter.
pub(super) fn page(filter: &Filter, after: Option<After>) -> LoadQueue {
    let words = Some(filter.words.clone()).filter(|words| !words.is_empty());
    LoadQueue { view: Some(filter.view.tag().to_owned()), words, after, sieve: filter.sieve.parts() }
}

/// Brings the rows that are there up to date; how many are missing, and whether the order still holds.
fn patch(rows: &[Row], first_page: usize, queue: &Queue) -> (usize, bool) {
    for row in rows {
        let card = queue.cards.iter().find(|card| card.id == row.id);
        if let Some(card) = card
            && row.card.with_untracked(|now| now != card)
        {
            row.card.set(card.clone());
        }
        let has_left = card.is_none() && queue.next.is_none();
        if row.has_left.get_untracked() != has_left {
            row.has_left.set(has_left);
        }
    }
    let fresh = queue.cards.iter().filter(|card| rows.iter().all(|row| row.id != card.id)).count();
    let is_sorted = rows.iter().take(first_page).map(|row| row.id).eq(queue.cards.iter().map(|card| card.id));
    (fresh, is_sorted)
}

/// The first page as it is now, and behind it what was loaded after the old one. The cursor is a new one
/// only where nothing follows.
fn merged(rows: &[Row], first_page: usize, queue: &Queue) -> (Vec<Row>, Option<Option<After>>) {
    let known = |id: RequestId| rows.iter().find(|row| row.id == id).cloned();
    let ids: HashSet<RequestId> = queue.cards.iter().map(|card| card.id).collect();
    let mut all: Vec<Row> =
        queue.cards.iter().map(|card| known(card.id).unwrap_or_else(|| Row::of(card.clone()))).collect();
    let tail = rows.iter().skip(first_page).filter(|row| !ids.contains(&row.id) && !row.has_left.get_untracked());
    let before = all.len();
    all.extend(tail.cloned());
    let cursor = (all.len() == before).then_some(queue.next);
    (all, cursor)
}

#[component]
fn Entry(
    /// The row.
    row: Row,
    /// For the way back.
    filter: Filter,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let path = use_location().pathname;
    let (card, has_left) = (RwSignal::from(row.card), RwSignal::from(row.has_left));
    let address = card.with_untracked(|card| format!("/staff/requests/{}", card.code));
    let link = Filter { after: None, ..filter }.link(&address);
    // The matter is open, or a page of it.
    let is_here = Memo::new(move |_| {
        path.with(|path| path.strip_prefix(&*address).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    });
    let state = Memo::new(move |_| card.with(|card| clock_now(card, clock, Side::Staff)).tag());
    let words = changing(move || card.with(|card| summary(t, card, clock, has_left.get())));
    view! {
        <li>
            <a class="entry" href=link data-clock=state aria-current=Signal::derive(move || is_here.get().then_some("true"))>
                {words}
            </a>
        </li>
    }
    .into_any()
}

/// What a row says of its matter.
fn summary(t: Texts, card: &Card, clock: WallClock, has_left: bool) -> AnyView {
    let place = place_text(t, &card.place);
    let state = clock_now(card, clock, Side::Staff);
    let due = card.line.promise.filter(|_| state.runs()).map(|promise| {
        let (due, now) = (clock.at(promise.due_at), clock.now());
        let word = match (due.day() - now.day()).num_days() {
            0 => None,
            1 => Some(t.day_tomorrow().to_owned()),
            -1 => Some(t.day_yesterday().to_owned()),
            _ => Some(day(t, due.day())),
        };
        view! {
            <time datetime=due.machine() title=due.full(t)>{due.clock()}</time>
            " "
            {word.map(|word| view! { <span>{word}</span> " " })}
        }
    });
    view! {
        <span class="title"><span>{card.item.of(t.lang).to_owned()}</span> " " <span class="code">{card.code.clone()}</span></span>
        " "
        <span class="where">{t.queue_where(place, &card.words)}</span>
        " "
        <span class="state">
            {stage_chip(t, &card.line.stage)} " " {urgency_chip(t, card.urgency)}
            {has_left.then(|| view! { " " <span class="soft">{t.queue_has_left()}</span> })}
        </span>
        " "
        <span class="due">{due} {clock_chip(t, card, clock, Side::Staff, true)}</span>
    }
    .into_any()
}
