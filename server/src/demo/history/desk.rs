//! What the desk does in a request's life: it triages, promises, asks, and says no.

use app::requests::{Promise, PromiseKind, WaitingOn};
use app::services::Urgency;
use chrono::Duration;

use super::clock::DESK;
use super::life::{Life, Pause};
use super::phrases;
use super::plan::Halt;

impl Life<'_, '_> {
    pub(super) fn triage(&mut self) -> Result<(), Pause> {
        match self.case.request.urgency {
            Urgency::Emergency => self.hurry(1, 2)?,
            _ if self.is_quick() => self.hurry(1, 5)?,
            Urgency::Urgent => {
                self.hurry(2, 11)?;
                self.within(DESK)?;
            }
            Urgency::Normal => {
                self.hurry(4, 38)?;
                self.within(DESK)?;
            }
        }
        let (by, urgency) = (self.desk, self.case.request.urgency);
        let happening = self.case.request.triage(&by.staff, urgency, self.at)?;
        self.keep(&happening, by);
        if let (Some(words), false) = (&self.plan.story.internal, self.case.request.reopened_times > 0) {
            self.hurry(1, 3)?;
            self.remark(by, words, false)?;
        }
        self.reached(Halt::Triaged)
    }

    /// Tells the resident a time; a later one moves it, with the reason.
    pub(super) fn promise(&mut self, promise: Promise, reason: Option<String>) -> Result<(), Pause> {
        let by = self.desk;
        let given = std::mem::replace(&mut self.given, true);
        let happening = self.case.request.promise(&by.staff, promise, reason.clone(), given, self.at)?;
        let id = self.dice.id(self.at);
        self.tape.promised(id, &self.case.request, promise, Some(by.staff.id), reason, self.at);
        self.keep(&happening, by);
        Ok(())
    }

    pub(super) fn rest_at_desk(&mut self) -> Result<(), Pause> {
        self.later(2, 6)?;
        let question = phrases::question(self.plan.story.lang, &mut self.dice);
        self.remark(self.desk, &question, true)?;
        let due_at = self.plan.due.unwrap_or(self.office.clock.round_up(self.at + Duration::hours(26), 30));
        self.promise(Promise { kind: PromiseKind::Answer, due_at }, None)?;
        let happening = self.case.request.wait(&self.desk.staff, WaitingOn::Resident, self.at)?;
        self.keep(&happening, self.desk);
        Err(Pause::Here)
    }

    pub(super) fn decline(&mut self, reason: &str) -> Result<(), Pause> {
        self.triage()?;
        self.later(12, 80)?;
        let happening = self.case.request.decline(&self.desk.staff, reason.to_owned(), self.at)?;
        self.keep(&happening, self.desk);
        Ok(())
    }

    pub(super) fn join(&mut self) -> Result<(), Pause> {
        self.triage()?;
        self.hurry(1, 3)?;
        // The other one as it stood at this moment.
        let mut before = self.others.iter().filter(|(at, other)| *at <= self.at && other.stage.is_open());
        let (_, other) = before.next_back().ok_or(Pause::Here)?;
        let happening = self.case.request.mark_duplicate(&self.desk.staff, other, self.at)?;
        self.keep(&happening, self.desk);
        if let Some(reason) = &self.plan.story.reason {
            self.remark(self.desk, reason, true)?;
        }
        Ok(())
    }

    pub(super) fn cancel(&mut self, reason: Option<String>) -> Result<(), Pause> {
        self.triage()?;
        self.later(6, 95)?;
        let resident = self.resident()?;
        let happening = self.case.request.cancel(resident, reason, self.at)?;
        self.keep_as(&happening, resident);
        Ok(())
    }
}
