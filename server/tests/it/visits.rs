//! Appointments, orders that go to a vendor, and what becomes of what somebody held who leaves.

use crate::house::{Caller, House};
use crate::requests::{dispatched, matter, report, step, work};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

async fn request_id(staff: &Caller<'_>, code: &str) -> String {
    matter(staff, code).await["request"]["id"].as_str().unwrap().to_owned()
}

async fn windows(staff: &Caller<'_>, code: &str) -> Value {
    staff.post_exactly("work/assigning", &[("code", code)]).await.ok()["windows"].clone()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_resident_picks_a_time_and_moves_it_among_the_offered_ones(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let id = request_id(&coordinator, &code).await;
    let offer = |on: &'static str, from: &'static str, until: &'static str| {
        let (id, coordinator) = (id.clone(), coordinator.clone());
        async move {
            let fields = [("id", id.as_str()), ("on", on), ("from", from), ("until", until)];
            coordinator.post("work/offer_window", &fields).await
        }
    };
    for (on, from, until, field, note) in [
        ("2026-11-22", "09:00", "11:00", "on", json!("InThePast")),
        ("2026-11-24", "11:00", "09:00", "until", json!("BeforeTheFirst")),
        ("24.11.", "09:00", "11:00", "on", json!("Malformed")),
        ("2026-11-24", "", "11:00", "from", json!("Missing")),
    ] {
        let reply = offer(on, from, until).await;
        assert_eq!(reply.json(), json!({"Invalid": [{"field": field, "note": note}]}), "{on} {from}");
    }
    offer("2026-11-24", "09:00", "11:00").await.ok();
    offer("2026-11-24", "14:00", "16:00").await.ok();
    let twice = offer("2026-11-24", "14:00", "16:00").await;
    assert_eq!(twice.json(), json!({"Invalid": [{"field": "from", "note": "Taken"}]}));

    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let all = page["windows"]["all"].as_array().unwrap();
    assert_eq!((all.len(), &page["windows"]["may_pick"]), (2, &json!(true)));
    assert_eq!(all[0]["from"], "2026-11-24T01:00:00Z", "nine o'clock on the estate's wall");
    let pick = |window: &Value| [("id", id.clone()), ("window", window["id"].as_str().unwrap().to_owned())];
    let picked = |fields: [(&'static str, String); 2]| {
        let resident = resident.clone();
        async move { resident.post("work/pick_window", &[(fields[0].0, &fields[0].1), (fields[1].0, &fields[1].1)]).await }
    };
    for window in &all[..2] {
        house.advance(1);
        picked(pick(window)).await.ok();
    }
    let now = windows(&coordinator, &code).await;
    assert_eq!((&now["all"][0]["is_picked"], &now["all"][1]["is_picked"]), (&json!(false), &json!(true)));
    let neighbour = house.as_person(cast::NEIGHBOUR).await;
    let window = all[0]["id"].as_str().unwrap();
    let reply = neighbour.post("work/pick_window", &[("id", &id), ("window", window)]).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    let taken = [("id", id.as_str()), ("window", all[1]["id"].as_str().unwrap())];
    let reply = coordinator.post("work/withdraw_window", &taken).await;
    assert_eq!(reply.json(), json!({"Refused": "IsAppointment"}));
    coordinator.post("work/withdraw_window", &[("id", &id), ("window", window)]).await.ok();
    let kinds: Vec<String> = sqlx::query_scalar(
        "select kind from happening where kind in ('window_offered', 'appointed', 'window_withdrawn') order by id",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap();
    assert_eq!(kinds, ["window_offered", "window_offered", "appointed", "appointed", "window_withdrawn"]);
    let moved: bool = house
        .value("select details ->> 'instead_of' is not null from happening where kind = 'appointed' order by id desc limit 1")
        .await;
    assert!(moved, "the time that it replaces is told");

    // The plumber reads it on the job; once somebody is there, it stands.
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    work(&technician, &code, "work/accept", &[]).await;
    let jobs = technician.post_exactly("work/jobs", &[]).await.ok();
    assert_eq!(jobs["mine"][0]["appointment"]["from"], "2026-11-24T06:00:00Z");
    work(&technician, &code, "work/set_out", &[]).await;
    work(&technician, &code, "work/arrive", &[]).await;
    assert_eq!(offer("2026-11-25", "14:00", "16:00").await.status, StatusCode::CONFLICT);

    let both = sqlx::query(
        "update visit_window set picked_at = now(), picked_by = (select id from account limit 1), withdrawn_at = null",
    )
    .execute(&house.pool)
    .await;
    assert!(both.is_err(), "a matter has one appointment");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_appointment_is_promised_and_the_office_moves_it_for_a_reason(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let id = request_id(&coordinator, &code).await;
    for (from, until) in [("09:00", "11:00"), ("14:00", "16:00")] {
        let fields = [("id", id.as_str()), ("on", "2026-11-24"), ("from", from), ("until", until)];
        coordinator.post("work/offer_window", &fields).await.ok();
    }
    let all = windows(&coordinator, &code).await["all"].clone();
    let (first, second) = (all[0]["id"].as_str().unwrap(), all[1]["id"].as_str().unwrap());
    house.advance(1);
    resident.post("work/pick_window", &[("id", id.as_str()), ("window", first)]).await.ok();
    let promised = matter(&coordinator, &code).await["request"]["promise"].clone();
    assert_eq!(promised, json!({"kind": "visit", "due_at": "2026-11-24T03:00:00Z"}), "the end of the window");
    let runs: bool = house
        .value(
            "select r.kind = 'visit' and p.made_by is not null
             from promise_running r join promise p on p.estate_id = r.estate_id and p.id = r.promise_id",
        )
        .await;
    assert!(runs, "whoever offered it promised it");

    house.advance(1);
    let moved = [("id", id.as_str()), ("window", second)];
    let reply = coordinator.post("work/appoint", &moved).await;
    assert_eq!(reply.json(), json!({"Invalid": [{"field": "reason", "note": "Missing"}]}));
    let why = ("reason", "The plumber is at another home until noon.");
    coordinator.post("work/appoint", &[&moved[..], &[why]].concat()).await.ok();
    let promised = matter(&coordinator, &code).await["request"]["promise"].clone();
    assert_eq!(promised, json!({"kind": "visit", "due_at": "2026-11-24T08:00:00Z"}));
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert!(page["timeline"].to_string().contains("at another home until noon"));
    let told: i64 = house
        .value("select count(*) from message where telling -> 'happening' ->> 'kind' = 'appointed' and side = 'home'")
        .await;
    assert_eq!(told, 1, "of what the office moved");
    let ends: String = house.value("select string_agg(outcome, ' ' order by outcome) from promise_end").await;
    assert_eq!(ends, "kept superseded");

    // Nobody comes before its end: it has lapsed.
    house.advance(29 * 60);
    while app::requests::tell_due(&house.backend).await.unwrap() {}
    let lapsed: i64 = house.value("select count(*) from happening where kind = 'promise_lapsed'").await;
    assert_eq!(lapsed, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_vendors_moves_are_recorded_by_staff(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let bad = coordinator.post("work/add_vendor", &[("name", "Pump works"), ("email", "no mail")]).await;
    assert_eq!(bad.json(), json!({"Invalid": [{"field": "email", "note": "Malformed"}]}));
    let two = [("name", "Pump works"), ("email", "service@pump.example?bcc=all@pump.example")];
    assert_eq!(coordinator.post("work/add_vendor", &two).await.json(), bad.json());
    let fields = [("name", "Pump works"), ("contact", "Mr Wu"), ("email", "service@pump.example")];
    coordinator.post("work/add_vendor", &fields).await.ok();
    let vendors = coordinator.post_exactly("work/vendors", &[]).await.ok();
    let all = vendors["all"].as_array().unwrap();
    let vendor = all.iter().find(|vendor| vendor["name"] == "Pump works").unwrap()["id"].as_str().unwrap().to_owned();
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    let to = format!("vendor:{vendor}");
    let fields = [("to", to.as_str()), ("instructions", "Measure the pressure first.")];
    step(&coordinator, &code, "requests/dispatch", &fields).await;
    let order = matter(&coordinator, &code).await["orders"][0].clone();
    assert_eq!((&order["vendor"]["name"], &order["assignee"]), (&json!("Pump works"), &Value::Null));

    let technician = house.as_person(cast::TECHNICIAN).await;
    let jobs = technician.post_exactly("work/jobs", &[]).await.ok();
    assert_eq!(jobs["team"], json!([]), "it is not the team's to take");
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&coordinator, &code, endpoint, &[]).await;
    }
    let done = [("note", "New pump fitted by the works."), ("no_proof_reason", "Their sheet is in the file.")];
    work(&coordinator, &code, "work/complete", &done).await;
    let seen = matter(&coordinator, &code).await;
    assert_eq!((&seen["request"]["stage"], &seen["orders"][0]["order"]["assignee"]), (&json!("Done"), &Value::Null));

    let id = order["order"]["id"].as_str().unwrap();
    let notice = coordinator.get(&format!("/staff/orders/{id}/notice")).await;
    let notice = notice.text();
    assert!(
        notice.contains("Repair notice") && notice.contains("Pump works") && notice.contains("Measure the pressure")
    );
    let paper = notice.split("<article").nth(1).and_then(|rest| rest.split("</article>").next()).unwrap();
    assert!(!paper.contains("drips all night"), "the resident's words are not the firm's to read");
    coordinator.post("work/end_vendor", &[("vendor", &vendor)]).await.ok();
    assert_eq!(coordinator.post("work/end_vendor", &[("vendor", &vendor)]).await.status, StatusCode::NOT_FOUND);
    let vendors = coordinator.post_exactly("work/vendors", &[]).await.ok();
    assert!(!vendors.to_string().contains("Pump works"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_leaves_hands_over_and_somebody_is_in_touch_within_two_days(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &code, endpoint, &[]).await;
    }
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    let leaver: uuid::Uuid = house
        .value("select m.id from staff_member m join account a on a.id = m.account_id where a.sign_in = 'laochen'")
        .await;
    head.post("people/let_go", &[("staff", &leaver.to_string())]).await.ok();

    // The supervisor holds it now, and can go on with it.
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let orphans = supervisor.post_exactly("work/orphans", &[]).await.ok();
    assert_eq!((&orphans["all"][0]["card"]["code"], &orphans["all"][0]["left"]), (&json!(code), &json!("陈国富")));
    let page = supervisor.get("/staff/orphans").await.text();
    assert!(page.contains("陈国富已离职") || page.contains("陈国富 left"), "who left is told from who holds it");
    assert_eq!(orphans["all"][0]["contact_by"], "2026-11-25T04:00:00Z", "48 hours (C10)");
    let told: i64 =
        house.value("select count(*) from message where telling -> 'happening' ->> 'kind' = 'orphaned'").await;
    assert_eq!(told, 1, "whoever holds it now is told");
    let moves = &matter(&supervisor, &code).await["orders"][0]["moves"];
    assert!(moves.as_array().unwrap().contains(&json!("Complete")), "{moves}");

    // Nobody was in touch in time: told once, to who stands above.
    house.advance(48 * 60 + 1);
    while app::work::tell_due(&house.backend).await.unwrap() {}
    let missed: i64 = house.value("select count(*) from happening where kind = 'orphan_missed'").await;
    assert_eq!(missed, 1);
    let told: Vec<String> = sqlx::query_scalar(
        "select a.sign_in from message m join account a on a.id = m.account_id
         where m.telling -> 'happening' ->> 'kind' = 'orphan_missed' order by 1",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap();
    assert_eq!(told, [cast::SUPERVISOR, cast::ENGINEERING_HEAD], "whoever holds it, and who stands above them");
    let id = request_id(&supervisor, &code).await;
    let words = [("id", id.as_str()), ("words", "Told her who comes on Thursday.")];
    supervisor.post("work/contact_orphan", &words).await.ok();
    assert_eq!(supervisor.post("work/contact_orphan", &words).await.status, StatusCode::CONFLICT);
    assert_eq!(supervisor.post_exactly("work/orphans", &[]).await.ok()["all"], json!([]));

    // Whoever answers for what comes in cannot go before another does.
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let duty: uuid::Uuid = house.value("select duty_officer_id from estate where code_prefix = 'LY'").await;
    let reply = manager.post("people/let_go", &[("staff", &duty.to_string())]).await;
    assert_eq!(reply.json(), json!({"Refused": "StillAnswers"}));
}
