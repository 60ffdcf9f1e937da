use super::image::{HEAVIEST, Processed, process};
use super::{parts, store};
use crate::backend::{Backend, broken};
use crate::call::new_id;
use crate::fault::{Fault, Note};
use crate::forms::{Fields, reply_of};
use crate::ids::{EstateId, Key, PhotoId};
use crate::people::{Limit, Viewer, allow};
use crate::replay::{self, Once};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Where single photos are sent; their replies are kept under this name.
pub(super) const ENDPOINT: &str = "/photos";
/// The most of one photo's body that is read; what is above the limit is thrown away.
const MOST_READ: usize = 64_000_000;
/// How often, and how far apart, it is looked whether another request has stored the same photo.
const PATIENCE: u32 = 5;
const PAUSE: Duration = Duration::from_millis(200);
/// Files that may be on their way in at once: each is held whole until it is stored. The others wait unread.
static ARRIVALS: Semaphore = Semaphore::const_new(8);
/// A decoder takes up to half a gigabyte for a moment; the others wait.
static DECODERS: Semaphore = Semaphore::const_new(2);

#[derive(Serialize, Deserialize)]
struct Sent {
    id: PhotoId,
}

/// The reply to a photo, as it is kept for replays.
pub(super) fn reply(id: PhotoId) -> String {
    // Ids are hex and dashes.
    format!(r#"{{"id":"{id}"}}"#)
}

/// A file on its way in: hashed as it comes, kept only while it is wanted and not too heavy.
pub(super) struct Incoming {
    bytes: Vec<u8>,
    pub(super) hash: Sha256,
    pub(super) size: usize,
    /// Its place among the arrivals, as long as it is kept.
    place: Option<SemaphorePermit<'static>>,
}

impl Incoming {
    /// A file about to be read; one that is wanted waits for its place first.
    pub(super) async fn begin(is_wanted: bool) -> Self {
        let place = if is_wanted { ARRIVALS.acquire().await.ok() } else { None };
        Self { bytes: Vec::new(), hash: Sha256::new(), size: 0, place }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.size += chunk.len();
        if self.place.is_some() && self.size <= HEAVIEST {
            self.hash.update(chunk);
            self.bytes.extend_from_slice(chunk);
        } else {
            self.bytes = Vec::new();
            self.place = None;
        }
    }
}

/// Whether somebody may send photos to an estate: where they live or work.
pub(super) fn may_send(viewer: &Viewer, estate: EstateId) -> Result<(), Fault> {
    viewer.account()?;
    let works_there = viewer.staff().is_ok_and(|staff| staff.estate == estate);
    let lives_there = viewer.resident().is_ok_and(|resident| resident.homes.iter().any(|home| home.estate == estate));
    if works_there || lives_there { Ok(()) } else { Err(Fault::NotFound) }
}

/// One photo: who sends it, whether it came before, whether there are not too many; then it is made
/// anew, stored, and named by a row. The same key and bytes give the same id.
pub(super) async fn receive(
    backend: &Backend,
    viewer: &Viewer,
    estate: EstateId,
    key: Key,
    file: Incoming,
) -> Result<PhotoId, Fault> {
    may_send(viewer, estate)?;
    if file.size > HEAVIEST {
        return Err(Fault::field("photos", Note::TooHeavy(12)));
    }
    let (account, now) = (viewer.account()?, backend.clock.now());
    let body_hash = file.hash.chain_update(estate.0).finalize().to_vec();
    let once = Once { endpoint: ENDPOINT.to_owned(), key, body_hash };
    if let Some(id) = replayed(backend, viewer, &once).await? {
        return Ok(id);
    }
    let mut db = backend.pool.acquire().await?;
    allow(&mut db, Limit::UPLOAD, &account.to_string(), now).await?;
    drop(db);

    let mut photo = made_anew(file.bytes).await?;
    let large = Bytes::from(std::mem::take(&mut photo.large));
    let small = Bytes::from(std::mem::take(&mut photo.small));
    backend.photos.put(&photo.large_hash, large.clone()).await?;
    backend.photos.put(&photo.small_hash, small.clone()).await?;

    let id = new_id(now)?;
    let mut transaction = backend.pool.begin().await?;
    match replay::begin(&mut transaction, account.0, &once).await {
        Err(Fault::StillRunning) => {
            transaction.rollback().await?;
            return stored_by_another(backend, viewer, &once).await;
        }
        begun => begun?,
    }
    store::hold(&mut transaction, &photo).await?;
    // Nearly always there by now, unless a sweep went by in between.
    backend.photos.put(&photo.large_hash, large).await?;
    backend.photos.put(&photo.small_hash, small).await?;
    store::insert(&mut transaction, estate, id, &photo, account, now).await?;
    match replay::keep(&mut transaction, account.0, &once, &reply(id), now).await {
        Ok(()) => transaction.commit().await?,
        // The same photo came twice at once, and the other was faster.
        Err(Fault::Stale) => {
            transaction.rollback().await?;
            return replayed(backend, viewer, &once).await?.ok_or(Fault::Stale);
        }
        Err(fault) => return Err(fault),
    }
    Ok(id)
}

/// The same photo came twice at once, and the other is being stored: a moment's patience tells which it is.
async fn stored_by_another(backend: &Backend, viewer: &Viewer, once: &Once) -> Result<PhotoId, Fault> {
    for _ in 0..PATIENCE {
        tokio::time::sleep(PAUSE).await;
        if let Some(id) = replayed(backend, viewer, once).await? {
            return Ok(id);
        }
    }
    Err(Fault::StillRunning)
}

async fn replayed(backend: &Backend, viewer: &Viewer, once: &Once) -> Result<Option<PhotoId>, Fault> {
    let Some(stored) = replay::find(backend, viewer.account()?.0, once).await? else {
        return Ok(None);
    };
    let sent: Sent = serde_json::from_str(&stored?).map_err(|error| broken("a kept reply that is no photo", &error))?;
    Ok(Some(sent.id))
}

/// Decoding beside the async threads, two at a time; a caller who went away does not free the place early.
async fn made_anew(bytes: Vec<u8>) -> Result<Processed, Fault> {
    let place = DECODERS.acquire().await.map_err(|error| broken("no more photos are decoded", &error))?;
    let work = tokio::task::spawn_blocking(move || {
        let photo = process(&bytes);
        drop(place);
        photo
    });
    match work.await {
        Ok(photo) => photo.map_err(|note| Fault::field("photos", note)),
        Err(error) => {
            // A decoder that stumbles over a file is its problem in the log, and the sender's beside the field.
            tracing::error!(cause = %error, "a photo broke its decoder");
            Err(Fault::field("photos", Note::NotAnImage))
        }
    }
}

/// The routes of single photos, for a router whose layers put the [`Viewer`] into the extensions.
pub fn routes() -> Router<Backend> {
    Router::new()
        .route(ENDPOINT, post(send))
        .route(parts::PARTS, post(parts::begin).patch(parts::append).head(parts::look))
        .route("/photos/{estate}/{id}", get(large))
        .route("/photos/{estate}/{id}/small", get(small))
}

/// `POST /photos?estate=<id>&key=<uuid>`: the file itself as the body, at most 12 MB. The key may also be
/// the header `Idempotency-Key`. 201 and `{"id": …}`; 408 where it broke off; or a fault with its status. Where others stood
/// in its way it is not run again here: its body was read as it came, and is gone. Whoever sends it does so, under its key.
async fn send(State(backend): State<Backend>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let viewer = parts.extensions.get::<Viewer>().cloned().unwrap_or_default();
    let query = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes());
    match accept(&backend, &viewer, &query, &parts.headers, body).await {
        Ok(Some(id)) => created(id),
        Ok(None) => lost(),
        Err(fault) => reply_of(&fault),
    }
}

/// The line broke, or fell silent, before all of it had come: nothing is wrong with the file.
pub(super) fn lost() -> Response {
    StatusCode::REQUEST_TIMEOUT.into_response()
}

/// The answer to a photo that is there.
pub(super) fn created(id: PhotoId) -> Response {
    (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], reply(id)).into_response()
}

/// The estate that a photo is meant for, where this viewer may send one there.
pub(super) fn where_to(viewer: &Viewer, query: &Fields) -> Result<EstateId, Fault> {
    let estate = query.get("estate").and_then(|id| id.parse().ok()).ok_or(Fault::NotFound)?;
    may_send(viewer, estate).map(|()| estate)
}

/// The key under which a photo arrives once.
pub(super) fn key_of(query: &Fields, headers: &HeaderMap) -> Result<Key, Fault> {
    let key = query.get("key").or_else(|| headers.get("idempotency-key")?.to_str().ok());
    let key = key.ok_or(Fault::field("key", Note::Missing))?;
    key.parse().map_err(|_| Fault::field("key", Note::Malformed))
}

async fn accept(
    backend: &Backend,
    viewer: &Viewer,
    query: &Fields,
    headers: &HeaderMap,
    body: Body,
) -> Result<Option<PhotoId>, Fault> {
    let allowed = where_to(viewer, query);
    // Heard out even when it is refused: a browser that is cut off shows no answer.
    let mut file = Incoming::begin(allowed.is_ok()).await;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else { return Ok(None) };
        file.push(&chunk);
        if file.size > MOST_READ {
            break;
        }
    }
    let estate = allowed?;
    receive(backend, viewer, estate, key_of(query, headers)?, file).await.map(Some)
}

async fn large(State(backend): State<Backend>, path: Path<(String, String)>, request: Parts) -> Response {
    show(&backend, &path, &request, |files| files.large).await.unwrap_or_else(|fault| reply_of(&fault))
}

async fn small(State(backend): State<Backend>, path: Path<(String, String)>, request: Parts) -> Response {
    show(&backend, &path, &request, |files| files.small).await.unwrap_or_else(|fault| reply_of(&fault))
}

/// A file of a photo, to whoever may see it; to others there is no such photo.
async fn show(
    backend: &Backend,
    Path((estate, id)): &Path<(String, String)>,
    request: &Parts,
    which: impl FnOnce(store::Files) -> String,
) -> Result<Response, Fault> {
    let (Ok(estate), Ok(id)) = (estate.parse(), id.parse()) else {
        return Err(Fault::NotFound);
    };
    let viewer = request.extensions.get::<Viewer>().cloned().unwrap_or_default();
    let mut db = backend.pool.acquire().await?;
    let files = store::find_visible(&mut db, &viewer, estate, id).await?.ok_or(Fault::NotFound)?;
    drop(db);
    let hash = which(files);
    let tag = format!("\"{hash}\"");
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        // For a day, in this browser, and only for whoever is signed in now.
        (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
        (header::VARY, "cookie"),
        (header::ETAG, &tag),
    ];
    if has(&request.headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let bytes = backend.photos.get(&hash).await?.ok_or_else(|| broken("a photo lost its file", &hash))?;
    Ok((headers, bytes).into_response())
}

/// Whether the browser says that it has the content of this tag.
fn has(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag)
}
