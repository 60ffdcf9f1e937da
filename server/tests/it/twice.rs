//! Every write sent twice: one effect, one reply; another body under the same key has none.

use crate::calls::CALLS;
use crate::cases::{fill, open, prepare, viewer};
use crate::endpoints::VIEWERS;
use crate::house::key;
use crate::house_rules::files;
use axum::http::StatusCode;
use serde_json::json;
use sqlx::PgPool;
use std::collections::BTreeSet;

/// Done anew each time, because they set a cookie, which no kept reply can bring again, or count what is tried.
const ANEW: &[&str] = &[
    "lobby/check",
    "people/choose_manners",
    "people/demo_sign_in",
    "people/sign_in",
    "screens/ask",
    "screens/enrol",
    "screens/open_demo",
];
/// Refused the second time: of a password nothing is kept, and nobody can tell whether it is the same.
const SECRET: &[&str] = &["lobby/set_pin", "people/change_password", "people/redeem"];
/// Answered the second time without what is shown only once.
const SHOWN_ONCE: &[&str] = &[
    "calendar/make_facility_feed",
    "calendar/make_feed",
    "lobby/issue_pin",
    "lobby/report",
    "people/invite",
    "people/invite_colleague",
    "people/make_key",
];

/// The server functions that take a key.
pub fn writes() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (_, text) in files("app/src", "api.rs") {
        for function in text.split("endpoint = \"").skip(1) {
            let (endpoint, rest) = function.split_once('"').unwrap();
            if rest.split("->").next().unwrap_or_default().contains("key: Key") {
                all.insert(endpoint.to_owned());
            }
        }
    }
    all
}

#[sqlx::test(migrations = "../app/migrations")]
async fn every_write_that_is_sent_twice_is_done_once(pool: PgPool) {
    let house = open(pool).await;
    let writes = writes();
    assert!(writes.len() > 60, "only {} writes were found", writes.len());
    let happened = "select count(*) from happening";
    for (endpoint, at, fields) in CALLS.iter().copied().filter(|(endpoint, ..)| writes.contains(*endpoint)) {
        let case = prepare(&house, at).await;
        let (mut is_done, mut refusals) = (false, Vec::new());
        for (_, sign_in) in VIEWERS {
            let filled = fill(fields, &case);
            let mut all = vec![("key".to_owned(), key())];
            all.extend(form_urlencoded::parse(filled.as_bytes()).into_owned());
            let fields: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let caller = viewer(&house, sign_in).await;
            let first = caller.post_exactly(endpoint, &fields).await;
            if !first.status.is_success() {
                refusals.push((sign_in, first.text()));
                continue;
            }
            let before: i64 = house.value(happened).await;
            let second = caller.post_exactly(endpoint, &fields).await;
            if SECRET.contains(&endpoint) {
                assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY, "{endpoint}");
            } else {
                assert_eq!(second.status, first.status, "{endpoint}: {}", second.text());
                assert_eq!(second.body == first.body, !SHOWN_ONCE.contains(&endpoint), "{endpoint}: {}", second.text());
            }
            if !ANEW.contains(&endpoint) {
                let other = [&fields[..], &[("another", "body")]].concat();
                let other = caller.post_exactly(endpoint, &other).await;
                let refused = (StatusCode::UNPROCESSABLE_ENTITY, json!("KeyReused"));
                assert_eq!((other.status, other.json()), refused, "{endpoint}");
            }
            assert_eq!(house.value::<i64>(happened).await, before, "{endpoint} happened again");
            is_done = true;
            break;
        }
        assert!(is_done, "nobody could do {endpoint}: {refusals:?}");
    }
}
