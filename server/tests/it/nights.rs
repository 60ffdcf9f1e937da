//! What is let by the night (K5): a room is one household's a night, from check-in on one day until check-out on another, and
//! the next one's that same day.

use crate::bookings::{file, free, send, state, step, wants, week};
use crate::draws::{CLOSES, announce};
use crate::house::{Caller, House, Reply};
use app::moment::Moment;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

const ROOM: &str = "guest-room";
const MONDAY: &str = "2026-11-30";

/// Three in the afternoon on the estate's wall, in seconds since 1970.
fn check_in(on: &str) -> i64 {
    format!("{on}T07:00:00Z").parse::<Moment>().unwrap().timestamp()
}

/// Noon there, as it is written.
fn check_out(on: &str) -> Value {
    json!(format!("{on}T04:00:00Z"))
}

async fn close(desk: &Caller<'_>, facility: &Value, unit: &str, from: &str, until: &str) -> Reply {
    let id = facility["id"].as_str().unwrap();
    let fields = [("facility", id), ("unit", unit), ("from", from), ("until", until), ("reason", "New beds")];
    desk.post("bookings/close", &fields).await
}

/// Closes all rooms but the first: the facility.
async fn one_room(desk: &Caller<'_>) -> Value {
    let facility = desk.post_exactly("bookings/facility", &[("slug", ROOM)]).await.ok()["facility"].clone();
    for unit in &facility["units"].as_array().unwrap()[1..] {
        let unit = unit["id"].as_str().unwrap();
        close(desk, &facility, unit, "2026-11-24T00:00", "2027-02-01T00:00").await.ok();
    }
    facility
}

async fn wish(caller: &Caller<'_>, on: &str, nights: u32) -> Vec<(&'static str, String)> {
    let mut fields = wants(&week(caller, ROOM, on).await, check_in(on));
    fields[3].1 = nights.to_string();
    fields
}

async fn hold(caller: &Caller<'_>, on: &str, nights: u32) -> Reply {
    let wish = wish(caller, on, nights).await;
    send(caller, "bookings/hold", &wish).await
}

/// A stay that is booked: its code.
async fn stays(caller: &Caller<'_>, on: &str, nights: u32) -> String {
    let code = hold(caller, on, nights).await.ok()["code"].as_str().unwrap().to_owned();
    step(caller, &code, "bookings/confirm").await.ok();
    code
}

async fn booking(caller: &Caller<'_>, code: &str) -> Value {
    file(caller, code).await["card"]["booking"].clone()
}

fn refused(field: &str) -> Value {
    json!({ "Invalid": [{ "field": field, "note": "NotAChoice" }] })
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_room_is_one_households_a_night(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    one_room(&desk).await;
    let shown = week(&emma, ROOM, MONDAY).await;
    let days = ["11-30", "12-01", "12-02", "12-03", "12-04", "12-05", "12-06"];
    assert_eq!(free(&shown), days.map(|day| check_in(&format!("2026-{day}"))), "one stay a day can begin");

    let code = stays(&emma, MONDAY, 2).await;
    let booked = booking(&emma, &code).await;
    assert_eq!((&booked["ends_at"], &booked["price"]), (&check_out("2026-12-02"), &json!(56_000)));
    let late = hold(&sandy, "2026-12-01", 1).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let instead = ["2026-12-02", "2026-11-29", "2026-12-03"].map(check_in);
    assert_eq!(late.json()["Taken"]["instead"], json!(instead), "the nights that are nearest");
    let shown = week(&sandy, ROOM, MONDAY).await;
    assert_eq!(state(&shown, check_in(MONDAY)), json!("taken"));
    assert_eq!(state(&shown, check_in("2026-12-02")), json!({ "free": 1 }));

    // Whoever leaves at noon is in nobody's way who comes that afternoon.
    stays(&sandy, "2026-11-29", 1).await;
    stays(&sandy, "2026-12-02", 1).await;
    assert_eq!(hold(&sandy, "2026-11-28", 1).await.status, StatusCode::OK);
    assert_eq!(hold(&sandy, "2026-11-27", 4).await.status, StatusCode::CONFLICT);
    assert_eq!(hold(&sandy, "2026-12-10", 15).await.json()["Invalid"][0]["field"], json!("steps"));
    // And the database lays no two stays over each other.
    let attack = "update unit_claim set during = tstzrange('2026-12-10T07:00Z', '2026-12-12T04:00Z')";
    assert!(sqlx::query(attack).execute(&house.pool).await.is_err());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_stay_moves_and_is_closed_to_nobody(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let facility = one_room(&desk).await;
    let code = stays(&emma, MONDAY, 2).await;
    let evening = ("2026-12-01T20:00", "2026-12-01T21:00");
    let shut = close(&desk, &facility, "", evening.0, evening.1).await;
    assert_eq!(shut.json(), json!({ "Refused": "IsBooked" }));
    // Between check-out and check-in the room is nobody's.
    close(&desk, &facility, "", "2026-12-02T12:00", "2026-12-02T15:00").await.ok();

    let move_to = async |on: &str| {
        let booked = booking(&emma, &code).await;
        let (seen, starts) = (booked["version"].to_string(), check_in(on).to_string());
        let fields = [("id", booked["id"].as_str().unwrap()), ("seen", &seen), ("starts", &starts), ("steps", "3")];
        emma.post("bookings/reschedule", &fields).await
    };
    assert_eq!(move_to("2026-12-01").await.json(), refused("starts"), "it is closed within it");
    move_to("2026-12-02").await.ok();
    let moved = booking(&emma, &code).await;
    assert_eq!((&moved["ends_at"], &moved["price"]), (&check_out("2026-12-05"), &json!(84_000)));

    close(&desk, &facility, "", evening.0, evening.1).await.ok();
    assert_eq!(hold(&sandy, MONDAY, 2).await.json(), refused("starts"));
    hold(&sandy, MONDAY, 1).await.ok();
    // Whoever comes finds it open; those who are there already mind no hours.
    let id = facility["id"].as_str().unwrap();
    let shut = async |on: &str| {
        desk.post("bookings/set_day", &[("facility", id), ("on", on), ("from", ""), ("until", "")]).await
    };
    assert_eq!(shut("2026-12-02").await.json(), json!({ "Refused": "IsBooked" }));
    shut("2026-12-03").await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_long_stay_is_seen_on_each_of_its_days(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let facility = one_room(&desk).await;
    let code = stays(&emma, MONDAY, 14).await;
    let late = "2026-12-13";
    assert_eq!(state(&week(&sandy, ROOM, late).await, check_in(late)), json!("taken"));
    let diary = desk.post_exactly("bookings/diary", &[("day", late)]).await.ok();
    assert_eq!(diary["entries"][0]["card"]["booking"]["code"], json!(code));
    let shut = close(&desk, &facility, "", "2026-12-13T09:00", "2026-12-13T10:00").await;
    assert_eq!(shut.json(), json!({ "Refused": "IsBooked" }));
    let attack = "insert into facility_closure (estate_id, id, facility_id, starts_at, ends_at, reason, made_at)
         select estate_id, gen_random_uuid(), facility_id, ends_at - interval '2 hours', ends_at, 'x', now() from booking";
    assert!(sqlx::query(attack).execute(&house.pool).await.is_err());
    assert_eq!(free(&week(&sandy, ROOM, "2026-12-14").await).len(), 7, "from the day on which they leave");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_night_is_searched_waited_for_and_drawn_by_nobody(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    one_room(&desk).await;
    let finds = async |minutes: &str| {
        let finds = emma.post_exactly("bookings/find", &[("day", MONDAY), ("minutes", minutes)]).await.ok();
        let found = finds["found"].as_array().unwrap().iter().find(|found| found["facility"]["slug"] == ROOM);
        found.cloned()
    };
    let two = finds("2880").await.unwrap();
    assert_eq!((&two["steps"], &two["by_night"], &two["price"]), (&json!(2), &json!(true), &json!(56_000)));
    assert_eq!(two["starts"], json!([check_in(MONDAY)]));
    assert_eq!(finds("60").await, None, "whoever looks for an hour looks for no bed");

    // Neither a series of stays nor a draw.
    let code = hold(&emma, MONDAY, 2).await.ok()["code"].as_str().unwrap().to_owned();
    let held = booking(&emma, &code).await;
    let seen = held["version"].to_string();
    let fields = [("id", held["id"].as_str().unwrap()), ("seen", &seen), ("heads", "1")];
    let weekly = [("recurs", "weekly"), ("until", "2026-12-21")];
    assert_eq!(emma.post("bookings/confirm", &[&fields[..], &weekly].concat()).await.json(), refused("recurs"));
    emma.post("bookings/confirm", &fields).await.ok();
    assert_eq!(announce(&desk, ROOM, "", CLOSES).await.json(), refused("from"));

    let second = wish(&sandy, "2026-12-01", 1).await;
    send(&sandy, "bookings/wait", &second).await.ok();
    assert_eq!(finds("1440").await.unwrap()["starts"], json!([]), "she has it");
    step(&emma, &code, "bookings/cancel").await.ok();
    let board = sandy.post_exactly("bookings/board", &[]).await.ok();
    let kept = &board["bookings"][0]["booking"];
    assert_eq!((&kept["stage"], &kept["ends_at"]), (&json!("held"), &check_out("2026-12-02")));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_database_knows_what_a_night_is(pool: PgPool) {
    let house = House::open(pool).await;
    let change = |column: &str, value: &str| {
        format!(
            "insert into facility_terms select n.* from facility_terms t
             join facility f on f.estate_id = t.estate_id and f.id = t.facility_id and f.slug = 'guest-room'
             cross join lateral jsonb_populate_record(t, jsonb_build_object('version', 2, '{column}', {value})) n"
        )
    };
    for (column, value) in [
        ("price_per", "'hour'"),
        ("check_out", "null"),
        ("check_out", "1440"),
        ("step_minutes", "60"),
        ("most_steps", "29"),
        ("seats", "4"),
    ] {
        let insert = change(column, value);
        assert!(sqlx::raw_sql(sqlx::AssertSqlSafe(insert)).execute(&house.pool).await.is_err(), "{column} {value}");
    }
    sqlx::raw_sql(sqlx::AssertSqlSafe(change("most_steps", "28"))).execute(&house.pool).await.unwrap();
}
