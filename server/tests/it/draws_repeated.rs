//! A draw is repeated by its record alone, as anybody could: of very many, by `end2end/draw.mjs` and here once more.

use crate::bookings::{send, step, wants, week};
use crate::draws::{CLOSES, COURT, SATURDAY, announce, load, record, six};
use crate::house::House;
use app::bookings::settle_due;
use app::moment::Moment;
use serde_json::{Value, json};
use server::demo::cast;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use std::process::Command;
use tempfile::NamedTempFile;
use uuid::Uuid;

/// What repeats a draw by its record, with nothing of the product in it.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/draw.mjs");

/// What somebody has of a facility.
#[derive(Clone)]
struct Had {
    unit: String,
    from: i64,
    until: i64,
    heads: i64,
    can_swap: bool,
}

impl Had {
    fn meets(&self, from: i64, until: i64) -> bool {
        self.from < until && from < self.until
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(text).collect()
}

pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What came of each lot's wishes, lot by lot in the order in which they were drawn.
pub fn drawn(record: &Value) -> Vec<(String, Vec<String>)> {
    let lots = record["lots"].as_array().unwrap().iter();
    let mut lots: Vec<_> = lots.map(|lot| (lot["place"].as_i64(), text(&lot["id"]), texts(&lot["tried"]))).collect();
    lots.sort();
    lots.into_iter().map(|(_, id, tried)| (id, tried)).collect()
}

/// What must come of them, by the seed and the ground.
pub fn repeated(record: &Value) -> Vec<(String, Vec<String>)> {
    let (seed, ground) = (text(&record["seed"]), &record["ground"]);
    assert_eq!(record["seed_hash"], json!(sha256(&seed)));
    let minutes = |name: &str| ground[name].as_i64().unwrap() * 60;
    let claims = ground["claims"].as_array().unwrap().iter().map(|claim| Had {
        unit: text(&claim["unit"]),
        from: claim["from"].as_i64().unwrap(),
        until: claim["until"].as_i64().unwrap(),
        heads: claim["heads"].as_i64().unwrap(),
        can_swap: claim["can_swap"].as_bool().unwrap(),
    });
    let mut had: Vec<Had> = claims.collect();
    let mut lots = record["lots"].as_array().unwrap().clone();
    lots.sort_by_key(|lot| sha256(&format!("{seed}{}", text(&lot["id"]))));
    let mut fall = |lot: &Value| {
        let (mut tried, heads) = (Vec::new(), lot["heads"].as_i64().unwrap());
        for (at, starts) in lot["wishes"].as_array().unwrap().iter().enumerate() {
            let starts = starts.as_i64().unwrap();
            let ends = starts + lot["steps"].as_i64().unwrap() * minutes("step_minutes");
            let was = text(&lot["tried"][at]);
            if !["", "granted", "taken"].contains(&was.as_str()) {
                tried.push(was);
                continue;
            }
            let (from, until) = (starts - minutes("before_minutes"), ends + minutes("after_minutes"));
            let unit = match ground["seats"].as_i64() {
                None => {
                    let own = &ground["own"][text(&lot["id"]).as_str()];
                    let units = texts(if own.is_array() { own } else { &ground["units"] });
                    room(&mut had, &units, &texts(&ground["alike"]), (from, until))
                }
                Some(seats) => {
                    let taken: i64 = had.iter().filter(|one| one.meets(from, until)).map(|one| one.heads).sum();
                    (seats - taken >= heads).then(String::new)
                }
            };
            let Some(unit) = unit else {
                tried.push("taken".to_owned());
                continue;
            };
            had.push(Had { unit, from, until, heads, can_swap: true });
            tried.push("granted".to_owned());
            break;
        }
        (text(&lot["id"]), tried)
    };
    lots.iter().map(&mut fall).collect()
}

/// What the script says of a record: whether it was drawn so, and where not, what differs.
fn script(record: &Value) -> Result<String, String> {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), record.to_string()).unwrap();
    let ended = Command::new("node").arg(SCRIPT).arg(file.path()).output().expect("node");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    match ended.status.code() {
        Some(0) => Ok(text(ended.stdout)),
        Some(1) => Err(text(ended.stderr)),
        _ => panic!("{}: {}", ended.status, text(ended.stderr)),
    }
}

/// The script says the same of a record as the product, and finds whatever was changed in it.
fn is_proved(record: &Value) {
    let lots = record["lots"].as_array().unwrap();
    let won = lots.iter().filter(|lot| texts(&lot["tried"]).last().is_some_and(|last| last == "granted")).count();
    assert_eq!(script(record), Ok(format!("OK: {} lots, {won} of them won\n", lots.len())));
    let winner = lots.iter().position(|lot| lot["tried"][0] == "granted").unwrap();
    let found = |change: &dyn Fn(&mut Value)| {
        let mut changed = record.clone();
        change(&mut changed);
        script(&changed).unwrap_err()
    };
    let wrong = found(&|record| record["lots"][winner]["tried"][0] = json!("taken"));
    let differs = format!("lot {} has “taken”, and the rules say “granted”", text(&lots[winner]["id"]));
    assert!(wrong.contains(&differs), "{wrong}");
    let wrong = found(&|record| record["seed"] = json!("0".repeat(64)));
    assert!(wrong.contains("the seed is not the one whose hash was published"), "{wrong}");
    let wrong = found(&|record| record["lots"][winner]["id"] = json!(Uuid::nil()));
    assert!(wrong.contains("the lots that were drawn are not those that are listed"), "{wrong}");
}

/// A unit for a while: the first that is free, else the first alike that becomes so where others move.
fn room(had: &mut Vec<Had>, units: &[String], alike: &[String], (from, until): (i64, i64)) -> Option<String> {
    let is_free = |unit: &str, from: i64, until: i64, had: &[Had]| {
        !had.iter().any(|one| one.unit == unit && one.meets(from, until))
    };
    if let Some(unit) = units.iter().find(|unit| is_free(unit, from, until, had)) {
        return Some(unit.clone());
    }
    'units: for unit in alike {
        let mut moved = had.clone();
        moved.sort_by_key(|one| (one.from, one.unit.clone()));
        for at in 0..moved.len() {
            let one = moved[at].clone();
            if one.unit != *unit || !one.meets(from, until) {
                continue;
            }
            let other = alike.iter().find(|other| is_free(other, one.from, one.until, &moved));
            let Some(other) = other.filter(|_| one.can_swap) else { continue 'units };
            moved[at].unit.clone_from(other);
        }
        *had = moved;
        return Some(unit.clone());
    }
    None
}

/// Of very many who want the same, whoever has which time is what the record says; and nobody has what another has.
#[sqlx::test(migrations = "../app/migrations")]
async fn anybody_can_repeat_it(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let emma = house.as_person(cast::RESIDENT).await;
    crowd(&house).await;
    // Somebody has an hour of it already.
    let hold = send(&emma, "bookings/hold", &wants(&week(&emma, COURT, SATURDAY).await, six() + 3600)).await.ok();
    step(&emma, hold["code"].as_str().unwrap(), "bookings/confirm").await.ok();
    let mut dice = 20_261_129_u64;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    for slug in [COURT, "gym"] {
        announce(&desk, slug, "", CLOSES).await.ok();
        let file = load(&emma, slug).await;
        let id: Uuid = file["draw"]["id"].as_str().unwrap().parse().unwrap();
        let starts: Vec<i64> = file["starts"].as_array().unwrap().iter().map(|start| start.as_i64().unwrap()).collect();
        for unit in crowded(&house).await {
            let is_long = slug == COURT && roll(3) == 0;
            let mut wishes: Vec<Moment> = Vec::new();
            for _ in 0..=roll(3) {
                // Of two hours each evening has one.
                let start = starts[if is_long { roll(2) * 2 } else { roll(starts.len()) }];
                let wish = Moment::from_timestamp(start, 0).unwrap();
                if !wishes.contains(&wish) {
                    wishes.push(wish);
                }
            }
            put_in(&house, (id, unit), &wishes, (if is_long { 2 } else { 1 }, roll(2) as i32 + 1)).await;
        }
    }
    house.advance(121);
    assert!(settle_due(&house.backend).await.unwrap());
    for slug in [COURT, "gym"] {
        let shown = record(&house, &emma, slug).await;
        assert_eq!(repeated(&shown), drawn(&shown), "{slug}");
        is_proved(&shown);
        let won = drawn(&shown).iter().filter(|(_, tried)| tried.last().is_some_and(|last| last == "granted")).count();
        assert!((4..30).contains(&won), "{won} of {slug}");
    }
    let crowded = "select count(*) from unit_claim a join unit_claim b
         on a.unit_id = b.unit_id and a.booking_id < b.booking_id and a.during && b.during";
    assert_eq!(house.value::<i64>(crowded).await, 0);
    assert!(house.value::<i64>("select max(seat)::bigint from seat_claim").await <= 5);
}

/// Where units are buildings' own, each lot is drawn for those of its household's building.
#[sqlx::test(migrations = "../app/migrations")]
async fn each_building_draws_for_what_is_its_own(pool: PgPool) {
    const LIFT: &str = "moving-lift";
    let house = House::open(pool).await;
    let (emma, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    crowd(&house).await;
    // Another building beside the cast's, with a lift of its own; half of the crowd lives there.
    let apart = "insert into building (estate_id, id, position, kind, name_en, name_hans, name_hant, floors)
           select estate_id, gen_random_uuid(), 900, kind, 'Annex', '附楼', '附樓', floors from building
           where id = (select building_id from unit where number = 'X1');
         insert into facility_unit (estate_id, facility_id, id, position, name_en, name_hans, name_hant, building_id)
           select f.estate_id, f.id, gen_random_uuid(), 900, 'Annex lift', '附楼电梯', '附樓電梯', b.id
           from facility f join building b on b.estate_id = f.estate_id and b.position = 900 where f.slug = 'moving-lift';
         update unit set building_id = (select id from building where position = 900)
           where number like 'X%' and right(number, 1) in ('0', '2', '4', '6', '8')";
    sqlx::raw_sql(apart).execute(&house.pool).await.unwrap();
    let lift = desk.post_exactly("bookings/facility", &[("slug", LIFT)]).await.ok();
    let fields = [
        ("facility", lift["facility"]["id"].as_str().unwrap()),
        ("opens", ""),
        ("closes", CLOSES),
        ("first_on", "2026-11-30"),
        ("last_on", "2026-12-01"),
        ("weekdays[]", "1"),
        ("weekdays[]", "2"),
        ("from", "14:00"),
        ("until", "18:00"),
    ];
    desk.post("bookings/announce_draw", &fields).await.ok();
    let file = load(&emma, LIFT).await;
    let id: Uuid = file["draw"]["id"].as_str().unwrap().parse().unwrap();
    let starts = file["starts"].as_array().unwrap().iter().map(|start| start.as_i64().unwrap());
    let starts: Vec<Moment> = starts.map(|start| Moment::from_timestamp(start, 0).unwrap()).collect();
    for (at, unit) in crowded(&house).await.into_iter().enumerate() {
        let wishes = [starts[at % starts.len()], starts[(at + 3) % starts.len()]];
        put_in(&house, (id, unit), &wishes, (1, 1)).await;
    }
    house.advance(121);
    assert!(settle_due(&house.backend).await.unwrap());
    let shown = record(&house, &emma, LIFT).await;
    assert_eq!(shown["ground"]["own"].as_object().unwrap().len(), 40);
    assert_eq!(repeated(&shown), drawn(&shown));
    is_proved(&shown);
    let won = drawn(&shown).iter().filter(|(_, tried)| tried.last().is_some_and(|last| last == "granted")).count();
    assert!(starts.len() < won && won <= 2 * starts.len(), "{won} of two lifts");
}

/// A lot of a household's, of so many steps and heads.
async fn put_in(house: &House, (draw, unit): (Uuid, Uuid), wishes: &[Moment], (steps, heads): (i32, i32)) {
    sqlx::query(
        "insert into lot (estate_id, id, draw_id, stage, stage_at, unit_id, account_id, wishes, steps, heads, made_at)
         select d.estate_id, gen_random_uuid(), d.id, 'entered', d.opens_at, $2, a.id, $3, $4, $5, d.opens_at
         from draw d cross join account a where d.id = $1 and a.sign_in = 'emma'",
    )
    .bind(draw)
    .bind(unit)
    .bind(wishes)
    .bind(steps)
    .bind(heads)
    .execute(&house.pool)
    .await
    .unwrap();
}

/// The homes of the crowd.
async fn crowded(house: &House) -> Vec<Uuid> {
    let homes = sqlx::query_scalar("select id from unit where number like 'X%' order by number");
    homes.fetch_all(&house.pool).await.unwrap()
}

/// Forty homes more, all of them Emma's; and a gym of five seats, into which everybody is let.
async fn crowd(house: &House) {
    let crowd = "with own as (
           select o.* from occupancy o join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
           join account a on a.id = pa.account_id where a.sign_in = 'emma' limit 1),
         made as (
           insert into unit select n.* from own join unit u on u.estate_id = own.estate_id and u.id = own.unit_id
           cross join generate_series(1, 40) k
           cross join lateral jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), 'number', 'X' || k)) n
           returning id)
         insert into occupancy (estate_id, id, unit_id, party_id, kind, from_on)
           select own.estate_id, gen_random_uuid(), made.id, own.party_id, own.kind, own.from_on from own cross join made;
         insert into facility_terms
           select n.* from facility f join facility_terms t on t.estate_id = f.estate_id and t.facility_id = f.id
           cross join lateral jsonb_populate_record(t, '{\"version\": 2, \"seats\": 5, \"needs_induction\": false}') n
           where f.slug = 'gym';
         insert into facility_hours
           select h.estate_id, h.facility_id, 2, h.weekday, h.opens, h.closes from facility f
           join facility_hours h on h.estate_id = f.estate_id and h.facility_id = f.id where f.slug = 'gym'";
    sqlx::raw_sql(crowd).execute(&house.pool).await.unwrap();
}
