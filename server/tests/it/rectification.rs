//! Rectification items: what somebody else checks is verified by nobody who had a hand in it (C12).

use crate::house::{Caller, House};
use crate::requests::{matter, report, step, work};
use crate::work::{on_site, order_of, sheet, staff_id, tries};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

async fn list(staff: &Caller<'_>) -> Value {
    staff.post_exactly("work/rectifications", &[]).await.ok()
}

/// The orders that somebody was asked to check.
async fn asked(staff: &Caller<'_>) -> Vec<Value> {
    let page = staff.post_exactly("messages/inbox", &[("side", "office")]).await.ok();
    let tellings = page["messages"].as_array().unwrap().iter().map(|message| &message["telling"]);
    tellings.filter(|telling| telling["told"] == "check").map(|telling| telling["order"].clone()).collect()
}

const SIGNED: [(&str, &str); 3] = [("note", "New seal."), ("signer", "Emma"), ("signed", "true")];

#[sqlx::test(migrations = "../app/migrations")]
async fn a_signature_is_kept_and_somebody_else_verifies(pool: PgPool) {
    let house = House::open(pool).await;
    let code = on_site(&house, &["check"]).await;
    let (technician, supervisor) = (house.as_person(cast::TECHNICIAN).await, house.as_person(cast::SUPERVISOR).await);
    let (order, _) = order_of(&technician, &code).await;
    assert_eq!(list(&supervisor).await["open"][0]["order"]["order"]["stage"], "OnSite", "it is tracked from the start");
    tries(&technician, &code, "work/complete", &SIGNED).await.unwrap();
    let now = sheet(&technician, &order).await;
    let kept = (&now["job"]["order"]["order"]["stage"], &now["signatures"][0]["name"]);
    assert_eq!(kept, (&json!("Completed"), &json!("Emma")));
    assert_eq!(matter(&supervisor, &code).await["request"]["stage"], "InProgress", "their own word ends nothing");
    assert_eq!(asked(&supervisor).await, [json!(order)]);
    assert_eq!(tries(&technician, &code, "work/verify", &[("reason", "I was there.")]).await, Err(json!("NotAllowed")));

    let why = [("reason", "The seal drips under pressure.")];
    tries(&supervisor, &code, "work/send_back", &why).await.unwrap();
    tries(&technician, &code, "work/arrive", &[]).await.unwrap();
    let again = [("note", "Another seal."), ("no_proof_reason", "Nobody in.")];
    tries(&technician, &code, "work/complete", &again).await.unwrap();
    assert_eq!(asked(&supervisor).await.len(), 2, "each time it is done again");
    let seen = list(&supervisor).await;
    assert_eq!((&seen["open"][0]["order"]["order"]["id"], &seen["checked"]), (&json!(order), &json!([])));
    let page = supervisor.get("/staff/rectifications").await.text();
    assert!(page.contains(&code) && page.contains(&format!("/staff/orders/{order}")), "{page}");

    tries(&supervisor, &code, "work/verify", &[("reason", "Ten minutes under pressure, dry.")]).await.unwrap();
    assert_eq!(matter(&supervisor, &code).await["request"]["stage"], "Done");
    let seen = list(&supervisor).await;
    assert_eq!(seen["open"], json!([]));
    let checked = &seen["checked"][0]["order"];
    let proof = json!({"by": "check", "words": "Ten minutes under pressure, dry."});
    assert_eq!(checked["order"]["proof"], proof);
    assert!(checked["verified_by"].is_string(), "{checked}");
    let apart: bool =
        house.value("select verified_by <> completed_by and completed_by = accepted_by from work_order").await;
    assert!(apart, "whoever took it did it, and another one checked it");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_did_it_never_checks_it(pool: PgPool) {
    let house = House::open(pool).await;
    let (supervisor, head) = (house.as_person(cast::SUPERVISOR).await, house.as_person(cast::ENGINEERING_HEAD).await);
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    let to = format!("person:{}", staff_id(&house, cast::SUPERVISOR).await);
    step(&coordinator, &code, "requests/dispatch", &[("to", to.as_str()), ("asks[]", "check")]).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&supervisor, &code, endpoint, &[]).await;
    }
    tries(&supervisor, &code, "work/complete", &SIGNED).await.unwrap();
    let why = [("reason", "I know that it holds.")];
    for endpoint in ["work/verify", "work/send_back"] {
        assert_eq!(tries(&supervisor, &code, endpoint, &why).await, Err(json!("NotAllowed")), "{endpoint}");
    }
    assert!(asked(&supervisor).await.is_empty());
    assert_eq!(asked(&head).await.len(), 1, "who stands above them is asked");
    // What the rule refuses, the database does too.
    for (sql, why) in [
        (
            "update work_order set stage = 'verified', version = version + 1, proof = 'signature', verified_by = issued_by",
            "work_order_checked_check",
        ),
        (
            "update work_order set stage = 'verified', version = version + 1, proof = 'check', proof_reason = 'Fine.',
               verified_by = completed_by",
            "work_order_checked_check",
        ),
    ] {
        let refused = sqlx::query(sql).execute(&house.pool).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{refused}");
    }
    tries(&head, &code, "work/verify", &[("reason", "Seen it.")]).await.unwrap();
    assert_eq!(matter(&coordinator, &code).await["request"]["stage"], "Done");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_a_vendor_did_is_checked_by_another_than_who_recorded_it(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    step(&manager, &code, "requests/triage", &[("urgency", "normal")]).await;
    manager.post("work/add_vendor", &[("name", "Pump works")]).await.ok();
    let vendors = manager.post_exactly("work/vendors", &[]).await.ok();
    let vendor = vendors["all"].as_array().unwrap().iter().find(|one| one["name"] == "Pump works").unwrap();
    let to = format!("vendor:{}", vendor["id"].as_str().unwrap());
    step(&manager, &code, "requests/dispatch", &[("to", to.as_str()), ("asks[]", "check")]).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&manager, &code, endpoint, &[]).await;
    }
    tries(&manager, &code, "work/complete", &[("note", "Pump replaced.")]).await.unwrap();
    let why = [("reason", "It runs.")];
    assert_eq!(tries(&manager, &code, "work/verify", &why).await, Err(json!("NotAllowed")), "they recorded it");
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    assert_eq!(asked(&supervisor).await.len(), 1);
    tries(&supervisor, &code, "work/verify", &why).await.unwrap();
    assert_eq!(matter(&manager, &code).await["request"]["stage"], "Done");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_waits_for_a_check_stands_first_and_each_sees_their_own(pool: PgPool) {
    let house = House::open(pool).await;
    let (coordinator, technician) = (house.as_person(cast::COORDINATOR).await, house.as_person(cast::TECHNICIAN).await);
    let first = on_site(&house, &["check"]).await;
    house.advance(1);
    let second = on_site(&house, &["check"]).await;
    on_site(&house, &[]).await;
    let codes = |page: Value| -> Vec<String> {
        let open = page["open"].as_array().unwrap().iter();
        open.map(|one| one["card"]["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(list(&coordinator).await), [first.clone(), second.clone()], "by what they are due");
    tries(&technician, &second, "work/complete", &SIGNED).await.unwrap();
    assert_eq!(codes(list(&coordinator).await), [second.clone(), first.clone()]);
    // The next page goes on behind a row.
    let seen = list(&coordinator).await;
    assert_eq!(seen["next"], Value::Null);
    let (order, _) = order_of(&coordinator, &second).await;
    let due = seen["open"][0]["due_at"].as_str().unwrap().to_owned();
    let after = [("after[is_awaited]", "true"), ("after[at]", due.as_str()), ("after[order]", order.as_str())];
    let page = coordinator.post_exactly("work/rectifications", &after).await.ok();
    assert_eq!((codes(page.clone()), &page["checked"]), (vec![first], &json!([])));
    let elsewhere = house.as_person(cast::BOYAN_COORDINATOR).await;
    assert_eq!(list(&elsewhere).await["open"], json!([]));
    let reply = technician.post_exactly("work/rectifications", &[]).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_holds_it_after_its_worker_left_checks_it(pool: PgPool) {
    let house = House::open(pool).await;
    let code = on_site(&house, &["check"]).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    tries(&technician, &code, "work/complete", &SIGNED).await.unwrap();
    let gone = staff_id(&house, cast::TECHNICIAN).await;
    house.as_person(cast::SITE_MANAGER).await.post("people/let_go", &[("staff", &gone)]).await.ok();
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    tries(&supervisor, &code, "work/verify", &[("reason", "Ten minutes under pressure, dry.")]).await.unwrap();
    assert_eq!(matter(&supervisor, &code).await["request"]["stage"], "Done");
}
