//! The desk's half of orders: for a household and signed there, handed on, and what becomes of them by themselves.

use crate::concierge::{TAXI, TRAVEL, decide, entry, file, ordered, step};
use crate::house::{Caller, House};
use app::concierge::settle_due;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

async fn told(caller: &Caller<'_>, side: &str) -> Vec<Value> {
    let inbox = caller.post_exactly("messages/inbox", &[("side", side)]).await.ok();
    let all = inbox["messages"].as_array().unwrap().iter().map(|message| message["telling"].clone());
    all.filter(|telling| telling["told"] == "service").map(|telling| telling["news"]["news"].clone()).collect()
}

fn stage(file: &Value) -> &str {
    file["card"]["order"]["stage"].as_str().unwrap()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_desk_orders_and_takes_the_signature(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let shelf = emma.post_exactly("concierge/service", &[("slug", "copying")]).await.ok();
    let unit = shelf["homes"][0]["unit"]["id"].as_str().unwrap();
    let sheet = desk.post_exactly("concierge/service_for", &[("unit", unit), ("slug", "copying")]).await.ok();
    let service = sheet["chosen"]["id"].as_str().unwrap();
    let people = sheet["people"].as_array().unwrap();
    let who = people.iter().find(|one| one[1] == "Emma Thornbury").unwrap()[0].as_str().unwrap();
    let fields = [("service", service), ("unit", unit), ("answers[pages]", "4"), ("answers[colour]", "no")];
    let nobody = desk.post("concierge/order_for", &fields).await.json();
    assert_eq!(nobody["Invalid"][0]["field"], json!("account"));
    let made = desk.post("concierge/order_for", &[&fields[..], &[("account", who)][..]].concat()).await.ok();
    let code = made["code"].as_str().unwrap();
    assert_eq!(told(&emma, "home").await, ["quoted"]);

    let unsigned = decide(&desk, code, "concierge/sign_here", &[("signer", "Emma")]).await.json();
    assert_eq!(unsigned["Invalid"][0], json!({ "field": "signed", "note": "Missing" }));
    let glass = [("signer", "Emma Thornbury"), ("strokes", "[[10,10,50,60,90,20]]")];
    decide(&desk, code, "concierge/sign_here", &glass).await.ok();
    let signed = entry(&desk, code).await;
    assert_eq!((&signed["notice"]["means"], &signed["notice"]["signer"]), (&json!("glass"), &json!("Emma Thornbury")));
    let (estate, id) = (&signed["entry"]["card"]["order"]["estate"], &signed["notice"]["id"]);
    let drawing = format!("/signatures/{}/{}", estate.as_str().unwrap(), id.as_str().unwrap());
    assert!(desk.get(&drawing).await.text().contains("<polyline"));
    assert_eq!(emma.get(&drawing).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.as_person(cast::BOYAN_COORDINATOR).await.get(&drawing).await.status, StatusCode::NOT_FOUND);
    assert_eq!(file(&emma, code).await["notice"]["means"], json!("glass"), "it is on their page, too");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_owed_and_late_is_told_once(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let code = ordered(&emma, "taxi", &TAXI).await;
    assert!(!settle_due(&house.backend).await.unwrap());
    house.advance(7 * 60);
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    assert!(settle_due(&house.backend).await.unwrap(), "nobody answered");
    assert!(!settle_due(&house.backend).await.unwrap());
    assert_eq!(told(&emma, "home").await, ["late"]);
    assert_eq!(told(&house.as_person(cast::SITE_MANAGER).await, "office").await, ["late"]);
    let moved = decide(&desk, &code, "concierge/promise", &[("until", "2026-11-23T20:00")]).await;
    assert_eq!(moved.status, StatusCode::OK, "the first time needs no reason: {}", moved.text());
    let moved = decide(&desk, &code, "concierge/promise", &[("until", "2026-11-23T20:30")]).await.json();
    assert_eq!(moved["Invalid"][0], json!({ "field": "reason", "note": "Missing" }));
    let jam = [("until", "2026-11-23T20:30"), ("reason", "A jam")];
    decide(&desk, &code, "concierge/promise", &jam).await.ok();
    assert_eq!(file(&emma, &code).await["promises"][1]["reason"], json!("A jam"));
    decide(&desk, &code, "concierge/start", &[("agency", "Li Cheng")]).await.ok();
    house.advance(2 * 60);
    assert!(settle_due(&house.backend).await.unwrap(), "and the promise was broken");
    assert!(!settle_due(&house.backend).await.unwrap());
    assert_eq!(told(&house.as_person(cast::RESIDENT).await, "home").await[0], json!("late"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_nobody_signs_lapses_and_silence_counts_for_nobody(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let (lapses, silent) = (ordered(&emma, "travel", &TRAVEL).await, ordered(&emma, "travel", &TRAVEL).await);
    for code in [&lapses, &silent] {
        decide(&desk, code, "concierge/quote", &[("amount", "100")]).await.ok();
    }
    step(&emma, &silent, "concierge/sign", &[]).await.ok();
    decide(&desk, &silent, "concierge/start", &[("agency", "Antu")]).await.ok();
    decide(&desk, &silent, "concierge/deliver", &[]).await.ok();
    house.advance(7 * 24 * 60 - 1);
    assert!(!settle_due(&house.backend).await.unwrap());
    house.advance(1);
    assert!(settle_due(&house.backend).await.unwrap());
    assert!(!settle_due(&house.backend).await.unwrap());
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    assert_eq!(stage(&file(&emma, &lapses).await), "lapsed");
    let owed = file(&emma, &silent).await;
    assert_eq!((stage(&owed), &owed["moves"]), ("billed", &json!(["rate"])));
    let list = desk.post_exactly("concierge/desk", &[("over", "true")]).await.ok();
    let figures = &list["figures"][0];
    assert_eq!((&figures["confirmed"], &figures["unconfirmed"], &figures["rated"]), (&json!(0), &json!(1), &json!(0)));
    let stars = [("attitude", "2"), ("conduct", "5"), ("speed", "1"), ("result", "5"), ("words", "Slow")];
    // Whoever rates it later has said how it was, as with a request.
    step(&emma, &silent, "concierge/rate", &stars).await.ok();
    assert_eq!(step(&emma, &silent, "concierge/rate", &stars).await.json(), json!({ "Refused": "AlreadyRated" }));
    let list = desk.post_exactly("concierge/desk", &[("over", "true")]).await.ok();
    assert_eq!((&list["figures"][0]["rated"], &list["figures"][0]["satisfied"]), (&json!(1), &json!(0)));
}

/// The one item of which anything ended, and how often without a word, rated and satisfied: the same in ninety days as in
/// this month.
pub async fn stars_of(desk: &Caller<'_>) -> (Value, [u64; 3]) {
    let list = desk.post_exactly("concierge/desk", &[("over", "true")]).await.ok();
    let counts = |ends: &Value| ["unconfirmed", "rated", "satisfied"].map(|name| ends[name].as_u64().unwrap());
    assert_eq!(list["figures"].as_array().unwrap().len(), 1);
    let live = counts(&list["figures"][0]);
    assert_eq!(counts(&list["years"][0]["months"][11]), live);
    (list["figures"][0]["slug"].clone(), live)
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_booked_is_found_by_its_stars(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, sandy) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::NEIGHBOUR).await);
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let mut codes = Vec::new();
    for guest in [&emma, &sandy] {
        let (code, _) = crate::bookings::held_of(guest, "visitor-parking").await;
        crate::bookings::step(guest, &code, "bookings/confirm").await.ok();
        codes.push(code);
    }
    for code in &codes {
        crate::bookings::begin(&house, code).await;
    }
    let done =
        "delete from unit_claim; update booking set stage = 'done', version = version + 1 where stage = 'confirmed'";
    sqlx::raw_sql(done).execute(&house.pool).await.unwrap();
    let slug = json!("parking-visitor");
    assert_eq!(stars_of(&desk).await, (slug.clone(), [2, 0, 0]));
    let rate = async |guest: &Caller<'_>, code: &str, stars: &str| {
        let booking = crate::bookings::file(guest, code).await["card"]["booking"].clone();
        let (id, seen) = (booking["id"].as_str().unwrap(), booking["version"].to_string());
        guest.post("bookings/rate", &[("id", id), ("seen", &seen), ("stars", stars)]).await.ok();
    };
    rate(&emma, &codes[0], "4").await;
    assert_eq!(stars_of(&desk).await, (slug.clone(), [1, 1, 1]));
    rate(&sandy, &codes[1], "3").await;
    assert_eq!(stars_of(&desk).await, (slug, [0, 2, 1]), "four of five is satisfied, as with orders");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn somebody_always_answers_for_it(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let code = ordered(&emma, "taxi", &TAXI).await;
    decide(&desk, &code, "concierge/take", &[]).await.ok();
    let again = decide(&desk, &code, "concierge/take", &[]).await.json();
    assert_eq!(again, json!({ "Refused": "AlreadyMoved" }));
    let staff: uuid::Uuid = house.value("select accountable_id from service_order").await;
    let duty: uuid::Uuid = house
        .value("select m.id from staff_member m join account a on a.id = m.account_id where a.sign_in = 'joyce'")
        .await;
    assert_ne!(staff, duty, "until then the duty officer did");
    // The list pages by what is owed, and never shows one twice.
    for _ in 0..31 {
        ordered(&emma, "taxi", &TAXI).await;
    }
    let first = desk.post_exactly("concierge/desk", &[]).await.ok();
    let (at, id) = (first["next"]["at"].as_str().unwrap(), first["next"]["id"].as_str().unwrap());
    let rest = desk.post_exactly("concierge/desk", &[("after[at]", at), ("after[id]", id)]).await.ok();
    let codes = |page: &Value| -> Vec<String> {
        let entries = page["entries"].as_array().unwrap().iter();
        entries.map(|entry| entry["card"]["order"]["code"].to_string()).collect()
    };
    let (first, rest) = (codes(&first), codes(&rest));
    assert_eq!((first.len(), rest.len()), (30, 2));
    assert!(rest.iter().all(|code| !first.contains(code)));
}

/// What the database holds by itself.
#[sqlx::test(migrations = "../app/migrations")]
async fn plain_sql_begins_nothing_unsigned(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let code = ordered(&emma, "travel", &TRAVEL).await;
    decide(&desk, &code, "concierge/quote", &[("amount", "100")]).await.ok();
    let refused = async |sql: &'static str, why: &str| {
        let error = sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains(why), "{sql}: {error}");
    };
    refused("update service_order set stage = 'signed', version = version + 1", "was not signed").await;
    refused("update service_order set stage = 'delivering', version = version + 1", "may not move").await;
    refused("update service_order set terms_version = 2, version = version + 1", "what was ordered stands").await;
    refused("update service_order set note = 'x'", "does not follow").await;
    refused("delete from service_order", "append-only").await;
    step(&emma, &code, "concierge/sign", &[]).await.ok();
    refused("update service_order set amount = 1, version = version + 1", "what was signed stands").await;
    refused("update charge_notice set amount = 1", "append-only").await;
    refused("delete from charge_notice", "append-only").await;
    refused("update service_promise set due_at = now()", "append-only").await;
    refused("update service_terms set price = 1", "append-only").await;
    refused("delete from service_question", "append-only").await;
}
