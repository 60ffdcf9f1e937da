//! For a minute two of each household book, move, give back, let run out, wait, take what is offered and book what recurs, and
//! the office moves what they have, all at once, while the clock goes and the job lets go. Whatever they did: nobody has what
//! another has, no slot is fuller than it may be, no household has more than its share, and what they were told is what stands
//! in the record, once.

use crate::bookings::{free, noted, send, week};
use crate::bookings_race::{crowded, household, id};
use crate::house::{Caller, House};
use app::bookings::settle_due;
use app::moment::Moment;
use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use uuid::Uuid;

const HOUSEHOLDS: u32 = 12;
/// So long they go on,
const MINUTE: Duration = Duration::from_secs(60);
/// and where a machine is slow, until all of this has happened so often, or each of them has had so many turns.
const LEAST: [(&str, i64); 12] = [
    ("held", 50),
    ("requested", 20),
    ("confirmed", 10),
    ("moved", 5),
    ("moved by the office", 3),
    ("cancelled", 5),
    ("expired", 5),
    ("waited", 5),
    ("offered", 5),
    ("offer taken", 2),
    ("recurring", 2),
    ("swapped", 1),
];
const MOST_TURNS: u32 = 1_500;
const DAY: &str = "2026-11-28";
const NEXT_DAY: &str = "2026-11-29";
/// From midnight on the estate's wall.
const MIDNIGHT: &str = "2026-11-27T16:00:00Z";
/// Until then all of it can still be booked in time: two days before, where that takes longest. The clock goes no further.
const LATEST: &str = "2026-11-26T00:00:00Z";
/// Courts, seats, and a room with minutes around; and of how many times that day they all want one.
const WANTED: [(&str, usize); 3] = [("tennis-court", 4), ("gym", 2), ("clubhouse", 4)];
/// What is held or booked, and has its place.
const LIVE: [&str; 3] = ["held", "requested", "confirmed"];

/// How often two have one unit at once, with the minutes around; a slot has more people than seats; and a household has more
/// than its share. Reckoned from what is booked, without the constraints that should keep it so.
const WRONGS: &str = "
    with live as (
      select b.*, t.seats, t.quota, t.quota_per, tstzrange(b.starts_at - make_interval(mins => t.before_minutes),
        b.ends_at + make_interval(mins => t.after_minutes)) as during
      from booking b
      join facility_terms t on t.estate_id = b.estate_id and t.facility_id = b.facility_id and t.version = b.terms_version
      where b.stage in ('held', 'requested', 'confirmed', 'present'))
    select
      (select count(*) from live a join live b on a.place_id = b.place_id and a.id < b.id and a.during && b.during),
      (select count(*) from (
         select from live where seats is not null group by facility_id, starts_at, seats having sum(heads) > seats) crowded),
      (select count(*) from (
         select from live b join estate e on e.id = b.estate_id where b.quota is not null
         group by b.facility_id, b.unit_id, b.quota, date_trunc(b.quota_per, b.starts_at at time zone e.zone)
         having count(*) > b.quota) greedy)";

/// What people did to bookings, by the record: what, which, who; and whether a booking came with the first of its series,
/// whose codes are given.
const RECORDED: &str = "
    select h.kind, coalesce(b.code, ''), h.by_account_id,
      b.series_id is not null and b.code <> all($1) and h.kind in ('held', 'requested', 'confirmed')
    from happening h left join booking b on b.estate_id = h.estate_id and b.id = h.subject_id
    where h.room = 'bookings' and h.by_account_id is not null";

/// Bookings that were written more or less often than their record says, or stand elsewhere than where it leads.
const ASTRAY: &str = "
    with told as (
      select subject_id, count(*) as writes,
        (array_agg(kind order by id desc) filter (where kind not in ('moved', 'swapped', 'reminded')))[1] as last_kind
      from happening where room = 'bookings' group by subject_id)
    select count(*) from booking b left join told t on t.subject_id = b.id
    where b.version is distinct from t.writes
      or b.stage is distinct from (case t.last_kind when 'offered' then 'held' else t.last_kind end)";

/// How often what happened.
const HAPPENED: &str = "
    select kind, count(*) from happening where room = 'bookings' group by kind
    union all
    select 'moved by the office', count(*) from happening
      where room = 'bookings' and kind = 'moved' and by_staff_id is not null
    union all
    select 'offer taken', count(*) from waiting where stage = 'taken'
    union all
    select 'recurring', count(distinct series_id) from booking";

/// What has not happened as often as it should have.
async fn lacking(house: &House) -> Vec<&'static str> {
    let happened: Vec<(String, i64)> = sqlx::query_as(HAPPENED).fetch_all(&house.pool).await.unwrap();
    let happened: HashMap<String, i64> = happened.into_iter().collect();
    let times = |kind: &str| happened.get(kind).copied().unwrap_or_default();
    LEAST.into_iter().filter(|least| times(least.0) < least.1).map(|(kind, _)| kind).collect()
}

async fn wrongs(house: &House) -> (i64, i64, i64) {
    sqlx::query_as(WRONGS).fetch_one(&house.pool).await.unwrap()
}

/// What all of them want.
struct Ground {
    facility: String,
    starts: Vec<i64>,
    steps: u64,
    most_steps: u64,
    most_heads: u64,
    is_looked_at: bool,
}

impl Ground {
    async fn of(caller: &Caller<'_>, slug: &str, times: usize) -> Self {
        let shown = week(caller, slug, DAY).await;
        let terms = &shown["facility"]["terms"];
        let number = |name: &str| terms[name].as_u64().unwrap();
        let midnight = MIDNIGHT.parse::<Moment>().unwrap().timestamp();
        Self {
            facility: shown["facility"]["id"].as_str().unwrap().to_owned(),
            starts: free(&shown).into_iter().filter(|start| *start >= midnight).take(times).collect(),
            steps: number("least_steps"),
            most_steps: number("most_steps").min(number("least_steps") + 1),
            most_heads: number("most_heads").min(2),
            is_looked_at: terms["needs_approval"].as_bool().unwrap(),
        }
    }
}

/// Chance that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.roll(of.len().max(1) as u64) as usize)
    }
}

/// One browser of a household, and what it was told that it has done: what, which booking, who.
struct Person<'a> {
    browser: Caller<'a>,
    number: u32,
    /// Who in the office moves what they have, and the account of that.
    desk: (Caller<'a>, Uuid),
    dice: Dice,
    told: Vec<(String, String, Uuid)>,
    /// The first of what recurs: each is followed by one more.
    series: Vec<String>,
}

impl<'a> Person<'a> {
    fn of(house: &'a House, number: u32, desk: (Caller<'a>, Uuid), seed: u64) -> Self {
        let browser = household(house, number);
        Self { browser, number, desk, dice: Dice(seed), told: Vec::new(), series: Vec::new() }
    }

    async fn spend(mut self, grounds: &[Ground], begun: Instant) -> Self {
        let house = self.browser.house;
        let latest = LATEST.parse::<Moment>().unwrap();
        let mut turns = 0;
        while begun.elapsed() < MINUTE || (turns < MOST_TURNS && !lacking(house).await.is_empty()) {
            turns += 1;
            let ground = self.dice.pick(grounds).unwrap();
            match self.dice.roll(13) {
                0..=3 => self.hold(ground).await,
                4..=6 => self.confirm(grounds).await,
                7 => self.reschedule(grounds).await,
                8 => self.is_moved(grounds).await,
                9 => self.cancel().await,
                10 => self.wait(ground).await,
                11 if house.backend.clock.now() < latest => house.advance(1),
                _ => {
                    settle_due(&house.backend).await.unwrap();
                    assert_eq!(wrongs(house).await, (0, 0, 0));
                }
            }
        }
        self
    }

    async fn ask(&self, endpoint: &str, fields: &[(&'static str, String)]) -> Option<Value> {
        ask(&self.browser, endpoint, fields).await
    }

    fn note(&mut self, kind: &str, code: &str) {
        self.told.push((kind.to_owned(), code.to_owned(), id(self.number)));
    }

    fn wish(&mut self, ground: &Ground) -> Vec<(&'static str, String)> {
        let starts = *self.dice.pick(&ground.starts).unwrap();
        vec![
            ("facility", ground.facility.clone()),
            ("home", id(self.number).to_string()),
            ("starts", starts.to_string()),
            ("steps", (ground.steps + self.dice.roll(ground.most_steps - ground.steps + 1)).to_string()),
            ("heads", (1 + self.dice.roll(ground.most_heads)).to_string()),
        ]
    }

    /// One of the household's bookings in these stages, as its board shows it; none, too, where it looks too often.
    async fn choose(&mut self, stages: &[&str]) -> Option<Value> {
        let board = self.browser.post_exactly("bookings/board", &[]).await;
        if board.status == StatusCode::TOO_MANY_REQUESTS {
            return None;
        }
        let board = board.ok();
        let bookings = board["bookings"].as_array().unwrap().iter().map(|card| card["booking"].clone());
        let bookings: Vec<_> =
            bookings.filter(|booking| stages.iter().any(|stage| booking["stage"] == *stage)).collect();
        self.dice.pick(&bookings).cloned()
    }

    async fn hold(&mut self, ground: &Ground) {
        let wish = self.wish(ground);
        if let Some(held) = self.ask("bookings/hold", &wish).await {
            self.note("held", held["code"].as_str().unwrap());
        }
    }

    /// What they fill in a form for, or what was offered; perhaps with the day after.
    async fn confirm(&mut self, grounds: &[Ground]) {
        let Some(booking) = self.choose(&["held"]).await else { return };
        let ground = ground_of(grounds, &booking);
        let mut fields = seen(&booking);
        fields.extend([("heads", booking["heads"].to_string()), ("of_age", "true".to_owned())]);
        let recurs = !ground.is_looked_at && self.dice.roll(4) == 0;
        if recurs {
            fields.extend([("recurs", "daily".to_owned()), ("until", NEXT_DAY.to_owned())]);
        }
        if self.ask("bookings/confirm", &fields).await.is_none() {
            return;
        }
        let code = booking["code"].as_str().unwrap();
        self.note("requested", code);
        if !ground.is_looked_at {
            self.note("confirmed", code);
        }
        if recurs {
            self.series.push(code.to_owned());
        }
    }

    async fn reschedule(&mut self, grounds: &[Ground]) {
        let Some((booking, fields)) = self.elsewhen(grounds).await else { return };
        if self.ask("bookings/reschedule", &fields).await.is_some() {
            self.note("moved", booking["code"].as_str().unwrap());
        }
    }

    /// The office moves one of theirs.
    async fn is_moved(&mut self, grounds: &[Ground]) {
        let Some((booking, fields)) = self.elsewhen(grounds).await else { return };
        let (desk, account) = &self.desk;
        if ask(desk, "bookings/reschedule_for", &fields).await.is_some() {
            self.told.push(("moved".to_owned(), booking["code"].as_str().unwrap().to_owned(), *account));
        }
    }

    /// One that they have, and another time for it.
    async fn elsewhen(&mut self, grounds: &[Ground]) -> Option<(Value, Vec<(&'static str, String)>)> {
        let booking = self.choose(&LIVE[1..]).await?;
        let mut fields = seen(&booking);
        let wish = self.wish(ground_of(grounds, &booking));
        fields.extend(wish.into_iter().filter(|(name, _)| ["starts", "steps"].contains(name)));
        Some((booking, fields))
    }

    async fn cancel(&mut self) {
        let Some(booking) = self.choose(&LIVE).await else { return };
        if self.ask("bookings/cancel", &seen(&booking)).await.is_some() {
            let kind = if booking["stage"] == "held" { "expired" } else { "cancelled" };
            self.note(kind, booking["code"].as_str().unwrap());
        }
    }

    async fn wait(&mut self, ground: &Ground) {
        let wish = self.wish(ground);
        if self.ask("bookings/wait", &wish).await.is_some() {
            self.note("waited", "");
        }
    }
}

/// What was answered; none where the rules refused it, or somebody asked too often. Nothing else may come.
async fn ask(caller: &Caller<'_>, endpoint: &str, fields: &[(&'static str, String)]) -> Option<Value> {
    let reply = send(caller, endpoint, fields).await;
    if reply.status.is_success() {
        return Some(reply.json());
    }
    // Others were faster, or the household has its share.
    let is_refused = [StatusCode::CONFLICT, StatusCode::TOO_MANY_REQUESTS].contains(&reply.status);
    assert!(
        is_refused || reply.json() == noted("starts", &json!("QuotaUsed")),
        "{endpoint}: {}: {}",
        reply.status,
        reply.text()
    );
    None
}

fn ground_of<'a>(grounds: &'a [Ground], booking: &Value) -> &'a Ground {
    grounds.iter().find(|ground| booking["facility"] == ground.facility.as_str()).unwrap()
}

/// A booking at the version that its person sees.
fn seen(booking: &Value) -> Vec<(&'static str, String)> {
    vec![("id", booking["id"].as_str().unwrap().to_owned()), ("seen", booking["version"].to_string())]
}

/// Lets everything run out that is only kept, and whoever it is offered to next let it run out, too.
async fn settle(house: &House) {
    let kept = "select count(*) from booking where stage = 'held'";
    for _ in 0..100 {
        while settle_due(&house.backend).await.unwrap() {}
        if house.value::<i64>(kept).await == 0 {
            return;
        }
        house.advance(61);
    }
    panic!("something is kept for ever");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whatever_people_do_at_once_nobody_has_what_another_has(pool: PgPool) {
    let house = crowded(&pool, HOUSEHOLDS).await;
    let first = household(&house, 1);
    let mut grounds = Vec::new();
    for (slug, times) in WANTED {
        grounds.push(Ground::of(&first, slug, times).await);
    }
    let office = sqlx::query_scalar::<_, Uuid>("select id from account where sign_in = $1").bind(cast::RECEPTIONIST);
    let desk = (house.as_person(cast::RECEPTIONIST).await, office.fetch_one(&house.pool).await.unwrap());
    let people =
        (0..2 * HOUSEHOLDS).map(|seat| Person::of(&house, 1 + seat / 2, desk.clone(), 20_261_126 + u64::from(seat)));
    let begun = Instant::now();
    let people = join_all(people.map(|person| person.spend(&grounds, begun))).await;
    assert_eq!(wrongs(&house).await, (0, 0, 0));
    settle(&house).await;
    assert_eq!(wrongs(&house).await, (0, 0, 0));

    // What they were told stands in the record, once, and nothing else that somebody did.
    let series: Vec<_> = people.iter().flat_map(|person| person.series.clone()).collect();
    let mut told: Vec<_> = people.into_iter().flat_map(|person| person.told).collect();
    let recorded: Vec<(String, String, Uuid, bool)> =
        sqlx::query_as(RECORDED).bind(&series).fetch_all(&house.pool).await.unwrap();
    let (follow, lead): (Vec<_>, Vec<_>) = recorded.into_iter().partition(|(.., follows)| *follows);
    let mut recorded: Vec<_> = lead.into_iter().map(|(kind, code, by, _)| (kind, code, by)).collect();
    told.sort();
    recorded.sort();
    assert_eq!(told, recorded);
    assert_eq!(follow.len(), 3 * series.len(), "each of them kept, asked for and booked");
    // And their bookings are where it leads.
    assert_eq!(house.value::<i64>(ASTRAY).await, 0);
    assert_eq!(house.value::<i64>("select count(*) from waiting where stage = 'offered'").await, 0);

    // All of it happened, or nothing was proved.
    assert_eq!(lacking(&house).await, Vec::<&str>::new());
    house.pool.close().await;
}
