//! Households look for what is free among two hundred facilities, a thousand of them race for one time, and many book at once:
//! how many that are of what the database alone would bear, asked the same.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::Value;
use server::boot::Failure;
use sqlx::PgConnection;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::client::Reply;
use crate::figures::{Figures, median, p99};
use crate::house::House;
use crate::member::{Member, key};
use crate::statements::{self, Changing, NEW_CODE, NEW_ID, OWN_ID};
use crate::{fill, race};

/// As often is each searched in a round; before them so many are not counted: the server's connections have planned by then.
const SEARCHES: u32 = 200;
const FIRST_SEARCHES: u32 = 50;
/// Households that book at once, each another facility: what a crowd does to one, the race shows.
const BOOKERS: usize = 64;
const ROUNDS: usize = 5;
const LASTING: Duration = Duration::from_secs(4);
/// What the server does by itself meanwhile only adds to what is logged: the shortest of so many is the attempt's own.
const CAPTURES: u32 = 5;

const TOMORROW: &str = "
select ((now() at time zone zone)::date + 1)::text, extract(epoch from ((now() at time zone zone)::date + 1 + time '10:00')
  at time zone zone)::bigint
from estate where code_prefix = 'LY'";
/// How many of the times that were found somebody has.
const FOUND_TAKEN: &str = "
select count(*) from unnest($1::text[], $2::bigint[]) as found (slug, starts)
join facility f on f.slug = found.slug
join booking b on b.estate_id = f.estate_id and b.facility_id = f.id and b.stage = 'confirmed'
  and b.starts_at < to_timestamp(found.starts) + interval '1 hour' and b.ends_at > to_timestamp(found.starts)";
/// How often two have one unit at once.
const OVERLAPS: &str = "
with live as (select * from booking where stage in ('held', 'requested', 'confirmed', 'present'))
select count(*) from live a join live b
  on a.place_id = b.place_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at";
const GIVEN_BACK: &str = "
select count(*) filter (where stage = 'cancelled'), count(*) from booking where starts_at = to_timestamp($1)";

/// What is booked, and from when on.
pub struct Place {
    pub slug: String,
    facility: String,
    starts: i64,
}

impl Place {
    /// One of those that bookings.sql numbers.
    fn numbered(number: usize, starts: i64) -> Self {
        Self { slug: format!("bench-{number}"), facility: id_of(number), starts }
    }

    /// The same so many hours later.
    pub fn later(&self, hours: i64) -> Self {
        Self { slug: self.slug.clone(), facility: self.facility.clone(), starts: self.starts + hours * 3600 }
    }

    /// Asks to keep it for a household.
    pub async fn hold(&self, member: &mut Member, number: usize) -> Result<(f64, Reply), Failure> {
        self.hold_once(member, number, &key()?).await
    }

    async fn hold_once(&self, member: &mut Member, number: usize, key: &str) -> Result<(f64, Reply), Failure> {
        let (home, starts) = (id_of(number), self.starts.to_string());
        let fields: [(&str, &str); 4] =
            [("key", key), ("facility", &self.facility), ("home", &home), ("starts", &starts)];
        member.ask("bookings/hold", &[&fields[..], &[("steps", "1"), ("heads", "1")]].concat()).await
    }

    /// Keeps it, reads the form, books it, and gives it back; what is another's each time.
    async fn attempt(&self, member: &mut Member, number: usize) -> Result<Vec<Changing>, Failure> {
        let keys = [key()?, key()?, key()?];
        let held = answer(&self.hold_once(member, number, &keys[0]).await?.1)?;
        let code = held["code"].as_str().unwrap_or_default();
        let file = answer(&member.ask("bookings/file", &[("code", code)]).await?.1)?;
        let id = file["card"]["booking"]["id"].as_str().unwrap_or_default();
        let confirm = [("key", keys[1].as_str()), ("id", id), ("seen", "1"), ("heads", "1")];
        answer(&member.ask("bookings/confirm", &confirm).await?.1)?;
        let cancel = [("key", keys[2].as_str()), ("id", id), ("seen", "3")];
        answer(&member.ask("bookings/cancel", &cancel).await?.1)?;
        let changing = |text: &str, becomes| Changing { text: text.to_owned(), becomes };
        let mut all = vec![changing(&id_of(number), OWN_ID), changing(id, NEW_ID), changing(code, NEW_CODE)];
        all.extend(keys.iter().map(|key| changing(key, NEW_ID)));
        Ok(all)
    }
}

/// What crowd.sql calls all that is a household's, and bookings.sql a facility and its court.
fn id_of(number: usize) -> String {
    Uuid::from_u128(number as u128).to_string()
}

pub async fn household(address: SocketAddr, number: usize) -> Result<Member, Failure> {
    Member::known(address, &format!("crowd-{number}")).await
}

fn answer(reply: &Reply) -> Result<Value, Failure> {
    let text = reply.text()?;
    match (reply.status, serde_json::from_str(&text)) {
        (200, Ok(answer)) => Ok(answer),
        (status, _) => Err(format!("WRONG: a booking was answered with {status}: {text}").into()),
    }
}

pub async fn measure(mut house: House, figures: &mut Figures) -> Result<(), Failure> {
    let address = house.server.address;
    fill::book(&mut house.db, i32::try_from(race::CLIENTS)?).await?;
    let (day, ten): (String, i64) = sqlx::query_as(TOMORROW).fetch_one(&mut house.db).await?;
    search(address, &mut house.db, &day, figures).await?;
    race::measure(address, &mut house.db, &Place::numbered(201, ten), figures).await?;
    // Behind all that is booked.
    let later = ten + 30 * 86_400;
    let rate = book(address, &mut house.db, later).await?;
    figures.note("booking_attempts", rate, "/s");
    let alone = alone(&mut house, &Place::numbered(1, later)).await?;
    let overlaps: i64 = sqlx::query_scalar(OVERLAPS).fetch_one(&mut house.db).await?;
    if overlaps != 0 {
        return Err(format!("WRONG: {overlaps} bookings have what another has.").into());
    }
    let share = "booking_share_of_pgbench";
    match alone {
        Some(alone) => {
            figures.note("booking_attempts_in_pgbench", alone, "/s");
            figures.at_least(share, 100.0 * rate / alone, "%", 20.0);
        }
        None => figures.unmeasured(share, "there is no pgbench beside the database's programs", "%", 20.0),
    }
    Ok(())
}

/// Thirty days of everything: what finds times enough, and what finds none, for which all that is booked is looked at.
async fn search(address: SocketAddr, db: &mut PgConnection, day: &str, figures: &mut Figures) -> Result<(), Failure> {
    let mut slowest: f64 = 0.0;
    for field in [("heads", "1"), ("part", "afternoon"), ("minutes", "120")] {
        slowest = slowest.max(search_for(address, db, day, field, 6).await?);
    }
    figures.at_most("booking_search_p99", slowest, "ms", 50.0);
    let in_vain = search_for(address, db, day, ("part", "evening"), 0).await?;
    figures.note("booking_search_in_vain_p99", in_vain, "ms");
    Ok(())
}

async fn search_for(
    address: SocketAddr,
    db: &mut PgConnection,
    day: &str,
    field: (&str, &str),
    most: usize,
) -> Result<f64, Failure> {
    let mut member = household(address, 1).await?;
    let asked = [("day", day), ("days", "30"), field];
    for _ in 0..FIRST_SEARCHES {
        member.ask("bookings/find", &asked).await?;
    }
    let (_, reply) = member.ask("bookings/find", &asked).await?;
    let (slugs, starts) = found(&reply, most)?;
    let taken: i64 = sqlx::query_scalar(FOUND_TAKEN).bind(slugs).bind(starts).fetch_one(db).await?;
    if taken != 0 {
        return Err(format!("WRONG: {taken} of the times that {field:?} found are somebody's.").into());
    }
    let mut p99s = Vec::new();
    for _ in 0..ROUNDS {
        let mut took = Vec::new();
        for _ in 0..SEARCHES {
            let (time, reply) = member.ask("bookings/find", &asked).await?;
            took.push(time);
            found(&reply, most)?;
        }
        p99s.push(p99(took)?);
    }
    median(p99s)
}

/// The times that were found of the two hundred, each of which must have so many.
fn found(reply: &Reply, most: usize) -> Result<(Vec<String>, Vec<i64>), Failure> {
    let finds = answer(reply)?;
    let (mut slugs, mut all, mut facilities) = (Vec::new(), Vec::new(), 0);
    for one in finds["found"].as_array().into_iter().flatten() {
        let slug = one["facility"]["slug"].as_str().unwrap_or_default();
        let number = slug.strip_prefix("bench-").and_then(|number| number.parse::<u32>().ok());
        if number.is_none_or(|number| number > 200) {
            continue;
        }
        let starts: Vec<i64> = one["starts"].as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        if starts.len() != most {
            return Err(format!("WRONG: {slug} has {} times instead of {most}.", starts.len()).into());
        }
        facilities += 1;
        slugs.extend(starts.iter().map(|_| slug.to_owned()));
        all.extend(starts);
    }
    if facilities == 200 { Ok((slugs, all)) } else { Err(format!("WRONG: {facilities} of 200 were found.").into()) }
}

/// Attempts a second over HTTP. Afterwards each stands in the database once, as given back.
async fn book(address: SocketAddr, db: &mut PgConnection, starts: i64) -> Result<f64, Failure> {
    let (mut rates, mut all) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        let (begun, mut booking) = (Instant::now(), JoinSet::new());
        for number in 1..=BOOKERS {
            let (mut member, court) = (household(address, number).await?, Place::numbered(number, starts));
            booking.spawn(async move {
                let mut done = 0;
                while begun.elapsed() < LASTING {
                    court.attempt(&mut member, number).await?;
                    done += 1;
                }
                Ok::<i64, Failure>(done)
            });
        }
        let mut round = 0;
        while let Some(done) = booking.join_next().await {
            round += done??;
        }
        rates.push(round as f64 / begun.elapsed().as_secs_f64());
        all += round;
    }
    let stored: (i64, i64) = sqlx::query_as(GIVEN_BACK).bind(starts).fetch_one(db).await?;
    if stored != (all, all) {
        return Err(format!("WRONG: {all} were booked and given back; stored are {stored:?}.").into());
    }
    println!("   {all} bookings made and given back, each of them stored once");
    median(rates)
}

/// Attempts a second of the statements alone; none without pgbench.
async fn alone(house: &mut House, court: &Place) -> Result<Option<f64>, Failure> {
    let Some(pgbench) = statements::pgbench(&mut house.db).await? else { return Ok(None) };
    let (log, mut member) = (house.log(), household(house.server.address, 1).await?);
    statements::log_all(&mut house.db, true).await?;
    let mut shortest: Option<Vec<String>> = None;
    for _ in 0..CAPTURES {
        let from = statements::end_of(&log)?;
        let changing = court.attempt(&mut member, 1).await?;
        let run = statements::since(&log, from, &changing)?;
        if shortest.as_ref().is_none_or(|best| run.len() < best.len()) {
            shortest = Some(run);
        }
    }
    statements::log_all(&mut house.db, false).await?;
    let own = shortest.unwrap_or_default();
    println!("   an attempt is {} statements", own.len());
    let mut rates = Vec::new();
    for _ in 0..ROUNDS {
        rates.push(statements::repeat(&pgbench, &house.url()?, &own, LASTING).await?);
    }
    Ok(Some(median(rates)?))
}
