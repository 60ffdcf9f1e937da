//! The life of one request: the rules, called in order with increasing times.

use app::estate::Zone;
use app::fault::Fault;
use app::ids::{OrderId, PhotoId, StaffId};
use app::moment::Moment;
use app::requests::{Case, Channel, Happening, Received, Report, Request, Stage, clocks_of, code};
use app::services::Urgency;
use chrono::Duration;

use super::super::dice::Dice;
use super::super::people::actor_of;
use super::super::places::Problem;
use super::super::staff::Colleague;
use super::super::stories::{End, Voice};
use super::clock::{AWAKE, Hours};
use super::office::Office;
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
    /// Who took it at the desk; none where it came by itself.
    pub(super) taken_by: Option<&'a Colleague>,
    /// Who triaged it.
    pub(super) desk: &'a Colleague,
    /// The office keeps its three minutes.
    pub(super) is_prompt: bool,
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
        let (taken_by, actor) = match &teller.resident {
            Some(resident) if plan.is_online() => (None, actor_of(resident)),
            _ => {
                let one = office.reception(&mut dice).ok_or(Pause::Nobody("receptionist"))?;
                (Some(one), one.actor())
            }
        };
        let is_from_office = plan.channel == Channel::Branch;
        let paper: Option<PhotoId> = is_from_office.then(|| Dice::of(&format!("paper {number}")).id(at));
        let report = Report {
            item: problem.id,
            place: plan.place,
            words: story.words.clone(),
            photos: paper.into_iter().collect(),
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
            answer_by: office.answer_by(problem, problem.urgency, at)?,
            accountable: taken_by.map_or(office.duty_officer, |one| one.staff.id),
        };
        let (request, happening) = Request::receive(&report, new, at);
        let mut tape = Tape::default();
        tape.received(&request, report.times, at);
        if let (Some(paper), Some(by)) = (paper, actor.account) {
            tape.papered(paper, &request, by, at);
        }
        if let Some(promise) = request.promise {
            tape.promised(dice.id(at), &request, promise, None, None, at);
        }
        tape.record_with(&request, &happening, &report.photos, actor, at);
        let case = Case { request, orders: Vec::new() };
        let is_prompt = Dice::of(&format!("prompt {number}")).chance(93);
        Ok(Self { office, plan, case, at, dice, tape, taken_by, desk, is_prompt, given: false, others })
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

    /// Its promises and its clocks, as everything that happened to it has kept, wound and stopped them.
    pub fn reckon(&mut self) -> Result<(), Pause> {
        self.tape.judge(&self.case.request, self.office.clock.now);
        let ground = self.office.ground;
        let (category, policies) = (self.problem()?.category_id, std::slice::from_ref(&ground.policy));
        let clocks = clocks_of(&self.tape.steps(), Some(category), policies, &Zone::of(&ground.zone))?;
        self.tape.clocked(&self.case.request, clocks, self.at);
        Ok(())
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

    pub(super) fn remark(&mut self, by: &Colleague, words: &str, is_public: bool) -> Result<(), Pause> {
        let happening = self.case.request.remark(&by.staff, words.to_owned(), is_public)?;
        self.tape.record(&self.case.request, &happening, by.actor(), self.at);
        Ok(())
    }

    pub(super) fn keep(&mut self, happening: &Happening, by: &Colleague) {
        self.tape.keep(&mut self.case.request, happening, by.actor(), self.at);
    }

    /// The request catches up with its orders.
    pub(super) fn follow(&mut self, by: &Colleague) {
        while let Some(happening) = self.case.follow(self.at) {
            self.keep(&happening, by);
        }
    }

    /// Time passes: between so many minutes, and a quarter of that while help for an emergency is not there yet.
    pub(super) fn later(&mut self, low: i64, high: i64) -> Result<(), Pause> {
        let is_urgent = self.case.request.urgency == Urgency::Emergency
            && matches!(self.case.request.stage, Stage::Received | Stage::Triaged | Stage::Dispatched);
        let seconds = self.dice.between(low * 60, high * 60) / if is_urgent { 4 } else { 1 };
        self.hold_until(self.at + Duration::seconds(seconds.max(15)))
    }

    /// The office's next step until somebody is on it: so that the three minutes are kept (B2), else between so many
    /// minutes.
    pub(super) fn hurry(&mut self, low: i64, high: i64) -> Result<(), Pause> {
        if !self.is_prompt {
            return self.later(low, high);
        }
        let seconds = self.dice.between(12, 38);
        self.hold_until(self.at + Duration::seconds(seconds))
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

    pub(super) fn within(&mut self, hours: Hours) -> Result<(), Pause> {
        let at = self.office.clock.within(self.at, hours, &mut self.dice);
        self.hold_until(at)
    }

    pub(super) fn awake(&mut self) -> Result<(), Pause> {
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

    /// What the story is about, in the estate's catalogue.
    pub(super) fn problem(&self) -> Result<&'a Problem, Pause> {
        let ground = self.office.ground;
        ground.problems.get(&self.plan.story.problem).ok_or(Pause::Nobody("problem"))
    }

    pub(super) fn order(&mut self, id: OrderId) -> Result<&mut app::work::Order, Pause> {
        Ok(self.case.order(id)?)
    }
}
