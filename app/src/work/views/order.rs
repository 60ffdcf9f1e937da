use super::super::foresight::{foresee_sheet, matter_of};
use super::job_card::appointment;
use super::order_move::OrderMoveForm;
use super::order_parts::{Findings, Materials, Result, Times, by_hand, late};
use super::schedules::Repeating;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::OrderId;
use crate::live::Room;
use crate::moment::day;
use crate::offline::{Unsent, foreseen};
use crate::page::office_page;
use crate::people::Staff;
use crate::photos::PhotoGrid;
use crate::requests::{Headline, Side, part_word, place_text, ticket, urgency_chip};
use crate::surfaces::{OfficeData, works_here};
use crate::texts::{Texts, texts};
use crate::ui::{FaultPage, Row, Steady, WallClock, awaited, changing, follow, fresh, icon, opened, tel, ticking};
use crate::work::{Ask, LoadOrder, Sheet, ask_word, order_chip};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// An order in full: where and what, what was found on site, what went into it, the result and its proof; at its foot
/// the moves that are legal now. The page of whoever carries it out, and of those who look.
pub struct OrderPage {
    sheet: Loading<Sheet>,
    opened: Loading<Opened>,
}

office_page!(OrderPage in order);

impl OrderPage {
    fn data() -> Self {
        let params = use_params_map();
        let order = move || params.with(|params| params.get_str("order").and_then(|id| id.parse::<OrderId>().ok()));
        let order = Memo::new(move |_| order().unwrap_or(OrderId(Uuid::nil())));
        Self { sheet: Loading::new(move || LoadOrder { order: order.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let OrderPage { sheet, opened } = self;
        let office = use_context::<OfficeData>();
        view! {
            <Transition>
                {awaited(move || async move {
                    let by = works_here(office).await;
                    match (sheet.await, opened.await) {
                        (Ok(first), Ok(opened)) => view! {
                            <For
                                each=move || [first.clone()]
                                key=|sheet| sheet.job.order.order.id
                                children=move |first| view! { <Page first by=by.clone() opened=opened.clone()/> }
                            />
                        }
                            .into_any(),
                        (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Page(
    /// The order as it was when the page was loaded.
    first: Sheet,
    /// Who looks.
    by: Option<Staff>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (code, item) = (first.job.card.code.clone(), first.job.card.item.of(t.lang).to_owned());
    let has_jobs = first.has_jobs;
    let (order, estate) = (first.job.order.order.id, first.job.order.order.estate);
    let is_checked = first.job.order.order.asks.contains(&Ask::Check);
    let truth = fresh(first, Room::Requests, move || LoadOrder { order });
    // How it recurs is told in the room of whoever arranges it.
    follow(truth, Room::People, move || LoadOrder { order });
    let data = foreseen(truth, move |sheet, entries| by.iter().for_each(|by| foresee_sheet(sheet, entries, by)));
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let photos = Memo::new(move |_| data.with(|data| data.photos.clone()));
    let words = move || data.with(|data| data.words.clone());
    let notice = move || {
        data.with(|data| data.job.order.vendor.clone()).map(|vendor| {
            let link = format!("/staff/orders/{order}/notice");
            view! {
                <p class="line">
                    {icon("building")} " " <b>{vendor.name}</b> " "
                    <a class="button" href=link>{icon("print")} " " {t.notice_open()}</a>
                </p>
            }
        })
    };
    let matter = format!("/staff/requests/{code}");
    let (back, to) =
        if has_jobs { ("/staff/jobs".to_owned(), t.jobs_title()) } else { (matter.clone(), t.dispatch_back()) };
    view! {
        <Title text=t.frame_title(t.matter_title(&code, &item), t.frame_product())/>
        <article class="sheet" aria-labelledby="order-title">
            <a class="back" href=back>{icon("arrow-left")} " " {to}</a>
            <header class="head">
                <h1 id="order-title">{item}</h1>
                <span class="line">
                    <a href=matter><span class="code">{code}</span> " " {t.sheet_to_matter()}</a>
                    " "
                    {changing(move || data.with(|data| order_chip(t, &data.job.order.order.stage)))}
                    " "
                    {changing(move || data.with(|data| urgency_chip(t, data.job.card.urgency)))}
                    {is_checked.then(|| {
                        view! { " " <span class="chip">{icon("user-check")} " " {t.rect_chip()}</span> }
                    })}
                    <Unsent matter=matter_of(order)/>
                </span>
            </header>
            {changing(move || data.with(|data| ticket(t, &data.job.card, clock, Side::Staff, Headline::Section)))}
            {changing(move || data.with(|data| appointment(t, &data.job, clock)))}
            {changing(move || data.with(|data| facts(t, data, clock)))}
            {changing(move || data.with(|data| late(t, data, clock)))}
            {changing(notice)}
            <section aria-labelledby="order-words">
                <h2 id="order-words">{t.sheet_words()}</h2>
                <p>{changing(words)}</p>
                <PhotoGrid estate photos/>
            </section>
            <Findings data clock opened=opened.clone()/>
            <Materials data opened=opened.clone()/>
            <Times data clock opened=opened.clone()/>
            <Result data clock/>
            {changing(move || data.with(|data| by_hand(t, data)))}
            <Repeating data opened=opened.clone()/>
        </article>
        <Moves data opened/>
    }
}

/// Where, who, what to bring, what is asked for.
fn facts(t: Texts, data: &Sheet, clock: WallClock) -> AnyView {
    let fact = |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    let order = &data.job.order.order;
    let reporter = data.reporter.as_ref().map(|reporter| {
        let phone =
            reporter.phone.clone().map(|phone| view! { " · " <a class="nowrap" href=tel(&phone)>{phone.clone()}</a> });
        fact(t.sheet_reporter(), view! { {reporter.name.clone()} {phone} }.into_any())
    });
    let times = data.times.iter().map(|time| t.matter_time(day(t, time.on), part_word(t, time.part)));
    let times: Vec<_> = times.collect();
    let times = (!times.is_empty()).then(|| fact(t.matter_times(), times.join(t.matter_times_join()).into_any()));
    let instructions = order.instructions.clone().map(|words| fact(t.sheet_instructions(), words.into_any()));
    let accepted = order.accepted_at.map(|at| {
        let by = data.job.order.accepted_by.clone().unwrap_or_default();
        fact(t.sheet_accepted(), t.sheet_accepted_by(by, clock.at(at).full(t)).into_any())
    });
    let asks: Vec<_> = order.asks.iter().map(|ask| ask_word(t, *ask)).collect();
    let asks = (!asks.is_empty()).then(|| fact(t.sheet_asks(), asks.join(t.matter_times_join()).into_any()));
    let place = fact(t.matter_where(), place_text(t, &data.job.card.place).into_any());
    view! { <dl class="facts">{place} {reporter} {times} {instructions} {asks} {accepted}</dl> }.into_any()
}

/// What may be done with it now, the likeliest first.
#[component]
fn Moves(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let card = Memo::new(move |_| data.with(|data| data.job.order.clone()));
    let id = card.with_untracked(|card| card.order.id.0);
    let first = Memo::new(move |_| card.with(|card| card.moves.first().copied()));
    let moves = Steady::of(move || card.with(|card| card.moves.iter().map(|what| (id, *what as u8)).collect()));
    let form = move |row: Row| {
        let what = card.with_untracked(|card| card.moves.iter().copied().find(|what| (id, *what as u8) == row));
        what.map(|what| {
            let is_first = Signal::derive(move || first.get() == Some(what));
            view! { <OrderMoveForm what card opened=opened.clone() hold=moves.hold(row) is_first is_large=true/> }
        })
    };
    view! {
        <footer class="moves" role="group" aria-label=t.sheet_moves() hidden=Signal::derive(move || moves.rows().is_empty())>
            <For each=move || moves.rows() key=|row| *row children=form/>
        </footer>
    }
}
