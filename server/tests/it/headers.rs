//! What stands around every answer: headers, cookies, from where a post may come, until when a session lasts.

use crate::house::{House, Reply};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use server::demo::cast;
use sqlx::PgPool;

/// What a header of a reply says; empty where it is missing.
fn said<'a>(reply: &'a Reply, name: &str) -> &'a str {
    reply.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_page_says_what_browsers_may_do_with_it(pool: PgPool) {
    let house = House::open(pool).await;
    let page = house.stranger().get("/sign-in").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = said(&page, "content-security-policy");
    let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).unwrap().0;
    assert!(nonce.len() >= 20, "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    for rule in ["connect-src 'self';", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(rule), "{rule} is not in {policy}");
    }
    assert!(page.text().contains(&format!("nonce=\"{nonce}\"")), "its scripts may run");
    for (name, value) in [
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "camera=(self), geolocation=(), microphone=(), payment=()"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(said(&page, name), value, "{name}");
    }
    let again = house.stranger().get("/sign-in").await;
    assert!(!said(&again, "content-security-policy").contains(nonce), "a nonce is used once");
    // What is no page may load nothing at all.
    let call = house.stranger().post_exactly("people/demo_cast", &[]).await;
    assert!(said(&call, "content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(said(&call, "x-content-type-options"), "nosniff");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn signing_in_sets_a_guarded_cookie_anew(pool: PgPool) {
    let house = House::open(pool).await;
    let sign_in = [("sign_in", cast::RESIDENT), ("password", cast::PASSWORD)];
    let reply = house.stranger().post("people/sign_in", &sign_in).await;
    let mut lines = reply.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
    let line = lines.find(|line| line.starts_with("__Host-session=")).unwrap();
    let attributes: Vec<&str> = line.split("; ").skip(1).collect();
    for attribute in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(attributes.contains(&attribute), "{attribute} is not in {attributes:?}");
    }
    assert!(!line.to_lowercase().contains("domain="), "{line}");

    let first = reply.cookie("__Host-session").unwrap();
    assert!(first.len() >= 64);
    let browser = house.stranger().with_cookie("__Host-session", &first);
    let second = browser.post("people/sign_in", &sign_in).await.cookie("__Host-session").unwrap();
    assert_ne!(first, second, "another token each time");
    assert_eq!(browser.post_exactly("people/me", &[]).await.status, StatusCode::UNAUTHORIZED, "the old one is over");
    let browser = house.stranger().with_cookie("__Host-session", &second);
    assert_eq!(browser.post_exactly("people/me", &[]).await.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn only_this_site_may_post(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    for (name, value, expected) in [
        ("origin", "https://evil.test", StatusCode::FORBIDDEN),
        ("origin", "null", StatusCode::FORBIDDEN),
        ("origin", "https://steward.test", StatusCode::OK),
        ("sec-fetch-site", "cross-site", StatusCode::FORBIDDEN),
        ("sec-fetch-site", "same-site", StatusCode::FORBIDDEN),
        ("sec-fetch-site", "same-origin", StatusCode::OK),
    ] {
        let request = resident
            .request(Method::POST, "/api/people/me")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::empty())
            .unwrap();
        assert_eq!(house.send(request).await.status, expected, "{name}: {value}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_session_ends_after_ninety_days_however_much_it_is_used(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let day = 24 * 60;
    for days in [10, 10, 10, 10, 10, 10, 10, 10, 9] {
        house.advance(days * day);
        assert_eq!(resident.post_exactly("people/me", &[]).await.status, StatusCode::OK);
    }
    house.advance(day + 1);
    assert_eq!(resident.post_exactly("people/me", &[]).await.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_server_is_ready_when_its_schema_is(pool: PgPool) {
    let house = House::over(pool);
    assert_eq!(house.stranger().get("/readyz").await.status, StatusCode::OK);
    let last = "delete from _sqlx_migrations where version = (select max(version) from _sqlx_migrations)";
    sqlx::query(last).execute(&house.pool).await.unwrap();
    assert_eq!(house.stranger().get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    sqlx::query("drop table _sqlx_migrations").execute(&house.pool).await.unwrap();
    assert_eq!(house.stranger().get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(house.stranger().get("/healthz").await.status, StatusCode::OK, "alive all the same");
}
