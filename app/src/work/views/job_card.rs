use super::order_line::order_chip;
use super::order_move::OrderMoveForm;
use crate::forms::Opened;
use crate::requests::{ClockChip, PromiseWords, Side, clock_now, place_text, urgency_chip};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, icon};
use crate::work::{Job, OrderStage};
use leptos::prelude::*;

/// One job: the promise, where and what, the steps, and the one next move, large enough for gloves.
#[component]
pub fn JobCard(
    /// The job, as it is now.
    job: Memo<Job>,
    /// The page's forms.
    opened: Opened,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let card = Memo::new(move |_| job.with(|job| job.card.clone()));
    let order = Memo::new(move |_| job.with(|job| job.order.clone()));
    let estate = order.with_untracked(|order| order.order.estate);
    let state = Memo::new(move |_| card.with(|card| clock_now(card, clock, Side::Staff)).tag());
    let stage = Memo::new(move |_| order.with(|order| order.order.stage.clone()));
    let urgency = Memo::new(move |_| card.with(|card| card.urgency));
    let code = card.with_untracked(|card| card.code.clone());
    let link = format!("/staff/requests/{code}");
    let label = t.jobs_moves(&code);
    let first = Memo::new(move |_| order.with(|order| order.moves.first().copied()));
    let instructions = move || {
        order.with(|order| order.order.instructions.clone()).map(|words| view! { <p><strong>{words}</strong></p> })
    };
    view! {
        <li>
            <article class="ticket job">
                <h2 class="promise" data-clock=state><PromiseWords card clock side=Side::Staff/></h2>
                <div class="body">
                    <p class="where">{icon("pin")} " " {move || card.with(|card| place_text(t, &card.place))}</p>
                    {instructions}
                    <p>{move || card.with(|card| card.words.clone())}</p>
                    <p class="line">{move || order_chip(t, &stage.get())} " " {move || urgency_chip(t, urgency.get())}</p>
                    {move || reason(t, &stage.get())}
                    <Path stage/>
                </div>
                <div class="moves" role="group" aria-label=label>
                    <For
                        each=move || order.with(|order| order.moves.clone())
                        key=|what| *what as u8
                        children=move |what| {
                            let is_first = Signal::derive(move || first.get() == Some(what));
                            view! { <OrderMoveForm what card=order opened=opened.clone() estate is_first is_large=true/> }
                        }
                    />
                </div>
                <p class="strip">
                    <span>
                        <a href=link>{move || card.with(|card| card.item.of(t.lang).to_owned())}</a>
                        " "
                        <span class="code">{code}</span>
                    </span>
                    " "
                    <ClockChip card clock side=Side::Staff/>
                </p>
            </article>
        </li>
    }
}

/// Why it must be done again.
fn reason(t: Texts, stage: &OrderStage) -> Option<impl IntoView + use<>> {
    match stage {
        OrderStage::Rework { reason } => Some(view! { <p class="why">{icon("retry")} " " {t.order_why(reason)}</p> }),
        _ => None,
    }
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
            view! { <li data-state=passed aria-current=here>{word}</li> }
        })
        .collect_view();
    view! { <ol class="path" aria-label=t.jobs_path()>{steps}</ol> }
}
