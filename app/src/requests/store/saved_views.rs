use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, ViewId};
use crate::moment::Moment;
use crate::requests::model::{MOST_VIEWS, SavedView};
use sqlx::PgConnection;

/// The views that somebody keeps in an estate, as they were saved.
pub async fn list_views(db: &mut PgConnection, estate: EstateId, account: AccountId) -> Result<Vec<SavedView>, Fault> {
    Ok(sqlx::query_as!(
        SavedView,
        "select id, name, query from saved_view where estate_id = $1 and account_id = $2 order by saved_at, id limit $3",
        estate.0,
        account.0,
        i64::from(MOST_VIEWS),
    )
    .fetch_all(db)
    .await?)
}

/// Keeps a view. The same name again is the same view; a full shelf takes no other: `false`.
pub async fn save_view(
    db: &mut PgConnection,
    estate: EstateId,
    account: AccountId,
    view: &SavedView,
    at: Moment,
) -> Result<bool, Fault> {
    // One person's shelf is filled by one call at a time.
    sqlx::query!("select id from account where id = $1 for no key update", account.0).fetch_one(&mut *db).await?;
    let saved = sqlx::query!(
        "insert into saved_view (estate_id, id, account_id, name, query, saved_at)
         select $1, $2, $3, $4, $5, $6
         where (select count(*) from saved_view where estate_id = $1 and account_id = $3 and name <> $4) < $7
         on conflict (estate_id, account_id, name) do update set query = excluded.query",
        estate.0,
        view.id.0,
        account.0,
        view.name,
        view.query,
        at,
        i64::from(MOST_VIEWS),
    )
    .execute(db)
    .await?;
    Ok(saved.rows_affected() == 1)
}

/// Gives a view of theirs another name; whether there is such a view.
pub async fn rename_view(
    db: &mut PgConnection,
    estate: EstateId,
    account: AccountId,
    id: ViewId,
    name: &str,
) -> Result<bool, Fault> {
    let renamed = sqlx::query!(
        "update saved_view set name = $4 where estate_id = $1 and account_id = $2 and id = $3",
        estate.0,
        account.0,
        id.0,
        name,
    )
    .execute(db)
    .await?;
    Ok(renamed.rows_affected() == 1)
}

/// Forgets a view of theirs; whether there was one.
pub async fn delete_view(
    db: &mut PgConnection,
    estate: EstateId,
    account: AccountId,
    id: ViewId,
) -> Result<bool, Fault> {
    let gone = sqlx::query!(
        "delete from saved_view where estate_id = $1 and account_id = $2 and id = $3",
        estate.0,
        account.0,
        id.0,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() == 1)
}
