//! SQL of photos that come in parts.

use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, Key, PhotoId};
use crate::moment::Moment;
use crate::people::{Limit, allow};
use chrono::Duration;
use sqlx::PgConnection;
use uuid::Uuid;

/// How long an upload may go on, and its key says which photo it became.
const KEPT_FOR: Duration = Duration::hours(72);

/// A file that is to come in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announced {
    /// How many bytes.
    pub size: i32,
    /// Their SHA-256.
    pub digest: [u8; 32],
}

/// A photo on its way in parts.
#[derive(Clone, Copy, Debug)]
pub struct Upload {
    /// Where it goes.
    pub estate: EstateId,
    /// Whose it is.
    pub account: AccountId,
    /// The photo's key.
    pub key: Key,
    /// The file.
    pub announced: Announced,
    /// Bytes that have come.
    pub arrived: i32,
    /// What it became.
    pub photo: Option<PhotoId>,
}

/// Begins an upload, or finds it; under its key nothing else is sent. Of all that an account began and did not end the
/// last twenty are kept.
pub async fn begin_upload(
    db: &mut PgConnection,
    estate: EstateId,
    account: AccountId,
    key: Key,
    announced: &Announced,
    now: Moment,
) -> Result<Upload, Fault> {
    let begun = sqlx::query!(
        "insert into upload (estate_id, account_id, key, size, digest, begun_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (account_id, key) do nothing",
        estate.0,
        account.0,
        key.0,
        announced.size,
        &announced.digest[..],
        now,
    )
    .execute(&mut *db)
    .await?;
    if begun.rows_affected() > 0 {
        // Parts are stored before the photo counts as one that was sent.
        allow(&mut *db, Limit::UPLOAD_BEGUN, &account.to_string(), now).await?;
    }
    let upload = lock_upload(&mut *db, account, key).await?.ok_or(Fault::Stale)?;
    if upload.estate != estate || upload.announced != *announced {
        return Err(Fault::KeyReused);
    }
    sqlx::query!(
        "delete from upload where account_id = $1 and key in (
           select key from upload where account_id = $1 and photo_id is null and key <> $2
           order by begun_at desc, key offset 19)",
        account.0,
        key.0,
    )
    .execute(db)
    .await?;
    Ok(upload)
}

/// An upload of this account.
pub async fn find_upload(db: &mut PgConnection, account: AccountId, key: Key) -> Result<Option<Upload>, Fault> {
    let row = sqlx::query_as!(
        Row,
        r#"select estate_id as estate, account_id as account, key, size, digest, arrived, photo_id as photo
           from upload where account_id = $1 and key = $2"#,
        account.0,
        key.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// The same for whoever changes it: one at a time.
pub async fn lock_upload(db: &mut PgConnection, account: AccountId, key: Key) -> Result<Option<Upload>, Fault> {
    let row = sqlx::query_as!(
        Row,
        r#"select estate_id as estate, account_id as account, key, size, digest, arrived, photo_id as photo
           from upload where account_id = $1 and key = $2 for update"#,
        account.0,
        key.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

struct Row {
    estate: Uuid,
    account: Uuid,
    key: Uuid,
    size: i32,
    digest: Vec<u8>,
    arrived: i32,
    photo: Option<Uuid>,
}

impl Row {
    fn read(self) -> Result<Upload, Fault> {
        let digest = self.digest.try_into().map_err(|_| broken("an upload without a digest", &self.key))?;
        Ok(Upload {
            estate: EstateId(self.estate),
            account: AccountId(self.account),
            key: Key(self.key),
            announced: Announced { size: self.size, digest },
            arrived: self.arrived,
            photo: self.photo.map(PhotoId),
        })
    }
}

/// Adds the next part to an upload that is locked.
pub async fn insert_part(db: &mut PgConnection, upload: &Upload, bytes: &[u8]) -> Result<(), Fault> {
    sqlx::query!(
        "insert into upload_part (estate_id, account_id, key, from_byte, bytes) values ($1, $2, $3, $4, $5)",
        upload.estate.0,
        upload.account.0,
        upload.key.0,
        upload.arrived,
        bytes,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update upload set arrived = arrived + octet_length($3::bytea) where account_id = $1 and key = $2",
        upload.account.0,
        upload.key.0,
        bytes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What has come of an upload, in order.
pub async fn list_parts(db: &mut PgConnection, upload: &Upload) -> Result<Vec<Vec<u8>>, Fault> {
    Ok(sqlx::query_scalar!(
        "select bytes from upload_part where estate_id = $1 and account_id = $2 and key = $3 order by from_byte",
        upload.estate.0,
        upload.account.0,
        upload.key.0,
    )
    .fetch_all(db)
    .await?)
}

/// It became a photo: its parts are no longer needed.
pub async fn end_upload(db: &mut PgConnection, upload: &Upload, photo: PhotoId) -> Result<(), Fault> {
    sqlx::query!(
        "update upload set photo_id = $3 where account_id = $1 and key = $2",
        upload.account.0,
        upload.key.0,
        photo.0,
    )
    .execute(&mut *db)
    .await?;
    drop_parts(db, upload).await
}

/// It will never be a photo.
pub async fn forget_upload(db: &mut PgConnection, upload: &Upload) -> Result<(), Fault> {
    sqlx::query!(
        "delete from upload where account_id = $1 and key = $2 and photo_id is null",
        upload.account.0,
        upload.key.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn drop_parts(db: &mut PgConnection, upload: &Upload) -> Result<(), Fault> {
    sqlx::query!(
        "delete from upload_part where estate_id = $1 and account_id = $2 and key = $3",
        upload.estate.0,
        upload.account.0,
        upload.key.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was begun too long ago.
pub(super) async fn sweep_uploads(db: &mut PgConnection, now: Moment) -> Result<(), Fault> {
    sqlx::query!("delete from upload where begun_at < $1", now - KEPT_FOR).execute(db).await?;
    Ok(())
}
