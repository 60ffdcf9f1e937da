use super::super::model::{Role, Team};
use super::super::rules::Power;
use super::super::store;
use crate::call::Call;
use crate::fault::{Fault, Note};
use crate::happenings::Record;
use crate::ids::StaffId;
use crate::live::Room;
use serde_json::json;

/// Everybody may see who works here; only some may grant.
pub async fn team() -> Result<Team, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let colleagues = store::list_team(call.db(), staff.estate).await?;
    Ok(Team { colleagues, grantable: staff.grantable() })
}

/// Grants a role or takes it, where the rule allows it.
pub async fn change_role(id: StaffId, role: String, held: bool) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Grant)?;
    let role = Role::from_tag(&role).ok_or(Fault::field("role", Note::NotAChoice))?;
    let colleague = store::lock_colleague(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    staff.grant(role, &colleague.roles, colleague.department.id)?;
    let now = call.now;
    store::save_role(call.db(), staff.estate, id, role, held, staff.person.account, now).await?;
    let kind = if held { "role_granted" } else { "role_taken" };
    call.record(Record {
        estate: staff.estate,
        room: Room::People,
        subject: id.0,
        kind,
        is_public: false,
        unit: None,
        reader: None,
        details: json!({ "role": role }),
    })
    .await?;
    call.commit(()).await
}
