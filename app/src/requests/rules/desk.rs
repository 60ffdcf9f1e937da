use super::super::model::{Happening, Promise, Request, Stage, WaitingFrom, WaitingOn};
use crate::fault::{Fault, Note, Refusal};
use crate::moment::Moment;
use crate::people::{Power, Role, Staff};
use crate::services::Urgency;

impl Request {
    /// Somebody at the desk takes responsibility, and may correct how pressing it is.
    pub fn triage(&mut self, by: &Staff, urgency: Urgency, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Triage)?;
        if !matches!(self.stage, Stage::Received | Stage::Reopened) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(Stage::Triaged, at)?;
        self.accountable = Some(by.id);
        self.urgency = urgency;
        Ok(Happening::Triaged { urgency })
    }

    /// Somebody accepted it from whoever answered for it, and answers for it now.
    pub fn take_over(&mut self, by: &Staff) -> Result<Happening, Fault> {
        if !self.stage.is_open() {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.accountable = Some(by.id);
        Ok(Happening::TakenOver)
    }

    /// Tells the resident a time. The first one that a person gives replaces the catalogue's without a
    /// reason; any later one moves a promise, which needs the power and a reason.
    pub fn promise(
        &mut self,
        by: &Staff,
        promise: Promise,
        reason: Option<String>,
        given_before: bool,
        at: Moment,
    ) -> Result<Happening, Fault> {
        by.needs(if given_before { Power::MovePromise } else { Power::Promise }).or_else(|fault| {
            // Whoever answers for the matter may always correct what they promised themselves.
            if self.accountable == Some(by.id) && by.can(Power::Promise) { Ok(()) } else { Err(fault) }
        })?;
        if !self.stage.is_open() {
            return Err(Refusal::AlreadyMoved.into());
        }
        if promise.due_at <= at {
            return Err(Fault::field("due_at", Note::InThePast));
        }
        if given_before && reason.is_none() {
            return Err(Fault::field("reason", Note::Missing));
        }
        let instead_of = self.promise.map(|promise| promise.due_at);
        self.promise = Some(promise);
        Ok(Happening::Promised { promise, instead_of, reason })
    }

    /// Not the office's to do.
    pub fn decline(&mut self, by: &Staff, reason: String, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Decline)?;
        self.go(Stage::Declined { reason: reason.clone() }, at)?;
        self.promise = None;
        Ok(Happening::Declined { reason })
    }

    /// The same matter as another that goes on; the reporter keeps their own record.
    pub fn mark_duplicate(&mut self, by: &Staff, other: &Request, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Decline)?;
        if other.id == self.id || other.estate != self.estate || !other.stage.is_open() {
            return Err(Refusal::NotADuplicateOf.into());
        }
        self.go(Stage::Duplicate { of: other.id }, at)?;
        self.promise = None;
        Ok(Happening::MarkedDuplicate { code: other.code.clone() })
    }

    /// It rests at the desk.
    pub fn wait(&mut self, by: &Staff, on: WaitingOn, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Triage)?;
        if self.stage != Stage::Triaged {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(Stage::Waiting { on, from: WaitingFrom::Triaged }, at)?;
        Ok(Happening::Waiting { on })
    }

    /// It goes on at the desk.
    pub fn resume(&mut self, by: &Staff, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Triage)?;
        let Stage::Waiting { from: WaitingFrom::Triaged, .. } = self.stage else {
            return Err(Refusal::AlreadyMoved.into());
        };
        self.go(Stage::Triaged, at)?;
        Ok(Happening::WentOn)
    }

    /// The head of its own department approves that it is filed, or the site manager (C3); once it is done where there
    /// is nobody to ask, else once it has ended.
    pub fn archive(&mut self, by: &Staff, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Archive)?;
        if by.department.id != self.department && !by.roles.contains(&Role::SiteManager) {
            return Err(Fault::NotAllowed);
        }
        if self.stage == Stage::Done && !self.is_nobodys() {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(Stage::Archived, at)?;
        Ok(Happening::Archived)
    }

    /// A word of the office's: to the resident, or among staff.
    pub fn remark(&self, by: &Staff, words: String, is_public: bool) -> Result<Happening, Fault> {
        if !by.can(Power::Promise) && !by.can(Power::Work) {
            return Err(Fault::NotAllowed);
        }
        Ok(if is_public { Happening::Commented { words } } else { Happening::Noted { words } })
    }
}
