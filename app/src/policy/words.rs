//! What the parts of a policy are called, and how its values are said.

use super::model::{ClockKind, Counts, Hours, Minute, Section, SpecialDay, StopsAt};
use crate::moment::date;
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

/// `09:00`; a day that ends at midnight ends at `24:00`.
pub fn clock_face(minute: Minute) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// What a section of the policy is about.
pub fn section_word(t: Texts, section: Section) -> &'static str {
    match section {
        Section::Calendar => t.policy_calendar(),
        Section::Clocks => t.policy_clocks(),
        Section::Desk => t.policy_desk(),
        Section::Routes => t.policy_routes(),
        Section::Quality => t.policy_quality(),
    }
}

/// Where the three-minute clock stops.
pub fn stops_word(t: Texts, stops_at: StopsAt) -> &'static str {
    match stops_at {
        StopsAt::Dispatched => t.policy_stops_dispatched(),
        StopsAt::Accepted => t.policy_stops_accepted(),
        StopsAt::OnSite => t.policy_stops_on_site(),
    }
}

/// From when until when, stretch by stretch; that it is closed where there is none.
pub fn hours_text(t: Texts, hours: &[Hours]) -> String {
    let stretches = hours.iter().map(|hours| format!("{}–{}", clock_face(hours.from), clock_face(hours.until)));
    let stretches: Vec<String> = stretches.collect();
    if stretches.is_empty() { t.policy_closed().to_owned() } else { stretches.join(t.policy_and()) }
}

/// A day, or from one until another.
pub fn days_text(t: Texts, special: &SpecialDay) -> String {
    let first = date(t, special.from_on);
    if special.until_on == special.from_on { first } else { t.policy_days(first, date(t, special.until_on)) }
}

/// A day of the week, Monday first.
pub fn weekday_word(t: Texts, day: usize) -> &'static str {
    let words =
        [t.weekday_1(), t.weekday_2(), t.weekday_3(), t.weekday_4(), t.weekday_5(), t.weekday_6(), t.weekday_7()];
    words.get(day).copied().unwrap_or_default()
}
