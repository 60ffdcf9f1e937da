//! What somebody who leaves held, and what nobody gives them any more.

use crate::house::House;
use crate::requests::{dispatched, matter, report, step, work};
use crate::work::staff_id;
use axum::http::StatusCode;
use serde_json::json;
use server::demo::cast;
use sqlx::PgPool;

async fn leaves(house: &House, sign_in: &str) {
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    let staff = staff_id(house, sign_in).await;
    head.post("people/let_go", &[("staff", &staff)]).await.ok();
}

/// The resident's word about what is done, or against it.
async fn says(house: &House, code: &str, endpoint: &str, fields: &[(&str, &str)]) {
    let resident = house.as_person(cast::RESIDENT).await;
    let page = resident.post_exactly("requests/track", &[("code", code)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    let seen = [("id", id), ("seen", version.as_str())];
    resident.post(endpoint, &[&seen[..], fields].concat()).await.ok();
}

const DONE: [(&str, &str); 2] = [("note", "New washer."), ("no_proof_reason", "Nobody was at home.")];

#[sqlx::test(migrations = "../app/migrations")]
async fn what_comes_back_to_somebody_who_left_is_their_successors(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &code, endpoint, &[]).await;
    }
    work(&technician, &code, "work/complete", &DONE).await;
    says(&house, &code, "requests/confirm", &[]).await;
    sqlx::query("update request set version = version + 1, accountable_id = $1::uuid")
        .bind(staff_id(&house, cast::OTHER_TECHNICIAN).await)
        .execute(&house.pool)
        .await
        .unwrap();
    leaves(&house, cast::OTHER_TECHNICIAN).await;
    let orphans: i64 = house.value("select count(*) from orphan").await;
    assert_eq!(orphans, 0, "it had ended");

    house.advance(5);
    says(&house, &code, "requests/dispute", &[("words", "It still drips.")]).await;
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let seen = matter(&supervisor, &code).await;
    assert_eq!(seen["request"]["stage"], "Reopened");
    assert_eq!(seen["request"]["accountable"], json!(staff_id(&house, cast::SUPERVISOR).await));
    let left = supervisor.post_exactly("work/orphans", &[]).await.ok();
    assert_eq!(left["all"][0]["card"]["code"], json!(code));
    assert_eq!(left["all"][0]["contact_by"], "2026-11-25T04:05:00Z", "the 48 hours begin with the objection");
    let by_itself: bool = house.value("select by_account_id is null from happening where kind = 'orphaned'").await;
    assert!(by_itself, "nobody did that");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_is_in_touch_about_what_has_ended(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &code, endpoint, &[]).await;
    }
    leaves(&house, cast::TECHNICIAN).await;
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    work(&supervisor, &code, "work/complete", &DONE).await;
    let left = supervisor.post_exactly("work/orphans", &[]).await.ok();
    assert_eq!(left["all"].as_array().unwrap().len(), 1, "it is done, and the resident has the word");
    says(&house, &code, "requests/confirm", &[]).await;
    let left = supervisor.post_exactly("work/orphans", &[]).await.ok();
    assert_eq!(left["all"], json!([]));
    house.advance(49 * 60);
    assert!(!app::work::tell_due(&house.backend).await.unwrap(), "and nobody missed it");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_leaves_while_they_are_given_something_holds_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    let seen = matter(&coordinator, &code).await;
    let (id, version) = (seen["request"]["id"].as_str().unwrap(), seen["request"]["version"].to_string());
    let leaver = staff_id(&house, cast::OTHER_TECHNICIAN).await;
    let to = format!("person:{leaver}");
    let sending = [("id", id), ("seen", version.as_str()), ("to", to.as_str())];
    let going = [("staff", leaver.as_str())];
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    let (sent, gone) =
        futures::join!(coordinator.post("requests/dispatch", &sending), head.post("people/let_go", &going));
    for reply in [&sent, &gone] {
        assert!([StatusCode::OK, StatusCode::CONFLICT].contains(&reply.status), "{}", reply.text());
    }
    if gone.status == StatusCode::CONFLICT {
        head.post("people/let_go", &going).await.ok();
    }
    let held: i64 = house
        .value(
            "select count(*) from work_order o join staff_member m on m.estate_id = o.estate_id
               and m.id in (o.assignee_id, o.accountable_id)
             where m.left_at is not null and o.stage not in ('refused', 'verified', 'cancelled')",
        )
        .await;
    assert_eq!(held, 0);

    if sent.status == StatusCode::CONFLICT {
        step(&coordinator, &code, "requests/dispatch", &[("to", &format!("team:{}", department(&seen)))]).await;
    }
    for sql in [
        "update work_order set version = version + 1, assignee_id = $1::uuid",
        "update work_order set version = version + 1, accountable_id = $1::uuid",
        "update request set version = version + 1, accountable_id = $1::uuid",
    ] {
        let error = sqlx::query(sql).bind(&leaver).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains("is given nothing"), "{sql}: {error}");
    }
    sqlx::query("update request set version = version + 1, urgency = 'urgent'").execute(&house.pool).await.unwrap();
}

fn department(seen: &serde_json::Value) -> &str {
    seen["request"]["department"].as_str().unwrap()
}
