use super::super::model::{Opening, Period, Terms};
use super::free::Span;
use crate::estate::Zone;
use crate::fault::Note;
use crate::moment::Moment;
use chrono::{Datelike, Days, Duration, Months, NaiveDate};

/// The weekday of a holiday, among opening hours.
const HOLIDAY: u32 = 8;

/// When it is open on a day, the earliest first. On the days on which the clocks change it is open for as long as they
/// say.
pub fn open_on(openings: &[Opening], day: NaiveDate, is_holiday: bool, zone: &Zone) -> Vec<Span> {
    let weekday = if is_holiday { HOLIDAY } else { day.weekday().number_from_monday() };
    let own = openings.iter().filter(|opening| opening.weekday == weekday);
    let mut spans: Vec<_> = own.map(|opening| open_between(day, (opening.opens, opening.closes), zone)).collect();
    spans.sort_by_key(|span| span.from);
    spans
}

/// From one minute of a day until another on the estate's wall.
pub fn open_between(day: NaiveDate, (opens, closes): (u16, u16), zone: &Zone) -> Span {
    Span { from: zone.earliest(day, opens), until: zone.latest(day, closes) }
}

/// The times at which a booking of so many steps can begin within these spans of a day: it ends while it is open. A stay
/// begins once a day, when it opens, and whoever leaves that day has left by then.
pub fn starts_in(spans: &[Span], terms: &Terms, steps: u32, zone: &Zone) -> Vec<Moment> {
    if let Some(check_out) = terms.check_out {
        let ready = |span: &Span| {
            let ready = span.from.max(zone.earliest(zone.day_of(span.from), check_out));
            (ready < span.until).then_some(ready)
        };
        return spans.iter().find_map(ready).into_iter().collect();
    }
    let (step, length) = (terms.step(), terms.length(steps));
    let of_span = |span: &Span| {
        let span = *span;
        std::iter::successors(Some(span.from), move |start| Some(*start + step))
            .take_while(move |start| *start + length <= span.until)
    };
    spans.iter().flat_map(of_span).collect()
}

impl Terms {
    /// When a booking of so many steps ends that begins then: that many steps later, or that many nights later at its
    /// check-out, however long the clocks make those nights.
    pub fn ends(&self, starts_at: Moment, steps: u32, zone: &Zone) -> Moment {
        let Some(check_out) = self.check_out else { return starts_at + self.length(steps) };
        let last = zone.day_of(starts_at).checked_add_days(Days::new(steps.into()));
        zone.earliest(last.unwrap_or(NaiveDate::MAX), check_out)
    }

    /// When it is, from its beginning until it ends.
    pub fn during(&self, starts_at: Moment, steps: u32, zone: &Zone) -> Span {
        Span { from: starts_at, until: self.ends(starts_at, steps, zone) }
    }

    /// How many steps are in a span: whole ones, or nights.
    pub fn steps_in(&self, during: Span, zone: &Zone) -> u32 {
        let steps = match self.check_out {
            Some(_) => (zone.day_of(during.until) - zone.day_of(during.from)).num_days(),
            None => (during.until - during.from).num_minutes() / i64::from(self.step_minutes.max(1)),
        };
        u32::try_from(steps).unwrap_or(0)
    }

    /// What is wrong with a booking that begins then, whoever has it: it is over, too soon or too far ahead.
    pub fn opens_for(&self, starts_at: Moment, now: Moment, zone: &Zone) -> Result<(), Note> {
        let bookable = self.bookable(now, zone);
        if starts_at < now {
            return Err(Note::InThePast);
        }
        if starts_at < bookable.from {
            return Err(Note::TooSoon(self.notice_minutes));
        }
        if starts_at >= bookable.until {
            return Err(Note::TooFarAhead);
        }
        Ok(())
    }

    /// Within what a booking that is made now has to begin.
    pub fn bookable(&self, now: Moment, zone: &Zone) -> Span {
        let after = self.last_day(now, zone).checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        Span { from: now + Duration::minutes(self.notice_minutes.into()), until: zone.earliest(after, 0) }
    }

    /// The last day that can be booked now.
    pub fn last_day(&self, now: Moment, zone: &Zone) -> NaiveDate {
        let today = zone.day_of(now);
        today.checked_add_days(Days::new(self.ahead_days.into())).unwrap_or(today)
    }
}

impl Period {
    /// The period that a day lies in, as instants.
    pub fn around(self, day: NaiveDate, zone: &Zone) -> Span {
        let (first, next) = match self {
            Period::Day => (day, day.checked_add_days(Days::new(1))),
            Period::Week => {
                let monday = monday_of(day);
                (monday, monday.checked_add_days(Days::new(7)))
            }
            Period::Month => {
                let first = day.with_day(1).unwrap_or(day);
                (first, first.checked_add_months(Months::new(1)))
            }
        };
        Span { from: zone.earliest(first, 0), until: zone.earliest(next.unwrap_or(NaiveDate::MAX), 0) }
    }
}

/// The Monday of a day's week.
pub fn monday_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::{Period, monday_of, open_on, starts_in};
    use crate::bookings::model::Opening;
    use crate::bookings::rules::tests::terms;
    use crate::estate::Zone;
    use chrono::{Datelike, Duration, NaiveDate};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_holiday_has_hours_of_its_own() {
        let zone = Zone::of("Asia/Shanghai");
        let openings =
            [Opening { weekday: 4, opens: 540, closes: 1440 }, Opening { weekday: 8, opens: 600, closes: 720 }];
        let thursday = day("2026-10-01");
        assert_eq!(open_on(&openings, thursday, false, &zone)[0].until.to_rfc3339(), "2026-10-01T16:00:00+00:00");
        let holiday = open_on(&openings, thursday, true, &zone);
        assert_eq!(holiday.len(), 1);
        assert_eq!(holiday[0].from.to_rfc3339(), "2026-10-01T02:00:00+00:00");
        assert!(open_on(&openings, day("2026-10-02"), false, &zone).is_empty(), "a Friday without hours");
    }

    #[test]
    fn a_night_is_as_long_as_the_clocks_make_it() {
        let zone = Zone::of("Europe/Berlin");
        let nights = [Opening { weekday: 7, opens: 0, closes: 360 }];
        let hourly = |on: &str| starts_in(&open_on(&nights, day(on), false, &zone), &terms(60, 1, 2), 1, &zone).len();
        assert_eq!(hourly("2026-03-22"), 6);
        assert_eq!(hourly("2026-03-29"), 5, "the clocks go forward");
        assert_eq!(hourly("2026-10-25"), 7, "the clocks go back");
    }

    #[test]
    fn a_stay_ends_at_its_check_out_whatever_the_clocks_do() {
        let zone = Zone::of("Europe/Berlin");
        let mut terms = terms(1440, 1, 14);
        terms.check_out = Some(720);
        let open =
            |opens: u16, closes: u16| (1..8).map(|weekday| Opening { weekday, opens, closes }).collect::<Vec<_>>();
        let starts = |hours: &[Opening], on: &str| starts_in(&open_on(hours, day(on), false, &zone), &terms, 1, &zone);
        let night = |on: &str| {
            let during = terms.during(starts(&open(900, 1320), on)[0], 1, &zone);
            assert_eq!(terms.steps_in(during, &zone), 1);
            (during.until.to_rfc3339(), (during.until - during.from).num_hours())
        };
        assert_eq!(night("2026-03-27"), ("2026-03-28T11:00:00+00:00".to_owned(), 21));
        assert_eq!(night("2026-03-28"), ("2026-03-29T10:00:00+00:00".to_owned(), 20), "the clocks go forward");
        assert_eq!(night("2026-10-24"), ("2026-10-25T11:00:00+00:00".to_owned(), 22), "the clocks go back");
        // Nobody comes before the last have left, and once a day.
        assert_eq!(starts(&open(540, 1320), "2026-03-27")[0].to_rfc3339(), "2026-03-27T11:00:00+00:00");
        assert!(starts(&open(540, 660), "2026-03-27").is_empty(), "it has closed by then");
        assert_eq!(starts(&[open(780, 900), open(960, 1320)].concat(), "2026-03-27").len(), 1);
    }

    proptest! {
        #[test]
        fn a_stay_is_what_a_naive_calendar_says(
            ordinal in 0..3650_i64, opens in 0..1440_u16, check_out in 0..1440_u16, nights in 1..29_u32,
            zone in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
        ) {
            let zone = Zone::of(zone);
            let on = day("2026-01-01") + Duration::days(ordinal);
            let week: Vec<_> = (1..8).map(|weekday| Opening { weekday, opens, closes: 1440 }).collect();
            let mut terms = terms(1440, 1, 28);
            terms.check_out = Some(check_out);
            let starts = |on: NaiveDate| starts_in(&open_on(&week, on, false, &zone), &terms, nights, &zone);
            prop_assert_eq!(starts(on).len(), 1);
            let during = terms.during(starts(on)[0], nights, &zone);
            prop_assert_eq!(terms.steps_in(during, &zone), nights);
            let last = on + Duration::days(nights.into());
            prop_assert!(during.until <= starts(last)[0], "whoever comes next finds nobody there");
            // On a day on which no clock changes the wall shows both as they were told.
            for (at, on, minutes) in [(during.from, on, opens.max(check_out)), (during.until, last, check_out)] {
                if zone.latest(on, 1440) - zone.earliest(on, 0) == Duration::days(1) {
                    let midnight = on.and_time(chrono::NaiveTime::MIN);
                    prop_assert_eq!(zone.shown_at(at), midnight + Duration::minutes(minutes.into()));
                }
            }
        }

        #[test]
        fn bookings_begin_on_the_steps_and_end_while_it_is_open(
            ordinal in 0..3650_i64, opens in 0..1380_u16, open in 5..1440_u16, step in 5..180_u32, steps in 1..4_u32,
            zone in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
        ) {
            let zone = Zone::of(zone);
            let on = day("2026-01-01") + Duration::days(ordinal);
            let closes = (opens + open).min(1440);
            let week: Vec<_> = (1..8).map(|weekday| Opening { weekday, opens, closes }).collect();
            let spans = open_on(&week, on, false, &zone);
            let terms = terms(step, 1, 4);
            let starts = starts_in(&spans, &terms, steps, &zone);
            for pair in starts.windows(2) {
                prop_assert_eq!(pair[1] - pair[0], terms.step());
            }
            // On a day on which no clock changes the wall shows all of it, and there are as many as fit.
            let midnight = on.and_time(chrono::NaiveTime::MIN);
            if zone.latest(on, 1440) - zone.earliest(on, 0) != Duration::days(1) {
                return Ok(());
            }
            for (at, start) in (0..).zip(&starts) {
                let minutes = Duration::minutes(i64::from(opens) + i64::from(step) * at);
                prop_assert_eq!(zone.shown_at(*start), midnight + minutes);
                let end = zone.shown_at(terms.ends(*start, steps, &zone));
                prop_assert!(end <= midnight + Duration::minutes(closes.into()));
            }
            let open = u32::from(closes - opens);
            let fit = if open < step * steps { 0 } else { (open - step * steps) / step + 1 };
            prop_assert_eq!(starts.len(), fit as usize);
        }

        #[test]
        fn every_day_lies_in_its_period(ordinal in 0..3650_i64) {
            let zone = Zone::of("Europe/Berlin");
            let on = day("2026-01-01") + Duration::days(ordinal);
            for period in Period::ALL {
                let span = period.around(on, &zone);
                let noon = zone.earliest(on, 720);
                prop_assert!(span.from <= noon && noon < span.until);
                prop_assert_eq!(period.around(zone.day_of(span.from), &zone), span);
                prop_assert_ne!(period.around(zone.day_of(span.until), &zone), span);
            }
            prop_assert_eq!(monday_of(on).weekday().number_from_monday(), 1);
        }
    }
}
