use super::super::model::{IssuedInvitation, Role, Team};
use super::super::rules::Power;
use super::super::store::{self, Invitee};
use super::invitations::issue;
use crate::activities;
use crate::call::Call;
use crate::concierge;
use crate::desk;
use crate::estate;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::happenings::Record;
use crate::ids::{DepartmentId, StaffId};
use crate::work;
use serde_json::json;

/// Everybody may see who works here; only some may grant.
pub async fn team() -> Result<Team, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let now = call.now;
    let colleagues = store::list_team(call.db(), staff.estate).await?;
    let grantable = staff.grantable();
    let mut departments = match grantable.is_empty() {
        true => Vec::new(),
        false => estate::store::list_departments(call.db(), staff.estate).await?,
    };
    departments.retain(|department| staff.leads(&[], department.id).is_ok());
    let invited = match departments.is_empty() {
        true => Vec::new(),
        false => store::list_invited(call.db(), staff.estate, now).await?,
    };
    let invited = invited.into_iter().filter(|invited| staff.leads(&[invited.role], invited.department).is_ok());
    let makes_keys = staff.can(Power::Keys);
    let below = colleagues.iter().filter(|who| staff.notes_lapses_of(who).is_ok()).map(|who| who.id).collect();
    let mut left = store::list_left(call.db(), staff.estate).await?;
    left.retain(|who| staff.notes_lapses_of(who).is_ok());
    let (invited, wall) = (invited.collect(), call.wall());
    Ok(Team { colleagues, grantable, departments, invited, below, left, makes_keys, wall })
}

/// Grants a role or takes it, where the rule allows it.
pub async fn change_role(id: StaffId, role: String, held: bool) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Grant)?;
    let role = Role::from_tag(&role).ok_or(Fault::field("role", Note::NotAChoice))?;
    let colleague = store::lock_colleague(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    let changes = if held { staff.grant(role, &colleague)? } else { staff.take(role, &colleague)? };
    if changes {
        let now = call.now;
        store::save_role(call.db(), staff.estate, id, role, held, staff.person.account, now).await?;
        let kind = if held { "role_granted" } else { "role_taken" };
        call.record(Record::of_office(staff.estate, id.0, kind, json!({ "role": role }))).await?;
    }
    call.commit(()).await
}

/// Invites somebody to work here. The code leaves this function once and is stored nowhere.
pub async fn invite_colleague(
    name: String,
    phone: Option<String>,
    department: DepartmentId,
    role: String,
) -> Result<IssuedInvitation, Fault> {
    let mut notes = Notes::default();
    let name = notes.text("name", &name, 120);
    let phone = notes.optional("phone", phone.as_deref(), 40);
    let role = Role::from_tag(&role);
    if role.is_none() {
        notes.add("role", Note::NotAChoice);
    }
    notes.check()?;
    let role = role.ok_or(Fault::field("role", Note::NotAChoice))?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.leads(&[role], department)?;
    let departments = estate::store::list_departments(call.db(), staff.estate).await?;
    if !departments.iter().any(|other| other.id == department) {
        return Err(Fault::field("department", Note::NotAChoice));
    }
    let to = Invitee::Colleague { department, role, name, phone };
    let issued = issue(&mut call, &staff, &to, None).await?;
    call.record(Record::of_office(staff.estate, issued.id.0, "colleague_invited", json!({ "role": role }))).await?;
    call.commit_once(issued.clone(), &issued.without_code()).await
}

/// A colleague leaves: their sessions end, and what they hold is handed over.
pub async fn let_go(id: StaffId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Grant)?;
    let colleague = store::lock_colleague(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    staff.leads(&colleague.roles, colleague.department.id)?;
    let is_on_duty = store::must_be_relieved(call.db(), staff.estate, id).await?;
    if is_on_duty || desk::store::holds_any(call.db(), staff.estate, id).await? {
        return Err(Refusal::StillAnswers.into());
    }
    work::orphan(&mut call, &staff, id).await?;
    desk::take_back(&mut call, &staff, id).await?;
    concierge::hand_over(&mut call, &staff, id).await?;
    activities::hand_over(&mut call, &staff, id).await?;
    let now = call.now;
    store::end_membership(call.db(), staff.estate, id, now).await?;
    call.record(Record::of_office(staff.estate, id.0, "colleague_left", json!({}))).await?;
    call.commit(()).await
}
