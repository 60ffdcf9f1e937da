//! What anybody may fetch of a draw, to repeat it.

use super::serve;
use crate::backend::Backend;
use crate::fault::Fault;
use crate::forms::reply_for;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

/// Every route, as the list of endpoints names it.
pub const ROUTES: [&str; 1] = ["GET /draws/{file}"];

/// The route of the records of draws: `{id}.json`. They name nobody, and whoever repeats a draw signs in nowhere.
pub fn routes() -> Router<Backend> {
    Router::new().route("/draws/{file}", get(record))
}

async fn record(State(backend): State<Backend>, Path(file): Path<String>, request: Parts) -> Response {
    let id = file.strip_suffix(".json").and_then(|id| id.parse().ok());
    let record = match id {
        Some(id) => serve::draw_record(&backend, id).await,
        None => Err(Fault::NotFound),
    };
    match record {
        Ok(record) => Json(record).into_response(),
        Err(fault) => reply_for(&request.headers, &fault),
    }
}
