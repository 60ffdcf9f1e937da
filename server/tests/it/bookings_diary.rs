//! The office's diary: a day or a week of all, of a facility, of a household, of a person.

use crate::bookings::{file, held, held_of, step};
use crate::house::{Caller, House};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// The day on which both bookings are, and the one after it.
const MONDAY: &str = "2026-11-30";
const TUESDAY: &str = "2026-12-01";

async fn diary(desk: &Caller<'_>, asked: &[(&str, &str)]) -> Value {
    desk.post_exactly("bookings/diary", asked).await.ok()
}

/// How many days it shows, and the codes of who comes, sorted.
fn shown(diary: &Value) -> (usize, Vec<&str>) {
    let entries = diary["entries"].as_array().unwrap().iter();
    let mut codes: Vec<_> = entries.map(|entry| entry["card"]["booking"]["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    (diary["days"].as_array().unwrap().len(), codes)
}

#[sqlx::test(migrations = "../app/migrations")]
async fn it_is_read_by_day_and_by_week(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let spouse = house.as_person(cast::SPOUSE).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (court, _) = held(&emma).await;
    step(&emma, &court, "bookings/confirm").await.ok();
    let (table, _) = held_of(&spouse, "restaurant").await;
    step(&spouse, &table, "bookings/confirm").await.ok();
    let booking = file(&emma, &court).await["card"]["booking"].clone();
    let (home, person) = (booking["unit"].as_str().unwrap(), booking["account"].as_str().unwrap());
    let mut both = vec![court.as_str(), table.as_str()];
    both.sort_unstable();
    let (court, none) = (vec![court.as_str()], Vec::new());
    let (day, week) = (("span", "day"), ("span", "week"));
    // Of what, by default, on its day, in its week, and the day after.
    for (of, most, its) in [
        (None, 1, &both),
        (Some(("facility", "tennis-court")), 7, &court),
        (Some(("home", home)), 7, &both),
        (Some(("person", person)), 7, &court),
    ] {
        let ask = |on: &'static str, span: Option<(&'static str, &'static str)>| {
            [Some(("day", on)), of, span].into_iter().flatten().collect::<Vec<_>>()
        };
        let first = diary(&desk, &ask(MONDAY, None)).await;
        assert_eq!((shown(&first), &first["on"]), ((most, its.clone()), &json!(MONDAY)), "{of:?}");
        assert_eq!(shown(&diary(&desk, &ask(MONDAY, Some(day))).await), (1, its.clone()), "{of:?}");
        assert_eq!(shown(&diary(&desk, &ask(TUESDAY, Some(day))).await), (1, none.clone()), "{of:?}");
        assert_eq!(shown(&diary(&desk, &ask(TUESDAY, Some(week))).await), (7, its.clone()), "{of:?}");
    }
    assert_eq!(diary(&desk, &[("person", person)]).await["person"], json!("Emma Thornbury"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_day_with_more_than_fits_says_so(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let spouse = house.as_person(cast::SPOUSE).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (court, _) = held(&emma).await;
    step(&emma, &court, "bookings/confirm").await.ok();
    // As if that had been had by so many, one by one.
    let many = "begin;
        alter table booking disable trigger user;
        insert into booking (estate_id, id, code, version, stage, stage_at, facility_id, terms_version, unit_id, account_id,
          starts_at, ends_at, heads, price, made_at, place_id, by_office)
        select estate_id, gen_random_uuid(), 'LY-9' || n, 4, 'done', stage_at, facility_id, terms_version, unit_id,
          account_id, starts_at, ends_at, heads, price, made_at, place_id, by_office
        from booking, generate_series(1, 499) n;
        alter table booking enable trigger user;
        commit";
    sqlx::raw_sql(many).execute(&house.pool).await.unwrap();
    let full = diary(&desk, &[("day", MONDAY)]).await;
    assert_eq!((shown(&full).1.len(), &full["is_cut"]), (500, &json!(false)));
    let (table, _) = held_of(&spouse, "restaurant").await;
    step(&spouse, &table, "bookings/confirm").await.ok();
    let cut = diary(&desk, &[("day", MONDAY)]).await;
    assert_eq!((shown(&cut).1.len(), &cut["is_cut"]), (500, &json!(true)));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_booked_nothing_there_is_nobody(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (code, _) = held(&emma).await;
    let account = file(&emma, &code).await["card"]["booking"]["account"].as_str().unwrap().to_owned();
    let asked = async |desk: &Caller<'_>| desk.post_exactly("bookings/diary", &[("person", &account)]).await.status;
    assert_eq!(asked(&desk).await, StatusCode::NOT_FOUND, "what is only kept is not the office's to see");
    step(&emma, &code, "bookings/confirm").await.ok();
    assert_eq!(asked(&desk).await, StatusCode::OK);
    let elsewhere = house.as_person(cast::BOYAN_COORDINATOR).await;
    assert_eq!(asked(&elsewhere).await, StatusCode::NOT_FOUND);
}
