//! What can be done before a lobby screen without an account: a report, a look at a matter by code and PIN, and what
//! guessing comes to.

use crate::house::{Caller, House, Reply};
use crate::requests::{matter, report};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;
use std::io::Write;
use std::sync::{Arc, Mutex};

const NAME: &str = "Ottoline Quill";
const PHONE: &str = "13922224444";

/// A report at a screen, with a name and a phone.
async fn reported(screen: &Caller<'_>) -> Value {
    let problems = screen.post_exactly("lobby/problems", &[]).await.ok();
    let items = problems["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["place"] == "common" && item["urgency"] == "normal").unwrap();
    let fields = [("item", item["id"].as_str().unwrap()), ("name", NAME), ("phone", PHONE)];
    screen.post("lobby/report", &fields).await.ok()
}

/// The code and PIN of a matter that a screen reported.
pub async fn heard(house: &House) -> (String, String) {
    let slip = reported(&house.as_screen().await).await;
    (slip["code"].as_str().unwrap().to_owned(), slip["pin"].as_str().unwrap().to_owned())
}

async fn look(caller: &Caller<'_>, code: &str, pin: &str) -> Reply {
    caller.post("lobby/check", &[("code", code), ("pin", pin)]).await
}

/// Some PIN that is not this one.
fn other(pin: &str) -> &'static str {
    if pin == "402917" { "402918" } else { "402917" }
}

fn refused() -> Value {
    json!({ "Invalid": [{ "field": "pin", "note": "BadPin" }] })
}

/// The unit where the resident lives, and their party.
async fn home(resident: &Caller<'_>) -> (String, String) {
    let catalogue = resident.post_exactly("services/catalogue", &[]).await.ok();
    let home = &catalogue["homes"][0];
    (home["unit"]["id"].as_str().unwrap().to_owned(), home["party"].as_str().unwrap().to_owned())
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_screen_reports_its_own_place_without_an_account(pool: PgPool) {
    let house = House::open(pool).await;
    let screen = house.as_screen().await;
    let slip = reported(&screen).await;
    let (code, pin) = (slip["code"].as_str().unwrap(), slip["pin"].as_str().unwrap());
    assert!(pin.len() == 6 && pin.bytes().all(|digit| digit.is_ascii_digit()), "{slip}");
    assert_eq!((&slip["state"]["stage"], slip["qr"].as_str().unwrap().contains("<svg")), (&json!("Received"), true));
    assert!(slip["state"]["promise"]["due_at"].is_string(), "{slip}");
    let at: bool = house
        .value(
            "select r.area_id = s.area_id and r.channel = 'kiosk' and r.reporter_id is null and r.party_id is null
             from request r join screen s on s.estate_id = r.estate_id order by r.received_at desc, r.id desc limit 1",
        )
        .await;
    assert!(at, "of the screen's own place, and nobody's");
    let hash: String = house.value("select pin_hash from request_pin").await;
    assert!(hash.starts_with("$argon2id$"), "{hash}");
    assert!(sqlx::query("update request_pin set pin_hash = 'x'").execute(&house.pool).await.is_err());
    // The office reads whom it may ask; residents never do.
    let read = matter(&house.as_person(cast::COORDINATOR).await, code).await;
    assert!(read["timeline"].to_string().contains(&format!("{NAME} · {PHONE}")), "{read}");
    let words: String = house.value("select words from request order by received_at desc, id desc limit 1").await;
    assert!(!words.is_empty(), "the problem's name stands in for words");
    // Of homes nothing is reported here, and nobody else reports as a screen does.
    let home = sqlx::query_scalar::<_, uuid::Uuid>(
        "select i.id from catalogue_item i join estate e on e.id = i.estate_id
         where e.code_prefix = 'LY' and i.kind = 'problem' and i.place = 'home' limit 1",
    );
    let home = home.fetch_one(&house.pool).await.unwrap().to_string();
    let tried = screen.post("lobby/report", &[("item", &home)]).await.json();
    assert_eq!(tried["Invalid"][0], json!({ "field": "item", "note": "NotAChoice" }));
    let resident = house.as_person(cast::RESIDENT).await;
    assert_eq!(resident.post("lobby/report", &[("item", &home)]).await.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_matters_own_pin_says_how_it_stands_and_nothing_else(pool: PgPool) {
    let house = House::open(pool).await;
    let (code, pin) = heard(&house).await;
    let typed = code.to_lowercase().replace('-', " ");
    for caller in [house.as_screen().await, house.stranger()] {
        let found = look(&caller, &typed, &pin).await.ok();
        let mut said: Vec<&str> = found.as_object().unwrap().keys().map(String::as_str).collect();
        said.sort_unstable();
        assert_eq!((said, &found["stage"]), (vec!["promise", "stage", "wall"], &json!("Received")));
    }
    // A reason is somebody's words.
    let desk = house.as_person(cast::COORDINATOR).await;
    let read = matter(&desk, &code).await;
    let (id, seen) = (read["request"]["id"].as_str().unwrap(), read["request"]["version"].to_string());
    desk.post("requests/decline", &[("id", id), ("seen", &seen), ("reason", "Mr Wu has done it")]).await.ok();
    let found = look(&house.stranger(), &code, &pin).await.ok();
    assert_eq!(found["stage"], json!({ "Declined": { "reason": "" } }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_household_has_a_pin_for_its_own_matters(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, screen) = (house.as_person(cast::RESIDENT).await, house.as_screen().await);
    let (code, (unit, party)) = (report(&emma).await, home(&emma).await);
    for (pin, note) in [("123456", "WeakPin"), ("000000", "WeakPin"), ("12345", "Malformed")] {
        let tried = emma.post("lobby/set_pin", &[("unit", &unit), ("new_pin", pin)]).await.json();
        assert_eq!(tried["Invalid"][0], json!({ "field": "new_pin", "note": note }));
    }
    let neighbour = house.as_person(cast::NEIGHBOUR).await;
    let not_theirs = neighbour.post("lobby/set_pin", &[("unit", &unit), ("new_pin", "402917")]).await;
    assert_eq!(not_theirs.status, StatusCode::NOT_FOUND);
    assert_eq!(look(&screen, &code, "402917").await.json(), refused());
    emma.post("lobby/set_pin", &[("unit", &unit), ("new_pin", "402917")]).await.ok();
    look(&screen, &code, "402917").await.ok();
    // It opens nobody else's.
    let (theirs, _) = heard(&house).await;
    assert_eq!(look(&screen, &theirs, "402917").await.json(), refused());
    // The office makes another one, and the one before is worth nothing.
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let issued = desk.post("lobby/issue_pin", &[("unit", &unit), ("party", &party)]).await.ok();
    let pin = issued["pin"].as_str().unwrap();
    assert_eq!(look(&screen, &code, "402917").await.json(), refused());
    look(&screen, &code, pin).await.ok();
    // Once the party has moved out, so has the PIN.
    sqlx::query("update occupancy set to_on = '2026-11-22' where party_id = $1")
        .bind(party.parse::<uuid::Uuid>().unwrap())
        .execute(&house.pool)
        .await
        .unwrap();
    assert_eq!(look(&screen, &code, pin).await.json(), refused());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn guessing_a_pin_shuts_its_code_and_every_refusal_is_the_same(pool: PgPool) {
    let house = House::open(pool).await;
    let (code, pin) = heard(&house).await;
    let (wrong, phone) = (other(&pin), house.stranger());
    for _ in 0..5 {
        assert_eq!(look(&phone, &code, wrong).await.json(), refused());
    }
    // Shut: the right one is answered as the wrong ones were, and as a code that nobody has.
    let shut = look(&phone, &code, &pin).await;
    assert_eq!((shut.status, shut.json()), (StatusCode::UNPROCESSABLE_ENTITY, refused()));
    for unknown in [app::requests::code("LY", 99_999), app::requests::code("ZZ", 1), "nonsense".to_owned()] {
        assert_eq!(look(&phone, &unknown, &pin).await.json(), refused(), "{unknown}");
    }
    assert_eq!(look(&house.as_screen().await, &code, &pin).await.json(), refused(), "wherever it is typed");
    house.advance(15);
    look(&phone, &code, &pin).await.ok();
    // Each time twice as long.
    for _ in 0..5 {
        look(&phone, &code, wrong).await;
    }
    house.advance(15);
    for _ in 0..5 {
        look(&phone, &code, wrong).await;
    }
    house.advance(14);
    assert_eq!(look(&phone, &code, &pin).await.json(), refused());
    house.advance(1);
    look(&phone, &code, &pin).await.ok();
    // No table says which code was tried.
    let kept: Vec<String> = sqlx::query_scalar("select subject from pin_guess").fetch_all(&house.pool).await.unwrap();
    assert!(kept.iter().all(|subject| !subject.contains(&code)), "{kept:?}");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn guessing_shuts_the_screen_and_right_tries_do_not(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, (code, pin)) = (house.as_screen().await, heard(&house).await);
    for _ in 0..30 {
        look(&screen, &code, &pin).await.ok();
    }
    for number in 0..20 {
        assert_eq!(look(&screen, &app::requests::code("LY", 90_000 + number), &pin).await.json(), refused());
    }
    let shut = look(&screen, &code, &pin).await;
    assert_eq!((shut.status, shut.json()), (StatusCode::TOO_MANY_REQUESTS, json!({ "TooMany": { "wait": 3600 } })));
    look(&house.stranger(), &code, &pin).await.ok();
    house.advance(60);
    look(&screen, &code, &pin).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn many_guesses_at_once_are_counted_before_they_are_looked_at(pool: PgPool) {
    let house = House::open(pool).await;
    let (code, pin) = heard(&house).await;
    let phone = house.stranger();
    let wrong = other(&pin);
    let tries: [_; 4] = std::array::from_fn(|_| look(&phone, &code, wrong));
    let [one, two, three, four] = tries;
    let all = tokio::join!(one, two, three, four, look(&phone, &code, wrong));
    assert_eq!(all.4.json(), refused());
    let shut: bool =
        house.value("select bool_and(shut_until is not null) from pin_guess where subject like 'code:%'").await;
    assert!(shut);
    assert_eq!(look(&phone, &code, &pin).await.json(), refused());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn another_estates_code_is_unknown_at_a_screen(pool: PgPool) {
    let house = House::open(pool).await;
    let (code, pin) = heard(&house).await;
    // A demo's screen is let in by a site manager, and that estate has none here.
    let estate: uuid::Uuid = house
        .value(
            "update staff_role set role = 'site_manager' where role = 'coordinator'
             and estate_id = (select id from estate where code_prefix = 'BY') returning estate_id",
        )
        .await;
    let reply = house.stranger().post("screens/open_demo", &[("estate", &estate.to_string())]).await;
    let elsewhere = house.stranger().with_cookie("__Host-device", &reply.cookie("__Host-device").unwrap());
    assert_eq!(look(&elsewhere, &code, &pin).await.json(), refused());
    look(&house.as_screen().await, &code, &pin).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn without_scripts_a_screen_shows_its_answer_once_and_keeps_nothing_typed(pool: PgPool) {
    let house = House::open(pool).await;
    let (code, pin) = heard(&house).await;
    let screen = house.as_screen().await;
    let fields = [("code", code.as_str()), ("pin", pin.as_str()), ("shows_reply", "true")];
    let sent = screen.submit("/kiosk/check", "lobby/check", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(sent.location().starts_with("/kiosk/check?kept=") && !sent.location().contains(&code));
    let held = screen.clone().with_cookie("__Host-draft", &sent.cookie("__Host-draft").unwrap());
    let address = sent.location().trim_end_matches("#reply");
    assert!(held.get(address).await.text().contains("id=\"reply\""));
    assert!(!held.get(address).await.text().contains("id=\"reply\""), "once");

    let long = "x".repeat(61);
    let item = screen.post_exactly("lobby/problems", &[]).await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    let fields = [("item", item.as_str()), ("name", NAME), ("phone", long.as_str())];
    let refused = screen.submit("/kiosk/report", "lobby/report", &fields).await;
    assert!(refused.location().contains("kept="), "{}", refused.location());
    let drafts: Vec<Value> = sqlx::query_scalar("select fields from draft").fetch_all(&house.pool).await.unwrap();
    assert!(drafts.iter().all(|fields| !fields.to_string().contains(NAME)), "{drafts:?}");
}

/// What the log writes.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn no_log_says_a_code_a_pin_a_name_or_a_phone(pool: PgPool) {
    let house = House::open(pool).await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let listening = tracing::subscriber::set_default(subscriber);
    tracing::info!("listening");
    let (code, pin) = heard(&house).await;
    let screen = house.as_screen().await;
    look(&screen, &code, &pin).await.ok();
    look(&screen, &code, other(&pin)).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let (unit, _) = home(&emma).await;
    emma.post("lobby/set_pin", &[("unit", &unit), ("new_pin", "730185")]).await.ok();
    drop(listening);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("listening"));
    for secret in [code.as_str(), &pin, other(&pin), "730185", NAME, PHONE] {
        assert!(!log.contains(secret), "{secret} stands in the log");
    }
}
