//! Bundles of the catalogue: one order, one charge notice with a line for each part, and the room that belongs to it; all of
//! it, or nothing.

use crate::concierge::{decide, entry, file, order, ordered, sheet, step};
use crate::concierge_book::publish;
use crate::concierge_hands::{listed, status, told};
use crate::house::{Caller, House};
use app::services::ServiceForm;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// A meeting of two hours with tea, lunch and a car, in the office building.
const DAY: [(&str, &str); 13] = [
    ("answers[when]", "2026-11-26T10:00"),
    ("answers[hours]", "2"),
    ("answers[people]", "6"),
    ("answers[tea.when]", "2026-11-26T10:00"),
    ("answers[tea.people]", "6"),
    ("answers[lunch.when]", "2026-11-26T12:00"),
    ("answers[lunch.people]", "6"),
    ("answers[car.when]", "2026-11-26T09:00"),
    ("answers[car.destination]", "Boyan Tower"),
    ("answers[car.people]", "3"),
    ("answers[car.car]", "van"),
    ("answers[car.phone]", "138 0000 0000"),
    ("note", "Flowers on the table, please"),
];

/// A visit: dinner together, a car, and a room for two nights.
const VISIT: [(&str, &str); 9] = [
    ("answers[when]", "2026-11-26T18:00"),
    ("answers[people]", "4"),
    ("answers[nights]", "2"),
    ("answers[guests]", "2"),
    ("answers[car.when]", "2026-11-26T16:00"),
    ("answers[car.destination]", "The estate"),
    ("answers[car.people]", "2"),
    ("answers[car.car]", "car"),
    ("answers[car.phone]", "138 0000 0000"),
];

fn amounts(file: &Value) -> Vec<i64> {
    file["parts"].as_array().unwrap().iter().map(|part| part["amount"].as_i64().unwrap()).collect()
}

/// One of the three meeting rooms at that hour, kept for a company: the booking's code.
async fn hold(company: &Caller<'_>) -> String {
    let week = crate::bookings::week(company, "meeting-room", "2026-11-26").await;
    let starts = "2026-11-26T02:00:00Z".parse::<app::moment::Moment>().unwrap().timestamp();
    let held = crate::bookings::send(company, "bookings/hold", &crate::bookings::wants(&week, starts)).await.ok();
    held["code"].as_str().unwrap().to_owned()
}

/// So many of them, booked.
async fn fill(company: &Caller<'_>, count: usize) {
    for _ in 0..count {
        let code = hold(company).await;
        crate::bookings::step(company, &code, "bookings/confirm").await.ok();
    }
}

/// What is booked for the first part of an order.
async fn room(caller: &Caller<'_>, code: &str) -> Value {
    file(caller, code).await["parts"][0]["booking"]["booking"].clone()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_conference_day_is_one_order_with_a_line_for_each_part(pool: PgPool) {
    let house = House::open(pool).await;
    let (grace, desk) = (house.as_person(cast::BOYAN_CONTACT).await, house.as_person(cast::BOYAN_COORDINATOR).await);
    let made = order(&grace, "conference-day", &DAY).await.ok();
    let code = made["code"].as_str().unwrap();
    let seen = file(&grace, code).await;
    // The room for two hours, tea and lunch for six, a car that costs nothing; and arranging it all.
    assert_eq!(amounts(&seen), [16_000, 15_000, 27_000, 0]);
    assert_eq!(seen["card"]["order"]["amount"], json!(68_000));
    assert_eq!(seen["card"]["order"]["stage"], json!("quoted"));
    let room = &seen["parts"][0]["booking"]["booking"];
    assert_eq!((&room["stage"], &room["heads"]), (&json!("confirmed"), &json!(6)));
    assert_eq!(seen["parts"][2]["answers"], json!({ "people": "6", "when": "2026-11-26T12:00" }));
    // The room goes with the order.
    let booked = room["code"].as_str().unwrap();
    let alone = crate::bookings::step(&grace, booked, "bookings/cancel").await;
    assert_eq!(alone.json(), json!({ "Refused": "IsPart" }));

    step(&grace, code, "concierge/sign", &[]).await.ok();
    assert_eq!(house.value::<i64>("select amount from charge_notice").await, 68_000);
    let page = desk.get(&format!("/staff/services/orders/{code}")).await.text();
    assert!(page.contains("¥270") && page.contains("¥680"), "{page}");
    decide(&desk, code, "concierge/start", &[]).await.ok();
    let sheet = entry(&desk, code).await;
    assert_eq!(sheet["parts"].as_array().unwrap().len(), 4);
    // Whom to call about the car stands on the desk's page.
    assert!(sheet["part_vendors"][0]["phone"].is_string(), "{}", sheet["part_vendors"]);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn all_of_it_or_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let grace = house.as_person(cast::BOYAN_CONTACT).await;
    fill(&grace, 3).await;
    assert_eq!(house.value::<i64>("select count(*) from booking where stage = 'confirmed'").await, 3);
    let refused = order(&grace, "conference-day", &DAY).await.json();
    assert_eq!(refused["Taken"]["instead"].as_array().unwrap().len(), 3, "when else there is a room: {refused}");
    for left in ["select count(*) from service_order", "select count(*) from service_order_part"] {
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(left)).fetch_one(&house.pool).await.unwrap();
        assert_eq!(count, 0, "{left}");
    }
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 3);
    // What is wrong with any part is noted at once, under its own name; and nothing is booked.
    let wrong =
        order(&grace, "conference-day", &[&DAY[..4], &[("answers[tea.people]", "0")][..]].concat()).await.json();
    let fields: Vec<_> = wrong["Invalid"].as_array().unwrap().iter().map(|note| note["field"].clone()).collect();
    assert!(
        fields.contains(&json!("answers[tea.people]")) && fields.contains(&json!("answers[lunch.when]")),
        "{wrong}"
    );
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 3);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_visit_that_is_withdrawn_gives_its_table_and_its_room_back(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let asked = sheet(&emma, "guest-visit").await;
    assert_eq!(asked["service"]["terms"]["parts"].as_array().unwrap().len(), 3);
    let made = order(&emma, "guest-visit", &VISIT).await.ok();
    let code = made["code"].as_str().unwrap();
    let seen = file(&emma, code).await;
    assert_eq!((amounts(&seen), &seen["card"]["order"]["amount"]), (vec![0, 0, 56_000], &json!(59_000)));
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 2);
    // The room is theirs from check-in that day until check-out two nights later, whenever they dine.
    let room = &seen["parts"][2]["booking"]["booking"];
    assert_eq!(room["starts_at"], json!("2026-11-26T07:00:00Z"));
    assert_eq!((&room["ends_at"], &room["heads"]), (&json!("2026-11-28T04:00:00Z"), &json!(2)));
    // Nobody makes it cheaper behind its notice.
    let cheaper = "update service_order set amount = 1, version = version + 1";
    assert!(sqlx::query(cheaper).execute(&house.pool).await.unwrap_err().to_string().contains("does not add up"));
    step(&emma, code, "concierge/withdraw", &[]).await.ok();
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 0);
    let again = emma.post_exactly("concierge/service", &[("slug", "guest-visit"), ("again", code)]).await.ok();
    assert_eq!(again["again"]["answers"]["car.phone"], json!("138 0000 0000"));
    let page = emma.get("/services/guest-visit").await.text();
    assert!(page.contains("answers[nights]") && page.contains("Guest room"), "{page}");
}

/// Another call of theirs would else hold the one and wait for the other.
#[sqlx::test(migrations = "../app/migrations")]
async fn facilities_of_one_order_are_waited_for_in_one_order(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let ids = "select array_agg(f.id order by f.id) from facility f join estate e on e.id = f.estate_id
         where e.code_prefix = 'LY' and f.slug in ('restaurant', 'guest-room')";
    let [first, second]: [uuid::Uuid; 2] = house.value::<Vec<uuid::Uuid>>(ids).await.try_into().unwrap();
    let lock = "select id from facility where id = $1 for update nowait";
    let is_waiting = "select exists (
           select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
    // Both that they are booked, and that they are given back.
    let mut code = String::new();
    for is_made in [true, false] {
        let mut other = house.pool.begin().await.unwrap();
        sqlx::query(lock).bind(first).execute(&mut *other).await.unwrap();
        let asked = async {
            match is_made {
                true => order(&emma, "guest-visit", &VISIT).await.ok(),
                false => step(&emma, &code, "concierge/withdraw", &[]).await.ok(),
            }
        };
        let looked = async {
            let mut looks = 0;
            while !house.value::<bool>(is_waiting).await {
                looks += 1;
                assert!(looks < 500, "nobody waits");
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            let free = sqlx::query(lock).bind(second).execute(&house.pool).await;
            assert!(free.is_ok(), "nobody holds the second who waits for the first");
            other.rollback().await.unwrap();
        };
        let (answer, ()) = futures::future::join(asked, looked).await;
        if is_made {
            code = answer["code"].as_str().unwrap().to_owned();
        }
    }
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_goes_with_an_order_is_not_taken_from_it(pool: PgPool) {
    let house = House::open(pool).await;
    let (grace, desk) = (house.as_person(cast::BOYAN_CONTACT).await, house.as_person(cast::BOYAN_COORDINATOR).await);
    let code = ordered(&grace, "conference-day", &DAY).await;
    let booking = room(&grace, &code).await;
    let (id, seen, booked) = (&booking["id"], booking["version"].to_string(), booking["code"].as_str().unwrap());
    let is_part = json!({ "Refused": "IsPart" });
    for endpoint in ["bookings/call_off", "bookings/decline"] {
        assert_eq!(crate::bookings_office::decide(&desk, booked, endpoint).await.json(), is_part, "{endpoint}");
    }
    let starts = booking["starts_at"].as_str().unwrap().parse::<app::moment::Moment>().unwrap().timestamp() + 3600;
    let starts = starts.to_string();
    let elsewhen = [("id", id.as_str().unwrap()), ("seen", seen.as_str()), ("starts", starts.as_str()), ("steps", "4")];
    assert_eq!(desk.post("bookings/reschedule_for", &elsewhen).await.json(), is_part);
    let page = desk.get(&format!("/staff/bookings/{booked}")).await.text();
    assert!(page.contains(&format!("/staff/services/orders/{code}")), "{page}");
    assert!(!page.contains("bookings/call_off") && !page.contains("moving="), "{page}");
    // Whatever took it away, nobody signs for it.
    let gone = "delete from unit_claim; update booking set stage = 'cancelled', version = version + 1";
    sqlx::raw_sql(gone).execute(&house.pool).await.unwrap();
    assert_eq!(step(&grace, &code, "concierge/sign", &[]).await.json(), json!({ "Refused": "PartGone" }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_booking_that_nobody_answered_is_told_to_whoever_answers_for_the_order(pool: PgPool) {
    let house = House::open(pool).await;
    let grace = house.as_person(cast::BOYAN_CONTACT).await;
    let code = ordered(&grace, "conference-day", &DAY).await;
    step(&grace, &code, "concierge/sign", &[]).await.ok();
    sqlx::raw_sql("update booking set stage = 'requested', version = version + 1").execute(&house.pool).await.unwrap();
    house.advance(70 * 60);
    assert!(app::bookings::settle_due(&house.backend).await.unwrap());
    assert_eq!(house.value::<String>("select stage from booking").await, "lapsed");
    let holders = "select count(*) from message m
         join service_order o on o.estate_id = m.estate_id
         join staff_member s on s.estate_id = o.estate_id and s.id = o.accountable_id and s.account_id = m.account_id
         where m.telling::text like '%part_lapsed%'";
    assert_eq!(house.value::<i64>(holders).await, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_bundle_goes_back_as_late_as_its_room_may(pool: PgPool) {
    let house = House::open(pool).await;
    let grace = house.as_person(cast::BOYAN_CONTACT).await;
    let code = ordered(&grace, "conference-day", &DAY).await;
    step(&grace, &code, "concierge/sign", &[]).await.ok();
    house.advance(69 * 60);
    let grace = house.as_person(cast::BOYAN_CONTACT).await;
    let late = step(&grace, &code, "concierge/withdraw", &[]).await.json();
    assert_eq!(late, json!({ "Refused": "TooLateToCancel" }), "an hour before it begins");
    house.advance(61);
    let begun = step(&grace, &code, "concierge/withdraw", &[]).await.json();
    assert_eq!(begun, json!({ "Refused": "HasBegun" }));
    let seen = file(&grace, &code).await;
    assert_eq!((&seen["card"]["order"]["stage"], &seen["moves"]), (&json!("signed"), &json!([])));
    // The office still may say that it cannot do it; who sits there is not sent out.
    let desk = house.as_person(cast::BOYAN_COORDINATOR).await;
    decide(&desk, &code, "concierge/decline", &[("reason", "The cook is ill")]).await.ok();
    assert_eq!(room(&grace, &code).await["stage"], json!("confirmed"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_nobody_signed_for_is_free_when_it_would_begin(pool: PgPool) {
    let house = House::open(pool).await;
    let grace = house.as_person(cast::BOYAN_CONTACT).await;
    ordered(&grace, "conference-day", &DAY).await;
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 1);
    house.advance(70 * 60);
    assert!(app::concierge::settle_due(&house.backend).await.unwrap());
    assert_eq!(house.value::<String>("select stage from service_order").await, "lapsed");
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_bundle_that_lacks_a_part_is_not_offered(pool: PgPool) {
    let house = House::open(pool).await;
    let (grace, desk) = (house.as_person(cast::BOYAN_CONTACT).await, house.as_person(cast::BOYAN_COORDINATOR).await);
    let asked = sheet(&grace, "conference-day").await;
    let (service, home) = (asked["service"]["id"].as_str().unwrap(), asked["homes"][0]["unit"]["id"].as_str().unwrap());
    let form = [&[("service", service), ("home", home)][..], &DAY[..]].concat();
    let is_offered = async || {
        let shelf = grace.post_exactly("concierge/shelf", &[]).await.ok();
        let sheet = grace.post_exactly("concierge/service", &[("slug", "conference-day")]).await.status;
        let is_on_shelf = shelf.to_string().contains("\"conference-day\"");
        assert_eq!(is_on_shelf, sheet == StatusCode::OK);
        is_on_shelf
    };
    assert!(is_offered().await);
    for (retired, offered) in [
        (
            "update catalogue_item set retired_at = now() where slug = 'tea'",
            "update catalogue_item set retired_at = null where slug = 'tea'",
        ),
        (
            "update facility set retired_at = now() where slug = 'meeting-room'",
            "update facility set retired_at = null where slug = 'meeting-room'",
        ),
    ] {
        sqlx::raw_sql(retired).execute(&house.pool).await.unwrap();
        assert!(!is_offered().await, "{retired}");
        assert_eq!(grace.post("concierge/order", &form).await.status, StatusCode::NOT_FOUND, "{retired}");
        let book = desk.post_exactly("concierge/book", &[("slug", "conference-day")]).await.ok();
        assert_eq!(book["chosen"]["service"]["slug"], json!("conference-day"), "the office still keeps it");
        sqlx::raw_sql(offered).execute(&house.pool).await.unwrap();
    }
    assert!(is_offered().await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn ones_own_half_filled_form_is_in_nobodys_way(pool: PgPool) {
    let house = House::open(pool).await;
    let grace = house.as_person(cast::BOYAN_CONTACT).await;
    fill(&grace, 2).await;
    hold(&grace).await;
    ordered(&grace, "conference-day", &DAY).await;
    let stages = "select string_agg(stage, ' ' order by stage) from booking";
    assert_eq!(house.value::<String>(stages).await, "confirmed confirmed confirmed expired");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_delivers_a_part_reads_the_order(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let (plumber, other) = (house.as_person(cast::TECHNICIAN).await, house.as_person(cast::OTHER_TECHNICIAN).await);
    let theirs = format!("person:{}", crate::work::staff_id(&house, cast::TECHNICIAN).await);
    publish(&manager, "taxi", "", |form: &mut ServiceForm| form.delivered_by = theirs).await.ok();
    let code = ordered(&emma, "guest-visit", &VISIT).await;
    assert_eq!((listed(&plumber, &[]).await.len(), status(&plumber, &code).await), (0, StatusCode::NOT_FOUND));
    step(&emma, &code, "concierge/sign", &[]).await.ok();
    assert_eq!((told(&plumber).await, listed(&plumber, &[]).await), (vec![json!("yours")], vec![code.clone()]));
    assert_eq!((listed(&other, &[]).await.len(), status(&other, &code).await), (0, StatusCode::NOT_FOUND));
    let seen = entry(&plumber, &code).await;
    assert_eq!((&seen["moves"], &seen["may_write"], &seen["part_vendors"]), (&json!([]), &json!(false), &json!([])));
    let page = plumber.get(&format!("/staff/services/orders/{code}")).await.text();
    assert!(!page.contains("href=\"/staff/bookings/") && !page.contains("concierge/note"), "{page}");
    // They read it, and no more.
    let order = seen["entry"]["card"]["order"]["id"].as_str().unwrap();
    let note = [("id", order), ("words", "The towels are there")];
    assert_eq!(plumber.post("concierge/note", &note).await.status, StatusCode::NOT_FOUND);
    assert_eq!(decide(&plumber, &code, "concierge/start", &[]).await.status, StatusCode::NOT_FOUND);
    let desk = house.as_person(cast::RECEPTIONIST).await;
    decide(&desk, &code, "concierge/start", &[]).await.ok();
    assert_eq!(listed(&plumber, &[]).await, [code.as_str()]);
}
