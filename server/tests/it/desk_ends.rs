//! How what was begun at the desk ends: offers, promised replies, the day itself.

use crate::desk::{board, caller_and_problem, look, register, staff_id, told};
use crate::house::{Caller, House};
use crate::requests::step;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

async fn person(house: &House, sign_in: &str) -> String {
    format!("person:{}", staff_id(house, sign_in).await)
}

fn id_of(registered: &Value) -> String {
    registered["id"].as_str().unwrap().to_owned()
}

/// A repair of 1203 that became a request; the contact's id, and the request's code.
async fn repair(desk: &Caller<'_>) -> (String, String) {
    let (who, item) = caller_and_problem(desk, "1203").await;
    let fields = [("kind", "repair"), ("outcome", "request"), ("who", who.as_str()), ("item", item.as_str())];
    let registered = register(desk, &fields).await;
    (id_of(&registered), registered["code"].as_str().unwrap().to_owned())
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_offer_may_be_taken_back_until_somebody_accepts(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let to = person(&house, cast::TECHNICIAN).await;
    let id = id_of(&register(&desk, &[("outcome", "offered"), ("to", &to)]).await);
    let card = board(&desk).await["contacts"][0].clone();
    assert!(card["moves"].as_array().unwrap().contains(&json!("Withdraw")), "{card}");
    let refused = technician.post("desk/withdraw", &[("id", &id), ("seen", "1")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "it is not theirs");
    desk.post("desk/withdraw", &[("id", &id), ("seen", "1")]).await.ok();
    for (endpoint, staff) in [("desk/accept", &technician), ("desk/withdraw", &desk)] {
        let late = staff.post(endpoint, &[("id", &id), ("seen", "2")]).await;
        assert_eq!(late.json(), json!({"Refused": "AlreadyMoved"}), "{endpoint}");
    }
    let ended: bool =
        house.value("select outcome = 'withdrawn' and decided_by is not null from contact_transfer").await;
    assert!(ended);
    // Whoever may take matters in hand may do it too; what was taken back may be offered again.
    desk.post("desk/offer", &[("id", &id), ("seen", "2"), ("to", &to)]).await.ok();
    coordinator.post("desk/withdraw", &[("id", &id), ("seen", "3")]).await.ok();
    let card = board(&desk).await["contacts"][0].clone();
    assert!(card["offered"].is_null(), "{card}");
    let kinds: i64 = house.value("select count(*) from happening where kind = 'transfer_withdrawn'").await;
    assert_eq!(kinds, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_offer_falls_with_the_end_of_its_request_and_with_whoever_leaves(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let to = person(&house, cast::TECHNICIAN).await;
    let (id, code) = repair(&desk).await;
    desk.post("desk/offer", &[("id", &id), ("seen", "1"), ("to", &to)]).await.ok();
    step(&coordinator, &code, "requests/decline", &[("reason", "It is the vendor's.")]).await;
    let fell: bool = house.value("select outcome = 'withdrawn' and decided_by is null from contact_transfer").await;
    assert!(fell);
    assert_eq!(board(&coordinator).await["contacts"], json!([]), "nothing hangs on the wall for ever");

    let id = id_of(&register(&desk, &[("outcome", "offered"), ("to", &to)]).await);
    let leaver = staff_id(&house, cast::TECHNICIAN).await;
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    head.post("people/let_go", &[("staff", &leaver)]).await.ok();
    let open: i64 = house.value("select count(*) from contact_transfer where outcome is null").await;
    assert_eq!(open, 0);
    assert_eq!(told(&desk).await, ["left"]);
    let other = person(&house, cast::OTHER_TECHNICIAN).await;
    desk.post("desk/offer", &[("id", &id), ("seen", "2"), ("to", &other)]).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_promised_reply_moves_with_a_reason_and_every_one_has_an_end(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let first = id_of(&register(&desk, &[("outcome", "promised"), ("reply_by", "2026-11-23T13:00")]).await);
    let later = [("id", first.as_str()), ("seen", "1"), ("reply_by", "2026-11-23T14:00")];
    let bare = desk.post("desk/promise", &later).await;
    assert_eq!(bare.json(), json!({"Invalid": [{"field": "reason", "note": "Missing"}]}));
    let why = [("reason", "The pool is closed; asking.")];
    desk.post("desk/promise", &[&later[..], &why[..]].concat()).await.ok();
    house.advance(60);
    look(&house).await;
    assert_eq!(told(&desk).await, Vec::<String>::new(), "the time that was moved is nobody's any more");
    desk.post("desk/answer", &[("id", &first), ("seen", "2"), ("words", "At nine.")]).await.ok();

    // No job has looked: whoever answers too late records that it was missed.
    let second = id_of(&register(&desk, &[("outcome", "promised"), ("reply_by", "2026-11-23T13:30")]).await);
    house.advance(30);
    desk.post("desk/answer", &[("id", &second), ("seen", "1"), ("words", "At ten.")]).await.ok();
    look(&house).await;
    assert_eq!(told(&supervisor).await, ["reply_missed"]);
    let ends: Vec<(i32, String)> =
        sqlx::query_as("select number, outcome from contact_promise_end order by ended_at, number")
            .fetch_all(&house.pool)
            .await
            .unwrap();
    let ends: Vec<_> = ends.iter().map(|(number, outcome)| (*number, outcome.as_str())).collect();
    assert_eq!(ends, [(1, "superseded"), (2, "kept"), (1, "missed")]);
    let reasons: Vec<Option<String>> =
        sqlx::query_scalar("select reason from contact_promise order by promised_at, number")
            .fetch_all(&house.pool)
            .await
            .unwrap();
    assert_eq!(reasons, [None, Some("The pool is closed; asking.".to_owned()), None]);

    for (sql, why) in [
        ("update contact_promise set reply_by = reply_by + interval '1 day'", "append-only"),
        ("delete from contact_promise", "append-only"),
        ("truncate contact_promise cascade", "append-only"),
        ("update contact_promise_end set outcome = 'kept'", "append-only"),
        ("delete from contact_promise_end", "append-only"),
        ("insert into contact_promise_end select * from contact_promise_end", "contact_promise_end_pkey"),
        (
            "insert into contact_promise select estate_id, contact_id, number + 5, reply_by, promised_by, promised_at, null
             from contact_promise",
            "contact_promise_moved_check",
        ),
    ] {
        let error = sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains(why), "{sql}: {error}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_accepted_and_not_answered_is_told_at_the_end_of_its_day(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let to = person(&house, cast::COORDINATOR).await;
    let id = id_of(&register(&desk, &[("outcome", "offered"), ("to", &to)]).await);
    register(&desk, &[("outcome", "answered"), ("answer", "At nine.")]).await;
    house.advance(1);
    coordinator.post("desk/accept", &[("id", &id), ("seen", "1")]).await.ok();
    house.advance(8 * 60 - 2);
    look(&house).await;
    assert_eq!(told(&coordinator).await, ["offered"]);
    house.advance(1);
    look(&house).await;
    look(&house).await;
    assert_eq!(told(&coordinator).await, ["unanswered", "offered"], "at eight in the evening, once (B7)");
    assert_eq!(told(&house.as_person(cast::SUPERVISOR).await).await, ["unanswered"]);
    house.advance(2 * 24 * 60);
    look(&house).await;
    let wall = board(&house.as_person(cast::SITE_MANAGER).await).await;
    let stages: Vec<&Value> = wall["contacts"].as_array().unwrap().iter().map(|card| &card["stage"]).collect();
    assert_eq!(stages, [&json!("Open")], "it stays until somebody answers");
    let recorded: i64 = house.value("select count(*) from happening where kind = 'left_unanswered'").await;
    assert_eq!(recorded, 1);
    coordinator.post("desk/answer", &[("id", &id), ("seen", "2"), ("words", "At nine.")]).await.ok();
    assert_eq!(board(&coordinator).await["contacts"], json!([]));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_slip_whose_time_has_come_is_told_to_whoever_took_it(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let slip = async |name: &str, due_at: &str| {
        let fields = [("name", name), ("phone", "13800000000"), ("due_at", due_at)];
        desk.post("desk/take_callback", &fields).await.ok().as_str().unwrap().to_owned()
    };
    let done = slip("Mr Gao", "2026-11-23T12:30").await;
    slip("Ms Wu", "2026-11-23T13:00").await;
    desk.post("desk/end_callback", &[("id", &done)]).await.ok();
    house.advance(59);
    look(&house).await;
    assert_eq!(told(&desk).await, Vec::<String>::new());
    house.advance(1);
    look(&house).await;
    look(&house).await;
    assert_eq!(told(&desk).await, ["callback_due"]);
    let words: String = house.value("select telling ->> 'words' from message where side = 'office'").await;
    assert_eq!(words, "13800000000 Ms Wu");
    assert_eq!(board(&desk).await["callbacks"].as_array().unwrap().len(), 1, "it waits until somebody has called");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_request_of_a_caller_is_in_their_own_unit_or_in_common(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (who, item) = caller_and_problem(&desk, "1203").await;
    let found = desk.post_exactly("desk/find_callers", &[("words", "1202")]).await.ok();
    let next_door = format!("unit:{}", found[0]["unit"]["id"].as_str().unwrap());
    let own = format!("unit:{}", who.split('~').next().unwrap());
    let nowhere = format!("unit:{}", uuid::Uuid::nil());
    for (who, place) in [(who.as_str(), &next_door), (who.as_str(), &nowhere), ("", &own), ("", &nowhere)] {
        let fields = [
            ("channel", "phone"),
            ("kind", "repair"),
            ("words", "The tap drips."),
            ("outcome", "request"),
            ("who", who),
            ("item", item.as_str()),
            ("place", place.as_str()),
        ];
        let reply = desk.post("desk/register", &fields).await;
        assert_eq!(reply.json(), json!({"Invalid": [{"field": "place", "note": "NotAChoice"}]}), "{who} {place}");
    }
    let fields = [
        ("kind", "repair"),
        ("outcome", "request"),
        ("who", who.as_str()),
        ("item", item.as_str()),
        ("place", own.as_str()),
    ];
    register(&desk, &fields).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_turns_out_to_be_pressing_pages_the_manager(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let (_, calm) = repair(&desk).await;
    step(&coordinator, &calm, "requests/triage", &[("urgency", "normal")]).await;
    assert_eq!(told(&manager).await, Vec::<String>::new());
    let (id, code) = repair(&desk).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "urgent")]).await;
    assert_eq!(told(&manager).await, ["pressing"]);
    let urgencies: Vec<(String, String)> =
        sqlx::query_as("select id::text, urgency from contact order by urgency").fetch_all(&house.pool).await.unwrap();
    let urgencies: Vec<_> = urgencies.iter().map(|(id, urgency)| (id.as_str(), urgency.as_str())).collect();
    assert_eq!((urgencies[0].1, urgencies[1]), ("normal", (id.as_str(), "urgent")));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_acceptance_of_the_past_is_no_right_to_a_contact(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let (to, back) = (person(&house, cast::COORDINATOR).await, person(&house, cast::RECEPTIONIST).await);
    let id = id_of(&register(&desk, &[("outcome", "offered"), ("to", &to)]).await);
    house.advance(1);
    coordinator.post("desk/accept", &[("id", &id), ("seen", "1")]).await.ok();
    coordinator.post("desk/offer", &[("id", &id), ("seen", "2"), ("to", &back)]).await.ok();
    house.advance(1);
    desk.post("desk/accept", &[("id", &id), ("seen", "3")]).await.ok();
    house.advance(1);
    desk.post("desk/offer", &[("id", &id), ("seen", "4"), ("to", &to), ("note", "As before.")]).await.ok();
    for (sql, why) in [
        (
            "update contact set version = version + 1,
               holder_id = (select decided_by from contact_transfer order by offered_at limit 1)",
            "until another accepts",
        ),
        ("update contact_transfer set note = 'x' where outcome is null", "append-only"),
        ("update contact_transfer set note = null where outcome is null", "append-only"),
        ("update contact_transfer set to_id = from_id where outcome is null", "append-only"),
        (
            "update contact_transfer t set to_id = null,
               to_department_id = (select d.id from department d where d.estate_id = t.estate_id limit 1)
             where outcome is null",
            "append-only",
        ),
        (
            "update contact_transfer set outcome = 'accepted', decided_at = now() where outcome is null",
            "contact_transfer_decided_check",
        ),
    ] {
        let error = sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains(why), "{sql}: {error}");
    }
    coordinator.post("desk/accept", &[("id", &id), ("seen", "5")]).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_answers_late_is_reminded_to_apologise(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let to = person(&house, cast::COORDINATOR).await;
    let apologises = async || {
        let page = desk.get("/staff/wall").await.text();
        ["接听迟了，请致歉。", "接聽遲了，請致歉。", "Answered late: apologise."]
            .iter()
            .any(|words| page.contains(words))
    };
    register(&desk, &[("outcome", "offered"), ("to", &to)]).await;
    assert!(!apologises().await);
    let late = [("outcome", "offered"), ("to", to.as_str()), ("rings_late", "true")];
    register(&desk, &late).await;
    let cards = board(&desk).await["contacts"].clone();
    let flags: Vec<bool> = cards.as_array().unwrap().iter().map(|card| card["rings_late"].as_bool().unwrap()).collect();
    assert_eq!(flags.iter().filter(|late| **late).count(), 1);
    assert!(apologises().await, "after more than three rings (B6)");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn however_many_are_late_what_can_still_be_met_counts_down(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let to = person(&house, cast::COORDINATOR).await;
    register(&desk, &[("words", "Call 0"), ("outcome", "offered"), ("to", &to)]).await;
    // A call a second, each with its three minutes.
    sqlx::query(
        "insert into contact (estate_id, id, channel, kind, urgency, stage, received_at, received_by, holder_id, words,
           read_back, rings_late, policy_version, wall_due_at)
         select c.estate_id, gen_random_uuid(), c.channel, c.kind, c.urgency, c.stage,
           c.received_at + n * interval '1 second', c.received_by, c.holder_id, 'Call ' || n, c.read_back, c.rings_late,
           c.policy_version, c.wall_due_at + n * interval '1 second'
         from contact c, generate_series(1, 119) n",
    )
    .execute(&house.pool)
    .await
    .unwrap();
    house.backend.clock.advance(chrono::Duration::seconds(180 + 116));
    let wall = board(&desk).await;
    let words: Vec<&str> =
        wall["contacts"].as_array().unwrap().iter().map(|card| card["words"].as_str().unwrap()).collect();
    assert_eq!(words[..6], ["Call 117", "Call 118", "Call 119", "Call 116", "Call 115", "Call 114"]);
    // Sixty that count down or are late, and the thirty that wait longest for an answer.
    assert_eq!((words.len(), words[59], words[60], words[89]), (90, "Call 60", "Call 29", "Call 0"));
}
