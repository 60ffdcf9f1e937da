//! Everything that answers a request, in one picture: pages, server functions, photos, the live line,
//! files; and the layers around them.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use app::backend::Backend;
use app::texts::{Lang, language};
use app::ui::SetStatus;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list, handle_server_fns};
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::floods::{self, Floods};
use crate::{address, live, worker};

/// How long a sender may pause in the middle of what it sends.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// What the router is made of.
#[derive(Clone)]
pub struct Setup {
    /// Shared by all calls.
    pub backend: Backend,
    /// Where the browser's build lies: `pkg/`, icons, the style sheet.
    pub site: PathBuf,
    /// The list of hashed names, where the build has one.
    pub hashes: Option<PathBuf>,
    /// Proxies whose word about addresses is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// What each address has asked of late.
    pub floods: Floods,
    /// Cancelled when the server closes: open lines end.
    pub closing: CancellationToken,
    /// Whether HTTPS stands on a certificate of our own, which browsers must be free to forget.
    pub own_certificate: bool,
    /// Whether browsers are told to drop the service worker.
    pub no_worker: bool,
}

impl Setup {
    fn leptos(&self) -> LeptosOptions {
        let hashes = self.hashes.as_ref().map(|path| path.to_string_lossy().into_owned());
        LeptosOptions::builder()
            .output_name("steward")
            .site_root(self.site.to_string_lossy().into_owned())
            .hash_files(hashes.is_some())
            .hash_file(hashes.unwrap_or_default().into())
            .build()
    }
}

/// Every page, listed once: while Leptos lists them, whatever any other thread of the process loads for a page waits
/// for ever (leptos-rs/leptos#4773).
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(app::App));

/// Answers everything.
pub fn router(setup: Setup) -> Router {
    let options = setup.leptos();
    let backend = setup.backend.clone();
    let strict = if setup.own_certificate { "max-age=0" } else { "max-age=31536000; includeSubDomains" };
    let (shell_options, opening_options, away_options) = (options.clone(), options.clone(), options.clone());
    let site = worker::Site { folder: &setup.site, hashes: setup.hashes.as_deref() };
    let script = Bytes::from(worker::script(setup.backend.build, site, setup.no_worker));
    // Around whatever asks the database or renders a page.
    let guard = (
        from_fn_with_state(Arc::<[IpAddr]>::from(setup.trusted_proxies), address::layer),
        from_fn_with_state(setup.floods, floods::layer),
    );
    let live = Router::new().route("/live", get(live::events)).with_state((backend.clone(), setup.closing.clone()));
    let calls = Router::new()
        .route("/api/{*call}", post(handle_server_fns))
        .layer(from_fn(true_status))
        .layer(from_fn_with_state(backend.clone(), app::replay::layer))
        .layer(from_fn_with_state(backend.clone(), app::forms::layer))
        // The layers above bound what they read themselves: forms, and photos one by one.
        .layer(DefaultBodyLimit::max(app::photos::LONGEST_FORM));
    // Not `leptos_routes_with_context`: that would answer the server functions past the layers around `calls`.
    let page = leptos_axum::render_app_async_with_context(page_context, move || app::shell(shell_options.clone()));
    // Not the app's own: no page is in them.
    let opening =
        leptos_axum::render_app_async_with_context(page_context, move || app::opening(opening_options.clone()));
    let away = leptos_axum::render_app_async_with_context(page_context, move || app::away(away_options.clone()));
    let pages = Router::new()
        .leptos_routes_with_handler(PAGES.clone(), page)
        .route("/shell/staff", get(opening.clone()))
        .route("/shell/resident", get(opening))
        .route("/offline", get(away))
        .with_state(options.clone());
    let people = Router::new()
        .merge(live)
        .merge(calls)
        .merge(pages)
        .merge(app::requests::export_routes().with_state(backend.clone()))
        .merge(app::photos::routes().with_state(backend.clone()))
        .merge(app::work::routes().with_state(backend.clone()))
        .merge(app::calendar::routes().with_state(backend.clone()))
        .layer(from_fn_with_state(backend.clone(), app::people::layer))
        .layer(CsrfLayer::new())
        .route("/readyz", get(ready))
        // Programs bring a key, never a session: nothing here depends on a browser's cookie.
        .merge(app::open311::routes().with_state(backend.clone()))
        .merge(app::calendar::feeds().with_state(backend.clone()))
        .merge(app::bookings::routes().with_state(backend.clone()))
        .layer(guard.clone());
    let missing = from_fn_with_state(backend.clone(), app::people::layer);
    let not_found = Router::new().fallback(not_found).layer(missing).layer(guard).with_state(options);
    let files = ServeDir::new(&setup.site).precompressed_br().precompressed_gzip().fallback(not_found);
    let files: Router = Router::new().fallback_service(files).layer(from_fn(kept));
    Router::new()
        .merge(people)
        .route("/worker.js", get(move || async move { worker::answer(script) }))
        // A page is compressed for one reader, once: a better squeeze costs more than it saves on the way.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        // Fetched once, and kept for good: here it saves more.
        .merge(Router::new().route("/i18n/{file}", get(texts)).layer(CompressionLayer::new()))
        .route("/healthz", get(|| async { "alive" }))
        .fallback_service(files)
        // Whatever does not say otherwise is somebody's own: pages, replies, the live line.
        .layer(header_layer(header::CACHE_CONTROL, "no-store"))
        .layer(header_layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header_layer(header::REFERRER_POLICY, "same-origin"))
        .layer(header_layer(header::STRICT_TRANSPORT_SECURITY, strict))
        .layer(header_layer(
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(), microphone=(), payment=()",
        ))
        .layer(header_layer(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
        ))
        .layer(CatchPanicLayer::new())
        .layer(RequestBodyTimeoutLayer::new(LONGEST_SILENCE))
        .with_state(backend)
}

fn header_layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// What pages find in their context besides the request.
fn page_context() {
    let Some(reply) = leptos::prelude::use_context::<ResponseOptions>() else { return };
    provide_context(SetStatus(Arc::new(move |status| {
        if let Ok(status) = StatusCode::from_u16(status) {
            reply.set_status(status);
        }
    })));
}

/// An address that leads nowhere: the app's own page for it, with the true status.
async fn not_found(State(options): State<LeptosOptions>, request: Request) -> Response {
    let render = leptos_axum::render_app_async_with_context(page_context, move || app::shell(options.clone()));
    let mut reply = render(request).await.into_response();
    if reply.status() == StatusCode::OK {
        *reply.status_mut() = StatusCode::NOT_FOUND;
    }
    reply
}

/// Server functions answer every fault with 500; the fault itself knows better, and is told to the layers around.
async fn true_status(request: Request, next: middleware::Next) -> Response {
    let reply = next.run(request).await;
    if reply.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return reply;
    }
    let (mut parts, body) = reply.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    if let Ok(fault) = serde_json::from_slice::<app::fault::Fault>(&bytes)
        && let Ok(status) = StatusCode::from_u16(fault.status())
    {
        parts.status = status;
        if let Some(wait) = fault.retry_after() {
            parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        parts.extensions.insert(fault);
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes))
}

/// A table of texts, named by its content: `en.0123456789abcdef.json`.
async fn texts(Path(file): Path<String>) -> Response {
    let mut files = Lang::ALL.into_iter().flat_map(|lang| language(lang).files());
    match files.find(|table| table.path.strip_prefix("/i18n/") == Some(file.as_str())) {
        Some(table) => {
            let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, FOREVER)];
            (headers, table.json).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// How long files may be kept that are named by their content.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Only files may be kept by whoever passes them on. It asks nothing of the address: what looks like a file
/// there may be somebody's page.
async fn kept(request: Request, next: middleware::Next) -> Response {
    let is_hashed = request.uri().path().starts_with("/pkg/");
    let mut reply = next.run(request).await;
    if reply.status().is_success() || reply.status() == StatusCode::NOT_MODIFIED {
        let value = if is_hashed { FOREVER } else { "public, max-age=3600" };
        reply.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    }
    reply
}

/// Whether the database can be reached and is at this version.
async fn ready(State(backend): State<Backend>) -> Response {
    match app::is_migrated(&backend.pool).await {
        Ok(true) => "ready".into_response(),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the database is at another version").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached").into_response(),
    }
}

/// Every server function and route, one a line, sorted.
pub fn endpoints() -> Vec<String> {
    let mut all: Vec<String> = server_fns();
    all.extend(PAGES.iter().map(|page: &AxumRouteListing| format!("GET {}", page.path())));
    all.extend(["GET /staff/export.csv", "GET /staff/export.xlsx"].map(str::to_owned));
    all.extend(["GET /healthz", "GET /i18n/{file}", "GET /live", "GET /readyz", "GET /worker.js"].map(str::to_owned));
    all.extend(["GET /offline", "GET /shell/resident", "GET /shell/staff"].map(str::to_owned));
    all.extend(app::bookings::ROUTES.map(str::to_owned));
    all.extend(app::calendar::ROUTES.map(str::to_owned));
    all.extend(app::open311::ROUTES.map(str::to_owned));
    all.extend(
        [
            "GET /photos/{estate}/{id}",
            "GET /photos/{estate}/{id}/small",
            "GET /signatures/{estate}/{id}",
            "HEAD /photos/parts",
            "PATCH /photos/parts",
            "POST /photos",
            "POST /photos/parts",
        ]
        .map(str::to_owned),
    );
    all.sort();
    all
}

/// The registered server functions.
pub fn server_fns() -> Vec<String> {
    let mut all: Vec<String> =
        leptos::server_fn::axum::server_fn_paths().map(|(path, method)| format!("{method} {path}")).collect();
    all.sort();
    all
}
