use super::super::model::{ApiKey, Program};
use crate::fault::Fault;
use crate::ids::{ApiKeyId, EstateId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;

/// What other programs call an estate: the prefix of its codes, in small letters.
pub async fn find_jurisdiction(db: &mut PgConnection, estate: EstateId) -> Result<String, Fault> {
    Ok(sqlx::query_scalar!(r#"select lower(code_prefix) as "prefix!" from estate where id = $1"#, estate.0)
        .fetch_one(db)
        .await?)
}

/// The keys of an estate: those in use first, then the newest; at most 100.
pub async fn list_keys(db: &mut PgConnection, estate: EstateId) -> Result<Vec<ApiKey>, Fault> {
    let rows = sqlx::query!(
        "select k.id, k.name, k.prefix, a.name as made_by, k.made_at, k.used_at, k.revoked_at
         from api_key k join staff_member m on m.estate_id = k.estate_id and m.id = k.made_by
         join account a on a.id = m.account_id
         where k.estate_id = $1 order by k.revoked_at desc nulls first, k.made_at desc, k.id desc limit 100",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ApiKey {
            id: row.id.into(),
            name: row.name,
            prefix: row.prefix,
            made_by: row.made_by,
            made_at: row.made_at,
            used_at: row.used_at,
            revoked_at: row.revoked_at,
        })
        .collect())
}

/// Stores a new key, without its secret.
#[expect(clippy::too_many_arguments, reason = "a key's columns")]
pub async fn insert_key(
    db: &mut PgConnection,
    estate: EstateId,
    id: ApiKeyId,
    name: &str,
    prefix: &str,
    secret_hash: &[u8],
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into api_key (estate_id, id, name, prefix, secret_hash, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7)",
        estate.0,
        id.0,
        name,
        prefix,
        secret_hash,
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Locks a key of the estate: whether it still opens anything.
pub async fn lock_key(db: &mut PgConnection, estate: EstateId, id: ApiKeyId) -> Result<Option<bool>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select revoked_at is null as "is_open!" from api_key where estate_id = $1 and id = $2 for update"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?)
}

/// Marks a key as revoked.
pub async fn revoke_key(
    db: &mut PgConnection,
    estate: EstateId,
    id: ApiKeyId,
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update api_key set revoked_at = $3, revoked_by = $4 where estate_id = $1 and id = $2",
        estate.0,
        id.0,
        now,
        by.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The program of a secret's hash, and when its key was last used.
pub async fn find_program(
    db: &mut PgConnection,
    secret_hash: &[u8],
) -> Result<Option<(Program, Option<Moment>)>, Fault> {
    let row = sqlx::query!(
        r#"select k.id, k.estate_id, k.name, k.used_at, e.zone, lower(e.code_prefix) as "jurisdiction!"
           from api_key k join estate e on e.id = k.estate_id where k.secret_hash = $1 and k.revoked_at is null"#,
        secret_hash,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let (key, estate) = (row.id.into(), row.estate_id.into());
        (Program { key, estate, name: row.name, jurisdiction: row.jurisdiction, zone: row.zone }, row.used_at)
    }))
}

/// Notes the hour of a key's use; one that was revoked meanwhile stays as it is.
pub async fn touch_key(db: &mut PgConnection, estate: EstateId, id: ApiKeyId, now: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "update api_key set used_at = date_trunc('hour', $3::timestamptz) where estate_id = $1 and id = $2 and revoked_at is null",
        estate.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
