//! Bookings: a slot is kept, booked, given back; nobody has what another has, however fast they are.

use crate::calls::At;
use crate::house::{Caller, House};
use crate::incidents::riser;
use app::moment::Moment;
use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

const COURT: &str = "tennis-court";

pub async fn week(caller: &Caller<'_>, facility: &str, day: &str) -> Value {
    caller.post_exactly("bookings/week", &[("facility", facility), ("day", day)]).await.ok()
}

/// The free times of a week, in seconds since 1970.
pub fn free(week: &Value) -> Vec<i64> {
    let days = week["days"].as_array().unwrap().iter().flat_map(|day| day["slots"].as_array().unwrap());
    let free = days.filter(|slot| slot["state"]["free"].is_number());
    free.map(|slot| slot["starts_at"].as_str().unwrap().parse::<Moment>().unwrap().timestamp()).collect()
}

pub fn state(week: &Value, starts: i64) -> Value {
    let mut slots = week["days"].as_array().unwrap().iter().flat_map(|day| day["slots"].as_array().unwrap());
    let at = |slot: &&Value| slot["starts_at"].as_str().unwrap().parse::<Moment>().unwrap().timestamp() == starts;
    slots.find(at).unwrap()["state"].clone()
}

/// The fields of a hold: one step, one person, for the caller's first home.
pub fn wants(week: &Value, starts: i64) -> Vec<(&'static str, String)> {
    vec![
        ("facility", week["facility"]["id"].as_str().unwrap().to_owned()),
        ("home", week["homes"][0]["unit"]["id"].as_str().unwrap().to_owned()),
        ("starts", starts.to_string()),
        ("steps", week["steps"].to_string()),
        ("heads", "1".to_owned()),
    ]
}

/// What is wrong with one field.
pub fn noted(field: &str, note: &Value) -> Value {
    json!({ "Invalid": [{ "field": field, "note": note }] })
}

pub async fn send(caller: &Caller<'_>, endpoint: &str, fields: &[(&'static str, String)]) -> crate::house::Reply {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    caller.post(endpoint, &fields).await
}

/// The third free time of next week's courts, kept for the caller: its code, and when.
pub async fn held(caller: &Caller<'_>) -> (String, i64) {
    held_of(caller, COURT).await
}

/// The same of another facility.
pub async fn held_of(caller: &Caller<'_>, facility: &str) -> (String, i64) {
    let week = week(caller, facility, "2026-11-30").await;
    let starts = free(&week)[2];
    let code = send(caller, "bookings/hold", &wants(&week, starts)).await.ok()["code"].as_str().unwrap().to_owned();
    (code, starts)
}

pub async fn file(caller: &Caller<'_>, code: &str) -> Value {
    caller.post_exactly("bookings/file", &[("code", code)]).await.ok()
}

/// Ends what earlier calls booked, which counts towards a household's share, and forgets what was missed, which counts
/// towards its patience; nobody waits for anything any more, and nothing is drawn.
pub async fn clear(house: &House) {
    let clear = "delete from unit_claim; delete from seat_claim;
         update waiting set version = version + 1, stage = case stage when 'waiting' then 'withdrawn' else 'passed' end
         where stage in ('waiting', 'offered');
         update draw set version = version + 1, stage = 'called_off', reason = 'Others come' where stage in ('announced', 'open');
         update booking set version = version + 1, stage = case stage when 'present' then 'done' when 'held' then 'expired' else 'cancelled' end
         where stage in ('held', 'requested', 'confirmed', 'present');
         update booking set version = version + 1, starts_at = starts_at - interval '90 days', ends_at = ends_at - interval '90 days'
         where stage in ('missed', 'done')";
    sqlx::raw_sql(clear).execute(&house.pool).await.unwrap();
}

/// The resident's only booking that is under way, as far as a call needs it.
pub async fn come_as_far_as(house: &House, resident: &Caller<'_>, at: At) -> Value {
    clear(house).await;
    let (code, _) = held_of(resident, if at == At::Asked { "clubhouse" } else { COURT }).await;
    if at != At::Held {
        step(resident, &code, "bookings/confirm").await.ok();
    }
    if at >= At::Begun {
        begin(house, &code).await;
    }
    if at == At::Used {
        let done = "delete from unit_claim; update booking set stage = 'done', version = version + 1 where stage = 'confirmed'";
        sqlx::raw_sql(done).execute(&house.pool).await.unwrap();
    }
    file(resident, &code).await
}

/// Lets a booking have begun twenty minutes ago.
pub async fn begin(house: &House, code: &str) {
    let starts_at = house.backend.clock.now() - chrono::Duration::minutes(20);
    let mut transaction = house.pool.begin().await.unwrap();
    sqlx::query("update booking set starts_at = $2, ends_at = $2 + (ends_at - starts_at), version = version + 1 where code = $1")
        .bind(code)
        .bind(starts_at)
        .execute(&mut *transaction)
        .await
        .unwrap();
    sqlx::query(
        "update unit_claim c set during = tstzrange(b.starts_at, b.ends_at) from booking b
         where b.id = c.booking_id and b.code = $1",
    )
    .bind(code)
    .execute(&mut *transaction)
    .await
    .unwrap();
    transaction.commit().await.unwrap();
}

/// A move on a booking at the version that its person sees now.
pub async fn step(caller: &Caller<'_>, code: &str, endpoint: &str) -> crate::house::Reply {
    let file = file(caller, code).await;
    let booking = &file["card"]["booking"];
    let fields = [("id", booking["id"].as_str().unwrap()), ("seen", &booking["version"].to_string()), ("heads", "1")];
    caller.post(endpoint, &fields).await
}

/// How often two bookings have one unit at one time, and how many heads are beyond the seats.
async fn overlaps(house: &House) -> i64 {
    house
        .value(
            "select count(*) from unit_claim a join unit_claim b
               on a.unit_id = b.unit_id and a.booking_id < b.booking_id and a.during && b.during",
        )
        .await
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_week_begins_today(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    house.advance(2 * 24 * 60);
    let seen = async |day: &str| {
        let week = week(&emma, COURT, day).await;
        let days: Vec<_> = week["days"].as_array().unwrap().iter().map(|day| day["on"].clone()).collect();
        json!([days.first(), days.len(), days.last(), week["chosen"], week["before"], week["after"]])
    };
    let this = json!(["2026-11-25", 7, "2026-12-01", "2026-11-29", null, "2026-12-02"]);
    assert_eq!(seen("2026-11-29").await, this, "what is over is not shown, nor led to");
    assert_eq!(seen("2026-12-02").await.as_array().unwrap()[4], "2026-11-25");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_slot_is_kept_booked_and_given_back(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let (code, starts) = held(&emma).await;
    assert_eq!(state(&week(&emma, COURT, "2026-11-30").await, starts), json!("own"));
    assert_eq!(state(&week(&sandy, COURT, "2026-11-30").await, starts), json!({ "free": 1 }));
    assert_eq!(file(&emma, &code).await["moves"], json!(["confirm", "cancel"]));

    step(&emma, &code, "bookings/confirm").await.ok();
    let booked = file(&emma, &code).await;
    assert_eq!(booked["card"]["booking"]["stage"], json!("confirmed"));
    assert!(booked["card"]["place"]["en"].is_string(), "it says which court");
    let kinds: String =
        house.value("select string_agg(kind, ' ' order by id) from happening where room = 'bookings'").await;
    assert_eq!(kinds, "held requested confirmed");
    let board = emma.post_exactly("bookings/board", &[]).await.ok();
    assert_eq!(board["bookings"][0]["booking"]["code"], json!(code));

    // It is nobody else's to see.
    assert_eq!(sandy.post_exactly("bookings/file", &[("code", &code)]).await.status, StatusCode::NOT_FOUND);
    step(&emma, &code, "bookings/cancel").await.ok();
    assert_eq!(state(&week(&sandy, COURT, "2026-11-30").await, starts), json!({ "free": 2 }));
    assert_eq!(step(&emma, &code, "bookings/cancel").await.json(), json!({ "Refused": "AlreadyMoved" }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_many_at_once_as_many_are_served_as_there_are_courts(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let first = week(&homes[0], COURT, "2026-11-30").await;
    let starts = free(&first)[2];
    let mut tries = Vec::new();
    for home in &homes {
        tries.push(wants(&week(home, COURT, "2026-11-30").await, starts));
    }
    let replies = join_all(homes.iter().zip(&tries).map(|(home, fields)| send(home, "bookings/hold", fields))).await;
    let refused: Vec<_> = (0..homes.len()).filter(|at| !replies[*at].status.is_success()).collect();
    assert_eq!(refused.len(), homes.len() - 2);
    for at in &refused {
        assert_eq!(replies[*at].status, StatusCode::CONFLICT);
        let instead = replies[*at].json()["Taken"]["instead"].as_array().unwrap().clone();
        assert_eq!(instead.len(), 3, "the three nearest that are free");
        assert!(!instead.contains(&json!(starts)));
    }
    assert_eq!(overlaps(&house).await, 0);
    // Of two hours the second is free: whoever wants both is offered to begin with that.
    let (slower, mut both) = (&homes[refused[0]], tries[refused[0]].clone());
    both[2].1 = (starts - 3600).to_string();
    both[3].1 = "2".to_owned();
    let reply = send(slower, "bookings/hold", &both).await;
    let instead = reply.json()["Taken"]["instead"].clone();
    assert!(instead.as_array().unwrap().contains(&json!(starts + 3600)), "{instead}");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_kept_in_vain_is_free_again(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let (code, starts) = held(&homes[0]).await;
    let (other, _) = held(&homes[1]).await;
    house.advance(61);
    assert_eq!(step(&homes[0], &code, "bookings/confirm").await.json(), json!({ "Refused": "HoldOver" }));
    assert_eq!(file(&homes[0], &code).await["moves"], json!([]));
    // The next person's own transaction lets go of both, with nobody else at work.
    let next = wants(&week(&homes[2], COURT, "2026-11-30").await, starts);
    send(&homes[2], "bookings/hold", &next).await.ok();
    for (home, code) in [(&homes[0], &code), (&homes[1], &other)] {
        assert_eq!(file(home, code).await["card"]["booking"]["stage"], json!("expired"));
    }
    // And where nobody comes, a job does.
    house.advance(61);
    let (last, _) = held(&homes[3]).await;
    let seen = file(&homes[3], &last).await["card"]["booking"].clone();
    house.advance(61);
    assert!(app::bookings::settle_due(&house.backend).await.unwrap());
    while app::bookings::settle_due(&house.backend).await.unwrap() {}
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 0);
    // Whoever still has the form before them is told what became of it, and not that somebody changed something.
    let (id, version) = (seen["id"].as_str().unwrap(), seen["version"].to_string());
    let late = homes[3].post("bookings/confirm", &[("id", id), ("seen", &version), ("heads", "1")]).await;
    assert_eq!((late.status, late.json()), (StatusCode::CONFLICT, json!({ "Refused": "HoldOver" })));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_household_has_no_more_than_its_share(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let week = week(&emma, COURT, "2026-11-30").await;
    let most = week["facility"]["terms"]["quota"]["most"].as_u64().unwrap();
    let times = free(&week);
    for starts in &times[..most as usize] {
        let code = send(&emma, "bookings/hold", &wants(&week, *starts)).await.ok()["code"].as_str().unwrap().to_owned();
        step(&emma, &code, "bookings/confirm").await.ok();
    }
    let one_more = wants(&week, times[most as usize]);
    let refused = noted("starts", &json!("QuotaUsed"));
    assert_eq!(send(&emma, "bookings/hold", &one_more).await.json(), refused);
    // Her family books for the same household.
    let jiashu = house.as_person("jiashu").await;
    assert_eq!(send(&jiashu, "bookings/hold", &one_more).await.json(), refused);
    let after = self::week(&emma, COURT, "2026-12-07").await;
    send(&emma, "bookings/hold", &wants(&after, free(&after)[0])).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn seats_are_given_as_long_as_there_are_any(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    let gym = week(&emma, "gym", "2026-11-24").await;
    let terms = &gym["facility"]["terms"];
    let (seats, most) = (terms["seats"].as_u64().unwrap(), terms["most_heads"].as_u64().unwrap());
    let starts = free(&gym)[0];
    let with = |mut fields: Vec<(&'static str, String)>, heads: u64| {
        fields[4].1 = heads.to_string();
        fields
    };
    send(&emma, "bookings/hold", &with(wants(&gym, starts), most)).await.ok();
    let left = state(&week(&sandy, "gym", "2026-11-24").await, starts);
    assert_eq!(left, json!({ "free": seats - most }));
    let too_many = send(&emma, "bookings/hold", &with(wants(&gym, starts), most + 1)).await;
    assert_eq!(too_many.json(), json!({ "Invalid": [{ "field": "heads", "note": { "NotBetween": [1, most] } }] }));
    assert_eq!(house.value::<i64>("select count(*) from seat_claim").await, most as i64);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_cannot_be_booked_is_refused_beside_its_field(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let theirs = week(&house.as_person(cast::NEIGHBOUR).await, COURT, "2026-11-30").await;
    let week = week(&emma, COURT, "2026-11-30").await;
    let starts = free(&week)[2];
    let wrong = |name: &'static str, value: String| {
        let mut fields = wants(&week, starts);
        fields.iter_mut().filter(|(field, _)| *field == name).for_each(|(_, old)| old.clone_from(&value));
        fields
    };
    let note = |field: &str, note: Value| noted(field, &note);
    let most = &week["facility"]["terms"]["most_steps"];
    let most_heads = &week["facility"]["terms"]["most_heads"];
    let cases = [
        (wrong("starts", (starts + 60).to_string()), note("starts", json!("NotAChoice"))),
        (wrong("starts", "1000000000".to_owned()), note("starts", json!("InThePast"))),
        (wrong("starts", (starts + 3_153_600_000).to_string()), note("starts", json!("TooFarAhead"))),
        (wrong("starts", i64::MAX.to_string()), note("starts", json!("Malformed"))),
        (wrong("starts", "at noon".to_owned()), note("starts", json!("Malformed"))),
        // The last instant that there is.
        (wrong("starts", "8210266876799".to_owned()), note("starts", json!("TooFarAhead"))),
        (wrong("steps", "0".to_owned()), note("steps", json!({ "NotBetween": [1, most] }))),
        (wrong("steps", "4000000000".to_owned()), note("steps", json!({ "NotBetween": [1, most] }))),
        // A length that would end before it begins is no number of steps.
        (wrong("steps", "-1".to_owned()), note("steps", json!({ "NotBetween": [1, most] }))),
        (wrong("heads", "0".to_owned()), note("heads", json!({ "NotBetween": [1, most_heads] }))),
        (wrong("heads", "a few".to_owned()), note("heads", json!({ "NotBetween": [1, most_heads] }))),
        // Nobody uses up the share of another household, whose home looks as if it did not exist.
        (wrong("home", theirs["home"].as_str().unwrap().to_owned()), note("home", json!("NotYours"))),
        (wrong("home", uuid::Uuid::nil().to_string()), note("home", json!("NotYours"))),
        (wrong("facility", uuid::Uuid::nil().to_string()), note("facility", json!("NotYours"))),
    ];
    for (fields, expected) in cases {
        assert_eq!(send(&emma, "bookings/hold", &fields).await.json(), expected, "{fields:?}");
    }
    // Another estate's looks as if it did not exist.
    let other: uuid::Uuid = house
        .value("select f.id from facility f join estate e on e.id = f.estate_id where e.code_prefix <> 'LY' limit 1")
        .await;
    let elsewhere = wrong("facility", other.to_string());
    for endpoint in ["bookings/hold", "bookings/wait"] {
        let refused = send(&emma, endpoint, &elsewhere).await;
        assert_eq!(refused.json(), note("facility", json!("NotYours")), "{endpoint}");
    }
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_database_keeps_one_place_for_one_booking(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    held(&homes[0]).await;
    held(&homes[1]).await;
    for attack in [
        "update unit_claim set unit_id = (select min(unit_id::text)::uuid from unit_claim)",
        "update booking set stage = 'cancelled', version = version + 1",
        "update booking set stage = 'confirmed', version = version + 1",
        "update booking set version = version + 2",
        "delete from booking",
        "delete from unit_claim",
        "update booking set place_id = null, version = version + 1",
        "update unit_claim set during = tstzrange(upper(during), upper(during) + interval '1 hour')",
        "with gone as (delete from unit_claim returning booking_id)
         update booking set stage = 'requested', version = version + 1 where id in (select booking_id from gone)",
    ] {
        assert!(sqlx::raw_sql(attack).execute(&house.pool).await.is_err(), "{attack}");
    }
    assert_eq!(overlaps(&house).await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_facility_says_what_the_catalogue_says_of_it(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let lane = week(&emma, "pool-lane", "").await;
    assert_eq!(lane["service"]["content"]["en"], json!("Lanes of the outdoor pool."));
    assert_eq!(lane["service"]["standard"]["en"], json!("Clean, open and staffed as announced."));
    assert_eq!(week(&emma, COURT, "").await["service"], json!(null), "no item leads to it");
    // The office, which books for others, asks for none of it.
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let unit = lane["home"].as_str().unwrap();
    let shown = desk.post_exactly("bookings/week_for", &[("unit", unit), ("facility", "pool-lane")]).await.ok();
    assert_eq!(shown["week"]["service"], json!(null));
    // What the catalogue does not offer any more says nothing.
    let retired = "update catalogue_item set retired_at = now() where slug = (
         select i.slug from catalogue_item i join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
         where t.facility = 'pool-lane' limit 1)";
    sqlx::raw_sql(retired).execute(&house.pool).await.unwrap();
    assert_eq!(week(&emma, "pool-lane", "").await["service"], json!(null));
}
