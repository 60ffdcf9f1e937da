//! Who leads an incident, and to which of several a report belongs.

use crate::house::House;
use crate::incidents::{WORDS, listed, moves, nearby, riser, tells, told_by_three, track};
use crate::requests::{matter, step, work};
use axum::http::StatusCode;
use serde_json::json;
use server::demo::cast;
use sqlx::PgPool;
use std::time::Duration;

#[sqlx::test(migrations = "../app/migrations")]
async fn where_the_lead_withdraws_the_next_one_leads(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let codes = told_by_three(&house, &homes).await;
    let id = listed(&desk).await[0]["incident"]["id"].as_str().unwrap().to_owned();
    moves(&desk, &id, "incidents/accept", &[]).await.ok();
    step(&desk, &codes[0], "requests/promise", &[("kind", "finish"), ("due_at", "2026-11-23T18:00")]).await;
    crate::requests::dispatched_again(&desk, &codes[0]).await;
    assert_eq!(matter(&desk, &codes[2]).await["request"]["stage"], "Dispatched");

    let seen = track(&homes[0], &codes[0]).await;
    let version = seen["version"].to_string();
    let fields = [("id", seen["card"]["id"].as_str().unwrap()), ("seen", version.as_str())];
    homes[0].post("requests/cancel", &fields).await.ok();
    for code in &codes[1..] {
        assert_eq!(matter(&desk, code).await["request"]["stage"], "Triaged", "nobody is on the way to {code}");
    }
    let next = matter(&desk, &codes[1]).await["request"]["id"].clone();
    let file = desk.post_exactly("incidents/file", &[("id", &id)]).await.ok();
    assert_eq!(file["card"]["incident"]["lead"], next);
    assert_eq!(moves(&desk, &id, "incidents/close", &[]).await.status, StatusCode::CONFLICT);

    crate::requests::dispatched_again(&desk, &codes[1]).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &codes[1], endpoint, &[]).await;
    }
    assert_eq!(track(&homes[2], &codes[2]).await["card"]["line"]["stage"], "InProgress");
    assert_eq!(track(&homes[0], &codes[0]).await["card"]["line"]["stage"], "Cancelled");
}

/// A riser and a storey are both without water: whoever lives where they cross is asked about both, and joins one.
#[sqlx::test(migrations = "../app/migrations")]
async fn a_report_belongs_to_the_incident_that_was_chosen(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    told_by_three(&house, &homes).await;
    let stack: uuid::Uuid = house.value("select id from incident").await;
    let storey: uuid::Uuid = house
        .value(
            "insert into incident (estate_id, id, stage, stage_at, category_id, item_id, extent, place_id, floor, proposed_at)
             select i.estate_id, gen_random_uuid(), 'proposed', i.stage_at, i.category_id, i.item_id, 'floor', i.place_id,
               u.floor, i.proposed_at
             from incident i, unit u where u.number = '1204' and u.building_id = i.place_id returning id",
        )
        .await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let offered = nearby(&homes[3]).await;
    assert_eq!(offered[0]["id"], json!(stack), "the narrowest first");
    for chosen in [storey, stack] {
        let code = tells(&homes[3], WORDS[3], &chosen.to_string()).await;
        let file = desk.post_exactly("incidents/file", &[("id", &chosen.to_string())]).await.ok();
        assert!(file["members"].to_string().contains(&code), "{chosen}");
        house.advance(10);
    }
    let doubled: i64 = house
        .value("select count(*) from (select from incident_member where left_at is null group by request_id having count(*) > 1) d")
        .await;
    assert_eq!(doubled, 0);
}

/// Of two who move a lead and a member of its incident, neither holds what the other one waits for.
#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_calls_a_member_a_duplicate_waits_for_its_lead_with_nothing_in_hand(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let codes = told_by_three(&house, &homes).await;
    let id = listed(&desk).await[0]["incident"]["id"].as_str().unwrap().to_owned();
    moves(&desk, &id, "incidents/accept", &[]).await.ok();
    let other = tells(&homes[3], WORDS[3], "").await;
    let mut mover = house.pool.begin().await.unwrap();
    let lock = "select from request where code = $1 for update nowait";
    sqlx::query(lock).bind(&codes[0]).execute(&mut *mover).await.unwrap();
    let looks_on = async {
        let waits = "select exists (select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock')";
        let mut looks = 0;
        while !house.value::<bool>(waits).await {
            looks += 1;
            assert!(looks < 500, "it does not wait for the lead");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        sqlx::query(lock).bind(&codes[1]).execute(&mut *mover).await.unwrap();
        mover.commit().await.unwrap();
    };
    let of_other = [("of", other.as_str())];
    futures::join!(step(&desk, &codes[1], "requests/mark_duplicate", &of_other), looks_on);
    let duplicates: i64 = house.value("select count(*) from request where stage = 'duplicate'").await;
    assert_eq!(duplicates, 1);
}
