//! The people of one estate's office at work: who sits at the desk, and whose hands are free.

use app::estate::Zone;
use app::fault::Fault;
use app::ids::{DepartmentId, EstateId, StaffId};
use app::moment::Moment;
use app::people::{Power, Role};
use app::requests::answer_by;
use app::services::Urgency;
use chrono::Duration;

use super::super::dice::Dice;
use super::super::places::{Ground, Problem};
use super::super::staff::Colleague;
use super::clock::{self, Clock};

/// One estate's office.
pub struct Office<'a> {
    pub ground: &'a Ground,
    pub clock: Clock,
    colleagues: Vec<&'a Colleague>,
    /// Until when each of them is busy.
    busy: Vec<Moment>,
    pub duty_officer: StaffId,
}

/// A visit that somebody has in their day.
#[derive(Clone)]
pub struct Visit<'a> {
    pub hand: &'a Colleague,
    /// When they set out.
    pub starts_at: Moment,
    /// How long the work takes.
    pub work: Duration,
}

impl<'a> Office<'a> {
    pub fn new(
        ground: &'a Ground,
        colleagues: &'a [(EstateId, Colleague)],
        duty_officer: StaffId,
        now: Moment,
    ) -> Self {
        let colleagues: Vec<_> =
            colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, colleague)| colleague).collect();
        let busy = vec![Moment::UNIX_EPOCH; colleagues.len()];
        Self { ground, clock: Clock::new(&ground.zone, now), colleagues, busy, duty_officer }
    }

    /// By when the policy promises a first answer.
    pub fn answer_by(&self, problem: &Problem, urgency: Urgency, at: Moment) -> Result<Moment, Fault> {
        let zone = Zone::of(&self.ground.zone);
        answer_by(&self.ground.policy, &zone, Some(problem.category_id), urgency, at)
    }

    /// Who takes what comes in: coordinators, rarely the site manager.
    pub fn desk(&self, dice: &mut Dice) -> Option<&'a Colleague> {
        let weight = |colleague: &Colleague| match () {
            () if !colleague.can(Power::Triage) => 0,
            () if colleague.is(Role::SiteManager) => 1,
            () if colleague.is(Role::Head) => 3,
            () => 8,
        };
        self.draw(dice, weight)
    }

    /// Who answers the phone.
    pub fn reception(&self, dice: &mut Dice) -> Option<&'a Colleague> {
        self.draw(dice, |colleague| u64::from(colleague.is(Role::Receptionist)))
    }

    /// Who asks again how a matter went: assistants first, and nobody who had a hand in it.
    pub fn asker(&self, hands: &[StaffId], departments: &[DepartmentId], dice: &mut Dice) -> Option<&'a Colleague> {
        self.draw(dice, |one| {
            let is_own = one.staff.scope().department().is_some_and(|own| departments.contains(&own));
            match () {
                () if is_own || hands.contains(&one.staff.id) || !one.can(Power::FollowUp) => 0,
                () if one.is(Role::Assistant) => 8,
                () => 1,
            }
        })
    }

    fn draw(&self, dice: &mut Dice, weight: impl Fn(&Colleague) -> u64) -> Option<&'a Colleague> {
        let weights: Vec<u64> = self.colleagues.iter().map(|colleague| weight(colleague)).collect();
        self.colleagues.get(dice.weighted(&weights)?).copied()
    }

    /// Who approves that a department's matters are filed.
    pub fn head(&self, department: DepartmentId) -> Option<&'a Colleague> {
        self.first(department, Role::Head)
            .or_else(|| self.draw(&mut Dice::of("filing"), |one| u64::from(one.is(Role::SiteManager))))
    }

    /// Who answers for a team's order, as the product finds them.
    pub fn supervisor(&self, department: DepartmentId) -> Option<StaffId> {
        let one = self.first(department, Role::Supervisor).or_else(|| self.first(department, Role::Head));
        one.map(|colleague| colleague.staff.id)
    }

    fn first(&self, department: DepartmentId, role: Role) -> Option<&'a Colleague> {
        let theirs = self.colleagues.iter().filter(|colleague| colleague.staff.department.id == department);
        theirs.filter(|colleague| colleague.is(role)).min_by_key(|colleague| colleague.staff.id).copied()
    }

    /// Who checks what somebody did: their department's supervisor, else its head; never themselves.
    pub fn checker(&self, hand: &Colleague) -> Option<&'a Colleague> {
        let department = hand.staff.department.id;
        let known = [Role::Supervisor, Role::Head].into_iter().filter_map(|role| self.first(department, role));
        known.filter(|one| one.staff.id != hand.staff.id).min_by_key(|one| one.is(Role::Head))
    }

    /// Somebody else of the same department who carries out orders.
    pub fn other_hand(&self, than: &Colleague) -> Option<&'a Colleague> {
        let others = self.colleagues.iter().filter(|one| one.staff.department.id == than.staff.department.id);
        others.filter(|one| one.is_in_the_field() && one.staff.id != than.staff.id).copied().next()
    }

    /// Puts a visit into the day of whoever is skilled and first free from `from` on.
    pub fn book(
        &mut self,
        department: DepartmentId,
        category: &str,
        from: Moment,
        work: Duration,
        dice: &mut Dice,
    ) -> Option<Visit<'a>> {
        let place = self.free_hand(department, category, from)?;
        let hand = *self.colleagues.get(place)?;
        let busy = self.busy.get_mut(place)?;
        let starts_at = from.max(*busy + Duration::seconds(dice.between(120, 900)));
        // A pause of the work leaves hands free again.
        *busy = starts_at + work + Duration::minutes(8);
        Some(Visit { hand, starts_at, work })
    }

    fn free_hand(&self, department: DepartmentId, category: &str, from: Moment) -> Option<usize> {
        let of_it = |one: &&Colleague| one.staff.department.id == department && one.can(Power::Work);
        let has_field = self.colleagues.iter().filter(|one| of_it(one)).any(|one| one.is_in_the_field());
        let candidates = self.colleagues.iter().zip(&self.busy).enumerate().filter(|(_, (one, _))| of_it(one));
        candidates
            .filter(|(_, (one, _))| one.is_in_the_field() || !has_field)
            .min_by_key(|(_, (one, busy))| {
                let wait = (**busy - from).num_minutes().max(0);
                // Worth waiting an hour for whoever knows the trade; heads and supervisors help out last.
                let skilled = one.skills.iter().any(|skill| skill == category);
                let cost = wait + if skilled { 0 } else { 60 } + if one.is(Role::Supervisor) { 45 } else { 0 };
                (cost, **busy)
            })
            .map(|(place, _)| place)
    }

    /// When a department goes out, at the earliest from this instant on.
    pub fn field_time(&self, department: &str, urgency: Urgency, at: Moment, dice: &mut Dice) -> Moment {
        self.clock.within(at, clock::field(department, urgency), dice)
    }
}
