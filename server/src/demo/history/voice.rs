//! What residents say in a request's life: words between, not fixed, fixed, and how it went.

use app::followups::End as Asked;
use app::people::Resident;
use app::requests::{Happening, Rating};
use chrono::Duration;

use super::super::people::{Dweller, actor_of};
use super::super::stories::{End, Voice};
use super::life::{Life, Pause};
use super::phrases;
use super::plan::Halt;

impl<'a> Life<'_, 'a> {
    pub(super) fn dispute(&mut self, words: &str) -> Result<(), Pause> {
        if self.is_quick() {
            // So lately that nobody has answered yet.
            let ago = Duration::seconds(self.dice.between(240, 840));
            self.later(1, 9)?;
            self.hold_until(self.office.clock.now - ago)?;
        } else {
            self.later(9 * 60, 50 * 60)?;
        }
        self.awake()?;
        let resident = self.resident()?;
        let within = Duration::days(self.office.ground.policy.terms.closing.object_days.into());
        let happening = self.case.request.dispute(resident, words.to_owned(), within, self.at)?;
        self.keep_as(&happening, resident);
        let answer_by = self.office.answer_by(self.problem()?, self.case.request.urgency, self.at)?;
        let happening = self.case.request.reopen(answer_by, self.at)?;
        self.given = false;
        if let Some(promise) = self.case.request.promise {
            let id = self.dice.id(self.at);
            self.tape.promised(id, &self.case.request, promise, None, None, self.at);
        }
        self.keep_as(&happening, resident);
        self.reached(Halt::Reopened)
    }

    /// The resident's word, the rating, and the filing.
    pub(super) fn close(&mut self) -> Result<(), Pause> {
        let silent = self.plan.story.end == Some(End::Unconfirmed) || (!self.is_quick() && self.dice.chance(2));
        let Some(resident) = self.plan.confirms.filter(|_| !silent) else {
            return if self.is_quick() { Ok(()) } else { self.end_without_a_word() };
        };
        if self.is_quick() {
            self.later(8, 50)?;
        } else {
            self.later(12, 26 * 60)?;
        }
        self.awake()?;
        self.talk(Voice::Resident, true)?;
        let happening = self.case.request.confirm(resident, self.at)?;
        self.keep_as(&happening, resident);
        if self.dice.chance(60) {
            let rating = self.rating();
            let happening = self.case.request.rate(resident, rating, false)?;
            self.tape.rated(&self.case.request, rating, resident.person.account, self.at);
            self.tape.record(&self.case.request, &happening, actor_of(resident), self.at);
        }
        self.ask_again(Asked::Confirmed)?;
        self.reached(Halt::Confirmed)?;
        self.file()
    }

    /// Nobody says a word: the office tries on as many days as the policy wants, and ends it without one.
    fn end_without_a_word(&mut self) -> Result<(), Pause> {
        let by = self.office.reception(&mut self.dice).ok_or(Pause::Nobody("receptionist"))?;
        let needed = self.office.ground.policy.terms.closing.attempts;
        for _ in 0..needed {
            self.later(25 * 60, 60 * 60)?;
            self.within((9 * 60 + 30, 19 * 60))?;
            let attempt = phrases::attempt(&mut self.dice);
            let happening = self.case.request.attempt(&by.staff, &attempt)?;
            let id = self.dice.id(self.at);
            self.tape.tried(id, &self.case.request, attempt, by.staff.id, self.at);
            self.tape.record(&self.case.request, &happening, by.actor(), self.at);
        }
        self.later(20, 300)?;
        let happening = self.case.request.close_unconfirmed(&by.staff, needed, needed, self.at)?;
        self.keep(&happening, by);
        self.ask_again(Asked::Unconfirmed)?;
        self.file()
    }

    fn file(&mut self) -> Result<(), Pause> {
        // Heads go through what is closed about once a week.
        self.later(7 * 24 * 60, 13 * 24 * 60)?;
        self.within((9 * 60, 17 * 60))?;
        if self.dice.chance(88)
            && let Some(head) = self.office.head(self.case.request.department)
        {
            let happening = self.case.request.archive(&head.staff, self.at)?;
            self.keep(&happening, head);
        }
        Ok(())
    }

    pub(super) fn rating(&mut self) -> Rating {
        let story = self.plan.story.ratings;
        let mut axis = |place: usize| match story {
            Some(axes) => (axes[place] + [-1, 0, 0, 0, 0, 1][self.dice.below(6)]).clamp(1, 5),
            None => [5, 5, 5, 5, 4, 4, 4, 3][self.dice.below(8)],
        };
        Rating { attitude: axis(0), conduct: axis(1), speed: axis(2), result: axis(3) }
    }

    /// The words of one side, before or after the work.
    pub(super) fn talk(&mut self, voice: Voice, after: bool) -> Result<(), Pause> {
        if self.case.request.reopened_times > 0 {
            return Ok(());
        }
        for comment in self.plan.story.comments.iter().filter(|comment| comment.by == voice && comment.after == after) {
            match voice {
                Voice::Staff => {
                    self.hurry(1, 4)?;
                    self.remark(self.desk, &comment.text, true)?;
                }
                Voice::Resident => {
                    self.later(1, 3)?;
                    let resident = self.resident()?;
                    let happening = self.case.request.comment(resident, comment.text.clone())?;
                    self.tape.record(&self.case.request, &happening, actor_of(resident), self.at);
                }
            }
        }
        Ok(())
    }

    pub(super) fn resident(&self) -> Result<&'a Resident, Pause> {
        let teller: &'a Dweller = self.plan.teller;
        teller.resident.as_ref().ok_or(Pause::Nobody("resident"))
    }

    pub(super) fn keep_as(&mut self, happening: &Happening, resident: &Resident) {
        self.tape.keep(&mut self.case.request, happening, actor_of(resident), self.at);
    }
}
