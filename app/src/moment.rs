//! How time is kept and shown. Instants are UTC; what crosses the wire is the same instant with the
//! offset that its estate's clock had then, so that server and browser print the same words.

use crate::texts::Texts;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeDelta, Timelike, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// An instant, UTC.
pub type Moment = DateTime<Utc>;

/// Reads a moment as it crosses the wire, `2026-11-23T09:00:00.25Z`, or comes out of Postgres' JSON, with `+00:00`.
/// chrono's own reader takes every form that two standards allow, and would weigh as much as a page.
pub fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Moment, D::Error> {
    parse(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("no moment"))
}

/// The same for one that may be absent.
pub fn read_option<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Moment>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    text.map(|text| parse(&text).ok_or_else(|| D::Error::custom("no moment"))).transpose()
}

fn parse(text: &str) -> Option<Moment> {
    let text = text.strip_suffix('Z').or(text.strip_suffix("+00:00"))?;
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let nanos = number(Some(fraction))? * 10_u32.pow(9_u32.checked_sub(fraction.len() as u32)?);
    parse_wall(text)?.with_nanosecond(nanos).map(|moment| moment.and_utc())
}

/// Reads a time on an estate's wall as a form carries it: `2026-11-23T09:00`, perhaps with seconds.
pub fn parse_wall(text: &str) -> Option<NaiveDateTime> {
    let (day, time) = text.trim().split_once('T')?;
    let mut day = day.splitn(3, '-');
    let day = NaiveDate::from_ymd_opt(day.next()?.parse().ok()?, number(day.next())?, number(day.next())?)?;
    let mut time = time.splitn(3, ':');
    day.and_hms_opt(number(time.next())?, number(time.next())?, time.next().map_or(Some(0), |part| number(Some(part)))?)
}

fn number(part: Option<&str>) -> Option<u32> {
    part?.parse().ok()
}

/// The clock on an estate's wall: the instant at which a reply was made, and the zone's offsets around it.
/// The server knows zones, the browser only needs the few steps in which this one changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wall {
    #[serde(deserialize_with = "read")]
    now: Moment,
    /// Seconds east of UTC from each instant on (in seconds since 1970), oldest first; never empty.
    steps: Vec<(i64, i32)>,
}

impl Wall {
    /// A wall clock that reads `now`, in a zone with these offset steps.
    pub fn new(now: Moment, steps: Vec<(Moment, i32)>) -> Self {
        Self { now, steps: steps.into_iter().map(|(from, seconds)| (from.timestamp(), seconds)).collect() }
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
            .find(|(from, _)| *from <= moment.timestamp())
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
    /// The instant itself.
    pub fn moment(self) -> Moment {
        self.0.to_utc()
    }

    /// Whether the clock shows less than this.
    pub fn is_before(self, time: NaiveDateTime) -> bool {
        self.0.naive_local() < time
    }

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

    /// Minutes after midnight.
    pub fn minute(self) -> u16 {
        (self.0.hour() * 60 + self.0.minute()) as u16
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

/// `2 Mar` or `3月2日`, where a week or a year is said beside it.
pub fn short_day(t: Texts, on: NaiveDate) -> String {
    t.when_short(on.day(), month(t, on))
}

/// `Nov 2026` or `2026年11月`: the month of a day.
pub fn month_of(t: Texts, on: NaiveDate) -> String {
    t.when_month(month(t, on), on.year())
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

#[cfg(test)]
mod tests {
    use super::{Moment, parse};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(seconds in 0..4_000_000_000_i64, nanos in 0..1_000_000_000_u32, digits in 0..4_u32) {
            let unit = 1000_u32.pow(digits.min(3));
            let moment = Moment::from_timestamp(seconds, nanos / unit * unit % 1_000_000_000).expect("a moment");
            let json = serde_json::to_value(moment).expect("JSON");
            let text = json.as_str().unwrap_or_default();
            prop_assert_eq!(parse(text), Some(moment));
            prop_assert_eq!(parse(&text.replace('Z', "+00:00")), Some(moment));
        }

        #[test]
        fn what_is_no_moment_is_not_read(text in "[-0-9TZ:.+ ]{0,32}") {
            let _ = parse(&text);
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["", "2026-11-23", "2026-11-23T09:00:00", "2026-13-01T09:00:00Z", "2026-11-23T09:00:00.1234567890Z"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
