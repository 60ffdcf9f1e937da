use crate::fault::Fault;
use crate::ids::{EstateId, ScreenId};
use crate::moment::Moment;
use sqlx::PgConnection;

/// Stores that a browser asks to be let in, by the hashes of its secret and its code.
pub async fn insert_ask(
    db: &mut PgConnection,
    secret_hash: &[u8],
    code_hash: &[u8],
    now: Moment,
    until: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into screen_ask (secret_hash, code_hash, asked_at, expires_at) values ($1, $2, $3, $4)",
        secret_hash,
        code_hash,
        now,
        until,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether the browser of a secret was let in; none where it does not ask any more.
pub async fn find_ask(db: &mut PgConnection, secret_hash: &[u8], now: Moment) -> Result<Option<bool>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select screen_id is not null as "is_let_in!" from screen_ask where secret_hash = $1 and expires_at > $2"#,
        secret_hash,
        now,
    )
    .fetch_optional(db)
    .await?)
}

/// Locks who shows a code and was not let in yet: the hash of their secret.
pub async fn lock_ask(db: &mut PgConnection, code_hash: &[u8], now: Moment) -> Result<Option<Vec<u8>>, Fault> {
    Ok(sqlx::query_scalar!(
        "select secret_hash from screen_ask where code_hash = $1 and expires_at > $2 and screen_id is null for update",
        code_hash,
        now,
    )
    .fetch_optional(db)
    .await?)
}

/// Lets one in, as a screen.
pub async fn grant_ask(
    db: &mut PgConnection,
    secret_hash: &[u8],
    estate: EstateId,
    screen: ScreenId,
) -> Result<(), Fault> {
    sqlx::query!(
        "update screen_ask set estate_id = $2, screen_id = $3 where secret_hash = $1",
        secret_hash,
        estate.0,
        screen.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The screen that the browser of a secret was let in as, where it still is one. It asks no more: nobody takes it twice.
pub async fn take_ask(
    db: &mut PgConnection,
    secret_hash: &[u8],
    now: Moment,
) -> Result<Option<(EstateId, ScreenId)>, Fault> {
    let row = sqlx::query!(
        r#"delete from screen_ask k using screen s
           where k.secret_hash = $1 and k.expires_at > $2 and s.estate_id = k.estate_id and s.id = k.screen_id
             and s.revoked_at is null and s.token_hash is null
           returning s.estate_id as "estate_id!", s.id as "id!""#,
        secret_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.id.into())))
}

/// Forgets those whose time is over.
pub async fn sweep(db: &mut PgConnection, now: Moment) -> Result<(), Fault> {
    sqlx::query!("delete from screen_ask where expires_at <= $1", now).execute(db).await?;
    Ok(())
}
