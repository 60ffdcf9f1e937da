//! Other programs: their keys, what each kind of key opens, what no program can break, and the document that they read.

use crate::house::{Caller, House, encode, key, noon};
use crate::open311::{foreign, get, made, post, posted, problem, secret, set};
use crate::requests::report;
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::json;
use server::demo::cast;
use sqlx::PgPool;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// For the matrix: a report, posted by somebody's browser.
pub async fn filed(caller: &Caller<'_>, path: &str, body: &str) -> StatusCode {
    posted(caller, path, body.to_owned(), None).await.status
}

/// For the matrix: the same routes by the kind of key.
pub async fn by_key(house: &House, table: &mut String) {
    let revoked = made(house, "Gone").await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    manager.post("people/revoke_key", &[("id", revoked["id"].as_str().unwrap())]).await.ok();
    let keys = [
        ("none", String::new()),
        ("own-estate", format!("api_key={}", secret(house).await)),
        ("other-estate", format!("api_key={}", foreign(house).await)),
        ("revoked", format!("api_key={}", revoked["secret"].as_str().unwrap())),
    ];
    let common = problem(house, |service| service["attribute"] == "place").await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (home, token) = (report(&resident).await, key());
    let new = format!("service_code={common}&address_string=nowhere");
    let own =
        posted(&house.stranger(), "/open311/v2/requests.json", format!("{}&{new}", keys[1].1), Some(&token)).await;
    let own = own.ok()[0]["service_request_id"].as_str().unwrap().to_owned();
    let _ = write!(table, "\n{:<44}", "");
    for (name, _) in &keys {
        let _ = write!(table, " {name:>12}");
    }
    table.push('\n');
    let routes = [
        ("GET /open311/v2/services.json", "/open311/v2/services.json?jurisdiction_id=ly".to_owned()),
        (
            "GET /open311/v2/services/{service_code}.json",
            format!("/open311/v2/services/{common}.json?jurisdiction_id=ly"),
        ),
        ("GET /open311/v2/requests.json", "/open311/v2/requests.json?".to_owned()),
        ("GET /open311/v2/requests.json of an estate", "/open311/v2/requests.json?jurisdiction_id=ly".to_owned()),
        ("GET /open311/v2/requests/{own}.json", format!("/open311/v2/requests/{own}.json?")),
        ("GET /open311/v2/requests/{a home's}.json", format!("/open311/v2/requests/{home}.json?")),
        ("GET /open311/v2/tokens/{token}.json", format!("/open311/v2/tokens/{token}.json?")),
        ("POST /open311/v2/requests.json", String::new()),
    ];
    for (name, path) in routes {
        let _ = write!(table, "{name:<44}");
        for (_, argument) in &keys {
            let reply = match path.as_str() {
                "" => posted(&house.stranger(), "/open311/v2/requests.json", format!("{argument}&{new}"), None).await,
                _ => get(house, &format!("{path}&{argument}")).await,
            };
            let _ = write!(table, " {:>12}", reply.status.as_u16());
        }
        table.push('\n');
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whatever_is_sent_nothing_breaks(pool: PgPool) {
    let house = House::open(pool).await;
    let secret = secret(&house).await;
    let long = "x".repeat(5000);
    let nasty = [
        "",
        " ",
        "%",
        "_",
        "'; drop table request; --",
        "\0",
        "\u{1}\u{fffe}",
        "null",
        "-1",
        "1e999",
        "NaN",
        "𝕏",
        &long,
    ];
    let fields = [
        "jurisdiction_id",
        "service_code",
        "description",
        "address_id",
        "address_string",
        "lat",
        "long",
        "attribute[place]",
        "attribute[floor]",
        "attribute[times]",
        "attribute[times][]",
        "attribute[",
        "email",
        "device_id",
        "account_id",
        "first_name",
        "last_name",
        "phone",
        "media_url",
        "service_request_id",
        "start_date",
        "end_date",
        "status",
        "api_key",
    ];
    let code = problem(&house, |service| service["attribute"] == "place").await;
    for value in nasty {
        for field in fields {
            let query = encode(&[("api_key", &secret), (field, value)]);
            let mut all = vec![("api_key", secret.as_str()), ("service_code", &code), ("lat", "1"), ("long", "2")];
            all.retain(|(name, _)| *name != field);
            all.push((field, value));
            for reply in [
                get(&house, &format!("/open311/v2/requests.xml?{query}")).await,
                get(&house, &format!("/open311/v2/services.json?{query}")).await,
                post(&house, "/open311/v2/requests.xml", &all).await,
            ] {
                assert!(reply.status.as_u16() < 500, "{field}={value:?}: {}", reply.text());
                assert!(!reply.text().contains(['\0', '\u{1}', '\u{fffe}']));
            }
        }
    }
    let stranger = house.stranger();
    for key in ["", "12345", "\"\""] {
        assert_eq!(
            posted(&stranger, "/open311/v2/requests.json", String::new(), Some(key)).await.status,
            StatusCode::BAD_REQUEST
        );
    }
    let heavy = posted(&stranger, "/open311/v2/requests.json", "x".repeat(300 * 1024), None).await;
    assert_eq!(heavy.status, StatusCode::PAYLOAD_TOO_LARGE);
    let request =
        stranger.request(Method::POST, "/open311/v2/requests.json").header(header::CONTENT_TYPE, "application/json");
    let request = request.body(Body::from("{\"service_code\": 1}")).unwrap();
    assert_eq!(house.send(request).await.status, StatusCode::BAD_REQUEST);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn keys_are_shown_once_revoked_for_good_and_limited(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let key = key();
    let made = manager.post_exactly("people/make_key", &[("key", &key), ("name", "City 311")]).await.ok();
    let again = manager.post_exactly("people/make_key", &[("key", &key), ("name", "City 311")]).await.ok();
    assert_eq!(
        (made["id"].clone(), json!("")),
        (again["id"].clone(), again["secret"].clone()),
        "a replay makes none, and tells none"
    );
    let secret = made["secret"].as_str().unwrap();
    let stored: String = house.value("select string_agg(to_jsonb(k)::text, '') from api_key k").await;
    assert!(!stored.contains(&secret[15..]), "only a hash is kept");
    let kinds: Vec<String> = sqlx::query_scalar("select kind from happening where kind like 'key%' order by id")
        .fetch_all(&house.pool)
        .await
        .unwrap();
    assert_eq!(kinds, ["key_made"]);

    let path = format!("/open311/v2/requests.json?api_key={secret}");
    get(&house, &path).await.ok();
    let listed = manager.post_exactly("people/keys", &[]).await.ok();
    assert_eq!((&listed["jurisdiction"], &listed["keys"][0]["used_at"]), (&json!("ly"), &json!(noon())));
    // The header opens as the argument does.
    let request = house.stranger().request(Method::GET, "/open311/v2/requests.json");
    let request = request.header(header::AUTHORIZATION, format!("Bearer {secret}")).body(Body::empty()).unwrap();
    house.send(request).await.ok();

    sqlx::query("update attempt set tries = 1200 where subject like 'program:%'").execute(&house.pool).await.unwrap();
    let reply = get(&house, &path).await;
    assert_eq!(
        (reply.status, reply.headers[header::RETRY_AFTER].to_str().unwrap()),
        (StatusCode::TOO_MANY_REQUESTS, "60")
    );
    assert_eq!(reply.json(), json!([{ "code": 429, "description": "too many calls; try again later" }]));
    house.advance(1);
    get(&house, &path).await.ok();

    let id = made["id"].as_str().unwrap();
    manager.post("people/revoke_key", &[("id", id)]).await.ok();
    manager.post("people/revoke_key", &[("id", id)]).await.ok();
    assert_eq!(get(&house, &path).await.status, StatusCode::FORBIDDEN);
    let back = sqlx::query("update api_key set revoked_at = null, revoked_by = null").execute(&house.pool).await;
    assert!(back.is_err(), "what was revoked stays so, whoever asks");
    assert!(sqlx::query("delete from api_key").execute(&house.pool).await.is_err());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_document_describes_every_route_and_every_route_answers(pool: PgPool) {
    let house = House::open(pool).await;
    let document = get(&house, "/api/openapi.json").await.ok();
    assert_eq!(document["openapi"], "3.1.0");
    let mut described: BTreeSet<String> = ["GET /api/openapi.json".to_owned()].into();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let method = method.to_uppercase();
            for format in ["json", "xml"] {
                let path = path.replace("{format}", format);
                // Whatever has a name before its ending is one route for all names and forms.
                let route = path.find('{').map_or(path.clone(), |at| format!("{}{{file}}", &path[..at]));
                described.insert(format!("{method} {route}"));
                let body = Body::empty();
                let path = path.replace(['{', '}'], "");
                let request = house.stranger().request(method.parse().unwrap(), &path).body(body).unwrap();
                let reply = house.send(request).await;
                let kind = reply.headers[header::CONTENT_TYPE].to_str().unwrap();
                assert!(kind.contains(format) && !reply.status.is_server_error(), "{method} {path}: {kind}");
            }
        }
    }
    let routes = app::open311::ROUTES.map(str::to_owned).into_iter().collect::<BTreeSet<_>>();
    assert_eq!(described, routes);
    let names: BTreeSet<&str> =
        document["components"]["securitySchemes"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, set(["api_key", "bearer"]));
}
