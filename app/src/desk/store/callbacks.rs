use super::super::model::Callback;
use crate::fault::Fault;
use crate::ids::{CallbackId, EstateId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;
use uuid::Uuid;

/// A slip: somebody to be called back.
pub async fn insert_callback(
    db: &mut PgConnection,
    estate: EstateId,
    callback: &Callback,
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into callback (estate_id, id, name, phone, words, due_at, taken_by, taken_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        estate.0,
        callback.id.0,
        callback.name,
        callback.phone,
        callback.words,
        callback.due_at,
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a slip; `None` where there is none, `false` where it was ended before.
pub async fn end_callback(
    db: &mut PgConnection,
    estate: EstateId,
    id: CallbackId,
    by: StaffId,
    now: Moment,
) -> Result<Option<bool>, Fault> {
    let row = sqlx::query!("select done_at from callback where estate_id = $1 and id = $2 for update", estate.0, id.0)
        .fetch_optional(&mut *db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    if row.done_at.is_some() {
        return Ok(Some(false));
    }
    sqlx::query!(
        "update callback set done_by = $3, done_at = $4 where estate_id = $1 and id = $2",
        estate.0,
        id.0,
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(Some(true))
}

/// The slips that wait, the next one first.
pub async fn list_callbacks(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Callback>, Fault> {
    let rows = sqlx::query!(
        "select c.id, c.name, c.phone, c.words, c.due_at, a.name as taken_by
         from callback c
         join staff_member m on m.estate_id = c.estate_id and m.id = c.taken_by
         join account a on a.id = m.account_id
         where c.estate_id = $1 and c.done_at is null order by c.due_at limit 30",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Callback {
            id: row.id.into(),
            name: row.name,
            phone: row.phone,
            words: row.words,
            due_at: row.due_at,
            taken_by: row.taken_by,
        })
        .collect())
}

/// A slip whose time has come.
pub struct DueCallback {
    /// Whose estate's.
    pub estate: EstateId,
    /// The slip.
    pub id: CallbackId,
    /// Whom to call.
    pub name: String,
    /// At which number.
    pub phone: String,
    /// Who took it.
    pub taken_by: StaffId,
}

/// Takes one slip whose time has come and which is not set aside, so that no other replica tells of it too.
pub async fn take_due_callback(
    db: &mut PgConnection,
    now: Moment,
    aside: &[Uuid],
) -> Result<Option<DueCallback>, Fault> {
    let row = sqlx::query!(
        "update callback set told_at = $1 where (estate_id, id) = (
           select estate_id, id from callback where due_at <= $1 and done_at is null and told_at is null
             and id <> all($2)
           order by due_at limit 1 for update skip locked)
         returning estate_id, id, name, phone, taken_by",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| DueCallback {
        estate: row.estate_id.into(),
        id: row.id.into(),
        name: row.name,
        phone: row.phone,
        taken_by: row.taken_by.into(),
    }))
}
