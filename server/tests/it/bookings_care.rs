//! A facility is looked after: closed for a while, open at other hours for a day, shown to whoever is new to it.

use crate::bookings::{file, free, held, send, state, step, wants, week};
use crate::house::{Caller, House, Reply};
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;
use uuid::Uuid;

const COURT: &str = "tennis-court";
const MONDAY: &str = "2026-11-30";

/// A closure of a booking's facility, in a month: its id.
pub async fn closed(house: &House, file: &Value) -> String {
    let id: Uuid = sqlx::query_scalar(
        "insert into facility_closure (estate_id, id, facility_id, starts_at, ends_at, reason, made_at)
         values ($1, gen_random_uuid(), $2, $3, $3 + interval '1 hour', 'A new net', now()) returning id",
    )
    .bind(file["facility"]["estate"].as_str().unwrap().parse::<Uuid>().unwrap())
    .bind(file["facility"]["id"].as_str().unwrap().parse::<Uuid>().unwrap())
    .bind(house.backend.clock.now() + chrono::Duration::days(30))
    .fetch_one(&house.pool)
    .await
    .unwrap();
    id.to_string()
}

async fn sheet(desk: &Caller<'_>) -> Value {
    desk.post_exactly("bookings/facility", &[("slug", COURT)]).await.ok()
}

async fn close(desk: &Caller<'_>, facility: &Value, unit: &str, from: &str, until: &str) -> Reply {
    let id = facility["id"].as_str().unwrap();
    let fields = [("facility", id), ("unit", unit), ("from", from), ("until", until), ("reason", "A new net")];
    desk.post("bookings/close", &fields).await
}

async fn set_day(desk: &Caller<'_>, facility: &Value, on: &str, from: &str, until: &str) -> Reply {
    let id = facility["id"].as_str().unwrap();
    desk.post("bookings/set_day", &[("facility", id), ("on", on), ("from", from), ("until", until)]).await
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_has_what_is_closed(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let facility = sheet(&desk).await["facility"].clone();
    let court = facility["units"][0]["id"].as_str().unwrap();
    let times = free(&week(&emma, COURT, MONDAY).await);
    // The third time is that of next Monday, two hours after opening.
    let starts = times[2];
    let opens = free(&week(&emma, COURT, MONDAY).await)[0];
    assert_eq!(starts - opens, 7200);

    close(&desk, &facility, court, "2026-11-30T00:00", "2026-12-01T00:00").await.ok();
    let shown = week(&emma, COURT, MONDAY).await;
    assert_eq!(state(&shown, starts), json!({ "free": 1 }), "one court is left");
    assert_eq!(shown["closures"][0]["reason"], json!("A new net"));
    let (code, _) = held(&emma).await;
    let place = file(&emma, &code).await["card"]["place"]["en"].clone();
    assert_eq!(place, facility["units"][1]["names"]["en"], "the court that is open");
    step(&emma, &code, "bookings/confirm").await.ok();

    // What somebody has is not closed over their head.
    let refused = close(&desk, &facility, "", "2026-11-30T00:00", "2026-12-01T00:00").await.json();
    assert_eq!(refused, json!({ "Refused": "IsBooked" }));
    step(&emma, &code, "bookings/cancel").await.ok();
    close(&desk, &facility, "", "2026-11-30T00:00", "2026-12-01T00:00").await.ok();
    let shut = week(&emma, COURT, MONDAY).await;
    assert!(shut["days"][0]["slots"].as_array().unwrap().is_empty());
    let refused = send(&emma, "bookings/hold", &wants(&shown, starts)).await.json();
    assert_eq!(refused, json!({ "Invalid": [{ "field": "starts", "note": "NotAChoice" }] }));

    let all = sheet(&desk).await["closures"].as_array().unwrap().clone();
    assert_eq!(all.len(), 2);
    for closure in &all {
        let fields = [("facility", facility["id"].as_str().unwrap()), ("id", closure["id"].as_str().unwrap())];
        desk.post("bookings/reopen", &fields).await.ok();
        assert_eq!(desk.post("bookings/reopen", &fields).await.json(), json!("Stale"));
    }
    assert_eq!(state(&week(&emma, COURT, MONDAY).await, starts), json!({ "free": 2 }));

    let wrong = close(&desk, &facility, &Uuid::nil().to_string(), "2026-11-30T09:00", "2026-11-30T08:00").await;
    let note = |field: &str, note: &str| json!({ "field": field, "note": note });
    assert_eq!(wrong.json(), json!({ "Invalid": [note("until", "NotInOrder"), note("unit", "NotAChoice")] }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_database_lays_no_closure_over_a_booking(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let (code, _) = held(&emma).await;
    let insert =
        "insert into facility_closure (estate_id, id, facility_id, unit_id, starts_at, ends_at, reason, made_at)";
    let over = format!("{insert} select estate_id, id, facility_id, null, starts_at, ends_at, 'x', now() from booking");
    let beside = format!(
        "{insert} select b.estate_id, gen_random_uuid(), b.facility_id, u.id, b.starts_at, b.ends_at, 'x', now()
         from booking b join facility_unit u on u.facility_id = b.facility_id and u.id <> b.place_id"
    );
    assert!(sqlx::raw_sql(sqlx::AssertSqlSafe(over.clone())).execute(&house.pool).await.is_err());
    sqlx::raw_sql(sqlx::AssertSqlSafe(beside)).execute(&house.pool).await.unwrap();
    // And none of what is closed becomes somebody's.
    for attack in [
        "with other as (select unit_id from facility_closure)
         update booking set place_id = (select unit_id from other), version = version + 1",
        "delete from facility_closure",
    ] {
        assert!(sqlx::raw_sql(attack).execute(&house.pool).await.is_err(), "{attack}");
    }
    step(&emma, &code, "bookings/cancel").await.ok();
    sqlx::raw_sql(sqlx::AssertSqlSafe(over)).execute(&house.pool).await.unwrap();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_day_has_hours_of_its_own(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let facility = sheet(&desk).await["facility"].clone();
    set_day(&desk, &facility, MONDAY, "12:00", "14:00").await.ok();
    let shown = week(&emma, COURT, MONDAY).await;
    assert_eq!(shown["days"][0]["slots"].as_array().unwrap().len(), 2, "two hours");
    send(&emma, "bookings/hold", &wants(&shown, free(&shown)[1])).await.ok();

    // Nobody who has it is shut out, neither by other hours nor by the usual ones.
    let booked = json!({ "Refused": "IsBooked" });
    assert_eq!(set_day(&desk, &facility, MONDAY, "12:00", "13:00").await.json(), booked);
    assert_eq!(set_day(&desk, &facility, MONDAY, "", "").await.json(), booked);
    assert_eq!(sheet(&desk).await["days"], json!([{ "on": MONDAY, "hours": [[720, 840]] }]));
    let usual = [("facility", facility["id"].as_str().unwrap()), ("on", MONDAY)];
    desk.post("bookings/unset_day", &usual).await.ok();
    set_day(&desk, &facility, "2026-12-01", "", "").await.ok();
    let shown = week(&emma, COURT, MONDAY).await;
    assert!(shown["days"][1]["slots"].as_array().unwrap().is_empty(), "closed all day");
    assert!(shown["days"][0]["slots"].as_array().unwrap().len() > 2, "the hours of a Monday");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_day_of_its_own_may_have_breaks(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let facility = sheet(&desk).await["facility"].clone();
    let day = async |more: &str| {
        let id = facility["id"].as_str().unwrap();
        let fields = [("facility", id), ("on", MONDAY), ("from", "12:00"), ("until", "14:00"), ("more", more)];
        desk.post("bookings/set_day", &fields).await
    };
    let wrong = json!({ "Invalid": [{ "field": "more", "note": "NotInOrder" }] });
    assert_eq!(day("13:00-16:00").await.json(), wrong);
    day("16:00-17:00, 19:00-21:00").await.ok();
    assert_eq!(sheet(&desk).await["days"], json!([{ "on": MONDAY, "hours": [[720, 840], [960, 1020], [1140, 1260]] }]));
    let shown = week(&emma, COURT, MONDAY).await;
    assert_eq!(shown["days"][0]["slots"].as_array().unwrap().len(), 5, "two, one and two hours");
    send(&emma, "bookings/hold", &wants(&shown, free(&shown)[2])).await.ok();
    // Whoever has booked one stretch is not shut out of it; others may go.
    assert_eq!(day("19:00-21:00").await.json(), json!({ "Refused": "IsBooked" }));
    day("16:00-17:00").await.ok();
    assert_eq!(sheet(&desk).await["days"], json!([{ "on": MONDAY, "hours": [[720, 840], [960, 1020]] }]));

    // Past the product, too, no two of them overlap, and none is without its day.
    for attack in [
        "update facility_day_hours set closes = 1000 where opens = 720",
        "insert into facility_day_hours
           select estate_id, facility_id, on_date + 1, opens, closes from facility_day_hours",
    ] {
        assert!(sqlx::raw_sql(attack).execute(&house.pool).await.is_err(), "{attack}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_is_new_is_shown_around_first(pool: PgPool) {
    let house = House::open(pool).await;
    sqlx::raw_sql("delete from induction").execute(&house.pool).await.unwrap();
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let gym = week(&emma, "gym", MONDAY).await;
    assert_eq!(gym["is_welcome"], json!(false));
    let starts = free(&gym)[0];
    let refused = send(&emma, "bookings/hold", &wants(&gym, starts)).await.json();
    assert_eq!(refused, json!({ "Refused": "NotInducted" }));
    let (facility, unit) = (gym["facility"]["id"].as_str().unwrap(), gym["home"].as_str().unwrap());
    let shown = desk.post_exactly("bookings/week_for", &[("unit", unit), ("facility", "gym")]).await.ok();
    // Whoever it is that books: for her, or in the office's own name for a home where nobody has an account.
    let empty: Uuid = house
        .value(
            "select u.id from unit u join estate e on e.id = u.estate_id and e.code_prefix = 'LY'
             where not exists (select from occupancy o where o.unit_id = u.id and o.to_on is null)
             order by u.number, u.id limit 1",
        )
        .await;
    let (starts_at, empty) = (starts.to_string(), empty.to_string());
    let wish = [("facility", facility), ("starts", &starts_at), ("steps", "1"), ("heads", "1"), ("of_age", "true")];
    let hers = [("unit", unit), ("account", shown["guests"][0]["account"].as_str().unwrap())];
    for whose in [&hers[..], &[("unit", empty.as_str())]] {
        let refused = desk.post("bookings/book_for", &[&wish[..], whose].concat()).await;
        assert_eq!(refused.json(), json!({ "Refused": "NotInducted" }));
    }
    desk.post("people/choose_manners", &[("lang", "en")]).await.ok();
    let page = desk.get(&format!("/staff/people/{empty}/book/gym")).await.text();
    assert!(page.contains("Before their first time the desk shows people around."), "{page}");
    for guest in shown["guests"].as_array().unwrap() {
        assert_eq!(guest["is_inducted"], json!(false));
        let account = guest["account"].as_str().unwrap();
        desk.post("bookings/induct", &[("facility", facility), ("unit", unit), ("account", account)]).await.ok();
    }
    let code = send(&emma, "bookings/hold", &wants(&gym, starts)).await.ok()["code"].as_str().unwrap().to_owned();
    // And says that everybody who comes is old enough.
    let booking = file(&emma, &code).await["card"]["booking"].clone();
    let (id, seen) = (booking["id"].as_str().unwrap(), booking["version"].to_string());
    let form = [("id", id), ("seen", seen.as_str()), ("heads", "1"), ("of_age", "true")];
    let refused = emma.post("bookings/confirm", &form[..3]).await.json();
    assert_eq!(refused, json!({ "Invalid": [{ "field": "of_age", "note": "Missing" }] }));
    emma.post("bookings/confirm", &form).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn other_terms_hold_for_whoever_books_from_now_on(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let (code, starts) = held(&emma).await;
    let before = sheet(&manager).await["facility"].clone();
    let (id, version) = (before["id"].as_str().unwrap(), before["terms"]["version"].to_string());
    let form = |version: &str| {
        let mut fields = vec![("facility".to_owned(), id.to_owned()), ("seen".to_owned(), version.to_owned())];
        let numbers = ["before_minutes", "after_minutes", "notice_minutes", "cancel_minutes", "grace_minutes"];
        fields.extend(numbers.map(|name| (format!("terms[{name}]"), "0".to_owned())));
        let named = [
            ("step_minutes", "30"),
            ("least_steps", "2"),
            ("most_steps", "4"),
            ("ahead_days", "14"),
            ("quota_per", "week"),
            ("most_heads", "4"),
            ("hold_minutes", "5"),
            ("price", "45.50"),
            ("price_per", "hour"),
        ];
        fields.extend(named.map(|(name, value)| (format!("terms[{name}]"), value.to_owned())));
        fields.extend((0..8).map(|at| (format!("terms[hours][{at}]"), "08:00-12:00, 14:00-24:00".to_owned())));
        fields
    };
    let send = async |caller: &Caller<'_>, version: &str| {
        let fields = form(version);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        caller.post("bookings/change_terms", &fields).await
    };
    assert_eq!(send(&desk, &version).await.json(), json!("NotAllowed"));
    send(&manager, &version).await.ok();
    assert_eq!(send(&manager, &version).await.json(), json!("Stale"));

    let after = sheet(&manager).await;
    assert_eq!(after["facility"]["terms"]["price"], json!(4550));
    assert_eq!(after["facility"]["terms"]["quota"], json!(null), "as many as they like");
    assert_eq!(after["openings"].as_array().unwrap().len(), 16);
    // What was kept before keeps to its terms, and its court stays its own.
    let kept = file(&emma, &code).await;
    assert_eq!(kept["facility"]["terms"]["version"].to_string(), version);
    let shown = week(&emma, COURT, MONDAY).await;
    assert_eq!(shown["steps"], json!(2), "an hour is two steps now");
    assert_eq!(state(&shown, starts), json!("own"));
    assert_eq!(state(&shown, starts + 3600), json!({ "free": 2 }));
}
