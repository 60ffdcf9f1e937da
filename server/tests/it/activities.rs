//! Activities: planned safely, approved, signed up for, held; never more people than places, however fast they are.

use crate::bookings_race::{crowded, household, id};
use crate::calls::At;
use crate::concierge_desk::stars_of;
use crate::house::{Caller, House, Reply, key};
use crate::people::moves_in;
use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// A plan for this evening, on the lawn.
const LAWN: [(&str, &str); 11] = [
    ("plan[title_en]", "Lanterns"),
    ("plan[title_hans]", "灯会"),
    ("plan[title_hant]", "燈會"),
    ("plan[about_en]", "Riddles and sweet soup"),
    ("plan[about_hans]", "猜灯谜喝甜汤"),
    ("plan[about_hant]", "猜燈謎喝甜湯"),
    ("plan[starts]", "2026-11-23T18:00"),
    ("plan[ends]", "2026-11-23T21:00"),
    ("plan[place]", "The lawn"),
    ("plan[capacity]", "4"),
    ("plan[quota]", "3"),
];

pub async fn board(caller: &Caller<'_>, code: &str) -> Value {
    caller.post_exactly("activities/board", &[("code", code)]).await.ok()["one"].clone()
}

pub async fn desk(caller: &Caller<'_>, code: &str) -> Value {
    caller.post_exactly("activities/desk", &[("code", code)]).await.ok()["one"].clone()
}

async fn staff_of(house: &House, sign_in: &str) -> String {
    let sql = "select m.id from staff_member m join account a on a.id = m.account_id where a.sign_in = $1";
    let id: uuid::Uuid = sqlx::query_scalar(sql).bind(sign_in).fetch_one(&house.pool).await.unwrap();
    id.to_string()
}

/// The desk plans it, otherwise than on the lawn where that is said.
async fn planned(house: &House, more: &[(&str, &str)]) -> String {
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let is_said = |name: &str| more.iter().any(|(other, _)| *other == name);
    let fields: Vec<_> = LAWN.iter().copied().filter(|(name, _)| !is_said(name)).chain(more.iter().copied()).collect();
    desk.post("activities/plan", &fields).await.ok()["code"].as_str().unwrap().to_owned()
}

/// A move of the office's at the version that it sees now.
pub async fn decide(caller: &Caller<'_>, code: &str, endpoint: &str, more: &[(&str, &str)]) -> Reply {
    let one = desk(caller, code).await;
    let (id, seen) = (one["activity"]["id"].as_str().unwrap(), one["activity"]["version"].to_string());
    caller.post(endpoint, &[&[("id", id), ("seen", seen.as_str())][..], more].concat()).await
}

/// Something is done for everybody's safety, by the desk itself.
async fn measured(house: &House, code: &str) {
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let responsible = staff_of(house, cast::RECEPTIONIST).await;
    let measure = [("words", "A first-aider"), ("responsible", responsible.as_str())];
    decide(&desk, code, "activities/add_measure", &measure).await.ok();
}

/// Residents see it.
async fn published(house: &House, code: &str) {
    measured(house, code).await;
    decide(&house.as_person(cast::SITE_MANAGER).await, code, "activities/approve", &[]).await.ok();
    decide(&house.as_person(cast::RECEPTIONIST).await, code, "activities/publish", &[]).await.ok();
}

async fn sign_up(caller: &Caller<'_>, code: &str, heads: &str) -> Reply {
    let one = board(caller, code).await;
    let (id, home) = (one["card"]["activity"]["id"].as_str().unwrap(), one["homes"][0]["unit"]["id"].as_str().unwrap());
    caller.post("activities/sign_up", &[("id", id), ("home", home), ("heads", heads)]).await
}

/// A move on the caller's own part.
async fn step(caller: &Caller<'_>, code: &str, endpoint: &str, more: &[(&str, &str)]) -> Reply {
    let own = board(caller, code).await["card"]["own"].clone();
    let (id, seen) = (own["id"].as_str().unwrap(), own["version"].to_string());
    caller.post(endpoint, &[&[("id", id), ("seen", seen.as_str())][..], more].concat()).await
}

/// It starts now, whatever was planned, and everything is done for everybody's safety.
async fn starts(house: &House, code: &str) {
    let now = house.backend.clock.now();
    let sql =
        "update activity set starts_at = $2, ends_at = $2::timestamptz + interval '3 hours', version = version + 1,
                 opens_at = $2::timestamptz - interval '1 day', closes_at = $2
               where code = $1";
    sqlx::query(sql).bind(code).bind(now).execute(&house.pool).await.unwrap();
    sqlx::raw_sql(
        "update activity_measure m set ticked_at = now() from activity a
         where a.id = m.activity_id and m.ticked_at is null and a.stage = 'published'",
    )
    .execute(&house.pool)
    .await
    .unwrap();
}

fn stage(one: &Value) -> &str {
    one["card"]["own"]["stage"].as_str().unwrap_or_default()
}

async fn told(caller: &Caller<'_>, side: &str) -> Vec<Value> {
    let inbox = caller.post_exactly("messages/inbox", &[("side", side)]).await.ok();
    let all = inbox["messages"].as_array().unwrap().iter().map(|message| message["telling"].clone());
    all.filter(|telling| telling["told"] == "activity").map(|telling| telling["news"].clone()).collect()
}

/// An activity as far as a call needs it, with what could be aimed at: `activity`, `measure` and `part` with their versions.
pub async fn come_as_far_as(house: &House, resident: &Caller<'_>, at: At) -> Vec<(&'static str, String)> {
    let code = planned(house, &[]).await;
    measured(house, &code).await;
    if at > At::Planned {
        decide(&house.as_person(cast::SITE_MANAGER).await, &code, "activities/approve", &[]).await.ok();
    }
    let receptionist = house.as_person(cast::RECEPTIONIST).await;
    if at > At::Agreed {
        decide(&receptionist, &code, "activities/publish", &[]).await.ok();
    }
    if at >= At::SignedUp {
        sign_up(resident, &code, "2").await.ok();
    }
    if at >= At::Ready {
        starts(house, &code).await;
    }
    if at >= At::Doors {
        decide(&receptionist, &code, "activities/begin", &[]).await.ok();
    }
    let one = desk(&receptionist, &code).await;
    let part = one["people"][0]["participation"].clone();
    if at >= At::Attended {
        let (id, seen) = (part["id"].as_str().unwrap(), part["version"].to_string());
        receptionist.post("activities/attend", &[("id", id), ("seen", &seen), ("came", "2")]).await.ok();
    }
    let one = desk(&receptionist, &code).await;
    let (activity, part) = (&one["activity"], &one["people"][0]["participation"]);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    vec![
        ("activity", text(&activity["id"])),
        ("activity_seen", text(&activity["version"])),
        ("activity_code", code),
        ("measure", text(&activity["measures"][0]["id"])),
        ("part", text(&part["id"])),
        ("part_seen", text(&part["version"])),
    ]
}

#[sqlx::test(migrations = "../app/migrations")]
async fn it_is_planned_safely_held_and_written_down(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk_, manager) = (
        house.as_person(cast::RESIDENT).await,
        house.as_person(cast::RECEPTIONIST).await,
        house.as_person(cast::SITE_MANAGER).await,
    );
    let code = planned(&house, &[]).await;
    assert_eq!(told(&manager, "office").await[0], json!({ "news": "planned" }));
    assert_eq!(decide(&manager, &code, "activities/approve", &[]).await.json(), json!({ "Refused": "NoMeasures" }));
    measured(&house, &code).await;
    let laochen = staff_of(&house, cast::TECHNICIAN).await;
    let lamps = [("words", "The lamps"), ("responsible", laochen.as_str())];
    decide(&desk_, &code, "activities/add_measure", &lamps).await.ok();
    assert_eq!(decide(&desk_, &code, "activities/approve", &[]).await.status, StatusCode::FORBIDDEN);
    decide(&manager, &code, "activities/approve", &[]).await.ok();
    let technician = house.as_person(cast::TECHNICIAN).await;
    assert_eq!(told(&technician, "office").await[0], json!({ "news": "measure", "words": "The lamps" }));
    assert_eq!(emma.post_exactly("activities/board", &[("code", &code)]).await.status, StatusCode::NOT_FOUND);
    decide(&desk_, &code, "activities/publish", &[]).await.ok();
    let seen = board(&emma, &code).await;
    assert_eq!(seen["free"], json!([seen["homes"][0]["unit"]["id"]]));
    assert_eq!(seen["card"]["activity"]["measures"], json!([]));

    sign_up(&emma, &code, "2").await.ok();
    assert_eq!(sign_up(&emma, &code, "1").await.json(), json!({ "Refused": "HasSignedUp" }));
    let calendar = emma.get(&format!("/activities/{code}/calendar.ics")).await.text();
    assert!(calendar.contains("SUMMARY:Lanterns") && calendar.contains("STATUS:CONFIRMED"), "{calendar}");
    house.advance(5 * 60 + 30);
    let (emma, desk_) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    assert_eq!(decide(&desk_, &code, "activities/begin", &[]).await.json(), json!({ "Refused": "MeasuresOpen" }));
    let measures = desk(&desk_, &code).await["activity"]["measures"].clone();
    let of = |words: &str| {
        let all = measures.as_array().unwrap();
        all.iter().find(|one| one["words"] == words).unwrap()["id"].as_str().unwrap()
    };
    let (own, lamps) = (of("A first-aider"), of("The lamps"));
    desk_.post("activities/tick_measure", &[("id", own)]).await.ok();
    assert_eq!(desk_.post("activities/tick_measure", &[("id", lamps)]).await.status, StatusCode::FORBIDDEN);
    let technician = house.as_person(cast::TECHNICIAN).await;
    assert_eq!(desk(&technician, &code).await["people"], json!([]), "who comes is none of his business");
    technician.post("activities/tick_measure", &[("id", lamps)]).await.ok();
    decide(&desk_, &code, "activities/begin", &[]).await.ok();
    let early = step(&emma, &code, "activities/rate", &[("stars", "5")]).await;
    assert_eq!(early.json(), json!({ "Refused": "AlreadyMoved" }), "nobody was there yet");

    let part = desk(&desk_, &code).await["people"][0]["participation"].clone();
    let (id, seen) = (part["id"].as_str().unwrap(), part["version"].to_string());
    let door = [("id", id), ("seen", seen.as_str())];
    let crowd = desk_.post("activities/attend", &[&door[..], &[("came", "3")][..]].concat()).await.json();
    assert_eq!(crowd["Invalid"][0], json!({ "field": "came", "note": { "NotBetween": [0, 2] } }));
    desk_.post("activities/attend", &[&door[..], &[("came", "2")][..]].concat()).await.ok();
    step(&emma, &code, "activities/rate", &[("stars", "4"), ("words", "More soup!")]).await.ok();
    let again = step(&emma, &code, "activities/rate", &[("stars", "5")]).await.json();
    assert_eq!(again, json!({ "Refused": "AlreadyRated" }));
    let few = decide(&desk_, &code, "activities/close", &[("came", "1"), ("went_well", "All")]).await.json();
    assert_eq!(few["Invalid"][0]["field"], json!("came"), "two were ticked at the door");
    decide(&desk_, &code, "activities/close", &[("came", "3"), ("went_well", "The lanterns")]).await.ok();
    let over = board(&emma, &code).await["card"]["activity"].clone();
    assert_eq!(
        (&over["stage"], &over["came"], &over["went_well"]),
        (&json!("closed"), &json!(3), &json!("The lanterns"))
    );
}

#[sqlx::test(migrations = "../app/migrations")]
async fn how_it_was_counts_for_the_catalogues_item(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, sandy) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::NEIGHBOUR).await);
    let desk_ = house.as_person(cast::RECEPTIONIST).await;
    let code = planned(&house, &[]).await;
    published(&house, &code).await;
    for guest in [&emma, &sandy] {
        sign_up(guest, &code, "2").await.ok();
    }
    starts(&house, &code).await;
    decide(&desk_, &code, "activities/begin", &[]).await.ok();
    for one in desk(&desk_, &code).await["people"].as_array().unwrap() {
        let part = &one["participation"];
        let (id, seen) = (part["id"].as_str().unwrap(), part["version"].to_string());
        desk_.post("activities/attend", &[("id", id), ("seen", &seen), ("came", "2")]).await.ok();
    }
    let going_on = desk_.post_exactly("concierge/desk", &[("over", "true")]).await.ok();
    assert_eq!(going_on["figures"], json!([]), "nobody is silent before it is over");
    let slug = json!("activity");
    step(&emma, &code, "activities/rate", &[("stars", "5")]).await.ok();
    assert_eq!(stars_of(&desk_).await, (slug.clone(), [0, 1, 1]));
    decide(&desk_, &code, "activities/close", &[("came", "4"), ("went_well", "The soup")]).await.ok();
    assert_eq!(stars_of(&desk_).await, (slug.clone(), [1, 1, 1]));
    step(&sandy, &code, "activities/rate", &[("stars", "3")]).await.ok();
    assert_eq!(stars_of(&desk_).await, (slug, [0, 2, 1]), "whoever rates late has said how it was");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_last_place_goes_to_one_of_many(pool: PgPool) {
    const HOUSEHOLDS: u32 = 12;
    let house = crowded(&pool, HOUSEHOLDS).await;
    let code = planned(&house, &[("plan[capacity]", "1"), ("plan[quota]", "1")]).await;
    published(&house, &code).await;
    let one = board(&household(&house, 1), &code).await;
    let activity = one["card"]["activity"]["id"].as_str().unwrap();
    // Each of them twice, with a key of its own.
    let tries = (1..=HOUSEHOLDS).flat_map(|number| [number, number]).map(|number| {
        let who = household(&house, number);
        async move {
            let (key, home) = (key(), id(number).to_string());
            let fields = [("key", key.as_str()), ("id", activity), ("home", home.as_str()), ("heads", "1")];
            who.post_exactly("activities/sign_up", &fields).await.status
        }
    });
    let all = join_all(tries).await;
    let done = all.iter().filter(|status| status.is_success()).count();
    assert_eq!(done, HOUSEHOLDS as usize, "each household once: {all:?}");
    assert!(all.iter().all(|status| status.is_success() || *status == StatusCode::CONFLICT), "{all:?}");
    let stages: String = house.value("select string_agg(stage, ' ' order by stage) from participation").await;
    assert_eq!(stages, format!("signed{}", " waiting".repeat(11)));
    // Nor past the rules.
    let forced = "update participation set stage = 'signed', version = version + 1 where stage = 'waiting'";
    let refused = sqlx::query(forced).execute(&house.pool).await.unwrap_err().to_string();
    assert!(refused.contains("is full"), "{refused}");
    house.pool.close().await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_those_have_who_left_is_nobody_elses(pool: PgPool) {
    let house = House::open(pool).await;
    let code = planned(&house, &[("plan[starts]", "2026-11-25T18:00"), ("plan[ends]", "2026-11-25T21:00")]).await;
    published(&house, &code).await;
    let (emma, sandy) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::NEIGHBOUR).await);
    sign_up(&emma, &code, "3").await.ok();
    sign_up(&sandy, &code, "2").await.ok();
    let (hers, jiashu) = (board(&emma, &code).await, house.as_person(cast::SPOUSE).await);
    let (part, home) = (&hers["parts"][0]["part"], hers["homes"][0]["unit"]["id"].as_str().unwrap());
    let shared = board(&jiashu, &code).await;
    assert_eq!((&shared["parts"][0]["part"]["id"], &shared["parts"][0]["moves"]), (&part["id"], &json!(["give_up"])));
    let rates = step(&jiashu, &code, "activities/rate", &[("stars", "5")]).await;
    assert_eq!(rates.status, StatusCode::FORBIDDEN, "she signed up");

    // Sandy has two homes now, of which one is in it: what Emma's has is not hers to see, nor to give up.
    house.advance(24 * 60);
    moves_in(&house, cast::RESIDENT, cast::NEIGHBOUR).await;
    let two = board(&sandy, &code).await;
    assert_eq!((two["parts"].as_array().unwrap().len(), stage(&two)), (1, "waiting"));
    assert_eq!(two["free"], json!([home]));
    let (id, seen) = (part["id"].as_str().unwrap(), part["version"].to_string());
    let others = [("id", id), ("seen", seen.as_str())];
    assert_eq!(sandy.post("activities/give_up", &others).await.status, StatusCode::NOT_FOUND);
    let seen_by_desk = desk(&house.as_person(cast::RECEPTIONIST).await, &code).await;
    let left: Vec<_> = seen_by_desk["people"].as_array().unwrap().iter().map(|one| one["has_left"].clone()).collect();
    assert_eq!(left, [json!(true), json!(false)]);

    // She signs up the second: what was kept for those who left is free, and whoever waits comes first.
    let activity = two["card"]["activity"]["id"].as_str().unwrap();
    sandy.post("activities/sign_up", &[("id", activity), ("home", home), ("heads", "2")]).await.ok();
    let both = board(&sandy, &code).await;
    let stages: Vec<_> = both["parts"].as_array().unwrap().iter().map(|own| own["part"]["stage"].clone()).collect();
    assert_eq!((stages, &both["free"]), (vec![json!("signed"), json!("signed")], &json!([])));
    let ended: String = house.value("select stage from participation where heads = 3").await;
    assert_eq!(ended, "given_up");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_waits_in_vain_is_told_and_the_office_strikes(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = crate::incidents::riser(&house).await;
    let desk_ = house.as_person(cast::RECEPTIONIST).await;
    let code = planned(&house, &[]).await;
    published(&house, &code).await;
    for (home, heads) in homes.iter().zip(["3", "2", "2", "3"]) {
        sign_up(home, &code, heads).await.ok();
        house.advance(1);
    }
    // Sandy has left, and waits no more; what the office gives up goes to whoever is behind her.
    let gone = "update occupancy set to_on = '2026-11-22' where party_id in (
           select pa.party_id from party_account pa join account a on a.id = pa.account_id where a.sign_in = 'sandy')";
    sqlx::raw_sql(gone).execute(&house.pool).await.unwrap();
    let part = desk(&desk_, &code).await["people"][0]["participation"].clone();
    let (id, seen) = (part["id"].as_str().unwrap(), part["version"].to_string());
    let strike = [("id", id), ("seen", seen.as_str())];
    assert_eq!(homes[2].post("activities/strike", &strike).await.status, StatusCode::FORBIDDEN);
    desk_.post("activities/strike", &strike).await.ok();
    assert_eq!(told(&homes[0], "home").await[0], json!({ "news": "struck" }));
    assert_eq!(stage(&board(&homes[2], &code).await), "signed");
    let stages: String = house.value("select string_agg(stage, ' ' order by made_at) from participation").await;
    assert_eq!(stages, "given_up waiting signed waiting");
    starts(&house, &code).await;
    decide(&desk_, &code, "activities/begin", &[]).await.ok();
    assert_eq!(told(&homes[3], "home").await[0], json!({ "news": "not_freed" }));
    assert_eq!(told(&homes[2], "home").await.len(), 1, "she moved up, and that is all");
    let told_sandy = house.value::<i64>(
        "select count(*) from message m join account a on a.id = m.account_id
         where a.sign_in = 'sandy' and m.telling ->> 'told' = 'activity'",
    );
    assert_eq!(told_sandy.await, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_waits_moves_up_by_itself(pool: PgPool) {
    let house = House::open(pool).await;
    let code = planned(&house, &[]).await;
    published(&house, &code).await;
    let (emma, sandy) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::NEIGHBOUR).await);
    let many = sign_up(&emma, &code, "4").await.json();
    assert_eq!(many["Invalid"][0], json!({ "field": "heads", "note": { "NotBetween": [1, 3] } }));
    sign_up(&emma, &code, "3").await.ok();
    sign_up(&sandy, &code, "2").await.ok();
    assert_eq!(stage(&board(&sandy, &code).await), "waiting");
    step(&emma, &code, "activities/give_up", &[]).await.ok();
    assert_eq!(stage(&board(&sandy, &code).await), "signed");
    assert_eq!(told(&sandy, "home").await[0], json!({ "news": "moved_up" }));
    assert_eq!(board(&emma, &code).await["free"].as_array().unwrap().len(), 1, "they may come after all");
    let manager = house.as_person(cast::SITE_MANAGER).await;
    house.advance(1);
    decide(&manager, &code, "activities/call_off", &[("reason", "Rain")]).await.ok();
    assert_eq!(told(&sandy, "home").await[0], json!({ "news": "called_off", "reason": "Rain" }));
    assert_eq!(told(&emma, "home").await.len(), 0, "she had given up");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn its_place_is_taken_by_the_rules_of_bookings(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, desk_, manager) = (
        house.as_person(cast::RESIDENT).await,
        house.as_person(cast::RECEPTIONIST).await,
        house.as_person(cast::SITE_MANAGER).await,
    );
    let week = crate::bookings::week(&emma, "tennis-court", "2026-11-30").await;
    let (facility, free) = (week["facility"]["id"].as_str().unwrap(), crate::bookings::free(&week));
    let starts = free[2];
    let wall = |seconds: i64| {
        let at = chrono::DateTime::from_timestamp(seconds + 8 * 3600, 0).unwrap();
        at.format("%Y-%m-%dT%H:%M").to_string()
    };
    let (from, until) = (wall(starts), wall(starts + 2 * 3600));
    let there = [("plan[facility]", facility), ("plan[place]", ""), ("plan[starts]", &from), ("plan[ends]", &until)];
    let code = planned(&house, &there).await;
    measured(&house, &code).await;
    // Somebody has it: first they are moved or called off.
    crate::bookings::send(&emma, "bookings/hold", &crate::bookings::wants(&week, starts)).await.ok();
    let booked = house.value::<String>("select code from booking order by made_at desc limit 1").await;
    crate::bookings::step(&emma, &booked, "bookings/confirm").await.ok();
    assert_eq!(decide(&manager, &code, "activities/approve", &[]).await.json(), json!({ "Refused": "IsBooked" }));
    crate::bookings::step(&emma, &booked, "bookings/cancel").await.ok();
    decide(&manager, &code, "activities/approve", &[]).await.ok();
    let week = crate::bookings::week(&emma, "tennis-court", "2026-11-30").await;
    assert!(!crate::bookings::free(&week).contains(&starts), "nobody can book it");
    let other = planned(&house, &there).await;
    measured(&house, &other).await;
    assert_eq!(decide(&manager, &other, "activities/approve", &[]).await.json(), json!({ "Refused": "IsShut" }));
    let closure = house.value::<uuid::Uuid>("select closure_id from activity where closure_id is not null").await;
    let fields = [("facility", facility), ("id", &closure.to_string())];
    assert_eq!(desk_.post("bookings/reopen", &fields).await.json(), json!({ "Refused": "HasActivity" }));
    decide(&desk_, &code, "activities/call_off", &[("reason", "Rain")]).await.ok();
    let week = crate::bookings::week(&emma, "tennis-court", "2026-11-30").await;
    assert!(crate::bookings::free(&week).contains(&starts), "it is everybody's again");
    let sql = "update activity set stage = 'published', version = version + 1 where stage = 'draft'";
    assert!(sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string().contains("may not move"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_it_is_called_is_text_in_the_pages_title_too(pool: PgPool) {
    let house = House::open(pool).await;
    let hostile = "</title><script>alert(1)</script>";
    let code = planned(&house, &[("plan[title_hans]", hostile)]).await;
    let page = house.as_person(cast::RECEPTIONIST).await.get(&format!("/staff/activities/{code}")).await.text();
    assert!(page.contains("<title>&lt;/title>&lt;script>alert(1)&lt;/script> · "), "{}", &page[..2_000]);
    assert!(!page.contains(hostile));
}
