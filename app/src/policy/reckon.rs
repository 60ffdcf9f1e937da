//! The one function that says when a clock ends: of a policy, a zone, a start and the rests. Pages, jobs and
//! *Explain this deadline* all show what it returns.

use super::model::{Calendar, ClockRule, Counts, Deadline, Policy, Rest, Stretch};
use crate::estate::Zone;
use crate::moment::Moment;
use chrono::{Days, Duration};

/// Nothing runs longer: a calendar that never opens would be searched for ever.
const LONGEST: Duration = Duration::days(5 * 366);

/// When a clock of this rule ends that began at `started_at` and rested meanwhile. `rests` are in order and do not
/// overlap; only the last one may be open.
pub fn reckon(
    policy: &Policy,
    zone: &Zone,
    rule: ClockRule,
    started_at: Moment,
    rests: Vec<Rest>,
    stopped_at: Option<Moment>,
) -> Deadline {
    let mut left = Duration::minutes(rule.minutes.into());
    let mut counted: Vec<Stretch> = Vec::new();
    let mut due_at = None;
    let end = rests.iter().find(|rest| rest.until.is_none()).map_or(started_at + LONGEST, |rest| rest.from);
    let free = open(&policy.terms.calendar, zone, rule.counts, started_at, end).flat_map(|open| without(open, &rests));
    for mut stretch in free {
        if stretch.until - stretch.from >= left {
            stretch.until = stretch.from + left;
            due_at = Some(stretch.until);
        }
        left -= stretch.until - stretch.from;
        match counted.last_mut() {
            // What two days share at midnight is one time.
            Some(last) if last.until == stretch.from => last.until = stretch.until,
            _ => counted.push(stretch),
        }
        if due_at.is_some() {
            break;
        }
    }
    Deadline { rule, version: policy.version, started_at, pauses: rests, counted, due_at, stopped_at }
}

/// The times that a rule counts, from one instant until another.
fn open<'c>(
    calendar: &'c Calendar,
    zone: &'c Zone,
    counts: Counts,
    from: Moment,
    until: Moment,
) -> Box<dyn Iterator<Item = Stretch> + 'c> {
    if counts == Counts::Always {
        return Box::new([Stretch { from, until }].into_iter().filter(|whole| whole.from < whole.until));
    }
    let first = zone.day_of(from);
    let last = u64::try_from((zone.day_of(until) - first).num_days()).unwrap_or(0);
    let days = (0..=last).map_while(move |ahead| first.checked_add_days(Days::new(ahead)));
    let hours = days.flat_map(move |day| calendar.hours_on(day).iter().map(move |hours| (day, *hours)));
    let stretches = hours.map(move |(day, hours)| Stretch {
        from: zone.earliest(day, hours.from).max(from),
        until: zone.latest(day, hours.until).min(until),
    });
    Box::new(stretches.filter(|open| open.from < open.until))
}

/// What remains of a stretch outside of the rests.
fn without(open: Stretch, rests: &[Rest]) -> Vec<Stretch> {
    let mut parts = Vec::new();
    let mut from = open.from;
    for rest in rests {
        if rest.from > from {
            parts.push(Stretch { from, until: rest.from.min(open.until) });
        }
        from = from.max(rest.until.unwrap_or(open.until));
        if from >= open.until {
            break;
        }
    }
    if from < open.until {
        parts.push(Stretch { from, until: open.until });
    }
    parts.retain(|part| part.from < part.until);
    parts
}

#[cfg(test)]
mod tests {
    use super::super::model::{Calendar, ClockKind, Hours, SpecialDay};
    use super::super::standard::terms;
    use super::*;
    use crate::requests::WaitingOn;
    use crate::services::Urgency;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn policy(calendar: Calendar) -> Policy {
        let mut terms = terms();
        terms.calendar = calendar;
        Policy { estate: Uuid::nil().into(), version: 1, valid_from: Moment::UNIX_EPOCH, terms }
    }

    fn rule(minutes: u32, counts: Counts) -> ClockRule {
        ClockRule { kind: ClockKind::Resolve, category: None, urgency: Urgency::Normal, minutes, counts }
    }

    fn office_hours() -> Calendar {
        let day = vec![Hours { from: 9 * 60, until: 12 * 60 }, Hours { from: 13 * 60, until: 18 * 60 }];
        let week = [0, 1, 2, 3, 4, 5, 6].map(|weekday| if weekday < 5 { day.clone() } else { Vec::new() });
        Calendar { week, days: Vec::new() }
    }

    fn due(calendar: Calendar, zone: &str, minutes: u32, from: &str, rests: &[(&str, Option<&str>)]) -> Deadline {
        let rests = rests
            .iter()
            .map(|(from, until)| Rest { from: at(from), until: until.map(at), on: WaitingOn::Parts })
            .collect();
        reckon(&policy(calendar), &Zone::of(zone), rule(minutes, Counts::Working), at(from), rests, None)
    }

    #[test]
    fn hours_are_counted_past_lunch_nights_weekends_and_holidays() {
        // Friday 16:00 in Shanghai: two hours that day, three before Monday's lunch, one after it.
        let plain = due(office_hours(), "Asia/Shanghai", 6 * 60, "2026-11-27T08:00:00Z", &[]);
        assert_eq!(plain.due_at, Some(at("2026-11-30T06:00:00Z")));
        assert_eq!(plain.counted.len(), 3);
        let mut calendar = office_hours();
        let monday = "2026-11-30".parse().expect("a day");
        calendar.days.push(SpecialDay { from_on: monday, until_on: monday, name: "Feast".into(), hours: Vec::new() });
        let feast = due(calendar, "Asia/Shanghai", 6 * 60, "2026-11-27T08:00:00Z", &[]);
        assert_eq!(feast.due_at, Some(at("2026-12-01T06:00:00Z")));
    }

    #[test]
    fn a_rest_moves_the_end_and_an_open_one_hides_it() {
        let rests = [("2026-11-27T08:30:00Z", Some("2026-11-27T09:30:00Z"))];
        let rested = due(office_hours(), "Asia/Shanghai", 6 * 60, "2026-11-27T08:00:00Z", &rests);
        assert_eq!(rested.due_at, Some(at("2026-11-30T07:00:00Z")));
        let open = [("2026-11-27T08:30:00Z", None)];
        let resting = due(office_hours(), "Asia/Shanghai", 6 * 60, "2026-11-27T08:00:00Z", &open);
        assert_eq!(resting.due_at, None);
        assert_eq!(resting.counted, [Stretch { from: at("2026-11-27T08:00:00Z"), until: at("2026-11-27T08:30:00Z") }]);
    }

    #[test]
    fn nights_in_which_the_clocks_change_are_as_long_as_they_are() {
        let mut calendar = office_hours();
        calendar.week = [0; 7].map(|_| vec![Hours { from: 0, until: 1440 }]);
        for (from, until) in
            [("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"), ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
        {
            let day = (at(until) - at(from)).num_minutes();
            let minutes = u32::try_from(day).expect("minutes");
            let reckoned = due(calendar.clone(), "Europe/Berlin", minutes, from, &[]);
            assert_eq!(reckoned.due_at, Some(at(until)), "a day of {minutes} minutes");
            assert_eq!(reckoned.counted.len(), 1);
        }
    }

    #[test]
    fn a_calendar_that_never_opens_has_no_end_and_is_given_up() {
        let closed = Calendar { week: Default::default(), days: Vec::new() };
        assert_eq!(due(closed, "UTC", 1, "2026-11-27T08:00:00Z", &[]).due_at, None);
    }

    /// The slow way: minute by minute.
    fn counted_by_hand(calendar: &Calendar, zone: &Zone, rests: &[Rest], from: Moment, until: Moment) -> i64 {
        let mut minutes = 0;
        let mut now = from;
        while now < until {
            let rests = rests.iter().any(|rest| rest.from <= now && rest.until.is_none_or(|until| now < until));
            let open = calendar.hours_on(zone.day_of(now)).iter().any(|hours| {
                let day = zone.day_of(now);
                zone.earliest(day, hours.from) <= now && now < zone.latest(day, hours.until)
            });
            minutes += i64::from(open && !rests);
            now += Duration::minutes(1);
        }
        minutes
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

        #[test]
        fn what_is_counted_is_what_the_rule_says(
            minutes in 1..4000_u32,
            start in 0..(400 * 1440_i64),
            gaps in proptest::collection::vec((1..900_i64, 1..900_i64), 0..4),
            zone in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
        ) {
            let zone = Zone::of(zone);
            let from = at("2026-01-01T00:00:00Z") + Duration::minutes(start);
            let mut rests = Vec::new();
            let mut now = from;
            for (runs, rest) in gaps {
                let begins = now + Duration::minutes(runs);
                now = begins + Duration::minutes(rest);
                rests.push(Rest { from: begins, until: Some(now), on: WaitingOn::Weather });
            }
            let policy = policy(office_hours());
            let reckoned = reckon(&policy, &zone, rule(minutes, Counts::Working), from, rests.clone(), None);
            let due_at = reckoned.due_at.expect("an office that opens");
            let counted: Duration = reckoned.counted.iter().map(|stretch| stretch.until - stretch.from).sum();
            prop_assert_eq!(counted, Duration::minutes(minutes.into()));
            prop_assert_eq!(counted_by_hand(&policy.terms.calendar, &zone, &rests, from, due_at), i64::from(minutes));
            for pair in reckoned.counted.windows(2) {
                prop_assert!(pair[0].until < pair[1].from);
            }
        }
    }
}
