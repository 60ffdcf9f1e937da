//! What clocks are called, and what they count.

use super::model::{ClockKind, Counts};
use crate::texts::Texts;

/// What a clock runs for.
pub fn clock_word(t: Texts, kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Answer => t.policy_clock_answer(),
        ClockKind::Dispatch => t.policy_clock_dispatch(),
        ClockKind::OnSite => t.policy_clock_on_site(),
        ClockKind::Resolve => t.policy_clock_resolve(),
    }
}

/// Which time counts.
pub fn counts_word(t: Texts, counts: Counts) -> &'static str {
    match counts {
        Counts::Working => t.policy_counts_working(),
        Counts::Always => t.policy_counts_always(),
    }
}

/// A length of time to the minute. Never in days: a day of the office is no day.
pub fn length_word(t: Texts, minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => t.span_minutes(minutes),
        (hours, 0) => t.span_hours(hours),
        (hours, minutes) => t.span_hours_minutes(hours, minutes),
    }
}
