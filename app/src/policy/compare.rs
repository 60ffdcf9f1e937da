//! What a draft would mean: the open matters reckoned as if it had held when they came in, beside how they run.

use super::model::{Change, ClockKind, Policy, Standing, Tally, Terms};
use crate::estate::Zone;
use crate::fault::Fault;
use crate::moment::Moment;
use crate::requests::{OpenCourse, clocks_of};
use chrono::Duration;

/// How many changes are named.
const NAMED: usize = 20;
const RISK: Duration = Duration::minutes(30);

/// Clock by clock how they stand and would stand, and what would change most. Only what runs is compared: a clock
/// that rests has no end by either.
pub fn compared(
    matters: &[OpenCourse],
    terms: &Terms,
    zone: &Zone,
    now: Moment,
) -> Result<(Vec<Tally>, Vec<Change>), Fault> {
    let none = |kind| {
        let standing = Standing::default();
        Tally { kind, running: 0, runs: standing, drafted: standing, earlier: 0, later: 0 }
    };
    let mut tallies = ClockKind::ALL.map(none);
    let mut changes: Vec<Change> = Vec::new();
    for matter in matters {
        let policies =
            [Policy { estate: matter.estate, version: 0, valid_from: Moment::MIN_UTC, terms: terms.clone() }];
        let drafted = clocks_of(&matter.steps, matter.category, &policies, zone)?;
        for running in &matter.running {
            let would = drafted.iter().find(|clock| {
                clock.life == running.life
                    && clock.deadline.rule.kind == running.kind
                    && clock.deadline.stopped_at.is_none()
            });
            let Some(drafted_at) = would.and_then(|clock| clock.deadline.due_at) else { continue };
            let Some(tally) = tallies.iter_mut().find(|tally| tally.kind == running.kind) else { continue };
            tally.running += 1;
            tally.runs.count(running.started_at, running.due_at, now);
            tally.drafted.count(running.started_at, drafted_at, now);
            tally.earlier += u32::from(drafted_at < running.due_at);
            tally.later += u32::from(drafted_at > running.due_at);
            if drafted_at != running.due_at {
                changes.push(Change {
                    code: matter.code.clone(),
                    item: matter.item.clone(),
                    kind: running.kind,
                    due_at: running.due_at,
                    drafted_at,
                });
            }
        }
    }
    changes.sort_by_key(|change| std::cmp::Reverse((change.drafted_at - change.due_at).abs()));
    // One matter is named once, with the clock that would move most.
    let mut seen = std::collections::HashSet::new();
    changes.retain(|change| seen.insert(change.code.clone()));
    changes.truncate(NAMED);
    Ok((tallies.to_vec(), changes))
}

impl Standing {
    fn count(&mut self, started_at: Moment, due_at: Moment, now: Moment) {
        let left = due_at - now;
        if left < Duration::zero() {
            self.late += 1;
        } else if left < RISK || left * 4 < due_at - started_at {
            self.at_risk += 1;
        }
    }
}
