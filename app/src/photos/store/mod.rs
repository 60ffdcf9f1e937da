//! Where photos lie, and the SQL of whose they are and on what they hang.

mod uploads;

pub use uploads::*;

use super::image::Processed;
use crate::backend::{Backend, broken};
use crate::fault::{Fault, Note};
use crate::ids::{AccountId, EstateId, OrderId, PhotoId, RequestId};
use crate::moment::Moment;
use crate::people::{Reach, Scope, Viewer};
use crate::replay;
use crate::work::Order;
use axum::body::Bytes;
use chrono::Duration;
use futures::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use sqlx::PgConnection;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::sync::Arc;

/// How long a photo waits for the report that it was sent for.
const LOOSE_FOR: Duration = Duration::hours(24);

/// The bytes of all photos, each file under the SHA-256 of its content. Cheap to clone.
#[derive(Clone, Debug)]
pub struct PhotoStore(Arc<dyn ObjectStore>);

impl PhotoStore {
    /// A folder, made if it is missing: for its owner's eyes only.
    pub fn folder(path: &std::path::Path) -> std::io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        let folder = LocalFileSystem::new_with_prefix(path).map_err(std::io::Error::other)?;
        // Whoever was told that a photo arrived finds it again after a power cut.
        Ok(Self(Arc::new(folder.with_fsync(true))))
    }

    /// Nothing outlives the process: for tests.
    pub fn memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Stores bytes under their hash; what lies there whole already stays.
    pub async fn put(&self, hash: &str, bytes: Bytes) -> Result<(), Fault> {
        let place = place(hash);
        match self.0.head(&place).await {
            Ok(found) if found.size == bytes.len() as u64 => return Ok(()),
            Ok(_) | Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(broken("the photo store did not answer", &error)),
        }
        self.0.put(&place, bytes.into()).await.map_err(|error| broken("a photo could not be stored", &error))?;
        Ok(())
    }

    /// The bytes of a hash.
    pub async fn get(&self, hash: &str) -> Result<Option<Bytes>, Fault> {
        let read = async { self.0.get(&place(hash)).await?.bytes().await };
        match read.await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(broken("a photo could not be read", &error)),
        }
    }

    /// The paths of all files with their sizes in bytes, for a dump.
    pub async fn list(&self) -> Result<Vec<(String, u64)>, Fault> {
        let files = self.0.list(None).map_ok(|file| (file.location.to_string(), file.size));
        files.try_collect().await.map_err(|error| broken("the photos could not be listed", &error))
    }

    async fn remove(&self, hash: &str) -> Result<(), Fault> {
        match self.0.delete(&place(hash)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(broken("a photo could not be removed", &error)),
        }
    }
}

/// Two levels of folders keep each of them short.
fn place(hash: &str) -> Path {
    let (first, second) = (hash.get(..2).unwrap_or("__"), hash.get(2..4).unwrap_or("__"));
    Path::from_iter([first, second, &format!("{hash}.jpg")])
}

/// A photo's files, for somebody who may see it.
#[derive(Debug)]
pub struct Files {
    /// The name of the large one.
    pub large: String,
    /// The name of the thumbnail.
    pub small: String,
}

/// Keeps the sweep from removing files that the photo of this transaction is about to name.
pub async fn hold(db: &mut PgConnection, photo: &Processed) -> Result<(), Fault> {
    let hashes = [photo.large_hash.clone(), photo.small_hash.clone()];
    sqlx::query!(
        r#"select pg_advisory_xact_lock_shared(hashtextextended(hash, 0)) as "held: ()"
           from (select hash from unnest($1::text[]) as files (hash) order by hash) as sorted"#,
        &hashes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A new photo; it hangs nowhere yet.
pub async fn insert(
    db: &mut PgConnection,
    estate: EstateId,
    id: PhotoId,
    photo: &Processed,
    sent_by: AccountId,
    now: Moment,
) -> Result<(), Fault> {
    // JPEG sides fit 16 bits.
    let (width, height) = (photo.width as i32, photo.height as i32);
    sqlx::query!(
        "insert into photo (estate_id, id, hash, thumb_hash, width, height, sent_by, sent_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        estate.0,
        id.0,
        photo.large_hash,
        photo.small_hash,
        width,
        height,
        sent_by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Hangs loose photos of that sender on a request, or on one of its orders: all of them, or a note at
/// the field `photos`, and then the transaction must not be committed.
pub async fn attach(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[PhotoId],
    sent_by: AccountId,
    request: RequestId,
    order: Option<OrderId>,
) -> Result<(), Fault> {
    if ids.is_empty() {
        return Ok(());
    }
    let theirs: Vec<_> = ids.iter().map(|id| id.0).collect();
    let done = sqlx::query!(
        "update photo set request_id = $4, order_id = $5
         where estate_id = $1 and id = any($2) and sent_by = $3 and request_id is null",
        estate.0,
        &theirs,
        sent_by.0,
        request.0,
        order.map(|id| id.0),
    )
    .execute(db)
    .await?;
    if done.rows_affected() == ids.len() as u64 { Ok(()) } else { Err(Fault::field("photos", Note::NotYourPhoto)) }
}

/// Hangs loose photos of that sender on an order: from before the work, or of its result (`after`). All of them, or a
/// note at the field `photos`, and then the transaction must not be committed.
pub async fn attach_to_order(
    db: &mut PgConnection,
    order: &Order,
    ids: &[PhotoId],
    sent_by: AccountId,
    phase: &str,
) -> Result<(), Fault> {
    attach(&mut *db, order.estate, ids, sent_by, order.request, Some(order.id)).await?;
    let theirs: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!("update photo set phase = $3 where estate_id = $1 and id = any($2)", order.estate.0, &theirs, phase,)
        .execute(db)
        .await?;
    Ok(())
}

/// The files of a photo that this viewer may see: its sender, staff in whose scope its request lies, the
/// one who reported it, and whoever occupies its unit since before it was reported. What came with an
/// internal note stays with staff.
pub async fn find_visible(
    db: &mut PgConnection,
    viewer: &Viewer,
    estate: EstateId,
    id: PhotoId,
) -> Result<Option<Files>, Fault> {
    let Ok(account) = viewer.account() else {
        return Ok(None);
    };
    let scope = viewer.staff().ok().map(|staff| staff.scope());
    let scope = scope.filter(|scope| scope.estate == estate && scope.reach != Reach::Nothing);
    let homes = viewer.resident().map(|resident| resident.homes).unwrap_or_default();
    let (units, since): (Vec<_>, Vec<_>) = homes.iter().map(|home| (home.unit.id.0, home.from_on)).unzip();
    let row = sqlx::query!(
        "select p.hash, p.thumb_hash
         from photo p left join request r on r.estate_id = p.estate_id and r.id = p.request_id
         where p.estate_id = $1 and p.id = $2 and (
           p.sent_by = $3
           or ($4 and r.id is not null and ($5::uuid is null or is_seen_by($5, r.estate_id, r.id, case when $8 then r.department_id end)))
           or ((r.reporter_id = $3 or is_of_homes($6, $7, r.estate_id, r.unit_id, r.received_at))
               and not exists (
                  select from happening h
                  where h.estate_id = p.estate_id and h.subject_id = p.request_id and not h.is_public
                    and h.details -> 'photos' @> to_jsonb(p.id::text))))",
        estate.0,
        id.0,
        account.0,
        scope.is_some(),
        scope.and_then(|scope| scope.department()).map(|id| id.0),
        &units,
        &since,
        scope.is_some_and(Scope::before_orders),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Files { large: row.hash, small: row.thumb_hash }))
}

/// Forgets photos that nobody attached within a day, with the files that no other photo names. A file is
/// removed only after the rows are gone: broken off half-way, this leaves a file too many, never one too few. And
/// uploads that were begun three days ago.
pub async fn sweep(backend: &Backend, now: Moment) -> Result<(), Fault> {
    let before = now - LOOSE_FOR;
    let mut transaction = backend.pool.begin().await?;
    sweep_uploads(&mut transaction, now).await?;
    let rows = sqlx::query!(
        "delete from photo where request_id is null and sent_at < $1 returning id, sent_by, hash, thumb_hash",
        before,
    )
    .fetch_all(&mut *transaction)
    .await?;
    for row in &rows {
        replay::forget(&mut transaction, row.sent_by, super::serve::ENDPOINT, &super::serve::reply(row.id.into()))
            .await?;
    }
    transaction.commit().await?;

    let mut files: Vec<_> = rows.into_iter().flat_map(|row| [row.hash, row.thumb_hash]).collect();
    files.sort();
    files.dedup();
    for files in files.chunks(200) {
        remove_unused(backend, files).await?;
    }
    Ok(())
}

/// Removes files that no photo of any estate names. The locks keep out whoever is sending one of them.
async fn remove_unused(backend: &Backend, files: &[String]) -> Result<(), Fault> {
    let mut transaction = backend.pool.begin().await?;
    sqlx::query!(
        r#"select pg_advisory_xact_lock(hashtextextended(hash, 0)) as "held: ()"
           from (select hash from unnest($1::text[]) as files (hash) order by hash) as sorted"#,
        files,
    )
    .execute(&mut *transaction)
    .await?;
    let unused = sqlx::query_scalar!(
        r#"select hash as "hash!" from unnest($1::text[]) as files (hash)
           except (select hash from photo where hash = any($1) union all select thumb_hash from photo where thumb_hash = any($1))"#,
        files,
    )
    .fetch_all(&mut *transaction)
    .await?;
    for hash in unused {
        backend.photos.remove(&hash).await?;
    }
    transaction.commit().await?;
    Ok(())
}
