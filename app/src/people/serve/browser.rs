//! What a request tells about the browser that sent it.

use super::super::model::Manners;
use super::super::session::Here;
use crate::backend::{Address, origin_of};
use crate::fault::Fault;
use crate::ids::SessionId;
use axum::http::request::Parts;
use leptos::prelude::use_context;

/// The session that asks, if one does.
pub(super) fn here() -> Result<Option<SessionId>, Fault> {
    Ok(parts()?.extensions.get::<Here>().map(|here| here.0))
}

/// How the browser's pages look.
pub fn manners() -> Result<Manners, Fault> {
    Ok(parts()?.extensions.get().copied().unwrap_or_default())
}

/// The line from which the request came, as the server's layers determined its address.
pub fn address() -> Result<String, Fault> {
    Ok(Address::line_of(&parts()?.extensions))
}

/// What the browser calls itself, short enough for a list.
pub(super) fn device() -> Result<String, Fault> {
    let parts = parts()?;
    let agent =
        parts.headers.get(axum::http::header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Ok(agent.chars().take(200).collect())
}

/// The site's own address as the browser sees it, for what leaves the page: a code that a phone scans, a link.
pub fn origin() -> Result<String, Fault> {
    let headers = parts()?.headers;
    let said = headers.get(axum::http::header::ORIGIN).and_then(|origin| origin.to_str().ok());
    Ok(said.filter(|origin| *origin != "null").map_or_else(|| origin_of(&headers), str::to_owned))
}

fn parts() -> Result<Parts, Fault> {
    use_context::<Parts>().ok_or(Fault::Broken { reference: String::new() })
}
