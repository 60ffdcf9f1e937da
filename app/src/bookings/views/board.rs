use super::super::api::LoadBoard;
use super::super::model::{BookBoard, BookPlace, BookingCard, DrawCard, Facility};
use super::super::words::{draw_text, price_text, times_text};
use super::parts::row;
use super::wait::Lines;
use crate::asking::Loading;
use crate::calendar::FeedCard;
use crate::forms::Opened;
use crate::ids::{BookingId, DrawId, EstateId};
use crate::live::Room;
use crate::moment::Moment;
use crate::page::lazy_page;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, both, changing, fresh, icon, opened, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// What can be booked, and what is: pick a thing, see its week.
pub struct BookPage {
    board: Loading<BookBoard>,
    opened: Loading<Opened>,
}

lazy_page!(BookPage in book);

impl BookPage {
    fn data() -> Self {
        Self { board: Loading::new(question), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.book_title(), t.frame_product())/>
            <header>
                <h1>{t.book_title()}</h1>
                <p class="soft">{t.book_lead()}</p>
            </header>
            <Suspense>
                {awaited(move || async move {
                    shown(both(self.board.await, self.opened.await), |(board, opened)| view! { <Board board opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

fn question() -> LoadBoard {
    LoadBoard {}
}

#[component]
fn Board(board: BookBoard, opened: Opened) -> impl IntoView {
    let t = texts();
    let data = fresh(board, Room::Bookings, question);
    let clock = ticking(move || data.with(|board| board.wall.clone()));
    let own =
        Memo::new(move |_| data.with(|board| board.bookings.iter().map(|card| card.booking.id).collect::<Vec<_>>()));
    let is_any = Memo::new(move |_| own.with(|own| !own.is_empty()));
    let own_row = move |id: BookingId| {
        let card = move || data.with(|board| board.bookings.iter().find(|card| card.booking.id == id).cloned());
        let shown = move |card: &BookingCard| {
            let booking = &card.booking;
            row(t, card, times(t, data, booking.estate, (booking.starts_at, booking.ends_at), clock))
        };
        view! { <li>{changing(move || card().as_ref().map(shown))}</li> }
    };
    let places = Memo::new(move |_| data.with(|board| board.places.clone()));
    let is_none = Memo::new(move |_| places.with(|places| places.iter().all(|place| place.facilities.is_empty())));
    view! {
        {changing(move || is_any.get().then(|| view! {
            <section aria-labelledby="own">
                <h2 id="own">{t.book_own()}</h2>
                <ul class="rows">
                    <For each=move || own.get() key=|id| *id children=move |id| own_row(id).into_any()/>
                </ul>
            </section>
        }))}
        <Lines data clock opened=opened.clone()/>
        <Draws data clock/>
        <div class="buttons">
            {changing(move || (!is_none.get()).then(|| view! {
                <a class="button" data-kind="primary" href="/book/find">{icon("search")} " " {t.find_title()}</a>
            }))}
            <a class="button" href="/services">{icon("list")} " " {t.services_link()}</a>
        </div>
        {changing(move || if is_none.get() {
            nothing(t)
        } else {
            places.with(|places| {
                let is_one = places.len() == 1;
                places.iter().filter(|place| !place.facilities.is_empty()).map(|place| shelf(t, place, is_one)).collect_view()
            }).into_any()
        })}
        <FeedCard since=Signal::derive(move || data.with(|board| board.feed_at)) clock opened/>
    }
}

/// What is given away by lot, and what was in the last week.
#[component]
fn Draws(data: RwSignal<BookBoard>, clock: WallClock) -> impl IntoView {
    let t = texts();
    let ids = Memo::new(move |_| data.with(|board| board.draws.iter().map(|card| card.draw.id).collect::<Vec<_>>()));
    let is_any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    let line = move |id: DrawId| {
        let card = move || data.with(|board| board.draws.iter().find(|card| card.draw.id == id).cloned());
        view! { <li>{changing(move || card().map(|card| draw_row(t, &card, clock)))}</li> }.into_any()
    };
    changing(move || {
        is_any.get().then(|| {
            view! {
                <section aria-labelledby="draws">
                    <h2 id="draws">{t.draw_all()}</h2>
                    <ul class="rows">
                        <For each=move || ids.get() key=|id| *id children=line/>
                    </ul>
                </section>
            }
        })
    })
}

fn draw_row(t: Texts, card: &DrawCard, clock: WallClock) -> AnyView {
    let to = format!("/book/{}/draw?estate={}&draw={}", card.slug, card.draw.estate, card.draw.id);
    view! {
        <a class="row" href=to>
            {icon(&card.icon)}
            <span class="body">
                <span>{card.facility.of(t.lang).to_owned()}</span>
                <span class="hint">{draw_text(t, &card.draw, clock)}</span>
            </span>
            {icon("chevron")}
        </a>
    }
    .into_any()
}

/// From when until when, on the wall of an estate.
pub(super) fn times(
    t: Texts,
    data: RwSignal<BookBoard>,
    estate: EstateId,
    (from, until): (Moment, Moment),
    clock: WallClock,
) -> String {
    let there = data.with(|board| {
        let place = board.places.iter().find(|place| place.estate == estate)?;
        Some((place.wall.at(from), place.wall.at(until)))
    });
    let (from, until) = there.unwrap_or_else(|| (clock.at(from), clock.at(until)));
    times_text(t, from, until)
}

/// What an estate has; where the reader has homes in several, each under its name.
fn shelf(t: Texts, place: &BookPlace, is_one: bool) -> AnyView {
    let name = if is_one { t.book_facilities().to_owned() } else { place.names.of(t.lang).to_owned() };
    let id = format!("of-{}", place.estate);
    let label = id.clone();
    let tile = |facility: &Facility| {
        let estate = if is_one { String::new() } else { format!("?estate={}", facility.estate) };
        view! {
            <li>
                <a class="tile" href=format!("/book/{}{estate}", facility.slug)>
                    {icon(&facility.icon)}
                    <span>
                        {facility.names.of(t.lang).to_owned()}
                        <span class="hint">{price_text(t, &facility.terms)}</span>
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <section aria-labelledby=label>
            <h2 id=id>{name}</h2>
            <ul class="tiles">{place.facilities.iter().map(tile).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn nothing(t: Texts) -> AnyView {
    view! {
        <div class="empty">
            {icon("calendar")}
            <h3>{t.book_none()}</h3>
            <p>{t.book_none_hint()}</p>
        </div>
    }
    .into_any()
}
