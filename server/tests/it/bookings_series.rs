//! What recurs is booked on every day, or on none.

use crate::bookings::{file, held_of, send, wants, week};
use crate::bookings_office::stage;
use crate::house::{Caller, House, Reply};
use app::moment::Moment;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// Sixty days ahead, twice a month for a household, after the office has looked at it.
const ROOM: &str = "clubhouse";
const COURT: &str = "tennis-court";

async fn confirm(resident: &Caller<'_>, code: &str, recurs: &str, until: &str) -> Reply {
    let file = file(resident, code).await;
    let booking = &file["card"]["booking"];
    let (id, seen) = (booking["id"].as_str().unwrap(), booking["version"].to_string());
    let fields = [("id", id), ("seen", seen.as_str()), ("heads", "1"), ("recurs", recurs), ("until", until)];
    resident.post("bookings/confirm", &fields).await
}

fn refused(field: &str, note: Value) -> Value {
    json!({ "Invalid": [{ "field": field, "note": note }] })
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_series_is_booked_and_given_back_together(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let (code, starts) = held_of(&emma, COURT).await;
    let days = |days: i64| (Moment::from_timestamp(starts, 0).unwrap() + chrono::Duration::days(days)).date_naive();
    let (first, next) = (days(0).to_string(), days(1).to_string());
    assert_eq!(confirm(&emma, &code, "daily", "2126-11-30").await.json(), refused("until", json!("TooFarAhead")));
    assert_eq!(confirm(&emma, &code, "daily", &first).await.json(), refused("until", json!("BeforeTheFirst")));
    assert_eq!(confirm(&emma, &code, "hourly", &next).await.json(), refused("recurs", json!("NotAChoice")));
    confirm(&emma, &code, "daily", &next).await.ok();
    let booked = file(&emma, &code).await;
    assert_eq!(stage(&booked), "confirmed");
    let rest = booked["rest"].as_array().unwrap();
    assert_eq!(rest.len(), 1);
    let second: Moment = rest[0]["booking"]["starts_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(second.timestamp(), starts + 86_400);
    assert_eq!(rest[0]["booking"]["stage"], json!("confirmed"));

    // Both count towards the household's share.
    let shown = week(&emma, COURT, "2026-11-30").await;
    let third = send(&emma, "bookings/hold", &wants(&shown, starts + 3600)).await;
    assert_eq!(third.json(), json!({ "Refused": "QuotaUsed" }));

    let (id, seen) =
        (booked["card"]["booking"]["id"].as_str().unwrap(), booked["card"]["booking"]["version"].to_string());
    emma.post("bookings/cancel", &[("id", id), ("seen", &seen), ("rest", "true")]).await.ok();
    assert_eq!(house.value::<i64>("select count(*) from booking where stage = 'cancelled'").await, 2);
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_clashes_is_named_and_nothing_is_booked(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let (code, starts) = held_of(&emma, ROOM).await;
    // The neighbour has it the week after.
    let shown = week(&sandy, ROOM, "2026-12-07").await;
    let mut theirs = wants(&shown, starts + 7 * 86_400);
    theirs[3].1 = shown["steps"].to_string();
    send(&sandy, "bookings/hold", &theirs).await.ok();
    let until = (Moment::from_timestamp(starts, 0).unwrap() + chrono::Duration::days(14)).date_naive().to_string();
    let clash = confirm(&emma, &code, "weekly", &until).await.json();
    assert_eq!(clash, json!({ "Clash": { "at": [starts + 7 * 86_400] } }));
    assert_eq!(stage(&file(&emma, &code).await), "held");
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 2);
    // Every other week there is room.
    confirm(&emma, &code, "fortnightly", &until).await.ok();
    assert_eq!(file(&emma, &code).await["rest"].as_array().unwrap().len(), 1);
}
