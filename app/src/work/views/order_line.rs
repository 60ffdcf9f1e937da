use crate::ids::EstateId;
use crate::photos::PhotoGrid;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, changing, icon};
use crate::work::{OrderCard, OrderStage, order_stage_icon, order_stage_word, proof_text};
use leptos::prelude::*;

/// A stage: symbol, word and colour.
pub fn order_chip(t: Texts, stage: &OrderStage) -> impl IntoView + use<> {
    view! {
        <span class="chip" data-stage=stage.tag()>{icon(order_stage_icon(stage))} " " {order_stage_word(t, stage)}</span>
    }
}

/// One order on its matter's page: who has it, where it stands, what was done.
#[component]
pub fn OrderLine(
    /// The order, as it is now.
    #[prop(into)]
    card: Signal<OrderCard>,
    /// For its photos.
    estate: EstateId,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let title = move || {
        card.with(|card| match (&card.order.instructions, card.department.names.of(t.lang)) {
            (Some(instructions), _) => instructions.clone(),
            (None, department) => t.order_for(department),
        })
    };
    let link = card.with_untracked(|card| format!("/staff/orders/{}", card.order.id));
    let stage = Memo::new(move |_| card.with(|card| card.order.stage.clone()));
    let holder = move || {
        card.with(|card| {
            let who = card.assignee.clone().or_else(|| card.vendor.as_ref().map(|vendor| vendor.name.clone()));
            let who = who.unwrap_or_else(|| t.order_team().to_owned());
            let since = clock.near(t, card.order.stage_at);
            t.order_holder(card.department.names.of(t.lang), since, who)
        })
    };
    let accountable = move || card.with(|card| t.order_accountable(&card.accountable));
    let why = move || match stage.get() {
        OrderStage::Refused { reason } | OrderStage::Rework { reason } | OrderStage::Cancelled { reason } => {
            Some(view! { <span class="hint">{t.order_why(reason)}</span> })
        }
        _ => None,
    };
    let done = move || {
        card.with(|card| {
            let proof = card.order.proof.as_ref().map(|proof| proof_text(t, proof));
            card.order.note.clone().map(|note| view! { <span>{note} " " <span class="hint">{proof}</span></span> })
        })
    };
    let photos = Memo::new(move |_| card.with(|card| card.photos.clone()));
    view! {
        <li class="order">
            <a href=link>{changing(title)}</a>
            {changing(move || order_chip(t, &stage.get()))}
            <span class="hint">{changing(holder)} " " {changing(accountable)}</span>
            {changing(why)}
            {changing(done)}
            <PhotoGrid estate photos/>
        </li>
    }
    .into_any()
}
