//! Who owns a contact, and when its three minutes stop. There is no other way to move one.

#[cfg(test)]
mod histories;
mod intake;
mod wall;

pub use intake::{Intake, Outcome, Typed, reply_by, transfer_to};
pub use wall::{WallStep, stopped_at};

use super::model::{Contact, ContactStage, DeskHappening, Transfer, TransferTo};
use crate::fault::{Fault, Note, Refusal};
use crate::moment::Moment;
use crate::people::{Power, Staff};
use crate::policy::StopsAt;
use crate::requests::{Happening, Version};

/// Every legal move of a contact, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 7] = [
    ("", "open"),
    ("", "promised"),
    ("", "answered"),
    ("", "requested"),
    ("open", "promised"),
    ("open", "answered"),
    ("promised", "answered"),
];

impl Contact {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Whether it is theirs to move: its holder's, and of whoever may take matters in hand.
    pub fn may_move(&self, by: &Staff) -> bool {
        self.holder == by.id || by.can(Power::Triage)
    }

    /// Whether it is offered to them.
    pub fn is_offered_to(&self, by: &Staff) -> bool {
        self.offer.as_ref().is_some_and(|offer| match offer.to {
            TransferTo::Person(id) => id == by.id,
            TransferTo::Department(id) => id == by.department.id && by.id != self.holder,
        })
    }

    /// Solved: what was said. An offer that nobody decided falls.
    pub fn answer(&mut self, by: &Staff, words: String, at: Moment) -> Result<DeskHappening, Fault> {
        self.needs_move(by)?;
        self.stage = ContactStage::Answered;
        self.answer = Some(words);
        self.offer = None;
        self.hear(StopsAt::Dispatched, &WallStep::Answered, at);
        Ok(DeskHappening::Answered)
    }

    /// Explained, and a reply promised. Moving it is another promise, and may be made until it is answered.
    pub fn promise(
        &mut self,
        by: &Staff,
        words: Option<String>,
        reply_by: Moment,
        at: Moment,
    ) -> Result<DeskHappening, Fault> {
        self.needs_move(by)?;
        if reply_by <= at {
            return Err(Fault::field("reply_by", Note::InThePast));
        }
        self.stage = ContactStage::Promised { reply_by };
        self.answer = words.or(self.answer.take());
        self.hear(StopsAt::Dispatched, &WallStep::Promised, at);
        Ok(DeskHappening::ReplyPromised { reply_by })
    }

    fn needs_move(&self, by: &Staff) -> Result<(), Fault> {
        if !self.may_move(by) {
            return Err(Fault::NotAllowed);
        }
        if self.stage.is_open() { Ok(()) } else { Err(Refusal::AlreadyMoved.into()) }
    }

    /// Offers it to somebody; its holder stays who they are (B5). `is_live`: whether the request that it became is
    /// open.
    pub fn offer(&mut self, by: &Staff, offer: Transfer, is_live: bool) -> Result<DeskHappening, Fault> {
        if !self.may_move(by) {
            return Err(Fault::NotAllowed);
        }
        if !(self.stage.is_open() || is_live) || self.offer.is_some() {
            return Err(Refusal::AlreadyMoved.into());
        }
        if offer.to == TransferTo::Person(self.holder) {
            return Err(Fault::field("to", Note::NotAChoice));
        }
        let to = offer.to;
        self.offer = Some(offer);
        Ok(DeskHappening::Offered { to })
    }

    /// Accepts what was offered, and holds it from now on.
    pub fn accept(&mut self, by: &Staff, at: Moment) -> Result<DeskHappening, Fault> {
        self.needs_offer(by)?;
        self.offer = None;
        let from = std::mem::replace(&mut self.holder, by.id);
        self.hear(StopsAt::Dispatched, &WallStep::Accepted, at);
        Ok(DeskHappening::Accepted { from })
    }

    /// Gives back what was offered, with the reason; its holder never changed.
    pub fn refuse(&mut self, by: &Staff, reason: String) -> Result<DeskHappening, Fault> {
        self.needs_offer(by)?;
        self.offer = None;
        Ok(DeskHappening::TransferRefused { reason })
    }

    fn needs_offer(&self, by: &Staff) -> Result<(), Fault> {
        match &self.offer {
            Some(_) if self.is_offered_to(by) => Ok(()),
            Some(_) => Err(Fault::NotAllowed),
            None => Err(Refusal::AlreadyMoved.into()),
        }
    }

    /// Follows the request that it became: whoever answers for that holds this, and the wall stops where the policy
    /// says. What happened to the contact by it, if anything.
    pub fn follow(
        &mut self,
        stops_at: StopsAt,
        happening: &Happening,
        accountable: Option<crate::ids::StaffId>,
        at: Moment,
    ) -> Option<DeskHappening> {
        let was_running = self.wall_stopped_at.is_none();
        self.hear(stops_at, &WallStep::Request(happening.clone()), at);
        let has_moved = accountable.is_some_and(|id| id != self.holder);
        self.holder = accountable.unwrap_or(self.holder);
        match (was_running && self.wall_stopped_at.is_some(), has_moved) {
            (true, _) => Some(DeskHappening::WallStopped),
            (false, true) => Some(DeskHappening::FollowedRequest),
            (false, false) => None,
        }
    }

    fn hear(&mut self, stops_at: StopsAt, step: &WallStep, at: Moment) {
        if self.wall_stopped_at.is_none() && step.stops(stops_at, self.request.is_some()) {
            self.wall_stopped_at = Some(at);
        }
    }
}
