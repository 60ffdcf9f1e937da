//! When somebody did something by the clock of their own device, which could not send it then. It is kept beside the
//! server's time and shown to staff; no deadline and no order goes by it, and one rule alone: a promise that was made in
//! time, and whose time has passed when it arrives, was one and is broken.

use crate::moment::Moment;
use axum::http::HeaderMap;
use chrono::{DateTime, TimeDelta};

/// The header that says when it was done, by the device's clock, in milliseconds since 1970.
pub const MADE_AT: &str = "device-made-at";
/// The header that says when it is sent, by the same clock.
pub const SENT_AT: &str = "device-sent-at";

/// For how long a device may have kept something; what claims more is not believed.
const LONGEST_WAIT: TimeDelta = TimeDelta::days(30);
/// What arrives within it was done with a signal, as far as anybody can tell.
const AT_ONCE: TimeDelta = TimeDelta::minutes(1);
/// The last instant that a clock may show: the year 2100.
const LAST: i64 = 4_102_444_800_000;

/// What a device said, and how wrong its clock was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceTime {
    /// When it was done, by the device's clock.
    pub made_at: Moment,
    /// By how much the server's clock was ahead of the device's when it arrived, in milliseconds.
    pub skew_ms: i64,
}

impl DeviceTime {
    /// What the headers of a call say, where that is plausible.
    pub fn told(headers: &HeaderMap, now: Moment) -> Option<Self> {
        let at = |name: &str| headers.get(name)?.to_str().ok().and_then(moment);
        let (made_at, sent_at) = (at(MADE_AT)?, at(SENT_AT)?);
        let waited = sent_at - made_at;
        // Less than nothing where its clock was set right meanwhile.
        let is_plausible = waited.abs() <= LONGEST_WAIT;
        is_plausible.then(|| Self { made_at, skew_ms: (now - sent_at).num_milliseconds() })
    }

    /// When it was done by the server's clock, if that was a while before it arrived.
    pub fn done_before(self, arrived_at: Moment) -> Option<Moment> {
        let done_at = self.made_at + TimeDelta::milliseconds(self.skew_ms);
        (arrived_at - done_at > AT_ONCE).then_some(done_at)
    }
}

/// Digits alone: no sign, no fraction.
fn moment(text: &str) -> Option<Moment> {
    let millis = text.parse::<i64>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    DateTime::from_timestamp_millis(millis).filter(|_| millis <= LAST)
}

#[cfg(test)]
mod tests {
    use super::{DeviceTime, MADE_AT, SENT_AT, moment};
    use crate::moment::Moment;
    use axum::http::{HeaderMap, HeaderValue};
    use chrono::{DateTime, TimeDelta};

    const NOON: i64 = 1_795_406_400_000;
    const MINUTE: i64 = 60_000;

    fn at(millis: i64) -> Moment {
        DateTime::from_timestamp_millis(millis).unwrap_or_default()
    }

    fn told(made: &str, sent: &str) -> Option<DeviceTime> {
        let mut headers = HeaderMap::new();
        for (name, value) in [(MADE_AT, made), (SENT_AT, sent)] {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        DeviceTime::told(&headers, at(NOON))
    }

    #[test]
    fn a_wrong_clock_is_set_right_by_what_it_shows_on_arrival() {
        // Five minutes slow, and half an hour without signal.
        let slow = told(&(NOON - 35 * MINUTE).to_string(), &(NOON - 5 * MINUTE).to_string());
        assert_eq!(slow, Some(DeviceTime { made_at: at(NOON - 35 * MINUTE), skew_ms: 5 * MINUTE }));
        assert_eq!(slow.and_then(|device| device.done_before(at(NOON))), Some(at(NOON - 30 * MINUTE)));
        // Years fast.
        let fast = told(&(NOON * 2 - 30 * MINUTE).to_string(), &(NOON * 2).to_string());
        assert_eq!(fast.and_then(|device| device.done_before(at(NOON))), Some(at(NOON - 30 * MINUTE)));
        // Set right between the two: how far off it was then nobody knows.
        let set_right = told(&(NOON + 10 * MINUTE).to_string(), &NOON.to_string());
        assert_eq!(set_right, Some(DeviceTime { made_at: at(NOON + 10 * MINUTE), skew_ms: 0 }));
        assert_eq!(set_right.and_then(|device| device.done_before(at(NOON))), None);
        // With a signal nothing waits.
        let at_once = told(&NOON.to_string(), &NOON.to_string());
        assert_eq!(at_once.map(|device| device.skew_ms), Some(0));
        assert_eq!(at_once.and_then(|device| device.done_before(at(NOON) + TimeDelta::seconds(60))), None);
    }

    #[test]
    fn what_cannot_be_is_dropped() {
        let (noon, day) = (NOON.to_string(), 24 * 60 * MINUTE);
        assert!(told(&(NOON - 30 * day).to_string(), &noon).is_some());
        assert_eq!(told(&(NOON - 30 * day - 1).to_string(), &noon), None, "kept for too long");
        for other in ["", "-1", "+1", "1.5", "yesterday", "4102444800001", "99999999999999999999"] {
            assert_eq!(moment(other), None, "{other}");
            assert_eq!(told(other, &noon), None, "{other}");
        }
        let mut alone = HeaderMap::new();
        alone.insert(MADE_AT, HeaderValue::from(NOON));
        assert_eq!(DeviceTime::told(&alone, at(NOON)), None, "one says nothing without the other");
    }
}
