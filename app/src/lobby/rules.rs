use super::model::{PIN_LENGTH, Problems};
use crate::moment::Moment;
use crate::requests::{Request, Stage};
use crate::screens::Place;
use crate::services::{Item, Urgency, Whereabouts};
use chrono::Duration;

/// A PIN as it was typed: six digits. It shows itself to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// Reads six digits, whatever stands between them.
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let is_pin = digits.len() == PIN_LENGTH as usize && digits.bytes().all(|digit| digit.is_ascii_digit());
        is_pin.then_some(Self(digits))
    }

    /// The digits, for the hash and for the one time that it is shown.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Whether it is among the first that somebody would try: `000000`, `123456`, `654321`, `121212`, `123123`, `112233`.
    pub fn is_easily_guessed(&self) -> bool {
        let digits = self.0.as_bytes();
        let steps = |by: u8| digits.windows(2).all(|pair| (pair[0] - b'0' + by) % 10 == pair[1] - b'0');
        let repeats = |every: usize| digits.iter().skip(every).zip(digits).all(|(later, earlier)| later == earlier);
        let in_pairs = digits.chunks(2).all(|pair| pair.first() == pair.last());
        steps(0) || steps(1) || steps(9) || repeats(2) || repeats(3) || in_pairs
    }
}

/// How often something may be tried in vain.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Tries in a window until it is shut.
    pub tries: i32,
    /// The window's length.
    pub window: Duration,
    /// How long it is shut the first time; each time after that twice as long,
    pub shut: Duration,
    /// up to this.
    pub longest: Duration,
}

impl Patience {
    /// With one code.
    pub const CODE: Patience =
        Patience { tries: 5, window: Duration::days(1), shut: Duration::minutes(15), longest: Duration::days(1) };
    /// With the PIN of one household, which opens all of its codes, and is perhaps somebody's birthday.
    pub const HOUSEHOLD: Patience =
        Patience { tries: 10, window: Duration::days(1), shut: Duration::hours(1), longest: Duration::days(1) };
    /// At one screen.
    pub const SCREEN: Patience =
        Patience { tries: 20, window: Duration::hours(1), shut: Duration::hours(1), longest: Duration::hours(1) };
}

/// After so long without a try it begins anew.
const FORGOTTEN: Duration = Duration::days(2);

/// What is known of the tries of one code, of one household's PIN, or at one screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guesses {
    /// In this window.
    pub tries: i32,
    /// When it began.
    pub window_at: Moment,
    /// Until when nothing is tried.
    pub shut_until: Option<Moment>,
    /// How often it was shut.
    pub times_shut: i32,
    /// When it was last tried.
    pub at: Moment,
}

impl Guesses {
    /// None yet.
    pub fn none(now: Moment) -> Self {
        Self { tries: 0, window_at: now, shut_until: None, times_shut: 0, at: now }
    }

    /// Counts a try before anybody looks whether it is right, so that many at once are not looked at before one is
    /// counted. Refuses it, with how long that lasts, where it is shut.
    pub fn count(&mut self, patience: Patience, now: Moment) -> Result<(), Duration> {
        if let Some(until) = self.shut_until.filter(|until| *until > now) {
            return Err(until - now);
        }
        if self.at + FORGOTTEN <= now {
            *self = Self::none(now);
        }
        if self.window_at + patience.window <= now {
            (self.tries, self.window_at) = (0, now);
        }
        (self.tries, self.at, self.shut_until) = (self.tries + 1, now, None);
        if self.tries >= patience.tries {
            let doubled = patience.shut * 2_i32.pow(self.times_shut.clamp(0, 16).unsigned_abs());
            self.shut_until = Some(now + doubled.min(patience.longest));
            (self.tries, self.times_shut) = (0, self.times_shut.saturating_add(1));
        }
        Ok(())
    }

    /// Takes back a try that was right, and what it shut.
    pub fn take_back(&mut self, patience: Patience) {
        if self.shut_until.take().is_some() {
            (self.tries, self.times_shut) = (patience.tries, (self.times_shut - 1).max(0));
        }
        self.tries = (self.tries - 1).max(0);
    }
}

impl Request {
    /// Its state as anybody with its PIN may see it: without a word of anybody's.
    pub fn state_alone(&self) -> Stage {
        match self.stage {
            Stage::Declined { .. } => Stage::Declined { reason: String::new() },
            Stage::Duplicate { .. } => Stage::Duplicate { of: self.id },
            ref stage => stage.clone(),
        }
    }
}

impl Problems {
    /// Of a catalogue the problems that a place in common can have: dangers first, then those that only such places have.
    pub fn of(place: Place, items: Vec<Item>) -> Self {
        let mut items: Vec<Item> = items.into_iter().filter(is_reported_here).collect();
        items.sort_by_key(|item| (item.urgency != Urgency::Emergency, item.place != Whereabouts::Common));
        Self { place, items }
    }
}

/// Whether it is a problem that a place in common can have.
pub fn is_reported_here(item: &Item) -> bool {
    item.parent.is_some() && item.place != Whereabouts::Home
}

#[cfg(test)]
mod tests {
    use super::{Guesses, Patience, Pin};
    use chrono::{DateTime, Duration};

    #[test]
    fn six_digits_are_a_pin_and_the_first_that_come_to_mind_are_refused() {
        assert!(Pin::parse(" 402 917 ").is_some_and(|pin| pin.digits() == "402917" && !pin.is_easily_guessed()));
        for typed in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert!(Pin::parse(typed).is_none(), "{typed}");
        }
        for typed in ["000000", "123456", "890123", "654321", "121212", "123123", "112233"] {
            assert!(Pin::parse(typed).is_some_and(|pin| pin.is_easily_guessed()), "{typed}");
        }
    }

    #[test]
    fn the_fifth_try_shuts_a_code_and_each_time_twice_as_long_up_to_a_day() {
        let mut now = DateTime::UNIX_EPOCH;
        let mut guesses = Guesses::none(now);
        for minutes in [15, 30, 60, 120, 240, 480, 960, 1440, 1440] {
            for _ in 0..5 {
                assert_eq!(guesses.count(Patience::CODE, now), Ok(()));
            }
            assert_eq!(guesses.count(Patience::CODE, now), Err(Duration::minutes(minutes)));
            now += Duration::minutes(minutes);
        }
        now += Duration::days(2);
        for _ in 0..5 {
            assert_eq!(guesses.count(Patience::CODE, now), Ok(()));
        }
        assert_eq!(guesses.count(Patience::CODE, now), Err(Duration::minutes(15)));
    }

    #[test]
    fn four_tries_a_window_shut_nothing_and_a_right_one_is_taken_back() {
        let mut now = DateTime::UNIX_EPOCH;
        let mut guesses = Guesses::none(now);
        for _ in 0..40 {
            if guesses.tries == 4 {
                now += Duration::days(1);
            }
            assert_eq!(guesses.count(Patience::CODE, now), Ok(()));
        }
        let mut guesses = Guesses::none(now);
        for _ in 0..50 {
            assert_eq!(guesses.count(Patience::CODE, now), Ok(()));
            guesses.take_back(Patience::CODE);
        }
        assert_eq!(guesses, Guesses::none(now));
    }
}
