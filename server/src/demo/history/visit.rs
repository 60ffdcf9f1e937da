//! The part of a request's life that happens at the place: planned, promised, sent, done, proved.

use app::fault::Fault;
use app::ids::OrderId;
use app::moment::Moment;
use app::people::Staff;
use app::requests::{Happening, Place, Promise, PromiseKind};
use app::services::Urgency;
use app::work::{Ask, Issue, MaterialDraft, Order, Proof, Window};
use chrono::Duration;

use super::super::dice::Dice;
use super::super::staff::Colleague;
use super::life::{Life, Pause};
use super::office::Visit;
use super::phrases;
use super::plan::Halt;

impl<'a> Life<'_, 'a> {
    /// Finds a time and somebody for it.
    pub(super) fn plan_visit(&mut self) -> Result<Visit<'a>, Pause> {
        let problem = self.problem()?;
        let urgency = problem.urgency;
        let (low, high) = match urgency {
            _ if self.is_quick() => (14, 24),
            Urgency::Emergency => (1, 3),
            Urgency::Urgent => (16, 55),
            Urgency::Normal if self.dice.chance(62) => (45, 240),
            Urgency::Normal => (240, 1500),
        };
        let from = self.at + Duration::minutes(self.dice.between(low, high));
        let slug = &problem.department.slug;
        let from = if self.is_quick() { from } else { self.office.field_time(slug, urgency, from, &mut self.dice) };
        let work =
            Duration::minutes(if self.is_quick() { self.dice.between(9, 30) } else { self.dice.between(14, 85) });
        let visit = self.office.book(problem.department.id, &problem.category, from, work, &mut self.dice);
        let mut visit = visit.ok_or(Pause::Nobody("hand"))?;
        if !self.is_quick() {
            visit.starts_at = self.office.field_time(slug, urgency, visit.starts_at, &mut self.dice);
        }
        Ok(visit)
    }

    /// Tells the resident by when.
    pub(super) fn promise_visit(&mut self, visit: &Visit) -> Result<(), Pause> {
        self.hurry(1, 3)?;
        let is_emergency = self.case.request.urgency == Urgency::Emergency;
        let comes = is_emergency || (self.plan.halt.is_none() && self.dice.chance(15));
        let on_site = visit.starts_at.max(self.at) + Duration::minutes(12);
        let (kind, ready) = match comes {
            true => (PromiseKind::Visit, on_site),
            false => (PromiseKind::Finish, on_site + visit.work),
        };
        let slack = Duration::minutes(self.dice.between(14, 50));
        let computed = match is_emergency {
            true => self.office.clock.round_up(ready, 5),
            false => self.office.clock.round_up(ready + slack, 30),
        };
        let due_at = self.plan.due.filter(|due| *due > self.at + Duration::minutes(2)).unwrap_or(computed);
        self.promise(Promise { kind, due_at }, None)?;
        self.appoint(visit)?;
        self.reached(Halt::Promised)
    }

    /// Some homes are offered a time, and pick it.
    fn appoint(&mut self, visit: &Visit) -> Result<(), Pause> {
        let request = &self.case.request;
        let mut dice = Dice::of(&format!("window {}", request.id));
        let Some(resident) = self.plan.confirms.filter(|_| !self.is_quick() && dice.chance(25)) else {
            return Ok(());
        };
        let from = self.office.clock.round_up(visit.starts_at, 30);
        let window = Window { id: dice.id(self.at), from, until: from + Duration::hours(2), is_picked: false };
        let is_home = matches!(request.place, Place::Home(_));
        let offered = request.offer_window(&self.desk.staff, (window.from, window.until), &[], self.at);
        let (true, Ok(offered)) = (is_home, offered) else { return Ok(()) };
        self.tape.offered(request, window.clone(), self.desk.staff.id, self.at);
        self.tape.record(request, &offered, self.desk.actor(), self.at);
        let pause = dice.between(1, 4) * if self.is_prompt { 12 } else { 60 };
        self.hold_until(self.at + Duration::seconds(pause))?;
        let (at, by) = (self.at, Some(self.desk.staff.id));
        if let Ok(picked) = self.case.request.pick_window(resident, &window, None, at) {
            let promise = Promise { kind: PromiseKind::Visit, due_at: window.until };
            self.tape.promised(dice.id(at), &self.case.request, promise, by, None, at);
            self.tape.picked(&self.case.request, window, resident.person.account, at);
            self.keep_as(&picked, resident);
        }
        Ok(())
    }

    /// The order goes out and somebody takes it.
    pub(super) fn send(&mut self, mut visit: Visit<'a>) -> Result<(OrderId, Visit<'a>), Pause> {
        if !self.is_quick()
            && self.dice.chance(4)
            && let Some(other) = self.office.other_hand(visit.hand)
        {
            self.later(1, 3)?;
            let order = self.dispatch(other, false)?;
            self.later(3, 15)?;
            let reason = phrases::refused(&mut self.dice);
            self.act(order, other, |order, by, at| order.refuse(by, reason, at))?;
        }
        self.hurry(1, 4)?;
        let to_team = match self.plan.halt {
            Some(Halt::WithTeam) => true,
            Some(Halt::Sent) => false,
            _ => self.dice.chance(26),
        };
        let order = self.dispatch(visit.hand, to_team)?;
        self.reached(Halt::WithTeam)?;
        self.reached(Halt::Sent)?;
        self.hurry(2, 17)?;
        self.act(order, visit.hand, |order, by, at| order.accept(by, at))?;
        self.reached(Halt::Accepted)?;
        let can_move = !self.is_quick() && self.case.request.urgency == Urgency::Normal;
        if can_move && self.dice.chance(7) {
            self.put_off(&mut visit)?;
        }
        Ok((order, visit))
    }

    /// The time is moved, and the resident is told why.
    fn put_off(&mut self, visit: &mut Visit) -> Result<(), Pause> {
        self.later(4, 25)?;
        let later = visit.starts_at.max(self.at) + Duration::minutes(self.dice.between(70, 260));
        let slug = &visit.hand.staff.department.slug;
        visit.starts_at = self.office.field_time(slug, Urgency::Normal, later, &mut self.dice);
        let ready = visit.starts_at + visit.work + Duration::minutes(35);
        let due_at = self.office.clock.round_up(ready, 30);
        let reason = phrases::held_up(self.plan.story.lang, &mut self.dice);
        self.promise(Promise { kind: PromiseKind::Finish, due_at }, Some(reason))
    }

    /// On the way, on site, perhaps a pause, done and proved.
    pub(super) fn visit(&mut self, order: OrderId, visit: Visit<'a>, note: &str) -> Result<(), Pause> {
        let hand = visit.hand;
        self.later(1, 2)?;
        self.hold_until(visit.starts_at)?;
        self.act(order, hand, |order, by, at| order.set_out(by, at))?;
        self.reached(Halt::EnRoute)?;
        self.later(3, 11)?;
        self.act(order, hand, |order, by, at| order.arrive(by, at))?;
        let mut dice = Dice::of(&format!("sheet {order}"));
        self.confirm(order, hand, &mut dice)?;
        self.reached(Halt::OnSite)?;
        if self.case.request.reopened_times == 0 {
            self.pause(order, hand)?;
        }
        self.hold_until(self.at + visit.work)?;
        self.write_up(order, hand, visit.work, &mut dice)?;
        self.complete(order, hand, note)
    }

    /// Half of the homes are looked at in writing before the work begins (C7).
    fn confirm(&mut self, order: OrderId, hand: &Colleague, dice: &mut Dice) -> Result<(), Pause> {
        let is_home = matches!(self.case.request.place, Place::Home(_));
        if !is_home || !dice.chance(50) {
            return Ok(());
        }
        let (at, words) = (self.at, phrases::found(dice));
        let happening = self.order(order)?.confirm_on_site(&hand.staff, words.clone(), false)?;
        let order = self.order(order)?.clone();
        self.tape.found(dice.id(at), &order, words, hand.staff.id, at);
        self.tape.record(&self.case.request, &happening, hand.actor(), at);
        Ok(())
    }

    /// What the engineers used, and how long it took.
    fn write_up(&mut self, order: OrderId, hand: &Colleague, work: Duration, dice: &mut Dice) -> Result<(), Pause> {
        if hand.staff.department.slug != "engineering" || !dice.chance(60) {
            return Ok(());
        }
        let (at, order) = (self.at, self.order(order)?.clone());
        let (name, unit, quantity) = phrases::material(dice);
        let material =
            MaterialDraft { name: name.to_owned(), quantity, unit: unit.to_owned(), passed: None, remark: None };
        let minutes = i32::try_from(work.num_minutes()).unwrap_or(60).max(5);
        let used = order.use_material(&hand.staff, &material)?;
        let spent = order.spend_time(&hand.staff, minutes)?;
        self.tape.used(dice.id(at), &order, material, hand.staff.id, at);
        self.tape.record(&self.case.request, &used, hand.actor(), at);
        self.tape.spent(dice.id(at), &order, minutes, hand.staff.id, at);
        self.tape.record(&self.case.request, &spent, hand.actor(), at);
        Ok(())
    }

    /// Where the story says so, the work waits for something and the promise moves with it.
    fn pause(&mut self, order: OrderId, hand: &'a Colleague) -> Result<(), Pause> {
        let Some(pause) = &self.plan.story.waiting else {
            return Ok(());
        };
        self.later(10, 25)?;
        self.act(order, hand, |order, by, at| order.pause(by, pause.on, at))?;
        self.later(1, 2)?;
        let days = Duration::minutes(self.dice.between(20 * 60, 74 * 60));
        let resumes_at =
            self.office.field_time(&hand.staff.department.slug, Urgency::Normal, self.at + days, &mut self.dice);
        let due_at = self.plan.due.unwrap_or(self.office.clock.round_up(resumes_at + Duration::hours(3), 30));
        self.promise(Promise { kind: PromiseKind::Finish, due_at }, Some(pause.note.clone()))?;
        self.reached(Halt::Paused)?;
        self.hold_until(resumes_at)?;
        self.act(order, hand, |order, by, at| order.resume(by, at))
    }

    fn complete(&mut self, order: OrderId, hand: &'a Colleague, note: &str) -> Result<(), Pause> {
        let (at, note) = (self.at, note.to_owned());
        self.step(order, hand, |order, by, at| order.complete(by, note, at))?;
        if self.plan.halt == Some(Halt::Unproved) {
            self.follow(hand);
            return Err(Pause::Here);
        }
        let is_home = matches!(self.case.request.place, Place::Home(_));
        let proof = if is_home && self.dice.chance(68) {
            let (id, name) = (self.dice.id(at), self.plan.teller.name.clone());
            let signed = self.order(order)?.clone();
            self.tape.signed(id, &signed, &name, hand.staff.id, at);
            Proof::Signature { name }
        } else {
            Proof::Reason { reason: phrases::no_signature(is_home, &mut self.dice) }
        };
        if !self.order(order)?.asks.contains(&Ask::Check) {
            return self.act(order, hand, |order, by, at| order.prove(by, proof, at));
        }
        self.follow(hand);
        let mut dice = Dice::of(&format!("checked {order}"));
        self.hold_until(self.at + Duration::minutes(dice.between(2, 9)))?;
        let (checker, words) =
            (self.office.checker(hand).ok_or(Pause::Nobody("checker"))?, phrases::checked(&mut dice));
        self.act(order, checker, |order, by, at| order.verify(by, words, at))
    }

    /// What is left to be checked, and a few of the others, are rectification items (C12).
    fn asks(&self, order: OrderId, hand: &Colleague) -> Vec<Ask> {
        let is_one = self.plan.halt == Some(Halt::Unproved) || Dice::of(&format!("check {order}")).chance(5);
        if is_one && self.office.checker(hand).is_some() { vec![Ask::Check] } else { Vec::new() }
    }

    fn dispatch(&mut self, hand: &'a Colleague, to_team: bool) -> Result<OrderId, Pause> {
        let id = self.dice.id(self.at);
        let issue = Issue {
            id,
            department: hand.staff.department.id,
            vendor: None,
            assignee: (!to_team).then_some(hand.staff.id),
            supervisor: self.supervisor(hand),
            instructions: phrases::instructions(&mut self.dice),
            asks: self.asks(id, hand),
        };
        let happening = self.case.dispatch(&self.desk.staff, issue, self.at)?;
        if let Some(order) = self.case.orders.last() {
            self.tape.issued(order, self.at);
        }
        self.keep(&happening, self.desk);
        Ok(id)
    }

    /// One rule on an order; the request follows.
    fn act(
        &mut self,
        order: OrderId,
        by: &Colleague,
        rule: impl FnOnce(&mut Order, &Staff, Moment) -> Result<Happening, Fault>,
    ) -> Result<(), Pause> {
        self.step(order, by, rule)?;
        self.follow(by);
        Ok(())
    }

    /// One rule on an order.
    fn step(
        &mut self,
        id: OrderId,
        by: &Colleague,
        rule: impl FnOnce(&mut Order, &Staff, Moment) -> Result<Happening, Fault>,
    ) -> Result<(), Pause> {
        let at = self.at;
        let order = self.case.order(id)?;
        let happening = rule(order, &by.staff, at)?;
        self.tape.moved(order, at);
        self.tape.record(&self.case.request, &happening, by.actor(), at);
        Ok(())
    }
}
