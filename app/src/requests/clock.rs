//! The promise line in words: what happens next, who holds it, by when, and how urgent that looks.

use super::model::{PlaceName, PromiseKind, PromiseLine, Stage, WaitingOn};
use crate::moment::{Wall, When, span};
use crate::texts::Texts;

/// On which side of the desk the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Whose matter it is.
    Resident,
    /// Who works on it.
    Staff,
}

/// How a promise stands; never said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Time enough.
    Ok,
    /// Less than a quarter of the time, or than half an hour.
    Risk,
    /// The time has passed.
    Broken,
    /// The reader must act.
    Yours,
    /// The resident confirmed it.
    Kept,
    /// Nothing is due.
    None,
}

impl Clock {
    /// The value of `data-clock`.
    pub fn tag(self) -> &'static str {
        match self {
            Clock::Ok => "ok",
            Clock::Risk => "risk",
            Clock::Broken => "broken",
            Clock::Yours => "yours",
            Clock::Kept => "kept",
            Clock::None => "none",
        }
    }

    /// Its symbol.
    pub fn icon(self) -> &'static str {
        match self {
            Clock::Ok | Clock::Risk => "clock",
            Clock::Broken => "alert",
            Clock::Kept => "check-circle",
            Clock::Yours => "person",
            Clock::None => "pause",
        }
    }

    /// Whether time is running.
    pub fn runs(self) -> bool {
        matches!(self, Clock::Ok | Clock::Risk | Clock::Broken)
    }
}

/// Minutes under which a promise is at risk, however long it was.
const RISK_MINUTES: i64 = 30;

/// How a promise stands at `now`.
pub fn clock_of(line: &PromiseLine, side: Side, wall: &Wall, now: When) -> Clock {
    match (&line.stage, side) {
        (Stage::Confirmed, _) => return Clock::Kept,
        (Stage::Done | Stage::Waiting { on: WaitingOn::Resident, .. }, Side::Resident) => return Clock::Yours,
        _ => {}
    }
    let Some(promise) = line.promise.filter(|_| line.stage.is_open()) else {
        return Clock::None;
    };
    let due = wall.at(promise.due_at);
    let left = due.minutes_from(now);
    let whole = line.made_at.map_or(0, |made_at| due.minutes_from(wall.at(made_at)));
    if due < now {
        Clock::Broken
    } else if left < RISK_MINUTES || left * 4 < whole {
        Clock::Risk
    } else {
        Clock::Ok
    }
}

/// The words of a clock: `2 h 10 min left`, `Late by 25 min`; `short` for dense rows.
pub fn clock_text(t: Texts, clock: Clock, line: &PromiseLine, wall: &Wall, now: When, short: bool) -> String {
    let minutes = line.promise.map_or(0, |promise| wall.at(promise.due_at).minutes_from(now));
    let length = span(t, minutes);
    match (clock, short) {
        (Clock::Ok | Clock::Risk, _) if minutes == 0 => t.clock_due_now().to_owned(),
        (Clock::Ok | Clock::Risk, false) => t.clock_left(length),
        (Clock::Ok | Clock::Risk, true) => t.clock_left_short(length),
        (Clock::Broken, false) => t.clock_late(length),
        (Clock::Broken, true) => t.clock_late_short(length),
        (Clock::Yours, _) => t.clock_yours().to_owned(),
        (Clock::Kept, _) => t.clock_kept().to_owned(),
        (Clock::None, _) => t.clock_none().to_owned(),
    }
}

/// What happens next: the first part of the promise line.
pub fn next_text(t: Texts, line: &PromiseLine, place: &PlaceName, side: Side) -> &'static str {
    let resident = side == Side::Resident;
    match &line.stage {
        Stage::Waiting { on: WaitingOn::Resident, .. } if resident => t.next_waiting_resident(),
        Stage::Waiting { on: WaitingOn::Resident, .. } => t.stage_waiting_resident(),
        Stage::Waiting { on: WaitingOn::Parts, .. } => t.next_waiting_parts(),
        Stage::Waiting { on: WaitingOn::ThirdParty, .. } => t.next_waiting_third_party(),
        Stage::Waiting { on: WaitingOn::Weather, .. } => t.next_waiting_weather(),
        Stage::Done if resident => t.next_done(),
        Stage::Done => t.next_done_staff(),
        Stage::Confirmed => t.next_confirmed(),
        Stage::Unconfirmed => t.next_unconfirmed(),
        Stage::Archived => t.next_archived(),
        Stage::Declined { .. } => t.next_declined(),
        Stage::Cancelled => t.next_cancelled(),
        Stage::Duplicate { .. } => t.next_duplicate(),
        Stage::Disputed | Stage::Reopened if line.promise.is_none_or(|p| p.kind == PromiseKind::Answer) => {
            t.next_disputed()
        }
        _ => match (line.promise.map_or(PromiseKind::Answer, |promise| promise.kind), resident, place) {
            (PromiseKind::Answer, true, _) => t.next_answer(),
            (PromiseKind::Answer, false, _) => t.next_answer_staff(),
            (PromiseKind::Visit, true, PlaceName::Home(_)) => t.next_visit_home(),
            (PromiseKind::Visit, true, PlaceName::Common { .. }) => t.next_visit_common(),
            (PromiseKind::Visit, false, _) => t.next_visit_staff(),
            (PromiseKind::Finish, true, _) => t.next_finish(),
            (PromiseKind::Finish, false, _) => t.next_finish_staff(),
        },
    }
}

/// Who holds it now: the second part of the promise line.
pub fn holder_text(t: Texts, line: &PromiseLine, side: Side) -> String {
    match (&line.stage, side) {
        (Stage::Done, Side::Resident) => t.holder_you().to_owned(),
        (Stage::Waiting { on: WaitingOn::Resident, .. }, Side::Resident) => t.holder_you_answer().to_owned(),
        (Stage::Done, Side::Staff) => t.holder_resident().to_owned(),
        _ => {
            let department = line.holder.department.names.of(t.lang);
            match &line.holder.person {
                Some(person) => t.holder_person(department, person),
                None => department.to_owned(),
            }
        }
    }
}
