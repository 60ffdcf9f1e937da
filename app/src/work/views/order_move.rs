use super::complete::CompleteFields;
use crate::asking::Reply;
use crate::forms::Opened;
use crate::ids::EstateId;
use crate::requests::{WaitingOn, waiting_word};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Hidden, Post, Radios, icon};
use crate::work::{
    Accept, Arrive, CancelOrder, Complete, OrderCard, OrderMove, Pause, Refuse, ResumeWork, SendBack, SetOut, Verify,
    order_move_icon, order_move_word,
};
use leptos::html::Details;
use leptos::prelude::*;
use server_fn::ServerFn;

/// One move of an order: a button where it asks nothing, else a form that folds out of one.
#[component]
pub fn OrderMoveForm(
    /// Which move.
    what: OrderMove,
    /// The order, as it is now.
    #[prop(into)]
    card: Signal<OrderCard>,
    /// The page's forms.
    opened: Opened,
    /// For photos.
    estate: EstateId,
    /// Folding these closes each other.
    #[prop(default = "move")]
    group: &'static str,
    /// Whether it is the likeliest.
    #[prop(into)]
    is_first: Signal<bool>,
    /// Whether its target is large: gloves.
    #[prop(optional)]
    is_large: bool,
) -> impl IntoView {
    let t = texts();
    let id = card.with_untracked(|card| card.order.id.to_string());
    let seen = Signal::derive(move || card.with(|card| card.order.version.to_string()));
    let to = path(what);
    let size = is_large.then_some("l");
    let kind = move || is_first.get().then_some("primary");
    let label = move || view! { {icon(order_move_icon(what))} " " {order_move_word(t, what)} };
    let hidden = {
        let id = id.clone();
        move || view! { <Hidden name="id" value=Signal::stored(id)/> <Hidden name="seen" value=seen/> }
    };
    if matches!(what, OrderMove::Accept | OrderMove::SetOut | OrderMove::Arrive | OrderMove::Resume) {
        return view! {
            <Post to opened about=id>
                {hidden()}
                <button class="button" data-kind=Signal::derive(kind) data-size=size>{label()}</button>
            </Post>
        }
        .into_any();
    }
    let is_open = opened
        .kept
        .as_ref()
        .is_some_and(|kept| kept.form == to.trim_start_matches("/api/") && kept.fields.get("id") == Some(id.as_str()));
    let details = NodeRef::<Details>::new();
    let close = Callback::new(move |_: Reply| {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
    });
    let is_harsh = matches!(what, OrderMove::Refuse | OrderMove::SendBack | OrderMove::Cancel);
    view! {
        <details name=group open=is_open node_ref=details>
            <summary class="button" data-kind=Signal::derive(kind) data-size=size>{label()}</summary>
            <Post to opened about=id on_done=close with_files={what == OrderMove::Complete}>
                {hidden()}
                {fields(t, what, estate)}
                <div class="submit">
                    <button class="button" data-kind=if is_harsh { "danger" } else { "primary" }>{label()}</button>
                </div>
            </Post>
        </details>
    }
    .into_any()
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

fn fields(t: Texts, what: OrderMove, estate: EstateId) -> AnyView {
    match what {
        OrderMove::Pause => {
            view! { <Radios name="on" label=t.order_pause_on() choices=waits(t) value="parts"/> }.into_any()
        }
        OrderMove::Complete => view! { <CompleteFields estate/> }.into_any(),
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
