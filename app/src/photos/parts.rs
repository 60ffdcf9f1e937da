//! Large photos in parts (in the spirit of the IETF's *Resumable Uploads for HTTP*, with its header): a phone in a lift
//! loses its signal half-way, and goes on from where it was. The last part makes the photo, as if it had come at once.

use super::image::HEAVIEST;
use super::serve::{Incoming, created, key_of, lost, may_send, receive, where_to};
use super::store::{self, Announced, Upload};
use crate::backend::Backend;
use crate::fault::{Fault, Note};
use crate::forms::{Fields, reply_of};
use crate::ids::PhotoId;
use crate::people::Viewer;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use sha2::Digest;

/// Where the parts of photos are sent.
pub(super) const PARTS: &str = "/photos/parts";
/// The most bytes of one part.
const HEAVIEST_PART: usize = 512 * 1024;
/// The header that says how many bytes have come.
const OFFSET: &str = "upload-offset";

/// How an upload stands.
enum Standing {
    /// So many bytes have come.
    At(i32),
    /// So many bytes have come, and it was not from there that this part went on.
    Elsewhere(i32),
    /// More bytes than a part may have, or than were announced.
    TooHeavy,
    /// It is a photo.
    Done(PhotoId),
}

impl IntoResponse for Standing {
    fn into_response(self) -> Response {
        match self {
            Standing::At(offset) => [(OFFSET, offset.to_string())].into_response(),
            Standing::Elsewhere(offset) => {
                (StatusCode::CONFLICT, [(OFFSET, offset.to_string())], Json(Fault::Stale)).into_response()
            }
            Standing::TooHeavy => {
                let fault = Fault::field("photos", Note::TooHeavy(12));
                (StatusCode::PAYLOAD_TOO_LARGE, Json(fault)).into_response()
            }
            Standing::Done(id) => created(id),
        }
    }
}

fn answer(standing: Result<Standing, Fault>) -> Response {
    standing.map_or_else(|fault| reply_of(&fault), IntoResponse::into_response)
}

/// `POST /photos/parts?estate=<id>&key=<uuid>&size=<bytes>&digest=<hex>`: begins an upload of the file with this SHA-256,
/// or finds it. 200 and `Upload-Offset`, the byte from which it goes on; 201 and `{"id": …}` where it is a photo already;
/// or a fault with its status.
pub(super) async fn begin(State(backend): State<Backend>, request: Parts) -> Response {
    answer(begun(&backend, &request).await)
}

async fn begun(backend: &Backend, request: &Parts) -> Result<Standing, Fault> {
    let (viewer, query) = asked(request);
    let estate = where_to(&viewer, &query)?;
    let (account, key) = (viewer.account()?, key_of(&query, &request.headers)?);
    let size = query.get("size").and_then(|size| size.parse::<usize>().ok()).filter(|size| *size > 0);
    let size = size.ok_or(Fault::field("size", Note::Malformed))?;
    if size > HEAVIEST {
        return Err(Fault::field("photos", Note::TooHeavy(12)));
    }
    let digest = query.get("digest").and_then(digest_of).ok_or(Fault::field("digest", Note::Malformed))?;
    // At most twelve millions.
    let announced = Announced { size: size as i32, digest };
    let mut transaction = backend.pool.begin().await?;
    let upload = store::begin_upload(&mut transaction, estate, account, key, &announced, backend.clock.now()).await?;
    transaction.commit().await?;
    Ok(upload.photo.map_or(Standing::At(upload.arrived), Standing::Done))
}

/// `HEAD /photos/parts?key=<uuid>`: 200 and `Upload-Offset`; 404 where the caller began no such upload.
pub(super) async fn look(State(backend): State<Backend>, request: Parts) -> Response {
    answer(found(&backend, &request).await)
}

async fn found(backend: &Backend, request: &Parts) -> Result<Standing, Fault> {
    let (viewer, query) = asked(request);
    let (account, key) = (viewer.account()?, key_of(&query, &request.headers)?);
    let mut db = backend.pool.acquire().await?;
    let upload = store::find_upload(&mut db, account, key).await?.ok_or(Fault::NotFound)?;
    Ok(Standing::At(upload.arrived))
}

/// `PATCH /photos/parts?key=<uuid>` with `Upload-Offset`, and the bytes from there on, at most 512 KB. 200 and the new
/// `Upload-Offset`; 201 and `{"id": …}` after the last byte, and for an empty part behind it; 409 and the true
/// `Upload-Offset` where it is another; 413; 408 where it broke off; or a fault with its status.
pub(super) async fn append(State(backend): State<Backend>, request: Request) -> Response {
    let (request, body) = request.into_parts();
    let (mut bytes, mut chunks) = (Vec::new(), body.into_data_stream());
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else { return lost() };
        if bytes.len() + chunk.len() > HEAVIEST_PART {
            return Standing::TooHeavy.into_response();
        }
        bytes.extend_from_slice(&chunk);
    }
    answer(appended(&backend, &request, &bytes).await)
}

async fn appended(backend: &Backend, request: &Parts, bytes: &[u8]) -> Result<Standing, Fault> {
    let (viewer, query) = asked(request);
    let (account, key) = (viewer.account()?, key_of(&query, &request.headers)?);
    let offset = request.headers.get(OFFSET).and_then(|offset| offset.to_str().ok()?.parse::<i32>().ok());
    let offset = offset.ok_or(Fault::field(OFFSET, Note::Malformed))?;
    let mut transaction = backend.pool.begin().await?;
    let upload = store::lock_upload(&mut transaction, account, key).await?.ok_or(Fault::NotFound)?;
    may_send(&viewer, upload.estate)?;
    if let Some(photo) = upload.photo {
        return Ok(Standing::Done(photo));
    }
    if offset != upload.arrived {
        return Ok(Standing::Elsewhere(upload.arrived));
    }
    let arrived = offset + bytes.len() as i32;
    let size = upload.announced.size;
    if arrived > size {
        return Ok(Standing::TooHeavy);
    }
    // Whole parts but the last: rows are few, however large the photo.
    if arrived < size && bytes.len() < HEAVIEST_PART {
        return Err(Fault::field("photos", Note::Malformed));
    }
    if !bytes.is_empty() {
        store::insert_part(&mut transaction, &upload, bytes).await?;
    }
    transaction.commit().await?;
    if arrived < size {
        return Ok(Standing::At(arrived));
    }
    whole(backend, &viewer, &upload).await.map(Standing::Done)
}

/// All of it is there. What can be no photo is forgotten; what failed for another reason is tried again by an empty
/// part.
async fn whole(backend: &Backend, viewer: &Viewer, upload: &Upload) -> Result<PhotoId, Fault> {
    let mut file = Incoming::begin(true).await;
    let mut db = backend.pool.acquire().await?;
    for part in store::list_parts(&mut db, upload).await? {
        file.push(&part);
    }
    if file.size as i32 != upload.announced.size {
        // The same part came twice at once, and the other was faster.
        let upload = store::find_upload(&mut db, upload.account, upload.key).await?;
        return upload.and_then(|upload| upload.photo).ok_or(Fault::StillRunning);
    }
    drop(db);
    // Else the parts are of two files.
    let is_it = file.hash.clone().finalize()[..] == upload.announced.digest;
    let photo = match is_it {
        true => receive(backend, viewer, upload.estate, upload.key, file).await,
        false => Err(Fault::KeyReused),
    };
    let mut transaction = backend.pool.begin().await?;
    match &photo {
        Ok(photo) => store::end_upload(&mut transaction, upload, *photo).await?,
        Err(Fault::Invalid(_) | Fault::KeyReused) => store::forget_upload(&mut transaction, upload).await?,
        Err(_) => {}
    }
    transaction.commit().await?;
    photo
}

/// 64 hexadecimal digits.
fn digest_of(text: &str) -> Option<[u8; 32]> {
    let digits = text.bytes().map(|byte| char::from(byte).to_digit(16)).collect::<Option<Vec<u32>>>()?;
    let bytes = digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit) as u8);
    bytes.collect::<Vec<u8>>().try_into().ok().filter(|_| digits.len() == 64)
}

/// Who asks, and for what.
fn asked(request: &Parts) -> (Viewer, Fields) {
    let viewer = request.extensions.get::<Viewer>().cloned().unwrap_or_default();
    (viewer, Fields::parse(request.uri.query().unwrap_or_default().as_bytes()))
}
