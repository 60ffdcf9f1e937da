//! Leaving a page that can no longer be had; never with words on it that were typed and not sent. Whoever sends them
//! is told the same, and keeps them.

use super::fault::encode;
use crate::forms::is_kiosk;
use leptos::prelude::*;

/// Leads to signing in, and from there back here; a lobby screen to its beginning. Browsers only.
pub fn to_sign_in() {
    let location = window().location();
    if let (false, Ok(path), Ok(query)) = (has_words(), location.pathname(), location.search()) {
        let _ = location.replace(&sign_in_path(&path, &query));
    }
}

/// Where a page leads, by its path and its query (`?…` or nothing), whose person is signed out.
pub(super) fn sign_in_path(path: &str, query: &str) -> String {
    if is_kiosk(path) { "/kiosk".to_owned() } else { format!("/sign-in?next={}", encode(&format!("{path}{query}"))) }
}

/// Loads the page anew, so that it shows what it is by now. Browsers only.
pub(super) fn anew() {
    if !has_words() {
        let _ = window().location().reload();
    }
}

fn has_words() -> bool {
    document().query_selector("form[data-typed]").is_ok_and(|form| form.is_some())
}
