//! Several matters in one transaction: locked in one order, each undone alone where it cannot go.

use crate::fault::Fault;
use crate::ids::{EstateId, RequestId};
use sqlx::{Executor, PgConnection};

/// Locks the leads of the open incidents to which any of these requests belongs, in the order of their ids: whoever moves
/// an incident holds its lead first. Locks only; nothing is read.
pub async fn lock_leads(db: &mut PgConnection, estate: EstateId, ids: &[RequestId]) -> Result<(), Fault> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "select id from request where estate_id = $1 and id in (
           select i.lead_id from incident i
           where i.estate_id = $1 and i.stage = 'open' and (i.lead_id = any($2) or exists (
             select from incident_member m
             where m.estate_id = $1 and m.incident_id = i.id and m.request_id = any($2) and m.left_at is null)))
         order by id for update",
        estate.0,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// What is written from here on can be undone without the rest.
pub async fn set_mark(db: &mut PgConnection) -> Result<(), Fault> {
    db.execute("savepoint one_of_several").await?;
    Ok(())
}

/// What was written since the mark belongs to the rest.
pub async fn keep_since_mark(db: &mut PgConnection) -> Result<(), Fault> {
    db.execute("release savepoint one_of_several").await?;
    Ok(())
}

/// Undoes what was written since the mark, also where the database refused some of it.
pub async fn undo_since_mark(db: &mut PgConnection) -> Result<(), Fault> {
    db.execute("rollback to savepoint one_of_several; release savepoint one_of_several").await?;
    Ok(())
}
