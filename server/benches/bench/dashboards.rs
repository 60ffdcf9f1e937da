//! A manager looks at how the whole does: a month, a year, one department. Whatever the size, every open matter counts.

use std::net::SocketAddr;

use serde_json::Value;
use server::boot::Failure;
use server::demo::cast;
use sqlx::PgConnection;

use crate::figures::{Figures, p99};
use crate::member::Member;

/// As often is each asked for.
const ROUNDS: u32 = 200;
/// What is asked for, and the department of which it tells; none: the estate.
const VIEWS: [(Fields, Option<&str>); 3] =
    [(&[], None), (&[("days", "365")], None), (&[("department", "engineering")], Some("engineering"))];

type Fields = &'static [(&'static str, &'static str)];

/// How many matters are open, counted one by one.
const OPEN: &str = "
select count(*) from request r join department d on d.estate_id = r.estate_id and d.id = r.department_id
where is_open_stage(r.stage) and ($1::text is null or d.slug = $1)
  and r.estate_id = (select estate_id from request group by estate_id order by count(*) desc limit 1)";

pub async fn measure(
    address: SocketAddr,
    db: &mut PgConnection,
    figures: &mut Figures,
    name: &'static str,
) -> Result<(), Failure> {
    let mut manager = Member::sign_in(address, cast::SITE_MANAGER).await?;
    let mut slowest: f64 = 0.0;
    for (fields, department) in VIEWS {
        let open: i64 = sqlx::query_scalar(OPEN).bind(department).fetch_one(&mut *db).await?;
        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            let (time, reply) = manager.ask("insights/dashboard", fields).await?;
            let page: Value = serde_json::from_str(&reply.text()?)?;
            if page["open"].as_i64() != Some(open) {
                return Err(format!("WRONG: {open} matters are open; the dashboard of {fields:?} says {page}").into());
            }
            took.push(time);
        }
        slowest = slowest.max(p99(took)?);
    }
    // Staff wait for it as for the queue.
    figures.at_most(name, slowest, "ms", 60.0);
    Ok(())
}
