//! The programs that the offices let in: a city's hotline, and one that was shut out again.

use app::ids::EstateId;
use app::moment::Moment;
use app::people::Power;
use chrono::{Duration, DurationRound};
use serde_json::{Value, json};

use super::dice::{Dice, fixed_id};
use super::staff::Colleague;

/// What each is called, how many days ago its key was made, and how many ago it was revoked.
const PROGRAMS: [(&str, i64, Option<i64>); 2] = [("12345 热线", 61, None), ("Lobby sensors (trial)", 88, Some(40))];

/// The rows of the keys of every estate. Nobody knows a secret that opens anything.
pub fn rows(colleagues: &[(EstateId, Colleague)], now: Moment) -> Vec<Value> {
    let mut dice = Dice::of("keys");
    let hour = now.duration_trunc(Duration::hours(1)).unwrap_or(now);
    let mut hex =
        |length: usize| dice.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).take(length).collect::<String>();
    let managers = colleagues.iter().filter(|(_, colleague)| colleague.can(Power::Keys));
    let mut rows = Vec::new();
    for (estate, manager) in managers {
        for (name, made, revoked) in PROGRAMS {
            rows.push(json!({
                "estate_id": estate, "id": fixed_id::<uuid::Uuid>(&format!("{estate} key {name}")), "name": name,
                "prefix": format!("steward_{}", hex(3)), "secret_hash": format!("\\x{}", hex(32)),
                "made_by": manager.staff.id, "made_at": now - Duration::days(made),
                "used_at": hour - Duration::days(revoked.map_or(0, |days| days + 1)),
                "revoked_at": revoked.map(|days| now - Duration::days(days)),
                "revoked_by": revoked.map(|_| manager.staff.id),
            }));
        }
    }
    rows
}
