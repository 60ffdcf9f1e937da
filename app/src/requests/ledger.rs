//! What became of a promise: read from what happened after it was made, and from nothing else. A promise of another
//! kind answers the one before it or goes beside it; one of the same kind takes its place.

use super::courses::Step;
use super::model::{Happening, Promise, PromiseKind};
use crate::moment::Moment;

/// How a promise ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What was promised came in time.
    Kept,
    /// Its time passed without it.
    Missed,
    /// Another time was told before it passed.
    Superseded,
    /// There was nothing left to keep: withdrawn, declined, joined to another.
    Void,
}

impl Outcome {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Outcome::Kept => "kept",
            Outcome::Missed => "missed",
            Outcome::Superseded => "superseded",
            Outcome::Void => "void",
        }
    }
}

impl Promise {
    /// How the promise ends with what has just happened; none while it runs on. Once its time has passed it is missed,
    /// whatever comes then.
    pub fn ends_with(self, step: &Step) -> Option<Outcome> {
        if step.at > self.due_at {
            return Some(Outcome::Missed);
        }
        match (self.kind, &step.happening) {
            (kind, Happening::Promised { promise, .. }) if promise.kind == kind => Some(Outcome::Superseded),
            (
                PromiseKind::Answer,
                Happening::Promised { .. }
                | Happening::Appointed { .. }
                | Happening::Dispatched { .. }
                | Happening::Waiting { .. },
            ) => Some(Outcome::Kept),
            (PromiseKind::Answer, Happening::Declined { .. }) => Some(Outcome::Kept),
            (PromiseKind::Answer, Happening::Commented { .. }) => step.by_office.then_some(Outcome::Kept),
            (PromiseKind::Answer, Happening::Shared { stage, .. }) if stage == "dispatched" => Some(Outcome::Kept),
            (PromiseKind::Visit, Happening::Shared { stage, .. }) if stage == "in_progress" => Some(Outcome::Kept),
            (PromiseKind::Visit, Happening::Arrived { .. }) | (_, Happening::Done) => Some(Outcome::Kept),
            // One promise runs at a time: what was told last is what the resident counts on.
            (_, Happening::Promised { .. } | Happening::Appointed { .. }) => Some(Outcome::Superseded),
            (_, Happening::Declined { .. } | Happening::Cancelled { .. } | Happening::MarkedDuplicate { .. }) => {
                Some(Outcome::Void)
            }
            _ => None,
        }
    }

    /// How the promise ended by what happened after it was made, and when; none while it still runs at `now`.
    pub fn end(self, made_at: Moment, history: &[Step], now: Moment) -> Option<(Outcome, Moment)> {
        let later = history.iter().filter(|step| step.at > made_at && step.at <= self.due_at);
        let ended = later.filter_map(|step| Some((self.ends_with(step)?, step.at))).next();
        ended.or_else(|| (self.due_at < now).then_some((Outcome::Missed, self.due_at)))
    }
}

impl Happening {
    /// Whether the resident was told a time by it.
    pub fn begins_a_promise(&self) -> bool {
        self.begins_a_life() || matches!(self, Happening::Promised { .. } | Happening::Appointed { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::super::courses::Step;
    use super::super::model::{Happening, Promise, PromiseKind, WaitingOn};
    use super::Outcome;
    use crate::moment::Moment;
    use chrono::Duration;
    use uuid::Uuid;

    fn at(minutes: i64) -> Moment {
        Moment::UNIX_EPOCH + Duration::minutes(minutes)
    }

    fn promise(kind: PromiseKind, due: i64) -> Promise {
        Promise { kind, due_at: at(due) }
    }

    fn step(minutes: i64, by_office: bool, happening: Happening) -> Step {
        Step { at: at(minutes), happening, by_office }
    }

    fn told(kind: PromiseKind, due: i64) -> Happening {
        Happening::Promised { promise: promise(kind, due), instead_of: None, reason: None }
    }

    #[test]
    fn an_answer_is_kept_by_what_the_office_says_or_does() {
        let answer = promise(PromiseKind::Answer, 60);
        let word = |by_office| step(10, by_office, Happening::Commented { words: String::new() });
        assert_eq!(answer.ends_with(&word(false)), None, "the resident's own word answers nothing");
        assert_eq!(answer.ends_with(&word(true)), Some(Outcome::Kept));
        assert_eq!(answer.ends_with(&step(10, true, told(PromiseKind::Visit, 90))), Some(Outcome::Kept));
        assert_eq!(answer.ends_with(&step(10, true, told(PromiseKind::Answer, 90))), Some(Outcome::Superseded));
        assert_eq!(answer.ends_with(&step(10, true, Happening::Waiting { on: WaitingOn::Parts })), Some(Outcome::Kept));
    }

    #[test]
    fn an_appointment_is_what_the_resident_counts_on_from_then_on() {
        let appointed = Happening::Appointed { from: at(60), until: at(90), instead_of: None, reason: None };
        let step = step(10, false, appointed);
        assert!(step.happening.begins_a_promise());
        assert_eq!(promise(PromiseKind::Answer, 60).ends_with(&step), Some(Outcome::Kept));
        assert_eq!(promise(PromiseKind::Visit, 60).ends_with(&step), Some(Outcome::Superseded));
        assert_eq!(promise(PromiseKind::Finish, 60).ends_with(&step), Some(Outcome::Superseded));
    }

    #[test]
    fn what_comes_late_keeps_nothing() {
        let visit = promise(PromiseKind::Visit, 60);
        let arrived = |minutes| step(minutes, true, Happening::Arrived { order: Uuid::nil().into() });
        assert_eq!(visit.ends_with(&arrived(60)), Some(Outcome::Kept));
        assert_eq!(visit.ends_with(&arrived(61)), Some(Outcome::Missed));
        assert_eq!(visit.ends_with(&step(61, true, told(PromiseKind::Visit, 90))), Some(Outcome::Missed));
        assert_eq!(visit.end(at(0), &[arrived(61)], at(70)), Some((Outcome::Missed, at(60))), "at its own end");
        assert_eq!(visit.end(at(0), &[], at(60)), None, "it still runs");
        assert_eq!(
            visit.end(at(0), &[arrived(30), step(40, true, Happening::Done)], at(70)),
            Some((Outcome::Kept, at(30)))
        );
    }

    #[test]
    fn there_may_be_nothing_left_to_keep() {
        let finish = promise(PromiseKind::Finish, 60);
        assert_eq!(finish.ends_with(&step(5, false, Happening::Cancelled { reason: None })), Some(Outcome::Void));
        assert_eq!(finish.ends_with(&step(5, true, told(PromiseKind::Visit, 30))), Some(Outcome::Superseded));
        let declined = step(5, true, Happening::Declined { reason: String::new() });
        assert_eq!(finish.ends_with(&declined), Some(Outcome::Void));
        assert_eq!(promise(PromiseKind::Answer, 60).ends_with(&declined), Some(Outcome::Kept), "it is an answer");
    }
}
