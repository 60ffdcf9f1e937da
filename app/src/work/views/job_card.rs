use super::super::foresight::matter_of;
use super::order_line::order_chip;
use super::order_move::OrderMoveForm;
use super::windows::window_text;
use crate::forms::Opened;
use crate::ids::OrderId;
use crate::offline::Unsent;
use crate::requests::{PlaceName, Side, clock_chip, clock_now, place_text, promise_words, urgency_chip};
use crate::texts::{Texts, texts};
use crate::ui::{Hold, Row, Steady, WallClock, changing, icon};
use crate::work::{Job, OrderCard, OrderMove, OrderStage};
use leptos::prelude::*;

/// One job: the promise, where and what, the steps, and the one next move, large enough for gloves.
#[component]
pub fn JobCard(
    /// The job, as it is now.
    job: Memo<Job>,
    /// What keeps it while somebody is at one of its moves.
    hold: Hold,
    /// The page's forms.
    opened: Opened,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let order = Memo::new(move |_| job.with(|job| job.order.clone()));
    let id = order.with_untracked(|order| order.order.id.0);
    let state = Memo::new(move |_| job.with(|job| clock_now(&job.card, clock, Side::Staff)).tag());
    let stage = Memo::new(move |_| order.with(|order| order.order.stage.clone()));
    let code = job.with_untracked(|job| job.card.code.clone());
    let item = job.with_untracked(|job| job.card.item.of(t.lang).to_owned());
    let link = format!("/staff/requests/{code}");
    let label = t.jobs_moves(&code);
    let first = Memo::new(move |_| order.with(|order| order.moves.first().copied()));
    let moves = Steady::of(move || {
        let offered = order.with(|order| near(order).map(|what| (id, what as u8)).collect());
        if hold.is_offered.get() { offered } else { Vec::new() }
    });
    Effect::new(move |_| hold.is_held.set(moves.is_held()));
    let form = move |row: Row| {
        let what = order.with_untracked(|order| near(order).find(|what| (id, *what as u8) == row));
        what.map(|what| {
            let is_first = Signal::derive(move || first.get() == Some(what));
            let (hold, opened) = (moves.hold(row), opened.clone());
            view! { <OrderMoveForm what card=order opened hold is_first is_large=true/> }
        })
    };
    let sheet = format!("/staff/orders/{id}");
    let to_sheet = move || first.get().is_some_and(is_on_the_sheet).then_some("primary");
    view! {
        <li>
            <article class="ticket job">
                <h2 class="promise" data-clock=state>{changing(move || job.with(|job| promise_words(t, &job.card, clock, Side::Staff)))}</h2>
                <div class="body">
                    {changing(move || job.with(|job| appointment(t, job, clock)))}
                    {changing(move || job.with(|job| about(t, job)))}
                    <Path stage/>
                    <p class="line"><Unsent matter=matter_of(OrderId(id))/></p>
                </div>
                <div class="moves" role="group" aria-label=label>
                    <For each=move || moves.rows() key=|row| *row children=form/>
                    <a class="button" data-kind=Signal::derive(to_sheet) data-size="l" href=sheet>
                        {icon("list")} " " {t.sheet_open()}
                    </a>
                </div>
                <p class="strip">
                    <span>
                        <a href=link>{item}</a>
                        " "
                        <span class="code">{code}</span>
                    </span>
                    " "
                    {changing(move || job.with(|job| clock_chip(t, &job.card, clock, Side::Staff, false)))}
                </p>
            </article>
        </li>
    }
}

/// Whether a move is made on the order's own page: it asks for more than fits a card.
fn is_on_the_sheet(what: OrderMove) -> bool {
    what == OrderMove::Complete
}

/// What is done on the card itself.
fn near(order: &OrderCard) -> impl Iterator<Item = OrderMove> + '_ {
    order.moves.iter().copied().filter(|what| !is_on_the_sheet(*what))
}

/// When somebody is expected; in a common area they are there before (C6).
pub fn appointment(t: Texts, job: &Job, clock: WallClock) -> Option<AnyView> {
    let is_common = matches!(job.card.place, PlaceName::Common { .. });
    job.appointment.as_ref().map(|window| {
        let when = window_text(t, window, clock, is_common);
        view! { <p class="where">{icon("calendar")} " " {t.window_appointed(when)}</p> }.into_any()
    })
}

/// Where to go, what was asked for, and why it must be done again.
fn about(t: Texts, job: &Job) -> AnyView {
    let order = &job.order.order;
    let instructions = order.instructions.clone().map(|words| view! { <p><strong>{words}</strong></p> }.into_any());
    let reason = match &order.stage {
        OrderStage::Rework { reason } => Some(view! { <p class="why">{icon("retry")} " " {t.order_why(reason)}</p> }),
        _ => None,
    };
    view! {
        <p class="where">{icon("pin")} " " {place_text(t, &job.card.place)}</p>
        {instructions}
        <p>{job.card.words.clone()}</p>
        <p class="line">{order_chip(t, &order.stage)} " " {urgency_chip(t, job.card.urgency)}</p>
        {reason}
    }
    .into_any()
}

/// The four steps of a job; the one that is being taken is marked.
#[component]
fn Path(
    /// Where the order stands.
    stage: Memo<OrderStage>,
) -> impl IntoView {
    let t = texts();
    let steps = [t.order_accepted(), t.order_en_route(), t.order_on_site(), t.order_completed()];
    // How many are behind, and which is being taken.
    let at = Memo::new(move |_| match stage.get() {
        OrderStage::Accepted => (0, Some(0)),
        OrderStage::EnRoute => (1, Some(1)),
        OrderStage::Rework { .. } => (2, None),
        OrderStage::OnSite | OrderStage::Paused { .. } => (2, Some(2)),
        OrderStage::Completed => (3, Some(3)),
        OrderStage::Verified => (4, None),
        OrderStage::Issued | OrderStage::Refused { .. } | OrderStage::Cancelled { .. } => (0, None),
    });
    let steps = steps
        .into_iter()
        .enumerate()
        .map(|(place, word)| {
            let passed = move || (place < at.get().0).then_some("passed");
            let here = move || (at.get().1 == Some(place)).then_some("step");
            view! { <li data-state=Signal::derive(passed) aria-current=Signal::derive(here)>{word}</li> }
        })
        .collect_view();
    view! { <ol class="path" aria-label=t.jobs_path()>{steps}</ol> }
}
