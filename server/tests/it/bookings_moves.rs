//! Bookings are moved, made for others, and make room for each other: by one set of rules, whoever does it.

use crate::bookings::{file, free, held, held_of, noted, send, state, step, wants, week};
use crate::bookings_office::{decide, stage, told};
use crate::house::{Caller, House, Reply};
use crate::incidents::riser;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

const COURT: &str = "tennis-court";
const MONDAY: &str = "2026-11-30";

/// A court that its person has, and since when.
async fn booked(resident: &Caller<'_>) -> (String, i64) {
    let (code, starts) = held(resident).await;
    step(resident, &code, "bookings/confirm").await.ok();
    (code, starts)
}

async fn move_to(caller: &Caller<'_>, endpoint: &str, booking: &Value, starts: i64, steps: &str) -> Reply {
    let (id, seen, starts) = (booking["id"].as_str().unwrap(), booking["version"].to_string(), starts.to_string());
    caller.post(endpoint, &[("id", id), ("seen", &seen), ("starts", &starts), ("steps", steps)]).await
}

async fn booking(resident: &Caller<'_>, code: &str) -> Value {
    file(resident, code).await["card"]["booking"].clone()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_booked_moves_and_is_not_in_its_own_way(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let (code, starts) = booked(&emma).await;
    let asked = [("facility", COURT), ("moving", &code)];
    let shown = emma.post_exactly("bookings/week", &asked).await.ok();
    assert_eq!(shown["chosen"], json!(MONDAY), "it begins with the day on which it is");
    assert_eq!(state(&shown, starts), json!("own"));
    assert_eq!(state(&shown, starts + 3600), json!({ "free": 2 }));
    assert_eq!(sandy.post_exactly("bookings/week", &asked).await.status, StatusCode::NOT_FOUND);

    let before = booking(&emma, &code).await;
    // Two hours from the hour before on: over the time that it has now.
    let reply = move_to(&emma, "bookings/reschedule", &before, starts - 3600, "2").await;
    assert_eq!(reply.ok(), json!({ "code": code }));
    let after = booking(&emma, &code).await;
    assert_eq!((&after["stage"], &after["id"]), (&json!("confirmed"), &before["id"]));
    assert_eq!(after["price"].as_i64(), before["price"].as_i64().map(|price| price * 2), "two hours");
    assert_eq!(state(&week(&sandy, COURT, MONDAY).await, starts - 3600), json!({ "free": 1 }));
    let backwards = move_to(&emma, "bookings/reschedule", &after, starts, "-1").await;
    assert_eq!(backwards.json(), noted("steps", &json!({ "NotBetween": [1, 2] })));
    let late = move_to(&emma, "bookings/reschedule", &before, starts + 7200, "1").await;
    assert_eq!(late.json(), json!("Stale"), "it was moved meanwhile");
    assert_eq!(move_to(&sandy, "bookings/reschedule", &after, starts, "1").await.status, StatusCode::NOT_FOUND);

    // The household's share is used up, and moving takes none of it.
    let (other, _) = booked(&emma).await;
    let other = booking(&emma, &other).await;
    move_to(&emma, "bookings/reschedule", &other, starts + 4 * 3600, "1").await.ok();
    let kinds: String =
        house.value("select string_agg(distinct kind, ' ' order by kind) from happening where room = 'bookings'").await;
    assert_eq!(kinds, "confirmed held moved requested");
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_lost_race_moves_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let (first, starts) = booked(&homes[0]).await;
    booked(&homes[1]).await;
    let (code, _) = held_of(&homes[2], COURT).await;
    step(&homes[2], &code, "bookings/confirm").await.ok();
    let mine = booking(&homes[2], &code).await;
    let reply = move_to(&homes[2], "bookings/reschedule", &mine, starts, "1").await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert_eq!(reply.json()["Taken"]["instead"].as_array().unwrap().len(), 3);
    assert_eq!(booking(&homes[2], &code).await, mine);
    for (starts, note) in [(starts + 60, "NotAChoice"), (0, "InThePast"), (4_000_000_000, "TooFarAhead")] {
        let refused = move_to(&homes[2], "bookings/reschedule", &mine, starts, "1").await.json();
        assert_eq!(refused, json!({ "Invalid": [{ "field": "starts", "note": note }] }));
    }
    assert_eq!(booking(&homes[0], &first).await["version"], json!(3), "nobody else's was touched");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_the_office_said_yes_to_it_looks_at_again(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (code, starts) = held_of(&emma, "clubhouse").await;
    step(&emma, &code, "bookings/confirm").await.ok();
    decide(&desk, &code, "bookings/approve").await.ok();
    house.advance(1);
    let approved = booking(&emma, &code).await;
    let next = starts + 7 * 86_400;
    let steps = week(&emma, "clubhouse", MONDAY).await["steps"].to_string();
    move_to(&emma, "bookings/reschedule", &approved, next, &steps).await.ok();
    assert_eq!(stage(&file(&emma, &code).await), "requested");
    assert_eq!(told(&desk, "office").await[0]["news"], json!({ "news": "asked" }));

    // What the office moves itself stays as it is, and its person is told.
    decide(&desk, &code, "bookings/approve").await.ok();
    house.advance(1);
    let approved = booking(&emma, &code).await;
    move_to(&desk, "bookings/reschedule_for", &approved, starts, &steps).await.ok();
    assert_eq!(stage(&file(&emma, &code).await), "confirmed");
    assert_eq!(told(&emma, "home").await[0]["news"], json!({ "news": "moved" }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_office_books_by_the_rules_of_everybody(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let own = week(&emma, COURT, MONDAY).await;
    let unit = own["home"].as_str().unwrap();
    let asked = [("unit", unit), ("facility", COURT), ("day", MONDAY)];
    let shown = desk.post_exactly("bookings/week_for", &asked).await.ok();
    let guests = shown["guests"].as_array().unwrap();
    let names: Vec<_> = guests.iter().map(|guest| guest["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let times = free(&shown["week"]);
    let (facility, account) = (own["facility"]["id"].as_str().unwrap(), guests[0]["account"].as_str().unwrap());
    let form = |starts: i64, account: &str| {
        let fields = [("facility", facility), ("unit", unit), ("account", account), ("steps", "1"), ("heads", "2")];
        let mut fields = fields.map(|(name, value)| (name, value.to_owned())).to_vec();
        fields.push(("starts", starts.to_string()));
        fields
    };
    let code = send(&desk, "bookings/book_for", &form(times[0], account)).await.ok();
    let entry = desk.post_exactly("bookings/entry", &[("code", code["code"].as_str().unwrap())]).await.ok();
    assert_eq!(entry["entry"]["card"]["booking"]["stage"], json!("confirmed"));
    assert_eq!(entry["entry"]["person"], guests[0]["name"]);

    // The share of the household, and what is no time, hold for the office as for anybody.
    send(&desk, "bookings/book_for", &form(times[2], account)).await.ok();
    let refused = send(&desk, "bookings/book_for", &form(times[4], account)).await.json();
    assert_eq!(refused, noted("starts", &json!("QuotaUsed")));
    let refused = send(&desk, "bookings/book_for", &form(times[0] + 60, account)).await.json();
    assert_eq!(refused, json!({ "Invalid": [{ "field": "starts", "note": "NotAChoice" }] }));
    let stranger = uuid::Uuid::nil().to_string();
    let refused = send(&desk, "bookings/book_for", &form(times[4], &stranger)).await.json();
    assert_eq!(refused, json!({ "Invalid": [{ "field": "account", "note": "NotAChoice" }] }));
    // What another estate has looks as if it did not exist.
    let elsewhere: uuid::Uuid = house
        .value("select f.id from facility f join estate e on e.id = f.estate_id where e.code_prefix <> 'LY' limit 1")
        .await;
    for (field, id) in [("facility", elsewhere), ("facility", uuid::Uuid::nil()), ("unit", uuid::Uuid::nil())] {
        let mut fields = form(times[4], account);
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, value)| *value = id.to_string());
        assert_eq!(send(&desk, "bookings/book_for", &fields).await.json(), noted(field, &json!("NotYours")));
    }
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn bookings_make_room_for_each_other(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    // The first court is free at three, the second at four.
    let (gone, starts) = booked(&homes[0]).await;
    let (second, _) = booked(&homes[1]).await;
    step(&homes[0], &gone, "bookings/cancel").await.ok();
    let monday = week(&homes[2], COURT, MONDAY).await;
    let later = send(&homes[2], "bookings/hold", &wants(&monday, starts + 3600)).await.ok()["code"].clone();
    let later = later.as_str().unwrap();
    step(&homes[2], later, "bookings/confirm").await.ok();
    let place = async |home: &Caller<'_>, code: &str| file(home, code).await["card"]["place"]["en"].clone();
    let (one, two) = (place(&homes[2], later).await, place(&homes[1], &second).await);
    assert_ne!(one, two);

    let mut both = wants(&week(&homes[3], COURT, MONDAY).await, starts);
    both[3].1 = "2".to_owned();
    let code = send(&homes[3], "bookings/hold", &both).await.ok()["code"].clone();
    assert_eq!(place(&homes[3], code.as_str().unwrap()).await, one);
    assert_eq!(place(&homes[2], later).await, two, "it has the other court now");
    let news = &told(&homes[2], "home").await[0]["news"];
    assert_eq!((&news["news"], &news["place"]["en"]), (&json!("swapped"), &two));
    assert_eq!(told(&homes[1], "home").await.len(), 0);

    // Whoever is there already stays where they are.
    step(&homes[3], code.as_str().unwrap(), "bookings/cancel").await.ok();
    sqlx::raw_sql("update booking set stage = 'present', version = version + 1 where stage = 'confirmed'")
        .execute(&house.pool)
        .await
        .unwrap();
    assert_eq!(send(&homes[3], "bookings/hold", &both).await.status, StatusCode::OK, "both are on the second court");
}
