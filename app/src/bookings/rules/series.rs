use super::super::model::{Recurs, SeriesForm};
use crate::estate::Zone;
use crate::fault::{Fault, Note, Notes};
use crate::moment::Moment;
use chrono::{Days, NaiveDate, Timelike};

/// The most bookings that are made together.
const MOST: u32 = 60;

impl SeriesForm {
    /// The days on which it recurs after its first, in order; none where it does not. Refused where it would recur on no
    /// day, on more than [`MOST`], or on one that cannot be booked yet.
    pub fn days(&self, first: NaiveDate, last: NaiveDate) -> Result<Vec<NaiveDate>, Fault> {
        if self.recurs.is_empty() {
            return Ok(Vec::new());
        }
        let mut notes = Notes::default();
        let recurs = Recurs::from_tag(&self.recurs);
        if recurs.is_none() {
            notes.add("recurs", Note::NotAChoice);
        }
        let until: Option<NaiveDate> = self.until.trim().parse().ok();
        match until {
            None => notes.add("until", if self.until.trim().is_empty() { Note::Missing } else { Note::Malformed }),
            Some(until) if until > last => notes.add("until", Note::TooFarAhead),
            Some(_) => {}
        }
        notes.check()?;
        let (Some(recurs), Some(until)) = (recurs, until) else { return Err(Fault::field("until", Note::Malformed)) };
        let next = |day: &NaiveDate| day.checked_add_days(Days::new(recurs.days()));
        let days: Vec<_> = std::iter::successors(next(&first), next).take_while(|day| *day <= until).collect();
        match days.len() as u32 {
            0 => Err(Fault::field("until", Note::BeforeTheFirst)),
            count if count >= MOST => Err(Fault::field("until", Note::TooMany(MOST))),
            _ => Ok(days),
        }
    }
}

/// When a booking begins on another day: when the clock on the wall shows the same. A time that the clock skips that day is
/// no time at which anything begins, and one that it shows twice is the first.
pub fn same_time(starts_at: Moment, day: NaiveDate, zone: &Zone) -> Option<Moment> {
    let shown = zone.shown_at(starts_at).time();
    let minutes = u16::try_from(shown.hour() * 60 + shown.minute()).ok()?;
    let there = zone.earliest(day, minutes);
    (zone.shown_at(there) == day.and_time(shown)).then_some(there)
}

#[cfg(test)]
mod tests {
    use super::{MOST, same_time};
    use crate::bookings::model::{Recurs, SeriesForm};
    use crate::estate::Zone;
    use crate::fault::{Fault, Note};
    use chrono::{Days, Duration, NaiveDate, Timelike};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn form(recurs: &str, until: &str) -> SeriesForm {
        SeriesForm { recurs: recurs.to_owned(), until: until.to_owned() }
    }

    #[test]
    fn a_series_ends_where_it_can_be_booked() {
        let (first, last) = (day("2026-11-30"), day("2027-02-28"));
        let days = |recurs: &str, until: &str| form(recurs, until).days(first, last);
        assert_eq!(days("", ""), Ok(Vec::new()));
        assert_eq!(days("fortnightly", "2026-12-28"), Ok(vec![day("2026-12-14"), day("2026-12-28")]));
        assert_eq!(days("weekly", "2126-11-30"), Err(Fault::field("until", Note::TooFarAhead)));
        assert_eq!(days("weekly", "2026-12-06"), Err(Fault::field("until", Note::BeforeTheFirst)));
        assert_eq!(days("weekly", "2026-11-01"), Err(Fault::field("until", Note::BeforeTheFirst)));
        assert_eq!(days("daily", "2027-02-27"), Err(Fault::field("until", Note::TooMany(MOST))));
        assert_eq!(days("yearly", "2026-12-28"), Err(Fault::field("recurs", Note::NotAChoice)));
        assert_eq!(days("weekly", "soon"), Err(Fault::field("until", Note::Malformed)));
        assert_eq!(days("weekly", ""), Err(Fault::field("until", Note::Missing)));
    }

    #[test]
    fn an_evening_stays_an_evening_over_the_change_of_clocks() {
        let zone = Zone::of("Europe/Berlin");
        let evening = zone.earliest(day("2026-10-19"), 18 * 60);
        let after = same_time(evening, day("2026-10-26"), &zone).expect("an evening");
        assert_eq!(after - evening, Duration::days(7) + Duration::hours(1));
        let night = zone.earliest(day("2026-03-22"), 150);
        assert_eq!(same_time(night, day("2026-03-29"), &zone), None, "half past two is skipped");
    }

    proptest! {
        #[test]
        fn a_series_is_what_a_naive_calendar_says(
            ordinal in 0..3650_u64, length in 0..400_u64, minutes in 0..1440_u16,
            recurs in prop::sample::select(Recurs::ALL.to_vec()),
            zone in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
        ) {
            let first = day("2026-01-01") + Days::new(ordinal);
            let until = first + Days::new(length);
            let naive: Vec<_> = (1..=length).filter(|after| after % recurs.days() == 0).map(|after| first + Days::new(after)).collect();
            match form(recurs.tag(), &until.to_string()).days(first, until) {
                Ok(days) => prop_assert_eq!(days, naive),
                Err(_) => prop_assert!(naive.is_empty() || naive.len() >= MOST as usize),
            }
            // The wall shows the same time on every day that has it.
            let zone = Zone::of(zone);
            let starts_at = zone.earliest(first, minutes);
            let shown = zone.shown_at(starts_at).time();
            if let Some(there) = same_time(starts_at, until, &zone) {
                prop_assert_eq!(zone.shown_at(there), until.and_time(shown));
            } else {
                // Only a time that the clock skips that day has none.
                let wall = u16::try_from(shown.hour() * 60 + shown.minute()).expect("of a day");
                prop_assert_ne!(zone.shown_at(zone.earliest(until, wall)).time(), shown);
            }
        }
    }
}
