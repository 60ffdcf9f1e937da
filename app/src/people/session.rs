use super::model::{Manners, Theme, Viewer};
use super::store;
use crate::backend::{Backend, random};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, SessionId};
use crate::moment::Moment;
use crate::screens::{self, ScreenDevice};
use crate::texts::Lang;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use chrono::Duration;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// Set by the browser only over TLS or on loopback, never readable by scripts.
pub const COOKIE: &str = "__Host-session";
/// The credential of a lobby screen, for as long as browsers keep one.
pub const DEVICE: &str = "__Host-device";
/// Language, theme and type size of a browser nobody has signed in on.
pub const MANNERS: &str = "__Host-manners";

/// Says that a lobby screen's board is asked for to be kept: nothing of whoever stood there last is in it.
const KEPT_BOARD: &str = "steward-board";
/// Names the account that did what a device sends later, and the one that a page was rendered for.
const PERSON: &str = "steward-person";

/// A session nobody used for so long has ended.
pub const IDLE: Duration = Duration::days(14);
/// A session ends after so long, however much it is used.
pub const LONGEST: Duration = Duration::days(90);
/// How stale `seen_at` may be before a call writes it.
pub const SEEN_EVERY: Duration = Duration::minutes(5);

/// The session that authenticated this request.
#[derive(Clone, Copy, Debug)]
pub struct Here(pub SessionId);

/// The layer that finds out, once a request, who asks.
pub async fn layer(State(backend): State<Backend>, mut request: Request, next: Next) -> Response {
    let now = backend.clock.now();
    let mut manners = manners_of(request.headers());
    let screen = match screen_of(&backend, request.headers()).await {
        Ok(screen) => screen,
        Err(fault) => return crate::forms::reply_of(&fault),
    };
    if let Some(screen) = screen {
        // A browser that is a screen is nobody else, whoever signed in on it before.
        request.extensions_mut().insert(Viewer::of_screen(screen));
    } else if let Some(token) = cookie(request.headers(), COOKIE) {
        match authenticate(&backend, &token, now).await {
            Ok(Some((here, viewer))) => {
                if let Some(person) = viewer.person() {
                    manners = person.manners;
                }
                request.extensions_mut().insert(here);
                request.extensions_mut().insert(viewer);
            }
            Ok(None) => {}
            // Not knowing who asks is not being nobody: a page would show a signed-in person the front door.
            Err(fault) => return crate::forms::reply_of(&fault),
        }
    }
    if is_of_another(&request) {
        return crate::forms::reply_of(&Fault::SignedOut);
    }
    request.extensions_mut().insert(manners);
    request.extensions_mut().insert(backend);
    next.run(request).await
}

/// Whether what waited on a device comes with the session of somebody who did not do it, or of another estate: its own
/// person signs in there again.
fn is_of_another(request: &Request) -> bool {
    let Some(person) = request.headers().get(PERSON) else { return false };
    let keeper = request.extensions().get::<Viewer>().and_then(Viewer::keeper);
    keeper.as_deref().map(str::as_bytes) != Some(person.as_bytes())
}

/// The lobby screen whose credential a request carries.
async fn screen_of(backend: &Backend, headers: &HeaderMap) -> Result<Option<ScreenDevice>, Fault> {
    let Some(token) = cookie(headers, DEVICE) else { return Ok(None) };
    let mut db = backend.pool.acquire().await?;
    screens::store::find_device(&mut db, &hash(&token)).await
}

async fn authenticate(backend: &Backend, token: &str, now: Moment) -> Result<Option<(Here, Viewer)>, Fault> {
    let mut db = backend.pool.acquire().await?;
    let Some((id, viewer, seen_at)) = store::find_session(&mut db, &hash(token), now, now - IDLE).await? else {
        return Ok(None);
    };
    if now - seen_at > SEEN_EVERY {
        store::touch_session(&mut db, id, now).await?;
    }
    Ok(Some((Here(id), viewer)))
}

/// Begins a session and returns its cookie; the token itself is nowhere else.
pub async fn begin(
    db: &mut PgConnection,
    id: SessionId,
    account: AccountId,
    estate: Option<EstateId>,
    device: &str,
    now: Moment,
) -> Result<String, Fault> {
    let token = new_token()?;
    store::insert_session(db, id, &hash(&token), account, estate, device, now, now + LONGEST).await?;
    let age = LONGEST.num_seconds();
    Ok(format!("{COOKIE}={token}; Path=/; Max-Age={age}; Secure; HttpOnly; SameSite=Lax"))
}

/// 256 random bits as a cookie carries them. Only their hash is ever stored.
pub fn new_token() -> Result<String, Fault> {
    Ok(random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The cookie of a screen's credential: as long-lived as browsers allow, and never sent from another site's pages.
pub fn device_cookie(token: &str) -> String {
    format!("{DEVICE}={token}; Path=/; Max-Age=34560000; Secure; HttpOnly; SameSite=Strict")
}

/// The cookie that removes a cookie.
pub fn gone(name: &str) -> String {
    format!("{name}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
}

/// Sets a cookie on the reply of the server function that runs.
pub fn set_cookie(cookie: &str) {
    if let (Some(reply), Ok(cookie)) =
        (leptos::prelude::use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(cookie))
    {
        reply.append_header(header::SET_COOKIE, cookie);
    }
}

/// What is stored of a token. 256 random bits need no salt and no slow hash.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A cookie of the request.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The manners of a browser: its cookie, else the language that it asks for.
pub fn manners_of(headers: &HeaderMap) -> Manners {
    let kept = cookie(headers, MANNERS).filter(|_| !headers.contains_key(KEPT_BOARD));
    let mut parts = kept.as_deref().unwrap_or_default().split('.');
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Lang::from_accept);
    Manners {
        lang: parts.next().and_then(Lang::from_tag).or(asked).unwrap_or_default(),
        theme: parts.next().and_then(Theme::from_tag).unwrap_or_default(),
        large_text: parts.next() == Some("large"),
    }
}

/// The cookie that keeps a browser's manners for a year. Scripts may see it: the lobby screen forgets it.
pub fn manners_cookie(manners: Manners) -> String {
    let size = if manners.large_text { "large" } else { "normal" };
    format!(
        "{MANNERS}={}.{}.{size}; Path=/; Max-Age=31536000; Secure; SameSite=Lax",
        manners.lang.tag(),
        manners.theme.tag(),
    )
}

/// Forgets sessions that ended a month ago, old counters and replies that nobody replays any more.
pub async fn sweep(db: &mut PgConnection, now: Moment) -> Result<(), Fault> {
    store::sweep(db, now - IDLE - Duration::days(30), now - Duration::days(2), now - Duration::hours(72)).await
}
