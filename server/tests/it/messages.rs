//! What people are told, and what becomes of promises.

use crate::desk::{caller_and_problem, register};
use crate::house::{Caller, House};
use crate::requests::{dispatched, dispatched_again, matter, report, step, work};
use axum::http::StatusCode;
use serde_json::Value;
use server::demo::cast;
use sqlx::PgPool;

async fn inbox(caller: &Caller<'_>, side: &str) -> Vec<Value> {
    let page = caller.post_exactly("messages/inbox", &[("side", side)]).await.ok();
    page["messages"].as_array().unwrap().clone()
}

/// What the messages of an inbox say, the newest first.
async fn told(caller: &Caller<'_>, side: &str) -> Vec<String> {
    // The desk tells of its contacts too; see desk.rs.
    let kind = |message: &Value| Some(message["telling"]["happening"]["kind"].as_str()?.to_owned());
    inbox(caller, side).await.iter().filter_map(kind).collect()
}

/// Everything that is due by now is told.
async fn look(house: &House) {
    while app::requests::tell_due(&house.backend).await.unwrap() {}
}

async fn unread(caller: &Caller<'_>) -> i64 {
    caller.post_exactly("people/frame", &[]).await.ok()["unread"].as_i64().unwrap()
}

/// How every promise ended, in the order in which they were made; empty while one runs.
async fn ends(house: &House) -> Vec<String> {
    sqlx::query_scalar(
        "select coalesce(e.outcome, '') from promise p
         left join promise_end e on e.estate_id = p.estate_id and e.promise_id = p.id order by p.made_at, p.id",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_lapsed_promise_is_told_once_to_the_resident_and_the_supervisor(pool: PgPool) {
    let house = House::open(pool).await;
    let (resident, supervisor) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SUPERVISOR).await);
    let neighbour = house.as_person(cast::NEIGHBOUR).await;
    let code = report(&resident).await;
    look(&house).await;
    assert_eq!((unread(&resident).await, ends(&house).await), (0, vec![String::new()]), "it still runs");

    house.advance(59);
    look(&house).await;
    assert_eq!(unread(&resident).await, 0);
    house.advance(2);
    look(&house).await;
    look(&house).await;
    assert_eq!(told(&resident, "home").await, ["promise_lapsed"]);
    let above = told(&supervisor, "office").await;
    assert_eq!(above.iter().filter(|kind| *kind == "promise_lapsed").count(), 1, "{above:?}");
    assert!(told(&neighbour, "home").await.is_empty());
    assert_eq!((unread(&resident).await, ends(&house).await), (1, vec!["missed".to_owned()]));
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let last = page["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["happening"]["kind"], &last["by"]), (&"promise_lapsed".into(), &"Clockwork".into()));

    // What comes late keeps nothing, and a new promise is judged for itself.
    let coordinator = house.as_person(cast::COORDINATOR).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    step(&coordinator, &code, "requests/promise", &[("kind", "visit"), ("due_at", "2026-11-23T16:30")]).await;
    assert_eq!(ends(&house).await, ["missed", ""]);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn promises_are_kept_superseded_and_void(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let code = report(&resident).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    house.advance(5);
    step(&coordinator, &code, "requests/promise", &[("kind", "visit"), ("due_at", "2026-11-23T14:30")]).await;
    assert_eq!(ends(&house).await, ["kept", ""], "a time is an answer");
    house.advance(5);
    let moved = [("kind", "visit"), ("due_at", "2026-11-23T15:30"), ("reason", "The part comes later.")];
    step(&coordinator, &code, "requests/promise", &moved).await;
    assert_eq!(ends(&house).await, ["kept", "superseded", ""]);
    assert_eq!(told(&resident, "home").await, ["promised", "promised", "triaged"], "told before it expires");
    let seen = matter(&coordinator, &code).await;
    let team = format!("team:{}", seen["request"]["department"].as_str().unwrap());
    step(&coordinator, &code, "requests/dispatch", &[("to", &team)]).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    work(&technician, &code, "work/accept", &[]).await;
    work(&technician, &code, "work/set_out", &[]).await;
    house.advance(60);
    work(&technician, &code, "work/arrive", &[]).await;
    assert_eq!(ends(&house).await, ["kept", "superseded", "kept"]);
    house.advance(600);
    look(&house).await;
    assert_eq!(ends(&house).await, ["kept", "superseded", "kept"], "what has ended does not lapse");

    let other = report(&resident).await;
    let page = resident.post_exactly("requests/track", &[("code", &other)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    resident.post("requests/cancel", &[("id", id), ("seen", &version)]).await.ok();
    assert_eq!(ends(&house).await.last().unwrap(), "void");
    for sql in ["update promise_end set outcome = 'kept'", "delete from promise_end", "truncate promise_end"] {
        let refused = sqlx::query(sql).execute(&house.pool).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn late_news_of_a_lapse_is_told_by_whoever_comes_first(pool: PgPool) {
    let house = House::open(pool).await;
    let (resident, coordinator) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::COORDINATOR).await);
    let code = report(&resident).await;
    house.advance(90);
    step(&coordinator, &code, "requests/remark", &[("words", "We are on our way.")]).await;
    let mut kinds = told(&resident, "home").await;
    kinds.sort();
    assert_eq!(kinds, ["commented", "promise_lapsed"], "both at one instant");
    look(&house).await;
    assert_eq!((ends(&house).await, told(&resident, "home").await.len()), (vec!["missed".to_owned()], 2), "once");
    let before: bool = house
        .value("select min(id) filter (where kind = 'promise_lapsed') < min(id) filter (where kind = 'commented') from happening")
        .await;
    assert!(before, "the lapse stands before the word that came too late");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_clock_that_ran_out_is_the_offices_alone_to_know(pool: PgPool) {
    let house = House::open(pool).await;
    let (resident, technician) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::TECHNICIAN).await);
    let code = report(&resident).await;
    dispatched(&house, &code).await;
    work(&technician, &code, "work/accept", &[]).await;
    // Four days later nobody has been there, and it does not work.
    house.advance(4 * 24 * 60);
    let before = told(&resident, "home").await;
    look(&house).await;
    let missed = |kinds: Vec<String>| kinds.iter().filter(|kind| *kind == "clock_missed").count();
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let due: i64 = house.value("select count(*) from request_clock where told_at is not null").await;
    assert!(due > 0, "nobody has been there in time");
    assert_eq!(missed(told(&coordinator, "office").await) as i64, due, "whoever answers for it is told");
    assert_eq!(missed(told(&house.as_person(cast::SUPERVISOR).await, "office").await) as i64, due);
    assert_eq!(told(&resident, "home").await, before);
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert!(!page.to_string().contains("clock_missed"));
    look(&house).await;
    assert_eq!(missed(told(&coordinator, "office").await) as i64, due, "once");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn only_its_reader_reads_a_message(pool: PgPool) {
    let house = House::open(pool).await;
    let (resident, coordinator) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::COORDINATOR).await);
    let code = report(&resident).await;
    for words in ["First.", "Second.", "Third."] {
        house.advance(1);
        step(&coordinator, &code, "requests/remark", &[("words", words)]).await;
    }
    let messages = inbox(&resident, "home").await;
    assert_eq!((messages.len(), unread(&resident).await), (3, 3));
    assert_eq!(messages[0]["matter"][0], code.as_str());
    assert!(told(&coordinator, "office").await.is_empty(), "nobody is told what they said themselves");
    let second = messages[1]["id"].as_str().unwrap();
    let neighbour = house.as_person(cast::NEIGHBOUR).await;
    for other in [&coordinator, &neighbour] {
        assert_eq!(other.post("messages/read", &[("until", second)]).await.status, StatusCode::NOT_FOUND);
    }
    resident.post("messages/read", &[("until", second)]).await.ok();
    let read: Vec<_> = inbox(&resident, "home").await.iter().map(|message| message["is_read"] == true).collect();
    assert_eq!((read, unread(&resident).await), (vec![false, true, true], 1));
    let readers: i64 = house.value("select count(distinct reader_id) from happening where room = 'messages'").await;
    assert_eq!(readers, 1);
}

/// One message more than before, and what it says; a minute passes, so that the order is plain.
async fn hears(resident: &Caller<'_>, heard: &mut Vec<String>, kind: &str) {
    let now = told(resident, "home").await;
    assert_eq!(now.first().map(String::as_str), Some(kind), "after {heard:?}");
    assert_eq!(now.len(), heard.len() + 1, "one row a change: {now:?}");
    *heard = now;
    resident.house.advance(1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn every_change_is_one_message_and_their_own_is_none(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (coordinator, technician) = (house.as_person(cast::COORDINATOR).await, house.as_person(cast::TECHNICIAN).await);
    let code = report(&resident).await;
    assert!(told(&resident, "home").await.is_empty(), "they reported it themselves");
    let mut heard = Vec::new();
    let due = [("kind", "visit"), ("due_at", "2026-11-23T18:00")];
    for life in 0..2 {
        house.advance(1);
        step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
        hears(&resident, &mut heard, "triaged").await;
        step(&coordinator, &code, "requests/promise", &due).await;
        hears(&resident, &mut heard, "promised").await;
        step(&coordinator, &code, "requests/wait", &[("on", "third_party")]).await;
        hears(&resident, &mut heard, "waiting").await;
        step(&coordinator, &code, "requests/resume", &[]).await;
        hears(&resident, &mut heard, "went_on").await;
        dispatched_again(&coordinator, &code).await;
        hears(&resident, &mut heard, "dispatched").await;
        work(&technician, &code, "work/accept", &[]).await;
        hears(&resident, &mut heard, "order_accepted").await;
        work(&technician, &code, "work/set_out", &[]).await;
        hears(&resident, &mut heard, "set_out").await;
        work(&technician, &code, "work/arrive", &[]).await;
        hears(&resident, &mut heard, "arrived").await;
        work(&technician, &code, "work/pause", &[("on", "parts")]).await;
        hears(&resident, &mut heard, "paused").await;
        work(&technician, &code, "work/resume", &[]).await;
        hears(&resident, &mut heard, "resumed").await;
        // Completed, verified and done in one transaction: one word.
        let done = [("note", "New cartridge fitted."), ("signer", "Emma"), ("signed", "true")];
        work(&technician, &code, "work/complete", &done).await;
        hears(&resident, &mut heard, "done").await;
        let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
        let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
        let seen = [("id", id), ("seen", version.as_str())];
        match life {
            0 => resident.post("requests/dispute", &[&seen[..], &[("words", "It drips again.")]].concat()).await.ok(),
            _ => resident.post("requests/confirm", &seen).await.ok(),
        };
        assert_eq!(told(&resident, "home").await, heard, "their own objection, and their own word");
    }
    step(&house.as_person(cast::ENGINEERING_HEAD).await, &code, "requests/archive", &[]).await;
    hears(&resident, &mut heard, "archived").await;

    let other = report(&resident).await;
    house.advance(1);
    step(&coordinator, &other, "requests/triage", &[("urgency", "normal")]).await;
    hears(&resident, &mut heard, "triaged").await;
    step(&coordinator, &other, "requests/decline", &[("reason", "The meter is the water company's.")]).await;
    hears(&resident, &mut heard, "declined").await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_the_desk_registers_for_a_home_is_told_there_once(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (resident, neighbour) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::NEIGHBOUR).await);
    let (who, item) = caller_and_problem(&desk, "1203").await;
    let fields = [("kind", "repair"), ("outcome", "request"), ("who", who.as_str()), ("item", item.as_str())];
    let code = register(&desk, &fields).await["code"].clone();
    assert_eq!(told(&resident, "home").await, ["received"]);
    assert_eq!((&inbox(&resident, "home").await[0]["matter"][0], unread(&resident).await), (&code, 1));
    register(&desk, &[("who", who.as_str()), ("outcome", "answered"), ("answer", "At nine.")]).await;
    report(&resident).await;
    assert_eq!(told(&resident, "home").await, ["received"], "neither an answer nor what they wrote");
    assert!(told(&neighbour, "home").await.is_empty());
}
