//! How a matter ends without its resident's hand (§3.3): never as confirmed, and only after honest attempts.

use super::super::model::{Attempt, ClosingMove, Happening, Request, Stage};
use crate::fault::{Fault, Refusal};
use crate::moment::Moment;
use crate::people::{Power, Staff};

impl Request {
    /// Somebody tried to get the resident's word about what is done.
    pub fn attempt(&self, by: &Staff, attempt: &Attempt) -> Result<Happening, Fault> {
        by.needs(Power::Promise)?;
        if self.stage != Stage::Done || self.is_nobodys() {
            return Err(Refusal::AlreadyMoved.into());
        }
        Ok(Happening::ContactAttempted { means: attempt.means, outcome: attempt.outcome })
    }

    /// The resident told the office that it is not fixed; [`Request::reopen`] follows in the same transaction. Whoever
    /// objects need not sign in to be heard: the office gains nothing by making this up.
    pub fn object_for_them(&mut self, by: &Staff, words: String, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Promise)?;
        self.go(Stage::Disputed, at)?;
        Ok(Happening::Disputed { words })
    }

    /// It ends without the resident's word. `days`: on how many days of the estate's wall somebody tried in its
    /// present life; `needed`: how many the policy wants that was in force when this life began (2).
    pub fn close_unconfirmed(&mut self, by: &Staff, days: u32, needed: u32, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Promise)?;
        if self.stage != Stage::Done || self.is_nobodys() {
            return Err(Refusal::AlreadyMoved.into());
        }
        if days < needed {
            return Err(Refusal::TooFewAttempts.into());
        }
        self.go(Stage::Unconfirmed, at)?;
        Ok(Happening::Unconfirmed { days })
    }

    /// When its present life began.
    pub fn began_at(&self) -> Moment {
        self.reopened_at.unwrap_or(self.received_at)
    }

    /// What somebody may do about its end now.
    pub fn closing_moves(&self, by: &Staff, days: u32, needed: u32, at: Moment) -> Vec<ClosingMove> {
        let mut moves = Vec::new();
        if self.clone().close_unconfirmed(by, days, needed, at).is_ok() {
            moves.push(ClosingMove::CloseUnconfirmed);
        }
        if by.can(Power::Promise) && self.stage == Stage::Done && !self.is_nobodys() {
            moves.push(ClosingMove::LogAttempt);
        }
        if self.clone().archive(by, at).is_ok() {
            moves.push(ClosingMove::Archive);
        }
        moves
    }
}
