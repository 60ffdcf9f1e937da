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

/// The code of what was issued last.
async fn issued(house: &House) -> String {
    house.value("select code from request order by received_at desc, id desc limit 1").await
}

#[sqlx::test(migrations = "../app/migrations")]
async fn upkeep_that_nobody_reported_is_filed_once_it_is_done(pool: PgPool) {
    let house = House::open(pool).await;
    common_order(&house, true).await;
    house.advance(7 * 24 * 60);
    assert!(app::work::issue_due(&house.backend).await.unwrap());
    let code = issued(&house).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &code, endpoint, &[]).await;
    }
    let done = [("note", "All of them shine."), ("no_proof_reason", "The camera is broken.")];
    work(&technician, &code, "work/complete", &done).await;
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    work(&supervisor, &code, "work/verify", &[("reason", "Seen them.")]).await;
    let seen = matter(&supervisor, &code).await;
    assert_eq!(seen["request"]["stage"], "Done");

    // There is nobody to ask: no attempt, no end without a word.
    let end = supervisor.post_exactly("requests/closing", &[("code", &code)]).await.ok();
    assert_eq!((&end["moves"], &end["is_asked"]), (&json!([]), &json!(false)));
    let (id, version) = (seen["request"]["id"].as_str().unwrap(), seen["request"]["version"].to_string());
    let fields = [("id", id), ("seen", version.as_str())];
    let attempt = [&fields[..], &[("means", "phone"), ("outcome", "no_answer")]].concat();
    assert_eq!(supervisor.post("requests/log_attempt", &attempt).await.status, StatusCode::CONFLICT);
    assert_eq!(supervisor.post("requests/close_unconfirmed", &fields).await.status, StatusCode::CONFLICT);
    let other = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    assert_eq!(other.post("requests/archive", &fields).await.status, StatusCode::FORBIDDEN);
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    let end = head.post_exactly("requests/closing", &[("code", &code)]).await.ok();
    assert_eq!(end["moves"], json!(["Archive"]));
    head.post("requests/archive", &fields).await.ok();
    assert_eq!(matter(&head, &code).await["request"]["stage"], "Archived");
    let ends: i64 = house.value("select count(*) from request_end").await;
    assert_eq!(ends, 0, "nobody was satisfied, nobody was not");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn one_that_cannot_be_issued_keeps_no_other_from_it(pool: PgPool) {
    let house = House::open(pool).await;
    common_order(&house, true).await;
    house.advance(1);
    common_order(&house, true).await;
    let broken: uuid::Uuid = house.value("select id from schedule order by id limit 1").await;
    let refused = format!("alter table schedule_run add constraint refused check (schedule_id <> '{broken}')");
    sqlx::query(sqlx::AssertSqlSafe(refused)).execute(&house.pool).await.unwrap();
    house.advance(7 * 24 * 60);
    while app::work::issue_due(&house.backend).await.unwrap() {}
    let runs: i64 = house.value("select count(*) from schedule_run").await;
    assert_eq!(runs, 1);
    sqlx::query("alter table schedule_run drop constraint refused").execute(&house.pool).await.unwrap();
    assert!(!app::work::issue_due(&house.backend).await.unwrap(), "it is put off");
    house.advance(10);
    assert!(app::work::issue_due(&house.backend).await.unwrap(), "and tried again");
    let runs: i64 = house.value("select count(*) from schedule_run").await;
    assert_eq!(runs, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_another_office_asked_for_recurs_without_its_paper(pool: PgPool) {
    let house = House::open(pool).await;
    common_order(&house, true).await;
    for sql in [
        "alter table request disable trigger request_evidence_check",
        "update request set version = version + 1, channel = 'branch'",
        "alter table request enable trigger request_evidence_check",
    ] {
        sqlx::query(sql).execute(&house.pool).await.unwrap();
    }
    house.advance(7 * 24 * 60);
    assert!(app::work::issue_due(&house.backend).await.unwrap());
    let channel: String = house.value("select channel from request order by received_at desc limit 1").await;
    assert_eq!(channel, "letter");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_firm_that_is_not_asked_any_more_is_not_sent_again(pool: PgPool) {
    let house = House::open(pool).await;
    common_order(&house, true).await;
    for sql in [
        "insert into vendor (estate_id, id, name, added_by, added_at, ended_at)
         select estate_id, gen_random_uuid(), 'Lamp works', issued_by, now(), now() from work_order",
        "update work_order set version = version + 1, vendor_id = (select id from vendor where name = 'Lamp works')",
    ] {
        sqlx::query(sql).execute(&house.pool).await.unwrap();
    }
    house.advance(7 * 24 * 60);
    assert!(app::work::issue_due(&house.backend).await.unwrap());
    let is_teams: bool = house
        .value("select vendor_id is null and assignee_id is null from work_order order by issued_at desc limit 1")
        .await;
    assert!(is_teams);
    let told: Vec<String> = sqlx::query_scalar(
        "select a.sign_in from message m join account a on a.id = m.account_id
         where m.side = 'office' and m.telling -> 'happening' ->> 'kind' = 'dispatched'",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap();
    assert_eq!(told, [cast::SUPERVISOR], "whoever answers for it finds another way");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_came_to_lie_outside_the_list_is_assessed_before_it_goes_out_again(pool: PgPool) {
    let house = House::open(pool).await;
    common_order(&house, true).await;
    sqlx::query("update catalogue_item set is_outside = true").execute(&house.pool).await.unwrap();
    house.advance(7 * 24 * 60);
    assert!(app::work::issue_due(&house.backend).await.unwrap());
    let waits: bool = house
        .value(
            "select r.stage = 'triaged' and a.verdict is null
             from request r join assessment a on a.estate_id = r.estate_id and a.request_id = r.id",
        )
        .await;
    assert!(waits, "C6");
    let orders: i64 = house.value("select count(*) from work_order").await;
    assert_eq!(orders, 1);
    assert!(!app::work::issue_due(&house.backend).await.unwrap(), "once a day that is due");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_was_taken_back_does_not_recur(pool: PgPool) {
    let house = House::open(pool).await;
    let code = common_order(&house, false).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let order = order(&coordinator, &code).await;
    work(&coordinator, &code, "work/cancel", &[("reason", "Not now.")]).await;
    let weekly = [("id", order.as_str()), ("every", "1"), ("unit", "week"), ("first_on", "2026-11-30")];
    assert_eq!(coordinator.post("work/repeat", &weekly).await.json(), json!({"Refused": "AlreadyMoved"}));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_order_that_is_taken_back_says_that_it_recurs_and_how_to_end_that(pool: PgPool) {
    let house = House::open(pool).await;
    let first = common_order(&house, true).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    work(&coordinator, &first, "work/cancel", &[("reason", "Not now.")]).await;
    house.advance(7 * 24 * 60);
    assert!(app::work::issue_due(&house.backend).await.unwrap(), "only that one was taken back");
    let next = issued(&house).await;
    let [repeated, order] = [order(&coordinator, &first).await, order(&coordinator, &next).await];
    let weekly = [("id", order.as_str()), ("every", "1"), ("unit", "week"), ("first_on", "2026-12-28")];
    assert_eq!(coordinator.post("work/repeat", &weekly).await.status, StatusCode::CONFLICT, "it recurs already");
    work(&coordinator, &next, "work/cancel", &[("reason", "Not this week.")]).await;
    for one in [&repeated, &order] {
        let sheet = coordinator.post_exactly("work/order", &[("order", one)]).await.ok();
        assert!(sheet["job"]["order"]["order"]["stage"]["Cancelled"].is_object());
        assert_eq!((&sheet["schedule"]["order"], &sheet["may_repeat"]), (&json!(repeated), &json!(true)));
    }

    // What another department does about the same matter is none of the schedule's.
    let team = matter(&coordinator, &next).await["request"]["department"].clone();
    let sheet = coordinator.post_exactly("work/assigning", &[("code", &next)]).await.ok();
    let hands = sheet["hands"].as_array().unwrap();
    let other = hands.iter().find(|hand| hand["candidate"]["who"]["department"]["id"] != team).unwrap();
    let to = format!("person:{}", other["candidate"]["who"]["id"].as_str().unwrap());
    crate::requests::step(&coordinator, &next, "requests/dispatch", &[("to", &to)]).await;
    let seen = matter(&coordinator, &next).await;
    let theirs = seen["orders"].as_array().unwrap().iter().find(|one| one["order"]["department"] != team).unwrap();
    let theirs = [("id", theirs["order"]["id"].as_str().unwrap())];
    assert_eq!(coordinator.post("work/end_repeat", &theirs).await.status, StatusCode::CONFLICT);

    coordinator.post("work/end_repeat", &[("id", &order)]).await.ok();
    house.advance(30 * 24 * 60);
    assert!(!app::work::issue_due(&house.backend).await.unwrap(), "what ended is not due");
}
