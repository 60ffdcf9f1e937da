//! What is due whoever asks: one that cannot be done keeps no other from its turn, and has its own again.

use crate::desk::{self, register};
use crate::house::House;
use crate::requests::{dispatched, matter, report, work};
use crate::work::staff_id;
use serde_json::json;
use server::demo::cast;
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

/// As if something could not be written down about one matter.
async fn breaks(house: &House, subject: Uuid, kind: &str) {
    let sql = format!(
        "alter table happening add constraint happening_broken_check check (subject_id <> '{subject}' or kind <> '{kind}')"
    );
    sqlx::query(AssertSqlSafe(sql)).execute(&house.pool).await.unwrap();
}

async fn mends(house: &House) {
    sqlx::query("alter table happening drop constraint happening_broken_check").execute(&house.pool).await.unwrap();
}

/// About how many matters something was told.
async fn told(house: &House, kind: &str) -> i64 {
    sqlx::query_scalar("select count(distinct subject_id) from happening where kind = $1")
        .bind(kind)
        .fetch_one(&house.pool)
        .await
        .unwrap()
}

/// Three matters whose answer is late, of which one cannot be told.
async fn two_of_three_are_told(pool: PgPool, kind: &str) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    for _ in 0..3 {
        report(&resident).await;
        house.advance(1);
    }
    let oldest: Uuid = house.value("select id from request order by received_at, id limit 1").await;
    breaks(&house, oldest, kind).await;
    house.advance(90);
    // What fails is no work that was done: else the job would never rest.
    assert!(app::requests::tell_due(&house.backend).await.unwrap());
    assert!(!app::requests::tell_due(&house.backend).await.unwrap());
    assert_eq!(told(&house, kind).await, 2, "whoever waited behind it");
    mends(&house).await;
    assert!(app::requests::tell_due(&house.backend).await.unwrap());
    assert_eq!(told(&house, kind).await, 3, "the next look tries again");
    assert!(!app::requests::tell_due(&house.backend).await.unwrap());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_lapse_that_cannot_be_told_keeps_no_other_from_it(pool: PgPool) {
    two_of_three_are_told(pool, "promise_lapsed").await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_clock_that_cannot_be_told_keeps_no_other_from_it(pool: PgPool) {
    two_of_three_are_told(pool, "clock_missed").await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_contact_or_a_slip_that_cannot_be_told_keeps_no_other_from_it(pool: PgPool) {
    let house = House::open(pool).await;
    let receptionist = house.as_person(cast::RECEPTIONIST).await;
    let to = format!("person:{}", desk::staff_id(&house, cast::COORDINATOR).await);
    let mut contacts = Vec::new();
    for _ in 0..3 {
        let registered = register(&receptionist, &[("outcome", "offered"), ("to", &to)]).await;
        contacts.push(registered["id"].as_str().unwrap().parse::<Uuid>().unwrap());
        house.backend.clock.advance(chrono::Duration::seconds(1));
    }
    let mut slips = Vec::new();
    for (name, due_at) in [("Mr Gao", "2026-11-23T12:04"), ("Ms Wu", "2026-11-23T12:05"), ("Ms Li", "2026-11-23T12:06")]
    {
        let fields = [("name", name), ("phone", "13800000000"), ("due_at", due_at)];
        let slip = receptionist.post("desk/take_callback", &fields).await.ok();
        slips.push(slip.as_str().unwrap().parse::<Uuid>().unwrap());
    }
    breaks(&house, contacts[0], "wall_breached").await;
    house.advance(4);
    desk::look(&house).await;
    assert_eq!((told(&house, "wall_breached").await, told(&house, "callback_missed").await), (2, 1));
    mends(&house).await;
    breaks(&house, slips[1], "callback_missed").await;
    house.advance(2);
    desk::look(&house).await;
    assert_eq!((told(&house, "wall_breached").await, told(&house, "callback_missed").await), (3, 2));
    mends(&house).await;
    desk::look(&house).await;
    assert_eq!(told(&house, "callback_missed").await, 3);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_orphan_that_cannot_be_told_keeps_no_other_from_it(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let mut codes = Vec::new();
    for _ in 0..3 {
        let code = report(&resident).await;
        dispatched(&house, &code).await;
        work(&technician, &code, "work/accept", &[]).await;
        codes.push(code);
    }
    let leaver = staff_id(&house, cast::TECHNICIAN).await;
    house.as_person(cast::ENGINEERING_HEAD).await.post("people/let_go", &[("staff", &leaver)]).await.ok();

    // Each leads to the order that was left behind, where it is handed on.
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let left = supervisor.post_exactly("work/orphans", &[]).await.ok();
    let left = left["all"].as_array().unwrap();
    assert_eq!(left.len(), 3);
    for orphan in left {
        let order =
            matter(&supervisor, orphan["card"]["code"].as_str().unwrap()).await["orders"][0]["order"]["id"].clone();
        assert_eq!(orphan["orders"], json!([order]));
    }
    let order = left[0]["orders"][0].as_str().unwrap();
    let page = supervisor.get("/staff/orphans").await.text();
    assert!(page.contains(&format!("href=\"/staff/orders/{order}\"")), "{order}");

    let broken: Uuid = house.value("select request_id from orphan order by contact_by, id limit 1").await;
    breaks(&house, broken, "orphan_missed").await;
    house.advance(48 * 60 + 1);
    assert!(app::work::tell_due(&house.backend).await.unwrap());
    assert!(!app::work::tell_due(&house.backend).await.unwrap());
    assert_eq!(told(&house, "orphan_missed").await, 2);
    mends(&house).await;
    assert!(app::work::tell_due(&house.backend).await.unwrap());
    assert_eq!(told(&house, "orphan_missed").await, 3);
}
