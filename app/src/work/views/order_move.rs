use super::complete::CompleteFields;
use crate::forms::Opened;
use crate::ids::EstateId;
use crate::offline::as_arrived;
use crate::requests::{WaitingOn, waiting_word};
use crate::texts::{Texts, texts};
use crate::ui::{Check, Choice, Field, Hold, Move, Radios};
use crate::work::{
    Accept, Arrive, Ask, CancelOrder, Complete, OrderCard, OrderMove, Pause, Refuse, ResumeWork, SendBack, SetOut,
    Verify, check_form, order_move_icon, order_move_word,
};
use leptos::prelude::*;
use server_fn::ServerFn;
use std::sync::Arc;

/// One move of an order.
#[component]
pub fn OrderMoveForm(
    /// Which move.
    what: OrderMove,
    /// The order, as it is now.
    card: Memo<OrderCard>,
    /// The page's forms.
    opened: Opened,
    /// What keeps it while somebody is at it.
    hold: Hold,
    /// Folding these closes each other.
    #[prop(default = "move")]
    group: &'static str,
    /// Whether it is the likeliest.
    is_first: Signal<bool>,
    /// Whether its target is large: gloves.
    #[prop(optional)]
    is_large: bool,
) -> impl IntoView {
    let t = texts();
    let (id, estate) = card.with_untracked(|card| (card.order.id.to_string(), card.order.estate));
    let is_checked = card.with_untracked(|card| card.order.asks.contains(&Ask::Check));
    let seen = Signal::derive(move || card.with(|card| card.order.version.to_string()));
    let asks: Option<Children> = match what {
        OrderMove::Accept | OrderMove::SetOut | OrderMove::Arrive | OrderMove::Resume => None,
        what => Some(Box::new(move || fields(t, what, estate, is_checked))),
    };
    view! {
        <Move
            to=path(what) opened id=id.clone() seen hold looks=(order_move_icon(what), order_move_word(t, what)) group is_first
            is_large asks waits=matter(what, &id) check=Some(check_of(path(what))) with_files={what == OrderMove::Complete}
            is_harsh={matches!(what, OrderMove::Refuse | OrderMove::SendBack | OrderMove::Cancel)}
        />
    }
}

/// What is done on site waits for a network where there is none; what others decide about it does not.
fn matter(what: OrderMove, id: &str) -> String {
    match what {
        OrderMove::Verify | OrderMove::SendBack | OrderMove::Cancel => String::new(),
        _ => format!("order:{id}"),
    }
}

/// What is wrong with a form about an order, before it is sent or kept.
pub fn check_of(to: &'static str) -> Check {
    Arc::new(move |body| check_form(to, &as_arrived(body)))
}

fn path(what: OrderMove) -> &'static str {
    match what {
        OrderMove::Accept => Accept::PATH,
        OrderMove::Refuse => Refuse::PATH,
        OrderMove::SetOut => SetOut::PATH,
        OrderMove::Arrive => Arrive::PATH,
        OrderMove::Pause => Pause::PATH,
        OrderMove::Resume => ResumeWork::PATH,
        OrderMove::Complete => Complete::PATH,
        OrderMove::Verify => Verify::PATH,
        OrderMove::SendBack => SendBack::PATH,
        OrderMove::Cancel => CancelOrder::PATH,
    }
}

fn fields(t: Texts, what: OrderMove, estate: EstateId, is_checked: bool) -> AnyView {
    match what {
        OrderMove::Pause => {
            view! { <Radios name="on" label=t.order_pause_on() choices=waits(t) value="parts"/> }.into_any()
        }
        OrderMove::Complete => view! { <CompleteFields estate/> }.into_any(),
        OrderMove::Verify if is_checked => reason(t.order_check_words(), t.order_check_hint()),
        OrderMove::Verify => reason(t.order_verify_reason(), t.order_verify_hint()),
        OrderMove::SendBack => reason(t.order_send_back_reason(), t.order_send_back_hint()),
        OrderMove::Refuse => reason(t.order_refuse_reason(), t.order_refuse_hint()),
        _ => reason(t.order_cancel_reason(), t.order_cancel_hint()),
    }
}

/// What work can wait for, as answers of a form.
pub fn waits(t: Texts) -> Vec<Choice> {
    WaitingOn::ALL.into_iter().map(|on| Choice::new(on.tag(), waiting_word(t, on))).collect()
}

fn reason(label: &'static str, hint: &'static str) -> AnyView {
    view! { <Field name="reason" label=label hint=hint kind="textarea" rows=2 longest=500/> }.into_any()
}
