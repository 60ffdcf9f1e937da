mod conduct;
mod oversight;

use super::model::{Colleague, Occupancy, Role, Staff};
use crate::estate::DepartmentRef;
use crate::fault::{Fault, Note, Refusal};
use crate::ids::{DepartmentId, EstateId};
use chrono::NaiveDate;

/// What a role allows (domain.md, *Powers*). Several roles add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Find residents and units.
    Find,
    /// Invite and register occupants.
    Reception,
    /// Tell a resident a time.
    Promise,
    /// Decide what a report is and who answers for it.
    Triage,
    /// Issue an order to any department.
    Dispatch,
    /// Issue an order within one's own department.
    Assign,
    /// Decline, or name the request that it repeats.
    Decline,
    /// Move a time that a resident was told.
    MovePromise,
    /// Work on orders: one's own and the team's.
    Work,
    /// Check what others completed.
    Verify,
    /// Approve that a finished matter is filed (C3).
    Archive,
    /// Grant and take roles below one's own.
    Grant,
    /// Write and publish what the estate promises itself.
    Policy,
    /// Let other programs in, by keys.
    Keys,
    /// Ask residents again how a matter went, in which one had no hand (E2).
    FollowUp,
    /// Read how the whole does: figures over time, by person and department.
    Oversee,
    /// Draft notices and see them through, once the manager said yes (K1).
    Notices,
}

impl Power {
    /// The powers of one role.
    pub fn of(role: Role) -> &'static [Power] {
        use Power::{
            Archive, Assign, Decline, Dispatch, Find, FollowUp, Grant, Keys, MovePromise, Notices, Oversee, Policy,
            Promise, Reception, Triage, Verify, Work,
        };
        match role {
            Role::Receptionist => &[Find, Reception, Promise],
            Role::Assistant => &[Find, Reception, Promise, FollowUp, Notices],
            Role::Coordinator => &[Find, Reception, Promise, FollowUp, Notices, Triage, Dispatch, Decline],
            Role::Technician | Role::Cleaner | Role::Guard | Role::Gardener => &[Work],
            Role::Supervisor => &[Promise, FollowUp, Assign, MovePromise, Work, Verify, Oversee],
            Role::Head => &[Promise, FollowUp, Assign, MovePromise, Work, Verify, Archive, Grant, Oversee],
            Role::SiteManager => &[
                Find,
                Reception,
                Promise,
                FollowUp,
                Triage,
                Dispatch,
                Assign,
                Decline,
                MovePromise,
                Work,
                Verify,
                Archive,
                Grant,
                Policy,
                Keys,
                Oversee,
                Notices,
            ],
            Role::Administrator => &[Grant],
            Role::Hq => &[Find, Oversee],
            Role::FeeCollector => &[],
        }
    }
}

/// How far a member of staff sees into an estate's matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Estate,
    /// What their department looks after or was sent to.
    Department(DepartmentId),
    /// What their team was sent to: trades see no matter before there is an order.
    Team(DepartmentId),
    /// No matter at all: administrators and fee collectors.
    Nothing,
}

/// What a query may return to a member of staff; part of every look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The estate in which they work.
    pub estate: EstateId,
    /// How far into it.
    pub reach: Reach,
}

impl Scope {
    /// The department that the query is held to, if it is held to one.
    pub fn department(self) -> Option<DepartmentId> {
        match self.reach {
            Reach::Department(id) | Reach::Team(id) => Some(id),
            Reach::Estate | Reach::Nothing => None,
        }
    }

    /// Whether looking after a matter is enough to see it, without an order.
    pub fn before_orders(self) -> bool {
        !matches!(self.reach, Reach::Team(_))
    }
}

impl Staff {
    /// Whether any of the roles allows it.
    pub fn can(&self, power: Power) -> bool {
        self.roles.iter().any(|role| Power::of(*role).contains(&power))
    }

    /// `Ok` where any of the roles allows it.
    pub fn needs(&self, power: Power) -> Result<(), Fault> {
        if self.can(power) { Ok(()) } else { Err(Fault::NotAllowed) }
    }

    /// The scope of every look-up of matters: as far as the widest of their roles.
    pub fn scope(&self) -> Scope {
        let reach = self.roles.iter().map(|role| reach(*role, &self.department));
        let reach = reach.fold(Reach::Nothing, |widest, next| match (widest, next) {
            (Reach::Estate, _) | (_, Reach::Estate) => Reach::Estate,
            (Reach::Department(id), _) | (_, Reach::Department(id)) => Reach::Department(id),
            (Reach::Team(id), _) | (_, Reach::Team(id)) => Reach::Team(id),
            (Reach::Nothing, Reach::Nothing) => Reach::Nothing,
        });
        Scope { estate: self.estate, reach }
    }

    /// The scope for matters, or a refusal for those who see none.
    pub fn matters(&self) -> Result<Scope, Fault> {
        match self.scope() {
            Scope { reach: Reach::Nothing, .. } => Err(Fault::NotAllowed),
            scope => Ok(scope),
        }
    }

    /// The roles that this person may grant: all below the highest of their own that allows granting. What else
    /// they are lends it no height. Heads of trades grant no role that sees further than they do.
    pub fn grantable(&self) -> Vec<Role> {
        let granting = || self.roles.iter().copied().filter(|role| Power::of(*role).contains(&Power::Grant));
        let own = granting().map(rank).max().unwrap_or(0);
        let sees_all = |role: Role| reach(role, &self.department) == Reach::Estate;
        let is_wide = self.grants_everywhere() || granting().any(sees_all);
        let within = |role: &Role| is_wide || !sees_all(*role);
        Role::ALL.into_iter().filter(|role| rank(*role) < own).filter(within).collect()
    }

    /// Whether what they grant is not held to their department.
    fn grants_everywhere(&self) -> bool {
        self.roles.iter().any(|role| matches!(role, Role::SiteManager | Role::Administrator))
    }

    /// Whether somebody with these roles, in this department, is theirs to invite, to change and to let go.
    pub fn leads(&self, roles: &[Role], department: DepartmentId) -> Result<(), Fault> {
        self.needs(Power::Grant)?;
        if !self.grants_everywhere() && department != self.department.id {
            return Err(Fault::NotAllowed);
        }
        let grantable = self.grantable();
        if roles.iter().all(|role| grantable.contains(role)) { Ok(()) } else { Err(Refusal::RoleAboveOwn.into()) }
    }

    /// Grants a role to a colleague; `false` where they hold it already.
    pub fn grant(&self, role: Role, to: &Colleague) -> Result<bool, Fault> {
        self.leads(&to.roles, to.department.id)?;
        self.leads(&[role], to.department.id)?;
        Ok(!to.roles.contains(&role))
    }

    /// Takes a role from a colleague; `false` where they do not hold it. The last one stays: whoever works here
    /// does something.
    pub fn take(&self, role: Role, from: &Colleague) -> Result<bool, Fault> {
        self.leads(&from.roles, from.department.id)?;
        self.leads(&[role], from.department.id)?;
        if from.roles == [role] { Err(Refusal::LastRole.into()) } else { Ok(from.roles.contains(&role)) }
    }
}

/// How far a role sees, in a department. The desk and the managers see the estate, a trade what it was sent to.
fn reach(role: Role, department: &DepartmentRef) -> Reach {
    match role {
        Role::Receptionist | Role::Assistant | Role::Coordinator | Role::SiteManager | Role::Hq => Reach::Estate,
        Role::Supervisor | Role::Head if department.slug == "customer-service" => Reach::Estate,
        Role::Supervisor | Role::Head => Reach::Department(department.id),
        Role::Technician | Role::Cleaner | Role::Guard | Role::Gardener => Reach::Team(department.id),
        Role::FeeCollector | Role::Administrator => Reach::Nothing,
    }
}

impl Occupancy {
    /// Names the last day. It may have passed, since offices hear of it late; one that was named before and has
    /// passed stands, since what the occupants may see hung on it.
    pub fn end(&mut self, last_on: NaiveDate, today: NaiveDate) -> Result<(), Fault> {
        if self.to_on.is_some_and(|last| last < today) {
            return Err(Refusal::HasLeft.into());
        }
        if last_on < self.from_on {
            return Err(Fault::field("last_on", Note::BeforeTheFirst));
        }
        self.to_on = Some(last_on);
        Ok(())
    }
}

/// Who stands above whom: field and desk, supervisors, heads, managers, administrators.
fn rank(role: Role) -> u8 {
    match role {
        Role::Receptionist
        | Role::Assistant
        | Role::Technician
        | Role::Cleaner
        | Role::Guard
        | Role::Gardener
        | Role::FeeCollector => 1,
        Role::Coordinator | Role::Supervisor => 2,
        Role::Head => 3,
        Role::SiteManager | Role::Hq => 4,
        Role::Administrator => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Colleague, Manners, Occupancy, Person, Role, Staff};
    use crate::estate::{DepartmentRef, Names};
    use crate::fault::{Fault, Note, Refusal};
    use chrono::NaiveDate;
    use uuid::Uuid;

    pub(super) fn staff(roles: &[Role]) -> Staff {
        let nil = Uuid::nil();
        Staff {
            person: Person { account: nil.into(), name: String::new(), manners: Manners::default() },
            id: nil.into(),
            estate: nil.into(),
            zone: "UTC".to_owned(),
            department: DepartmentRef {
                id: nil.into(),
                slug: String::new(),
                names: Names { en: String::new(), hans: String::new(), hant: String::new() },
            },
            roles: roles.to_vec(),
        }
    }

    #[test]
    fn only_roles_that_grant_lend_height() {
        let head = staff(&[Role::Head]).grantable();
        assert!(head.contains(&Role::Supervisor) && !head.contains(&Role::Head));
        assert_eq!(staff(&[Role::Head, Role::Hq]).grantable(), head);
        assert!(staff(&[Role::Hq, Role::Coordinator]).grantable().is_empty());
    }

    #[test]
    fn heads_of_trades_grant_nothing_that_sees_further() {
        let head = staff(&[Role::Head]).grantable();
        assert!(head.contains(&Role::Technician) && !head.contains(&Role::Coordinator));
        assert!(!head.contains(&Role::Receptionist));
        let mut desk = staff(&[Role::Head]);
        desk.department.slug = "customer-service".to_owned();
        assert!(desk.grantable().contains(&Role::Coordinator));
        assert!(staff(&[Role::Administrator]).grantable().contains(&Role::Coordinator));
    }

    #[test]
    fn the_last_role_stays() {
        let head = staff(&[Role::Head]);
        let colleague = |roles: &[Role]| Colleague {
            id: Uuid::nil().into(),
            name: String::new(),
            department: head.department.clone(),
            roles: roles.to_vec(),
            phone: None,
        };
        let one = colleague(&[Role::Technician]);
        assert_eq!(head.take(Role::Technician, &one), Err(Refusal::LastRole.into()));
        assert_eq!(head.take(Role::Guard, &one), Ok(false));
        assert_eq!(head.take(Role::Guard, &colleague(&[Role::Guard, Role::Technician])), Ok(true));
        assert_eq!((head.grant(Role::Guard, &one), head.grant(Role::Technician, &one)), (Ok(true), Ok(false)));
    }

    #[test]
    fn a_last_day_follows_the_first_and_stands_once_it_has_passed() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        let nil = Uuid::nil();
        let mut occupancy = Occupancy {
            id: nil.into(),
            estate: nil.into(),
            unit: nil.into(),
            party: nil.into(),
            from_on: day(10),
            to_on: None,
        };
        assert_eq!(occupancy.end(day(9), day(20)), Err(Fault::field("last_on", Note::BeforeTheFirst)));
        assert_eq!(occupancy.end(day(25), day(20)), Ok(()));
        assert_eq!(occupancy.end(day(18), day(20)), Ok(()), "it was still to come");
        assert_eq!(occupancy.end(day(30), day(20)), Err(Refusal::HasLeft.into()));
        assert_eq!(occupancy.to_on, Some(day(18)));
    }
}
