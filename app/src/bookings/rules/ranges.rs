use super::super::model::{Day, Slot, SlotState};
use crate::moment::Moment;
use chrono::Duration;

impl Slot {
    /// Whether it can be had.
    pub fn is_free(&self) -> bool {
        matches!(self.state, SlotState::Free(_))
    }
}

impl Day {
    /// From when until when a booking of this length can be had on it: free times as far as each begins before the one
    /// before it ends, or then. A time between them that is not free parts them, even where both sides of it meet: whatever
    /// begins and ends in one of these ranges can be had.
    pub fn free_ranges(&self, length: Duration) -> Vec<(Moment, Moment)> {
        let goes_on =
            |one: &Slot, next: &Slot| one.is_free() && next.is_free() && next.starts_at <= one.starts_at + length;
        let range = |run: &[Slot]| {
            let (first, last) = (run.first()?, run.last()?);
            first.is_free().then(|| (first.starts_at, last.starts_at + length))
        };
        self.slots.chunk_by(goes_on).filter_map(range).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::bookings::model::{Day, Slot, SlotState};
    use crate::bookings::rules::tests::instant;
    use crate::bookings::words::ranges_text;
    use crate::moment::{Moment, Wall};
    use chrono::{Duration, NaiveDate};
    use proptest::prelude::*;

    /// A day on which a booking can begin after so many minutes, where it is free.
    fn day(starts: impl IntoIterator<Item = (i64, bool)>) -> Day {
        let state = |is_free| if is_free { SlotState::Free(1) } else { SlotState::Taken };
        let slot = |(minutes, is_free)| Slot { starts_at: instant(minutes), state: state(is_free) };
        Day { on: NaiveDate::MIN, slots: starts.into_iter().map(slot).collect() }
    }

    fn ranges(day: &Day, minutes: i64) -> Vec<(i64, i64)> {
        let minute = |at: Moment| (at - instant(0)).num_minutes();
        let ranges = day.free_ranges(Duration::minutes(minutes)).into_iter();
        ranges.map(|(from, until)| (minute(from), minute(until))).collect()
    }

    #[test]
    fn times_that_follow_upon_each_other_are_one_range() {
        let hours = [(0, true), (60, true), (120, false), (180, true), (600, true), (660, true)];
        assert_eq!(ranges(&day(hours), 60), [(0, 120), (180, 240), (600, 720)]);
        assert!(ranges(&day([(0, false), (60, false)]), 60).is_empty());
        assert!(ranges(&day([]), 60).is_empty());
    }

    #[test]
    fn overlapping_times_are_one_range_unless_one_between_them_is_gone() {
        let half_hours = |gone: i64| day((0..6).map(|at| (at * 30, at != gone)));
        assert_eq!(ranges(&half_hours(9), 60), [(0, 210)]);
        // One court is free before, another after: none is free for the hour that has some of both.
        assert_eq!(ranges(&half_hours(2), 60), [(0, 90), (90, 210)]);
    }

    #[test]
    fn a_range_is_told_by_the_wall() {
        // Central Europe: from +2 h to +1 h in the night to 25 October.
        let change: Moment = "2026-10-25T01:00:00Z".parse().expect("an instant");
        let wall = Wall::new(change, vec![(change - Duration::days(30), 7200), (change, 3600)]);
        let told = |ranges: &[(&str, &str)]| {
            let at = |text: &str| format!("2026-10-{text}:00Z").parse::<Moment>().expect("an instant");
            let ranges: Vec<_> = ranges.iter().map(|(from, until)| (at(from), at(until))).collect();
            ranges_text(&ranges, &wall)
        };
        assert_eq!(told(&[("23T07:00", "23T10:00"), ("23T12:30", "23T20:00")]), "9–12 · 14:30–22");
        assert_eq!(told(&[("23T20:00", "23T22:00")]), "22–24", "midnight ends the day that it closes");
        assert_eq!(told(&[("23T20:00", "23T23:30")]), "22–1:30");
        assert_eq!(told(&[("24T22:00", "25T05:00")]), "0–6", "seven hours in the night that has one more");
        let many = ["23T08:00", "23T10:00", "23T12:00", "23T14:00", "23T16:00"].map(|from| (from, "23T17:00"));
        assert_eq!(told(&many), "10–19 · 12–19 · 14–19 +2");
        assert_eq!(told(&[]), "");
    }

    proptest! {
        #[test]
        fn what_lies_in_a_range_is_free_and_what_is_free_lies_in_one(
            states in prop::collection::vec(any::<bool>(), 0..30), steps in 1..5_i64,
        ) {
            let (step, length) = (30, 30 * steps);
            let starts: Vec<_> = (0..).map(|at| at * step).zip(states).collect();
            let ranges = ranges(&day(starts.clone()), length);
            for (start, is_free) in starts {
                let lies_in = ranges.iter().any(|(from, until)| *from <= start && start + length <= *until);
                prop_assert_eq!(lies_in, is_free);
            }
        }
    }
}
