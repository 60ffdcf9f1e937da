use super::line::{Headline, stage_chip, ticket};
use crate::asking::Loading;
use crate::ids::RequestId;
use crate::live::Room;
use crate::moment::date;
use crate::page::lazy_page;
use crate::requests::words::Side;
use crate::requests::{After, Card, LoadMine, MyRequests, Stage};
use crate::texts::texts;
use crate::ui::{WallClock, changing, fresh, icon, shown, ticking};
use chrono::DateTime;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// All of a resident's matters, newest first: the open ones as promise lines, the closed ones as rows.
pub struct RequestsPage {
    after: Memo<Option<After>>,
    mine: Loading<MyRequests>,
}

lazy_page!(RequestsPage in requests);

impl RequestsPage {
    fn data() -> Self {
        let query = use_query_map();
        let after = Memo::new(move |_| query.with(|query| query.get_str("after").and_then(parse_after)));
        Self { after, mine: Loading::new(move || LoadMine { after: after.get() }) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.requests_title(), t.frame_product())/>
            <header>
                <h1>{t.requests_title()}</h1>
            </header>
            <Suspense>
                {changing(move || {
                    let after = self.after.get();
                    Suspend::new(async move {
                        shown(self.mine.await, |mine| view! { <Mine mine after/> })
                    })
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// A place in a list as an address carries it: microseconds and id.
fn write_after(after: After) -> String {
    format!("{}.{}", after.at.timestamp_micros(), after.id)
}

fn parse_after(text: &str) -> Option<After> {
    let (at, id) = text.split_once('.')?;
    Some(After { at: DateTime::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}

/// Whether somebody still has to do something: the office, or the resident.
fn is_running(stage: &Stage) -> bool {
    stage.is_open() || *stage == Stage::Done
}

#[component]
fn Mine(mine: MyRequests, after: Option<After>) -> impl IntoView {
    let t = texts();
    let data = fresh(mine, Room::Requests, move || LoadMine { after });
    let clock = ticking(move || data.with(|mine| mine.wall.clone()));
    let part = move |running: bool| {
        Memo::new(move |_| {
            data.with(|mine| {
                let cards = mine.cards.iter().filter(|card| is_running(&card.line.stage) == running);
                cards.map(|card| card.id).collect::<Vec<_>>()
            })
        })
    };
    let (open, closed) = (part(true), part(false));
    let any_open = Memo::new(move |_| open.with(|open| !open.is_empty()));
    let any_closed = Memo::new(move |_| closed.with(|closed| !closed.is_empty()));
    let card = move |id: RequestId| data.with(|mine| mine.cards.iter().find(|card| card.id == id).cloned());
    let open_row = move |id: RequestId| {
        let ticket = changing(move || {
            card(id).map(|card| {
                let href = format!("/requests/{}", card.code);
                ticket(t, &card, clock, Side::Resident, Headline::Link(&href))
            })
        });
        view! { <li>{ticket}</li> }
    };
    let row = move |id: RequestId| card(id).map(|card| view! { <Closed card clock/> });
    let next = Memo::new(move |_| data.with(|mine| mine.next));
    let none = Memo::new(move |_| data.with(|mine| mine.cards.is_empty()));
    view! {
        {changing(move || none.get().then(|| view! {
            <div class="empty">
                {icon("list")}
                <h2>{t.requests_none()}</h2>
                <p>{t.requests_none_hint()}</p>
                <a class="button" data-kind="primary" href="/report">{t.home_report()}</a>
            </div>
        }))}
        {changing(move || any_open.get().then(|| view! {
            <section aria-labelledby="open">
                <h2 id="open">{t.requests_open()}</h2>
                <ul class="tickets">
                    <For each=move || open.get() key=|id| *id children=move |id| open_row(id).into_any()/>
                </ul>
            </section>
        }))}
        {changing(move || any_closed.get().then(|| view! {
            <section aria-labelledby="closed">
                <h2 id="closed">{t.requests_closed()}</h2>
                <ul class="rows">
                    <For each=move || closed.get() key=|id| *id children=move |id| row(id).into_any()/>
                </ul>
            </section>
        }))}
        <div class="buttons">
            {after.map(|_| view! { <a class="button" href="/requests">{t.requests_newest()}</a> })}
            {changing(move || next.get().map(|next| view! {
                <a class="button" href=format!("/requests?after={}", write_after(next))>{t.requests_older()}</a>
            }))}
        </div>
    }
}

/// A closed matter.
#[component]
fn Closed(card: Card, clock: WallClock) -> impl IntoView {
    let t = texts();
    let day = date(t, clock.at(card.received_at).day());
    view! {
        <li>
            <a class="row" href=format!("/requests/{}", card.code)>
                {icon(&card.icon)}
                <span class="body">
                    <span>{card.item.of(t.lang).to_owned()}</span>
                    <span class="line">
                        <span class="hint">{day} " · " <span class="code">{card.code.clone()}</span></span>
                        " "
                        {stage_chip(t, &card.line.stage)}
                    </span>
                </span>
                {icon("chevron")}
            </a>
        </li>
    }
}
