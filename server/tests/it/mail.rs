//! What is left at the desk for somebody else: words are passed on, items signed for, mail counted.

use crate::house::{Caller, House, Reply};
use app::mail::settle_due;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// A message, a parcel and a batch of letters, for a unit: by the names under which calls aim at them.
pub async fn left(house: &House, desk: &Caller<'_>, unit: &str) -> [(&'static str, String); 3] {
    take_message(desk, unit, &[]).await.ok();
    take_in(desk, unit, &[]).await.ok();
    desk.post("mail/prepare_letters", &[("title", "The annual meeting")]).await.ok();
    let id = async |sql: &'static str| house.value::<uuid::Uuid>(sql).await.to_string();
    [
        ("left_words", id("select contact_id from relay where stage = 'open' limit 1").await),
        ("parcel", id("select id from mail_item where stage = 'waiting' limit 1").await),
        ("letters", id("select id from letter_batch where sent_at is null limit 1").await),
    ]
}

async fn take_message(desk: &Caller<'_>, who: &str, more: &[(&str, &str)]) -> Reply {
    let fields = [("channel", "phone"), ("who", who), ("caller", "Mr Wu"), ("words", "The piano comes at three.")];
    desk.post("mail/take_message", &[&fields[..], more].concat()).await
}

async fn take_in(desk: &Caller<'_>, who: &str, more: &[(&str, &str)]) -> Reply {
    let fields = [("kind", "parcel"), ("who", who), ("carrier", "SF"), ("place", "Shelf 2")];
    desk.post("mail/take_in", &[&fields[..], more].concat()).await
}

async fn desk_page(desk: &Caller<'_>, more: &[(&str, &str)]) -> Value {
    desk.post_exactly("mail/desk", more).await.ok()
}

async fn own(caller: &Caller<'_>) -> Value {
    caller.post_exactly("mail/own", &[]).await.ok()
}

async fn told(caller: &Caller<'_>, side: &str) -> Vec<Value> {
    let inbox = caller.post_exactly("messages/inbox", &[("side", side)]).await.ok();
    let all = inbox["messages"].as_array().unwrap().iter().cloned();
    all.filter(|message| message["telling"]["told"] == "relay" || message["telling"]["told"] == "mail").collect()
}

/// Emma's unit, and herself in it, as the form sends it.
async fn emma_at(desk: &Caller<'_>) -> (String, String) {
    let page = desk_page(desk, &[("words", "Emma Thornbury")]).await;
    let found = &page["found"][0];
    let unit = found["unit"]["id"].as_str().unwrap().to_owned();
    let whole = format!("{unit}~{}", found["party"].as_str().unwrap());
    (unit, whole)
}

#[sqlx::test(migrations = "../app/migrations")]
async fn words_are_passed_on_and_marked_when_they_are_read(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let (unit, her) = emma_at(&desk).await;
    let nobody = take_message(&desk, "", &[]).await.json();
    assert_eq!(nobody["Invalid"][0], json!({ "field": "who", "note": "Missing" }));
    let uncalled = take_message(&desk, &her, &[("call_by", "2026-11-23T16:30")]).await.json();
    assert_eq!(uncalled["Invalid"][0], json!({ "field": "phone", "note": "Missing" }));
    let more = [("call_by", "2026-11-23T16:30"), ("phone", "138 0000 0000"), ("urgent", "true")];
    take_message(&desk, &her, &more).await.ok();
    house.advance(1);
    take_message(&desk, &unit, &[]).await.ok();

    // It is a contact like any other, answered by passing it on (A10).
    let kept: (String, String, String) = sqlx::query_as("select kind, stage, answer from contact order by id limit 1")
        .fetch_one(&house.pool)
        .await
        .unwrap();
    assert_eq!(kept, ("message".to_owned(), "answered".to_owned(), "→ Emma Thornbury".to_owned()));
    let open = desk_page(&desk, &[]).await;
    let all = open["relays"].as_array().unwrap();
    assert_eq!((all.len(), &all[0]["addressee"]), (2, &json!("Emma Thornbury")), "the oldest first");
    // What is hers her husband does not read; what is the household's he does.
    let jiashu = house.as_person(cast::SPOUSE).await;
    assert_eq!(own(&jiashu).await["relays"].as_array().unwrap().len(), 1);
    assert_eq!(own(&house.as_person(cast::NEIGHBOUR).await).await["relays"], json!([]));
    let inbox = told(&emma, "home").await;
    assert_eq!((inbox.len(), &inbox[1]["telling"]["is_urgent"]), (2, &json!(true)));

    // Read in the inbox, it is delivered: when, and by which way.
    emma.post("messages/read", &[("until", inbox[1]["id"].as_str().unwrap())]).await.ok();
    let page = desk_page(&desk, &[]).await;
    assert_eq!(page["relays"].as_array().unwrap().len(), 1);
    assert_eq!(page["passed"][0]["passed_how"], json!("inbox"));
    assert_eq!(page["passed"][0]["passed_at"], json!("2026-11-23T04:01:00Z"));

    // Or the desk tells them; nobody tells it twice.
    let (id, seen) = (page["relays"][0]["id"].as_str().unwrap(), page["relays"][0]["version"].to_string());
    let pass = [("id", id), ("seen", &seen), ("how", "in_person")];
    let inbox_only = desk.post("mail/pass", &[pass[0], pass[1], ("how", "inbox")]).await.json();
    assert_eq!(inbox_only["Invalid"][0]["field"], json!("how"));
    desk.post("mail/pass", &pass).await.ok();
    assert_eq!(desk.post("mail/pass", &pass).await.json(), json!("Stale"));
    assert_eq!(emma.post("mail/read", &[("id", id)]).await.json(), json!({ "Refused": "AlreadyMoved" }));
    assert_eq!(desk_page(&desk, &[]).await["passed"][0]["passed_how"], json!("in_person"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn words_for_a_colleague_stand_in_their_inbox(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let staff: uuid::Uuid = house
        .value("select m.id from staff_member m join account a on a.id = m.account_id where a.sign_in = 'laochen'")
        .await;
    take_message(&desk, &format!("person:{staff}"), &[]).await.ok();
    let plumber = house.as_person(cast::TECHNICIAN).await;
    let inbox = told(&plumber, "office").await;
    assert_eq!(inbox[0]["telling"]["words"], json!("The piano comes at three."));
    assert!(plumber.get("/staff/inbox").await.text().contains("Mr Wu"));
    plumber.post("messages/read", &[("until", inbox[0]["id"].as_str().unwrap())]).await.ok();
    assert_eq!(desk_page(&desk, &[]).await["relays"], json!([]));
    // A parcel is no colleague's.
    let parcel = take_in(&desk, &format!("person:{staff}"), &[]).await.json();
    assert_eq!(parcel["Invalid"][0], json!({ "field": "who", "note": "NotAChoice" }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_item_waits_and_is_signed_for(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let (_, her) = emma_at(&desk).await;
    let fields = [("kind", "registered"), ("who", her.as_str()), ("carrier", "EMS"), ("place", "Safe")];
    let unnumbered = desk.post("mail/take_in", &fields).await.json();
    assert_eq!(unnumbered["Invalid"][0], json!({ "field": "number", "note": "Missing" }));
    desk.post("mail/take_in", &[&fields[..], &[("number", "XA 1203")][..]].concat()).await.ok();
    let waits = own(&emma).await;
    let item = &waits["items"][0];
    assert_eq!((&item["stage"], &item["number"]), (&json!("waiting"), &json!("XA 1203")));
    assert_eq!(item["due_at"], json!("2026-12-08T16:00:00Z"), "fifteen days, by the estate's wall");
    assert_eq!(told(&emma, "home").await[0]["telling"]["news"]["news"], json!("waits"));

    let id = item["id"].as_str().unwrap();
    let out = [("id", id), ("seen", "1"), ("signer", "Emma Thornbury")];
    let unsigned = desk.post("mail/hand_out", &out).await.json();
    assert_eq!(unsigned["Invalid"][0], json!({ "field": "signed", "note": "Missing" }));
    desk.post("mail/hand_out", &[&out[..], &[("strokes", "[[10,10,50,60,90,20]]")][..]].concat()).await.ok();
    let had = own(&emma).await;
    let receipt = &had["items"][0]["receipt"];
    assert_eq!((&receipt["means"], &receipt["signer"]), (&json!("glass"), &json!("Emma Thornbury")));
    let estate = item["estate"].as_str().unwrap();
    let drawing = format!("/signatures/{estate}/{}", receipt["id"].as_str().unwrap());
    assert!(desk.get(&drawing).await.text().contains("<polyline"));
    assert_eq!(emma.get(&drawing).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.as_person(cast::BOYAN_COORDINATOR).await.get(&drawing).await.status, StatusCode::NOT_FOUND);
    assert!(emma.get("/mail").await.text().contains("XA 1203"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_came_for_those_who_left_is_not_told_to_those_who_moved_in(pool: PgPool) {
    let house = House::open(pool).await;
    let (sandy, desk) = (house.as_person(cast::NEIGHBOUR).await, house.as_person(cast::RECEPTIONIST).await);
    let (unit, _) = emma_at(&desk).await;
    take_in(&desk, &unit, &[]).await.ok();
    house.advance(24 * 60);
    crate::people::moves_in(&house, cast::RESIDENT, cast::NEIGHBOUR).await;
    let item = desk_page(&desk, &[]).await["items"][0].clone();
    let (id, seen) = (item["id"].as_str().unwrap(), item["version"].to_string());
    let out = [("id", id), ("seen", seen.as_str()), ("signer", "Emma Thornbury"), ("signed", "true")];
    desk.post("mail/hand_out", &out).await.ok();
    assert_eq!((told(&sandy, "home").await.len(), &own(&sandy).await["items"]), (0, &json!([])));
    // What comes from now on is.
    take_in(&desk, &unit, &[]).await.ok();
    assert_eq!(told(&sandy, "home").await.len(), 1);
    let ancient = desk.get("/staff/mail?show=day&on=-5000-01-01").await.status;
    assert!(ancient.is_client_error(), "{ancient}");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_nobody_collects_goes_back_in_the_policys_time(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (unit, _) = emma_at(&desk).await;
    take_in(&desk, &unit, &[]).await.ok();
    assert!(!settle_due(&house.backend).await.unwrap());
    // Whoever is not seen for two weeks is signed out.
    house.advance(8 * 24 * 60);
    own(&house.as_person(cast::RESIDENT).await).await;
    desk_page(&desk, &[]).await;
    assert!(!settle_due(&house.backend).await.unwrap());
    house.advance(8 * 24 * 60);
    assert!(settle_due(&house.backend).await.unwrap());
    assert!(!settle_due(&house.backend).await.unwrap(), "it is told once");
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    assert_eq!(told(&desk, "office").await[0]["telling"]["news"]["news"], json!("over"));
    assert_eq!(told(&emma, "home").await[0]["telling"]["news"]["news"], json!("over"));
    let item = desk_page(&desk, &[]).await["items"][0].clone();
    let (id, seen) = (item["id"].as_str().unwrap(), item["version"].to_string());
    let back = [("id", id), ("seen", seen.as_str())];
    assert_eq!(desk.post("mail/send_back", &back).await.json()["Invalid"][0]["field"], json!("reason"));
    desk.post("mail/send_back", &[&back[..], &[("reason", "Not collected")][..]].concat()).await.ok();
    assert_eq!(own(&emma).await["items"][0]["reason"], json!("Not collected"));
    assert_eq!(desk_page(&desk, &[]).await["items"], json!([]));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_day_is_counted_kind_by_kind(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (unit, _) = emma_at(&desk).await;
    let count = async |kind: &str, way: &str, pieces: &str, note: &str| {
        let fields = [("on", "2026-11-23"), ("kind", kind), ("way", way), ("pieces", pieces), ("note", note)];
        desk.post("mail/count", &fields).await
    };
    count("letter", "in", "40", "").await.ok();
    count("letter", "in", "-2", "Counted twice").await.ok();
    count("letter", "out", "38", "").await.ok();
    count("newspaper", "in", "25", "").await.ok();
    let too_many = count("newspaper", "in", "-26", "A slip").await.json();
    assert_eq!(too_many["Invalid"][0]["field"], json!("pieces"));
    assert_eq!(count("parcel", "in", "1", "").await.json()["Invalid"][0]["field"], json!("kind"));
    take_in(&desk, &unit, &[]).await.ok();
    desk.post("mail/prepare_letters", &[("title", "The annual meeting")]).await.ok();
    let letters = desk_page(&desk, &[("show", "letters")]).await["letters"]["batches"][0].clone();
    let (id, pieces) = (letters["id"].as_str().unwrap(), letters["pieces"].as_u64().unwrap());
    let units = letters["units"].as_array().unwrap();
    assert_eq!(units.len() as u64, pieces);
    let numbers: Vec<&str> = units.iter().map(|unit| unit["number"].as_str().unwrap()).collect();
    assert!(numbers.is_sorted() && numbers.contains(&"1203"), "{numbers:?}");
    let fewer = (pieces - 1).to_string();
    let out = [("id", id), ("pieces", fewer.as_str())];
    assert_eq!(desk.post("mail/send_letters", &out).await.json()["Invalid"][0]["field"], json!("note"));
    desk.post("mail/send_letters", &[&out[..], &[("note", "One moved")][..]].concat()).await.ok();
    let again = desk.post("mail/send_letters", &out).await.json();
    assert_eq!(again, json!({ "Refused": "AlreadyMoved" }));

    let day = desk_page(&desk, &[("show", "day")]).await["day"].clone();
    let lines: Vec<(Value, Value, Value)> = day["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["kind"].clone(), line["come"].clone(), line["gone"].clone()))
        .collect();
    let line = |kind: &str, come: u64, gone: u64| (json!(kind), json!(come), json!(gone));
    let expected = [
        line("letter", 38, 38),
        line("newspaper", 25, 0),
        line("registered", 0, 0),
        line("parcel", 1, 0),
        line("owner_letter", pieces, pieces - 1),
    ];
    assert_eq!(lines, expected);
    assert_eq!(day["items"][0]["home"]["number"], json!("1203"));
    assert!(desk.get("/staff/mail?show=day").await.text().contains("清点人"));
    assert!(desk.get("/staff/mail?show=letters").await.text().contains("The annual meeting"));
}

/// What the database holds by itself.
#[sqlx::test(migrations = "../app/migrations")]
async fn plain_sql_hands_nothing_out_unsigned(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (unit, _) = emma_at(&desk).await;
    left(&house, &desk, &unit).await;
    desk.post("mail/count", &[("on", "2026-11-23"), ("kind", "letter"), ("way", "in"), ("pieces", "3")]).await.ok();
    let refused = async |sql: &'static str, why: &str| {
        let error = sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains(why), "{sql}: {error}");
    };
    let out = "update mail_item set stage = 'handed_out', version = version + 1, ended_by = taken_by";
    refused(out, "what is handed out is signed for").await;
    refused("update mail_item set stage = 'waiting'", "does not follow").await;
    refused("delete from mail_item", "append-only").await;
    refused("update relay set stage = 'passed', version = version + 1", "relay_passed_check").await;
    refused("delete from relay", "append-only").await;
    refused("update mail_count set pieces = 4", "append-only").await;
    refused("delete from owner_letter", "append-only").await;
    let sent = "update letter_batch set sent_pieces = 9999, sent_by = prepared_by, sent_at = now()";
    refused(sent, "letters 9999 went out").await;
}
