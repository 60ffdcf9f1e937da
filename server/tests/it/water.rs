//! The daily water log of the pool: what is read stands, what is beyond its limits shows at once, a day without is missing.

use crate::bookings::week;
use crate::house::{Caller, House, Reply};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

const POOL: &str = "pool-lane";

/// The pool, whose water log is kept: its id.
pub async fn pool(house: &House) -> String {
    let kept = "insert into facility_water (estate_id, facility_id, from_on)
         select estate_id, id, '2026-11-23' from facility
         where slug = 'pool-lane' and estate_id = (select id from estate where code_prefix = 'LY') on conflict do nothing";
    sqlx::raw_sql(kept).execute(&house.pool).await.unwrap();
    let id = "select id from facility where slug = 'pool-lane' and estate_id = (select id from estate where code_prefix = 'LY')";
    house.value::<uuid::Uuid>(id).await.to_string()
}

async fn sheet(caller: &Caller<'_>) -> Value {
    caller.post_exactly("bookings/facility", &[("slug", POOL)]).await.ok()
}

async fn log(caller: &Caller<'_>, facility: &str, chlorine: &str, more: &[(&str, &str)]) -> Reply {
    let fields = [
        ("facility", facility),
        ("chlorine", chlorine),
        ("ph", "7.2"),
        ("turbidity", "0.4"),
        ("temperature", "26.5"),
        ("heads", "42"),
    ];
    caller.post("bookings/log_water", &[&fields[..], more].concat()).await
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_log_is_kept_day_by_day(pool_: PgPool) {
    let house = House::open(pool_).await;
    let (desk, manager) = (house.as_person(cast::RECEPTIONIST).await, house.as_person(cast::SITE_MANAGER).await);
    let id = sheet(&desk).await["facility"]["id"].as_str().unwrap().to_owned();
    assert_eq!(log(&desk, &id, "0.5", &[]).await.json(), json!({ "Refused": "AlreadyMoved" }), "none is kept");
    let keep = [("facility", id.as_str()), ("keep", "true")];
    assert_eq!(desk.post("bookings/keep_water_log", &keep).await.status, StatusCode::FORBIDDEN);
    manager.post("bookings/keep_water_log", &keep).await.ok();
    log(&desk, &id, "0.5", &[]).await.ok();

    // Residents read the last one, and not who took it.
    let emma = house.as_person(cast::RESIDENT).await;
    let shown = week(&emma, POOL, "").await["water"].clone();
    assert_eq!((&shown["chlorine"], &shown["temperature"], &shown["by"]), (&json!(50), &json!(265), &json!("")));
    assert!(emma.get(&format!("/book/{POOL}")).await.text().contains("0.50 mg/L"));
    assert!(week(&emma, "tennis-court", "").await["water"].is_null());

    // Two days later one day is missing, but not one on which it was closed; and it may still be written down.
    house.advance(2 * 24 * 60);
    let desk = house.as_person(cast::RECEPTIONIST).await;
    assert_eq!(sheet(&desk).await["water"]["missing"], json!(["2026-11-24"]));
    log(&desk, &id, "0.6", &[("read_at", "2026-11-24T09:00")]).await.ok();
    assert_eq!(sheet(&desk).await["water"]["missing"], json!([]));
    let late = log(&desk, &id, "0.6", &[("read_at", "2026-11-10T09:00")]).await.json();
    assert_eq!(late["Invalid"][0], json!({ "field": "read_at", "note": "InThePast" }));
    let early = log(&desk, &id, "0.6", &[("read_at", "2026-11-26T09:00")]).await.json();
    assert_eq!(early["Invalid"][0], json!({ "field": "read_at", "note": "NotYet" }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_beyond_its_limits_shows_and_a_correction_is_a_new_reading(pool_: PgPool) {
    let house = House::open(pool_).await;
    let (desk, id) = (house.as_person(cast::RECEPTIONIST).await, pool(&house).await);
    log(&desk, &id, "0.1", &[]).await.ok();
    let page = desk.get(&format!("/staff/facilities/{POOL}")).await.text();
    assert!(page.contains("水质超标") && page.contains("立即停用") && page.contains("登记报修"));
    let emma = house.as_person(cast::RESIDENT).await;
    assert!(emma.get(&format!("/book/{POOL}")).await.text().contains("Outside limits"));
    let wrong = sheet(&desk).await["water"]["readings"][0]["id"].as_str().unwrap().to_owned();
    let unsaid = log(&desk, &id, "0.4", &[("corrects", &wrong)]).await.json();
    assert_eq!(unsaid["Invalid"][0], json!({ "field": "note", "note": "Missing" }));
    house.advance(1);
    let fields = [("corrects", wrong.as_str()), ("note", "The probe was dirty")];
    log(&desk, &id, "0.4", &fields).await.ok();
    assert_eq!(log(&desk, &id, "0.4", &fields).await.json()["Invalid"][0]["field"], json!("corrects"), "once");
    let readings = sheet(&desk).await["water"]["readings"].clone();
    assert_eq!((&readings[0]["chlorine"], &readings[1]["is_corrected"]), (&json!(40), &json!(true)));
    assert_eq!(readings[0]["read_at"], readings[1]["read_at"], "it was read when it was read");
    assert!(!desk.get(&format!("/staff/facilities/{POOL}")).await.text().contains("立即停用"));
    for sql in ["update water_reading set chlorine = 50", "delete from water_reading", "delete from facility_water"] {
        let error = sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{sql}: {error}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_day_on_which_it_never_opens_is_not_missing(pool_: PgPool) {
    let house = House::open(pool_).await;
    pool(&house).await;
    // From now on it is closed on Tuesdays.
    let closed = "insert into facility_terms
           select n.* from facility f join facility_terms t on t.estate_id = f.estate_id and t.facility_id = f.id
           cross join lateral jsonb_populate_record(t, '{\"version\": 2}') n where f.slug = 'pool-lane';
         insert into facility_hours
           select h.estate_id, h.facility_id, 2, h.weekday, h.opens, h.closes from facility f
           join facility_hours h on h.estate_id = f.estate_id and h.facility_id = f.id
           where f.slug = 'pool-lane' and h.weekday <> 2";
    sqlx::raw_sql(closed).execute(&house.pool).await.unwrap();
    house.advance(3 * 24 * 60);
    let desk = house.as_person(cast::RECEPTIONIST).await;
    assert_eq!(sheet(&desk).await["water"]["missing"], json!(["2026-11-25", "2026-11-23"]));
    // But for one on which it was open.
    let opened = "insert into facility_day (estate_id, facility_id, on_date)
           select estate_id, id, '2026-11-24' from facility where slug = 'pool-lane';
         insert into facility_day_hours (estate_id, facility_id, on_date, opens, closes)
           select estate_id, facility_id, on_date, 600, 720 from facility_day";
    sqlx::raw_sql(opened).execute(&house.pool).await.unwrap();
    assert_eq!(sheet(&desk).await["water"]["missing"], json!(["2026-11-25", "2026-11-24", "2026-11-23"]));
}
