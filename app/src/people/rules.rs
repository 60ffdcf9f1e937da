use super::model::{Role, Staff};
use crate::fault::{Fault, Refusal};
use crate::ids::{DepartmentId, EstateId};

/// What a role allows (domain.md, *Powers*). Several roles add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Find residents and units, invite occupants.
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
}

impl Power {
    /// The powers of one role.
    pub fn of(role: Role) -> &'static [Power] {
        use Power::{Archive, Assign, Decline, Dispatch, Grant, MovePromise, Promise, Reception, Triage, Verify, Work};
        match role {
            Role::Receptionist | Role::Assistant => &[Reception, Promise],
            Role::Coordinator => &[Reception, Promise, Triage, Dispatch, Decline],
            Role::Technician | Role::Cleaner | Role::Guard | Role::Gardener => &[Work],
            Role::Supervisor => &[Promise, Assign, MovePromise, Work, Verify],
            Role::Head => &[Promise, Assign, MovePromise, Work, Verify, Archive, Grant],
            Role::SiteManager => {
                &[Reception, Promise, Triage, Dispatch, Assign, Decline, MovePromise, Work, Verify, Archive, Grant]
            }
            Role::Administrator => &[Grant],
            Role::FeeCollector | Role::Hq => &[],
        }
    }
}

/// How far a member of staff sees into an estate's matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Estate,
    /// Their department's.
    Department(DepartmentId),
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
            Reach::Department(id) => Some(id),
            Reach::Estate | Reach::Nothing => None,
        }
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

    /// The scope of every look-up of matters. The desk and the managers see the estate, a trade its department.
    pub fn scope(&self) -> Scope {
        let reach = self.roles.iter().map(|role| match role {
            Role::Receptionist | Role::Assistant | Role::Coordinator | Role::SiteManager | Role::Hq => Reach::Estate,
            Role::Supervisor | Role::Head if self.department.slug == "customer-service" => Reach::Estate,
            Role::Technician | Role::Cleaner | Role::Guard | Role::Gardener | Role::Supervisor | Role::Head => {
                Reach::Department(self.department.id)
            }
            Role::FeeCollector | Role::Administrator => Reach::Nothing,
        });
        let reach = reach.fold(Reach::Nothing, |widest, next| match (widest, next) {
            (Reach::Estate, _) | (_, Reach::Estate) => Reach::Estate,
            (Reach::Nothing, next) => next,
            (widest, _) => widest,
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
    /// they are lends it no height.
    pub fn grantable(&self) -> Vec<Role> {
        let granting = self.roles.iter().filter(|role| Power::of(**role).contains(&Power::Grant));
        let own = granting.map(|role| rank(*role)).max().unwrap_or(0);
        Role::ALL.into_iter().filter(|role| rank(*role) < own).collect()
    }

    /// Grants or takes a role of somebody with the given roles.
    pub fn grant(&self, role: Role, holds: &[Role], department: DepartmentId) -> Result<(), Fault> {
        self.needs(Power::Grant)?;
        let wide = self.roles.iter().any(|role| matches!(role, Role::SiteManager | Role::Administrator));
        if !wide && department != self.department.id {
            return Err(Fault::NotAllowed);
        }
        let grantable = self.grantable();
        let below = grantable.contains(&role) && holds.iter().all(|held| grantable.contains(held));
        if below { Ok(()) } else { Err(Refusal::RoleAboveOwn.into()) }
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
    use super::super::model::{Manners, Person, Role, Staff};
    use crate::estate::{DepartmentRef, Names};
    use uuid::Uuid;

    fn staff(roles: &[Role]) -> Staff {
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
}
