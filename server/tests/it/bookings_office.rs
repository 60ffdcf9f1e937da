//! The office's half of bookings: yes or no, who came and who did not, and what becomes of them by themselves.

use crate::bookings::{begin, file, held, held_of, step};
use crate::house::{Caller, House};
use app::bookings::settle_due;
use app::moment::Moment;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// A move of the office's at the version that it sees now.
pub async fn decide(desk: &Caller<'_>, code: &str, endpoint: &str) -> crate::house::Reply {
    let entry = desk.post_exactly("bookings/entry", &[("code", code)]).await.ok();
    let booking = &entry["entry"]["card"]["booking"];
    let (id, seen) = (booking["id"].as_str().unwrap(), booking["version"].to_string());
    desk.post(endpoint, &[("id", id), ("seen", &seen), ("reason", "A burst pipe")]).await
}

/// What somebody was told of bookings, the newest first.
pub async fn told(caller: &Caller<'_>, side: &str) -> Vec<Value> {
    let inbox = caller.post_exactly("messages/inbox", &[("side", side)]).await.ok();
    let all = inbox["messages"].as_array().unwrap().iter().map(|message| message["telling"].clone());
    all.filter(|telling| telling["told"] == "booking").collect()
}

pub fn stage(file: &Value) -> &str {
    file["card"]["booking"]["stage"].as_str().unwrap()
}

/// A booking that its person has.
async fn booked(resident: &Caller<'_>) -> String {
    let (code, _) = held(resident).await;
    step(resident, &code, "bookings/confirm").await.ok();
    code
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_office_says_yes_or_no(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (code, _) = held_of(&emma, "clubhouse").await;
    // What is only kept is not the office's to see.
    assert_eq!(desk.post_exactly("bookings/entry", &[("code", &code)]).await.status, StatusCode::NOT_FOUND);
    step(&emma, &code, "bookings/confirm").await.ok();
    assert_eq!(stage(&file(&emma, &code).await), "requested");
    assert_eq!(told(&desk, "office").await[0]["news"], json!({ "news": "asked" }));
    let diary = desk.post_exactly("bookings/diary", &[]).await.ok();
    assert_eq!(diary["waiting"][0]["card"]["booking"]["code"], json!(code));

    decide(&desk, &code, "bookings/approve").await.ok();
    assert_eq!(stage(&file(&emma, &code).await), "confirmed");
    assert_eq!(told(&emma, "home").await[0]["news"], json!({ "news": "approved" }));
    assert_eq!(decide(&desk, &code, "bookings/decline").await.json(), json!({ "Refused": "AlreadyMoved" }));
    house.advance(1);
    decide(&desk, &code, "bookings/call_off").await.ok();
    let off = file(&emma, &code).await;
    assert_eq!((stage(&off), &off["card"]["booking"]["reason"]), ("cancelled", &json!("A burst pipe")));

    // The slot is free again, and may be asked for anew; the answer is no.
    let (code, _) = held_of(&emma, "clubhouse").await;
    step(&emma, &code, "bookings/confirm").await.ok();
    house.advance(1);
    decide(&desk, &code, "bookings/decline").await.ok();
    let expected = json!({ "news": "declined", "reason": "A burst pipe" });
    assert_eq!(told(&emma, "home").await[0]["news"], expected);
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_nobody_answers_lapses(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let (code, _) = held_of(&emma, "clubhouse").await;
    step(&emma, &code, "bookings/confirm").await.ok();
    assert!(!settle_due(&house.backend).await.unwrap());
    begin(&house, &code).await;
    assert!(settle_due(&house.backend).await.unwrap());
    assert_eq!(stage(&file(&emma, &code).await), "lapsed");
    assert_eq!(told(&emma, "home").await[0]["news"], json!({ "news": "lapsed" }));
    assert!(!settle_due(&house.backend).await.unwrap());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_came_says_once_how_it_was(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let code = booked(&emma).await;
    assert_eq!(decide(&desk, &code, "bookings/check_in").await.json(), json!({ "Refused": "TooEarly" }));
    assert_eq!(decide(&desk, &code, "bookings/miss").await.json(), json!({ "Refused": "TooEarly" }));
    begin(&house, &code).await;
    assert_eq!(decide(&desk, &code, "bookings/call_off").await.json(), json!({ "Refused": "HasBegun" }));
    decide(&desk, &code, "bookings/check_in").await.ok();
    assert_eq!(stage(&file(&emma, &code).await), "present");
    assert!(!settle_due(&house.backend).await.unwrap(), "it is not over");
    house.advance(60);
    assert!(settle_due(&house.backend).await.unwrap());
    let done = file(&emma, &code).await;
    assert_eq!((stage(&done), &done["moves"]), ("done", &json!(["rate"])));
    assert!(done["card"]["place"]["en"].is_string(), "it still says which court that was");

    let (id, seen) = (done["card"]["booking"]["id"].as_str().unwrap(), done["card"]["booking"]["version"].to_string());
    let rate = [("id", id), ("seen", seen.as_str()), ("stars", "4"), ("words", "A torn net.")];
    let stars = |stars: &'static str| [rate[0], rate[1], ("stars", stars)];
    let wrong = json!({ "Invalid": [{ "field": "stars", "note": { "NotBetween": [1, 5] } }] });
    assert_eq!(emma.post("bookings/rate", &stars("6")).await.json(), wrong);
    assert_eq!(emma.post("bookings/rate", &[rate[0], rate[1]]).await.json(), wrong);
    emma.post("bookings/rate", &rate).await.ok();
    let rated = file(&emma, &code).await;
    assert_eq!(rated["moves"], json!([]));
    let seen = rated["card"]["booking"]["version"].to_string();
    let again = [rate[0], ("seen", seen.as_str()), rate[2]];
    assert_eq!(emma.post("bookings/rate", &again).await.json(), json!({ "Refused": "AlreadyRated" }));
}

/// What it takes to hold the third time of next Monday.
async fn wants(resident: &Caller<'_>) -> [(&'static str, String); 5] {
    let asked = [("facility", "tennis-court"), ("day", "2026-11-30")];
    let week = resident.post_exactly("bookings/week", &asked).await.ok();
    let starts = week["days"][0]["slots"][2]["starts_at"].as_str().unwrap().parse::<Moment>().unwrap();
    [
        ("facility", week["facility"]["id"].as_str().unwrap().to_owned()),
        ("home", week["home"].as_str().unwrap().to_owned()),
        ("starts", starts.timestamp().to_string()),
        ("steps", "1".to_owned()),
        ("heads", "1".to_owned()),
    ]
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_does_not_come_waits_for_a_while(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    for at in 0..3 {
        let code = booked(&emma).await;
        begin(&house, &code).await;
        if at == 0 {
            // Nobody has to say so: whoever was not taken down did not come.
            house.advance(60);
            assert!(settle_due(&house.backend).await.unwrap());
        } else {
            decide(&desk, &code, "bookings/miss").await.ok();
        }
        assert_eq!(stage(&file(&emma, &code).await), "missed");
        // Next week's share is not used up by it.
        sqlx::raw_sql("update booking set version = version + 1, starts_at = starts_at - interval '7 days', ends_at = ends_at - interval '7 days'")
            .execute(&house.pool)
            .await
            .unwrap();
    }
    assert_eq!(told(&emma, "home").await.len(), 3);
    let wants = wants(&emma).await;
    let wants: Vec<_> = wants.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(emma.post("bookings/hold", &wants).await.json(), json!({ "Refused": "TooManyMissed" }));
    // One of them came after all, and was overlooked.
    let code: String = house.value("select max(code) from booking where stage = 'missed'").await;
    decide(&desk, &code, "bookings/check_in").await.ok();
    assert_eq!(stage(&file(&emma, &code).await), "done");
    emma.post("bookings/hold", &wants).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_booked_long_ago_is_reminded_once(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let (code, starts) = held(&emma).await;
    step(&emma, &code, "bookings/confirm").await.ok();
    let until = starts - house.backend.clock.now().timestamp();
    house.advance(until / 60 - 24 * 60 - 1);
    assert!(!settle_due(&house.backend).await.unwrap());
    house.advance(2);
    assert!(settle_due(&house.backend).await.unwrap());
    assert!(!settle_due(&house.backend).await.unwrap());
    let emma = house.as_person(cast::RESIDENT).await;
    let told = told(&emma, "home").await;
    assert_eq!((told.len(), &told[0]["news"]), (1, &json!({ "news": "soon" })));
    // What is booked within the day needs no reminder.
    assert_eq!(stage(&file(&emma, &code).await), "confirmed");
}
