//! A visitor in the lobby: whoever lives there answers, the screen says nothing of them, and the desk keeps the book.

use crate::house::{Caller, House, Reply};
use app::visitors::settle_due;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

const BUILDING: &str = "select u.building_id from unit u join estate e on e.id = u.estate_id
    where e.code_prefix = 'LY' and u.number = '1203' limit 1";

/// Somebody at a screen asks for the resident's home and is announced, and the screen rings: by the names under which calls
/// aim at them. What earlier cases asked was an hour ago.
pub async fn called(house: &House) -> [(&'static str, String); 2] {
    for sql in [
        "update visit set version = version + 1, asked_at = asked_at - interval '1 hour'",
        "update ring set version = version + 1, rung_at = rung_at - interval '1 hour'",
    ] {
        sqlx::query(sql).execute(&house.pool).await.unwrap();
    }
    let screen = house.as_screen().await;
    ask(house, "1203").await.ok();
    settle_due(&house.backend).await.unwrap();
    screen.post("visitors/end_ring", &[]).await.ok();
    screen.post("visitors/ring", &[]).await.ok();
    let id = async |sql: &'static str| house.value::<uuid::Uuid>(sql).await.to_string();
    [
        ("visit", id("select id from visit where told_to > 0 order by asked_at desc, id desc limit 1").await),
        ("ring", id("select id from ring where stage = 'ringing'").await),
    ]
}

/// Mr Wu asks for a home in the resident's building.
async fn ask(house: &House, number: &str) -> Reply {
    ask_about(house, number, "visit").await
}

async fn ask_about(house: &House, number: &str, purpose: &str) -> Reply {
    let building = house.value::<uuid::Uuid>(BUILDING).await.to_string();
    let fields = [("building", building.as_str()), ("number", number), ("name", "Mr Wu"), ("purpose", purpose)];
    house.as_screen().await.post("visitors/ask", &fields).await
}

async fn shown(screen: &Caller<'_>) -> Value {
    screen.post_exactly("visitors/door", &[]).await.ok()["shown"].clone()
}

async fn told(caller: &Caller<'_>) -> Vec<Value> {
    let inbox = caller.post_exactly("messages/inbox", &[("side", "home")]).await.ok();
    let all = inbox["messages"].as_array().unwrap().iter().cloned();
    all.filter(|message| message["telling"]["told"] == "lobby").collect()
}

fn seconds(house: &House, seconds: i64) {
    house.backend.clock.advance(chrono::Duration::seconds(seconds));
}

/// The latest visit of which somebody was told.
async fn visit(house: &House) -> String {
    house.value::<uuid::Uuid>("select id from visit where told_to > 0 order by asked_at desc limit 1").await.to_string()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_lives_there_lets_them_up(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, emma) = (house.as_screen().await, house.as_person(cast::RESIDENT).await);
    assert_eq!(shown(&screen).await, Value::Null);
    ask(&house, "1203").await.ok();
    assert_eq!(shown(&screen).await, json!("waiting"));
    settle_due(&house.backend).await.unwrap();
    let inbox = told(&emma).await;
    assert_eq!((inbox.len(), told(&house.as_person(cast::SPOUSE).await).await.len()), (1, 1), "all who live there");
    assert!(!inbox[0].to_string().contains("Mr Wu"), "messages are kept for longer than names");
    let id = visit(&house).await;
    assert_eq!(inbox[0]["telling"]["news"]["visit"], json!(id));
    let own = emma.post_exactly("visitors/own", &[("id", &id)]).await.ok();
    assert_eq!(own["visit"]["name"], json!("Mr Wu"));
    for other in [cast::NEIGHBOUR, cast::FORMER_RESIDENT, cast::BOYAN_CONTACT] {
        let other = house.as_person(other).await;
        assert_eq!(other.post_exactly("visitors/own", &[("id", &id)]).await.status, StatusCode::NOT_FOUND);
        let up = other.post("visitors/answer", &[("id", &id), ("answer", "up")]).await;
        assert_eq!(up.status, StatusCode::NOT_FOUND);
    }
    emma.post("visitors/answer", &[("id", &id), ("answer", "up")]).await.ok();
    assert_eq!(shown(&screen).await, json!("up"));
    let again =
        house.as_person(cast::SPOUSE).await.post("visitors/answer", &[("id", &id), ("answer", "not_now")]).await;
    assert_eq!(again.json(), json!({ "Refused": "AlreadyMoved" }), "the first one answers for all");
    // The next visitor finds an empty form.
    screen.post("visitors/next", &[]).await.ok();
    assert_eq!(shown(&screen).await, Value::Null);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_screen_answers_alike_whether_anybody_lives_there_or_not(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, emma) = (house.as_screen().await, house.as_person(cast::RESIDENT).await);
    // A home whose people say no, one that was left, and none at all.
    let mut seen = Vec::new();
    for number in ["1203", "1204", "99Z"] {
        let asked = ask(&house, number).await;
        let mut all = vec![asked.body.clone()];
        settle_due(&house.backend).await.unwrap();
        if number == "1203" {
            emma.post("visitors/answer", &[("id", &visit(&house).await), ("answer", "not_now")]).await.ok();
        }
        for wait in [0, 60, 59, 1, 60] {
            seconds(&house, wait);
            settle_due(&house.backend).await.unwrap();
            all.push(screen.post_exactly("visitors/door", &[]).await.body);
        }
        seen.push(all);
        seconds(&house, 240);
        assert_eq!(shown(&screen).await, Value::Null, "it is shown for a while");
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    let last: Value = serde_json::from_slice(&seen[0][5]).unwrap();
    assert_eq!(last["shown"], json!("desk"));
    // The desk, which is allowed to know, sees the difference.
    let book = house.as_person(cast::RECEPTIONIST).await.post_exactly("visitors/book", &[]).await.ok();
    let stages: Vec<_> = book["visits"].as_array().unwrap().iter().map(|visit| visit["stage"].clone()).collect();
    assert_eq!(stages, [json!("unanswered"), json!("unanswered"), json!("denied")], "newest first");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_is_called_again_and_again(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let mut replies = Vec::new();
    for _ in 0..4 {
        replies.push(ask(&house, "1203").await.body);
        settle_due(&house.backend).await.unwrap();
        seconds(&house, 1);
    }
    assert_eq!(told(&emma).await.len(), 3, "three times in ten minutes");
    assert!(replies.iter().all(|reply| *reply == replies[0]));
    assert_eq!(shown(&house.as_screen().await).await, json!("waiting"));
    house.advance(11);
    for _ in 0..20 {
        ask(&house, "99Z").await.ok();
        seconds(&house, 1);
    }
    ask(&house, "1203").await.ok();
    settle_due(&house.backend).await.unwrap();
    assert_eq!(told(&emma).await.len(), 4, "who asks for nobody keeps nobody from being announced");
    // As if those twenty had been announced somewhere.
    let announced = "update visit set version = version + 1, told_to = 1 where unit_id is null";
    sqlx::query(announced).execute(&house.pool).await.unwrap();
    house.advance(11);
    ask_about(&house, "1203", "complaint").await.ok();
    settle_due(&house.backend).await.unwrap();
    assert_eq!(told(&emma).await.len(), 4, "twenty of one screen in an hour");
    let office = house.as_person(cast::COORDINATOR).await;
    let inbox = office.post_exactly("messages/inbox", &[("side", "office")]).await.ok();
    assert_eq!(inbox["messages"][0]["telling"]["news"]["news"], json!("complains"), "the centre is told all the same");
    house.advance(61);
    ask(&house, "1203").await.ok();
    settle_due(&house.backend).await.unwrap();
    assert_eq!(told(&emma).await.len(), 5);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_screen_asks_sixty_times_an_hour_and_the_desk_sees_the_latest(pool: PgPool) {
    let house = House::open(pool).await;
    for _ in 0..59 {
        ask(&house, "99Z").await.ok();
        seconds(&house, 1);
    }
    ask(&house, "1203").await.ok();
    let book = house.as_person(cast::RECEPTIONIST).await.post_exactly("visitors/book", &[]).await.ok();
    let waiting = book["waiting"].as_array().unwrap();
    assert_eq!((waiting.len(), &waiting[49]["sought"]), (50, &json!("1203")), "junk hides nobody");
    let (nobody, somebody) = (ask(&house, "99Z").await, ask(&house, "1203").await);
    assert_eq!((nobody.status, somebody.status), (StatusCode::TOO_MANY_REQUESTS, StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(nobody.body, somebody.body);
    assert_eq!(house.value::<i64>("select count(*) from visit").await, 60);
    house.advance(61);
    ask(&house, "1203").await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_came_up_is_in_the_house_until_the_desk_sees_them_out(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let book = async || desk.post_exactly("visitors/book", &[]).await.ok();
    ask(&house, "1203").await.ok();
    ask(&house, "99Z").await.ok();
    settle_due(&house.backend).await.unwrap();
    let id = visit(&house).await;
    house.as_person(cast::RESIDENT).await.post("visitors/answer", &[("id", &id), ("answer", "up")]).await.ok();
    house.advance(3 * 60);
    settle_due(&house.backend).await.unwrap();
    let waiting = book().await["waiting"].clone();
    assert_eq!((waiting.as_array().unwrap().len(), &waiting[0]["id"]), (1, &json!(id)), "who may come up, alone");
    let seen = waiting[0]["version"].to_string();
    desk.post("visitors/mark", &[("id", &id), ("seen", &seen), ("to", "in")]).await.ok();
    house.advance(2 * 24 * 60);
    settle_due(&house.backend).await.unwrap();
    let later = book().await;
    assert_eq!((&later["waiting"], &later["visits"]), (&json!([]), &json!([])));
    assert_eq!(later["inside"][0]["id"], json!(id), "on whichever day they came");
    let seen = later["inside"][0]["version"].to_string();
    desk.post("visitors/mark", &[("id", &id), ("seen", &seen), ("to", "out")]).await.ok();
    assert_eq!(book().await["inside"], json!([]));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whom_the_desk_turns_away_is_not_asked_up(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, desk) = (house.as_screen().await, house.as_person(cast::RECEPTIONIST).await);
    ask(&house, "1203").await.ok();
    settle_due(&house.backend).await.unwrap();
    let id = visit(&house).await;
    house.as_person(cast::RESIDENT).await.post("visitors/answer", &[("id", &id), ("answer", "up")]).await.ok();
    assert_eq!(shown(&screen).await, json!("up"));
    let away = [("id", id.as_str()), ("seen", "3"), ("to", "away"), ("reason", "Sells vacuum cleaners")];
    desk.post("visitors/mark", &away).await.ok();
    assert_eq!(shown(&screen).await, json!("desk"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_waits_stands_on_every_page_of_those_asked_until_they_answer(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, sandy) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::NEIGHBOUR).await);
    let caller = async |of: &Caller<'_>| of.post_exactly("people/frame", &[]).await.ok()["siren"]["href"].clone();
    assert_eq!(caller(&emma).await, Value::Null);
    ask(&house, "1203").await.ok();
    settle_due(&house.backend).await.unwrap();
    let id = visit(&house).await;
    assert_eq!((caller(&emma).await, caller(&sandy).await), (json!(format!("/visitors/{id}")), Value::Null));
    assert!(emma.get("/me").await.text().contains(&format!("/visitors/{id}")), "without scripts, too");
    emma.post("visitors/answer", &[("id", &id), ("answer", "down")]).await.ok();
    assert_eq!(caller(&emma).await, Value::Null);
    ask(&house, "1203").await.ok();
    settle_due(&house.backend).await.unwrap();
    assert_ne!(caller(&emma).await, Value::Null);
    seconds(&house, 120);
    assert_eq!(caller(&emma).await, Value::Null, "it can no longer be answered");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_home_of_another_estate_is_none(pool: PgPool) {
    let house = House::open(pool).await;
    let building: uuid::Uuid = house
        .value(
            "select u.building_id from unit u join estate e on e.id = u.estate_id
             where e.code_prefix = 'BY' and u.number = '801'",
        )
        .await;
    let building = building.to_string();
    let fields = [("building", building.as_str()), ("number", "801"), ("name", "Mr Wu"), ("purpose", "visit")];
    house.as_screen().await.post("visitors/ask", &fields).await.ok();
    settle_due(&house.backend).await.unwrap();
    assert_eq!(told(&house.as_person(cast::BOYAN_CONTACT).await).await, [] as [Value; 0]);
    let book = house.as_person(cast::BOYAN_COORDINATOR).await.post_exactly("visitors/book", &[]).await.ok();
    assert_eq!(book["visits"], json!([]));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_answer_comes_within_two_minutes_or_not_at_all(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    ask(&house, "1203").await.ok();
    settle_due(&house.backend).await.unwrap();
    seconds(&house, 120);
    let late = emma.post("visitors/answer", &[("id", &visit(&house).await), ("answer", "up")]).await;
    assert_eq!(late.json(), json!({ "Refused": "AlreadyMoved" }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_desk_keeps_the_book(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let building = house.value::<uuid::Uuid>(BUILDING).await.to_string();
    let who = [("building", building.as_str()), ("name", "Ms Ferris"), ("company", "Ferris & Co")];
    let no_home = desk.post("visitors/write_in", &[&who[..], &[("number", "99Z"), ("purpose", "work")]].concat()).await;
    assert_eq!(no_home.json()["Invalid"][0], json!({ "field": "number", "note": "NotAChoice" }));
    desk.post("visitors/write_in", &[&who[..], &[("number", "1203"), ("purpose", "complaint")]].concat()).await.ok();
    let office = house.as_person(cast::COORDINATOR).await;
    let inbox = office.post_exactly("messages/inbox", &[("side", "office")]).await.ok();
    assert_eq!(inbox["messages"][0]["telling"]["news"]["news"], json!("complains"), "the centre knows at once");
    let book = desk.post_exactly("visitors/book", &[]).await.ok();
    let line = &book["visits"][0];
    assert_eq!((&line["stage"], &line["company"]), (&json!("arrived"), &json!("Ferris & Co")));
    let id = line["id"].as_str().unwrap();
    let mark = [("id", id), ("seen", "1")];
    let away = desk.post("visitors/mark", &[&mark[..], &[("to", "away")]].concat()).await.json();
    assert_eq!(away["Invalid"][0], json!({ "field": "reason", "note": "Missing" }));
    desk.post("visitors/mark", &[&mark[..], &[("to", "out")]].concat()).await.ok();
    assert_eq!(desk.post("visitors/mark", &[&mark[..], &[("to", "out")]].concat()).await.json(), json!("Stale"));
    let page = desk.get("/staff/visitors").await.text();
    assert!(page.contains("Ms Ferris") && page.contains("Ferris &amp; Co"));
    // Whom nobody wants to see is not let in; that is the resident's word.
    desk.post("visitors/write_in", &[&who[..], &[("number", "1203"), ("purpose", "visit"), ("ask", "true")]].concat())
        .await
        .ok();
    settle_due(&house.backend).await.unwrap();
    let id = visit(&house).await;
    house.as_person(cast::RESIDENT).await.post("visitors/answer", &[("id", &id), ("answer", "not_now")]).await.ok();
    let enter = desk.post("visitors/mark", &[("id", id.as_str()), ("seen", "3"), ("to", "in")]).await;
    assert_eq!(enter.json(), json!({ "Refused": "AlreadyMoved" }));
    let technician = house.as_person(cast::TECHNICIAN).await;
    assert_eq!(technician.post_exactly("visitors/book", &[]).await.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_visitors_name_is_kept_for_thirty_days(pool: PgPool) {
    let house = House::open(pool).await;
    ask(&house, "1203").await.ok();
    settle_due(&house.backend).await.unwrap();
    let named = "select count(*) from visit where name is not null";
    house.advance(30 * 24 * 60 - 1);
    settle_due(&house.backend).await.unwrap();
    assert_eq!(house.value::<i64>(named).await, 1);
    house.advance(1);
    settle_due(&house.backend).await.unwrap();
    assert_eq!(house.value::<i64>(named).await, 0);
    let left = "select count(*) from visit where sought is null and company is null and unit_id is not null";
    assert_eq!(house.value::<i64>(left).await, 1, "that somebody came stays");
    assert_eq!(house.value::<i64>("select count(*) from happening where kind = 'visitor_forgotten'").await, 1);
    assert_eq!(house.value::<i64>("select count(*) from happening where details::text like '%Mr Wu%'").await, 0);
    assert!(sqlx::query("delete from visit").execute(&house.pool).await.is_err());
    // Nothing more is written of them.
    let id = visit(&house).await;
    let seen = house.value::<i32>("select version from visit").await.to_string();
    let desk = house.as_person(cast::RECEPTIONIST).await;
    for to in ["in", "away"] {
        let fields = [("id", id.as_str()), ("seen", seen.as_str()), ("to", to), ("reason", "Too late")];
        assert_eq!(desk.post("visitors/mark", &fields).await.json(), json!({ "Refused": "AlreadyMoved" }), "{to}");
    }
}
