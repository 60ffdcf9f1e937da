//! How orders end, and what does not hold any more: prices, homes, arrivals, and those who were to deliver them.

use crate::concierge::{TAXI, TRAVEL, decide, file, ordered, step};
use crate::concierge_book::{COPIES, publish};
use crate::concierge_hands::told;
use crate::house::{Caller, House};
use app::concierge::settle_due;
use app::services::ServiceForm;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// A cleaning the day after tomorrow, at nine.
const CLEANING: [(&str, &str); 3] =
    [("answers[when]", "2026-11-25T09:00"), ("answers[hours]", "3"), ("answers[pets]", "no")];

async fn stage(caller: &Caller<'_>, code: &str) -> Value {
    file(caller, code).await["card"]["order"]["stage"].clone()
}

/// A trip that is signed and begun.
async fn begun(house: &House) -> String {
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let code = ordered(&emma, "travel", &TRAVEL).await;
    decide(&desk, &code, "concierge/quote", &[("amount", "100")]).await.ok();
    step(&emma, &code, "concierge/sign", &[]).await.ok();
    decide(&desk, &code, "concierge/start", &[("agency", "Antu")]).await.ok();
    code
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_price_holds_until_the_time_that_it_is_for(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let code = ordered(&emma, "home-cleaning", &CLEANING).await;
    let order = file(&emma, &code).await["card"]["order"].clone();
    assert_eq!((&order["stage"], &order["due_at"]), (&json!("quoted"), &order["needed_at"]));
    house.advance(45 * 60);
    let emma = house.as_person(cast::RESIDENT).await;
    assert_eq!(file(&emma, &code).await["moves"], json!(["withdraw"]));
    assert_eq!(step(&emma, &code, "concierge/sign", &[]).await.json(), json!({ "Refused": "PriceOver" }));
    assert!(settle_due(&house.backend).await.unwrap());
    assert_eq!(stage(&emma, &code).await, json!("lapsed"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_begun_has_ways_out(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    // What is free its person may still not want, until it is wanted.
    let taxi = ordered(&emma, "taxi", &TAXI).await;
    decide(&desk, &taxi, "concierge/start", &[("agency", "Li Cheng")]).await.ok();
    step(&emma, &taxi, "concierge/withdraw", &[]).await.ok();
    assert_eq!(stage(&emma, &taxi).await, json!("withdrawn"));
    let [one, two, three, four] = [begun(&house).await, begun(&house).await, begun(&house).await, begun(&house).await];
    decide(&desk, &one, "concierge/decline", &[("reason", "The agency closed")]).await.ok();
    assert_eq!(stage(&emma, &one).await, json!("declined"));
    for code in [&two, &three, &four] {
        decide(&desk, code, "concierge/deliver", &[]).await.ok();
        step(&emma, code, "concierge/send_back", &[("words", "The wrong week")]).await.ok();
    }
    decide(&desk, &two, "concierge/refer", &[("reason", "There is no other week")]).await.ok();
    assert!(emma.get(&format!("/services/orders/{three}")).await.text().contains("concierge/refuse"));
    step(&emma, &three, "concierge/refuse", &[("reason", "Not any more")]).await.ok();
    decide(&desk, &four, "concierge/decline", &[("reason", "The agency closed")]).await.ok();
    for (code, end) in [(&two, "referred"), (&three, "referred"), (&four, "declined")] {
        assert_eq!(stage(&emma, code).await, json!(end));
    }
    let paid = begun(&house).await;
    assert_eq!(step(&emma, &paid, "concierge/withdraw", &[]).await.json(), json!({ "Refused": "AlreadyMoved" }));
    let sql = "update service_order set stage = 'withdrawn', due_at = null, version = version + 1
         where stage = 'delivering'";
    assert!(sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string().contains("paid and begun"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nothing_arrives_before_it_was_signed_or_sent_back(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let code = ordered(&emma, "travel", &TRAVEL).await;
    decide(&desk, &code, "concierge/quote", &[("amount", "100")]).await.ok();
    house.advance(90);
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    step(&emma, &code, "concierge/sign", &[]).await.ok();
    decide(&desk, &code, "concierge/start", &[("agency", "Antu")]).await.ok();
    house.advance(30);
    let early = json!({ "Invalid": [{ "field": "arrived", "note": "NotInOrder" }] });
    let came = async |desk: &Caller<'_>, at: &str| decide(desk, &code, "concierge/deliver", &[("arrived", at)]).await;
    assert_eq!(came(&desk, "2026-11-23T13:29").await.json(), early);
    came(&desk, "2026-11-23T13:30").await.ok();
    assert_eq!(file(&emma, &code).await["card"]["order"]["first_in_time"], json!(true));
    step(&emma, &code, "concierge/send_back", &[("words", "The wrong week")]).await.ok();
    decide(&desk, &code, "concierge/start", &[]).await.ok();
    assert_eq!(came(&desk, "2026-11-23T13:59").await.json(), early);
    // Done again, and late: how it came first is what counts.
    house.advance(3 * 24 * 60);
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    decide(&desk, &code, "concierge/deliver", &[]).await.ok();
    step(&emma, &code, "concierge/accept", &[]).await.ok();
    let over = desk.post_exactly("concierge/desk", &[("over", "true")]).await.ok();
    assert_eq!((&over["figures"][0]["in_time"], &over["figures"][0]["promised"]), (&json!(1), &json!(1)));
    let arrivals = "select count(distinct details ->> 'arrived_at') from happening where kind = 'delivered'";
    assert_eq!(house.value::<i64>(arrivals).await, 2, "both are on record");
    let later = desk.post_exactly("concierge/desk", &[("over", "true"), ("found", "false")]).await.ok();
    assert_eq!((&later["figures"], &later["years"]), (&json!([]), &json!([])), "they are asked once");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_moved_out_signs_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let code = ordered(&emma, "copying", &COPIES).await;
    let leaves = "update occupancy set to_on = '2026-11-22' where to_on is null and party_id in (
           select pa.party_id from party_account pa join account a on a.id = pa.account_id where a.sign_in = 'emma')";
    sqlx::query(leaves).execute(&house.pool).await.unwrap();
    let emma = house.as_person(cast::RESIDENT).await;
    assert_eq!(file(&emma, &code).await["moves"], json!(["withdraw"]));
    assert_eq!(step(&emma, &code, "concierge/sign", &[]).await.json(), json!({ "Refused": "MovedOut" }));
    step(&emma, &code, "concierge/withdraw", &[]).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_left_delivers_nothing_and_that_is_told(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let staff = crate::work::staff_id(&house, cast::OTHER_TECHNICIAN).await;
    let theirs = format!("person:{staff}");
    publish(&manager, "copying", "", |form: &mut ServiceForm| form.delivered_by = theirs).await.ok();
    let code = ordered(&emma, "copying", &COPIES).await;
    step(&emma, &code, "concierge/sign", &[]).await.ok();
    assert_eq!(told(&house.as_person(cast::OTHER_TECHNICIAN).await).await, ["yours"]);
    let next = ordered(&emma, "copying", &COPIES).await;
    step(&emma, &next, "concierge/withdraw", &[]).await.ok();
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    head.post("people/let_go", &[("staff", &staff)]).await.ok();
    let nobody = "select count(*) from message where telling::text like '%nobody_delivers%'";
    assert_eq!(house.value::<i64>(nobody).await, 1, "of what is under way");
    let next = ordered(&emma, "copying", &COPIES).await;
    step(&emma, &next, "concierge/sign", &[]).await.ok();
    assert_eq!(house.value::<i64>(nobody).await, 2, "and of what would be theirs");
    let refused =
        publish(&manager, "copying", "", |form: &mut ServiceForm| form.price = "0.80".to_owned()).await.json();
    assert_eq!(refused["Invalid"][0], json!({ "field": "terms[delivered_by]", "note": "NotAChoice" }));
}
