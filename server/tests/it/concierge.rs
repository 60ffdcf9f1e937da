//! Orders of the catalogue: priced, signed, delivered, accepted; nothing that is paid begins before its charge notice is
//! signed, whoever asks and however.

use crate::calls::At;
use crate::house::{Caller, House, Reply};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// A taxi for this evening, and a trip that the office prices.
pub const TAXI: [(&str, &str); 5] = [
    ("answers[when]", "2026-11-23T18:00"),
    ("answers[destination]", "The airport"),
    ("answers[people]", "2"),
    ("answers[car]", "van"),
    ("answers[phone]", "138 0000 0000"),
];
pub const TRAVEL: [(&str, &str); 4] =
    [("answers[where]", "Yunnan"), ("answers[from]", "2026-12-05"), ("answers[days]", "5"), ("answers[people]", "2")];

pub async fn sheet(caller: &Caller<'_>, slug: &str) -> Value {
    caller.post_exactly("concierge/service", &[("slug", slug)]).await.ok()
}

/// Orders a service for the caller's first home.
pub async fn order(caller: &Caller<'_>, slug: &str, answers: &[(&str, &str)]) -> Reply {
    let sheet = sheet(caller, slug).await;
    let service = sheet["service"]["id"].as_str().unwrap();
    let home = sheet["homes"][0]["unit"]["id"].as_str().unwrap();
    let fields = [&[("service", service), ("home", home)][..], answers].concat();
    caller.post("concierge/order", &fields).await
}

pub async fn ordered(caller: &Caller<'_>, slug: &str, answers: &[(&str, &str)]) -> String {
    order(caller, slug, answers).await.ok()["code"].as_str().unwrap().to_owned()
}

pub async fn file(caller: &Caller<'_>, code: &str) -> Value {
    caller.post_exactly("concierge/file", &[("code", code)]).await.ok()
}

pub async fn entry(desk: &Caller<'_>, code: &str) -> Value {
    desk.post_exactly("concierge/entry", &[("code", code)]).await.ok()
}

/// A move of its person's at the version that they see now.
pub async fn step(caller: &Caller<'_>, code: &str, endpoint: &str, more: &[(&str, &str)]) -> Reply {
    let file = file(caller, code).await;
    go(caller, &file["card"]["order"], endpoint, more).await
}

/// A move of the office's.
pub async fn decide(desk: &Caller<'_>, code: &str, endpoint: &str, more: &[(&str, &str)]) -> Reply {
    let entry = entry(desk, code).await;
    go(desk, &entry["entry"]["card"]["order"], endpoint, more).await
}

async fn go(caller: &Caller<'_>, order: &Value, endpoint: &str, more: &[(&str, &str)]) -> Reply {
    let (id, seen) = (order["id"].as_str().unwrap(), order["version"].to_string());
    caller.post(endpoint, &[&[("id", id), ("seen", seen.as_str())][..], more].concat()).await
}

fn stage(file: &Value) -> &str {
    file["card"]["order"]["stage"].as_str().unwrap()
}

fn notes(reply: &Value) -> Vec<(&str, Value)> {
    let notes = reply["Invalid"].as_array().unwrap_or_else(|| panic!("{reply}"));
    notes.iter().map(|note| (note["field"].as_str().unwrap(), note["note"].clone())).collect()
}

/// What somebody was told of orders, the newest first.
async fn told(caller: &Caller<'_>, side: &str) -> Vec<Value> {
    let inbox = caller.post_exactly("messages/inbox", &[("side", side)]).await.ok();
    let all = inbox["messages"].as_array().unwrap().iter().map(|message| message["telling"].clone());
    all.filter(|telling| telling["told"] == "service").map(|telling| telling["news"].clone()).collect()
}

/// The resident's order as far as a call needs it.
pub async fn come_as_far_as(house: &House, resident: &Caller<'_>, at: At) -> Value {
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let code = ordered(resident, "travel", &TRAVEL).await;
    if at >= At::Priced {
        decide(&desk, &code, "concierge/quote", &[("amount", "8800")]).await.ok();
    }
    if at >= At::Sealed {
        step(resident, &code, "concierge/sign", &[]).await.ok();
    }
    if at >= At::UnderWay {
        decide(&desk, &code, "concierge/start", &[("agency", "Antu")]).await.ok();
    }
    if at >= At::Came {
        decide(&desk, &code, "concierge/deliver", &[]).await.ok();
    }
    if at >= At::Owed {
        step(resident, &code, "concierge/accept", &[]).await.ok();
    }
    file(resident, &code).await["card"]["order"].clone()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_taxi_costs_nothing_and_comes_in_time(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let code = ordered(&emma, "taxi", &TAXI).await;
    assert_eq!(told(&desk, "office").await[0], json!({ "news": "asked" }));
    let owed = desk.post_exactly("concierge/desk", &[]).await.ok();
    assert_eq!(owed["entries"][0]["card"]["order"]["code"], json!(code));
    let made = file(&emma, &code).await;
    assert_eq!((stage(&made), &made["card"]["order"]["amount"]), ("requested", &json!(0)));
    assert_eq!(made["moves"], json!(["withdraw"]));

    let unnamed = decide(&desk, &code, "concierge/start", &[]).await.json();
    assert_eq!(notes(&unnamed), [("agency", json!("Missing"))]);
    decide(&desk, &code, "concierge/start", &[("agency", "Li Cheng Taxi")]).await.ok();
    // Wanted for six o'clock, promised for six o'clock.
    let begun = file(&emma, &code).await;
    assert_eq!(begun["promises"][0]["due_at"], begun["card"]["order"]["needed_at"]);
    let id = begun["card"]["order"]["id"].as_str().unwrap();
    desk.post("concierge/note", &[("id", id), ("words", "The driver called: five to six.")]).await.ok();
    house.advance(6 * 60 + 5);
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let later = decide(&desk, &code, "concierge/deliver", &[("arrived", "2026-11-23T23:00")]).await.json();
    assert_eq!(notes(&later), [("arrived", json!("NotYet"))]);
    decide(&desk, &code, "concierge/deliver", &[("arrived", "2026-11-23T17:55")]).await.ok();
    let partly = step(&emma, &code, "concierge/accept", &[("attitude", "5")]).await.json();
    assert_eq!(notes(&partly).len(), 3, "three axes are missing");
    let stars = [("attitude", "5"), ("conduct", "5"), ("speed", "4"), ("result", "5")];
    step(&emma, &code, "concierge/accept", &stars).await.ok();
    let over = file(&emma, &code).await;
    assert_eq!((stage(&over), &over["moves"]), ("accepted", &json!([])), "nothing to bill, and rated once");
    decide(&desk, &code, "concierge/archive", &[]).await.ok();
    let list = desk.post_exactly("concierge/desk", &[("over", "true")]).await.ok();
    let figures = &list["figures"][0];
    assert_eq!((&figures["slug"], &figures["satisfied"], &figures["in_time"]), (&json!("taxi"), &json!(1), &json!(1)));
    assert_eq!(entry(&desk, &code).await["notes"].as_array().unwrap().len(), 1);
    assert!(file(&emma, &code).await["notes"].is_null(), "they are the office's");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_paid_is_signed_before_and_billed_after(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let code = ordered(&emma, "travel", &TRAVEL).await;
    let early = decide(&desk, &code, "concierge/start", &[("agency", "Antu")]).await;
    assert_eq!(early.json(), json!({ "Refused": "NotSigned" }));
    let slip = decide(&desk, &code, "concierge/quote", &[("amount", "88.888")]).await.json();
    assert_eq!(notes(&slip), [("amount", json!("Malformed"))]);
    decide(&desk, &code, "concierge/quote", &[("amount", "8800"), ("note", "Two rooms")]).await.ok();
    assert_eq!(told(&emma, "home").await[0], json!({ "news": "quoted", "amount": 880_000, "currency": "CNY" }));
    let seen = file(&emma, &code).await["card"]["order"].clone();
    // What is said anew is signed anew: nobody signs another sum than they saw.
    decide(&desk, &code, "concierge/quote", &[("amount", "9000")]).await.ok();
    assert_eq!(go(&emma, &seen, "concierge/sign", &[]).await.json(), json!("Stale"));
    step(&emma, &code, "concierge/sign", &[]).await.ok();
    let signed = file(&emma, &code).await;
    assert_eq!((stage(&signed), &signed["notice"]["means"]), ("signed", &json!("confirm")));
    let anew = decide(&desk, &code, "concierge/quote", &[("amount", "1")]).await.json();
    assert_eq!(anew, json!({ "Refused": "AlreadyMoved" }));

    decide(&desk, &code, "concierge/start", &[("agency", "Antu")]).await.ok();
    assert_eq!(step(&emma, &code, "concierge/withdraw", &[]).await.json(), json!({ "Refused": "AlreadyMoved" }));
    decide(&desk, &code, "concierge/deliver", &[]).await.ok();
    step(&emma, &code, "concierge/send_back", &[("words", "The wrong week")]).await.ok();
    assert_eq!(told(&house.as_person(cast::SITE_MANAGER).await, "office").await.len(), 0, "whoever answers is told");
    decide(&desk, &code, "concierge/start", &[]).await.ok();
    decide(&desk, &code, "concierge/deliver", &[]).await.ok();
    step(&emma, &code, "concierge/accept", &[]).await.ok();
    let owed = file(&emma, &code).await;
    assert_eq!((stage(&owed), &owed["card"]["order"]["amount"]), ("billed", &json!(900_000)));
    let kinds: String =
        house.value("select string_agg(kind, ' ' order by id) from happening where room = 'concierge'").await;
    assert_eq!(kinds, "requested quoted quoted signed begun delivered sent_back begun delivered accepted billed",);
    decide(&desk, &code, "concierge/refer", &[("reason", "They do not pay")]).await.ok();
    decide(&desk, &code, "concierge/archive", &[]).await.ok();
    assert_eq!(stage(&file(&emma, &code).await), "archived");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn prices_follow_from_the_answers(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let copies = ordered(&emma, "copying", &[("answers[pages]", "12"), ("answers[colour]", "no")]).await;
    let copies = file(&emma, &copies).await;
    assert_eq!((stage(&copies), &copies["card"]["order"]["amount"]), ("quoted", &json!(600)));
    assert_eq!(copies["moves"], json!(["sign", "withdraw"]));
    let cleaning = [("answers[when]", "2026-11-25T09:00"), ("answers[hours]", "3"), ("answers[pets]", "yes")];
    let cleaning = file(&emma, &ordered(&emma, "home-cleaning", &cleaning).await).await;
    let order = &cleaning["card"]["order"];
    assert_eq!((&order["minutes"], &order["amount"]), (&json!(180), &json!(15_000)));
    // What it took, the office says where nobody can know.
    let errand = ordered(&emma, "errand", &[("answers[what]", "Post a letter")]).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    decide(&desk, &errand, "concierge/quote", &[("hours", "1.5")]).await.ok();
    assert_eq!(file(&emma, &errand).await["card"]["order"]["amount"], json!(9000));
}

/// The first formula on a page, or a part of it.
fn formula(page: &str) -> &str {
    let formula = page.split("formula\">").nth(1).and_then(|rest| rest.split('<').next());
    formula.unwrap_or_else(|| panic!("no formula: {page}"))
}

#[sqlx::test(migrations = "../app/migrations")]
async fn air_conditioning_after_hours_shows_its_formula(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::BOYAN_COORDINATOR).await;
    let unit: uuid::Uuid = house
        .value("select u.id from unit u join estate e on e.id = u.estate_id and e.code_prefix = 'BY' order by u.number limit 1")
        .await;
    let unit = unit.to_string();
    let sheet = desk.post_exactly("concierge/service_for", &[("unit", &unit), ("slug", "after-hours-ac")]).await.ok();
    let service = sheet["chosen"]["id"].as_str().unwrap();
    let account = sheet["people"][0][0].as_str().unwrap_or_default();
    let mut fields = vec![
        ("service", service),
        ("unit", unit.as_str()),
        ("answers[when]", "2026-11-23T19:00"),
        ("answers[hours]", "3"),
        ("answers[zones]", "2"),
    ];
    if !account.is_empty() {
        fields.push(("account", account));
    }
    let code = desk.post("concierge/order_for", &fields).await.ok()["code"].as_str().unwrap().to_owned();
    let order = entry(&desk, &code).await["entry"]["card"]["order"].clone();
    assert_eq!((&order["rate"], &order["pieces"], &order["amount"]), (&json!(12_000), &json!(2), &json!(72_000)));
    let page = desk.get(&format!("/staff/services/orders/{code}")).await.text();
    let reckoned = |page: &str| {
        let sum = formula(page);
        assert!(sum.contains("¥120") && sum.ends_with(" × 2 = ¥720"), "{sum}");
    };
    reckoned(&page);

    // Its tenant reads it before they order, and again on the notice that they sign (J9).
    let grace = house.as_person(cast::BOYAN_CONTACT).await;
    let page = grace.get("/services/after-hours-ac").await.text();
    let rule = formula(&page);
    assert!(rule.contains("¥120") && rule.matches(" × ").count() == 2, "{rule}");
    let cooled = [("answers[when]", "2026-11-23T19:00"), ("answers[hours]", "3"), ("answers[zones]", "2")];
    let code = ordered(&grace, "after-hours-ac", &cooled).await;
    let page = grace.get(&format!("/services/orders/{code}")).await.text();
    let notice = page.split("id=\"notice\"").nth(1).unwrap_or_else(|| panic!("no charge notice: {page}"));
    reckoned(notice);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn answers_are_read_before_anything_is_ordered(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let wrong =
        order(&emma, "taxi", &[("answers[people]", "7"), ("answers[car]", "bus"), ("answers[other]", "x")]).await;
    let expected = [
        ("answers[when]", json!("Missing")),
        ("answers[destination]", json!("Missing")),
        ("answers[people]", json!({ "NotBetween": [1, 6] })),
        ("answers[car]", json!("NotAChoice")),
        ("answers[phone]", json!("Missing")),
    ];
    assert_eq!(notes(&wrong.json()), expected);
    for (when, note) in [
        ("2026-11-23T11:00", json!("InThePast")),
        ("2026-11-23T12:10", json!({ "TooSoon": 30 })),
        ("2028-01-01T12:00", json!("TooFarAhead")),
    ] {
        let at = [&[("answers[when]", when)][..], &TAXI[1..]].concat();
        assert_eq!(notes(&order(&emma, "taxi", &at).await.json()), [("answers[when]", note)], "{when}");
    }
    let night = [("answers[when]", "2026-11-25T23:30"), ("answers[hours]", "3"), ("answers[pets]", "no")];
    assert_eq!(notes(&order(&emma, "home-cleaning", &night).await.json()), [("answers[when]", json!("NotOpen"))]);
    for elsewhere in ["pool", "activity"] {
        assert_eq!(order(&emma, elsewhere, &[]).await.json(), json!({ "Refused": "NotOrdered" }), "{elsewhere}");
    }
    assert_eq!(house.value::<i64>("select count(*) from service_order").await, 0);
    // Without scripts what was typed comes back with the notes beside it.
    let sheet = sheet(&emma, "taxi").await;
    let (service, home) = (&sheet["service"]["id"], &sheet["homes"][0]["unit"]["id"]);
    let then = [("then", "/services/orders/{code}")];
    let fields = [("service", service.as_str().unwrap()), ("home", home.as_str().unwrap())];
    let kept = emma.submit("/services/taxi", "concierge/order", &[&fields[..], &TAXI[1..2], &then[..]].concat()).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let went = emma.submit("/services/taxi", "concierge/order", &[&fields[..], &TAXI[..], &then[..]].concat()).await;
    assert!(went.location().starts_with("/services/orders/LY-"), "{}", went.location());
    assert_eq!(emma.get(went.location()).await.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_else_sees_or_moves_an_order(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let code = ordered(&emma, "taxi", &TAXI).await;
    for (who, seen) in [(cast::NEIGHBOUR, StatusCode::NOT_FOUND), (cast::FORMER_RESIDENT, StatusCode::NOT_FOUND)] {
        let other = house.as_person(who).await;
        assert_eq!(other.post_exactly("concierge/file", &[("code", &code)]).await.status, seen, "{who}");
    }
    for (who, seen) in [
        (cast::TECHNICIAN, StatusCode::NOT_FOUND),
        (cast::FEE_COLLECTOR, StatusCode::FORBIDDEN),
        (cast::BOYAN_COORDINATOR, StatusCode::NOT_FOUND),
        (cast::RECEPTIONIST, StatusCode::OK),
    ] {
        let other = house.as_person(who).await;
        assert_eq!(other.post_exactly("concierge/entry", &[("code", &code)]).await.status, seen, "{who}");
    }
    let order = file(&emma, &code).await["card"]["order"].clone();
    let neighbour = house.as_person(cast::NEIGHBOUR).await;
    assert_eq!(go(&neighbour, &order, "concierge/withdraw", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(go(&emma, &order, "concierge/decline", &[("reason", "no")]).await.status, StatusCode::FORBIDDEN);
}
