//! How time is kept and shown. Instants are UTC; what crosses the wire is the same instant with the
//! offset that its estate's clock had then, so that server and browser print the same words.

use crate::texts::Texts;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Offset, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

/// An instant, UTC.
pub type Moment = DateTime<Utc>;

/// The clock on an estate's wall: the instant at which a reply was made, and the zone's offsets around it.
/// The server knows zones, the browser only needs the few steps in which this one changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wall {
    now: Moment,
    /// Seconds east of UTC from each instant on, oldest first; never empty.
    steps: Vec<(Moment, i32)>,
}

impl Wall {
    /// A wall clock that reads `now`, in a zone with these offset steps.
    pub fn new(now: Moment, steps: Vec<(Moment, i32)>) -> Self {
        Self { now, steps }
    }

    /// When the reply was made.
    pub fn now(&self) -> When {
        self.at(self.now)
    }

    /// What the clock shows some seconds after the reply.
    pub fn after(&self, seconds: i64) -> When {
        self.at(self.now + TimeDelta::seconds(seconds))
    }

    /// What the clock shows at an instant.
    pub fn at(&self, moment: Moment) -> When {
        let seconds = self
            .steps
            .iter()
            .rev()
            .find(|(from, _)| *from <= moment)
            .or(self.steps.first())
            .map_or(0, |(_, seconds)| *seconds);
        let offset = FixedOffset::east_opt(seconds).unwrap_or(Utc.fix());
        When(moment.with_timezone(&offset))
    }
}

/// An instant as the clock on its estate's wall shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When(DateTime<FixedOffset>);

impl When {
    /// The estate's calendar day.
    pub fn day(self) -> NaiveDate {
        self.0.date_naive()
    }

    /// For `<time datetime>`: unambiguous, for machines.
    pub fn machine(self) -> String {
        self.0.to_rfc3339()
    }

    /// `16:30`
    pub fn clock(self) -> String {
        format!("{:02}:{:02}", self.0.hour(), self.0.minute())
    }

    /// `today 16:30`, `tomorrow 09:00`, `Mon 23 Nov 09:00`: by the day on the estate's wall at `now`.
    pub fn near(self, t: Texts, now: When) -> String {
        let time = self.clock();
        match (self.day() - now.day()).num_days() {
            0 => t.when_today(time),
            1 => t.when_tomorrow(time),
            -1 => t.when_yesterday(time),
            _ => self.full(t),
        }
    }

    /// The day and the clock, for tooltips, focus and print.
    pub fn full(self, t: Texts) -> String {
        t.when_full(day(t, self.day()), self.clock())
    }

    /// Whole minutes from `now` until this instant; negative once it has passed.
    pub fn minutes_from(self, now: When) -> i64 {
        (self.0 - now.0).num_minutes()
    }
}

/// `Sat 21 Nov` or `11月21日 周六`.
pub fn day(t: Texts, on: NaiveDate) -> String {
    let weekday = match on.weekday().number_from_monday() {
        1 => t.weekday_1(),
        2 => t.weekday_2(),
        3 => t.weekday_3(),
        4 => t.weekday_4(),
        5 => t.weekday_5(),
        6 => t.weekday_6(),
        _ => t.weekday_7(),
    };
    t.when_day(on.day(), month(t, on), weekday)
}

/// `2 Mar 2024` or `2024年3月2日`.
pub fn date(t: Texts, on: NaiveDate) -> String {
    t.when_date(on.day(), month(t, on), on.year())
}

fn month(t: Texts, on: NaiveDate) -> &'static str {
    match on.month() {
        1 => t.month_1(),
        2 => t.month_2(),
        3 => t.month_3(),
        4 => t.month_4(),
        5 => t.month_5(),
        6 => t.month_6(),
        7 => t.month_7(),
        8 => t.month_8(),
        9 => t.month_9(),
        10 => t.month_10(),
        11 => t.month_11(),
        _ => t.month_12(),
    }
}

/// A length of time in the largest unit that says enough: `12 min`, `3 h 20 min`, `2 days`.
pub fn span(t: Texts, minutes: i64) -> String {
    let minutes = minutes.abs();
    match minutes {
        0..60 => t.span_minutes(minutes),
        60..1440 if minutes % 60 == 0 => t.span_hours(minutes / 60),
        60..1440 => t.span_hours_minutes(minutes / 60, minutes % 60),
        _ => t.span_days(minutes / 1440),
    }
}
