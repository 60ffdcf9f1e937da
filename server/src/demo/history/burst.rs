//! Something that happens to a whole riser at this moment: neighbours report the same within the hour, and the
//! detector proposes one incident.

use app::happenings;
use app::incidents::{detect, store};
use app::moment::Moment;
use app::people::Actor;
use app::requests::{Channel, Happening, Request, record_of};
use chrono::Duration;
use sqlx::PgConnection;

use super::super::dice::fixed_id;
use super::super::places::Ground;
use super::clock::Clock;
use super::plan::{Drawer, Halt, Plan};
use crate::boot::Failure;

/// Where, and what: the riser of the cast's resident, who has not reported it yet.
const RISER: (&str, &str) = ("ly-3", "03");
const PROBLEM: &str = "no-water";

/// How many minutes ago each of them reported.
const AGO: [i64; 4] = [49, 38, 24, 11];

/// The reports.
pub fn lay_out<'a>(drawer: &mut Drawer<'a>, grounds: &'a [Ground], now: Moment, plans: &mut Vec<Plan<'a>>) {
    let (building, stack) = RISER;
    for ground in grounds.iter().filter(|ground| ground.problems.contains_key(PROBLEM)) {
        let day = Clock::new(&ground.zone, now).day(now);
        let told = drawer.riser(ground, building, stack, PROBLEM, day);
        for (drawn, minutes) in told.into_iter().zip(AGO) {
            let mut plan = drawer.plan(drawn, now - Duration::minutes(minutes), day, plans.len());
            (plan.channel, plan.halt, plan.is_burst) = (Channel::Web, Some(Halt::Received), true);
            plan.times.clear();
            plans.push(plan);
        }
    }
}

/// What the detector makes of them.
pub async fn propose(db: &mut PgConnection, reports: &[Request], grounds: &[Ground]) -> Result<(), Failure> {
    let Some((last, before)) = reports.split_last() else { return Ok(()) };
    let Some(ground) = grounds.iter().find(|ground| ground.id == last.estate) else { return Ok(()) };
    let (like, new) = store::find_trace(db, last).await?;
    let mut others = Vec::new();
    for report in before {
        others.push(store::find_trace(db, report).await?.1);
    }
    let Some(proposal) = detect(&new, &others, ground.policy.terms.detector) else { return Ok(()) };
    let incident = fixed_id("incident no-water");
    store::insert(db, incident, like, &proposal, last.received_at).await?;
    let count = u32::try_from(proposal.reports.len()).unwrap_or(u32::MAX);
    let happening = Happening::IncidentProposed { incident, reports: count };
    happenings::insert(db, &record_of(last, &happening, &[]), Actor::default(), last.received_at).await?;
    Ok(())
}
