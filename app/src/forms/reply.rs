//! Faults as answers: to scripts, and to people who cannot be led back to where they were.

use crate::fault::Fault;
use crate::people::manners_of;
use crate::texts::{Lang, language};
use crate::ui::fault_text;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A fault as JSON with its true status, and when to try again where that is known: what scripts get.
pub fn reply_of(fault: &Fault) -> Response {
    let mut reply = (status_of(fault), axum::Json(fault)).into_response();
    if let Some(wait) = fault.retry_after() {
        reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    reply
}

/// A fault as whoever asks can read it: scripts as JSON, people as a sentence.
pub fn reply_for(headers: &HeaderMap, fault: &Fault) -> Response {
    if wants_page(headers) { sentence_of(manners_of(headers).lang, fault) } else { reply_of(fault) }
}

/// A fault as nothing but a sentence, where to render a page or to keep a form would cost too much. A browser that
/// goes back still shows what was typed.
pub(super) fn sentence_of(lang: Lang, fault: &Fault) -> Response {
    (status_of(fault), fault_text(language(lang).texts(lang), fault)).into_response()
}

/// Whether a person asks, and no script.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn status_of(fault: &Fault) -> StatusCode {
    StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
