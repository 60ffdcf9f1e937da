//! What each estate of the demo has promised itself.

use app::ids::EstateId;
use app::moment::Moment;
use app::policy::{Hours, Minute, Policy, standard};
use chrono::Duration;

use super::content::Kind;

/// The first day of the year 2000, in days since 1970: long before anything happens.
const SINCE: i64 = 10_957;

/// The first version of an estate's policy: the standard terms, in the estate's own hours.
pub fn of(estate: EstateId, kind: Kind) -> Policy {
    let hours = |from: Minute, until: Minute| vec![Hours { from, until }];
    let mut terms = standard::terms();
    terms.calendar.week = [1, 2, 3, 4, 5, 6, 7].map(|weekday| match (kind, weekday) {
        (Kind::Residential, _) => hours(8 * 60, 20 * 60),
        (Kind::Office, 1..=5) => hours(8 * 60 + 30, 18 * 60),
        (Kind::Office, 6) => hours(9 * 60, 12 * 60),
        (Kind::Office, _) => Vec::new(),
    });
    Policy { estate, version: 1, valid_from: Moment::UNIX_EPOCH + Duration::days(SINCE), terms }
}
