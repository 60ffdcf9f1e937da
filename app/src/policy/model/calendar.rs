use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Minutes after midnight on the estate's wall, 0 to 1440.
pub type Minute = u16;

/// The last minute of a day: midnight at its end.
pub const MIDNIGHT: Minute = 1440;

/// From one time of a day until another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The first minute.
    pub from: Minute,
    /// The minute that no longer belongs to it.
    pub until: Minute,
}

/// When the office works: the same every week, but for some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Monday first; a day off has no hours.
    pub week: [Vec<Hours>; 7],
    /// Holidays, and days worked instead, by date.
    pub days: Vec<SpecialDay>,
}

/// A day, or several, that the week does not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// The first of them.
    pub from_on: NaiveDate,
    /// The last of them.
    pub until_on: NaiveDate,
    /// What it is called: `国庆节`.
    pub name: String,
    /// When the office works all the same; none on a holiday.
    pub hours: Vec<Hours>,
}

impl Calendar {
    /// The hours of a day, in order.
    pub fn hours_on(&self, day: NaiveDate) -> &[Hours] {
        self.special(day).map_or(&self.week[day.weekday().num_days_from_monday() as usize], |special| &special.hours)
    }

    /// Whether a day is a holiday by name: nobody works on it, whatever weekday it is.
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        self.special(day).is_some_and(|special| special.hours.is_empty())
    }

    fn special(&self, day: NaiveDate) -> Option<&SpecialDay> {
        self.days.iter().find(|special| special.from_on <= day && day <= special.until_on)
    }

    /// Whether the office works on a day at all.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        !self.hours_on(day).is_empty()
    }
}
