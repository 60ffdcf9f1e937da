use crate::moment::{Moment, Wall};
use chrono::{Duration, NaiveDateTime, Offset, TimeZone, Utc};
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

/// The instant at which that clock shows a time; the earlier one where it shows it twice, `None` where
/// it skips it.
pub fn instant(zone: &str, shown: NaiveDateTime) -> Option<Moment> {
    let zone: Tz = zone.parse().ok()?;
    zone.from_local_datetime(&shown).earliest().map(|at| at.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::wall;
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
}
