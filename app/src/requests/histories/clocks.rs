//! Clocks of random histories: whatever happens, what was reckoned once is only ever added to.

use super::super::model::{Happening, Reckoned};
use super::super::{Step, clocks_of};
use super::calls::{call, play};
use super::cast::{cast, new_case, resident};
use crate::estate::Zone;
use crate::moment::Moment;
use crate::policy::{ClockKind, Hours, Policy, Rest, standard};
use chrono::Duration;
use proptest::prelude::*;
use uuid::Uuid;

/// The standard terms, with an office that goes to lunch.
fn policy() -> Policy {
    let mut terms = standard::terms();
    for day in terms.calendar.week.iter_mut().filter(|day| !day.is_empty()) {
        *day = vec![Hours { from: 9 * 60, until: 12 * 60 }, Hours { from: 13 * 60, until: 18 * 60 }];
    }
    Policy { estate: Uuid::nil().into(), version: 1, valid_from: Moment::UNIX_EPOCH, terms }
}

/// Any day of the year, and the days on which clocks change in Europe and in America.
fn start() -> impl Strategy<Value = Moment> {
    let changes = prop::sample::select(vec!["2026-03-07", "2026-03-28", "2026-10-24", "2026-10-31"]);
    prop_oneof![within("2026-01-01", 365), changes.prop_flat_map(|day| within(day, 2))]
}

fn within(day: &'static str, days: i64) -> impl Strategy<Value = Moment> {
    let midnight: Moment = format!("{day}T00:00:00Z").parse().expect("a day");
    (0..days * 1440).prop_map(move |minutes| midnight + Duration::minutes(minutes))
}

/// A rest that has ended stays as it was, an open one may end.
fn goes_on(before: &Rest, after: &Rest) -> bool {
    (before.from, before.on) == (after.from, after.on) && (before.until.is_none() || before.until == after.until)
}

fn check(before: &[Reckoned], after: &[Reckoned]) {
    for clock in after {
        let deadline = &clock.deadline;
        let counted: Duration = deadline.counted.iter().map(|stretch| stretch.until - stretch.from).sum();
        assert!(counted <= Duration::minutes(deadline.rule.minutes.into()), "{counted} counted by {clock:?}");
    }
    assert!(before.len() <= after.len(), "a clock is gone");
    for (before, after) in before.iter().zip(after) {
        let (was, is) = (&before.deadline, &after.deadline);
        assert_eq!((before.life, was.rule.kind, was.started_at), (after.life, is.rule.kind, is.started_at));
        assert!(was.pauses.len() <= is.pauses.len(), "a rest is gone: {was:?}, {is:?}");
        assert!(was.pauses.iter().zip(&is.pauses).all(|(was, is)| goes_on(was, is)), "{was:?}, {is:?}");
        if was.rule.kind == ClockKind::Answer && was.stopped_at.is_some() {
            assert_eq!(was.stopped_at, is.stopped_at, "an answer was taken back");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_was_reckoned_is_only_added_to(
        calls in proptest::collection::vec((call(), 1..600_i64), 1..80),
        start in start(),
        zone in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
    ) {
        let (cast, residents) = (cast(), [resident(20, 50), resident(21, 51)]);
        let (policies, zone) = ([policy()], Zone::of(zone));
        let mut case = new_case();
        let received = Happening::Received { urgency: Some(case.request.urgency) };
        let mut history = vec![Step { at: start, happening: received, by_office: false }];
        let mut last = clocks_of(&history, None, &policies, &zone).expect("clocks");
        prop_assert_eq!(last.len(), ClockKind::ALL.len());
        let mut at = start;
        for (call, minutes) in &calls {
            at += Duration::minutes(*minutes);
            let happened = play(&mut case, call, &cast, &residents, at);
            let step = |(happening, _)| Step { at, happening, by_office: call.is_by_office() };
            history.extend(happened.into_iter().map(step));
            let clocks = clocks_of(&history, None, &policies, &zone).expect("clocks");
            check(&last, &clocks);
            last = clocks;
        }
        // Of the record, as it is stored and read again.
        for step in &mut history {
            let stored = serde_json::to_value(&step.happening).expect("JSON");
            step.happening = serde_json::from_value(stored).expect("a happening");
        }
        prop_assert_eq!(clocks_of(&history, None, &policies, &zone).expect("clocks"), last);
    }
}
