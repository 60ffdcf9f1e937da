//! What activities, and households' parts in them, are called.

use super::model::{Activity, ActivityMove, ActivityNews, ActivityStage, ParticipationStage};
use crate::bookings::money;
use crate::moment::Moment;
use crate::texts::Texts;
use crate::ui::WallClock;

/// Where an activity stands at an instant, in a word.
pub fn activity_stage_word(t: Texts, activity: &Activity, at: Moment) -> &'static str {
    match activity.stage {
        ActivityStage::Draft => t.activity_draft(),
        ActivityStage::Approved => t.activity_approved(),
        ActivityStage::Published if at < activity.plan.opens_at => t.activity_soon(),
        ActivityStage::Published if activity.is_open(at) => t.activity_published(),
        ActivityStage::Published => t.activity_shut(),
        ActivityStage::Held => t.activity_held(),
        ActivityStage::CalledOff => t.activity_called_off(),
        ActivityStage::Closed if activity.reason.is_some() => t.activity_called_off(),
        ActivityStage::Closed => t.activity_closed(),
    }
}

/// Its symbol.
pub fn activity_stage_icon(stage: ActivityStage) -> &'static str {
    match stage {
        ActivityStage::Draft => "pen",
        ActivityStage::Approved => "check",
        ActivityStage::Published => "calendar",
        ActivityStage::Held => "party",
        ActivityStage::CalledOff => "cross",
        ActivityStage::Closed => "check-circle",
    }
}

/// How a household stands to one, in a word.
pub fn participation_word(t: Texts, stage: ParticipationStage) -> &'static str {
    match stage {
        ParticipationStage::Signed => t.participation_signed(),
        ParticipationStage::Waiting => t.participation_waiting(),
        ParticipationStage::GivenUp => t.participation_given_up(),
        ParticipationStage::Came => t.participation_came(),
    }
}

/// Its symbol.
pub fn participation_icon(stage: ParticipationStage) -> &'static str {
    match stage {
        ParticipationStage::Signed => "check",
        ParticipationStage::Waiting => "clock",
        ParticipationStage::GivenUp => "cross",
        ParticipationStage::Came => "check-circle",
    }
}

/// What it costs: nothing, or so much a person.
pub fn activity_price_text(t: Texts, activity: &Activity) -> String {
    let plan = &activity.plan;
    match plan.price {
        0 => t.price_free().to_owned(),
        price => t.activity_price(money(price, &plan.currency)),
    }
}

/// Where it is.
pub fn activity_place_text(t: Texts, activity: &Activity) -> String {
    let room = activity.room.as_ref().map(|room| room.of(t.lang).to_owned());
    room.or_else(|| activity.plan.place.clone()).unwrap_or_default()
}

/// `Sat 5 Dec 18:00 – 21:00`, or with both days where it ends on another.
pub fn activity_time_text(t: Texts, activity: &Activity, clock: WallClock) -> String {
    let (from, until) = (clock.at(activity.plan.starts_at), clock.at(activity.plan.ends_at));
    let until = if from.day() == until.day() { until.clock() } else { until.full(t) };
    t.activity_time(from.full(t), until)
}

/// How many places are left, and how many people wait.
pub fn activity_left_text(t: Texts, activity: &Activity) -> String {
    match (activity.left(), activity.in_line) {
        (0, 0) => t.activity_full().to_owned(),
        (0, waiting) => t.activity_full_line(waiting),
        (left, _) => t.activity_left(left, activity.plan.capacity),
    }
}

/// A move of the office's: its symbol and word.
pub fn activity_move_word(t: Texts, what: ActivityMove) -> (&'static str, &'static str) {
    match what {
        ActivityMove::Change => ("pen", t.activity_do_change()),
        ActivityMove::Approve => ("check", t.activity_do_approve()),
        ActivityMove::Publish => ("send", t.activity_do_publish()),
        ActivityMove::Begin => ("party", t.activity_do_begin()),
        ActivityMove::Close => ("check-circle", t.activity_do_close()),
        ActivityMove::CallOff => ("cross", t.activity_do_call_off()),
    }
}

/// What is told of an activity, as one sentence.
pub fn activity_news_text(t: Texts, news: &ActivityNews, title: &str, when: String) -> String {
    match news {
        ActivityNews::Planned => t.told_activity_planned(title, when),
        ActivityNews::Approved => t.told_activity_approved(title, when),
        ActivityNews::Measure { words } => t.told_activity_measure(title, when, words),
        ActivityNews::MovedUp => t.told_activity_moved_up(title, when),
        ActivityNews::NotFreed => t.told_activity_not_freed(title, when),
        ActivityNews::Struck => t.told_activity_struck(title, when),
        ActivityNews::CalledOff { reason } => t.told_activity_called_off(reason, title, when),
    }
}

/// Its symbol.
pub fn activity_news_icon(news: &ActivityNews) -> &'static str {
    match news {
        ActivityNews::Planned => "pen",
        ActivityNews::Approved | ActivityNews::MovedUp => "check",
        ActivityNews::Measure { .. } => "security",
        ActivityNews::NotFreed => "clock",
        ActivityNews::Struck | ActivityNews::CalledOff { .. } => "cross",
    }
}
