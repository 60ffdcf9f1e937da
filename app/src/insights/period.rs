use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Over which days figures are summed: so many, today included, or a month of the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// 30 days.
    #[default]
    Month,
    /// 90 days.
    Quarter,
    /// 365 days.
    Year,
    /// A month of the calendar; the present one until today.
    Calendar(Month),
}

impl Period {
    /// Those that end today, in the order of the chips.
    pub const SPANS: [Period; 3] = [Period::Month, Period::Quarter, Period::Year];

    /// How many days, of those that end today.
    pub fn days(self) -> Option<u16> {
        match self {
            Period::Month => Some(30),
            Period::Quarter => Some(90),
            Period::Year => Some(365),
            Period::Calendar(_) => None,
        }
    }

    /// The period of so many days.
    pub fn from_days(days: u16) -> Option<Self> {
        Self::SPANS.into_iter().find(|period| period.days() == Some(days))
    }

    /// The first and the last day, by the calendar on the estate's wall.
    pub fn bounds(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        match self {
            Period::Calendar(month) => (month.first_on(), month.last_on().min(today)),
            _ => (back(today, self.days().unwrap_or(1) - 1), today),
        }
    }

    /// The same of what it is held against: as many days before it, or the month before; of that no more than has passed
    /// of one that still runs.
    pub fn before(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let (from, until) = self.bounds(today);
        match self {
            Period::Calendar(month) => {
                let before = month.before();
                let is_over = month.last_on() <= today;
                let same_day = before.first_on().checked_add_days(Days::new((until - from).num_days().unsigned_abs()));
                let last = before.last_on();
                (before.first_on(), same_day.filter(|_| !is_over).map_or(last, |day| day.min(last)))
            }
            _ => (back(from, self.days().unwrap_or(1)), back(from, 1)),
        }
    }
}

fn back(day: NaiveDate, days: u16) -> NaiveDate {
    day.checked_sub_days(Days::new(days.into())).unwrap_or(day)
}

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    year: i32,
    number: u32,
}

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), number: day.month() }
    }

    /// This one and those before it, so many in all.
    pub fn back(self, count: usize) -> Vec<Self> {
        std::iter::successors(Some(self), |month| Some(month.before())).take(count).collect()
    }

    /// The one before.
    pub fn before(self) -> Self {
        match self.number {
            1 => Self { year: self.year - 1, number: 12 },
            number => Self { number: number - 1, ..self },
        }
    }

    /// Its first day.
    pub fn first_on(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.number, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last_on(self) -> NaiveDate {
        let next = match self.number {
            12 => Self { year: self.year + 1, number: 1 },
            number => Self { number: number + 1, ..self },
        };
        next.first_on().pred_opt().unwrap_or_default()
    }

    /// The value in addresses: `2026-11`.
    pub fn tag(self) -> String {
        format!("{:04}-{:02}", self.year, self.number)
    }

    /// The month of a tag, from 1970 to 9998.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let (year, number) = tag.split_once('-')?;
        let month = Self { year: year.parse().ok()?, number: number.parse().ok()? };
        let is_one = (1970..9999).contains(&month.year) && (1..=12).contains(&month.number);
        (is_one && month.tag() == tag).then_some(month)
    }
}

#[cfg(test)]
mod tests {
    use super::{Month, Period};
    use chrono::NaiveDate;

    fn day(day: &str) -> NaiveDate {
        day.parse().expect("a day")
    }

    fn month(tag: &str) -> Period {
        Period::Calendar(Month::from_tag(tag).expect("a month"))
    }

    #[test]
    fn periods_are_found_by_their_days() {
        assert_eq!(Period::SPANS.map(|period| period.days().and_then(Period::from_days)), Period::SPANS.map(Some));
        assert_eq!(Period::from_days(31), None);
        let today = day("2026-11-23");
        assert_eq!(Period::Month.bounds(today), (day("2026-10-25"), today));
        assert_eq!(Period::Month.before(today), (day("2026-09-25"), day("2026-10-24")));
    }

    #[test]
    fn a_month_has_its_own_days_and_stands_beside_the_one_before() {
        for (tag, from, until, before_from, before_until) in [
            ("2026-11", "2026-11-01", "2026-11-23", "2026-10-01", "2026-10-23"),
            ("2026-10", "2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30"),
            ("2026-02", "2026-02-01", "2026-02-28", "2026-01-01", "2026-01-31"),
            ("2026-01", "2026-01-01", "2026-01-31", "2025-12-01", "2025-12-31"),
        ] {
            let (today, period) = (day("2026-11-23"), month(tag));
            assert_eq!(period.bounds(today), (day(from), day(until)), "{tag}");
            assert_eq!(period.before(today), (day(before_from), day(before_until)), "before {tag}");
        }
        assert_eq!(month("2026-03").before(day("2026-03-30")), (day("2026-02-01"), day("2026-02-28")), "it is shorter");
        assert_eq!(month("2028-02").bounds(day("2028-03-01")).1, day("2028-02-29"), "it leaps");
    }

    #[test]
    fn what_stands_in_an_address_is_read_again() {
        for month in Month::of(day("2026-02-03")).back(14) {
            assert_eq!(Month::from_tag(&month.tag()), Some(month));
        }
        for tag in ["", "2026", "2026-13", "2026-00", "2026-1", "2026-+1", "1969-12", "9999-01", "2026-11-01"] {
            assert_eq!(Month::from_tag(tag), None, "{tag}");
        }
    }
}
