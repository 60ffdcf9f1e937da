use super::Role;
use crate::estate::DepartmentRef;
use crate::ids::StaffId;
use serde::{Deserialize, Serialize};

/// A member of staff, as a list shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// The membership.
    pub id: StaffId,
    /// Full name.
    pub name: String,
    /// Their department.
    pub department: DepartmentRef,
    /// What they do.
    pub roles: Vec<Role>,
    /// Office phone.
    pub phone: Option<String>,
}

/// The office's people, with the roles that the caller may grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Everybody who works there now.
    pub colleagues: Vec<Colleague>,
    /// Below the caller's own.
    pub grantable: Vec<Role>,
}
