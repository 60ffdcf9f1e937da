use super::matter::order_of;
use super::matter_forms::MoveForm;
use crate::forms::Opened;
use crate::ids::OrderId;
use crate::requests::{Matter, StaffMove};
use crate::texts::texts;
use crate::ui::{Row, Steady, icon};
use crate::work::{OrderCard, OrderMove, OrderMoveForm};
use leptos::prelude::*;
use uuid::Uuid;

/// A move of the matter, or of one of its orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Matter(StaffMove),
    Order(OrderId, OrderMove),
}

impl Move {
    fn row(self) -> Row {
        match self {
            Move::Matter(what) => (Uuid::nil(), what as u8),
            Move::Order(order, what) => (order.0, what as u8),
        }
    }

    /// Whether it stands in the bar itself. This depends on the move alone: an open form never changes its place.
    fn is_near(self) -> bool {
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
    let of_order = |card: &OrderCard| {
        let id = card.order.id;
        card.moves.iter().map(|what| Move::Order(id, *what)).collect::<Vec<_>>()
    };
    let of_matter = matter
        .moves
        .iter()
        // Both are the form under the timeline.
        .filter(|what| !matches!(what, StaffMove::Comment | StaffMove::Note))
        .map(|what| Move::Matter(*what));
    matter.orders.iter().flat_map(of_order).chain(of_matter).collect()
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
    let rows_of = move |is_near: bool| {
        Steady::of(move || {
            all.with(|all| all.iter().filter(|what| what.is_near() == is_near).map(|what| what.row()).collect())
        })
    };
    let (near, far) = (rows_of(true), rows_of(false));
    let first = Memo::new(move |_| all.with(|all| all.iter().find(|what| what.is_near()).map(|what| what.row())));
    let has_any = Memo::new(move |_| !near.rows().is_empty() || !far.rows().is_empty());
    let has_far = Memo::new(move |_| !far.rows().is_empty());
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
    let list = |group: &'static str, rows: Steady| {
        let opened = opened.clone();
        let form = move |row: Row| {
            let what = all.with_untracked(|all| all.iter().copied().find(|what| what.row() == row));
            let (hold, opened) = (rows.hold(row), opened.clone());
            let is_first = Signal::derive(move || first.get() == Some(row));
            match what {
                Some(Move::Matter(what)) => view! { <MoveForm what data opened hold group is_first/> }.into_any(),
                Some(Move::Order(id, what)) => {
                    let card = order_of(data, id);
                    card.map(|card| view! { <OrderMoveForm what card opened hold group is_first/> }).into_any()
                }
                None => ().into_any(),
            }
        };
        view! { <For each=move || rows.rows() key=|row| *row children=form/> }
    };
    view! {
        <footer class="moves" role="group" aria-label=t.matter_moves() hidden=Signal::derive(move || !has_any.get())>
            {list("move", near)}
            <details class="more" name="move" open=is_open hidden=Signal::derive(move || !has_far.get())>
                <summary class="button" data-kind="quiet">{icon("list")} " " {t.matter_more()}</summary>
                <div class="form">
                    {list("more-move", far)}
                </div>
            </details>
        </footer>
    }
}
