use super::matter_forms::MoveForm;
use crate::forms::Opened;
use crate::requests::{Matter, StaffMove};
use crate::texts::texts;
use crate::ui::{Row, Steady, icon};
use leptos::prelude::*;
use uuid::Uuid;

/// Whether it stands in the bar itself. This depends on the move alone: an open form never changes its place.
fn is_near(what: StaffMove) -> bool {
    !matches!(what, StaffMove::Wait | StaffMove::Decline | StaffMove::MarkDuplicate)
}

/// All legal moves, the likeliest first. Orders are moved on pages of their own.
fn moves(matter: &Matter) -> Vec<StaffMove> {
    // Both are the form under the timeline.
    let is_word = |what: &StaffMove| matches!(what, StaffMove::Comment | StaffMove::Note);
    matter.moves.iter().copied().filter(|what| !is_word(what)).collect()
}

fn row(what: StaffMove) -> Row {
    (Uuid::nil(), what as u8)
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
            all.with(|all| all.iter().filter(|what| self::is_near(**what) == is_near).map(|what| row(*what)).collect())
        })
    };
    let (near, far) = (rows_of(true), rows_of(false));
    let first = Memo::new(move |_| all.with(|all| all.iter().find(|what| is_near(**what)).map(|what| row(*what))));
    let has_any = Memo::new(move |_| !near.rows().is_empty() || !far.rows().is_empty());
    let has_far = Memo::new(move |_| !far.rows().is_empty());
    let kept = opened.kept.as_ref().map(|kept| kept.form.clone());
    let is_open = kept
        .is_some_and(|form| ["requests/wait", "requests/decline", "requests/mark_duplicate"].contains(&form.as_str()));
    let list = |group: &'static str, rows: Steady| {
        let opened = opened.clone();
        let form = move |of: Row| {
            let what = all.with_untracked(|all| all.iter().copied().find(|what| row(*what) == of));
            let (hold, opened) = (rows.hold(of), opened.clone());
            let is_first = Signal::derive(move || first.get() == Some(of));
            what.map(|what| view! { <MoveForm what data opened hold group is_first/> })
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
