//! Sending a form twice has one effect. Every write carries a key; its reply is stored in the same
//! transaction under account, endpoint and key. A replay gets that very reply again; another body
//! under the same key is refused, and so is another password. While the first is still at work the others do not wait
//! for it: they are told to ask again in a moment. A write in whose way others stood is run again, all of it. Rooms never see
//! any of this.

use crate::backend::Backend;
use crate::contention::{self, Again};
use crate::fault::Fault;
use crate::forms::Fields;
use crate::ids::Key;
use crate::moment::Moment;
use crate::people::Viewer;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::time::Duration;
use uuid::Uuid;

/// The longest form body, in bytes: texts only, photos travel on their own.
pub const LONGEST_FORM: usize = 256 * 1024;

/// How long a write waits for the same one that is still under way.
const A_MOMENT: Duration = Duration::from_millis(100);

/// What the form of this call carries.
#[derive(Clone, Debug)]
pub struct Once {
    /// The path of the server function.
    pub endpoint: String,
    /// The key of the form.
    pub key: Key,
    /// What was sent, without passwords.
    pub body_hash: Vec<u8>,
}

/// The layer around server functions: finds the key, runs what others stood in the way of again, and answers replays from the
/// stored reply. Beneath it, replies say in their extensions which fault they are.
pub async fn layer(State(backend): State<Backend>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LONGEST_FORM).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let fields = Fields::parse(&bytes);
    let Some(key) = fields.get("key").and_then(|key| key.parse::<Key>().ok()) else {
        return next.run(Request::from_parts(parts, Body::from(bytes))).await;
    };
    let once = Once { endpoint: parts.uri.path().to_owned(), key, body_hash: hash(&fields) };
    // Whether a password is the same as before nobody can tell: none is in the hash.
    let has_secrets = fields.iter().any(|(name, _)| Fields::is_secret(name));
    let account = parts.extensions.get::<Viewer>().map_or_else(Uuid::nil, Viewer::holder);
    parts.extensions.insert(once.clone());
    let attempt = || {
        let request = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
        parts.extensions.insert(Again);
        next.clone().run(request)
    };
    let reply = contention::persist(attempt, is_contended).await;
    if reply.status().is_success() || reply.status().is_redirection() {
        return reply;
    }
    match find(&backend, account, &once).await {
        Ok(Some(Ok(_))) if has_secrets => crate::forms::reply_of(&Fault::KeyReused),
        Ok(Some(Ok(stored))) => ([(header::CONTENT_TYPE, "application/json")], stored).into_response(),
        Ok(Some(Err(fault))) | Err(fault) => crate::forms::reply_of(&fault),
        Ok(None) => reply,
    }
}

fn is_contended(reply: &Response) -> bool {
    reply.extensions().get::<Fault>() == Some(&Fault::Contended)
}

/// Begins a write in its own transaction, as the only one of its account, endpoint and key: while another one runs,
/// wherever, this is [`Fault::StillRunning`]. It ends with the transaction, however that ends.
pub async fn begin(db: &mut PgConnection, account: Uuid, once: &Once) -> Result<(), Fault> {
    if is_free(db, account, once).await? {
        return Ok(());
    }
    // One that was refused is answered a moment before its transaction is over.
    tokio::time::sleep(A_MOMENT).await;
    if is_free(db, account, once).await? { Ok(()) } else { Err(Fault::StillRunning) }
}

async fn is_free(db: &mut PgConnection, account: Uuid, once: &Once) -> Result<bool, Fault> {
    let is_free = sqlx::query_scalar!(
        r#"select pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', $1::uuid, $2::text, $3::uuid), 1)) as "is_free!""#,
        account,
        once.endpoint,
        once.key.0,
    );
    Ok(is_free.fetch_one(db).await?)
}

/// Stores the reply beside what it replies to. A row that is there already ends this transaction.
pub async fn keep(db: &mut PgConnection, account: Uuid, once: &Once, reply: &str, at: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "insert into replay (account_id, endpoint, key, body_hash, reply, at) values ($1, $2, $3, $4, $5, $6)",
        account,
        once.endpoint,
        once.key.0,
        once.body_hash,
        reply,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets a reply that names something which is no longer there.
pub async fn forget(db: &mut PgConnection, account: Uuid, endpoint: &str, reply: &str) -> Result<(), Fault> {
    sqlx::query!("delete from replay where account_id = $1 and endpoint = $2 and reply = $3", account, endpoint, reply)
        .execute(db)
        .await?;
    Ok(())
}

/// The reply that a key got before, or why it may not be used again.
pub async fn find(backend: &Backend, account: Uuid, once: &Once) -> Result<Option<Result<String, Fault>>, Fault> {
    let row = sqlx::query!(
        "select body_hash, reply from replay where account_id = $1 and endpoint = $2 and key = $3",
        account,
        once.endpoint,
        once.key.0,
    )
    .fetch_optional(&backend.pool)
    .await?;
    Ok(row.map(
        |row| {
            if row.body_hash == once.body_hash { Ok(row.reply.unwrap_or_default()) } else { Err(Fault::KeyReused) }
        },
    ))
}

/// What a call of another program carries, under the key that it sent.
pub fn once(endpoint: &str, key: Key, fields: &Fields) -> Once {
    Once { endpoint: endpoint.to_owned(), key, body_hash: hash(fields) }
}

/// A hash of what was sent, whatever order and encoding it came in. Passwords stay out: a stored hash
/// of one would be a second, weaker place to guess it from.
fn hash(fields: &Fields) -> Vec<u8> {
    let mut pairs: Vec<_> = fields.iter().filter(|(name, _)| !Fields::is_secret(name)).collect();
    pairs.sort();
    let mut hasher = Sha256::new();
    for (name, value) in pairs {
        hasher.update((name.len() as u64).to_be_bytes());
        hasher.update(name.as_bytes());
        hasher.update((value.len() as u64).to_be_bytes());
        hasher.update(value.as_bytes());
    }
    hasher.finalize().to_vec()
}
