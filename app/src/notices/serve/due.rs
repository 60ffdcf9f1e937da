use super::super::rules::Due;
use super::super::store;
use super::{publish, record};
use crate::backend::Backend;
use crate::call::Call;
use crate::due::{Turn, look};
use crate::fault::Fault;
use crate::ids::{EstateId, NoticeId};
use uuid::Uuid;

/// What comes out or is over by itself, whoever asks. Whether there was any.
pub async fn settle_due(backend: &Backend) -> Result<bool, Fault> {
    look("notices", |aside| turn(backend, aside)).await
}

async fn turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, id)) = store::find_due(call.db(), &aside, now).await? else {
        return Ok(Turn::Over);
    };
    Ok(Turn::of(id.0, settle(call, estate, id).await))
}

async fn settle(mut call: Call, estate: EstateId, id: NoticeId) -> Result<(), Fault> {
    let now = call.now;
    let mut notice = store::lock(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    match notice.due(now) {
        // Another replica, or somebody in the office, was faster.
        None => {}
        Some(Due::Publish) => {
            publish(&mut call, &mut notice, now).await?;
            call.note(record(&notice, "published")).await?;
        }
        Some(Due::Expire) => {
            notice.expire(now)?;
            store::save(call.db(), &mut notice).await?;
            call.note(record(&notice, "expired")).await?;
        }
    }
    call.commit(()).await
}
