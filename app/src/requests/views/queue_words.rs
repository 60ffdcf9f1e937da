//! What the queue's parts and the ways to narrow it are called.

use crate::estate::Names;
use crate::requests::words::channel_word;
use crate::requests::{Channel, Facet, View};
use crate::texts::Texts;

/// What a part of the queue is called.
pub fn view_word(t: Texts, view: View) -> &'static str {
    match view {
        View::Open => t.queue_view_open(),
        View::New => t.queue_view_new(),
        View::Mine => t.queue_view_mine(),
        View::Done => t.queue_view_done(),
        View::All => t.queue_view_all(),
    }
}

/// What a way to narrow the queue is called.
pub fn facet_word(t: Texts, facet: Facet) -> &'static str {
    match facet {
        Facet::State => t.facet_state(),
        Facet::Clock => t.facet_clock(),
        Facet::Problem => t.facet_problem(),
        Facet::Building => t.facet_building(),
        Facet::Floor => t.facet_floor(),
        Facet::Unit => t.facet_unit(),
        Facet::Area => t.facet_area(),
        Facet::Department => t.facet_department(),
        Facet::Person => t.facet_person(),
        Facet::Source => t.facet_source(),
        Facet::Rating => t.facet_rating(),
    }
}

/// What a value of it is called; `names` are what the server knows its slugs by.
pub fn value_word(t: Texts, facet: Facet, value: &str, names: &[(Facet, Names)]) -> String {
    let known = match facet {
        Facet::State => state_word(t, value),
        Facet::Clock => clock_word(t, value),
        Facet::Source => Channel::from_tag(value).map(|channel| channel_word(t, channel)),
        Facet::Rating if value == "none" => Some(t.rating_none()),
        Facet::Rating => return t.rating_at_most(value),
        _ => names.iter().find(|(named, _)| *named == facet).map(|(_, names)| names.of(t.lang)),
    };
    known.unwrap_or(value).to_owned()
}

/// The stages by which the queue can be narrowed, in order.
pub const STATES: [&str; 14] = [
    "received",
    "triaged",
    "dispatched",
    "in_progress",
    "waiting",
    "disputed",
    "reopened",
    "done",
    "confirmed",
    "unconfirmed",
    "archived",
    "declined",
    "cancelled",
    "duplicate",
];

/// What a stage's tag is called.
pub fn state_word(t: Texts, tag: &str) -> Option<&'static str> {
    Some(match tag {
        "received" => t.stage_received(),
        "triaged" => t.stage_triaged(),
        "dispatched" => t.stage_dispatched(),
        "in_progress" => t.stage_in_progress(),
        "waiting" => t.stage_waiting(),
        "done" => t.stage_done(),
        "confirmed" => t.stage_confirmed(),
        "unconfirmed" => t.stage_unconfirmed(),
        "disputed" => t.stage_disputed(),
        "reopened" => t.stage_reopened(),
        "archived" => t.stage_archived(),
        "declined" => t.stage_declined(),
        "cancelled" => t.stage_cancelled(),
        "duplicate" => t.stage_duplicate(),
        _ => return None,
    })
}

/// How clocks may stand.
pub const CLOCKS: [&str; 4] = ["late", "risk", "running", "resting"];

/// How a matter's clocks stand, in a word.
pub fn clock_word(t: Texts, tag: &str) -> Option<&'static str> {
    Some(match tag {
        "late" => t.clock_is_late(),
        "risk" => t.clock_is_risk(),
        "running" => t.clock_is_running(),
        "resting" => t.clock_is_resting(),
        _ => return None,
    })
}
