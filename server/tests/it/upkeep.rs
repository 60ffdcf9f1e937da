//! Orders that recur.

use crate::house::{Caller, House};
use crate::requests::{dispatched, matter, report, work};
use axum::http::StatusCode;
use serde_json::json;
use server::demo::cast;
use sqlx::PgPool;

/// A matter in a common area with an order for its team that asks for photos, perhaps one that recurs; its code.
pub async fn common_order(house: &House, recurs: bool) -> String {
    let resident = house.as_person(cast::RESIDENT).await;
    let catalogue = resident.post_exactly("services/catalogue", &[]).await.ok();
    let problems = catalogue["items"].as_array().unwrap();
    let lamp = problems.iter().find(|item| item["slug"] == "light-out").unwrap();
    let area = format!("area:{}", catalogue["areas"][0]["id"].as_str().unwrap());
    let fields = [
        ("estate", catalogue["estate"]["id"].as_str().unwrap()),
        ("item", lamp["id"].as_str().unwrap()),
        ("place", area.as_str()),
        ("words", "Look after the lamps."),
    ];
    let code = resident.post("requests/report", &fields).await.ok()["code"].as_str().unwrap().to_owned();
    let coordinator = house.as_person(cast::COORDINATOR).await;
    crate::requests::step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    let team = format!("team:{}", matter(&coordinator, &code).await["request"]["department"].as_str().unwrap());
    let fields = [("to", team.as_str()), ("instructions", "All of them."), ("asks[]", "photos")];
    crate::requests::step(&coordinator, &code, "requests/dispatch", &fields).await;
    if recurs {
        let order = order(&coordinator, &code).await;
        let fields = [("id", order.as_str()), ("every", "1"), ("unit", "week"), ("first_on", "2026-11-30")];
        coordinator.post("work/repeat", &fields).await.ok();
    }
    code
}

async fn order(staff: &Caller<'_>, code: &str) -> String {
    matter(staff, code).await["orders"][0]["order"]["id"].as_str().unwrap().to_owned()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_order_recurs_with_every_rule_once_a_day_that_is_due(pool: PgPool) {
    let house = House::open(pool).await;
    let code = common_order(&house, false).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let order = order(&coordinator, &code).await;
    for (field, value, note) in [
        ("every", "0", "Malformed"),
        ("unit", "cron", "NotAChoice"),
        ("first_on", "2026-11-23", "InThePast"),
        ("first_on", "", "Missing"),
    ] {
        let mut fields = vec![("id", order.as_str()), ("every", "1"), ("unit", "week"), ("first_on", "2026-11-30")];
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, typed)| *typed = value);
        let reply = coordinator.post("work/repeat", &fields).await;
        assert_eq!(reply.json(), json!({"Invalid": [{"field": field, "note": note}]}), "{field} {value}");
    }
    let weekly = [("id", order.as_str()), ("every", "1"), ("unit", "week"), ("first_on", "2026-11-30")];
    coordinator.post("work/repeat", &weekly).await.ok();
    assert_eq!(coordinator.post("work/repeat", &weekly).await.status, StatusCode::CONFLICT, "it recurs already");

    // Nothing before its day; on it, once, however many look.
    while app::work::issue_due(&house.backend).await.unwrap() {}
    let requests: i64 = house.value("select count(*) from request").await;
    assert_eq!(requests, 1);
    house.advance(7 * 24 * 60);
    let looks = futures::future::join_all((0..4).map(|_| app::work::issue_due(&house.backend))).await;
    assert_eq!(looks.into_iter().filter(|look| *look.as_ref().unwrap()).count(), 1);
    assert!(!app::work::issue_due(&house.backend).await.unwrap());
    let same: bool = house
        .value(
            "select count(*) = 2 and count(distinct (o.department_id, o.instructions, o.asks)) = 1
               and count(distinct (r.item_id, r.area_id, r.words, r.stage, r.urgency)) = 1
             from work_order o join request r on r.estate_id = o.estate_id and r.id = o.request_id",
        )
        .await;
    assert!(same, "every rule of the one it repeats");
    let kinds: Vec<String> = sqlx::query_scalar(
        "select h.kind from happening h join schedule_run s on s.estate_id = h.estate_id and s.request_id = h.subject_id order by h.id",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap();
    assert_eq!(kinds, ["received", "triaged", "dispatched"]);
    let next: String = house.value("select next_on::text from schedule").await;
    assert_eq!(next, "2026-12-07");
    let twice = sqlx::query(
        "insert into schedule_run select estate_id, schedule_id, due_on, request_id, now() from schedule_run",
    )
    .execute(&house.pool)
    .await;
    assert!(twice.is_err(), "once a day that is due");

    // It can be carried out like any other, and ends like any other.
    let technician = house.as_person(cast::TECHNICIAN).await;
    let jobs = technician.post_exactly("work/jobs", &[]).await.ok();
    assert_eq!(jobs["team"].as_array().unwrap().len(), 2);
    coordinator.post("work/end_repeat", &[("id", &order)]).await.ok();
    assert_eq!(coordinator.post("work/end_repeat", &[("id", &order)]).await.status, StatusCode::CONFLICT);
    house.advance(30 * 24 * 60);
    assert!(!app::work::issue_due(&house.backend).await.unwrap(), "what ended is not due");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_in_a_home_does_not_recur(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let order = order(&coordinator, &code).await;
    let weekly = [("id", order.as_str()), ("every", "1"), ("unit", "week"), ("first_on", "2026-11-30")];
    assert_eq!(coordinator.post("work/repeat", &weekly).await.json(), json!({"Refused": "NotCommon"}));
    let technician = house.as_person(cast::TECHNICIAN).await;
    work(&technician, &code, "work/accept", &[]).await;
    assert_eq!(technician.post("work/repeat", &weekly).await.status, StatusCode::FORBIDDEN);
}
