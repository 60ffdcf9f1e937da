use super::super::api::LoadServiceDesk;
use super::super::model::{AfterOrder, ServiceDesk, ServiceEntry};
use super::found::found;
use super::parts::stage_chip;
use crate::asking::Loading;
use crate::ids::ServiceOrderId;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, fresh, icon, shown, ticking};
use chrono::DateTime;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The office's orders: what is owed, the next one first; or what is over, and how each service was found.
pub struct ServiceDeskPage {
    asked: Memo<Asked>,
    desk: Loading<ServiceDesk>,
}

office_page!(ServiceDeskPage in service_desk);

/// What the address asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    is_over: bool,
    is_mine: bool,
    after: Option<AfterOrder>,
}

impl ServiceDeskPage {
    fn data() -> Self {
        let query = use_query_map();
        let asked = Memo::new(move |_| {
            query.with(|query| Asked {
                is_over: query.get_str("show") == Some("over"),
                is_mine: query.get_str("show") == Some("mine"),
                after: query.get_str("after").and_then(parse_after),
            })
        });
        Self { asked, desk: Loading::new(move || question(asked.get(), true)) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { asked, desk } = self;
        view! {
            <Title text=t.frame_title(t.service_desk_title(), t.frame_product())/>
            <header>
                <h1>{t.service_desk_title()}</h1>
                <p class="soft">{t.service_desk_lead()}</p>
            </header>
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        shown(desk.await, |first| view! { <List first asked/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// How what is over was found is asked once, with the page: it does not change by the minute.
fn question(asked: Asked, found: bool) -> LoadServiceDesk {
    LoadServiceDesk { over: Some(asked.is_over), mine: Some(asked.is_mine), after: asked.after, found: Some(found) }
}

/// A place in the list as an address carries it: microseconds and id.
fn write_after(after: AfterOrder) -> String {
    format!("{}.{}", after.at.timestamp_micros(), after.id)
}

fn parse_after(text: &str) -> Option<AfterOrder> {
    let (at, id) = text.split_once('.')?;
    Some(AfterOrder { at: DateTime::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}

#[component]
fn List(
    /// The list as it was when the page was loaded.
    first: ServiceDesk,
    /// What the address asks for.
    asked: Asked,
) -> impl IntoView {
    let t = texts();
    let found = first.is_over.then(|| found(t, &first));
    let data = fresh(first, Room::Concierge, move || question(asked, false));
    let clock = ticking(move || data.with(|desk| desk.wall.clone()));
    let all =
        Memo::new(move |_| data.with(|desk| desk.entries.iter().map(|entry| entry.card.order.id).collect::<Vec<_>>()));
    let is_none = Memo::new(move |_| all.with(Vec::is_empty));
    let next = Memo::new(move |_| data.with(|desk| desk.next));
    let line = move |id: ServiceOrderId| {
        let entry = move || data.with(|desk| desk.entries.iter().find(|entry| entry.card.order.id == id).cloned());
        view! { <li>{changing(move || entry().map(|entry| row(t, &entry, clock)))}</li> }.into_any()
    };
    let (is_desk, is_over, is_mine) = data.with_untracked(|desk| (desk.is_desk, desk.is_over, desk.is_mine));
    let show = if is_over {
        "show=over&"
    } else if is_mine {
        "show=mine&"
    } else {
        ""
    };
    let tabs = is_desk.then(|| tabs(t, is_over, is_mine));
    let none_hint = if is_desk { t.service_desk_none_hint() } else { t.service_desk_none_mine() };
    view! {
        {tabs}
        {changing(move || is_none.get().then(|| view! {
            <div class="empty">{icon("list")}<h2>{t.service_desk_none()}</h2><p>{none_hint}</p></div>
        }))}
        <ul class="rows"><For each=move || all.get() key=|id| *id children=line/></ul>
        <div class="buttons">
            {changing(move || next.get().map(|next| view! {
                <a class="button" href=format!("/staff/services?{show}after={}", write_after(next))>{t.service_desk_more()}</a>
            }))}
        </div>
        {found}
    }
}

/// What is under way, what the reader delivers, what is over; and where the desk goes from here.
fn tabs(t: Texts, is_over: bool, is_mine: bool) -> AnyView {
    let tab = |is_here: bool, href: &'static str, word: &'static str| {
        view! { <a href=href aria-current=is_here.then_some("true")>{word}</a> }
    };
    view! {
        <nav class="tabs" aria-label=t.service_desk_which()>
            {tab(!is_over && !is_mine, "/staff/services", t.service_desk_owed())}
            {tab(is_mine, "/staff/services?show=mine", t.service_desk_mine())}
            {tab(is_over, "/staff/services?show=over", t.service_desk_over())}
        </nav>
        <div class="buttons noprint">
            <a class="button" href="/staff/people">{icon("plus")} " " {t.service_desk_order_for()}</a>
            <a class="button" href="/staff/services/book">{icon("list")} " " {t.service_book_title()}</a>
        </div>
    }
    .into_any()
}

/// An order as the office reads it: what, for whom, by when, and who answers for it.
fn row(t: Texts, entry: &ServiceEntry, clock: WallClock) -> AnyView {
    let order = &entry.card.order;
    let is_late = order.is_late(clock.now().moment());
    let due = order.due_at.map(|due| {
        let (state, symbol) = if is_late { ("broken", "alert") } else { ("calm", "clock") };
        let when = clock.near(t, due);
        let words = if is_late { t.service_late(when) } else { t.service_by_when(when) };
        view! { <span class="clock" data-clock=state>{icon(symbol)} " " {words}</span> }
    });
    view! {
        <a class="row" href=format!("/staff/services/orders/{}", order.code) data-tone=is_late.then_some("broken")>
            {icon(&entry.card.icon)}
            <span class="body">
                <b>{entry.card.service.of(t.lang).to_owned()}</b>
                <span>{t.diary_who(entry.home.label(t), &entry.person)}</span>
                <span class="hint">{entry.holder.clone()} " · " <span class="code">{order.code.clone()}</span></span>
            </span>
            {due}
            {stage_chip(t, order.stage)}
        </a>
    }
    .into_any()
}
