//! What each estate of the demo has promised itself.

use app::ids::EstateId;
use app::moment::Moment;
use app::people::Power;
use app::policy::{ClockKind, Hours, Minute, Policy, SpecialDay, standard, store};
use app::services::Urgency;
use chrono::{Datelike, Duration, NaiveDate};
use sqlx::PgConnection;

use super::content::Kind;
use super::places::Ground;
use super::staff::Colleague;
use crate::boot::Failure;

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

/// What a site manager is writing: next year's first holiday, quicker visits, more complaints asked again.
pub async fn draft(
    db: &mut PgConnection,
    ground: &Ground,
    colleagues: &[(EstateId, Colleague)],
    now: Moment,
) -> Result<(), Failure> {
    let mut here = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, colleague)| colleague);
    let manager = here.find(|colleague| colleague.can(Power::Policy));
    let new_year = NaiveDate::from_ymd_opt(now.year() + 1, 1, 1).zip(NaiveDate::from_ymd_opt(now.year() + 1, 1, 3));
    let (Some(manager), Some((from_on, until_on))) = (manager, new_year) else { return Ok(()) };
    let mut terms = ground.policy.terms.clone();
    terms.calendar.days.push(SpecialDay { from_on, until_on, name: "元旦".to_owned(), hours: Vec::new() });
    terms.sampling.complaints = 15;
    for rule in
        terms.clocks.iter_mut().filter(|rule| rule.kind == ClockKind::OnSite && rule.urgency != Urgency::Emergency)
    {
        rule.minutes = rule.minutes * 3 / 4;
    }
    store::save_draft(db, ground.id, Some(&terms), manager.staff.id, now - Duration::hours(20)).await?;
    Ok(())
}
