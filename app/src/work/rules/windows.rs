//! Appointments: the office offers windows, the resident picks one of them and may move it while nobody has come. What
//! is picked is promised: somebody comes before its end.

use super::super::model::{MOST_WINDOWS, Window};
use crate::fault::{Fault, Note, Refusal};
use crate::moment::Moment;
use crate::people::{Power, Resident, Staff};
use crate::requests::{Happening, Promise, PromiseKind, Request, Stage};

impl Request {
    /// A window is offered: from a time to come until a later one, at most a day long and not offered already.
    pub fn offer_window(
        &self,
        by: &Staff,
        (from, until): (Moment, Moment),
        others: &[Window],
        at: Moment,
    ) -> Result<Happening, Fault> {
        by.needs(Power::Promise)?;
        self.awaits_a_visit()?;
        if from <= at {
            return Err(Fault::field("on", Note::InThePast));
        }
        if until <= from || until - from > chrono::Duration::days(1) {
            return Err(Fault::field("until", Note::BeforeTheFirst));
        }
        if others.iter().any(|other| (other.from, other.until) == (from, until)) {
            return Err(Fault::field("from", Note::Taken));
        }
        if others.len() >= MOST_WINDOWS {
            return Err(Fault::field("on", Note::TooMany(MOST_WINDOWS as u32)));
        }
        Ok(Happening::WindowOffered { from, until })
    }

    /// A window is no longer offered; the one that was picked is moved first.
    pub fn withdraw_window(&self, by: &Staff, window: &Window) -> Result<Happening, Fault> {
        by.needs(Power::Promise)?;
        if window.is_picked {
            return Err(Refusal::IsAppointment.into());
        }
        Ok(Happening::WindowWithdrawn { from: window.from, until: window.until })
    }

    /// The resident takes a window, perhaps instead of another.
    pub fn pick_window(
        &mut self,
        by: &Resident,
        window: &Window,
        was: Option<&Window>,
        at: Moment,
    ) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        self.appoint(window, was, None, at)
    }

    /// Staff take a window for a resident who said so at the desk or on the phone. Like any time that was told, one that
    /// stands moves for a reason.
    pub fn appoint_window(
        &mut self,
        by: &Staff,
        window: &Window,
        was: Option<&Window>,
        reason: Option<String>,
        at: Moment,
    ) -> Result<Happening, Fault> {
        by.needs(Power::Promise)?;
        self.awaits_a_visit()?;
        if was.is_some() && reason.is_none() {
            return Err(Fault::field("reason", Note::Missing));
        }
        self.appoint(window, was, reason, at)
    }

    fn appoint(
        &mut self,
        window: &Window,
        was: Option<&Window>,
        reason: Option<String>,
        at: Moment,
    ) -> Result<Happening, Fault> {
        self.awaits_a_visit()?;
        if window.is_picked {
            return Err(Refusal::AlreadyMoved.into());
        }
        if window.until <= at {
            return Err(Fault::field("window", Note::InThePast));
        }
        self.promise = Some(Promise { kind: PromiseKind::Visit, due_at: window.until });
        let instead_of = was.map(|was| was.from);
        Ok(Happening::Appointed { from: window.from, until: window.until, instead_of, reason })
    }

    /// Nobody has come yet, and somebody still may.
    pub fn awaits_a_visit(&self) -> Result<(), Fault> {
        match self.stage {
            Stage::Received | Stage::Triaged | Stage::Dispatched | Stage::Reopened | Stage::Waiting { .. } => Ok(()),
            _ => Err(Refusal::AlreadyMoved.into()),
        }
    }
}
