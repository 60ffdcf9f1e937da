//! The waiting list: what comes free is offered to whoever came first, in the transaction that frees it.

use crate::bookings::{clear, file, free, held_of, noted, send, state, step, wants, week};
use crate::bookings_office::{decide, stage, told};
use crate::calls::At;
use crate::cases::viewer;
use crate::house::{Caller, House, Reply};
use crate::incidents::riser;
use app::bookings::settle_due;
use app::moment::Moment;
use axum::http::StatusCode;
use chrono::Duration;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// Of the house in which the riser's households live there is one.
const LIFT: &str = "moving-lift";
const COURT: &str = "tennis-court";
const MONDAY: &str = "2026-11-30";

async fn wait(caller: &Caller<'_>, facility: &str, starts: i64) -> Reply {
    send(caller, "bookings/wait", &wants(&week(caller, facility, MONDAY).await, starts)).await
}

async fn hold(caller: &Caller<'_>, facility: &str, starts: i64) -> Reply {
    send(caller, "bookings/hold", &wants(&week(caller, facility, MONDAY).await, starts)).await
}

async fn board(caller: &Caller<'_>) -> Value {
    caller.post_exactly("bookings/board", &[]).await.ok()
}

/// The code of what is kept for somebody now.
async fn kept(caller: &Caller<'_>) -> Option<String> {
    let board = board(caller).await;
    let mut bookings = board["bookings"].as_array().unwrap().iter().map(|card| &card["booking"]);
    let kept = bookings.find(|booking| booking["stage"] == "held")?;
    Some(kept["code"].as_str().unwrap().to_owned())
}

async fn leave(caller: &Caller<'_>, card: &Value) -> Reply {
    let (id, seen) = (card["entry"]["id"].as_str().unwrap(), card["entry"]["version"].to_string());
    caller.post("bookings/leave_line", &[("id", id), ("seen", &seen)]).await
}

/// The stages of all places in line, whoever came first, first.
async fn stages(house: &House) -> String {
    house.value("select coalesce(string_agg(stage, ' ' order by made_at, id), '') from waiting").await
}

/// The first household has the lift, and the others wait for it, one after the other: its code, and since when.
async fn queue(house: &House, homes: &[Caller<'_>]) -> (String, i64) {
    let (code, starts) = held_of(&homes[0], LIFT).await;
    step(&homes[0], &code, "bookings/confirm").await.ok();
    for home in &homes[1..] {
        wait(home, LIFT, starts).await.ok();
        house.advance(1);
    }
    (code, starts)
}

/// For the matrix: the lift that the resident's neighbour has, and their place in line where they wait for it.
pub async fn come_as_far_as(house: &House, resident: &Caller<'_>, at: At) -> [(&'static str, String); 3] {
    clear(house).await;
    let neighbour = viewer(house, Some(cast::NEIGHBOUR)).await;
    let (code, starts) = held_of(&neighbour, LIFT).await;
    let facility = file(&neighbour, &code).await["facility"]["id"].as_str().unwrap().to_owned();
    let mut place = String::new();
    if at == At::InLine {
        wait(resident, LIFT, starts).await.ok();
        place = board(resident).await["waiting"][0]["entry"]["id"].as_str().unwrap().to_owned();
    }
    [("facility", facility), ("starts", starts.to_string()), ("place", place)]
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_comes_free_goes_down_the_line(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let (code, starts) = queue(&house, &homes).await;
    assert_eq!(board(&homes[3]).await["waiting"][0]["ahead"], json!(2));
    let asked = [("facility", LIFT), ("starts", &starts.to_string())];
    let shown = homes[0].post_exactly("bookings/waiting", &asked).await.ok();
    assert_eq!((&shown["standing"], &shown["waiting"]), (&json!("taken"), &json!(3)));

    step(&homes[0], &code, "bookings/cancel").await.ok();
    let first = kept(&homes[1]).await.unwrap();
    let until = house.backend.clock.now() + Duration::hours(1);
    assert_eq!(told(&homes[1], "home").await[0]["news"], json!({ "news": "offered", "until": until }));
    assert_eq!(told(&homes[1], "home").await[0]["code"], json!(first));
    assert_eq!(state(&week(&homes[0], LIFT, MONDAY).await, starts), json!("taken"));
    assert_eq!(board(&homes[3]).await["waiting"][0]["ahead"], json!(1));
    // Whoever has an offer may take another time: it is kept for them all the same.
    hold(&homes[1], LIFT, starts - 3600).await.ok();
    assert_eq!(stage(&file(&homes[1], &first).await), "held");

    step(&homes[1], &first, "bookings/cancel").await.ok();
    let second = kept(&homes[2]).await.unwrap();
    // It runs out, with nobody at work; whoever comes next finds the next in line before them.
    house.advance(60);
    let late = hold(&homes[0], LIFT, starts).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.json()["Taken"]["wanted"], json!(starts));
    assert_eq!(late.json()["Taken"]["instead"].as_array().unwrap().len(), 3);
    assert_eq!(stage(&file(&homes[2], &second).await), "expired");
    let third = kept(&homes[3]).await.unwrap();
    step(&homes[3], &third, "bookings/confirm").await.ok();
    assert_eq!(stages(&house).await, "passed passed taken");
    // It is over for all of them: what comes free now is anybody's.
    step(&homes[3], &third, "bookings/cancel").await.ok();
    hold(&homes[0], LIFT, starts).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_may_not_have_it_stays_in_line(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let mut codes = Vec::new();
    let mut starts = 0;
    for home in &homes[..2] {
        let (code, at) = held_of(home, COURT).await;
        step(home, &code, "bookings/confirm").await.ok();
        codes.push(code);
        starts = at;
    }
    // The third is first in line, and has used up its share by the time that it comes free.
    wait(&homes[2], COURT, starts).await.ok();
    house.advance(1);
    wait(&homes[3], COURT, starts).await.ok();
    let mut own = Vec::new();
    for later in [2, 4] {
        let code = hold(&homes[2], COURT, starts + later * 3600).await.ok()["code"].as_str().unwrap().to_owned();
        step(&homes[2], &code, "bookings/confirm").await.ok();
        own.push(code);
    }
    step(&homes[0], &codes[0], "bookings/cancel").await.ok();
    assert_eq!(stages(&house).await, "waiting offered");
    let offered = kept(&homes[3]).await.unwrap();
    // It may again, and is still first.
    step(&homes[2], &own[0], "bookings/cancel").await.ok();
    assert_eq!(stages(&house).await, "waiting offered");
    step(&homes[3], &offered, "bookings/cancel").await.ok();
    assert_eq!(stages(&house).await, "offered passed");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_frees_it_offers_it(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    for how in ["decline", "call_off", "reschedule", "expire"] {
        clear(&house).await;
        let (code, starts) = held_of(&homes[0], LIFT).await;
        wait(&homes[1], LIFT, starts).await.ok();
        if how != "expire" {
            step(&homes[0], &code, "bookings/confirm").await.ok();
        }
        match how {
            "decline" => drop(decide(&desk, &code, "bookings/decline").await.ok()),
            "call_off" => {
                decide(&desk, &code, "bookings/approve").await.ok();
                decide(&desk, &code, "bookings/call_off").await.ok();
            }
            "reschedule" => {
                let booking = file(&homes[0], &code).await["card"]["booking"].clone();
                let (id, seen) = (booking["id"].as_str().unwrap(), booking["version"].to_string());
                let later = (starts + 86_400).to_string();
                let fields = [("id", id), ("seen", &seen), ("starts", &later), ("steps", "1")];
                homes[0].post("bookings/reschedule", &fields).await.ok();
            }
            _ => {
                house.advance(11);
                assert!(settle_due(&house.backend).await.unwrap());
            }
        }
        assert!(kept(&homes[1]).await.is_some(), "{how}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_waits_behind_those_who_need_more_seats(pool: PgPool) {
    let house = House::open(pool).await;
    // A gym of two seats, into which everybody is let.
    let smaller = "insert into facility_terms
           select n.* from facility f join facility_terms t on t.estate_id = f.estate_id and t.facility_id = f.id
           cross join lateral jsonb_populate_record(t, '{\"version\": 2, \"seats\": 2, \"needs_induction\": false}') n
           where f.slug = 'gym';
         insert into facility_hours
           select h.estate_id, h.facility_id, 2, h.weekday, h.opens, h.closes from facility f
           join facility_hours h on h.estate_id = f.estate_id and h.facility_id = f.id where f.slug = 'gym'";
    sqlx::raw_sql(smaller).execute(&house.pool).await.unwrap();
    let homes = riser(&house).await;
    let gym = "gym";
    let starts = free(&week(&homes[0], gym, "2026-11-24").await)[5];
    let ask = async |home: &Caller<'_>, endpoint: &str, heads: &str| {
        let mut fields = wants(&week(home, gym, "2026-11-24").await, starts);
        fields[4].1 = heads.to_owned();
        send(home, endpoint, &fields).await.ok()
    };
    let one = ask(&homes[0], "bookings/hold", "1").await["code"].as_str().unwrap().to_owned();
    let other = ask(&homes[1], "bookings/hold", "1").await["code"].as_str().unwrap().to_owned();
    ask(&homes[2], "bookings/wait", "2").await;
    house.advance(1);
    ask(&homes[3], "bookings/wait", "1").await;
    step(&homes[0], &one, "bookings/cancel").await.ok();
    assert_eq!(stages(&house).await, "waiting offered", "one seat does for one");
    step(&homes[1], &other, "bookings/cancel").await.ok();
    assert_eq!(stages(&house).await, "waiting offered");
    let offered = kept(&homes[3]).await.unwrap();
    step(&homes[3], &offered, "bookings/cancel").await.ok();
    assert_eq!(stages(&house).await, "offered passed", "and two for two");
    assert_eq!(house.value::<i64>("select count(*) from seat_claim").await, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_waits_for_what_they_could_not_book(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let (emma, sandy) = (&homes[0], &homes[1]);
    let (code, starts) = held_of(sandy, LIFT).await;
    step(sandy, &code, "bookings/confirm").await.ok();
    let refused = async |starts: i64| wait(emma, LIFT, starts).await.json();
    assert_eq!(refused(starts - 3600).await, json!({ "Refused": "IsFree" }));
    let note = |note: &str| json!({ "Invalid": [{ "field": "starts", "note": note }] });
    assert_eq!(refused(starts + 60).await, note("NotAChoice"));
    assert_eq!(refused(0).await, note("InThePast"));
    let mut theirs = wants(&week(sandy, LIFT, MONDAY).await, starts);
    let strange = send(emma, "bookings/wait", &theirs).await;
    assert_eq!(strange.json(), noted("home", &json!("NotYours")), "another's home");
    theirs[4].1 = "99".to_owned();
    let many = send(sandy, "bookings/wait", &theirs).await.json();
    assert_eq!(many, json!({ "Invalid": [{ "field": "heads", "note": { "NotBetween": [1, 10] } }] }));

    wait(emma, LIFT, starts).await.ok();
    assert_eq!(refused(starts).await, json!({ "Refused": "AlreadyWaiting" }));
    let card = board(emma).await["waiting"][0].clone();
    assert_eq!(leave(sandy, &card).await.status, StatusCode::NOT_FOUND);
    leave(emma, &card).await.ok();
    assert_eq!(leave(emma, &card).await.json(), json!("Stale"));
    assert_eq!(board(emma).await["waiting"], json!([]));
    // They may come again, behind the others; but not for more than five times at once.
    wait(emma, LIFT, starts).await.ok();
    let four = "insert into waiting select n.* from waiting w cross join generate_series(1, 4) d
         cross join lateral jsonb_populate_record(w, jsonb_build_object('id', gen_random_uuid(),
           'starts_at', w.starts_at + d * interval '30 days', 'ends_at', w.ends_at + d * interval '30 days')) n
         where w.stage = 'waiting'";
    sqlx::raw_sql(four).execute(&house.pool).await.unwrap();
    hold(sandy, LIFT, starts - 3600).await.ok();
    assert_eq!(refused(starts - 3600).await, json!({ "Refused": "WaitsEnough" }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_waited_in_vain_is_told(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let (_, starts) = queue(&house, &homes[..2]).await;
    let until: Moment = house.value("select waits_until from waiting").await;
    assert_eq!(until.timestamp(), starts - 86_400, "a lift is booked a day ahead");
    let left = (until - house.backend.clock.now()).num_minutes();
    house.advance(left - 1);
    assert!(!settle_due(&house.backend).await.unwrap());
    house.advance(1);
    assert!(settle_due(&house.backend).await.unwrap());
    assert!(!settle_due(&house.backend).await.unwrap());
    assert_eq!(stages(&house).await, "over");
    let told = told(&house.as_person(cast::NEIGHBOUR).await, "home").await;
    assert_eq!((&told[0]["news"], &told[0]["code"]), (&json!({ "news": "not_freed" }), &json!("")));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_offer_keeps_nothing_from_being_mended(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (code, starts) = queue(&house, &homes).await;
    step(&homes[0], &code, "bookings/cancel").await.ok();
    let offered = kept(&homes[1]).await.unwrap();
    let shown = file(&homes[1], &offered).await;
    let facility = shown["facility"]["id"].as_str().unwrap();
    let (from, until) = (("from", "2026-11-30T00:00"), ("until", "2026-12-01T00:00"));
    house.advance(1);
    desk.post("bookings/close", &[("facility", facility), from, until, ("reason", "A belt")]).await.ok();
    let expected = json!({ "news": "called_off", "reason": "A belt" });
    assert_eq!(told(&homes[1], "home").await[0]["news"], expected);
    assert_eq!(stages(&house).await, "passed waiting waiting", "nobody is offered what is closed");
    // Once it is open again, the next in line has it.
    let id: uuid::Uuid = house.value("select id from facility_closure").await;
    desk.post("bookings/reopen", &[("facility", facility), ("id", &id.to_string())]).await.ok();
    assert_eq!(stages(&house).await, "passed offered waiting");
    assert_eq!(state(&week(&homes[2], LIFT, MONDAY).await, starts), json!("own"));
}

/// Whatever people do, and with nobody at work: nothing is free that somebody waits for, and nobody has an offer before
/// whoever came first.
#[sqlx::test(migrations = "../app/migrations")]
async fn the_line_is_fair(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let starts = free(&week(&homes[0], LIFT, MONDAY).await)[2];
    let mut dice = 20_261_129_u64;
    let mut roll = |sides: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    for turn in 0..80 {
        let home = &homes[roll(4) as usize];
        match roll(5) {
            0 => drop(hold(home, LIFT, starts).await),
            1 | 2 => drop(wait(home, LIFT, starts).await),
            3 => {
                if let Some(code) = kept(home).await {
                    step(home, &code, "bookings/cancel").await.ok();
                }
            }
            _ if roll(2) == 0 => house.advance(31),
            _ => {
                if let Some(card) = board(home).await["waiting"].get(0) {
                    leave(home, card).await.ok();
                }
            }
        }
        house.advance(1);
        let unfair = "select count(*) from waiting w where w.stage = 'waiting' and (
               not exists (select from booking b where b.facility_id = w.facility_id and b.stage = 'held')
               or exists (select from waiting o where o.stage = 'offered' and (o.made_at, o.id) > (w.made_at, w.id)))";
        assert_eq!(house.value::<i64>(unfair).await, 0, "turn {turn}: {}", stages(&house).await);
    }
    let offers: i64 = house.value("select count(*) from waiting where booking_id is not null").await;
    assert!(offers > 3, "only {offers} offers were made");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_database_keeps_offers_and_holds_together(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let (code, _) = queue(&house, &homes).await;
    step(&homes[0], &code, "bookings/cancel").await.ok();
    for attack in [
        // An offer goes with what is kept for it, and both ways.
        "update waiting set stage = 'passed', version = version + 1 where stage = 'offered'",
        "update waiting set stage = 'taken', version = version + 1 where stage = 'offered'",
        "update booking set stage = 'requested', version = version + 1 where stage = 'held'",
        "delete from unit_claim; update booking set stage = 'expired', version = version + 1 where stage = 'held'",
        // It is for whoever waited, and for one.
        "update waiting set stage = 'offered', version = version + 1, booking_id = (select id from booking where stage = 'held')
         where stage = 'waiting'",
        "update waiting set stage = 'offered', version = version + 1, booking_id = (select id from booking where stage = 'cancelled')
         where stage = 'waiting'",
        "update waiting set stage = 'offered', version = version + 1 where stage = 'waiting'",
        "update waiting set account_id = (select min(account_id::text)::uuid from waiting where stage = 'waiting'), version = version + 1
         where stage = 'offered'",
        // Nobody waits twice for one time, comes back from the end of a line, or goes without a trace.
        "insert into waiting select n.* from waiting w
         cross join lateral jsonb_populate_record(w, jsonb_build_object('id', gen_random_uuid(), 'version', 1)) n
         where w.stage = 'waiting'",
        "update waiting set stage = 'waiting', version = version + 1, booking_id = null where stage = 'offered'",
        "update waiting set version = version + 2",
        "delete from waiting",
    ] {
        assert!(sqlx::raw_sql(attack).execute(&house.pool).await.is_err(), "{attack}");
    }
    assert_eq!(stages(&house).await, "offered waiting waiting");
}
