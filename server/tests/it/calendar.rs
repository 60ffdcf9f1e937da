//! Calendars: one booking as a file, and what is behind a private address; read here line by line, and by a program that is
//! not ours in end2end/resident/calendar.spec.ts.

use crate::bookings::{held, held_of, step};
use crate::house::{Caller, House, Reply, key, noon};
use axum::http::{StatusCode, header};
use serde_json::json;
use server::demo::cast;
use sqlx::PgPool;

/// A resident's address, as a path.
pub async fn made(caller: &Caller<'_>) -> String {
    path_of(&caller.post("calendar/make_feed", &[]).await.ok())
}

/// The address of one of the desk's people for a facility, as a path.
async fn made_for(desk: &Caller<'_>, facility: &str) -> String {
    path_of(&desk.post("calendar/make_facility_feed", &[("facility", facility)]).await.ok())
}

fn path_of(issued: &serde_json::Value) -> String {
    let address = issued["address"].as_str().unwrap();
    let path = address.strip_prefix("https://steward.test").unwrap();
    assert!(path.starts_with("/calendar/") && path.ends_with(".ics") && path.len() == 10 + 64 + 4, "{address}");
    path.to_owned()
}

/// What a program is told, which has no session.
async fn read(house: &House, path: &str) -> Vec<String> {
    events(&house.stranger().get(path).await)
}

/// The events of a calendar, each its lines put together again. It must be written as programs expect it.
fn events(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert_eq!(reply.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    assert_eq!(reply.headers[header::CACHE_CONTROL], "no-store");
    let text = String::from_utf8(reply.body.clone()).unwrap();
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends alike");
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    let whole = text.replace("\r\n ", "").replace("\r\n", "\n");
    for line in ["VERSION:2.0", "PRODID:-//Steward//Bookings//EN", "METHOD:PUBLISH"] {
        assert!(whole.lines().any(|written| written == line), "{line} is not in {whole}");
    }
    let mut events = whole.split("BEGIN:VEVENT\n");
    events.next();
    events.map(|event| event.split("END:VEVENT").next().unwrap().to_owned()).collect()
}

/// What an event says under a name.
fn said<'e>(event: &'e str, name: &str) -> &'e str {
    let value = event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    value.unwrap_or_else(|| panic!("no {name} in {event}"))
}

/// Nothing is there, as if it had never been.
async fn gone(house: &House, path: &str) {
    assert_eq!(house.stranger().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
}

/// The event of a booking.
fn of<'e>(events: &'e [String], code: &str) -> &'e str {
    events.iter().find(|event| event.contains(code)).unwrap_or_else(|| panic!("no {code} in {events:?}"))
}

async fn facility(house: &House) -> String {
    let id: uuid::Uuid = house
        .value(
            "select f.id from facility f join estate e on e.id = f.estate_id
             where e.code_prefix = 'LY' and f.slug = 'tennis-court'",
        )
        .await;
    id.to_string()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_booking_is_a_file_for_whoever_made_it(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let (code, starts) = held(&emma).await;
    let path = format!("/bookings/{code}/calendar.ics");
    assert_eq!(emma.get(&path).await.status, StatusCode::NOT_FOUND, "what is only kept is in no calendar");
    let booking = crate::bookings::file(&emma, &code).await["card"]["booking"].clone();
    let (id, seen) = (booking["id"].as_str().unwrap(), booking["version"].to_string());
    let note = format!("Rackets, balls; a \\ and\n{}", "网球".repeat(60));
    let fields = [("id", id), ("seen", seen.as_str()), ("heads", "2"), ("note", note.as_str())];
    emma.post("bookings/confirm", &fields).await.ok();

    let reply = emma.get(&path).await;
    assert_eq!(reply.headers[header::CONTENT_DISPOSITION], format!("attachment; filename=\"{code}.ics\""));
    let events = events(&reply);
    assert_eq!(events.len(), 1);
    let event = of(&events, &code);
    assert_eq!(said(event, "UID"), format!("{id}@steward"));
    assert_eq!((said(event, "SEQUENCE"), said(event, "STATUS")), ("2", "CONFIRMED"));
    let at = |seconds: i64| chrono::DateTime::from_timestamp(seconds, 0).unwrap().format("%Y%m%dT%H%M%SZ").to_string();
    assert_eq!((said(event, "DTSTART"), said(event, "DTEND")), (at(starts).as_str(), at(starts + 3600).as_str()));
    assert_eq!((said(event, "DTSTAMP"), said(event, "LAST-MODIFIED")), ("20261123T040000Z", "20261123T040000Z"));
    assert_eq!((said(event, "SUMMARY"), said(event, "LOCATION")), ("Tennis court · Court 1", "Liyuan Garden"));
    let escaped = note.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;").replace('\n', "\\n");
    assert_eq!(said(event, "DESCRIPTION"), format!("Booked\\nCode: {code}\\n{escaped}"));
    assert_eq!(said(event, "URL"), format!("https://steward.test/bookings/{code}"));
    // However it is typed.
    assert_eq!(emma.get(&path.to_lowercase()).await.status, StatusCode::OK);

    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    assert_eq!(house.stranger().get(&path).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sandy.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.get(&path).await.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_persons_calendar_follows_what_they_book(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let path = made(&emma).await;
    assert_eq!(read(&house, &path).await, Vec::<String>::new());
    let (code, _) = held_of(&emma, "clubhouse").await;
    let (others, _) = held(&sandy).await;
    step(&sandy, &others, "bookings/confirm").await.ok();
    assert_eq!(read(&house, &path).await.len(), 0, "nothing that is only kept, and nothing of others");

    step(&emma, &code, "bookings/confirm").await.ok();
    let asked = read(&house, &path).await;
    let asked = of(&asked, &code);
    assert_eq!((said(asked, "STATUS"), said(asked, "SEQUENCE")), ("TENTATIVE", "1"));
    house.advance(1);
    step(&emma, &code, "bookings/cancel").await.ok();
    let after = read(&house, &path).await;
    let after = of(&after, &code);
    assert_eq!(said(after, "UID"), said(asked, "UID"));
    assert_eq!((said(after, "STATUS"), said(after, "SEQUENCE")), ("CANCELLED", "2"));
    assert_eq!(said(after, "LAST-MODIFIED"), "20261123T040100Z");

    // Two months later nobody looks for it any more.
    let past = "update booking set version = version + 1, starts_at = starts_at - interval '90 days',
                  ends_at = ends_at - interval '90 days' where stage = 'cancelled'";
    sqlx::query(past).execute(&house.pool).await.unwrap();
    assert_eq!(read(&house, &path).await.len(), 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_very_many_bookings_those_that_are_near_are_told(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let path = made(&emma).await;
    let (code, _) = held(&emma).await;
    step(&emma, &code, "bookings/confirm").await.ok();
    // As if they had been made and given back, one by one.
    let many = "begin;
        alter table booking disable trigger user;
        insert into booking (estate_id, id, code, version, stage, stage_at, facility_id, terms_version, unit_id, account_id,
          starts_at, ends_at, heads, price, made_at, place_id, by_office)
        select estate_id, gen_random_uuid(), 'LY-9' || n, 4, 'cancelled', stage_at, facility_id, terms_version, unit_id,
          account_id, starts_at - n * interval '1 hour', ends_at - n * interval '1 hour', heads, price, made_at, place_id,
          by_office
        from booking, generate_series(200, 900) n;
        alter table booking enable trigger user;
        commit";
    sqlx::raw_sql(many).execute(&house.pool).await.unwrap();
    let events = read(&house, &path).await;
    assert_eq!(events.len(), 500);
    assert_eq!(said(of(&events, &code), "STATUS"), "CONFIRMED", "what is to come before all that was");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_address_is_shown_once_replaced_and_taken_back(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    assert_eq!(emma.post_exactly("bookings/board", &[]).await.ok()["feed_at"], json!(null));
    let key = key();
    let first = path_of(&emma.post_exactly("calendar/make_feed", &[("key", &key)]).await.ok());
    let again = emma.post_exactly("calendar/make_feed", &[("key", &key)]).await.ok();
    assert_eq!(again, json!({ "address": "" }), "a replay makes none, and tells none");
    assert_eq!(emma.post_exactly("bookings/board", &[]).await.ok()["feed_at"], json!(noon()));
    let stored: String = house.value("select string_agg(to_jsonb(f)::text, '') from person_feed f").await;
    let replies: String = house.value("select string_agg(reply, '') from replay").await;
    let secret = &first["/calendar/".len()..first.len() - ".ics".len()];
    assert!(!stored.contains(secret) && !replies.contains(secret), "only a hash is kept");

    let second = made(&emma).await;
    assert_ne!(first, second);
    gone(&house, &first).await;
    assert_eq!(read(&house, &second).await.len(), 0);
    // Another person's is another's.
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    sandy.post("calendar/revoke_feed", &[]).await.ok();
    assert_eq!(read(&house, &second).await.len(), 0);

    // Nobody reads the bookings of an account that is shut.
    let shut = "update account set disabled_at = now() where sign_in = 'emma'";
    sqlx::query(shut).execute(&house.pool).await.unwrap();
    gone(&house, &second).await;
    let open = "update account set disabled_at = null where sign_in = 'emma'";
    sqlx::query(open).execute(&house.pool).await.unwrap();
    assert_eq!(read(&house, &second).await.len(), 0);
    for other in ["/calendar/.ics", "/calendar/x.ics", second.trim_end_matches(".ics")] {
        gone(&house, other).await;
    }

    emma.post("calendar/revoke_feed", &[]).await.ok();
    gone(&house, &second).await;
    emma.post("calendar/revoke_feed", &[]).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_asks_too_often_waits(pool: PgPool) {
    let house = House::open(pool).await;
    let path = made(&house.as_person(cast::RESIDENT).await).await;
    let unknown = format!("/calendar/{}.ics", "0".repeat(64));
    read(&house, &path).await;
    assert_eq!(house.stranger().get(&unknown).await.status, StatusCode::NOT_FOUND);
    for subject in ["feed:%", "feed\\_from:%"] {
        let tried = "update attempt set tries = 1000 where subject like $1";
        assert_eq!(
            sqlx::query(tried).bind(subject).execute(&house.pool).await.unwrap().rows_affected(),
            1,
            "{subject}"
        );
    }
    for path in [&path, &unknown] {
        let reply = house.stranger().get(path).await;
        assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    }
    house.advance(60);
    read(&house, &path).await;
    assert_eq!(house.stranger().get(&unknown).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_facilitys_calendar_names_homes_and_nobody(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let facility = facility(&house).await;
    let (path, own) = (made_for(&desk, &facility).await, made(&emma).await);
    let (code, _) = held(&emma).await;
    let booking = crate::bookings::file(&emma, &code).await["card"]["booking"].clone();
    let (id, seen) = (booking["id"].as_str().unwrap(), booking["version"].to_string());
    let fields = [("id", id), ("seen", seen.as_str()), ("heads", "1"), ("note", "My knee is bad.")];
    emma.post("bookings/confirm", &fields).await.ok();

    // The desk reads simplified Chinese.
    let events = read(&house, &path).await;
    assert_eq!(events.len(), 1);
    let event = of(&events, &code);
    assert_eq!(said(event, "UID"), said(of(&read(&house, &own).await, &code), "UID"), "it is the same booking");
    assert!(said(event, "SUMMARY").contains("1203") && said(event, "SUMMARY").contains(&code), "{event}");
    assert_eq!((said(event, "LOCATION"), said(event, "STATUS")), ("网球场 · 1号场", "CONFIRMED"));
    assert_eq!(said(event, "URL"), format!("https://steward.test/staff/bookings/{code}"));
    assert!(!event.contains("Emma") && !event.contains("knee"), "{event}");
    let diary = desk.post_exactly("bookings/diary", &[("facility", "tennis-court")]).await.ok();
    assert_eq!(diary["feed_at"], json!(noon()));
    assert_eq!(desk.post_exactly("bookings/diary", &[]).await.ok()["feed_at"], json!(null));

    // Each of the desk has an address of their own, and ends no other.
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let other = made_for(&coordinator, &facility).await;
    coordinator.post("calendar/revoke_facility_feed", &[("facility", &facility)]).await.ok();
    gone(&house, &other).await;
    assert_eq!(read(&house, &path).await.len(), 1);
    let kinds: String =
        house.value("select string_agg(kind, ' ' order by id) from happening where kind like 'calendar%'").await;
    assert_eq!(kinds, "calendar_made calendar_made calendar_revoked");

    // Whoever receives nobody any more reads nothing there, and neither does whoever left.
    let roles = "delete from staff_role r using staff_member m join account a on a.id = m.account_id
                 where m.id = r.staff_id and a.sign_in = 'tangxin'";
    sqlx::query(roles).execute(&house.pool).await.unwrap();
    gone(&house, &path).await;
}
