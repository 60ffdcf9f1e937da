use super::model::{Fields, Kept, is_kiosk, is_local};
use super::reply::{sentence_of, wants_page};
use super::{sealed, store};
use crate::backend::{Address, Backend, random};
use crate::call::new_id;
use crate::fault::{Fault, Note};
use crate::ids::DraftId;
use crate::people::{self, Limit, Viewer};
use crate::photos;
use crate::texts::Lang;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::request::Parts;
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
/// How much of a form is kept for who has no account, in bytes, and what a field costs beside its name and value.
const KEPT_OF_STRANGERS: usize = 16 * 1024;
const FIELD_COST: usize = 16;
/// How often a second tap looks for what the first brought, once a second.
const PATIENCE: u32 = 10;
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

    /// What may be stored: no secrets, no U+0000, which Postgres cannot hold, and no more than there is room for.
    fn to_keep(&self, mut room: usize) -> Self {
        let clean = self.iter().map(|(name, value)| (name.replace('\0', ""), value.replace('\0', "")));
        let clean = clean.filter(|(name, _)| !Self::is_secret(name) && name != sealed::REPLY);
        let fitting = clean.filter(|(name, value)| {
            let left = room.checked_sub(FIELD_COST + name.len() + value.len());
            room = left.unwrap_or(room);
            left.is_some()
        });
        Self(fitting.collect())
    }
}

/// The browser that sent a form.
struct Sender {
    viewer: Viewer,
    token: Option<String>,
    lang: Lang,
    /// By which what is kept of strangers is counted.
    line: String,
    /// On which page the form stood.
    page: String,
}

impl Sender {
    fn of(request: &Request) -> Self {
        Self {
            viewer: request.extensions().get::<Viewer>().cloned().unwrap_or_default(),
            token: token(request.headers()),
            lang: people::manners_of(request.headers()).lang,
            line: Address::line_of(request.extensions()),
            page: came_from(request.headers()),
        }
    }

    fn is_stranger(&self) -> bool {
        self.viewer.account().is_err()
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
    let sender = Sender::of(&request);
    let form = request.uri().path().trim_start_matches("/api/").to_owned();
    let (mut parts, body) = request.into_parts();

    let (fields, refused) = if is_multipart(&parts.headers) {
        let whole = Request::from_parts(parts.clone(), body);
        match Multipart::from_request(whole, &()).await {
            Ok(parts) => photos::receive_form(&backend, &sender.viewer, parts).await,
            Err(_) => return StatusCode::BAD_REQUEST.into_response(),
        }
    } else {
        match to_bytes(body, crate::replay::LONGEST_FORM).await {
            Ok(bytes) => (Fields::parse(&bytes), None),
            Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        }
    };

    // Without an account no photo is kept: a form that was refused for that as it was read has lost some.
    let lost_photos = refused == Some(Fault::SignedOut);
    let then = fields.get("then").filter(|path| is_local(path) || *path == WHERE_TO_START).map(str::to_owned);
    let (fault, reply) = match refused {
        Some(fault) => (Some(fault), None),
        None => {
            parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
            parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
            parts.headers.remove(header::CONTENT_LENGTH);
            passed_on(&parts, &fields.encode(), &next).await
        }
    };
    let shows_reply = fields.get(SHOWS_REPLY).is_some();
    match (fault, reply) {
        (None, Some((headers, body))) if shows_reply => {
            let path = onward(then, &sender.page, &body);
            let kept = Kept { form, fields: Fields::default(), fault: None, reply: Some(body.to_string()) };
            keep(&backend, &sender, kept, &path, false, headers).await
        }
        (None, Some((headers, body))) => {
            let path = onward(then, &sender.page, &body);
            lead(&path, headers)
        }
        // Whoever tries and tries fills no table with it.
        (Some(fault @ Fault::TooMany { .. }), _) if sender.is_stranger() => sentence_of(sender.lang, &fault),
        (fault, _) => {
            let signed_out = fault == Some(Fault::SignedOut);
            let lost = lost_photos.then(|| Fault::field("photos", Note::ChooseAgain));
            let fault = if signed_out { lost } else { fault };
            let room = if sender.viewer.screen().is_some() {
                // Of whoever stands before a lobby screen nothing is kept.
                0
            } else if sender.is_stranger() {
                KEPT_OF_STRANGERS
            } else {
                usize::MAX
            };
            let kept = Kept { form, fields: fields.to_keep(room), fault, reply: None };
            keep(&backend, &sender, kept, &sender.page, signed_out, HeaderMap::new()).await
        }
    }
}

/// A fault, or headers and JSON.
type Read = (Option<Fault>, Option<(HeaderMap, serde_json::Value)>);

/// Calls the server function. Of a form that was tapped twice a browser shows only the second answer: that one waits,
/// holding nothing, until the first has come to its end.
async fn passed_on(parts: &Parts, body: &str, next: &Next) -> Read {
    for _ in 0..PATIENCE {
        let request = Request::from_parts(parts.clone(), Body::from(body.to_owned()));
        let (fault, reply) = read(next.clone().run(request).await).await;
        if fault != Some(Fault::StillRunning) {
            return (fault, reply);
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    (Some(Fault::StillRunning), None)
}

/// The reply of the inner call.
async fn read(reply: Response) -> Read {
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
    sender: &Sender,
    mut kept: Kept,
    from: &str,
    signed_out: bool,
    mut headers: HeaderMap,
) -> Response {
    let shows_reply = kept.reply.is_some();
    let stored = async {
        let now = backend.clock.now();
        let mut db = backend.pool.acquire().await?;
        if sender.is_stranger() {
            people::allow(&mut db, Limit::DRAFT_FROM, &sender.line, now).await?;
        }
        let token = match &sender.token {
            Some(token) => token.clone(),
            None => random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        // Set anew each time, so that it never ends before the draft does.
        let cookie = format!("{HOLDER}={token}; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
        let id: DraftId = new_id(now)?;
        if let Some(reply) = kept.reply.take() {
            sealed::seal(&mut kept.fields, &reply, &token, id)?;
        }
        let until = now + if shows_reply { REPLY_KEPT_FOR } else { KEPT_FOR };
        store::save(&mut db, id, &hash(&token), sender.viewer.account().ok(), &kept, until).await?;
        Ok::<_, Fault>(id)
    }
    .await;
    let page = without_kept(from);
    let page = match stored {
        Ok(id) => {
            let join = if page.contains('?') { '&' } else { '?' };
            format!("{page}{join}kept={id}")
        }
        Err(fault @ Fault::TooMany { .. }) => return sentence_of(sender.lang, &fault),
        // The fault itself is in the log; the page at least opens again.
        Err(_) => page,
    };
    let path = match (signed_out, shows_reply) {
        // On a lobby screen nobody signs in: one that is none any more shows how to become one.
        (true, _) if is_kiosk(&page) => "/kiosk".to_owned(),
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

/// The token of the browser that drafts belong to.
pub fn token(headers: &HeaderMap) -> Option<String> {
    people::cookie(headers, HOLDER)
}

/// The token as it is stored: drafts are found by it, and never opened with it.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn exists(path: &str) -> bool {
    server_fn::axum::server_fn_paths().any(|(known, _)| known == path)
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
