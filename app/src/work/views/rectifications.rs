use super::order_line::order_chip;
use super::upkeep_tabs::UpkeepTabs;
use crate::asking::Loading;
use crate::live::Room;
use crate::page::office_page;
use crate::requests::place_text;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, fresh, icon, shown, ticking};
use crate::work::{CheckAfter, LoadRectifications, OrderStage, Rectification, Rectifications, proof_text};
use chrono::DateTime;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

const HERE: &str = "/staff/rectifications";

/// Orders whose result somebody else checks: what waits for a check, what is under way, and what was checked (C12).
pub struct RectificationsPage {
    after: Memo<Option<CheckAfter>>,
    list: Loading<Rectifications>,
}

office_page!(RectificationsPage in rectifications);

impl RectificationsPage {
    fn data() -> Self {
        let query = use_query_map();
        let after = Memo::new(move |_| query.with(|query| query.get_str("after").and_then(parse_after)));
        Self { after, list: Loading::new(move || LoadRectifications { after: after.get() }) }
    }

    fn view(self) -> AnyView {
        let RectificationsPage { after, list } = self;
        view! {
            <Suspense>
                {awaited(move || {
                    let after = after.get();
                    async move {
                        shown(list.await, |first| view! { <List first after/> })
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// A place in the list as an address carries it: whether it waits, microseconds, and the order.
fn write_after(after: CheckAfter) -> String {
    format!("{}.{}.{}", u8::from(after.is_awaited), after.at.timestamp_micros(), after.order)
}

fn parse_after(text: &str) -> Option<CheckAfter> {
    let (is_awaited, rest) = text.split_once('.')?;
    let (at, order) = rest.split_once('.')?;
    let at = DateTime::from_timestamp_micros(at.parse().ok()?)?;
    Some(CheckAfter { is_awaited: is_awaited == "1", at, order: order.parse().ok()? })
}

#[component]
fn List(
    /// The list as it was when the page was loaded.
    first: Rectifications,
    /// Behind which one it begins.
    after: Option<CheckAfter>,
) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Requests, move || LoadRectifications { after });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let is_empty = Memo::new(move |_| data.with(|data| data.open.is_empty()));
    let none_checked = Memo::new(move |_| data.with(|data| data.checked.is_empty()));
    let next = Memo::new(move |_| data.with(|data| data.next));
    view! {
        <Title text=t.frame_title(t.rect_title(), t.frame_product())/>
        <UpkeepTabs here=HERE/>
        <header class="head"><h1>{t.rect_title()}</h1> <p class="soft">{t.rect_hint()}</p></header>
        {changing(move || is_empty.get().then(|| view! {
            <div class="empty">{icon("check-circle")} <h2>{t.rect_none()}</h2> <p>{t.rect_none_hint()}</p></div>
        }))}
        <ul class="rows" hidden=Signal::derive(move || is_empty.get())>
            <For
                each=move || data.with(|data| data.open.clone())
                key=|one| (one.order.order.id, one.order.order.version, one.due_at)
                children=move |one| open_row(t, &one, clock)
            />
        </ul>
        <div class="buttons">
            {after.map(|_| view! { <a class="button" href=HERE>{t.rect_first()}</a> })}
            {changing(move || next.get().map(|next| view! {
                <a class="button" href=format!("{HERE}?after={}", write_after(next))>{t.rect_more()}</a>
            }))}
        </div>
        <section class="stack" aria-labelledby="rect-checked" hidden=Signal::derive(move || none_checked.get())>
            <h2 id="rect-checked">{t.rect_checked()}</h2>
            <ul class="rows">
                <For
                    each=move || data.with(|data| data.checked.clone())
                    key=|one| one.order.order.id
                    children=move |one| checked_row(t, &one, clock)
                />
            </ul>
        </section>
    }
}

/// What is to be done, where, who holds it, how it stands and when it is due.
fn open_row(t: Texts, one: &Rectification, clock: WallClock) -> AnyView {
    let (card, order) = (&one.card, &one.order.order);
    let is_awaited = order.stage == OrderStage::Completed;
    let waits = is_awaited.then(|| {
        view! { <span class="chip" data-tone="new">{icon("user-check")} " " {t.rect_waits()}</span> }
    });
    let who = one.order.assignee.clone().or_else(|| one.order.vendor.as_ref().map(|vendor| vendor.name.clone()));
    let who = who.unwrap_or_else(|| t.order_team().to_owned());
    let (department, since) = (one.order.department.names.of(t.lang).to_owned(), order.stage_at);
    let holder = move || t.order_holder(&department, clock.near(t, since), &who);
    let due = one.due_at;
    let is_late = move || due.is_some_and(|due| clock.now().moment() > due).then_some("broken");
    let due = move || due.map_or_else(|| t.rect_no_due().to_owned(), |due| t.rect_due(clock.near(t, due)));
    let link = format!("/staff/orders/{}", order.id);
    view! {
        <li class="row">
            {icon(if is_awaited { "user-check" } else { "wrench" })}
            <div class="body">
                <span>
                    <a href=link>{what(t, one)}</a> " " <span class="code">{card.code.clone()}</span> " "
                    {order_chip(t, &order.stage)} " " {waits}
                </span>
                <span class="hint">{place_text(t, &card.place)} " · " {changing(holder)}</span>
                <span class="clock" data-clock=Signal::derive(is_late)>{icon("clock")} " " {changing(due)}</span>
            </div>
        </li>
    }
    .into_any()
}

/// What was done, and who checked it when.
fn checked_row(t: Texts, one: &Rectification, clock: WallClock) -> AnyView {
    let (card, order) = (&one.card, &one.order.order);
    let (name, at) = (one.order.verified_by.clone().unwrap_or_default(), order.stage_at);
    let by = move || t.rect_checked_by(&name, clock.near(t, at));
    let seen = order.proof.as_ref().map(|proof| proof_text(t, proof));
    let link = format!("/staff/orders/{}", order.id);
    view! {
        <li class="row">
            {icon("check-circle")}
            <div class="body">
                <span><a href=link>{what(t, one)}</a> " " <span class="code">{card.code.clone()}</span></span>
                <span class="hint">{place_text(t, &card.place)}</span>
                <span>{seen}</span>
                <span class="hint">{changing(by)}</span>
            </div>
        </li>
    }
    .into_any()
}

/// What the order says is to be done, else what the matter is.
fn what(t: Texts, one: &Rectification) -> String {
    let item = one.card.item.of(t.lang);
    match &one.order.order.instructions {
        Some(words) => format!("{item}: {words}"),
        None => item.to_owned(),
    }
}
