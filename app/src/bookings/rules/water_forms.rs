use super::LONGEST_NOTE;
use crate::bookings::model::Measure;
use crate::estate::Zone;
use crate::fault::{Fault, Note, Notes};
use crate::ids::WaterReadingId;
use crate::moment::{Moment, parse_wall};
use chrono::{Duration, Timelike};

/// For so many days afterwards what was read is still written down.
const DAYS: i64 = 7;
/// The most people of a day.
const MOST_HEADS: i32 = 5000;

/// What was read, as a form says it: chlorine, pH, turbidity, temperature, heads.
pub struct WaterForm {
    pub measures: [String; 5],
    pub read_at: Option<String>,
    pub note: Option<String>,
    pub corrects: Option<String>,
}

/// What was read, where nothing is wrong with the form.
#[derive(Debug, PartialEq, Eq)]
pub struct WaterRead {
    /// In their own units.
    pub values: [i32; 4],
    pub heads: i32,
    /// None: now, or when what it corrects was read.
    pub read_at: Option<Moment>,
    pub note: Option<String>,
    pub corrects: Option<WaterReadingId>,
}

impl WaterForm {
    /// Reads the form. Whatever a probe can show is written down, within its limits or beyond.
    pub fn read(self, zone: &Zone, now: Moment) -> Result<WaterRead, Fault> {
        let mut notes = Notes::default();
        let mut values = [0; 4];
        for (at, measure) in Measure::ALL.into_iter().enumerate() {
            match scaled(&self.measures[at], measure.scale()).filter(|value| *value <= most(measure)) {
                Some(value) => values[at] = value,
                None => {
                    let is_empty = self.measures[at].trim().is_empty();
                    notes.add(measure.tag(), if is_empty { Note::Missing } else { Note::Malformed });
                }
            }
        }
        let heads = self.measures[4].trim().parse::<i32>().ok().filter(|heads| (0..=MOST_HEADS).contains(heads));
        if heads.is_none() {
            notes.add("heads", Note::NotBetween(0, MOST_HEADS.unsigned_abs()));
        }
        let typed = self.read_at.as_deref().map(str::trim).filter(|typed| !typed.is_empty());
        let read_at = typed.and_then(parse_wall).map(|at| {
            let minute = u16::try_from(at.hour() * 60 + at.minute()).unwrap_or_default();
            zone.earliest(at.date(), minute)
        });
        match (typed, read_at) {
            (Some(_), None) => notes.add("read_at", Note::Malformed),
            (_, Some(at)) if at > now => notes.add("read_at", Note::NotYet),
            (_, Some(at)) if at < now - Duration::days(DAYS) => notes.add("read_at", Note::InThePast),
            _ => {}
        }
        let note = notes.optional("note", self.note.as_deref(), LONGEST_NOTE);
        let typed = self.corrects.as_deref().map(str::trim).filter(|typed| !typed.is_empty());
        let corrects = typed.and_then(|typed| typed.parse().ok());
        if typed.is_some() && corrects.is_none() {
            notes.add("corrects", Note::NotAChoice);
        }
        if corrects.is_some() && note.is_none() {
            notes.add("note", Note::Missing);
        }
        notes.check()?;
        Ok(WaterRead { values, heads: heads.unwrap_or_default(), read_at, note, corrects })
    }
}

/// The most that a probe shows, in its own unit.
fn most(measure: Measure) -> i32 {
    match measure {
        Measure::Chlorine => 2000,
        Measure::Ph => 1400,
        Measure::Turbidity => 100_000,
        Measure::Temperature => 600,
    }
}

/// `0.5`, `7`, `26.5` in hundredths or tenths; none where it is no such number.
fn scaled(typed: &str, scale: i32) -> Option<i32> {
    let (whole, rest) = typed.trim().split_once('.').unwrap_or((typed.trim(), ""));
    let digits = if scale == 10 { 1 } else { 2 };
    let are_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || rest.len() > digits || !are_digits(whole) || !are_digits(rest) {
        return None;
    }
    let rest: i32 = format!("{rest:0<digits$}").parse().ok()?;
    Some(whole.parse::<i32>().ok()? * scale + rest)
}

#[cfg(test)]
mod tests {
    use super::{WaterForm, scaled};
    use crate::bookings::model::{Measure, WaterReading};
    use crate::estate::Zone;
    use crate::fault::{Fault, Note};
    use crate::moment::Moment;
    use uuid::Uuid;

    fn now() -> Moment {
        "2026-11-23T04:00:00Z".parse().expect("an instant")
    }

    fn read(chlorine: &str, note: Option<&str>, corrects: Option<&str>) -> Result<[i32; 4], Fault> {
        let form = WaterForm {
            measures: [chlorine, "7.2", "0.4", "26.5", "12"].map(str::to_owned),
            read_at: None,
            note: note.map(str::to_owned),
            corrects: corrects.map(str::to_owned),
        };
        form.read(&Zone::of("Asia/Shanghai"), now()).map(|read| read.values)
    }

    #[test]
    fn numbers_are_read_to_the_digit_that_counts() {
        assert_eq!([scaled("0.5", 100), scaled("7", 100), scaled("26.5", 10)], [Some(50), Some(700), Some(265)]);
        assert_eq!([scaled("0.555", 100), scaled("26.55", 10), scaled("-1", 100), scaled("", 10)], [None; 4]);
    }

    #[test]
    fn a_correction_says_why() {
        assert_eq!(read("0.5", None, None), Ok([50, 720, 40, 265]));
        assert_eq!(read("much", None, None), Err(Fault::field("chlorine", Note::Malformed)));
        let other = Uuid::from_u128(1).to_string();
        assert_eq!(read("0.5", None, Some(&other)), Err(Fault::field("note", Note::Missing)));
    }

    #[test]
    fn what_is_beyond_its_limits_is_named() {
        let reading = |chlorine, ph, turbidity, temperature| WaterReading {
            id: Uuid::nil().into(),
            read_at: now(),
            chlorine,
            ph,
            turbidity,
            temperature,
            heads: 0,
            note: None,
            by: String::new(),
            made_at: now(),
            is_corrected: false,
        };
        assert_eq!(reading(30, 700, 0, 230).beyond(), []);
        assert_eq!(reading(100, 780, 100, 300).beyond(), []);
        assert_eq!(reading(29, 781, 101, 301).beyond(), Measure::ALL);
    }
}
