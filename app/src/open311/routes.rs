//! The addresses of GeoReport v2, each with what the OpenAPI document says of it.

use super::ask::Ask;
use super::reply::{Trouble, answer, answer_trouble};
use super::wire::{
    Discovery, ErrorLine, Filed, Format, Found, NewRequest, Service, ServiceDefinition, ServiceRequest, Wanted, Where,
};
use super::{document, file, read};
use crate::backend::Backend;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

/// Every route, as the list of endpoints names it.
pub const ROUTES: [&str; 12] = [
    "GET /api/openapi.json",
    "GET /open311/discovery.json",
    "GET /open311/discovery.xml",
    "GET /open311/v2/requests.json",
    "GET /open311/v2/requests.xml",
    "GET /open311/v2/requests/{file}",
    "GET /open311/v2/services.json",
    "GET /open311/v2/services.xml",
    "GET /open311/v2/services/{file}",
    "GET /open311/v2/tokens/{file}",
    "POST /open311/v2/requests.json",
    "POST /open311/v2/requests.xml",
];

/// The routes of other programs: they know no session, and a browser's cookie opens none of them.
pub fn routes() -> Router<Backend> {
    let mut routes = Router::new()
        .route("/api/openapi.json", get(openapi))
        .route("/open311/v2/services/{file}", get(definition))
        .route("/open311/v2/requests/{file}", get(request))
        .route("/open311/v2/tokens/{file}", get(token))
        .route("/open311/{*missing}", any(missing));
    for format in ["json", "xml"] {
        routes = routes
            .route(&format!("/open311/discovery.{format}"), get(discovery))
            .route(&format!("/open311/v2/services.{format}"), get(services))
            .route(&format!("/open311/v2/requests.{format}"), get(requests).post(file_request));
    }
    routes
}

/// The OpenAPI document itself: it names nobody.
async fn openapi() -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, document()).into_response()
}

/// What programs are told where there is nothing: not a page for people.
async fn missing() -> Response {
    answer_trouble(Format::Json, &Trouble::missing("there is nothing at this address"))
}

/// Where the interfaces stand.
#[utoipa::path(
    get, path = "/open311/discovery.{format}", tag = "Open311", operation_id = "discovery",
    params(("format" = inline(Format), Path, description = "The form of the answer")),
    responses(
        (status = 200, description = "The interfaces", content((Discovery = "application/json"), (Discovery = "text/xml"))),
        (status = "4XX", description = "Refused; the lines say why", content((Vec<ErrorLine> = "application/json"), (Vec<ErrorLine> = "text/xml"))),
    ),
    security(())
)]
pub async fn discovery(ask: Ask) -> Response {
    answer(ask.format, Ok(read::discovery(&ask)))
}

/// All problems that can be reported.
///
/// Needs no key.
#[utoipa::path(
    get, path = "/open311/v2/services.{format}", tag = "Open311", operation_id = "services",
    params(("format" = inline(Format), Path, description = "The form of the answer"), Where),
    responses(
        (status = 200, description = "The problems, category by category", content((Vec<Service> = "application/json"), (Vec<Service> = "text/xml"))),
        (status = "4XX", description = "Refused; the lines say why", content((Vec<ErrorLine> = "application/json"), (Vec<ErrorLine> = "text/xml"))),
    ),
    security(())
)]
pub async fn services(ask: Ask) -> Response {
    answer(ask.format, read::services(&ask).await)
}

/// What a report of one problem may say besides words and place.
///
/// Needs no key.
#[utoipa::path(
    get, path = "/open311/v2/services/{service_code}.{format}", tag = "Open311", operation_id = "service_definition",
    params(
        ("service_code" = String, Path, description = "Of which problem", example = "tap-leak"),
        ("format" = inline(Format), Path, description = "The form of the answer"),
        Where,
    ),
    responses(
        (status = 200, description = "Its questions", content((ServiceDefinition = "application/json"), (ServiceDefinition = "text/xml"))),
        (status = "4XX", description = "Refused; the lines say why", content((Vec<ErrorLine> = "application/json"), (Vec<ErrorLine> = "text/xml"))),
    ),
    security(())
)]
pub async fn definition(ask: Ask) -> Response {
    answer(ask.format, read::definition(&ask).await)
}

/// The requests that the key may see, the newest first, at most 1000.
///
/// Those that came through it, and those in places that belong to everybody: what they are about and how they stand.
#[utoipa::path(
    get, path = "/open311/v2/requests.{format}", tag = "Open311", operation_id = "requests",
    params(("format" = inline(Format), Path, description = "The form of the answer"), Where, Wanted),
    responses(
        (status = 200, description = "The requests", content((Vec<ServiceRequest> = "application/json"), (Vec<ServiceRequest> = "text/xml"))),
        (status = "4XX", description = "Refused; the lines say why", content((Vec<ErrorLine> = "application/json"), (Vec<ErrorLine> = "text/xml"))),
    ),
    security(("bearer" = []), ("api_key" = []))
)]
pub async fn requests(ask: Ask) -> Response {
    answer(ask.format, read::requests(&ask).await)
}

/// Files a report.
///
/// It becomes a request at once, with a promise. Sent again under its `Idempotency-Key` (a UUID) it has the same answer
/// and no second effect; without one, every report counts.
#[utoipa::path(
    post, path = "/open311/v2/requests.{format}", tag = "Open311", operation_id = "file_request",
    params(
        ("format" = inline(Format), Path, description = "The form of the answer"),
        ("Idempotency-Key" = Option<uuid::Uuid>, Header, description = "Under which the report takes effect once"),
    ),
    request_body(content = NewRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The request that it became", content((Vec<Filed> = "application/json"), (Vec<Filed> = "text/xml"))),
        (status = "4XX", description = "Refused; the lines say why", content((Vec<ErrorLine> = "application/json"), (Vec<ErrorLine> = "text/xml"))),
    ),
    security(("bearer" = []), ("api_key" = []))
)]
pub async fn file_request(ask: Ask) -> Response {
    answer(ask.format, file::file(&ask).await)
}

/// One request that the key may see.
#[utoipa::path(
    get, path = "/open311/v2/requests/{service_request_id}.{format}", tag = "Open311", operation_id = "request",
    params(
        ("service_request_id" = String, Path, description = "Its code"),
        ("format" = inline(Format), Path, description = "The form of the answer"),
        Where,
    ),
    responses(
        (status = 200, description = "The request, alone in its list", content((Vec<ServiceRequest> = "application/json"), (Vec<ServiceRequest> = "text/xml"))),
        (status = "4XX", description = "Refused; the lines say why", content((Vec<ErrorLine> = "application/json"), (Vec<ErrorLine> = "text/xml"))),
    ),
    security(("bearer" = []), ("api_key" = []))
)]
pub async fn request(ask: Ask) -> Response {
    answer(ask.format, read::request(&ask).await)
}

/// The request that a report became whose answer was lost.
///
/// No report has to wait for its number here: its token is the `Idempotency-Key` under which it was sent.
#[utoipa::path(
    get, path = "/open311/v2/tokens/{token}.{format}", tag = "Open311", operation_id = "token",
    params(
        ("token" = String, Path, description = "The Idempotency-Key of the report"),
        ("format" = inline(Format), Path, description = "The form of the answer"),
        Where,
    ),
    responses(
        (status = 200, description = "The request", content((Vec<Found> = "application/json"), (Vec<Found> = "text/xml"))),
        (status = "4XX", description = "Refused; the lines say why", content((Vec<ErrorLine> = "application/json"), (Vec<ErrorLine> = "text/xml"))),
    ),
    security(("bearer" = []), ("api_key" = []))
)]
pub async fn token(ask: Ask) -> Response {
    answer(ask.format, read::token(&ask).await)
}
