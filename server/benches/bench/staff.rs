//! Fifty of the office move two hundred requests at random for a minute, so that several meet at each again and again.
//! Refusals are fine; afterwards the record is checked against what was accepted, and the requests against the record.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::fault::Fault;
use serde_json::Value;
use server::boot::Failure;
use sqlx::PgConnection;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::client::Reply;
use crate::figures::{Figures, p99};
use crate::member::Member;
use crate::moves::{Attempt, Colleague, Dice, Floor, Matter};
use crate::record;

const STAFF: usize = 50;
const MATTERS: i64 = 200;
const LASTING: Duration = Duration::from_mins(1);
/// Fewer would prove nothing.
const LEAST_MOVES: usize = 300;
const LEAST_ENDPOINTS: usize = 5;

/// What came in last, and was moved by nobody.
const NEWEST: &str = "
select id, code from request
where stage = 'received' and estate_id = (select estate_id from request group by estate_id order by count(*) desc limit 1)
order by received_at desc, id desc limit $1";

/// Those who may see it: the desk, the manager, and the departments that look after it.
const WHO: &str = "
select m.id, a.sign_in from staff_member m join account a on a.id = m.account_id
where m.left_at is null and m.estate_id = (select estate_id from request where id = ($1::uuid[])[1]) and exists (
  select from staff_role r where r.estate_id = m.estate_id and r.staff_id = m.id and (
    r.role in ('receptionist', 'assistant', 'coordinator', 'site_manager')
    or m.department_id in (select department_id from request where id = any($1))))
order by a.sign_in";

/// What somebody was told that they have done.
pub struct Accepted {
    pub by: String,
    pub attempt: Attempt,
}

/// What one of them did.
#[derive(Default)]
struct Shift {
    /// Of the moves, in milliseconds.
    latencies: Vec<f64>,
    accepted: Vec<Accepted>,
}

pub async fn measure(address: SocketAddr, db: &mut PgConnection, figures: &mut Figures) -> Result<(), Failure> {
    let floor = floor(db).await?;
    let requests: Vec<Uuid> = floor.matters.iter().map(|matter| matter.id).collect();
    let all = work_together(address, Arc::new(floor)).await?;
    record::check(db, &requests, &all.accepted).await?;

    let (accepted, tried) = (all.accepted.len(), all.latencies.len());
    let endpoints: HashSet<&str> = all.accepted.iter().map(|done| done.attempt.what.endpoint).collect();
    if accepted < LEAST_MOVES || endpoints.len() < LEAST_ENDPOINTS {
        return Err(format!("WRONG: of {tried} moves {accepted} were accepted, at {endpoints:?}.").into());
    }
    println!("   {accepted} of {tried} moves accepted, of {} kinds: each recorded once, none lost", endpoints.len());
    figures.note("staff_moves", accepted as f64 / LASTING.as_secs_f64(), "req/s");
    figures.note("staff_move_p99", p99(all.latencies)?, "ms");
    Ok(())
}

async fn floor(db: &mut PgConnection) -> Result<Floor, Failure> {
    let matters: Vec<Matter> = sqlx::query_as(NEWEST).bind(MATTERS).fetch_all(&mut *db).await?;
    let requests: Vec<Uuid> = matters.iter().map(|matter| matter.id).collect();
    let staff: Vec<Colleague> = sqlx::query_as(WHO).bind(&requests).fetch_all(db).await?;
    let found = i64::try_from(matters.len())?;
    if found < MATTERS || staff.is_empty() {
        return Err(format!("There are {found} requests to move, and {} to move them.", staff.len()).into());
    }
    Ok(Floor { matters, staff })
}

async fn work_together(address: SocketAddr, floor: Arc<Floor>) -> Result<Shift, Failure> {
    let mut members = Vec::new();
    for colleague in floor.staff.iter().cycle().take(STAFF) {
        members.push(Member::sign_in(address, &colleague.sign_in).await?);
    }
    let until = Instant::now() + LASTING;
    let mut at_work = JoinSet::new();
    for (number, member) in (1_u64..).zip(members) {
        at_work.spawn(work(member, Arc::clone(&floor), Dice::of(number), until));
    }
    let mut all = Shift::default();
    while let Some(done) = at_work.join_next().await {
        let shift = done??;
        all.latencies.extend(shift.latencies);
        all.accepted.extend(shift.accepted);
    }
    Ok(all)
}

/// Looks at one of the requests and tries something, at the version that the look showed.
async fn work(mut member: Member, floor: Arc<Floor>, mut dice: Dice, until: Instant) -> Result<Shift, Failure> {
    let mut shift = Shift::default();
    while Instant::now() < until {
        let code = floor.matters[dice.below(floor.matters.len())].code.as_str();
        let (_, reply) = member.ask("requests/matter", &[("code", code)]).await?;
        let Some(page) = answer("requests/matter", &reply)? else { continue };
        let attempt = Attempt::choose(&page, &floor, &mut dice)?;
        let (took, reply) = member.ask(attempt.what.endpoint, &attempt.fields()).await?;
        shift.latencies.push(took);
        if answer(attempt.what.endpoint, &reply)?.is_some() {
            shift.accepted.push(Accepted { by: member.sign_in.clone(), attempt });
        }
    }
    Ok(shift)
}

/// What was answered; none where the call was refused as any call may be. Nothing else may come.
fn answer(endpoint: &str, reply: &Reply) -> Result<Option<Value>, Failure> {
    let text = reply.text()?;
    let answer = serde_json::from_str::<Value>(&text).ok().filter(|_| reply.status == 200);
    if answer.is_some() {
        return Ok(answer);
    }
    match serde_json::from_str(&text) {
        Ok(Fault::Stale | Fault::Contended | Fault::Refused(_) | Fault::NotAllowed | Fault::NotFound)
            if reply.status < 500 =>
        {
            Ok(None)
        }
        _ => Err(format!("WRONG: {endpoint} was answered with {}: {text}", reply.status).into()),
    }
}
