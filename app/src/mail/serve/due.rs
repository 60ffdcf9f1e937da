use super::super::model::MailNews;
use super::super::store;
use super::{record, tell_home, telling};
use crate::backend::Backend;
use crate::call::Call;
use crate::due::{Turn, look};
use crate::fault::Fault;
use crate::ids::{EstateId, MailItemId};
use crate::messages::{self, About};
use crate::people::{self, Role};
use uuid::Uuid;

/// What was kept as long as it is kept: the desk, which sends it back, and its household are told, once. Whether there was
/// any.
pub async fn settle_due(backend: &Backend) -> Result<bool, Fault> {
    look("mail", |aside| turn(backend, aside)).await
}

async fn turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, id)) = store::find_over(call.db(), &aside, now).await? else {
        return Ok(Turn::Over);
    };
    Ok(Turn::of(id.0, settle(call, estate, id).await))
}

async fn settle(mut call: Call, estate: EstateId, id: MailItemId) -> Result<(), Fault> {
    let now = call.now;
    let mut item = store::lock_item(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    // Another replica, or somebody at the desk, was faster.
    if !item.is_over(now) || item.told_due_at.is_some() {
        return call.commit(()).await;
    }
    item.told_due_at = Some(now);
    store::save_item(call.db(), &mut item, None).await?;
    call.note(record(estate, id.0, "mail_over", Some(item.unit))).await?;
    let mut desk = Vec::new();
    for role in [Role::Receptionist, Role::Assistant, Role::Coordinator, Role::SiteManager] {
        if role != Role::SiteManager || desk.is_empty() {
            desk.extend(people::store::list_in_role(call.db(), estate, role, None).await?);
        }
    }
    let about = About { estate, request: None };
    messages::tell(&mut call, &desk, &telling(&item, MailNews::Over), about).await?;
    tell_home(&mut call, &item, MailNews::Over).await?;
    call.commit(()).await
}
