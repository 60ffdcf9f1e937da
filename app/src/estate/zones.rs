use crate::moment::{Moment, Wall};
use chrono::{Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// How far back and ahead a page may show times, in days.
const BACK: i64 = 800;
const AHEAD: i64 = 400;

/// Whether there is a zone of this name.
pub fn is_zone(zone: &str) -> bool {
    zone.parse::<Tz>().is_ok()
}

/// The clock on the wall of an estate in this zone. An unknown zone reads as UTC.
pub fn wall(zone: &str, now: Moment) -> Wall {
    let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
    let offset = |at: Moment| zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc();
    let mut from = now - Duration::days(BACK);
    let mut steps = vec![(from, offset(from))];
    let end = now + Duration::days(AHEAD);
    // Zones change at most every few weeks: a weekly stride finds each change, halving finds its minute.
    while from < end {
        let next = from + Duration::days(7);
        if offset(next) != offset(from) {
            let (mut low, mut high) = (from, next);
            while high - low > Duration::minutes(1) {
                let middle = low + (high - low) / 2;
                if offset(middle) == offset(from) { low = middle } else { high = middle }
            }
            let change = chrono::DurationRound::duration_trunc(high, Duration::minutes(1)).unwrap_or(high);
            steps.push((change, offset(next)));
        }
        from = next;
    }
    Wall::new(now, steps)
}

/// A time zone by its name; an unknown one reads as UTC.
#[derive(Clone, Copy, Debug)]
pub struct Zone(Tz);

impl Zone {
    /// `Asia/Shanghai`
    pub fn of(name: &str) -> Self {
        Self(name.parse().unwrap_or(Tz::UTC))
    }

    /// The calendar day at an instant.
    pub fn day_of(&self, at: Moment) -> NaiveDate {
        at.with_timezone(&self.0).date_naive()
    }

    /// What the clock shows at an instant.
    pub fn shown_at(&self, at: Moment) -> NaiveDateTime {
        at.with_timezone(&self.0).naive_local()
    }

    /// The first instant at which the clock shows so many minutes after midnight. A time that it skips is taken
    /// as if it had not been set forward yet (RFC 5545).
    pub fn earliest(&self, day: NaiveDate, minutes: u16) -> Moment {
        self.shown(day, minutes).0
    }

    /// The last such instant: where the clock shows a time twice, the second.
    pub fn latest(&self, day: NaiveDate, minutes: u16) -> Moment {
        self.shown(day, minutes).1
    }

    fn shown(&self, day: NaiveDate, minutes: u16) -> (Moment, Moment) {
        let shown = day.and_time(NaiveTime::MIN) + Duration::minutes(minutes.into());
        let utc = |at: chrono::DateTime<Tz>| at.with_timezone(&Utc);
        match self.0.from_local_datetime(&shown) {
            LocalResult::Single(at) => (utc(at), utc(at)),
            LocalResult::Ambiguous(first, last) => (utc(first), utc(last)),
            LocalResult::None => {
                // No zone skips as much as three hours at once.
                let before = self.0.from_local_datetime(&(shown - Duration::hours(3))).latest().map(utc);
                let at = before.map_or_else(|| shown.and_utc(), |before| before + Duration::hours(3));
                (at, at)
            }
        }
    }
}

/// The instant at which that clock shows a time; the earlier one where it shows it twice, `None` where
/// it skips it.
pub fn instant(zone: &str, shown: NaiveDateTime) -> Option<Moment> {
    let zone: Tz = zone.parse().ok()?;
    zone.from_local_datetime(&shown).earliest().map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::{Zone, wall};
    use chrono::{DateTime, Utc};

    #[test]
    fn summer_time_begins_and_ends_at_its_minute() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a date");
        let wall = wall("Europe/Berlin", at("2026-06-01T00:00:00Z"));
        for (moment, shown) in [
            ("2026-03-29T00:59:00Z", "01:59"),
            ("2026-03-29T01:00:00Z", "03:00"),
            ("2026-10-25T00:59:00Z", "02:59"),
            ("2026-10-25T01:00:00Z", "02:00"),
        ] {
            assert_eq!(wall.at(at(moment)).clock(), shown, "{moment}");
        }
    }

    #[test]
    fn a_day_has_the_edges_that_its_clocks_give_it() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a date");
        let (spring, autumn) = ("2026-03-29".parse().expect("a day"), "2026-10-25".parse().expect("a day"));
        let berlin = Zone::of("Europe/Berlin");
        assert_eq!(berlin.earliest(spring, 150), at("2026-03-29T01:30:00Z"), "02:30 is skipped");
        assert_eq!(berlin.earliest(autumn, 150), at("2026-10-25T00:30:00Z"));
        assert_eq!(berlin.latest(autumn, 150), at("2026-10-25T01:30:00Z"), "02:30 comes twice");
        assert_eq!(berlin.latest(autumn, 1440), at("2026-10-25T23:00:00Z"));
        assert_eq!(berlin.day_of(at("2026-10-25T23:00:00Z")).to_string(), "2026-10-26");
    }
}
