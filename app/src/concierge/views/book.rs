use super::super::api::LoadServiceBook;
use super::super::model::ServiceBook;
use super::super::words::{line_word, service_price_text};
use super::chapter::Chapter;
use super::item::NewItem;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::services::{Line, Service, ServiceKind};
use crate::texts::{Texts, texts};
use crate::ui::{awaited, both, changing, fresh, icon, opened, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What the estate offers, as the office keeps it: the list, or one service (`?service=taxi`) with its versions.
pub struct ServiceBookPage {
    asked: Memo<Option<String>>,
    book: Loading<ServiceBook>,
    opened: Loading<Opened>,
}

office_page!(ServiceBookPage in service_book);

impl ServiceBookPage {
    fn data() -> Self {
        let query = use_query_map();
        let asked = Memo::new(move |_| query.with(|query| query.get("service")));
        Self { asked, book: Loading::new(move || question(asked.get())), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { asked, book, opened } = self;
        view! {
            <Title text=t.frame_title(t.service_book_title(), t.frame_product())/>
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        shown(both(book.await, opened.await), |(book, opened)| view! { <Book book opened asked/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

fn question(slug: Option<String>) -> LoadServiceBook {
    LoadServiceBook { slug }
}

#[component]
fn Book(book: ServiceBook, opened: Opened, asked: Option<String>) -> impl IntoView {
    let t = texts();
    let (is_one, may_publish) = (book.chosen.is_some(), book.may_publish);
    let data = fresh(book, Room::Concierge, move || question(asked.clone()));
    if is_one {
        return view! {
            <a class="back" href="/staff/services/book">{icon("arrow-left")} " " {t.service_book_title()}</a>
            <Chapter data opened/>
        }
        .into_any();
    }
    view! {
        <a class="back" href="/staff/services">{icon("arrow-left")} " " {t.service_desk_title()}</a>
        <header>
            <h1>{t.service_book_title()}</h1>
            <p class="soft">{t.service_book_lead()}</p>
        </header>
        {may_publish.then(|| view! { <NewItem opened/> })}
        {changing(move || data.with(|book| lines(t, &book.services)))}
    }
    .into_any()
}

fn lines(t: Texts, services: &[Service]) -> AnyView {
    let line = |line: Line| {
        let own: Vec<_> = services.iter().filter(|service| service.line == line).collect();
        (!own.is_empty()).then(|| {
            let tiles = own.into_iter().map(|service| tile(t, service)).collect_view();
            view! {
                <section aria-labelledby=line.tag()>
                    <h2 id=line.tag()>{line_word(t, line)}</h2>
                    <ul class="tiles">{tiles}</ul>
                </section>
            }
            .into_any()
        })
    };
    Line::ALL.into_iter().filter_map(line).collect_view().into_any()
}

fn tile(t: Texts, service: &Service) -> AnyView {
    let hint = match service.terms.kind() {
        _ if service.is_retired => t.service_book_retired().to_owned(),
        _ if !service.is_published() => t.service_book_to_come().to_owned(),
        ServiceKind::Ordered => service_price_text(t, &service.terms),
        ServiceKind::Booked(_) => t.service_book_booked().to_owned(),
        ServiceKind::Activities => t.service_book_activities().to_owned(),
    };
    view! {
        <li>
            <a class="tile" href=format!("/staff/services/book?service={}", service.slug)>
                {icon(&service.icon)}
                <span>{service.names.of(t.lang).to_owned()} <span class="hint">{hint}</span></span>
            </a>
        </li>
    }
    .into_any()
}
