use super::super::model::{Happening, Promise, PromiseKind, Rating, Request, Stage};
use crate::fault::{Fault, Refusal};
use crate::moment::Moment;
use crate::people::Resident;
use chrono::Duration;

impl Request {
    /// The resident withdraws it, while nobody is on site.
    pub fn cancel(&mut self, by: &Resident, reason: Option<String>, at: Moment) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        self.go(Stage::Cancelled, at)?;
        self.promise = None;
        Ok(Happening::Cancelled { reason })
    }

    /// The resident agrees that it is fixed.
    pub fn confirm(&mut self, by: &Resident, at: Moment) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        self.go(Stage::Confirmed, at)?;
        Ok(Happening::Confirmed)
    }

    /// The resident says that it is not fixed; [`Request::reopen`] follows in the same transaction. A closed matter
    /// they may still object to for as long as the policy says.
    pub fn dispute(&mut self, by: &Resident, words: String, within: Duration, at: Moment) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        match self.stage {
            Stage::Done => self.go(Stage::Disputed, at)?,
            Stage::Confirmed | Stage::Unconfirmed if at - self.stage_at > within => {
                return Err(Refusal::TooLate.into());
            }
            // A late objection goes straight to reopened: the end that it had stays in the record.
            Stage::Confirmed | Stage::Unconfirmed => {}
            _ => return Err(Refusal::AlreadyMoved.into()),
        }
        Ok(Happening::Disputed { words })
    }

    /// An objection brings it back, with an answer promised anew.
    pub fn reopen(&mut self, answer_by: Moment, at: Moment) -> Result<Happening, Fault> {
        self.go(Stage::Reopened, at)?;
        self.reopened_times += 1;
        self.reopened_at = Some(at);
        self.promise = Some(Promise { kind: PromiseKind::Answer, due_at: answer_by });
        Ok(Happening::Reopened)
    }

    /// The resident rates it once, after the end.
    pub fn rate(&self, by: &Resident, rating: Rating, rated: bool) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        let rating = rating.parse()?;
        if !matches!(self.stage, Stage::Confirmed | Stage::Unconfirmed | Stage::Archived) {
            return Err(Refusal::AlreadyMoved.into());
        }
        if rated {
            return Err(Refusal::AlreadyRated.into());
        }
        Ok(Happening::Rated { rating })
    }

    /// A word of the resident's to the office.
    pub fn comment(&self, by: &Resident, words: String) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        if matches!(self.stage, Stage::Archived | Stage::Declined { .. } | Stage::Cancelled | Stage::Duplicate { .. }) {
            return Err(Refusal::AlreadyMoved.into());
        }
        Ok(Happening::Commented { words })
    }

    /// Whether it is the resident's to decide on: they reported it, or live where it is.
    pub fn is_theirs(&self, by: &Resident) -> Result<(), Fault> {
        let reported = self.reporter == Some(by.person.account);
        let lives_there = self.place.unit().is_some_and(|unit| by.homes.iter().any(|home| home.unit.id == unit));
        if reported || lives_there { Ok(()) } else { Err(Fault::NotAllowed) }
    }
}
