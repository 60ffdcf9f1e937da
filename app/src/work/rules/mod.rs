#[cfg(feature = "ssr")]
mod orphans;
#[cfg(feature = "ssr")]
mod schedules;
mod sheet;
#[cfg(feature = "ssr")]
mod suggest;
mod typed;
#[cfg(feature = "ssr")]
mod windows;

pub use sheet::Given;
#[cfg(feature = "ssr")]
pub use suggest::suggest;
#[cfg(feature = "ssr")]
pub use typed::Done;
pub use typed::{check_form, minutes_of};

use super::model::{Ask, Issue, Kept, Order, OrderMove, OrderStage, Proof};
use crate::fault::{Fault, Refusal};
use crate::ids::RequestId;
use crate::moment::Moment;
use crate::people::{Power, Staff};
use crate::requests::{Happening, Version, WaitingOn};

/// Every legal move of an order, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 18] = [
    ("", "issued"),
    ("issued", "accepted"),
    ("issued", "refused"),
    ("issued", "cancelled"),
    ("accepted", "en_route"),
    ("accepted", "cancelled"),
    ("en_route", "on_site"),
    ("en_route", "cancelled"),
    ("on_site", "paused"),
    ("on_site", "completed"),
    ("on_site", "cancelled"),
    ("paused", "on_site"),
    ("paused", "cancelled"),
    ("completed", "verified"),
    ("completed", "rework"),
    ("completed", "cancelled"),
    ("rework", "on_site"),
    ("rework", "cancelled"),
];

impl OrderStage {
    /// The value in the database.
    pub fn tag(&self) -> &'static str {
        match self {
            OrderStage::Issued => "issued",
            OrderStage::Accepted => "accepted",
            OrderStage::Refused { .. } => "refused",
            OrderStage::EnRoute => "en_route",
            OrderStage::OnSite => "on_site",
            OrderStage::Paused { .. } => "paused",
            OrderStage::Completed => "completed",
            OrderStage::Verified => "verified",
            OrderStage::Rework { .. } => "rework",
            OrderStage::Cancelled { .. } => "cancelled",
        }
    }

    /// Whether there is still something to do.
    pub fn is_open(&self) -> bool {
        !matches!(self, OrderStage::Refused { .. } | OrderStage::Verified | OrderStage::Cancelled { .. })
    }
}

impl Order {
    /// A new order. Until somebody accepts, a team's supervisor or a person's dispatcher answers for it.
    pub fn issue(by: &Staff, request: RequestId, issue: Issue, at: Moment) -> Self {
        Self {
            id: issue.id,
            estate: by.estate,
            request,
            version: 1,
            stage: OrderStage::Issued,
            stage_at: at,
            department: issue.department,
            assignee: issue.assignee,
            vendor: issue.vendor,
            accountable: if issue.assignee.is_some() { by.id } else { issue.supervisor },
            issued_by: by.id,
            issued_at: at,
            accepted_at: None,
            accepted_by: None,
            instructions: issue.instructions,
            note: None,
            completed_by: None,
            verified_by: None,
            proof: None,
            asks: issue.asks,
            kept: Kept::default(),
        }
    }

    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    fn go(&mut self, to: OrderStage, at: Moment) -> Result<(), Fault> {
        if !MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.stage = to;
        self.stage_at = at;
        Ok(())
    }

    /// Takes it; from now on the taker answers for it. Their name and the time are stamped (C5).
    pub fn accept(&mut self, by: &Staff, at: Moment) -> Result<Happening, Fault> {
        self.is_for(by)?;
        self.go(OrderStage::Accepted, at)?;
        if self.vendor.is_none() {
            self.assignee = Some(by.id);
        }
        self.accountable = by.id;
        self.accepted_at = Some(at);
        self.accepted_by = Some(by.id);
        Ok(Happening::OrderAccepted { order: self.id })
    }

    /// Gives it back, with the reason. Whoever sent it answers for what comes next.
    pub fn refuse(&mut self, by: &Staff, reason: String, at: Moment) -> Result<Happening, Fault> {
        self.is_for(by)?;
        self.go(OrderStage::Refused { reason: reason.clone() }, at)?;
        self.accountable = self.issued_by;
        Ok(Happening::OrderRefused { order: self.id, reason })
    }

    /// On the way.
    pub fn set_out(&mut self, by: &Staff, at: Moment) -> Result<Happening, Fault> {
        self.is_held_by(by)?;
        self.go(OrderStage::EnRoute, at)?;
        Ok(Happening::SetOut { order: self.id })
    }

    /// On site; also after it was sent back.
    pub fn arrive(&mut self, by: &Staff, at: Moment) -> Result<Happening, Fault> {
        self.is_held_by(by)?;
        if !matches!(self.stage, OrderStage::EnRoute | OrderStage::Rework { .. }) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(OrderStage::OnSite, at)?;
        Ok(Happening::Arrived { order: self.id })
    }

    /// The work rests, for a reason that the resident is told.
    pub fn pause(&mut self, by: &Staff, on: WaitingOn, at: Moment) -> Result<Happening, Fault> {
        self.is_held_by(by)?;
        self.go(OrderStage::Paused { on }, at)?;
        Ok(Happening::Paused { order: self.id, on })
    }

    /// The work goes on.
    pub fn resume(&mut self, by: &Staff, at: Moment) -> Result<Happening, Fault> {
        self.is_held_by(by)?;
        if !matches!(self.stage, OrderStage::Paused { .. }) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(OrderStage::OnSite, at)?;
        Ok(Happening::Resumed { order: self.id })
    }

    /// The work is done; [`Order::prove`] follows where there is a proof.
    pub fn complete(&mut self, by: &Staff, note: String, at: Moment) -> Result<Happening, Fault> {
        self.is_held_by(by)?;
        if self.asks.contains(&Ask::Finding) && !self.kept.finding {
            return Err(Refusal::NotConfirmedOnSite.into());
        }
        self.go(OrderStage::Completed, at)?;
        self.note = Some(note.clone());
        self.completed_by = Some(by.id);
        Ok(Happening::Completed { order: self.id, note })
    }

    /// The proof makes it verified: the worker's own, or a supervisor's word; of what is to be checked only the check.
    pub fn prove(&mut self, by: &Staff, proof: Proof, at: Moment) -> Result<Happening, Fault> {
        if self.asks.contains(&Ask::Check) {
            self.is_checked_by(by)?;
        } else if self.is_held_by(by).is_err() {
            self.is_overseen_by(by)?;
        }
        self.go(OrderStage::Verified, at)?;
        self.proof = Some(proof.clone());
        self.verified_by = Some(by.id);
        Ok(Happening::Verified { order: self.id, proof })
    }

    /// Whoever oversees it accepts what was completed without a proof, and says why; never what they did themselves.
    pub fn verify(&mut self, by: &Staff, reason: String, at: Moment) -> Result<Happening, Fault> {
        self.is_overseen_by(by)?;
        let is_checked = self.asks.contains(&Ask::Check);
        if !is_checked && self.vendor.is_none() && self.is_held_by(by).is_ok() {
            return Err(Fault::NotAllowed);
        }
        self.prove(by, if is_checked { Proof::Check { words: reason } } else { Proof::Reason { reason } }, at)
    }

    /// It must be done again, says who oversees it.
    pub fn send_back(&mut self, by: &Staff, reason: String, at: Moment) -> Result<Happening, Fault> {
        self.is_overseen_by(by)?;
        if self.asks.contains(&Ask::Check) {
            self.is_checked_by(by)?;
        }
        self.go(OrderStage::Rework { reason: reason.clone() }, at)?;
        Ok(Happening::SentBack { order: self.id, reason })
    }

    /// Takes it back, as long as it is open.
    pub fn cancel(&mut self, by: &Staff, reason: String, at: Moment) -> Result<Happening, Fault> {
        let own = by.department.id == self.department;
        if !(by.can(Power::Dispatch) || (own && by.can(Power::Assign))) {
            return Err(Fault::NotAllowed);
        }
        self.withdraw(Some(reason), at)
    }

    /// Taken back because the request itself was withdrawn, for which residents need no reason.
    pub fn withdraw(&mut self, reason: Option<String>, at: Moment) -> Result<Happening, Fault> {
        self.go(OrderStage::Cancelled { reason: reason.clone().unwrap_or_default() }, at)?;
        Ok(Happening::OrderCancelled { order: self.id, reason })
    }

    /// What a member of staff may do now, the likeliest first.
    pub fn moves(&self, by: &Staff, at: Moment) -> Vec<OrderMove> {
        let copy = || self.clone();
        let reason = || String::from("-");
        let parts = WaitingOn::Parts;
        [
            (copy().accept(by, at).is_ok(), OrderMove::Accept),
            (copy().set_out(by, at).is_ok(), OrderMove::SetOut),
            (copy().arrive(by, at).is_ok(), OrderMove::Arrive),
            (copy().resume(by, at).is_ok(), OrderMove::Resume),
            (copy().complete(by, reason(), at).is_ok(), OrderMove::Complete),
            (copy().pause(by, parts, at).is_ok(), OrderMove::Pause),
            (copy().verify(by, reason(), at).is_ok(), OrderMove::Verify),
            (copy().send_back(by, reason(), at).is_ok(), OrderMove::SendBack),
            (copy().refuse(by, reason(), at).is_ok(), OrderMove::Refuse),
            (copy().cancel(by, reason(), at).is_ok(), OrderMove::Cancel),
        ]
        .into_iter()
        .filter_map(|(possible, what)| possible.then_some(what))
        .collect()
    }

    /// Whether it was sent to this person, or to their team and nobody has it.
    fn is_for(&self, by: &Staff) -> Result<(), Fault> {
        if self.vendor.is_some() {
            return self.is_recorded_by(by);
        }
        by.needs(Power::Work)?;
        let theirs = match self.assignee {
            Some(assignee) => assignee == by.id,
            None => self.department == by.department.id,
        };
        if theirs { Ok(()) } else { Err(Fault::NotAllowed) }
    }

    pub(super) fn is_held_by(&self, by: &Staff) -> Result<(), Fault> {
        if self.vendor.is_some() {
            return self.is_recorded_by(by);
        }
        if self.assignee == Some(by.id) && by.can(Power::Work) { Ok(()) } else { Err(Fault::NotAllowed) }
    }

    /// Whoever could have sent it to the vendor says what the vendor does.
    fn is_recorded_by(&self, by: &Staff) -> Result<(), Fault> {
        let own = by.department.id == self.department && by.can(Power::Assign);
        if by.can(Power::Dispatch) || own { Ok(()) } else { Err(Fault::NotAllowed) }
    }

    fn is_overseen_by(&self, by: &Staff) -> Result<(), Fault> {
        let near = by.department.id == self.department || by.can(Power::Triage);
        if near && by.can(Power::Verify) { Ok(()) } else { Err(Fault::NotAllowed) }
    }

    /// Whether they oversee it and had no hand in it (C12): it was not they who said that it is done. Whoever holds it
    /// since that one left may look.
    fn is_checked_by(&self, by: &Staff) -> Result<(), Fault> {
        self.is_overseen_by(by)?;
        if self.completed_by == Some(by.id) { Err(Fault::NotAllowed) } else { Ok(()) }
    }
}
