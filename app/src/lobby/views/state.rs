use super::super::model::MatterState;
use crate::requests::{PromiseKind, stage_chip};
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// How a matter stands, in two lines: its state, and what was promised.
pub(super) fn state_lines(t: Texts, state: &MatterState) -> AnyView {
    let MatterState { stage, promise, wall } = state;
    let now = wall.now();
    let promised = promise.filter(|_| stage.is_open()).map(|promise| {
        let due = wall.at(promise.due_at);
        let at = due.near(t, now);
        let words = match promise.kind {
            _ if due < now => t.lobby_late(at),
            PromiseKind::Answer => t.lobby_by_answer(at),
            PromiseKind::Visit => t.lobby_by_visit(at),
            PromiseKind::Finish => t.lobby_by_finish(at),
        };
        view! { <p class="promised">{icon("clock")} " " {words}</p> }
    });
    view! {
        <p>{stage_chip(t, stage)}</p>
        {promised}
    }
    .into_any()
}
