use super::matter::order_of;
use super::matter_forms::MoveForm;
use crate::forms::Opened;
use crate::ids::OrderId;
use crate::requests::{Matter, StaffMove};
use crate::texts::texts;
use crate::ui::icon;
use crate::work::{OrderCard, OrderMove, OrderMoveForm};
use leptos::prelude::*;

/// A move of the matter, or of one of its orders.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Move {
    Matter(StaffMove),
    Order(Box<OrderCard>, OrderMove),
}

impl Move {
    fn key(&self) -> (Option<OrderId>, u8) {
        match self {
            Move::Matter(what) => (None, *what as u8),
            Move::Order(order, what) => (Some(order.order.id), *what as u8),
        }
    }

    /// Whether it stands in the bar itself. This depends on the move alone: an open form never changes its place.
    fn is_near(&self) -> bool {
        match self {
            Move::Matter(what) => !matches!(what, StaffMove::Wait | StaffMove::Decline | StaffMove::MarkDuplicate),
            Move::Order(_, what) => {
                !matches!(what, OrderMove::Pause | OrderMove::Refuse | OrderMove::SendBack | OrderMove::Cancel)
            }
        }
    }
}

/// All legal moves, the likeliest first: who holds an order moves that one before anything else.
fn moves(matter: &Matter) -> Vec<Move> {
    let of_orders = matter
        .orders
        .iter()
        .flat_map(|order| order.moves.iter().map(|what| Move::Order(Box::new(order.clone()), *what)));
    let of_matter = matter
        .moves
        .iter()
        // Both are the form under the timeline.
        .filter(|what| !matches!(what, StaffMove::Comment | StaffMove::Note))
        .map(|what| Move::Matter(*what));
    of_orders.chain(of_matter).collect()
}

/// The sticky bar: the two or three moves that are likeliest now, the rest behind one more button.
#[component]
pub fn MoveBar(
    /// The matter.
    data: RwSignal<Matter>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let all = Memo::new(move |_| data.with(moves));
    let first = Memo::new(move |_| all.with(|all| all.iter().find(|what| what.is_near()).map(Move::key)));
    let has_any = Memo::new(move |_| all.with(|all| !all.is_empty()));
    let has_far = Memo::new(move |_| all.with(|all| all.iter().any(|what| !what.is_near())));
    let kept = opened.kept.as_ref().map(|kept| kept.form.clone());
    let is_open = kept.is_some_and(|form| {
        [
            "requests/wait",
            "requests/decline",
            "requests/mark_duplicate",
            "work/pause",
            "work/refuse",
            "work/send_back",
            "work/cancel",
        ]
        .contains(&form.as_str())
    });
    let list = |group: &'static str, is_near: bool| {
        let opened = opened.clone();
        let form = move |what: Move| {
            let key = what.key();
            let is_first = Signal::derive(move || first.get() == Some(key));
            let opened = opened.clone();
            match what {
                Move::Matter(what) => view! { <MoveForm what data opened group is_first/> }.into_any(),
                Move::Order(order, what) => {
                    let estate = order.order.estate;
                    let card = order_of(data, *order);
                    view! { <OrderMoveForm what card opened estate group is_first/> }.into_any()
                }
            }
        };
        let each =
            move || all.with(|all| all.iter().filter(|what| what.is_near() == is_near).cloned().collect::<Vec<_>>());
        view! { <For each key=Move::key children=form/> }
    };
    view! {
        <footer class="moves" role="group" aria-label=t.matter_moves() hidden=Signal::derive(move || !has_any.get())>
            {list("move", true)}
            <details class="more" name="move" open=is_open hidden=Signal::derive(move || !has_far.get())>
                <summary class="button" data-kind="quiet">{icon("list")} " " {t.matter_more()}</summary>
                <div class="form">
                    {list("more-move", false)}
                </div>
            </details>
        </footer>
    }
}
