//! Who owns a contact, and when its three minutes stop. There is no other way to move one.

#[cfg(test)]
mod histories;
mod promises;
mod wall;

pub use promises::ReplyEnd;
pub use wall::{WallStep, same_day, stopped_at};

use super::model::{Contact, ContactStage, DeskHappening, Transfer, TransferTo};
use crate::fault::{Fault, Note, Refusal};
use crate::ids::StaffId;
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

    /// Explained, and a reply promised. Moving it is another promise, which says why, and may be made until it is
    /// answered.
    pub fn promise(
        &mut self,
        by: &Staff,
        words: Option<String>,
        reply_by: Moment,
        reason: Option<String>,
        made_at: Moment,
        at: Moment,
    ) -> Result<DeskHappening, Fault> {
        self.needs_move(by)?;
        if reply_by <= made_at {
            return Err(Fault::field("reply_by", Note::InThePast));
        }
        if matches!(self.stage, ContactStage::Promised { .. }) && reason.is_none() {
            return Err(Fault::field("reason", Note::Missing));
        }
        self.stage = ContactStage::Promised { reply_by };
        self.answer = words.or(self.answer.take());
        self.hear(StopsAt::Dispatched, &WallStep::Promised, at);
        Ok(DeskHappening::ReplyPromised { reply_by, reason })
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

    /// Takes in hand what came by itself: one of the desk, once (B3). Its holder follows its request.
    pub fn claim(&mut self, by: &Staff) -> Result<DeskHappening, Fault> {
        by.needs(Power::Reception)?;
        if !self.is_unclaimed || self.offer.is_some() {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.is_unclaimed = false;
        Ok(DeskHappening::Claimed)
    }

    /// Gives back what was offered, with the reason; its holder never changed.
    pub fn refuse(&mut self, by: &Staff, reason: String) -> Result<DeskHappening, Fault> {
        self.needs_offer(by)?;
        self.offer = None;
        Ok(DeskHappening::TransferRefused { reason })
    }

    /// Takes back what nobody has accepted yet; its holder never changed.
    pub fn withdraw(&mut self, by: &Staff) -> Result<DeskHappening, Fault> {
        if !self.may_move(by) {
            return Err(Fault::NotAllowed);
        }
        let offer = self.offer.take();
        offer.map(|_| DeskHappening::TransferWithdrawn).ok_or(Refusal::AlreadyMoved.into())
    }

    /// What is offered to somebody who leaves falls; none where it is not offered to them.
    pub fn lose(&mut self, leaver: StaffId) -> Option<DeskHappening> {
        let offer = self.offer.take_if(|offer| offer.to == TransferTo::Person(leaver));
        offer.map(|_| DeskHappening::TransferWithdrawn)
    }

    fn needs_offer(&self, by: &Staff) -> Result<(), Fault> {
        match &self.offer {
            Some(_) if self.is_offered_to(by) => Ok(()),
            Some(_) => Err(Fault::NotAllowed),
            None => Err(Refusal::AlreadyMoved.into()),
        }
    }

    /// Follows the request that it became: whoever answers for that holds this, it is as pressing as that is found to
    /// be, and the wall stops where the policy says. An offer falls with the request's end, and with another holder,
    /// who has offered nothing. What happened to the contact by it.
    pub fn follow(
        &mut self,
        stops_at: StopsAt,
        happening: &Happening,
        accountable: Option<StaffId>,
        at: Moment,
    ) -> Vec<DeskHappening> {
        let mut heard = Vec::new();
        let was_running = self.wall_stopped_at.is_none();
        self.hear(stops_at, &WallStep::Request(happening.clone()), at);
        if was_running && self.wall_stopped_at.is_some() {
            heard.push(DeskHappening::WallStopped);
        }
        let holder = accountable.unwrap_or(self.holder);
        let has_moved = holder != self.holder;
        self.holder = holder;
        if has_moved {
            heard.push(DeskHappening::FollowedRequest);
        }
        if (has_moved || ends(happening)) && self.offer.take().is_some() {
            heard.push(DeskHappening::TransferWithdrawn);
        }
        // Less pressing than somebody was paged for it never becomes.
        if let Happening::Triaged { urgency } = *happening
            && urgency > self.urgency
        {
            self.urgency = urgency;
            heard.push(DeskHappening::Raised { urgency });
        }
        heard
    }

    fn hear(&mut self, stops_at: StopsAt, step: &WallStep, at: Moment) {
        if self.wall_stopped_at.is_none() && step.stops(stops_at, self.request.is_some()) {
            self.wall_stopped_at = Some(at);
        }
    }
}

/// Whether nothing is left of a request to hand over.
fn ends(happening: &Happening) -> bool {
    matches!(
        happening,
        Happening::Done | Happening::Declined { .. } | Happening::Cancelled { .. } | Happening::MarkedDuplicate { .. }
    )
}
