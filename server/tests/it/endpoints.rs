//! The endpoint matrix: every server function × every kind of viewer, each cell the status of a real
//! request with a valid body, aimed at a record that exists. `BLESS=1` writes the files anew.

use crate::calls::{At, CALLS};
use crate::cases::{KIOSK, fill, open, prepare, viewer};
use crate::house::House;
use crate::twice::writes;
use axum::http::{Method, StatusCode};
use server::demo::cast;
use sqlx::PgPool;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Column by column; the kiosk is a lobby screen that staff let in.
pub const VIEWERS: [(&str, Option<&str>); 13] = [
    ("anonymous", None),
    ("kiosk", Some(KIOSK)),
    ("resident", Some(cast::RESIDENT)),
    ("neighbour", Some(cast::NEIGHBOUR)),
    ("former", Some(cast::FORMER_RESIDENT)),
    ("technician", Some(cast::TECHNICIAN)),
    ("tech-other", Some(cast::OTHER_TECHNICIAN)),
    ("receptionist", Some(cast::RECEPTIONIST)),
    ("coordinator", Some(cast::COORDINATOR)),
    ("head", Some(cast::ENGINEERING_HEAD)),
    ("manager", Some(cast::SITE_MANAGER)),
    ("hq", Some(cast::HQ)),
    ("other-estate", Some(cast::BOYAN_COORDINATOR)),
];

/// The server functions in parts, each with a database and a file of its own: walked one after the other they took longer
/// than all other tests. A room stays whole, since its rows come upon what those before them left.
const PARTS: [(&str, &[&str]); 4] = [
    ("bookings", &["activities", "bookings", "calendar"]),
    (
        "desk",
        &["concierge", "desk", "followups", "forms", "incidents", "insights", "lobby", "mail", "messages", "notices"],
    ),
    ("people", &["people", "policy"]),
    ("requests", &["requests", "screens", "services", "visitors", "work"]),
];

/// The room of a server function.
fn room(endpoint: &str) -> &str {
    endpoint.split('/').next().unwrap_or_default()
}

#[test]
fn every_server_function_stands_in_the_matrix() {
    let listed: Vec<String> = CALLS.iter().map(|(endpoint, ..)| format!("POST /api/{endpoint}")).collect();
    assert_eq!(server::http::server_fns(), listed, "each, sorted");
    let mut rooms: Vec<&str> = CALLS.iter().map(|(endpoint, ..)| room(endpoint)).collect();
    rooms.dedup();
    let walked: Vec<&str> = PARTS.iter().flat_map(|(_, rooms)| *rooms).copied().collect();
    assert_eq!(rooms, walked, "each in one part");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn every_viewer_is_answered_as_written_about_bookings(pool: PgPool) {
    walk(pool, PARTS[0]).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn every_viewer_is_answered_as_written_at_the_desk(pool: PgPool) {
    walk(pool, PARTS[1]).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn every_viewer_is_answered_as_written_about_people(pool: PgPool) {
    walk(pool, PARTS[2]).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn every_viewer_is_answered_as_written_about_requests(pool: PgPool) {
    walk(pool, PARTS[3]).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn every_viewer_is_answered_as_written_by_pages(pool: PgPool) {
    let house = open(pool).await;
    let mut table = columns();
    pages(&house, &mut table).await;
    crate::programs::by_key(&house, &mut table).await;
    compare("pages", &table);
}

/// Calls everything of some rooms as everybody.
async fn walk(pool: PgPool, (name, rooms): (&str, &[&str])) {
    let house = open(pool).await;
    let writes = writes();
    let mut table = columns();
    let mut ready: Option<(At, BTreeMap<String, String>)> = None;
    let calls = CALLS.iter().copied().filter(|(endpoint, ..)| rooms.contains(&room(endpoint)));
    for (row, (endpoint, at, fields)) in calls.enumerate() {
        if row % 16 == 0 {
            // The tests' Postgres gathers no statistics by itself, and thousands of records want them.
            sqlx::query("analyze").execute(&house.pool).await.unwrap();
        }
        let _ = write!(table, "{endpoint:<34}");
        for (_, sign_in) in VIEWERS {
            let case = match ready.take() {
                Some((reached, case)) if reached == at => case,
                _ => prepare(&house, at).await,
            };
            let fields = form_urlencoded::parse(fill(fields, &case).as_bytes()).into_owned().collect::<Vec<_>>();
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let caller = viewer(&house, sign_in).await;
            let reply = caller.post(endpoint, &fields).await;
            assert_ne!(reply.status, StatusCode::INTERNAL_SERVER_ERROR, "{endpoint}: {}", reply.text());
            let _ = write!(table, " {:>12}", reply.status.as_u16());
            // A write that succeeded may have moved things: the next viewer finds them as this one did.
            if !(writes.contains(endpoint) && reply.status.is_success()) {
                ready = Some((at, case));
            }
        }
        table.push('\n');
    }
    compare(name, &table);
}

/// The head of a table: the viewers.
fn columns() -> String {
    let mut head = format!("{:<34}", "");
    for (viewer, _) in VIEWERS {
        let _ = write!(head, " {viewer:>12}");
    }
    head.push('\n');
    head
}

/// Whether a part is as its file says; with `BLESS=1` that says so from now on.
fn compare(name: &str, table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/endpoints").join(name).with_extension("txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, table).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == table, "the matrix differs from {}; read it, then BLESS=1:\n{table}", path.display());
}

/// Pages and the other routes, opened by everybody.
async fn pages(house: &House, table: &mut String) {
    let wanted = prepare(house, At::Full).await.remove("starts").unwrap();
    let draw = prepare(house, At::Entered).await.remove("draw").unwrap();
    let held = prepare(house, At::Held).await.remove("booking_code").unwrap();
    let booked = prepare(house, At::Booked).await.remove("booking_code").unwrap();
    let ordered = prepare(house, At::Wanted).await.remove("order_of_code").unwrap();
    let notice = prepare(house, At::Posted).await.remove("notice").unwrap();
    let activity = prepare(house, At::SignedUp).await.remove("activity_code").unwrap();
    let visit = prepare(house, At::Called).await.remove("visit").unwrap();
    let case = prepare(house, At::Proposed).await;
    let code = &case["code"];
    let photo = format!("/photos/{}/{}", case["estate"], case["photo"]);
    let problem = &case["slug"];
    let resident = viewer(house, Some(cast::RESIDENT)).await;
    let key = crate::uploads::began(&resident, &case["estate"]).await;
    let calendar = crate::calendar::made(&resident).await;
    let order = prepare(house, At::OnSite).await.remove("order").unwrap();
    let technician = viewer(house, Some(cast::TECHNICIAN)).await;
    let signature = crate::work::signature(&technician, &order).await;
    let signature = format!("/signatures/{}/{signature}", case["estate"]);
    let texts = app::texts::language(app::texts::Lang::En).common.path.to_owned();
    let routes = [
        ("GET /", "/".to_owned()),
        ("GET /activities", "/activities".to_owned()),
        ("GET /activities/{code}", format!("/activities/{activity}")),
        ("GET /activities/{code}/calendar.ics", format!("/activities/{activity}/calendar.ics")),
        ("GET /api/openapi.json", "/api/openapi.json".to_owned()),
        ("GET /book", "/book".to_owned()),
        ("GET /book/find", "/book/find".to_owned()),
        ("GET /book/{facility}", "/book/tennis-court".to_owned()),
        ("GET /book/{facility}/draw", format!("/book/tennis-court/draw?draw={draw}")),
        ("GET /book/{facility}/wait", format!("/book/moving-lift/wait?starts={wanted}")),
        ("GET /bookings/{code}", format!("/bookings/{held}")),
        ("GET /bookings/{code}/calendar.ics", format!("/bookings/{booked}/calendar.ics")),
        ("GET /calendar/{file}", calendar),
        ("GET /draws/{file}", format!("/draws/{draw}.json")),
        ("GET /gallery", "/gallery".to_owned()),
        ("GET /healthz", "/healthz".to_owned()),
        ("GET /home", "/home".to_owned()),
        ("GET /i18n/{file}", texts),
        ("GET /inbox", "/inbox".to_owned()),
        ("GET /join", "/join".to_owned()),
        ("GET /kiosk", "/kiosk".to_owned()),
        ("GET /kiosk/check", "/kiosk/check".to_owned()),
        ("GET /kiosk/notice/{notice}", format!("/kiosk/notice/{notice}")),
        ("GET /kiosk/report", "/kiosk/report".to_owned()),
        ("GET /kiosk/report/{problem}", format!("/kiosk/report/{}", case["common_slug"])),
        ("GET /kiosk/ring", "/kiosk/ring".to_owned()),
        ("GET /kiosk/visitor", "/kiosk/visitor".to_owned()),
        ("GET /live", "/live".to_owned()),
        ("GET /mail", "/mail".to_owned()),
        ("GET /me", "/me".to_owned()),
        ("GET /notices", "/notices".to_owned()),
        ("GET /notices/{notice}", format!("/notices/{notice}")),
        ("GET /offline", "/offline".to_owned()),
        ("GET /open311/discovery.json", "/open311/discovery.json".to_owned()),
        ("GET /open311/discovery.xml", "/open311/discovery.xml".to_owned()),
        ("GET /open311/v2/requests.json", "/open311/v2/requests.json".to_owned()),
        ("GET /open311/v2/requests.xml", "/open311/v2/requests.xml".to_owned()),
        ("GET /open311/v2/requests/{file}", format!("/open311/v2/requests/{code}.json")),
        ("GET /open311/v2/services.json", "/open311/v2/services.json?jurisdiction_id=ly".to_owned()),
        ("GET /open311/v2/services.xml", "/open311/v2/services.xml?jurisdiction_id=ly".to_owned()),
        ("GET /open311/v2/services/{file}", format!("/open311/v2/services/{problem}.json?jurisdiction_id=ly")),
        ("GET /open311/v2/tokens/{file}", format!("/open311/v2/tokens/{}.json", case["key"])),
        ("GET /photos/{estate}/{id}", photo.clone()),
        ("GET /photos/{estate}/{id}/small", format!("{photo}/small")),
        ("GET /readyz", "/readyz".to_owned()),
        ("GET /report", "/report".to_owned()),
        ("GET /report/{problem}", format!("/report/{problem}")),
        ("GET /requests", "/requests".to_owned()),
        ("GET /requests/{code}", format!("/requests/{code}")),
        ("GET /requests/{code}/sent", format!("/requests/{code}/sent")),
        ("GET /services", "/services".to_owned()),
        ("GET /services/orders/{code}", format!("/services/orders/{ordered}")),
        ("GET /services/{service}", "/services/taxi".to_owned()),
        ("GET /shell/resident", "/shell/resident".to_owned()),
        ("GET /shell/staff", "/shell/staff".to_owned()),
        ("GET /sign-in", "/sign-in".to_owned()),
        ("GET /signatures/{estate}/{id}", signature),
        ("GET /staff", "/staff".to_owned()),
        ("GET /staff/activities", "/staff/activities".to_owned()),
        ("GET /staff/activities/{code}", format!("/staff/activities/{activity}")),
        ("GET /staff/bookings", "/staff/bookings".to_owned()),
        ("GET /staff/bookings/{code}", format!("/staff/bookings/{booked}")),
        ("GET /staff/contacts", "/staff/contacts".to_owned()),
        ("GET /staff/desk", "/staff/desk".to_owned()),
        ("GET /staff/export.csv", "/staff/export.csv".to_owned()),
        ("GET /staff/export.xlsx", "/staff/export.xlsx".to_owned()),
        ("GET /staff/facilities/{facility}", "/staff/facilities/tennis-court".to_owned()),
        ("GET /staff/facilities/{facility}/draws", "/staff/facilities/tennis-court/draws".to_owned()),
        ("GET /staff/facilities/{facility}/terms", "/staff/facilities/tennis-court/terms".to_owned()),
        ("GET /staff/filter", "/staff/filter".to_owned()),
        ("GET /staff/followups", "/staff/followups".to_owned()),
        ("GET /staff/inbox", "/staff/inbox".to_owned()),
        ("GET /staff/incidents", "/staff/incidents".to_owned()),
        ("GET /staff/incidents/{id}", format!("/staff/incidents/{}", case["incident"])),
        ("GET /staff/insights", "/staff/insights".to_owned()),
        (
            "GET /staff/insights/rows",
            "/staff/insights/rows?figure=received&from=2026-11-01&until=2026-11-23".to_owned(),
        ),
        ("GET /staff/jobs", "/staff/jobs".to_owned()),
        ("GET /staff/keys", "/staff/keys".to_owned()),
        ("GET /staff/list", "/staff/list".to_owned()),
        ("GET /staff/log", "/staff/log".to_owned()),
        ("GET /staff/mail", "/staff/mail".to_owned()),
        ("GET /staff/me", "/staff/me".to_owned()),
        ("GET /staff/notices", "/staff/notices".to_owned()),
        ("GET /staff/notices/{notice}", format!("/staff/notices/{notice}")),
        ("GET /staff/orders/{order}", format!("/staff/orders/{order}")),
        ("GET /staff/orders/{order}/notice", format!("/staff/orders/{order}/notice")),
        ("GET /staff/orphans", "/staff/orphans".to_owned()),
        ("GET /staff/people", "/staff/people".to_owned()),
        ("GET /staff/people/{unit}", format!("/staff/people/{}", case["unit"])),
        ("GET /staff/people/{unit}/book", format!("/staff/people/{}/book", case["unit"])),
        ("GET /staff/people/{unit}/book/{facility}", format!("/staff/people/{}/book/tennis-court", case["unit"])),
        ("GET /staff/people/{unit}/order", format!("/staff/people/{}/order", case["unit"])),
        ("GET /staff/people/{unit}/order/{service}", format!("/staff/people/{}/order/taxi", case["unit"])),
        ("GET /staff/policy", "/staff/policy".to_owned()),
        ("GET /staff/policy/edit/{section}", "/staff/policy/edit/calendar".to_owned()),
        ("GET /staff/policy/preview", "/staff/policy/preview".to_owned()),
        ("GET /staff/rectifications", "/staff/rectifications".to_owned()),
        ("GET /staff/requests/{code}", format!("/staff/requests/{code}")),
        ("GET /staff/requests/{code}/clocks", format!("/staff/requests/{code}/clocks")),
        ("GET /staff/requests/{code}/closing", format!("/staff/requests/{code}/closing")),
        ("GET /staff/requests/{code}/dispatch", format!("/staff/requests/{code}/dispatch")),
        ("GET /staff/screens", "/staff/screens".to_owned()),
        ("GET /staff/services", "/staff/services".to_owned()),
        ("GET /staff/services/book", "/staff/services/book".to_owned()),
        ("GET /staff/services/orders/{code}", format!("/staff/services/orders/{ordered}")),
        ("GET /staff/team", "/staff/team".to_owned()),
        ("GET /staff/team/{staff}", format!("/staff/team/{}", case["staff"])),
        ("GET /staff/team/{staff}/conduct", format!("/staff/team/{}/conduct", case["staff"])),
        ("GET /staff/unsent", "/staff/unsent".to_owned()),
        ("GET /staff/upkeep", "/staff/upkeep".to_owned()),
        ("GET /staff/vendors", "/staff/vendors".to_owned()),
        ("GET /staff/visitors", "/staff/visitors".to_owned()),
        ("GET /staff/wall", "/staff/wall".to_owned()),
        ("GET /track", "/track".to_owned()),
        ("GET /unsent", "/unsent".to_owned()),
        ("GET /visitors/{id}", format!("/visitors/{visit}")),
        ("GET /worker.js", "/worker.js".to_owned()),
        ("HEAD /photos/parts", key.clone()),
        ("PATCH /photos/parts", key.clone()),
        ("POST /open311/v2/requests.json", format!("service_code={problem}&address_id=unit:{}", case["unit"])),
        ("POST /open311/v2/requests.xml", format!("service_code={problem}&address_id=unit:{}", case["unit"])),
        ("POST /photos", String::new()),
        ("POST /photos/parts", key),
    ];
    let others = server::http::endpoints().into_iter().filter(|endpoint| !endpoint.starts_with("POST /api/"));
    assert_eq!(others.collect::<Vec<_>>(), routes.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "every route");
    for (name, path) in routes {
        let _ = write!(table, "{name:<34}");
        for (_, sign_in) in VIEWERS {
            let reply = match name {
                "GET /live" => live(house, sign_in).await,
                "POST /open311/v2/requests.json" | "POST /open311/v2/requests.xml" => {
                    crate::programs::filed(&viewer(house, sign_in).await, name.trim_start_matches("POST "), &path).await
                }
                "HEAD /photos/parts" | "PATCH /photos/parts" | "POST /photos/parts" => {
                    let (method, _) = name.split_once(' ').unwrap();
                    let method = Method::from_bytes(method.as_bytes()).unwrap();
                    crate::uploads::offered(&viewer(house, sign_in).await, method, &case["estate"], &path).await
                }
                "POST /photos" => crate::photos::offered(&viewer(house, sign_in).await, &case["estate"]).await,
                _ => viewer(house, sign_in).await.get(&path).await.status,
            };
            assert_ne!(reply, StatusCode::INTERNAL_SERVER_ERROR, "{name} as {sign_in:?}");
            let _ = write!(table, " {:>12}", reply.as_u16());
        }
        table.push('\n');
    }
}

/// The live line never ends: only its status is looked at.
async fn live(house: &House, sign_in: Option<&str>) -> StatusCode {
    use tower::ServiceExt;
    let caller = viewer(house, sign_in).await;
    let request = caller.request(Method::GET, "/live").body(axum::body::Body::empty()).unwrap();
    house.router.clone().oneshot(request).await.unwrap().status()
}
