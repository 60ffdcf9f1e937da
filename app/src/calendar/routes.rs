//! The addresses that calendar programs and browsers fetch.

use super::serve;
use crate::backend::{Address, Backend, origin_of};
use crate::fault::Fault;
use crate::forms::reply_for;
use crate::people::Viewer;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Every route, as the list of endpoints names it.
pub const ROUTES: [&str; 3] =
    ["GET /activities/{code}/calendar.ics", "GET /bookings/{code}/calendar.ics", "GET /calendar/{file}"];

/// How the content is told.
const KIND: &str = "text/calendar; charset=utf-8";

/// The routes of one booking, and of one activity, for a router whose layers put the [`Viewer`] into the extensions.
pub fn routes() -> Router<Backend> {
    Router::new()
        .route("/bookings/{code}/calendar.ics", get(file))
        .route("/activities/{code}/calendar.ics", get(activity))
}

/// The route of private addresses: programs bring no session, and a browser's cookie opens none of them.
pub fn feeds() -> Router<Backend> {
    Router::new().route("/calendar/{file}", get(feed))
}

async fn file(State(backend): State<Backend>, Path(code): Path<String>, request: Parts) -> Response {
    let viewer = request.extensions.get::<Viewer>().cloned().unwrap_or_default();
    attached(serve::file(&backend, &viewer, &code, &origin_of(&request.headers)).await, &request)
}

async fn activity(State(backend): State<Backend>, Path(code): Path<String>, request: Parts) -> Response {
    let viewer = request.extensions.get::<Viewer>().cloned().unwrap_or_default();
    attached(serve::activity(&backend, &viewer, &code, &origin_of(&request.headers)).await, &request)
}

/// A calendar as a file named by its code.
fn attached(file: Result<(String, String), Fault>, request: &Parts) -> Response {
    match file {
        Ok((code, calendar)) => {
            let name = format!("attachment; filename=\"{code}.ics\"");
            ([(header::CONTENT_TYPE, KIND), (header::CONTENT_DISPOSITION, &name)], calendar).into_response()
        }
        Err(fault) => reply_for(&request.headers, &fault),
    }
}

async fn feed(State(backend): State<Backend>, Path(file): Path<String>, request: Parts) -> Response {
    let (line, origin) = (Address::line_of(&request.extensions), origin_of(&request.headers));
    let calendar = match file.strip_suffix(".ics") {
        Some(secret) => serve::feed(&backend, secret, &line, &origin).await,
        None => Err(Fault::NotFound),
    };
    match calendar {
        Ok(calendar) => ([(header::CONTENT_TYPE, KIND)], calendar).into_response(),
        Err(fault) => reply_for(&request.headers, &fault),
    }
}
