use super::model::{Fields, Kept, is_local};
use super::{sealed, store};
use crate::backend::{Backend, random};
use crate::call::new_id;
use crate::fault::Fault;
use crate::ids::DraftId;
use crate::people::Viewer;
use crate::photos;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use sha2::{Digest, Sha256};

/// The cookie that ties drafts to the browser that sent them.
pub const HOLDER: &str = "__Host-draft";
/// The `then` of forms that sign somebody in: the reply says where they start.
const WHERE_TO_START: &str = "{start}";
const KEPT_FOR: Duration = Duration::hours(1);
/// How long a reply may be looked at again.
const REPLY_KEPT_FOR: Duration = Duration::minutes(10);
/// The field by which a form asks that the next page shows its reply.
const SHOWS_REPLY: &str = "shows_reply";

impl Fields {
    /// Reads an urlencoded body.
    pub fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// Writes an urlencoded body.
    pub fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.iter()).finish()
    }

    /// What may be stored: no secrets, and no U+0000, which Postgres cannot hold.
    fn to_keep(&self) -> Self {
        let clean = self.iter().map(|(name, value)| (name.replace('\0', ""), value.replace('\0', "")));
        Self(clean.filter(|(name, _)| !Self::is_secret(name) && name != sealed::REPLY).collect())
    }
}

/// The layer around server functions that serves browsers without scripts: the same endpoints, but a
/// page as the answer. Files of a multipart form become photo ids, success leads on, a refusal keeps
/// what was typed and leads back to it.
pub async fn layer(State(backend): State<Backend>, request: Request, next: Next) -> Response {
    // What does not exist keeps nothing: a draft is named by its endpoint.
    if request.method() != Method::POST || !wants_page(request.headers()) || !exists(request.uri().path()) {
        return next.run(request).await;
    }
    let from = came_from(request.headers());
    let token = token(request.headers());
    let viewer = request.extensions().get::<Viewer>().cloned().unwrap_or_default();
    let form = request.uri().path().trim_start_matches("/api/").to_owned();
    let (mut parts, body) = request.into_parts();

    let (fields, refused) = if is_multipart(&parts.headers) {
        let whole = Request::from_parts(parts.clone(), body);
        match Multipart::from_request(whole, &()).await {
            Ok(parts) => photos::receive_form(&backend, &viewer, parts).await,
            Err(_) => return StatusCode::BAD_REQUEST.into_response(),
        }
    } else {
        match to_bytes(body, crate::replay::LONGEST_FORM).await {
            Ok(bytes) => (Fields::parse(&bytes), None),
            Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        }
    };

    let then = fields.get("then").filter(|path| is_local(path) || *path == WHERE_TO_START).map(str::to_owned);
    let (fault, reply) = match refused {
        Some(fault) => (Some(fault), None),
        None => {
            parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
            parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
            parts.headers.remove(header::CONTENT_LENGTH);
            let reply = next.run(Request::from_parts(parts, Body::from(fields.encode()))).await;
            read(reply).await
        }
    };
    let shows_reply = fields.get(SHOWS_REPLY).is_some();
    match (fault, reply) {
        (None, Some((headers, body))) if shows_reply => {
            let path = onward(then, &from, &body);
            let kept = Kept { form, fields: Fields::default(), fault: None, reply: Some(body.to_string()) };
            keep(&backend, &viewer, token, kept, &path, false, headers).await
        }
        (None, Some((headers, body))) => {
            let path = onward(then, &from, &body);
            lead(&path, headers)
        }
        (fault, _) => {
            let signed_out = fault == Some(Fault::SignedOut);
            let kept = Kept { form, fields: fields.to_keep(), fault: fault.filter(|_| !signed_out), reply: None };
            keep(&backend, &viewer, token, kept, &from, signed_out, HeaderMap::new()).await
        }
    }
}

/// The reply of the inner call: a fault, or headers and JSON.
async fn read(reply: Response) -> (Option<Fault>, Option<(HeaderMap, serde_json::Value)>) {
    let (parts, body) = reply.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap_or_default();
    if parts.status.is_success() {
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        return (None, Some((parts.headers, body)));
    }
    let fault = serde_json::from_slice(&bytes).unwrap_or(Fault::Broken { reference: String::new() });
    (Some(fault), None)
}

/// Keeps the form and leads back to its page, or to signing in first. A reply is sealed before it is
/// stored and kept for a few minutes only: it may carry what nobody else may ever read.
async fn keep(
    backend: &Backend,
    viewer: &Viewer,
    token: Option<String>,
    mut kept: Kept,
    from: &str,
    signed_out: bool,
    mut headers: HeaderMap,
) -> Response {
    let shows_reply = kept.reply.is_some();
    let stored = async {
        let token = match token {
            Some(token) => token,
            None => random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        // Set anew each time, so that it never ends before the draft does.
        let cookie = format!("{HOLDER}={token}; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
        let now = backend.clock.now();
        let id: DraftId = new_id(now)?;
        if let Some(reply) = kept.reply.take() {
            sealed::seal(&mut kept.fields, &reply, &token, id)?;
        }
        let until = now + if shows_reply { REPLY_KEPT_FOR } else { KEPT_FOR };
        let mut db = backend.pool.acquire().await?;
        store::save(&mut db, id, &hash(&token), viewer.account().ok(), &kept, until).await?;
        Ok::<_, Fault>(id)
    }
    .await;
    let page = without_kept(from);
    let page = match stored {
        Ok(id) => {
            let join = if page.contains('?') { '&' } else { '?' };
            format!("{page}{join}kept={id}")
        }
        // The fault itself is in the log; the page at least opens again.
        Err(_) => page,
    };
    let path = match (signed_out, shows_reply) {
        (true, _) => format!("/sign-in?next={}", encode(&page)),
        (false, true) => format!("{page}#reply"),
        (false, false) => format!("{page}#notes"),
    };
    lead(&path, headers)
}

fn lead(path: &str, from: HeaderMap) -> Response {
    let mut reply = StatusCode::SEE_OTHER.into_response();
    for cookie in from.get_all(header::SET_COOKIE) {
        reply.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    let path = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    reply.headers_mut().insert(header::LOCATION, path);
    reply
}

/// A fault as JSON with its true status: what scripts get.
pub fn reply_of(fault: &Fault) -> Response {
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(fault)).into_response()
}

/// The token of the browser that drafts belong to.
pub fn token(headers: &HeaderMap) -> Option<String> {
    crate::people::cookie(headers, HOLDER)
}

/// The token as it is stored: drafts are found by it, and never opened with it.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn exists(path: &str) -> bool {
    server_fn::axum::server_fn_paths().any(|(known, _)| known == path)
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// The page that the form stood on: path and query of the referer, or the front door.
fn came_from(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or_default();
    let local = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..]));
    let path = local.unwrap_or("/").split('#').next().unwrap_or("/");
    if is_local(path) { path.to_owned() } else { "/".to_owned() }
}

fn without_kept(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else {
        return path.to_owned();
    };
    let query: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("kept=")).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// Where a form that took effect leads: on, or back to its page. A filled path is looked at again: an empty
/// value may have left `//` behind.
fn onward(then: Option<String>, from: &str, reply: &serde_json::Value) -> String {
    then.map(|then| fill(&then, reply)).filter(|path| is_local(path)).unwrap_or_else(|| without_kept(from))
}

/// Fills `{name}` in a path from the reply's fields.
fn fill(path: &str, reply: &serde_json::Value) -> String {
    if path == WHERE_TO_START {
        let start = reply.get("start").and_then(serde_json::Value::as_str).filter(|start| is_local(start));
        return start.unwrap_or("/").to_owned();
    }
    match (path.split_once('{'), path.split_once('}')) {
        (Some((before, rest)), Some((_, after))) => {
            let name = rest.split('}').next().unwrap_or_default();
            let value = reply.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
            format!("{before}{}{after}", encode(value))
        }
        _ => path.to_owned(),
    }
}

fn encode(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}
