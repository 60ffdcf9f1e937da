use super::super::api::LoadBoard;
use super::super::model::{BookBoard, Facility};
use super::super::words::price_text;
use super::parts::row;
use crate::asking::Loading;
use crate::ids::BookingId;
use crate::live::Room;
use crate::page::lazy_page;
use crate::texts::{Texts, texts};
use crate::ui::{FaultPage, awaited, changing, fresh, icon, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// What can be booked, and what is: pick a thing, see its week.
pub struct BookPage {
    board: Loading<BookBoard>,
}

lazy_page!(BookPage in book);

impl BookPage {
    fn data() -> Self {
        Self { board: Loading::new(question) }
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
                    match self.board.await {
                        Ok(board) => view! { <Board board/> }.into_any(),
                        Err(fault) => view! { <FaultPage fault/> }.into_any(),
                    }
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
fn Board(board: BookBoard) -> impl IntoView {
    let t = texts();
    let data = fresh(board, Room::Bookings, question);
    let clock = ticking(move || data.with(|board| board.wall.clone()));
    let own =
        Memo::new(move |_| data.with(|board| board.bookings.iter().map(|card| card.booking.id).collect::<Vec<_>>()));
    let is_any = Memo::new(move |_| own.with(|own| !own.is_empty()));
    let own_row = move |id: BookingId| {
        let card = move || data.with(|board| board.bookings.iter().find(|card| card.booking.id == id).cloned());
        view! { <li>{changing(move || card().map(|card| row(t, &card, clock)))}</li> }
    };
    let facilities = Memo::new(move |_| data.with(|board| board.facilities.clone()));
    view! {
        {changing(move || is_any.get().then(|| view! {
            <section aria-labelledby="own">
                <h2 id="own">{t.book_own()}</h2>
                <ul class="rows">
                    <For each=move || own.get() key=|id| *id children=move |id| own_row(id).into_any()/>
                </ul>
            </section>
        }))}
        <section aria-labelledby="facilities">
            <h2 id="facilities">{t.book_facilities()}</h2>
            {changing(move || facilities.with(|facilities| if facilities.is_empty() {
                nothing(t)
            } else {
                view! { <ul class="tiles">{tiles(t, facilities)}</ul> }.into_any()
            }))}
        </section>
    }
}

/// The facilities; where the reader has homes in several estates, each says in which.
fn tiles(t: Texts, facilities: &[Facility]) -> Vec<AnyView> {
    let is_one =
        facilities.iter().all(|facility| Some(facility.estate) == facilities.first().map(|first| first.estate));
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
        .into_any()
    };
    facilities.iter().map(tile).collect()
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
