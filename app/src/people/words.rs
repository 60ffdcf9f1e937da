//! What roles, occupancies and lapses are called.

use super::model::{LapseKind, OccupancyKind, Role};
use crate::texts::Texts;

/// What somebody in the office does, in a word.
pub fn role_word(t: Texts, role: Role) -> &'static str {
    match role {
        Role::Receptionist => t.role_receptionist(),
        Role::Assistant => t.role_assistant(),
        Role::Coordinator => t.role_coordinator(),
        Role::Technician => t.role_technician(),
        Role::Cleaner => t.role_cleaner(),
        Role::Guard => t.role_guard(),
        Role::Gardener => t.role_gardener(),
        Role::Supervisor => t.role_supervisor(),
        Role::Head => t.role_head(),
        Role::FeeCollector => t.role_fee_collector(),
        Role::SiteManager => t.role_site_manager(),
        Role::Hq => t.role_hq(),
        Role::Administrator => t.role_administrator(),
    }
}

/// In what capacity somebody occupies a unit.
pub fn occupancy_word(t: Texts, kind: OccupancyKind) -> &'static str {
    match kind {
        OccupancyKind::Owner => t.kind_owner(),
        OccupancyKind::Tenant => t.kind_tenant(),
        OccupancyKind::Relative => t.kind_relative(),
        OccupancyKind::Borrower => t.kind_borrower(),
    }
}

/// Where somebody fell short, in a word.
pub fn lapse_word(t: Texts, kind: LapseKind) -> &'static str {
    match kind {
        LapseKind::ForbiddenAnswer => t.lapse_forbidden_answer(),
        LapseKind::Discourtesy => t.lapse_discourtesy(),
        LapseKind::LateAnswer => t.lapse_late_answer(),
        LapseKind::PostEmpty => t.lapse_post_empty(),
    }
}
