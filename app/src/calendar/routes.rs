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
pub const ROUTES: [&str; 2] = ["GET /bookings/{code}/calendar.ics", "GET /calendar/{file}"];

/// How the content is told.
const KIND: &str = "text/calendar; charset=utf-8";

/// The route of one booking, for a router whose layers put the [`Viewer`] into the extensions.
pub fn routes() -> Router<Backend> {
    Router::new().route("/bookings/{code}/calendar.ics", get(file))
}

/// The route of private addresses: programs bring no session, and a browser's cookie opens none of them.
pub fn feeds() -> Router<Backend> {
    Router::new().route("/calendar/{file}", get(feed))
}

async fn file(State(backend): State<Backend>, Path(code): Path<String>, request: Parts) -> Response {
    let viewer = request.extensions.get::<Viewer>().cloned().unwrap_or_default();
    match serve::file(&backend, &viewer, &code, &origin_of(&request.headers)).await {
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
