//! Who could go, in the order in which a dispatcher would think of them. It only suggests: somebody decides.

use super::super::model::{Candidate, Reason, Suggested, Task};
use crate::people::{Power, Role};
use crate::policy::Minute;
use crate::services::Urgency;

/// Knowing the building outweighs so many open orders.
const AREA_OUTWEIGHS: i64 = 2;

/// The candidates, the likeliest first, each with why. `now` is the time on the estate's wall.
///
/// Whoever looks after the matter goes before other departments, and hands before those who lead them. Then an
/// emergency asks first who is at work, anything else first who knows the trade; then load, where knowing the
/// building makes good for two orders.
pub fn suggest(candidates: Vec<Candidate>, task: &Task, now: Minute) -> Vec<Suggested> {
    let mut all: Vec<_> = candidates.into_iter().map(|candidate| weighed(candidate, task, now)).collect();
    all.sort_by(|(one, a), (other, b)| {
        one.cmp(other)
            .then_with(|| a.candidate.who.name.cmp(&b.candidate.who.name))
            .then_with(|| a.candidate.who.id.cmp(&b.candidate.who.id))
    });
    all.into_iter().map(|(_, suggested)| suggested).collect()
}

/// What speaks against somebody, the weightiest first.
type Weight = (bool, bool, bool, bool, i64);

fn weighed(candidate: Candidate, task: &Task, now: Minute) -> (Weight, Suggested) {
    let is_foreign = candidate.who.department.id != task.department;
    let leads = leads(&candidate.who.roles);
    let is_unskilled = task.category.is_some_and(|category| !candidate.skills.contains(&category));
    let is_near = task.building.is_some_and(|building| candidate.areas.contains(&building));
    let shift = shift(&candidate, now);
    let is_off = !matches!(shift, Reason::OnShift(_));
    let load = i64::from(candidate.load) - if is_near { AREA_OUTWEIGHS } else { 0 };
    let (first, second) =
        if task.urgency == Urgency::Emergency { (is_off, is_unskilled) } else { (is_unskilled, is_off) };
    let skill = task.category.map(|_| if is_unskilled { Reason::NoSkill } else { Reason::Skill });
    let reasons = [
        is_foreign.then_some(Reason::OtherDepartment),
        skill,
        is_near.then_some(Reason::Area),
        Some(shift),
        Some(Reason::Load(candidate.load)),
        leads.then_some(Reason::Leads),
    ];
    let reasons = reasons.into_iter().flatten().collect();
    ((is_foreign, leads, first, second, load), Suggested { candidate, reasons })
}

/// Whether none of their roles is one of the field's.
fn leads(roles: &[Role]) -> bool {
    let in_the_field = |role: &Role| Power::of(*role) == [Power::Work];
    !roles.iter().any(in_the_field)
}

fn shift(candidate: &Candidate, now: Minute) -> Reason {
    let on = candidate.hours.iter().find(|hours| hours.from <= now && now < hours.until);
    let later = candidate.hours.iter().find(|hours| now < hours.from);
    match (on, later) {
        (Some(on), _) => Reason::OnShift(on.until),
        (None, Some(later)) => Reason::Later(later.from),
        (None, None) => Reason::OffShift,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::{DepartmentRef, Names};
    use crate::ids::{BuildingId, DepartmentId, ItemId};
    use crate::people::Colleague;
    use crate::policy::Hours;
    use uuid::Uuid;

    const ENGINEERING: u128 = 1;
    const CLEANING: u128 = 2;
    const WATER: ItemId = ItemId(Uuid::from_u128(10));
    const POWER: ItemId = ItemId(Uuid::from_u128(11));
    const TOWER: BuildingId = BuildingId(Uuid::from_u128(20));
    const GARDEN: BuildingId = BuildingId(Uuid::from_u128(21));
    const NOON: Minute = 720;

    struct Somebody(Candidate);

    /// A technician of engineering who works from nine to six, with nothing to do.
    fn somebody(name: &str) -> Somebody {
        let names = Names { en: String::new(), hans: String::new(), hant: String::new() };
        Somebody(Candidate {
            who: Colleague {
                id: Uuid::from_u128(name.bytes().fold(0, |sum, byte| sum * 31 + u128::from(byte))).into(),
                name: name.to_owned(),
                department: DepartmentRef { id: Uuid::from_u128(ENGINEERING).into(), slug: String::new(), names },
                roles: vec![Role::Technician],
                phone: None,
            },
            skills: Vec::new(),
            areas: Vec::new(),
            hours: vec![Hours { from: 540, until: 1080 }],
            load: 0,
        })
    }

    impl Somebody {
        fn knows(mut self, skill: ItemId) -> Self {
            self.0.skills.push(skill);
            self
        }
        fn looks_after(mut self, building: BuildingId) -> Self {
            self.0.areas.push(building);
            self
        }
        fn has(mut self, orders: u32) -> Self {
            self.0.load = orders;
            self
        }
        fn works(mut self, from: Minute, until: Minute) -> Self {
            self.0.hours = vec![Hours { from, until }];
            self
        }
        fn has_the_day_off(mut self) -> Self {
            self.0.hours.clear();
            self
        }
        fn is(mut self, role: Role) -> Self {
            self.0.who.roles = vec![role];
            self
        }
        fn cleans(mut self) -> Self {
            self.0.who.department.id = Uuid::from_u128(CLEANING).into();
            self
        }
    }

    fn water(urgency: Urgency) -> Task {
        let department: DepartmentId = Uuid::from_u128(ENGINEERING).into();
        Task { department, category: Some(WATER), building: Some(TOWER), urgency }
    }

    fn order(task: Task, people: Vec<Somebody>) -> Vec<String> {
        let people = people.into_iter().map(|one| one.0).collect();
        suggest(people, &task, NOON).into_iter().map(|one| one.candidate.who.name).collect()
    }

    #[test]
    fn skill_goes_before_nearness() {
        let people = vec![somebody("near").looks_after(TOWER), somebody("skilled").knows(WATER)];
        assert_eq!(order(water(Urgency::Normal), people), ["skilled", "near"]);
    }

    #[test]
    fn of_two_who_know_the_trade_the_one_at_work_goes_first() {
        let people = vec![somebody("late").knows(WATER).works(1200, 1440), somebody("here").knows(WATER).has(9)];
        assert_eq!(order(water(Urgency::Normal), people), ["here", "late"]);
    }

    #[test]
    fn what_can_wait_waits_for_who_knows_the_trade() {
        let people = vec![somebody("here"), somebody("tomorrow").knows(WATER).has_the_day_off()];
        assert_eq!(order(water(Urgency::Normal), people), ["tomorrow", "here"]);
    }

    #[test]
    fn an_emergency_takes_who_is_at_work() {
        let people = vec![somebody("tomorrow").knows(WATER).has_the_day_off(), somebody("here")];
        assert_eq!(order(water(Urgency::Emergency), people), ["here", "tomorrow"]);
    }

    #[test]
    fn the_building_makes_good_for_two_orders_and_no_more() {
        let near = |orders| somebody("near").knows(WATER).looks_after(TOWER).has(orders);
        let far = || somebody("far").knows(WATER).looks_after(GARDEN).has(2);
        assert_eq!(order(water(Urgency::Normal), vec![far(), near(3)]), ["near", "far"]);
        assert_eq!(order(water(Urgency::Normal), vec![near(5), far()]), ["far", "near"]);
    }

    #[test]
    fn who_has_less_to_do_goes_first() {
        let people = ["three", "one", "two"].into_iter().zip([3, 1, 2]);
        let people = people.map(|(name, load)| somebody(name).knows(WATER).has(load)).collect();
        assert_eq!(order(water(Urgency::Urgent), people), ["one", "two", "three"]);
    }

    #[test]
    fn who_leads_helps_out_last() {
        let people = vec![somebody("head").is(Role::Head).knows(WATER), somebody("hand").has(7)];
        assert_eq!(order(water(Urgency::Normal), people), ["hand", "head"]);
    }

    #[test]
    fn other_departments_come_last() {
        let people = vec![somebody("cleaner").cleans().knows(WATER), somebody("head").is(Role::Head).has_the_day_off()];
        assert_eq!(order(water(Urgency::Emergency), people), ["head", "cleaner"]);
    }

    #[test]
    fn a_problem_without_a_category_asks_nobody_for_a_skill() {
        let task = Task { category: None, building: None, ..water(Urgency::Normal) };
        let people = vec![somebody("b").has(1), somebody("a").knows(POWER).has(2)];
        assert_eq!(order(task, people), ["b", "a"]);
        let reasons = suggest(vec![somebody("a").0], &task, NOON).remove(0).reasons;
        assert_eq!(reasons, [Reason::OnShift(1080), Reason::Load(0)]);
    }

    #[test]
    fn of_equals_the_order_is_always_the_same_and_every_reason_is_told() {
        let twins = || vec![somebody("lin"), somebody("chen")];
        assert_eq!(order(water(Urgency::Normal), twins()), ["chen", "lin"]);
        let guest = somebody("guest").cleans().is(Role::Supervisor).looks_after(TOWER).works(900, 1000).has(4);
        let reasons = suggest(vec![guest.0], &water(Urgency::Normal), NOON).remove(0).reasons;
        use Reason::{Area, Later, Leads, Load, NoSkill, OtherDepartment};
        assert_eq!(reasons, [OtherDepartment, NoSkill, Area, Later(900), Load(4), Leads]);
    }
}
