//! The draw: what many want is given away by lot, in an order that nobody can foresee and anybody can repeat.

use crate::bookings::{clear, file, free, held, noted, send, state, step, wants, week};
use crate::bookings_office::told;
use crate::calls::At;
use crate::cases::viewer;
use crate::draws_repeated::{drawn, repeated, sha256};
use crate::house::{Caller, House, Reply};
use crate::incidents::riser;
use crate::people::moves_in;
use app::bookings::settle_due;
use app::moment::Moment;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;
use uuid::Uuid;

pub const COURT: &str = "tennis-court";
/// The first of two evenings of two hours each,
pub const SATURDAY: &str = "2026-11-28";
/// which are drawn two hours from the beginning on.
pub const CLOSES: &str = "2026-11-23T14:00";

pub async fn announce(desk: &Caller<'_>, slug: &str, opens: &str, closes: &str) -> Reply {
    let file = desk.post_exactly("bookings/facility", &[("slug", slug)]).await.ok();
    let days = [("first_on", SATURDAY), ("last_on", "2026-11-29"), ("weekdays[]", "6"), ("weekdays[]", "7")];
    let times = [("from", "18:00"), ("until", "20:00"), ("opens", opens), ("closes", closes)];
    let facility = [("facility", file["facility"]["id"].as_str().unwrap())];
    desk.post("bookings/announce_draw", &[&facility[..], &days, &times].concat()).await
}

pub async fn load(home: &Caller<'_>, slug: &str) -> Value {
    home.post_exactly("bookings/draw", &[("facility", slug)]).await.ok()
}

async fn enter(home: &Caller<'_>, wishes: &[i64]) -> Reply {
    enter_seen(home, wishes, None).await
}

/// The same by somebody who has seen a version of their household's lot.
async fn enter_seen(home: &Caller<'_>, wishes: &[i64], seen: Option<&str>) -> Reply {
    let file = load(home, COURT).await;
    let wishes: Vec<String> = wishes.iter().map(i64::to_string).collect();
    let (id, home_id) = (file["draw"]["id"].as_str().unwrap(), file["home"].as_str().unwrap());
    let mut fields = vec![("id", id), ("home", home_id), ("steps", "1"), ("heads", "1")];
    fields.extend(["first", "second", "third"].into_iter().zip(wishes.iter().map(String::as_str)));
    fields.extend(seen.map(|seen| ("seen", seen)));
    home.post("bookings/enter_draw", &fields).await
}

/// What stands in a file of the draw: a move of the office's on it.
async fn decide(desk: &Caller<'_>, endpoint: &str) -> Reply {
    let draw = desk.post_exactly("bookings/draws", &[("slug", COURT)]).await.ok()["draws"][0].clone();
    let (id, seen) = (draw["id"].as_str().unwrap(), draw["version"].to_string());
    desk.post(endpoint, &[("id", id), ("seen", &seen), ("reason", "A pipe burst")]).await
}

/// What anybody reads of the draw that a household sees.
pub async fn record(house: &House, home: &Caller<'_>, slug: &str) -> Value {
    let id = load(home, slug).await["draw"]["id"].as_str().unwrap().to_owned();
    house.stranger().get(&format!("/draws/{id}.json")).await.ok()
}

fn at(text: &str) -> i64 {
    text.parse::<Moment>().unwrap().timestamp()
}

pub fn six() -> i64 {
    at("2026-11-28T18:00:00+08:00")
}

/// For the matrix: a draw of the courts, and the resident's lot in it; or one that has closed and was not drawn yet.
pub async fn come_as_far_as(house: &House, resident: &Caller<'_>, at: At) -> [(&'static str, String); 4] {
    clear(house).await;
    if at == At::Shut {
        return [
            ("draw", shut(house).await.to_string()),
            ("draw_seen", "2".to_owned()),
            ("lot", String::new()),
            ("starts", String::new()),
        ];
    }
    announce(&viewer(house, Some(cast::RECEPTIONIST)).await, COURT, "", CLOSES).await.ok();
    let starts = load(resident, COURT).await["starts"][0].as_i64().unwrap();
    enter(resident, &[starts]).await.ok();
    let file = load(resident, COURT).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (draw, lot) = (text(&file["draw"]["id"]), text(&file["lot"]["id"]));
    [("draw", draw), ("draw_seen", file["draw"]["version"].to_string()), ("lot", lot), ("starts", starts.to_string())]
}

/// As if nobody had been at work for an hour.
async fn shut(house: &House) -> Uuid {
    let now = house.backend.clock.now();
    let insert = "insert into draw (estate_id, id, stage, stage_at, facility_id, opens_at, closes_at, made_at)
         select f.estate_id, gen_random_uuid(), 'announced', t.at, f.id, t.at, $1 - interval '1 hour', t.at
         from facility f join estate e on e.id = f.estate_id and e.code_prefix = 'LY'
         cross join (select $1::timestamptz - interval '2 hours' as at) t
         where f.slug = 'tennis-court' returning id";
    let id: Uuid = sqlx::query_scalar(insert).bind(now).fetch_one(&house.pool).await.unwrap();
    for sql in [
        "insert into draw_window select estate_id, id, closes_at + interval '5 days', closes_at + interval '6 days'
         from draw where id = $1",
        "update draw set version = 2, stage = 'open', stage_at = opens_at, seed = repeat('5', 64),
           seed_hash = encode(sha256(convert_to(repeat('5', 64), 'UTF8')), 'hex') where id = $1",
    ] {
        sqlx::query(sql).bind(id).execute(&house.pool).await.unwrap();
    }
    id
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_drawn_cannot_be_booked_until_it_is(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    announce(&desk, COURT, "", CLOSES).await.ok();
    let shown = week(&emma, COURT, SATURDAY).await;
    assert_eq!(state(&shown, six()), json!("drawn"));
    assert_eq!((shown["draws"].as_array().unwrap().len(), &shown["draws"][0]["stage"]), (1, &json!("open")));
    let refused = noted("starts", &json!("IsDrawn"));
    for endpoint in ["bookings/hold", "bookings/wait"] {
        assert_eq!(send(&emma, endpoint, &wants(&shown, six())).await.json(), refused, "{endpoint}");
    }
    // Nor what runs into it; and the office no more than anybody.
    let mut both = wants(&shown, six() - 3600);
    both[3].1 = "2".to_owned();
    assert_eq!(send(&emma, "bookings/hold", &both).await.json(), refused);
    let (unit, facility) = (shown["home"].as_str().unwrap(), shown["facility"]["id"].as_str().unwrap());
    let of = desk.post_exactly("bookings/week_for", &[("unit", unit), ("facility", COURT)]).await.ok();
    let (guest, starts) = (of["guests"][0]["account"].as_str().unwrap(), six().to_string());
    let fields = [
        ("facility", facility),
        ("unit", unit),
        ("account", guest),
        ("starts", &starts),
        ("steps", "1"),
        ("heads", "1"),
    ];
    assert_eq!(desk.post("bookings/book_for", &fields).await.json(), refused);
    let found = emma.post_exactly("bookings/find", &[("day", SATURDAY), ("part", "evening")]).await.ok();
    let courts = found["found"].as_array().unwrap().iter().find(|one| one["facility"]["slug"] == COURT).unwrap();
    assert_eq!(courts["starts"][0], json!(six() + 7200));
    // Its page still opens, and says no more than that it is not free.
    let asked = [("facility", COURT), ("starts", starts.as_str())];
    assert_eq!(emma.post_exactly("bookings/waiting", &asked).await.ok()["standing"], json!("taken"));
    // Around it all is as ever; and what is drawn, is drawn once.
    send(&emma, "bookings/hold", &wants(&shown, six() - 3600)).await.ok();
    let again = announce(&desk, COURT, "", CLOSES).await.json();
    assert_eq!(again, json!({ "Invalid": [{ "field": "first_on", "note": "DayTaken" }] }));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn its_seed_is_told_once_it_is_drawn_and_its_hash_before(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    announce(&desk, COURT, "2026-11-23T13:00", CLOSES).await.ok();
    let first = load(&emma, COURT).await;
    assert_eq!((&first["draw"]["stage"], &first["draw"]["seed_hash"]), (&json!("announced"), &json!(null)));
    assert_eq!(enter(&emma, &[six()]).await.json(), json!({ "Refused": "DrawShut" }), "it has not opened");
    assert!(!settle_due(&house.backend).await.unwrap());
    house.advance(60);
    assert!(settle_due(&house.backend).await.unwrap());
    enter(&emma, &[six()]).await.ok();
    let seed: String = house.value("select seed from draw").await;
    let open = load(&emma, COURT).await;
    assert_eq!((&open["draw"]["seed"], &open["draw"]["seed_hash"]), (&json!(null), &json!(sha256(&seed))));
    let path = format!("/draws/{}.json", open["draw"]["id"].as_str().unwrap());
    for reply in [
        emma.post_exactly("bookings/draw", &[("facility", COURT)]).await,
        emma.post_exactly("bookings/board", &[]).await,
        emma.get("/book/tennis-court/draw").await,
        desk.post_exactly("bookings/draws", &[("slug", COURT)]).await,
        desk.get("/staff/facilities/tennis-court/draws").await,
        house.stranger().get(&path).await,
    ] {
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        assert!(!reply.text().contains(&seed), "{}", reply.text());
    }
    let before = house.stranger().get(&path).await.ok();
    assert_eq!(before["lots"], json!([]), "nor who is in it");
    // But which lots are, so that none comes or goes unseen.
    let lot = open["lot"]["id"].as_str().unwrap();
    assert_eq!((&before["lot_ids"], &before["lots_hash"]), (&json!([lot]), &json!(sha256(lot))));
    assert!(emma.get("/book/tennis-court/draw").await.text().contains(lot), "and she knows hers");
    house.advance(60);
    assert!(settle_due(&house.backend).await.unwrap());
    assert_eq!(load(&emma, COURT).await["draw"]["seed"], json!(seed));
    let shown = house.stranger().get(&path).await;
    assert_eq!(shown.json()["lots_hash"], before["lots_hash"]);
    assert!(shown.text().contains(&seed) && !shown.text().contains("Emma"));
    assert_eq!(house.stranger().get("/draws/none.json").await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_household_has_one_lot_while_the_draw_is_open(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let jiashu = house.as_person("jiashu").await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    announce(&desk, COURT, "", CLOSES).await.ok();
    enter(&homes[0], &[six(), six() + 3600, six()]).await.ok();
    let lot = load(&jiashu, COURT).await["lot"].clone();
    assert_eq!(lot["wishes"], json!([six(), six() + 3600]), "her family sees it");
    enter_seen(&jiashu, &[six() + 3600], Some("1")).await.ok();
    // Whoever has not seen what he wishes for since does not change it.
    for seen in ["0", "1"] {
        assert_eq!(enter_seen(&homes[0], &[six()], Some(seen)).await.json(), json!("Stale"));
    }
    let (id, seen) = (lot["id"].as_str().unwrap(), lot["version"].to_string());
    assert_eq!(
        homes[1].post("bookings/leave_draw", &[("id", id), ("seen", &seen)]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(homes[0].post("bookings/leave_draw", &[("id", id), ("seen", &seen)]).await.json(), json!("Stale"));
    homes[0].post("bookings/leave_draw", &[("id", id), ("seen", "2")]).await.ok();
    assert_eq!(load(&homes[0], COURT).await["lot"], json!(null));
    // Whoever comes back has the lot that they had: nobody draws a better one.
    enter(&homes[0], &[six()]).await.ok();
    assert_eq!(load(&jiashu, COURT).await["lot"]["id"], lot["id"]);
    assert_eq!(load(&homes[1], COURT).await["draw"]["lots"], json!(1));
    let note = |field: &str, note: &str| json!({ "Invalid": [{ "field": field, "note": note }] });
    assert_eq!(enter(&homes[1], &[six(), six() + 7200]).await.json(), note("second", "NotAChoice"), "it is not drawn");
    assert_eq!(enter(&homes[1], &[]).await.json(), note("first", "Missing"));
    // With nobody at work it closes all the same.
    house.advance(120);
    let shut = json!({ "Refused": "DrawShut" });
    assert_eq!(enter(&homes[1], &[six()]).await.json(), shut);
    assert_eq!(homes[0].post("bookings/leave_draw", &[("id", id), ("seen", "4")]).await.json(), shut);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_lot_is_its_households_as_long_as_any_of_them_stays(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, jiashu) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SPOUSE).await);
    let sandy = house.as_person(cast::NEIGHBOUR).await;
    announce(&house.as_person(cast::RECEPTIONIST).await, COURT, "", "2026-11-24T14:00").await.ok();
    for home in [&emma, &sandy] {
        enter(home, &[six(), six() + 3600]).await.ok();
    }
    let (hers, left) = (load(&emma, COURT).await["home"].clone(), load(&sandy, COURT).await["home"].clone());
    // Emma leaves and Jiashu stays; where Sandy lived, he has a home now, too.
    house.advance(24 * 60);
    let gone = "update occupancy set to_on = '2026-11-22' where party_id in (
           select pa.party_id from party_account pa join account a on a.id = pa.account_id where a.sign_in = 'emma')";
    sqlx::raw_sql(gone).execute(&house.pool).await.unwrap();
    moves_in(&house, cast::NEIGHBOUR, cast::SPOUSE).await;
    let at = [("facility", COURT), ("home", left.as_str().unwrap())];
    let there = jiashu.post_exactly("bookings/draw", &at).await.ok();
    assert_eq!(there["lot"], json!(null), "what was wished for there is none of his business");
    let of_sandy = "select l.id from lot l join account a on a.id = l.account_id where a.sign_in = 'sandy'";
    let lot = house.value::<Uuid>(of_sandy).await.to_string();
    let leave = jiashu.post("bookings/leave_draw", &[("id", lot.as_str()), ("seen", "1")]).await;
    assert_eq!(leave.status, StatusCode::NOT_FOUND);
    house.advance(121);
    assert!(settle_due(&house.backend).await.unwrap());
    let at = [("facility", COURT), ("home", hers.as_str().unwrap())];
    let won = jiashu.post_exactly("bookings/draw", &at).await.ok()["lot"].clone();
    assert_eq!(won["stage"], json!("won"));
    file(&jiashu, won["booking"].as_str().unwrap()).await;
    let all: String = house.value("select string_agg(tried::text, ' ' order by tried) from lot").await;
    assert_eq!(all, "{granted} {left,left}");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn lots_are_drawn_by_the_rules_of_any_booking(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    // The first has used up its share of that week, and the last moves out meanwhile.
    for starts in &free(&week(&homes[0], COURT, "2026-11-24").await)[3..5] {
        let hold = send(&homes[0], "bookings/hold", &wants(&week(&homes[0], COURT, "2026-11-24").await, *starts)).await;
        step(&homes[0], hold.ok()["code"].as_str().unwrap(), "bookings/confirm").await.ok();
    }
    announce(&desk, COURT, "", CLOSES).await.ok();
    for home in &homes {
        enter(home, &[six(), six() + 3600]).await.ok();
    }
    assert_eq!(decide(&desk, "bookings/draw_now").await.json(), json!({ "Refused": "TooEarly" }));
    let gone =
        "update occupancy set to_on = '2026-11-22' where party_id in (select id from party where name = 'Lin Yue')";
    sqlx::raw_sql(gone).execute(&house.pool).await.unwrap();
    house.advance(121);
    decide(&desk, "bookings/draw_now").await.ok();
    assert!(!settle_due(&house.backend).await.unwrap(), "it is done");
    assert_eq!(decide(&desk, "bookings/draw_now").await.json(), json!({ "Refused": "AlreadyMoved" }));

    let shown = record(&house, &homes[0], COURT).await;
    assert_eq!(repeated(&shown), drawn(&shown));
    let all: String = house.value("select string_agg(tried::text, ' ' order by tried) from lot").await;
    assert_eq!(all, "{granted} {granted} {left,left} {quota,quota}");
    let won = load(&homes[1], COURT).await["lot"].clone();
    let booking = file(&homes[1], won["booking"].as_str().unwrap()).await["card"]["booking"].clone();
    assert_eq!((&booking["stage"], booking["starts_at"].as_str().map(at)), (&json!("confirmed"), Some(six())));
    assert_eq!(told(&homes[1], "home").await[0]["news"], json!({ "news": "drawn" }));
    assert_eq!(told(&homes[0], "home").await[0]["news"], json!({ "news": "not_drawn" }));
    // What is left is anybody's.
    let after = week(&homes[1], COURT, SATURDAY).await;
    assert_eq!((state(&after, six()), state(&after, six() + 3600)), (json!("own"), json!({ "free": 2 })));
    send(&homes[1], "bookings/hold", &wants(&after, six() + 3600)).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_two_replicas_one_draws(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    announce(&house.as_person(cast::RECEPTIONIST).await, COURT, "", CLOSES).await.ok();
    enter(&emma, &[six()]).await.ok();
    let other = House::over(house.pool.clone());
    for replica in [&house, &other] {
        replica.advance(121);
    }
    let (one, two) = futures::join!(settle_due(&house.backend), settle_due(&other.backend));
    assert!(one.unwrap() || two.unwrap());
    assert_eq!(house.value::<i64>("select count(*) from booking").await, 1);
    assert_eq!(house.value::<i64>("select count(*) from happening where kind = 'draw_drawn'").await, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_called_off_is_free_and_goes_to_whoever_waits(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let shown = week(&homes[0], COURT, SATURDAY).await;
    let mut codes = Vec::new();
    for home in &homes[..2] {
        let wanted = wants(&week(home, COURT, SATURDAY).await, six());
        let code = send(home, "bookings/hold", &wanted).await.ok()["code"].as_str().unwrap().to_owned();
        step(home, &code, "bookings/confirm").await.ok();
        codes.push(code);
    }
    send(&homes[2], "bookings/wait", &wants(&week(&homes[2], COURT, SATURDAY).await, six())).await.ok();
    announce(&desk, COURT, "", CLOSES).await.ok();
    enter(&homes[3], &[six()]).await.ok();
    // Whoever had it keeps it, and may give it back; but until it is drawn nobody else has it.
    assert_eq!(file(&homes[1], &codes[1]).await["card"]["booking"]["stage"], json!("confirmed"));
    step(&homes[0], &codes[0], "bookings/cancel").await.ok();
    let waits = "select stage from waiting";
    assert_eq!(house.value::<String>(waits).await, "waiting");
    let again = send(&homes[0], "bookings/hold", &wants(&shown, six())).await;
    assert_eq!(again.json(), noted("starts", &json!("IsDrawn")));
    decide(&desk, "bookings/call_off_draw").await.ok();
    assert_eq!(house.value::<String>(waits).await, "offered");
    let news = json!({ "news": "draw_called_off", "reason": "A pipe burst" });
    let told: Value = house.value("select telling -> 'news' from message where telling ->> 'told' = 'booking' and telling -> 'news' ->> 'news' = 'draw_called_off'").await;
    assert_eq!(told, news);
    assert_eq!(decide(&desk, "bookings/call_off_draw").await.json(), json!({ "Refused": "AlreadyMoved" }));
    assert_eq!(load(&homes[3], COURT).await["draw"]["reason"], json!("A pipe burst"));
    house.advance(121);
    settle_due(&house.backend).await.unwrap();
    assert_eq!(load(&homes[3], COURT).await["draw"]["stage"], json!("called_off"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_database_keeps_to_what_was_published(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    held(&emma).await;
    announce(&desk, COURT, "", CLOSES).await.ok();
    enter(&emma, &[six()]).await.ok();
    let refuses = async |attacks: &[&'static str]| {
        for attack in attacks {
            assert!(sqlx::raw_sql(*attack).execute(&house.pool).await.is_err(), "{attack}");
        }
    };
    refuses(&[
        // What was told stands: when it closes, what it gives away, and by which seed.
        "update draw set closes_at = closes_at + interval '1 day', version = version + 1",
        "update draw set opens_at = opens_at - interval '1 day', version = version + 1",
        "update draw set seed = repeat('a', 64), version = version + 1",
        "update draw set seed = repeat('a', 64), version = version + 1,
           seed_hash = encode(sha256(convert_to(repeat('a', 64), 'UTF8')), 'hex')",
        "update draw set stage = 'announced', seed = null, seed_hash = null, version = version + 1",
        "update draw_window set ends_at = ends_at + interval '1 hour'",
        "delete from draw_window",
        "insert into draw_window select estate_id, draw_id, starts_at + interval '30 days', ends_at + interval '30 days' from draw_window",
        "delete from draw",
        // It is not drawn before it closes, nor past a lot that is in it.
        "update draw set stage = 'drawn', stage_at = closes_at - interval '1 second', ground = '{}', version = version + 1",
        "update draw set stage = 'drawn', stage_at = closes_at, ground = '{}', version = version + 1",
        // Nobody has what it gives away.
        "update booking set version = version + 1, starts_at = w.starts_at, ends_at = w.ends_at from draw_window w",
        // A household has one lot, which falls only where it is drawn, and is taken back only in time.
        "insert into lot select n.* from lot l cross join lateral jsonb_populate_record(l,
           jsonb_build_object('id', gen_random_uuid())) n",
        "update lot set stage = 'lost', place = 1, tried = '{taken}', version = version + 1",
        "update lot set stage = 'withdrawn', version = version + 1,
           stage_at = (select d.closes_at from draw d where d.id = lot.draw_id)",
        "update lot set unit_id = (select u.id from unit u where u.estate_id = lot.estate_id and u.id <> lot.unit_id limit 1),
           version = version + 1",
        "delete from lot",
    ])
    .await;
    house.advance(121);
    assert!(settle_due(&house.backend).await.unwrap());
    refuses(&[
        "update draw set stage = 'called_off', reason = 'x', ground = null, version = version + 1",
        "update draw set ground = '{}', version = version + 1",
        "update lot set place = 2, version = version + 1",
        "update lot set stage = 'lost', tried = '{taken}', booking_id = null, version = version + 1",
        "update lot set version = version + 1",
        "insert into lot select n.* from lot l cross join lateral jsonb_populate_record(l, jsonb_build_object(
           'id', gen_random_uuid(), 'unit_id', (select u.id from unit u where u.estate_id = l.estate_id and u.id <> l.unit_id limit 1),
           'stage', 'entered', 'version', 1)) n",
    ])
    .await;
    assert_eq!(house.value::<String>("select stage from lot").await, "won");
}
