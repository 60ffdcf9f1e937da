//! The job that watches over promises and clocks, over a hundred thousand open matters: how long it takes to find that
//! nothing is due, and to tell of a thousand matters of which something falls due within a minute. Exactly that must be
//! told, each of it once.

use std::collections::HashSet;
use std::time::Instant;

use app::backend::Backend;
use app::clock::Clock;
use app::moment::Moment;
use app::photos::PhotoStore;
use app::requests::tell_due;
use chrono::Duration;
use server::boot::Failure;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::figures::{Figures, median};
use crate::fill;
use crate::house::House;

const MATTERS: u32 = 100_000;
const LOOKS: u32 = 200;
/// What owe.sql lets fall due, and of how many matters.
const TELLINGS: usize = 1_200;
const LATE: usize = 1_000;
/// Residents and supervisors are told within a minute (§3.1), of which five seconds may pass before the job looks.
const IN_TIME: f64 = 55.0;

/// What is to be told by a moment, and of which matter.
const DUE: &str = "
select 'promise_lapsed' as what, r.id from promise_running p
join request r on r.estate_id = p.estate_id and r.id = p.request_id
where p.due_at < $1 and r.code like 'QB-%'
union all
select 'clock_missed ' || c.kind, r.id from request_clock c
join request r on r.estate_id = c.estate_id and r.id = c.request_id
where c.stopped_at is null and c.told_at is null and c.due_at < $1 and r.code like 'QB-%'";

/// What stands in the record.
const RECORDED: &str = "
select concat_ws(' ', h.kind, h.details ->> 'clock') as what, r.id from happening h
join request r on r.estate_id = h.estate_id and r.id = h.subject_id
where h.kind in ('promise_lapsed', 'clock_missed') and r.code like 'QB-%'";

/// Of how many matters somebody of the office was told.
const TOLD: &str = "
select count(distinct r.id) from message m
join request r on r.estate_id = m.estate_id and r.id = m.request_id
where m.side = 'office' and r.code like 'QB-%'";

type Telling = (String, Uuid);

pub async fn measure(mut house: House, figures: &mut Figures) -> Result<(), Failure> {
    fill::multiply(&mut house.db, 1, MATTERS, 1).await?;
    fill::owe(&mut house.db).await?;
    // The job runs here, ahead of its time: so the server's own takes none of it away.
    let ahead = Clock::frozen(Clock::System.now() + Duration::minutes(30));
    let backend = Backend::new(house.pool().await?, ahead, PhotoStore::memory(), "bench", false);
    // What the demo has due by then is not measured.
    while tell_due(&backend).await? {}
    look(&backend, figures).await?;
    backend.clock.advance(Duration::minutes(90));
    let due = due_by(&mut house.db, backend.clock.now()).await?;
    let begun = Instant::now();
    while tell_due(&backend).await? {}
    figures.at_most("clock_job_1000_due", begun.elapsed().as_secs_f64(), "s", IN_TIME);
    backend.pool.close().await;
    check(&mut house.db, due).await
}

/// Again and again, though nothing is due.
async fn look(backend: &Backend, figures: &mut Figures) -> Result<(), Failure> {
    let mut took = Vec::new();
    for _ in 0..LOOKS {
        let begun = Instant::now();
        if tell_due(backend).await? {
            return Err("WRONG: something was told of though nothing was due.".into());
        }
        took.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    figures.note("clock_job_nothing_due", median(took)?, "ms");
    Ok(())
}

async fn due_by(db: &mut PgConnection, at: Moment) -> Result<Vec<Telling>, Failure> {
    let due: Vec<Telling> = sqlx::query_as(DUE).bind(at).fetch_all(db).await?;
    let matters = due.iter().map(|(_, id)| id).collect::<HashSet<_>>().len();
    if (due.len(), matters) != (TELLINGS, LATE) {
        return Err(format!("{} tellings are due about {matters} matters.", due.len()).into());
    }
    Ok(due)
}

async fn check(db: &mut PgConnection, mut due: Vec<Telling>) -> Result<(), Failure> {
    let mut recorded: Vec<Telling> = sqlx::query_as(RECORDED).fetch_all(&mut *db).await?;
    due.sort();
    recorded.sort();
    if due != recorded {
        let lost = due.iter().filter(|telling| recorded.binary_search(telling).is_err()).count();
        let (due, recorded) = (due.len(), recorded.len());
        return Err(
            format!("WRONG: {due} tellings were due and {recorded} recorded; {lost} of the due are not.").into()
        );
    }
    let told: i64 = sqlx::query_scalar(TOLD).fetch_one(db).await?;
    if usize::try_from(told)? != LATE {
        return Err(format!("WRONG: the office was told of {told} matters instead of {LATE}.").into());
    }
    println!("   {TELLINGS} promises and clocks of {LATE} matters ran out, each of them told once");
    Ok(())
}
