use super::super::api::LoadShelf;
use super::super::model::{ServiceCard, ServicePlace, Shelf};
use super::super::words::{line_word, service_price_text};
use super::parts::row;
use crate::asking::Loading;
use crate::ids::ServiceOrderId;
use crate::live::Room;
use crate::page::lazy_page;
use crate::services::{Line, Service, ServiceKind};
use crate::texts::{Texts, texts};
use crate::ui::{awaited, changing, fresh, icon, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// What can be ordered, line by line, and what is.
pub struct ShelfPage {
    shelf: Loading<Shelf>,
}

lazy_page!(ShelfPage in shelf);

impl ShelfPage {
    fn data() -> Self {
        Self { shelf: Loading::new(question) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.services_title(), t.frame_product())/>
            <header>
                <h1>{t.services_title()}</h1>
                <p class="soft">{t.services_lead()}</p>
            </header>
            <Suspense>
                {awaited(move || async move {
                    shown(self.shelf.await, |shelf| view! { <Board shelf/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

fn question() -> LoadShelf {
    LoadShelf {}
}

#[component]
fn Board(shelf: Shelf) -> impl IntoView {
    let t = texts();
    let places = shelf.places.clone();
    let data = fresh(shelf, Room::Concierge, question);
    let clock = ticking(move || data.with(|shelf| shelf.wall.clone()));
    let own = Memo::new(move |_| data.with(|shelf| shelf.orders.iter().map(|card| card.order.id).collect::<Vec<_>>()));
    let is_any = Memo::new(move |_| own.with(|own| !own.is_empty()));
    let own_row = move |id: ServiceOrderId| {
        let card = move || data.with(|shelf| shelf.orders.iter().find(|card| card.order.id == id).cloned());
        let shown = move |card: &ServiceCard| row(t, card, clock);
        view! { <li>{changing(move || card().as_ref().map(shown))}</li> }.into_any()
    };
    let is_none = places.iter().all(|place| place.services.is_empty());
    let is_one = places.len() == 1;
    let shelves = places.iter().map(|place| of_estate(t, place, is_one)).collect_view();
    view! {
        <section class="stack" aria-labelledby="own" hidden=Signal::derive(move || !is_any.get())>
            <h2 id="own">{t.services_own()}</h2>
            <ul class="rows"><For each=move || own.get() key=|id| *id children=own_row/></ul>
        </section>
        {is_none.then(|| view! {
            <div class="empty">{icon("list")}<h3>{t.services_none()}</h3><p>{t.services_none_hint()}</p></div>
        })}
        {shelves}
    }
}

/// What an estate offers; where the reader has homes in several, each under its name.
fn of_estate(t: Texts, place: &ServicePlace, is_one: bool) -> AnyView {
    let lines = Line::ALL.into_iter().filter_map(|line| {
        let own: Vec<_> = place.services.iter().filter(|service| service.line == line).collect();
        (!own.is_empty()).then(|| {
            let id = format!("{}-{}", line.tag(), place.estate);
            let label = id.clone();
            let tiles = own.into_iter().map(|service| tile(t, service, is_one)).collect_view();
            view! {
                <section aria-labelledby=label>
                    <h2 id=id>{line_word(t, line)}</h2>
                    <ul class="tiles">{tiles}</ul>
                </section>
            }
            .into_any()
        })
    });
    let name = (!is_one && !place.services.is_empty())
        .then(|| view! { <p class="when">{place.names.of(t.lang).to_owned()}</p> });
    view! { {name} {lines.collect_view()} }.into_any()
}

/// What is not ordered leads to where people come by it.
fn tile(t: Texts, service: &Service, is_one: bool) -> AnyView {
    let estate = if is_one { String::new() } else { format!("?estate={}", service.estate) };
    let (href, hint) = match service.terms.kind() {
        ServiceKind::Ordered => (format!("/services/{}{estate}", service.slug), service_price_text(t, &service.terms)),
        ServiceKind::Booked(facility) => (format!("/book/{facility}{estate}"), t.services_booked().to_owned()),
        // The board shows those of all estates where the reader has homes.
        ServiceKind::Activities => ("/activities".to_owned(), t.home_activities_hint().to_owned()),
    };
    view! {
        <li>
            <a class="tile" href=href>
                {icon(&service.icon)}
                <span>{service.names.of(t.lang).to_owned()} <span class="hint">{hint}</span></span>
            </a>
        </li>
    }
    .into_any()
}
