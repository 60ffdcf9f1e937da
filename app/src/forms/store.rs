//! SQL of drafts.

use super::model::{Fields, Kept};
use crate::fault::Fault;
use crate::ids::{AccountId, DraftId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;

/// Keeps a form until `until`, and of all that this browser sent the last twenty.
pub async fn save(
    db: &mut PgConnection,
    id: DraftId,
    holder: &[u8],
    account: Option<AccountId>,
    kept: &Kept,
    until: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into draft (id, holder, account_id, form, fields, fault, kept_until) values ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        holder,
        account.map(|id| id.0),
        kept.form,
        Json(&kept.fields) as _,
        Json(&kept.fault) as _,
        until,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from draft where id in (select id from draft where holder = $1 order by kept_until desc offset 20)",
        holder,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A draft of this browser. One that an account sent opens for nobody else.
pub async fn find(
    db: &mut PgConnection,
    id: DraftId,
    holder: &[u8],
    account: Option<AccountId>,
    now: Moment,
) -> Result<Option<Kept>, Fault> {
    let row = sqlx::query!(
        r#"select form, fields as "fields: Json<Fields>", fault as "fault: Json<Option<Fault>>" from draft
           where id = $1 and holder = $2 and (account_id is null or account_id = $3) and kept_until > $4"#,
        id.0,
        holder,
        account.map(|id| id.0),
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Kept {
        form: row.form,
        fields: row.fields.0,
        fault: row.fault.and_then(|fault| fault.0),
        reply: None,
    }))
}

/// Forgets one that was shown.
pub async fn forget(db: &mut PgConnection, id: DraftId) -> Result<(), Fault> {
    sqlx::query!("delete from draft where id = $1", id.0).execute(db).await?;
    Ok(())
}

/// Forgets what is no longer kept.
pub async fn sweep(db: &mut PgConnection, now: Moment) -> Result<u64, Fault> {
    Ok(sqlx::query!("delete from draft where kept_until <= $1", now).execute(db).await?.rows_affected())
}
