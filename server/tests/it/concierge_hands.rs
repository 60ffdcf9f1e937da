//! Those who deliver what was ordered, how long orders wait, and how services are found month by month.

use crate::concierge::{TAXI, TRAVEL, decide, entry, file, ordered, step};
use crate::concierge_book::{COPIES, publish};
use crate::house::{Caller, House};
use crate::policy::{QUALITY, send};
use app::concierge::settle_due;
use app::services::ServiceForm;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// What somebody was told of orders in the office, the newest first.
pub async fn told(caller: &Caller<'_>) -> Vec<Value> {
    let inbox = caller.post_exactly("messages/inbox", &[("side", "office")]).await.ok();
    let all = inbox["messages"].as_array().unwrap().iter().map(|message| message["telling"].clone());
    all.filter(|telling| telling["told"] == "service").map(|telling| telling["news"]["news"].clone()).collect()
}

/// The codes of what somebody is to deliver, or of all that is owed.
pub async fn listed(caller: &Caller<'_>, fields: &[(&str, &str)]) -> Vec<String> {
    let list = caller.post_exactly("concierge/desk", fields).await.ok();
    let entries = list["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["card"]["order"]["code"].as_str().unwrap().to_owned()).collect()
}

pub async fn status(caller: &Caller<'_>, code: &str) -> StatusCode {
    caller.post_exactly("concierge/entry", &[("code", code)]).await.status
}

async fn staff_id(house: &House) -> String {
    let sql = "select m.id from staff_member m join account a on a.id = m.account_id
         join estate e on e.id = m.estate_id and e.code_prefix = 'LY' where a.sign_in = 'laochen'";
    house.value::<uuid::Uuid>(sql).await.to_string()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_delivers_is_told_and_sees_it_through(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let (plumber, other) = (house.as_person(cast::TECHNICIAN).await, house.as_person(cast::OTHER_TECHNICIAN).await);
    let plumbers = format!("person:{}", staff_id(&house).await);
    publish(&manager, "copying", "", |form: &mut ServiceForm| form.delivered_by = plumbers).await.ok();
    let code = ordered(&emma, "copying", &COPIES).await;
    assert_eq!((listed(&plumber, &[]).await.len(), status(&plumber, &code).await), (0, StatusCode::NOT_FOUND));
    step(&emma, &code, "concierge/sign", &[]).await.ok();
    assert_eq!(told(&plumber).await, ["yours"]);
    assert_eq!(listed(&plumber, &[]).await, [code.as_str()]);
    assert_eq!((listed(&other, &[]).await.len(), status(&other, &code).await), (0, StatusCode::NOT_FOUND));
    assert!(plumber.get("/staff/services").await.text().contains(&code));

    let seen = entry(&plumber, &code).await;
    assert_eq!((&seen["moves"], &seen["is_desk"]), (&json!(["start"]), &json!(false)));
    assert_eq!(decide(&plumber, &code, "concierge/decline", &[("reason", "No")]).await.status, StatusCode::FORBIDDEN);
    decide(&plumber, &code, "concierge/start", &[]).await.ok();
    decide(&plumber, &code, "concierge/deliver", &[]).await.ok();
    house.advance(1);
    step(&emma, &code, "concierge/send_back", &[("words", "A page is missing")]).await.ok();
    assert_eq!(told(&plumber).await, ["sent_back", "yours"]);
    decide(&plumber, &code, "concierge/start", &[]).await.ok();
    decide(&plumber, &code, "concierge/deliver", &[]).await.ok();
    step(&emma, &code, "concierge/accept", &[]).await.ok();
    assert_eq!(status(&plumber, &code).await, StatusCode::NOT_FOUND, "it is nobody's to deliver any more");
    let order = file(&emma, &code).await["card"]["order"].clone();
    assert_eq!(order["stage"], json!("billed"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_department_sees_what_is_its_own(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let repair = [
        ("answers[when]", "2026-11-25T10:00"),
        ("answers[trade]", "water"),
        ("answers[what]", "The tap drips"),
        ("answers[own_material]", "no"),
    ];
    let (tap, taxi) = (ordered(&emma, "home-repair", &repair).await, ordered(&emma, "taxi", &TAXI).await);
    decide(&desk, &tap, "concierge/quote", &[("hours", "1")]).await.ok();
    step(&emma, &tap, "concierge/sign", &[]).await.ok();
    for who in [cast::TECHNICIAN, cast::OTHER_TECHNICIAN, cast::SUPERVISOR] {
        let one = house.as_person(who).await;
        assert_eq!((listed(&one, &[]).await, told(&one).await.len()), (vec![tap.clone()], 0), "{who}");
        assert_eq!(status(&one, &taxi).await, StatusCode::NOT_FOUND, "a firm brings it");
    }
    for who in [cast::CLEANER, cast::GUARD] {
        let one = house.as_person(who).await;
        assert_eq!((listed(&one, &[]).await.len(), status(&one, &tap).await), (0, StatusCode::NOT_FOUND), "{who}");
    }
    for who in [cast::FEE_COLLECTOR, cast::ADMINISTRATOR, cast::HQ] {
        let one = house.as_person(who).await;
        assert_eq!(one.post_exactly("concierge/desk", &[]).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    // The desk sees all of it, and of what is its own to deliver, that.
    assert_eq!(listed(&desk, &[]).await.len(), 2);
    assert_eq!(listed(&desk, &[("mine", "true")]).await.len(), 0);
    let vendor = entry(&desk, &taxi).await["vendor"].clone();
    assert!(vendor["phone"].is_string(), "whom to call: {vendor}");
    let plumber = house.as_person(cast::TECHNICIAN).await;
    decide(&plumber, &tap, "concierge/start", &[]).await.ok();
    assert_eq!(file(&emma, &tap).await["card"]["order"]["stage"], json!("delivering"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn how_long_orders_wait_is_the_policys(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let waits = [("quote_days", "2"), ("word_days", "3"), ("rework_hours", "5")];
    send(&manager, "policy/set_quality", &[&QUALITY[..], &waits[..]].concat()).await.ok();
    send(&manager, "policy/publish", &[("start", "now"), ("note", "Agencies hold prices shorter.")]).await.ok();
    house.advance(1);
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let (lapses, silent) = (ordered(&emma, "travel", &TRAVEL).await, ordered(&emma, "travel", &TRAVEL).await);
    for code in [&lapses, &silent] {
        decide(&desk, code, "concierge/quote", &[("amount", "100")]).await.ok();
    }
    step(&emma, &silent, "concierge/sign", &[]).await.ok();
    decide(&desk, &silent, "concierge/start", &[("agency", "Antu")]).await.ok();
    decide(&desk, &silent, "concierge/deliver", &[]).await.ok();
    step(&emma, &silent, "concierge/send_back", &[("words", "The wrong week")]).await.ok();
    let hours = "select extract(epoch from due_at - stage_at)::int / 3600 from service_order where stage = 'rework'";
    assert_eq!(house.value::<i32>(hours).await, 5);
    decide(&desk, &silent, "concierge/start", &[]).await.ok();
    decide(&desk, &silent, "concierge/deliver", &[]).await.ok();
    let stage = async |code: &str| {
        let emma = house.as_person(cast::RESIDENT).await;
        file(&emma, code).await["card"]["order"]["stage"].clone()
    };
    house.advance(2 * 24 * 60);
    assert!(settle_due(&house.backend).await.unwrap());
    assert_eq!((stage(&lapses).await, stage(&silent).await), (json!("lapsed"), json!("delivered")));
    house.advance(24 * 60);
    assert!(settle_due(&house.backend).await.unwrap());
    assert_eq!(stage(&silent).await, json!("billed"), "nobody said a word");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_falls_below_the_target_is_said(pool: PgPool) {
    let house = House::open(pool).await;
    for stars in ["5", "5", "5", "5", "2"] {
        let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
        let code = ordered(&emma, "taxi", &TAXI).await;
        decide(&desk, &code, "concierge/start", &[("agency", "Li Cheng")]).await.ok();
        decide(&desk, &code, "concierge/deliver", &[]).await.ok();
        let given = ["attitude", "conduct", "speed", "result"].map(|axis| (axis, stars));
        step(&emma, &code, "concierge/accept", &given).await.ok();
    }
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let over = desk.post_exactly("concierge/desk", &[("over", "true")]).await.ok();
    assert_eq!(over["first_month"], json!("2025-12-01"));
    let months = over["years"][0]["months"].as_array().unwrap();
    assert_eq!((months.len(), &months[10]["rated"]), (12, &json!(0)));
    assert_eq!((&months[11]["rated"], &months[11]["satisfied"]), (&json!(5), &json!(4)));
    let page = desk.get("/staff/services?show=over").await.text();
    assert!(page.contains("below-target") && page.contains("id=\"months\""), "{page}");
}

/// What the office orders in its own name, because nobody there has an account, is not the colleague's who typed it.
#[sqlx::test(migrations = "../app/migrations")]
async fn what_the_office_orders_is_on_nobodys_shelf(pool: PgPool) {
    let house = House::open(pool).await;
    let empty: uuid::Uuid = house
        .value(
            "select u.id from unit u join estate e on e.id = u.estate_id and e.code_prefix = 'LY'
             where not exists (select from occupancy o where o.unit_id = u.id and o.to_on is null)
             order by u.number, u.id limit 1",
        )
        .await;
    // The receptionist lives on the estate, too.
    let own: uuid::Uuid = house
        .value(
            "with who as (
               select m.estate_id, a.id as account_id, a.name, gen_random_uuid() as party_id,
                 (select o.unit_id from occupancy o join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
                  join account b on b.id = pa.account_id where b.sign_in = 'emma' limit 1) as unit_id
               from staff_member m join account a on a.id = m.account_id where a.sign_in = 'tangxin'),
             party as (insert into party (estate_id, id, kind, name) select estate_id, party_id, 'person', name from who),
             pa as (insert into party_account (estate_id, party_id, account_id) select estate_id, party_id, account_id from who)
             insert into occupancy (estate_id, id, unit_id, party_id, kind, from_on)
             select estate_id, gen_random_uuid(), unit_id, party_id, 'relative', '2020-01-01' from who returning unit_id",
        )
        .await;
    let (desk, unit) = (house.as_person(cast::RECEPTIONIST).await, empty.to_string());
    let sheet = desk.post_exactly("concierge/service_for", &[("unit", &unit), ("slug", "taxi")]).await.ok();
    assert_eq!(sheet["people"], json!([]), "nobody there has an account");
    let service = sheet["chosen"]["id"].as_str().unwrap();
    let fields = [&[("service", service), ("unit", unit.as_str())][..], &TAXI[..]].concat();
    let code = desk.post("concierge/order_for", &fields).await.ok()["code"].as_str().unwrap().to_owned();
    let shelf = desk.post_exactly("concierge/shelf", &[]).await.ok();
    assert_eq!((shelf["places"].as_array().unwrap().len(), &shelf["orders"]), (1, &json!([])), "{own}");
    assert_eq!(desk.post_exactly("concierge/file", &[("code", &code)]).await.status, StatusCode::NOT_FOUND);
    let made = entry(&desk, &code).await["entry"]["card"]["order"].clone();
    assert_eq!(made["by_office"], json!(true));
    let (id, seen) = (made["id"].as_str().unwrap(), made["version"].to_string());
    let withdrawn = desk.post("concierge/withdraw", &[("id", id), ("seen", &seen)]).await;
    assert_eq!(withdrawn.status, StatusCode::NOT_FOUND, "it is the office's to decline");
}
