//! What stages, channels and places are called.

use super::model::{Channel, DayPart, Means, PlaceName, PromiseKind, Response, Stage, WaitingOn};
use crate::services::Urgency;
use crate::texts::Texts;

pub use super::clock::{Clock, Side, clock_of, clock_text, holder_text, next_text};

/// What a stage is called on a chip.
pub fn stage_word(t: Texts, stage: &Stage) -> &'static str {
    match stage {
        Stage::Received => t.stage_received(),
        Stage::Triaged => t.stage_triaged(),
        Stage::Dispatched => t.stage_dispatched(),
        Stage::InProgress => t.stage_in_progress(),
        Stage::Waiting { on: WaitingOn::Resident, .. } => t.stage_waiting_resident(),
        Stage::Waiting { on: WaitingOn::Parts, .. } => t.stage_waiting_parts(),
        Stage::Waiting { on: WaitingOn::ThirdParty, .. } => t.stage_waiting_third_party(),
        Stage::Waiting { on: WaitingOn::Weather, .. } => t.stage_waiting_weather(),
        Stage::Done => t.stage_done(),
        Stage::Confirmed => t.stage_confirmed(),
        Stage::Unconfirmed => t.stage_unconfirmed(),
        Stage::Disputed => t.stage_disputed(),
        Stage::Reopened => t.stage_reopened(),
        Stage::Archived => t.stage_archived(),
        Stage::Declined { .. } => t.stage_declined(),
        Stage::Cancelled => t.stage_cancelled(),
        Stage::Duplicate { .. } => t.stage_duplicate(),
    }
}

/// The same for the tag of a stage to which a matter follows its orders.
pub fn stage_tag_word(t: Texts, tag: &str) -> &'static str {
    match tag {
        "triaged" => t.stage_triaged(),
        "dispatched" => t.stage_dispatched(),
        "in_progress" => t.stage_in_progress(),
        "done" => t.stage_done(),
        _ => t.stage_waiting(),
    }
}

/// A stage's symbol.
pub fn stage_icon(stage: &Stage) -> &'static str {
    match stage {
        Stage::Received => "circle",
        Stage::Triaged => "user-check",
        Stage::Dispatched => "arrow-right",
        Stage::InProgress => "wrench",
        Stage::Waiting { .. } => "pause",
        Stage::Done => "check",
        Stage::Confirmed => "check-circle",
        Stage::Unconfirmed => "help",
        Stage::Disputed => "cross-circle",
        Stage::Reopened => "retry",
        Stage::Archived => "inbox",
        Stage::Declined { .. } | Stage::Cancelled => "cross",
        Stage::Duplicate { .. } => "users",
    }
}

/// How pressing, in a word.
pub fn urgency_word(t: Texts, urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Normal => t.urgency_normal(),
        Urgency::Urgent => t.urgency_urgent(),
        Urgency::Emergency => t.urgency_emergency(),
    }
}

/// What a matter waits for, in a word.
pub fn waiting_word(t: Texts, on: WaitingOn) -> &'static str {
    match on {
        WaitingOn::Resident => t.waiting_resident(),
        WaitingOn::Parts => t.waiting_parts(),
        WaitingOn::ThirdParty => t.waiting_third_party(),
        WaitingOn::Weather => t.waiting_weather(),
    }
}

/// By which way a matter came in.
pub fn channel_word(t: Texts, channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => t.channel_phone(),
        Channel::WalkIn => t.channel_walk_in(),
        Channel::Letter => t.channel_letter(),
        Channel::Web => t.channel_web(),
        Channel::Kiosk => t.channel_kiosk(),
        Channel::Email => t.channel_email(),
        Channel::Branch => t.channel_branch(),
    }
}

/// How the office tries to reach somebody.
pub fn means_word(t: Texts, means: Means) -> &'static str {
    match means {
        Means::Phone => t.means_phone(),
        Means::Door => t.means_door(),
        Means::Message => t.means_message(),
    }
}

/// What came of an attempt to reach somebody.
pub fn outcome_word(t: Texts, outcome: Response) -> &'static str {
    match outcome {
        Response::NoAnswer => t.outcome_no_answer(),
        Response::Reached => t.outcome_reached(),
        Response::NotFixed => t.outcome_not_fixed(),
    }
}

/// What a promise promises, in a word.
pub fn kind_word(t: Texts, kind: PromiseKind) -> &'static str {
    match kind {
        PromiseKind::Answer => t.kind_answer(),
        PromiseKind::Visit => t.kind_visit(),
        PromiseKind::Finish => t.kind_finish(),
    }
}

/// A part of a day, in a word.
pub fn part_word(t: Texts, part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => t.part_morning(),
        DayPart::Afternoon => t.part_afternoon(),
        DayPart::Evening => t.part_evening(),
    }
}

/// `Building 3 · 1203`, `Building 3 · Corridor, floor 12`, `Pond`.
pub fn place_text(t: Texts, place: &PlaceName) -> String {
    match place {
        PlaceName::Home(unit) => unit.label(t),
        PlaceName::Common { building, area, floor } => {
            let area = area.of(t.lang);
            let place = match building {
                Some(building) => t.place_in_building(area, building.of(t.lang)),
                None => area.to_owned(),
            };
            match floor {
                Some(floor) => t.place_on_floor(floor, place),
                None => place,
            }
        }
    }
}
