use super::super::model::{Attempt, Closing, Request, Response, Version};
use super::super::{code, store};
use super::desk::ours;
use super::residents::comes_back;
use super::{keep, tell};
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::Fault;
use crate::ids::RequestId;
use crate::moment::Moment;
use crate::policy;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How a matter within the caller's scope ends.
pub async fn closing(typed: String) -> Result<Closing, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let code = code::parse(&typed).ok_or(Fault::NotFound)?;
    let id = store::find_id(call.db(), scope, &code).await?.ok_or(Fault::NotFound)?;
    let request = store::read(call.db(), id).await?.request;
    let card = store::find_card(call.db(), scope.estate, id).await?;
    let (reporter, _) = store::find_people(call.db(), &request).await?;
    let tried = store::list_attempts(call.db(), &request).await?;
    let ends = store::list_ends(call.db(), &request).await?;
    let needed = needed(&mut call, &request).await?;
    let days = attempt_days(&Zone::of(&staff.zone), tried.iter().map(|tried| tried.at));
    let moves = request.closing_moves(&staff, days, needed, call.now);
    // The phone is for those who may use it here.
    let reporter = reporter.filter(|_| !moves.is_empty());
    let wall = call.wall();
    let (version, is_asked) = (request.version, !request.is_nobodys());
    Ok(Closing { card, id, version, reporter, is_asked, tried, days, needed, ends, moves, wall })
}

/// Somebody tried to reach the resident. Where the resident says that it is not fixed, it comes back at once.
pub async fn log_attempt(
    id: RequestId,
    seen: Version,
    means: String,
    outcome: String,
    note: Option<String>,
) -> Result<(), Fault> {
    let attempt = Attempt::parse(&means, &outcome, note.as_deref())?;
    let (mut call, staff, mut case) = ours(id, seen).await?;
    let request = &mut case.request;
    let happening = request.attempt(&staff, &attempt)?;
    let (attempt_id, now) = (call.id::<Uuid>()?, call.now);
    store::insert_attempt(call.db(), attempt_id, request, &attempt, staff.id, now).await?;
    tell(&mut call, request, &happening, &[]).await?;
    if let Attempt { outcome: Response::NotFixed, note: Some(words), .. } = attempt {
        let happening = request.object_for_them(&staff, words, now)?;
        keep(&mut call, request, &happening, &[]).await?;
        comes_back(&mut call, request).await?;
    }
    call.commit(()).await
}

/// It ends without the resident's word.
pub async fn close_unconfirmed(id: RequestId, seen: Version) -> Result<(), Fault> {
    let (mut call, staff, mut case) = ours(id, seen).await?;
    let request = &mut case.request;
    let tried = store::list_attempts(call.db(), request).await?;
    let days = attempt_days(&Zone::of(&staff.zone), tried.iter().map(|tried| tried.at));
    let needed = needed(&mut call, request).await?;
    let happening = request.close_unconfirmed(&staff, days, needed, call.now)?;
    keep(&mut call, request, &happening, &[]).await?;
    call.commit(()).await
}

/// On how many days of the wall somebody tried.
pub fn attempt_days(zone: &Zone, tried: impl Iterator<Item = Moment>) -> u32 {
    let days: BTreeSet<_> = tried.map(|at| zone.day_of(at)).collect();
    u32::try_from(days.len()).unwrap_or(u32::MAX)
}

/// How many days of attempts the policy wants under which the present life began.
async fn needed(call: &mut Call, request: &Request) -> Result<u32, Fault> {
    let (policy, _) = policy::in_force(call, request.estate, request.began_at()).await?;
    Ok(policy.terms.closing.attempts)
}

#[cfg(test)]
mod tests {
    use super::attempt_days;
    use crate::estate::Zone;
    use chrono::{Days, Duration, NaiveDate};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        /// Whatever the clocks do meanwhile, a day is what the wall's calendar says.
        #[test]
        fn attempts_count_once_a_day_of_the_wall(
            first in 0..700_u64,
            tried in proptest::collection::vec((0..12_u64, 0.0..1.0_f64), 0..20),
            zone in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
        ) {
            let zone = Zone::of(zone);
            let first = NaiveDate::from_ymd_opt(2026, 1, 1).and_then(|day| day.checked_add_days(Days::new(first)));
            let day = |ahead| first.and_then(|day| day.checked_add_days(Days::new(ahead))).expect("a day");
            let at = |(ahead, share): &(u64, f64)| {
                let (from, until) = (zone.earliest(day(*ahead), 0), zone.earliest(day(*ahead + 1), 0));
                from + Duration::milliseconds(((until - from).num_milliseconds() as f64 * share) as i64)
            };
            let days: BTreeSet<u64> = tried.iter().map(|(ahead, _)| *ahead).collect();
            prop_assert_eq!(attempt_days(&zone, tried.iter().map(at)) as usize, days.len());
        }
    }
}
