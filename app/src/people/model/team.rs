use super::Role;
use crate::estate::DepartmentRef;
use crate::ids::{DepartmentId, InvitationId, StaffId};
use crate::moment::{Moment, Wall};
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
    /// Where the caller may invite somebody to work; empty for those who may not.
    pub departments: Vec<DepartmentRef>,
    /// Who was invited to work there and has not come yet, as far as it is the caller's to withdraw.
    pub invited: Vec<InvitedColleague>,
    /// Those whose conduct is the caller's to note.
    #[serde(default)]
    pub below: Vec<StaffId>,
    /// Those who left and whose conduct is the caller's to read, the last one first.
    #[serde(default)]
    pub left: Vec<Colleague>,
    /// Whether the caller lets other programs in.
    #[serde(default)]
    pub makes_keys: bool,
    /// The clock to show times by.
    pub wall: Wall,
}

/// An invitation of a colleague that still stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedColleague {
    /// For withdrawing it.
    pub id: InvitationId,
    /// Full name.
    pub name: String,
    /// Into which department.
    pub department: DepartmentId,
    /// As what.
    pub role: Role,
    /// Its last moment.
    #[serde(deserialize_with = "crate::moment::read")]
    pub until: Moment,
}
