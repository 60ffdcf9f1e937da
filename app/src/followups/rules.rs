//! Who may ask again, and what may become of a follow-up.

use super::model::{Answer, End, FollowUp, FollowUpStage};
use crate::fault::{Fault, Refusal};
use crate::ids::FollowUpId;
use crate::moment::Moment;
use crate::people::{Power, Staff};
use crate::requests::{Happening, Request, Version};

/// Every legal move of a follow-up, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 4] = [("", "drawn"), ("drawn", "done"), ("drawn", "unreachable"), ("drawn", "dropped")];

/// How many tries come before somebody counts as unreachable.
pub const TRIES: usize = 3;

/// Of a hundred requests that end so, how many are asked about again: as many as the policy says, of those without
/// their resident's word twice as many.
pub fn rate(requests: u32, end: End) -> u32 {
    let rate = match end {
        End::Confirmed => requests,
        End::Unconfirmed => requests.saturating_mul(2),
    };
    rate.min(100)
}

/// Whether somebody reads how asking goes: whoever asks, and whoever oversees it without asking, as headquarters do.
pub fn may_read(staff: &Staff) -> Result<(), Fault> {
    staff.needs(Power::FollowUp).or_else(|_| staff.needs(Power::Oversee))
}

impl FollowUp {
    /// A request that just ended was drawn.
    pub fn begin(id: FollowUpId, request: &Request, (policy_version, rate): (i32, u32), at: Moment) -> Self {
        Self {
            id,
            estate: request.estate,
            request: request.id,
            life: request.reopened_times,
            department: request.department,
            drawn_at: at,
            policy_version,
            rate,
            version: 1,
            stage: FollowUpStage::Drawn,
            stage_at: at,
        }
    }

    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// They were asked. `had_a_hand`: whether whoever asks had a hand in the matter.
    pub fn answer(&mut self, by: &Staff, had_a_hand: bool, answer: Answer, at: Moment) -> Result<Happening, Fault> {
        self.asks(by, had_a_hand)?;
        self.go(FollowUpStage::Done { answer: answer.clone(), by: by.id }, at);
        Ok(Happening::FollowedUp(answer))
    }

    /// Somebody tried in vain.
    pub fn miss(&self, by: &Staff, had_a_hand: bool) -> Result<(), Fault> {
        self.asks(by, had_a_hand)
    }

    /// They cannot be reached, after so many tries.
    pub fn give_up(&mut self, by: &Staff, had_a_hand: bool, tries: usize, at: Moment) -> Result<(), Fault> {
        self.asks(by, had_a_hand)?;
        if tries < TRIES {
            return Err(Refusal::TooFewTries.into());
        }
        self.go(FollowUpStage::Unreachable { by: by.id }, at);
        Ok(())
    }

    /// The request came back: how it went is asked once it has ended again.
    pub fn call_off(&mut self, at: Moment) {
        self.go(FollowUpStage::Dropped, at);
    }

    fn asks(&self, by: &Staff, had_a_hand: bool) -> Result<(), Fault> {
        by.needs(Power::FollowUp)?;
        match (&self.stage, had_a_hand) {
            (FollowUpStage::Drawn, false) => Ok(()),
            (FollowUpStage::Drawn, true) => Err(Refusal::HadAHand.into()),
            _ => Err(Refusal::AlreadyMoved.into()),
        }
    }

    fn go(&mut self, to: FollowUpStage, at: Moment) {
        self.stage = to;
        self.stage_at = at;
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Answer, End, FollowUp, FollowUpMeans, FollowUpStage};
    use super::{MOVES, TRIES, may_read, rate};
    use crate::estate::{DepartmentRef, Names};
    use crate::fault::{Fault, Note, Refusal};
    use crate::moment::Moment;
    use crate::people::{Manners, Person, Role, Staff};
    use uuid::Uuid;

    fn staff(role: Role) -> Staff {
        let nil = Uuid::nil();
        let names = Names { en: String::new(), hans: String::new(), hant: String::new() };
        Staff {
            person: Person { account: nil.into(), name: String::new(), manners: Manners::default() },
            id: nil.into(),
            estate: nil.into(),
            zone: "UTC".to_owned(),
            department: DepartmentRef { id: nil.into(), slug: String::new(), names },
            roles: vec![role],
        }
    }

    fn drawn() -> FollowUp {
        let (nil, at) = (Uuid::nil(), Moment::UNIX_EPOCH);
        FollowUp {
            id: nil.into(),
            estate: nil.into(),
            request: nil.into(),
            life: 0,
            department: nil.into(),
            drawn_at: at,
            policy_version: 1,
            rate: 10,
            version: 1,
            stage: FollowUpStage::Drawn,
            stage_at: at,
        }
    }

    #[test]
    fn those_without_a_word_are_drawn_twice_as_often() {
        assert_eq!([rate(10, End::Confirmed), rate(10, End::Unconfirmed)], [10, 20]);
        assert_eq!([rate(60, End::Unconfirmed), rate(0, End::Unconfirmed)], [100, 0]);
    }

    #[test]
    fn headquarters_read_and_do_not_ask() {
        let reads = |role: Role| may_read(&staff(role)).is_ok();
        assert_eq!([Role::Hq, Role::Assistant, Role::Supervisor].map(reads), [true; 3]);
        assert_eq!([Role::Receptionist, Role::Technician, Role::Administrator].map(reads), [false; 3]);
    }

    #[test]
    fn whoever_had_a_hand_in_it_does_not_ask() {
        let (assistant, at) = (staff(Role::Assistant), Moment::UNIX_EPOCH);
        let answer = Answer { means: FollowUpMeans::Phone, satisfied: true, words: None };
        let mut follow_up = drawn();
        let refused = Err(Fault::from(Refusal::HadAHand));
        assert_eq!(follow_up.miss(&assistant, true), refused);
        assert_eq!(follow_up.give_up(&assistant, true, TRIES, at), refused);
        assert_eq!(follow_up.answer(&assistant, true, answer.clone(), at).map(drop), refused);
        assert_eq!(follow_up.miss(&staff(Role::Receptionist), false), Err(Fault::NotAllowed));
        assert_eq!(follow_up.miss(&staff(Role::Hq), false), Err(Fault::NotAllowed));
        let too_few = Err(Fault::from(Refusal::TooFewTries));
        assert_eq!(follow_up.give_up(&assistant, false, TRIES - 1, at), too_few);
        assert_eq!(follow_up, drawn(), "what is refused changes nothing");
        assert!(follow_up.answer(&assistant, false, answer.clone(), at).is_ok());
        assert_eq!(follow_up.answer(&assistant, false, answer, at), Err(Refusal::AlreadyMoved.into()));
        assert!(MOVES.contains(&("drawn", follow_up.stage.tag())));
    }

    #[test]
    fn a_no_needs_words() {
        let missing = |field| Err(Fault::field(field, Note::Missing));
        assert_eq!(Answer::parse("phone", Some("no"), Some(" ")), missing("words"));
        assert_eq!(Answer::parse("visit", None, None), missing("satisfied"));
        let yes = Answer { means: FollowUpMeans::Visit, satisfied: true, words: None };
        assert_eq!(Answer::parse("visit", Some("yes"), Some("")), Ok(yes));
    }
}
