//! What recurs is booked on every day, or on none.

use crate::bookings::{file, held_of, noted, send, wants, week};
use crate::bookings_office::stage;
use crate::house::{Caller, House, Reply};
use app::moment::Moment;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// Sixty days ahead, twice a month for a household, after the office has looked at it.
const ROOM: &str = "clubhouse";
const COURT: &str = "tennis-court";
const DAY: i64 = 86_400;

async fn confirm(resident: &Caller<'_>, code: &str, recurs: &str, until: &str) -> Reply {
    let file = file(resident, code).await;
    let booking = &file["card"]["booking"];
    let (id, seen) = (booking["id"].as_str().unwrap(), booking["version"].to_string());
    let fields = [("id", id), ("seen", seen.as_str()), ("heads", "1"), ("recurs", recurs), ("until", until)];
    resident.post("bookings/confirm", &fields).await
}

fn refused(field: &str, note: &str) -> Value {
    noted(field, &json!(note))
}

/// The times that clash, so many days after the first, each with the reason.
fn clash(starts: i64, times: &[(i64, &str)]) -> Value {
    let times: Vec<_> = times.iter().map(|(days, why)| json!({ "at": starts + days * DAY, "why": why })).collect();
    json!({ "Clash": { "times": times } })
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_series_is_booked_and_given_back_together(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let (code, starts) = held_of(&emma, COURT).await;
    let days = |days: i64| (Moment::from_timestamp(starts, 0).unwrap() + chrono::Duration::days(days)).date_naive();
    let (first, next) = (days(0).to_string(), days(1).to_string());
    assert_eq!(confirm(&emma, &code, "daily", "2126-11-30").await.json(), refused("until", "TooFarAhead"));
    assert_eq!(confirm(&emma, &code, "daily", &first).await.json(), refused("until", "BeforeTheFirst"));
    assert_eq!(confirm(&emma, &code, "hourly", &next).await.json(), refused("recurs", "NotAChoice"));
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
    assert_eq!(third.json(), noted("starts", &json!("QuotaUsed")));

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
    let refused = confirm(&emma, &code, "weekly", &until).await.json();
    assert_eq!(refused, clash(starts, &[(7, "Taken")]));
    assert_eq!(stage(&file(&emma, &code).await), "held");
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 2);
    // Every other week there is room.
    confirm(&emma, &code, "fortnightly", &until).await.ok();
    assert_eq!(file(&emma, &code).await["rest"].as_array().unwrap().len(), 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn every_date_that_clashes_is_listed_with_its_reason(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (code, starts) = held_of(&emma, ROOM).await;
    let on = |days: i64| Moment::from_timestamp(starts + days * DAY, 0).unwrap().date_naive().to_string();
    let shown = week(&sandy, ROOM, &on(7)).await;
    send(&sandy, "bookings/hold", &wants(&shown, starts + 7 * DAY)).await.ok();
    let room = shown["facility"]["id"].as_str().unwrap();
    desk.post("bookings/set_day", &[("facility", room), ("on", &on(14))]).await.ok();
    let drawn = on(21);
    let peak = [("weekdays[]", "1"), ("from", "10:00"), ("until", "22:00"), ("closes", "2026-11-23T14:00")];
    let days = [("facility", room), ("first_on", drawn.as_str()), ("last_on", drawn.as_str())];
    desk.post("bookings/announce_draw", &[&days[..], &peak].concat()).await.ok();

    // In January it would have three, and its share is two a month.
    let weeks = [(7, "Taken"), (14, "Closed"), (21, "Drawn"), (49, "Quota")];
    assert_eq!(confirm(&emma, &code, "weekly", &on(49)).await.json(), clash(starts, &weeks));
    assert_eq!(stage(&file(&emma, &code).await), "held");
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 2, "all or nothing");
    // The office is told the same, of later that day.
    let (own, later) = (week(&emma, ROOM, &on(0)).await, starts + 4 * 3600);
    let asked = [("unit", own["home"].as_str().unwrap()), ("facility", ROOM)];
    let guests = desk.post_exactly("bookings/week_for", &asked).await.ok()["guests"].clone();
    let mut form = wants(&own, later);
    form[1].0 = "unit";
    let guest = guests[0]["account"].as_str().unwrap().to_owned();
    form.extend([("account", guest), ("recurs", "weekly".to_owned()), ("until", on(21))]);
    let refused = send(&desk, "bookings/book_for", &form).await.json();
    assert_eq!(refused, clash(later, &[(14, "Closed"), (21, "Drawn")]));
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 2, "all or nothing");
}
