use super::super::model::Manners;
use crate::fault::Fault;
use crate::ids::AccountId;
use crate::moment::Moment;
use crate::texts::Lang;
use sqlx::PgConnection;

/// The account that signs in with a name, and its password hash.
pub async fn find_sign_in(db: &mut PgConnection, sign_in: &str) -> Result<Option<(AccountId, String)>, Fault> {
    let row = sqlx::query!("select id, password_hash from account where sign_in = $1 and disabled_at is null", sign_in)
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| (row.id.into(), row.password_hash)))
}

/// The account of one of the demo's people.
pub async fn find_demo_sign_in(db: &mut PgConnection, sign_in: &str) -> Result<Option<AccountId>, Fault> {
    let id =
        sqlx::query_scalar!("select id from account where sign_in = $1 and is_demo and disabled_at is null", sign_in)
            .fetch_optional(db)
            .await?;
    Ok(id.map(Into::into))
}

/// The password hash and the names of an account.
pub async fn find_password(db: &mut PgConnection, account: AccountId) -> Result<(String, String, String), Fault> {
    let row =
        sqlx::query!("select password_hash, sign_in, name from account where id = $1", account.0).fetch_one(db).await?;
    Ok((row.password_hash, row.sign_in, row.name))
}

/// Stores another password hash.
pub async fn save_password(db: &mut PgConnection, account: AccountId, hash: &str) -> Result<(), Fault> {
    sqlx::query!("update account set password_hash = $2 where id = $1", account.0, hash).execute(db).await?;
    Ok(())
}

/// Stores how an account's pages look.
pub async fn save_manners(db: &mut PgConnection, account: AccountId, manners: Manners) -> Result<(), Fault> {
    sqlx::query!(
        "update account set lang = $2, theme = $3, large_text = $4 where id = $1",
        account.0,
        manners.lang.tag(),
        manners.theme.tag(),
        manners.large_text,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A new sign-in.
pub async fn insert_account(
    db: &mut PgConnection,
    id: AccountId,
    sign_in: &str,
    hash: &str,
    name: &str,
    lang: Lang,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into account (id, sign_in, password_hash, name, lang, created_at) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        sign_in,
        hash,
        name,
        lang.tag(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether an account acts for anybody who lives or works in a unit, or ever did.
pub async fn is_resident(db: &mut PgConnection, account: AccountId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from party_account where account_id = $1) as "exists!""#,
        account.0,
    )
    .fetch_one(db)
    .await?)
}
