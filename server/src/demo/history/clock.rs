//! The hours of an estate: its wall clock, and when its people work.

use app::estate;
use app::moment::{Moment, Wall};
use app::services::Urgency;
use chrono::{Duration, NaiveDate, NaiveTime};

use super::super::dice::Dice;

/// Opening and closing, in minutes of the day.
pub type Hours = (i64, i64);

/// The whole day.
const ALWAYS: Hours = (0, 24 * 60);

/// When somebody sits at the desk.
pub const DESK: Hours = (7 * 60 + 10, 21 * 60 + 40);

/// When residents look at their phones.
pub const AWAKE: Hours = (7 * 60 + 30, 22 * 60 + 45);

/// When a department goes out for a matter this pressing.
pub fn field(department: &str, urgency: Urgency) -> Hours {
    match (department, urgency) {
        ("security", _) | (_, Urgency::Emergency) => ALWAYS,
        (_, Urgency::Urgent) => (7 * 60, 22 * 60),
        ("cleaning-greening", _) => (6 * 60 + 30, 17 * 60 + 30),
        _ => (8 * 60 + 10, 18 * 60),
    }
}

/// An estate's wall clock.
pub struct Clock {
    zone: String,
    wall: Wall,
    /// When the demo is loaded: nothing happens after it.
    pub now: Moment,
}

impl Clock {
    pub fn new(zone: &str, now: Moment) -> Self {
        Self { zone: zone.to_owned(), wall: estate::wall(zone, now), now }
    }

    /// The calendar day on the wall.
    pub fn day(&self, at: Moment) -> NaiveDate {
        self.wall.at(at).day()
    }

    /// So many minutes after a day's midnight.
    pub fn at(&self, day: NaiveDate, minute: i64) -> Moment {
        let midnight = estate::instant(&self.zone, day.and_time(NaiveTime::MIN));
        midnight.unwrap_or(self.now) + Duration::minutes(minute)
    }

    /// Minutes since midnight.
    pub fn minute(&self, at: Moment) -> i64 {
        (at - self.at(self.day(at), 0)).num_minutes()
    }

    /// The instant itself within the hours, else soon after the next opening.
    pub fn within(&self, at: Moment, (open, close): Hours, dice: &mut Dice) -> Moment {
        let minute = self.minute(at);
        let day = self.day(at);
        let soon = Duration::seconds(dice.between(20, 1500));
        if minute < open {
            self.at(day, open) + soon
        } else if minute >= close {
            self.at(day + Duration::days(1), open) + soon
        } else {
            at
        }
    }

    /// The next full step of so many minutes: what people say when they promise a time.
    pub fn round_up(&self, at: Moment, step: i64) -> Moment {
        let minutes = (at - self.at(self.day(at), 0)).num_seconds().div_euclid(60) + 1;
        self.at(self.day(at), minutes.div_euclid(step) * step + if minutes % step == 0 { 0 } else { step })
    }
}
