use super::visit::ANSWERS;
use crate::moment::Moment;
use crate::visitors::{Answer, Shown};
use chrono::Duration;

/// So often a screen may ring in an hour.
pub const MOST_RINGS: i64 = 20;
/// So many visitors of one screen in an hour are announced.
pub const MOST_OF_SCREEN: i64 = 20;
/// So many to one home in ten minutes.
pub const MOST_OF_HOME: i64 = 3;
/// So long a screen shows what became of a visit.
pub const SHOWN: Duration = Duration::minutes(4);

/// What is known of whoever asked last at a screen.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// What whoever lives there said.
    pub answer: Option<Answer>,
    /// When they asked.
    pub asked_at: Moment,
    /// Whether the desk did not let them in.
    pub is_turned_away: bool,
}

/// What a screen shows of a visit: an agreement at once, unless the desk turned them away since, and all else alike,
/// when the time is over.
pub fn shown_of(last: Last, now: Moment) -> Shown {
    match last.answer {
        _ if last.is_turned_away => Shown::Desk,
        Some(Answer::Up) => Shown::Up,
        Some(Answer::Down) => Shown::Down,
        Some(Answer::NotNow) | None if now >= last.asked_at + ANSWERS => Shown::Desk,
        Some(Answer::NotNow) | None => Shown::Waiting,
    }
}

/// What somebody of the office is called before strangers: by their first name. A name in one word stays whole.
pub fn called(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::super::visit::ANSWERS;
    use super::{Last, called, shown_of};
    use crate::moment::Moment;
    use crate::visitors::{Answer, Shown};
    use chrono::Duration;

    #[test]
    fn a_refusal_and_silence_look_alike_at_every_instant() {
        let asked: Moment = "2026-11-23T04:00:00Z".parse().expect("an instant");
        for seconds in 0..300 {
            let now = asked + Duration::seconds(seconds);
            let last = |answer, is_turned_away| shown_of(Last { answer, asked_at: asked, is_turned_away }, now);
            let silent = last(None, false);
            assert_eq!(last(Some(Answer::NotNow), false), silent);
            assert_eq!(silent == Shown::Desk, now >= asked + ANSWERS);
            assert_eq!(last(Some(Answer::Up), false), Shown::Up);
            assert_eq!(last(Some(Answer::Down), false), Shown::Down);
            assert_eq!(last(Some(Answer::Up), true), Shown::Desk);
        }
    }

    #[test]
    fn strangers_learn_no_family_name() {
        assert_eq!((called("Peter Lau"), called("唐欣")), ("Peter", "唐欣"));
    }
}
