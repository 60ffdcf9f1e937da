//! A search over all that can be booked finds what each week calls free.

use crate::bookings::{free, held, send, wants, week};
use crate::house::{Caller, House};
use app::bookings::store;
use app::ids::EstateId;
use app::moment::Moment;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;
use uuid::Uuid;

const COURT: &str = "tennis-court";
const MONDAY: &str = "2026-11-30";
/// What a search over several days shows of a facility at most.
const MOST: usize = 6;

async fn finds(caller: &Caller<'_>, fields: &[(&str, &str)]) -> Value {
    caller.post_exactly("bookings/find", fields).await.ok()
}

/// What was found of one facility, if it was looked at.
fn found<'a>(finds: &'a Value, facility: &str) -> Option<&'a Value> {
    finds["found"].as_array().unwrap().iter().find(|found| found["facility"]["slug"] == facility)
}

/// Its times, in seconds since 1970.
fn times(finds: &Value, facility: &str) -> Vec<i64> {
    let starts = found(finds, facility).unwrap()["starts"].as_array().unwrap();
    starts.iter().map(|start| start.as_i64().unwrap()).collect()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_search_finds_what_the_weeks_call_free(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let asked = [("day", MONDAY), ("part", "morning")];
    // From six until noon on the estate's wall.
    let six = "2026-11-29T22:00:00Z".parse::<Moment>().unwrap().timestamp();
    let morning = |week: &Value| {
        let free = free(week).into_iter().filter(|start| (six..six + 6 * 3600).contains(start));
        free.collect::<Vec<_>>()
    };
    for facility in [COURT, "gym", "table-tennis", "pool-lane", "restaurant"] {
        // Whichever steps an hour takes there, the week is asked for as many.
        let finds = finds(&emma, &asked).await;
        let steps = found(&finds, facility).unwrap()["steps"].to_string();
        let shown = [("facility", facility), ("day", MONDAY), ("steps", &steps)];
        let shown = emma.post_exactly("bookings/week", &shown).await.ok();
        assert_eq!(times(&finds, facility), morning(&shown), "{facility}");
        assert_eq!(found(&finds, facility).unwrap()["is_cut"], json!(false), "{facility}");
    }
    assert_eq!(times(&finds(&emma, &asked).await, COURT).len(), 6);

    // Of two courts one is left to the others; of none there is nothing.
    let (_, starts) = held(&emma).await;
    assert!(!times(&finds(&emma, &asked).await, COURT).contains(&starts), "she has it");
    assert!(times(&finds(&sandy, &asked).await, COURT).contains(&starts));
    let shown = week(&sandy, COURT, MONDAY).await;
    send(&sandy, "bookings/hold", &wants(&shown, starts)).await.ok();
    let spouse = house.as_person(cast::SPOUSE).await;
    let left = finds(&spouse, &asked).await;
    assert_eq!(times(&left, COURT), morning(&week(&spouse, COURT, MONDAY).await));
    assert!(!times(&left, COURT).contains(&starts));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn many_days_are_searched_until_there_are_times_enough(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let shown = week(&emma, COURT, MONDAY).await;
    let all = free(&shown);
    let asked = [("day", MONDAY), ("days", "7")];
    let first = finds(&emma, &asked).await;
    assert_eq!(times(&first, COURT), all[..MOST]);
    assert_eq!(found(&first, COURT).unwrap()["is_cut"], json!(true));
    // Of the evenings of a week there are fewer than that on the first day.
    let evenings = finds(&emma, &[("day", MONDAY), ("days", "30"), ("part", "evening")]).await;
    let evenings = times(&evenings, COURT);
    assert_eq!(evenings.len(), MOST);
    assert!(evenings.is_sorted() && evenings.iter().all(|start| all.contains(start)));

    // What is closed is not found, and was looked at all the same.
    let facility = shown["facility"]["id"].as_str().unwrap();
    let closed = [("facility", facility), ("on", MONDAY), ("from", ""), ("until", "")];
    desk.post("bookings/set_day", &closed).await.ok();
    assert_eq!(times(&finds(&emma, &[("day", MONDAY)]).await, COURT), Vec::<i64>::new());
    let after = free(&week(&emma, COURT, MONDAY).await);
    assert_eq!(times(&finds(&emma, &asked).await, COURT), after[..MOST]);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_too_short_or_too_small_is_not_offered(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let party = finds(&emma, &[("day", MONDAY), ("minutes", "240"), ("heads", "20")]).await;
    assert_eq!(found(&party, COURT), None);
    let room = found(&party, "clubhouse").unwrap();
    assert_eq!((&room["steps"], &room["minutes"], &room["price"]), (&json!(4), &json!(240), &json!(40000)));
    // Two hours is the shortest that the room is given for.
    let short = finds(&emma, &[("day", MONDAY), ("minutes", "30")]).await;
    assert_eq!(found(&short, "clubhouse").unwrap()["minutes"], json!(120));
    assert_eq!(found(&short, "table-tennis").unwrap()["minutes"], json!(30));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_search_is_for_ones_own_home_and_for_days_that_can_be_booked(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let theirs = finds(&house.as_person(cast::NEIGHBOUR).await, &[]).await["home"].as_str().unwrap().to_owned();
    let refused = emma.post_exactly("bookings/find", &[("home", &theirs)]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let refused = emma.post_exactly("bookings/find", &[("day", "tomorrow")]).await;
    assert_eq!(refused.json(), json!({ "Invalid": [{ "field": "day", "note": "Malformed" }] }));

    let most = finds(&emma, &[("day", "2026-11-01"), ("days", "400"), ("minutes", "0"), ("heads", "0")]).await;
    assert_eq!((&most["day"], &most["days"], &most["heads"]), (&json!("2026-11-23"), &json!(31), &json!(1)));
    // It is noon: what began this morning is over.
    let now = house.backend.clock.now().timestamp();
    assert!(times(&most, COURT).iter().all(|start| *start >= now));
    let late = finds(&emma, &[("day", "2099-01-01")]).await;
    assert!(late["day"].as_str().unwrap() < "2099-01-01");
    assert_eq!(times(&late, COURT), Vec::<i64>::new(), "it is booked two weeks ahead at most");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn in_a_list_each_facility_is_what_it_is_alone(pool: PgPool) {
    let house = House::open(pool).await;
    let mut db = house.pool.acquire().await.unwrap();
    let estates: Vec<Uuid> = sqlx::query_scalar("select id from estate").fetch_all(&mut *db).await.unwrap();
    let estates: Vec<_> = estates.into_iter().map(EstateId).collect();
    let all = store::list_facilities(&mut db, &estates).await.unwrap();
    assert!(all.iter().any(|one| one.terms.quota.is_some() && one.terms.missed.is_some() && !one.units.is_empty()));
    for listed in all {
        let alone = store::find_facility(&mut db, listed.estate, &listed.slug).await.unwrap();
        assert_eq!(alone, Some(listed));
    }
}
