//! The life of one request: the rules, called in order with increasing times.

use app::fault::Fault;
use app::ids::{OrderId, StaffId};
use app::moment::Moment;
use app::people::Resident;
use app::requests::{Case, Happening, Promise, PromiseKind, Rating, Received, Report, Request, code};
use app::services::Urgency;
use chrono::Duration;

use super::super::content::{End, Voice};
use super::super::dice::Dice;
use super::super::people::{Dweller, actor_of};
use super::super::staff::Colleague;
use super::clock::{AWAKE, DESK, Hours};
use super::office::Office;
use super::phrases;
use super::plan::{Halt, Plan};
use super::tape::Tape;

/// Why a life goes no further.
pub enum Pause {
    /// It has reached the present, or the stage in which it is to be found.
    Here,
    /// A rule said no.
    Refused(Fault),
    /// There is nobody to do it.
    Nobody(&'static str),
}

impl From<Fault> for Pause {
    fn from(fault: Fault) -> Self {
        Pause::Refused(fault)
    }
}

/// A life under way.
pub struct Life<'l, 'a> {
    pub(super) office: &'l mut Office<'a>,
    pub(super) plan: &'l Plan<'a>,
    pub(super) case: Case,
    pub(super) at: Moment,
    pub(super) dice: Dice,
    pub(super) tape: Tape,
    /// Who triaged it.
    pub(super) desk: &'a Colleague,
    /// A person has told the resident a time since it last came in.
    pub(super) given: bool,
    /// The requests that this one may repeat.
    pub(super) others: &'l [(Moment, Request)],
}

impl<'l, 'a> Life<'l, 'a> {
    /// A report comes in.
    pub fn receive(
        office: &'l mut Office<'a>,
        plan: &'l Plan<'a>,
        number: i64,
        others: &'l [(Moment, Request)],
    ) -> Result<Self, Pause> {
        let mut dice = Dice::of(&format!("life {number}"));
        let (teller, story, at) = (plan.teller, plan.story, plan.at);
        let problem = office.ground.problems.get(&story.problem).ok_or(Pause::Nobody("problem"))?;
        let desk = office.desk(&mut dice).ok_or(Pause::Nobody("coordinator"))?;
        let actor = match &teller.resident {
            Some(resident) if plan.is_online() => actor_of(resident),
            _ => office.reception(&mut dice).ok_or(Pause::Nobody("receptionist"))?.actor(),
        };
        let report = Report {
            item: problem.id,
            place: plan.place,
            words: story.words.clone(),
            photos: Vec::new(),
            times: plan.times.clone(),
        };
        let new = Received {
            id: dice.id(at),
            estate: office.ground.id,
            code: code(office.ground.prefix, number),
            channel: plan.channel,
            lang: story.lang,
            reporter: teller.resident.as_ref().map(|resident| resident.person.account),
            party: Some(teller.party),
            urgency: problem.urgency,
            department: problem.department.id,
            answer_within: Duration::minutes(problem.answer_minutes.into()),
            duty_officer: office.duty_officer,
        };
        let (request, happening) = Request::receive(&report, new, at);
        let mut tape = Tape::default();
        tape.received(&request, report.times, at);
        if let Some(promise) = request.promise {
            tape.promised(dice.id(at), &request, promise, None, None, at);
        }
        tape.record(&request, &happening, actor, at);
        let case = Case { request, orders: Vec::new() };
        Ok(Self { office, plan, case, at, dice, tape, desk, given: false, others })
    }

    /// All that happens to it until it ends, or until the present.
    pub fn run(&mut self) -> Result<(), Pause> {
        self.reached(Halt::Received)?;
        let story = self.plan.story;
        match (story.end, &story.reason, &story.done) {
            (Some(End::Declined), Some(reason), _) => self.decline(reason),
            (Some(End::Cancelled), reason, _) => self.cancel(reason.clone()),
            (Some(End::Duplicate), ..) => self.join(),
            (_, _, Some(done)) => {
                self.round(done)?;
                if let (Some(words), Some(again)) = (&story.dispute, &story.done_again) {
                    self.dispute(words)?;
                    self.round(again)?;
                }
                self.close()
            }
            _ => Err(Pause::Nobody("ending")),
        }
    }

    /// From the desk to the proof.
    fn round(&mut self, note: &str) -> Result<(), Pause> {
        self.triage()?;
        if self.plan.halt == Some(Halt::AtDesk) {
            return self.rest_at_desk();
        }
        let visit = self.plan_visit()?;
        self.promise_visit(&visit)?;
        self.talk(Voice::Staff, false)?;
        let (order, visit) = self.send(visit)?;
        self.talk(Voice::Resident, false)?;
        self.visit(order, visit, note)?;
        self.talk(Voice::Staff, true)?;
        self.reached(Halt::Done)
    }

    pub(super) fn triage(&mut self) -> Result<(), Pause> {
        match self.case.request.urgency {
            Urgency::Emergency => self.later(1, 2)?,
            _ if self.is_quick() => self.later(1, 5)?,
            Urgency::Urgent => {
                self.later(2, 11)?;
                self.within(DESK)?;
            }
            Urgency::Normal => {
                self.later(4, 38)?;
                self.within(DESK)?;
            }
        }
        let (by, urgency) = (self.desk, self.case.request.urgency);
        let happening = self.case.request.triage(&by.staff, urgency, self.at)?;
        self.keep(&happening, by);
        if let (Some(words), false) = (&self.plan.story.internal, self.case.request.reopened_times > 0) {
            self.later(1, 3)?;
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

    fn rest_at_desk(&mut self) -> Result<(), Pause> {
        self.later(2, 6)?;
        let question = phrases::question(self.plan.story.lang, &mut self.dice);
        self.remark(self.desk, &question, true)?;
        let due_at = self.plan.due.unwrap_or(self.office.clock.round_up(self.at + Duration::hours(26), 30));
        self.promise(Promise { kind: PromiseKind::Answer, due_at }, None)?;
        let happening = self.case.request.wait(&self.desk.staff, app::requests::WaitingOn::Resident, self.at)?;
        self.keep(&happening, self.desk);
        Err(Pause::Here)
    }

    fn decline(&mut self, reason: &str) -> Result<(), Pause> {
        self.triage()?;
        self.later(12, 80)?;
        let happening = self.case.request.decline(&self.desk.staff, reason.to_owned(), self.at)?;
        self.keep(&happening, self.desk);
        Ok(())
    }

    fn join(&mut self) -> Result<(), Pause> {
        self.triage()?;
        self.later(1, 3)?;
        // The other one as it stood at this moment.
        let before = self.others.iter().filter(|(at, other)| *at <= self.at && other.stage.is_open());
        let (_, other) = before.last().ok_or(Pause::Here)?;
        let happening = self.case.request.mark_duplicate(&self.desk.staff, other, self.at)?;
        self.keep(&happening, self.desk);
        if let Some(reason) = &self.plan.story.reason {
            self.remark(self.desk, reason, true)?;
        }
        Ok(())
    }

    fn cancel(&mut self, reason: Option<String>) -> Result<(), Pause> {
        self.triage()?;
        self.later(6, 95)?;
        let resident = self.resident()?;
        let happening = self.case.request.cancel(resident, reason, self.at)?;
        self.keep_as(&happening, resident);
        Ok(())
    }

    fn dispute(&mut self, words: &str) -> Result<(), Pause> {
        if self.is_quick() { self.later(20, 60)? } else { self.later(9 * 60, 50 * 60)? }
        self.awake()?;
        let resident = self.resident()?;
        let happening = self.case.request.dispute(resident, words.to_owned(), self.at)?;
        self.keep_as(&happening, resident);
        let problem = self.office.ground.problems.get(&self.plan.story.problem).ok_or(Pause::Nobody("problem"))?;
        let happening = self.case.request.reopen(Duration::minutes(problem.answer_minutes.into()), self.at)?;
        self.given = false;
        if let Some(promise) = self.case.request.promise {
            let id = self.dice.id(self.at);
            self.tape.promised(id, &self.case.request, promise, None, None, self.at);
        }
        self.keep_as(&happening, resident);
        self.reached(Halt::Reopened)
    }

    /// The resident's word, the rating, and the filing.
    fn close(&mut self) -> Result<(), Pause> {
        let Some(resident) = self.plan.confirms else { return Ok(()) };
        if self.plan.story.end == Some(End::Unconfirmed) || (!self.is_quick() && self.dice.chance(4)) {
            return Ok(());
        }
        if self.is_quick() { self.later(8, 50)? } else { self.later(12, 26 * 60)? }
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
        self.reached(Halt::Confirmed)?;
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

    fn rating(&mut self) -> Rating {
        let story = self.plan.story.ratings;
        let mut axis = |place: usize| match story {
            Some(axes) => (axes[place] + [-1, 0, 0, 0, 0, 1][self.dice.below(6)]).clamp(1, 5),
            None => [5, 5, 5, 5, 4, 4, 4, 3][self.dice.below(8)],
        };
        Rating { attitude: axis(0), conduct: axis(1), speed: axis(2), result: axis(3) }
    }

    /// The words of one side, before or after the work.
    fn talk(&mut self, voice: Voice, after: bool) -> Result<(), Pause> {
        if self.case.request.reopened_times > 0 {
            return Ok(());
        }
        for comment in self.plan.story.comments.iter().filter(|comment| comment.by == voice && comment.after == after) {
            match voice {
                Voice::Staff => {
                    self.later(1, 4)?;
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

    pub(super) fn remark(&mut self, by: &Colleague, words: &str, is_public: bool) -> Result<(), Pause> {
        let happening = self.case.request.remark(&by.staff, words.to_owned(), is_public)?;
        self.tape.record(&self.case.request, &happening, by.actor(), self.at);
        Ok(())
    }

    fn resident(&self) -> Result<&'a Resident, Pause> {
        let teller: &'a Dweller = self.plan.teller;
        teller.resident.as_ref().ok_or(Pause::Nobody("resident"))
    }

    pub(super) fn keep(&mut self, happening: &Happening, by: &Colleague) {
        self.tape.keep(&mut self.case.request, happening, by.actor(), self.at);
    }

    fn keep_as(&mut self, happening: &Happening, resident: &Resident) {
        self.tape.keep(&mut self.case.request, happening, actor_of(resident), self.at);
    }

    /// The request catches up with its orders.
    pub(super) fn follow(&mut self, by: &Colleague) {
        while let Some(happening) = self.case.follow(self.at) {
            self.keep(&happening, by);
        }
    }

    /// Time passes; between so many minutes.
    pub(super) fn later(&mut self, low: i64, high: i64) -> Result<(), Pause> {
        let seconds = self.dice.between(low * 60, high * 60);
        self.hold_until(self.at + Duration::seconds(seconds.max(15)))
    }

    /// Nothing happens before this instant, and nothing after the present.
    pub(super) fn hold_until(&mut self, at: Moment) -> Result<(), Pause> {
        let at = at.max(self.at);
        if at > self.office.clock.now {
            return Err(Pause::Here);
        }
        self.at = at;
        Ok(())
    }

    fn within(&mut self, hours: Hours) -> Result<(), Pause> {
        let at = self.office.clock.within(self.at, hours, &mut self.dice);
        self.hold_until(at)
    }

    fn awake(&mut self) -> Result<(), Pause> {
        if self.is_quick() {
            return Ok(());
        }
        self.within(AWAKE)
    }

    /// Stops where this life is to be found.
    pub(super) fn reached(&self, halt: Halt) -> Result<(), Pause> {
        if self.plan.halt == Some(halt) { Err(Pause::Here) } else { Ok(()) }
    }

    /// It happened in the last hours, and keeps no office hours.
    pub(super) fn is_quick(&self) -> bool {
        self.plan.halt.is_some()
    }

    pub(super) fn supervisor(&self, hand: &Colleague) -> StaffId {
        self.office.supervisor(hand.staff.department.id).unwrap_or(hand.staff.id)
    }

    pub(super) fn order(&mut self, id: OrderId) -> Result<&mut app::work::Order, Pause> {
        Ok(self.case.order(id)?)
    }
}
