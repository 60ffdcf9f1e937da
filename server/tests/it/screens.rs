//! Lobby screens: how a browser becomes one, what it then is, what it shows, and how it is shut out.

use crate::calls::At;
use crate::cases::{open, prepare};
use crate::house::{Caller, House};
use axum::http::StatusCode;
use server::demo::cast;
use sqlx::PgPool;

/// A browser that asks to be let in, and the code that it shows.
pub async fn asks(house: &House) -> (Caller<'_>, String) {
    let secret = house.stranger().post("screens/ask", &[]).await.cookie("__Host-asking").unwrap();
    let screen = house.stranger().with_cookie("__Host-asking", &secret);
    let code = standing(&screen).await["Asking"]["code"].as_str().unwrap().to_owned();
    (screen, code)
}

/// A place in common, in the grounds of Liyuan: a screen there hears of the whole estate.
pub async fn area(house: &House) -> String {
    let area: uuid::Uuid = house
        .value(
            "select a.id from common_area a join estate e on e.id = a.estate_id
             where e.code_prefix = 'LY' order by a.building_id is not null, a.position, a.id limit 1",
        )
        .await;
    area.to_string()
}

async fn standing(caller: &Caller<'_>) -> serde_json::Value {
    caller.post_exactly("screens/board", &[]).await.ok()
}

/// Lets a screen in: its id.
async fn let_in(house: &House, code: &str) -> String {
    let (manager, area) = (house.as_person(cast::SITE_MANAGER).await, area(house).await);
    let fields = [("code", code), ("name", "By the door"), ("area", &area)];
    manager.post("screens/let_in", &fields).await.ok().as_str().unwrap().to_owned()
}

/// One that was let in and has its credential, with its id.
async fn enrolled(house: &House) -> (Caller<'_>, String) {
    let (screen, code) = asks(house).await;
    let id = let_in(house, &code).await;
    let token = screen.post("screens/enrol", &[]).await.cookie("__Host-device").unwrap();
    (house.stranger().with_cookie("__Host-device", &token), id)
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_browser_becomes_a_screen_by_a_code_that_staff_type(pool: PgPool) {
    let house = House::open(pool).await;
    assert_eq!(standing(&house.stranger()).await, "Unknown");
    let (screen, code) = asks(&house).await;
    assert_eq!((code.len(), code.as_bytes()[4]), (9, b'-'));
    // Before anybody lets it in, it collects nothing.
    assert_eq!(screen.post("screens/enrol", &[]).await.cookie("__Host-device"), None);
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let area = area(&house).await;
    let typed = |code: &str| [("code", code.to_owned()), ("name", "By the door".to_owned()), ("area", area.clone())];
    let send = async |fields: [(&str, String); 3]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        manager.post("screens/let_in", &fields).await
    };
    let wrong = send(typed("AAAA-AAAA")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text());
    send(typed(&code.to_lowercase().replace('-', " "))).await.ok();
    assert_eq!(standing(&screen).await["Asking"]["is_let_in"], true);
    // Whoever read the code over a shoulder collects nothing.
    let (other, _) = asks(&house).await;
    assert_eq!(other.post("screens/enrol", &[]).await.cookie("__Host-device"), None);
    let token = screen.post("screens/enrol", &[]).await.cookie("__Host-device").unwrap();
    assert_eq!(screen.post("screens/enrol", &[]).await.cookie("__Host-device"), None, "once");
    let stored: i64 = house.value("select count(*) from screen where octet_length(token_hash) = 32").await;
    assert_eq!((stored, token.len()), (1, 64));
    let board = standing(&house.stranger().with_cookie("__Host-device", &token)).await;
    assert_eq!(board["Enrolled"]["estate"]["names"]["en"], "Liyuan Garden");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_code_is_good_for_a_quarter_of_an_hour(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, code) = asks(&house).await;
    let_in(&house, &code).await;
    let (late, late_code) = asks(&house).await;
    house.advance(15);
    assert_eq!(screen.post("screens/enrol", &[]).await.cookie("__Host-device"), None);
    assert_eq!(standing(&late).await, "Unknown");
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let area = area(&house).await;
    let fields = [("code", late_code.as_str()), ("name", "Late"), ("area", area.as_str())];
    assert_eq!(manager.post("screens/let_in", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_revoked_screen_is_a_stranger_at_once(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, id) = enrolled(&house).await;
    assert!(standing(&screen).await["Enrolled"].is_object());
    house.as_person(cast::SITE_MANAGER).await.post("screens/revoke", &[("id", &id)]).await.ok();
    assert_eq!(standing(&screen).await, "Unknown");
    assert!(sqlx::query("update screen set revoked_at = null, revoked_by = null").execute(&house.pool).await.is_err());
    assert!(sqlx::query("delete from screen").execute(&house.pool).await.is_err());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_office_sees_how_a_screen_does_by_what_it_asks_itself(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, _) = enrolled(&house).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let seen = async || manager.post_exactly("screens/list", &[]).await.ok()["screens"][0].clone();
    assert!(seen().await["seen_at"].is_null(), "a list touches nothing");
    screen.post_exactly("screens/board", &[("build", "one")]).await.ok();
    let first = seen().await;
    assert_eq!((first["seen_at"].is_string(), &first["build"]), (true, &"one".into()));
    house.backend.clock.advance(chrono::Duration::seconds(59));
    standing(&screen).await;
    assert_eq!(seen().await["seen_at"], first["seen_at"], "at most once a minute");
    house.backend.clock.advance(chrono::Duration::seconds(1));
    standing(&screen).await;
    let second = seen().await;
    assert_ne!(second["seen_at"], first["seen_at"]);
    assert_eq!(second["build"], "one");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_browser_that_is_a_screen_is_nobody_else(pool: PgPool) {
    let house = House::open(pool).await;
    let screen = house.as_screen().await;
    let session = house.as_person(cast::RESIDENT).await.cookies[0].1.clone();
    let both = screen.clone().with_cookie("__Host-session", &session);
    assert_eq!(both.post_exactly("people/me", &[]).await.status, StatusCode::UNAUTHORIZED);
    let tried = screen.post("people/demo_sign_in", &[("sign_in", cast::RESIDENT)]).await;
    assert_eq!((tried.status, tried.cookie("__Host-session")), (StatusCode::FORBIDDEN, None));
    // A form that only a signed-in person may send leads back to the screen's beginning.
    let fields = [("id", "018f0000-0000-7000-8000-000000000000"), ("words", "hello")];
    let refused = screen.submit("/kiosk", "requests/comment", &fields).await;
    assert_eq!((refused.status, refused.location()), (StatusCode::SEE_OTHER, "/kiosk"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_board_says_what_is_out_of_order_and_free_and_names_nobody(pool: PgPool) {
    let house = open(pool).await;
    let case = prepare(&house, At::Proposed).await;
    let (screen, _) = enrolled(&house).await;
    assert_eq!(standing(&screen).await["Enrolled"]["incidents"], serde_json::json!([]), "a proposal is no incident");
    let desk = house.as_person(cast::COORDINATOR).await;
    let fields = [("id", case["incident"].as_str()), ("seen", case["incident_seen"].as_str())];
    desk.post("incidents/accept", &fields).await.ok();
    let board = standing(&screen).await;
    let outage = &board["Enrolled"]["incidents"][0];
    assert!(outage["topic"]["en"].is_string(), "{board}");
    let free = board["Enrolled"]["free"].as_array().unwrap();
    assert!((1..=4).contains(&free.len()), "{free:?}");
    assert!(free.iter().all(|one| (1..=4).contains(&one["starts"].as_array().unwrap().len())));
    let page = screen.get("/kiosk").await.text();
    let names: Vec<String> = sqlx::query_scalar("select name from account").fetch_all(&house.pool).await.unwrap();
    assert!(names.iter().all(|name| !page.contains(name.as_str())), "{page}");
}
