use super::super::model::Staff;
use super::{Power, Reach};
use crate::ids::DepartmentId;

impl Staff {
    /// Whether the figures of a department, and what its people did, are theirs to read: as far as they see matters.
    pub fn oversees(&self, department: DepartmentId) -> bool {
        let is_within = match self.scope().reach {
            Reach::Estate => true,
            Reach::Department(own) => own == department,
            Reach::Team(_) | Reach::Nothing => false,
        };
        is_within && self.can(Power::Oversee)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::staff;
    use crate::people::Role;
    use uuid::Uuid;

    #[test]
    fn whoever_oversees_reads_the_figures_of_what_they_see() {
        let reads = |roles: &[Role]| {
            let one = staff(roles);
            (one.oversees(one.department.id), one.oversees(Uuid::from_u128(1).into()))
        };
        assert_eq!([Role::Supervisor, Role::Head].map(|role| reads(&[role])), [(true, false); 2]);
        assert_eq!([Role::SiteManager, Role::Hq].map(|role| reads(&[role])), [(true, true); 2]);
        let others = [Role::Coordinator, Role::Technician, Role::Administrator];
        assert_eq!(others.map(|role| reads(&[role])), [(false, false); 3]);
        assert_eq!(reads(&[Role::Supervisor, Role::Receptionist]), (true, true), "several roles add up");
    }
}
