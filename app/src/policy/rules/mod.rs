//! What terms must say to be published, and how the editor's forms change them. A form that is refused leaves the
//! terms as they were, and says at each field what is wrong with it.

mod calendar;
mod clocks;
#[cfg(test)]
mod forms;
mod office;
mod publish;

pub use office::{DeskEntry, QualityEntry};
pub use publish::{Beginning, next};

use super::model::{ClockKind, Hours, MIDNIGHT, Minute, Terms};
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::services::Urgency;

impl Terms {
    /// `Ok` where clocks can be reckoned by them: some hour of some day is worked, and every clock has a general rule.
    pub fn check(&self) -> Result<(), Fault> {
        if self.calendar.week.iter().all(Vec::is_empty) {
            return Err(Refusal::NeverOpen.into());
        }
        let has = |kind, urgency| self.clock(kind, None, urgency).is_some();
        let complete = ClockKind::ALL.iter().all(|kind| Urgency::ALL.iter().all(|urgency| has(*kind, *urgency)));
        if complete { Ok(()) } else { Err(Refusal::ClockMissing.into()) }
    }
}

/// A text of a list that may be shorter than its form.
fn text(list: &[String], at: usize) -> &str {
    list.get(at).map_or("", |text| text.trim())
}

/// `08:30`; browsers may add seconds.
fn minute(typed: &str) -> Option<Minute> {
    let mut parts = typed.split(':');
    let mut part = || parts.next().filter(|part| part.len() == 2)?.parse::<Minute>().ok();
    let (hour, minute) = (part()?, part()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// A time, in a field of this name; `None` where it is noted.
pub fn read_minute(notes: &mut Notes, field: &str, typed: &str) -> Option<Minute> {
    let minute = minute(typed);
    if minute.is_none() {
        notes.add(field, if typed.is_empty() { Note::Missing } else { Note::Malformed });
    }
    minute
}

/// From one time until another on the same day, in fields of these names; `00:00` ends a day. `None` where one of
/// them is noted.
pub fn read_hours(
    notes: &mut Notes,
    (from_field, from): (&str, &str),
    (until_field, until): (&str, &str),
) -> Option<Hours> {
    let (from, until) = (read_minute(notes, from_field, from), read_minute(notes, until_field, until));
    let (from, until) = (from?, until?);
    let until = if until == 0 { MIDNIGHT } else { until };
    if until <= from {
        notes.add(until_field, Note::NotInOrder);
        return None;
    }
    Some(Hours { from, until })
}

/// The stretches of a day in one field, in order: `09:00-12:00, 14:00-24:00`; none where it is empty.
pub fn read_stretches(notes: &mut Notes, field: &str, typed: &str) -> Vec<Hours> {
    let mut stretches: Vec<Hours> = Vec::new();
    for part in typed.split([',', '，']).map(str::trim).filter(|part| !part.is_empty()) {
        let (from, until) = part.split_once(['-', '–']).unwrap_or((part, ""));
        let until = if until.trim() == "24:00" { "00:00" } else { until.trim() };
        let Some(hours) = read_hours(notes, (field, from.trim()), (field, until)) else { continue };
        if stretches.last().is_some_and(|before| hours.from < before.until) {
            notes.add(field, Note::NotInOrder);
        }
        stretches.push(hours);
    }
    stretches
}

/// A whole number between two others; the least where it is noted as wrong.
fn number(notes: &mut Notes, field: &str, typed: &str, least: u32, most: u32) -> u32 {
    let typed = typed.trim();
    match typed.parse::<u32>() {
        Ok(number) if (least..=most).contains(&number) => number,
        _ => {
            notes.add(field, if typed.is_empty() { Note::Missing } else { Note::NotBetween(least, most) });
            least
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::standard::terms;
    use crate::fault::Refusal;

    #[test]
    fn terms_open_some_time_and_have_every_clock() {
        let mut closed = terms();
        closed.calendar.week = Default::default();
        assert_eq!(closed.check(), Err(Refusal::NeverOpen.into()));
        let mut short = terms();
        short.clocks.pop();
        assert_eq!(short.check(), Err(Refusal::ClockMissing.into()));
    }
}
