use super::{FURTHEST_TIME, LONGEST_WORDS, MOST_TIMES, Place, PreferredTime, parse_photos};
use crate::fault::{Fault, Note, Notes};
use crate::ids::{ItemId, PhotoId};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A report as its form states it, checked as far as can be done without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What kind of problem.
    pub item: ItemId,
    /// Where.
    pub place: Place,
    /// In the resident's words.
    pub words: String,
    /// Photos sent before, or with the form.
    pub photos: Vec<PhotoId>,
    /// When somebody may come.
    pub times: Vec<PreferredTime>,
}

impl Report {
    /// Reads the form's fields. `place` is `unit:<id>` or `area:<id>`.
    pub fn parse(
        item: &str,
        place: &str,
        floor: Option<&str>,
        words: &str,
        photos: &[String],
        times: &[String],
    ) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let item = item.parse::<ItemId>();
        if item.is_err() {
            notes.add("item", Note::NotAChoice);
        }
        // A home has its storey already.
        let floor = floor.map(str::trim).filter(|floor| !floor.is_empty() && !place.starts_with("unit:"));
        let storey = floor.and_then(|floor| floor.parse::<i32>().ok()).filter(|floor| (-9..=200).contains(floor));
        if floor.is_some() && storey.is_none() {
            notes.add("floor", Note::Malformed);
        }
        let place = match place.split_once(':') {
            Some(("unit", id)) => id.parse().ok().map(Place::Home),
            Some(("area", id)) => id.parse().ok().map(|area| Place::Common { area, floor: storey }),
            _ => None,
        };
        if place.is_none() {
            notes.add("place", Note::NotAChoice);
        }
        let words = notes.text("words", words, LONGEST_WORDS);
        let photos = parse_photos(&mut notes, photos);
        let parsed: Vec<_> = times.iter().filter_map(|time| PreferredTime::from_tag(time)).collect();
        if parsed.len() != times.len() {
            notes.add("times", Note::NotAChoice);
        } else if parsed.len() > MOST_TIMES {
            notes.add("times", Note::TooMany(9));
        }
        notes.check()?;
        match (item, place) {
            (Ok(item), Some(place)) => Ok(Self { item, place, words, photos, times: parsed }),
            _ => Err(Fault::field("item", Note::NotAChoice)),
        }
    }

    /// Refuses preferred times before today on the estate's calendar, and such as nobody plans for.
    pub fn times_from(&self, today: NaiveDate) -> Result<(), Fault> {
        if self.times.iter().any(|time| time.on < today) {
            return Err(Fault::field("times", Note::InThePast));
        }
        let last = today.checked_add_days(Days::new(FURTHEST_TIME)).unwrap_or(today);
        if self.times.iter().any(|time| time.on > last) {
            return Err(Fault::field("times", Note::NotAChoice));
        }
        Ok(())
    }
}

/// What a report became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The new request's code.
    pub code: String,
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::fault::{Fault, Note};
    use chrono::NaiveDate;

    #[test]
    fn preferred_times_lie_within_two_months() {
        let today: NaiveDate = "2026-11-23".parse().expect("a day");
        let on = |day: &str| {
            let id = "01900000-0000-7000-8000-000000000000";
            let place = format!("unit:{id}");
            let times = [format!("{day}.morning")];
            Report::parse(id, &place, None, "It drips.", &[], &times).and_then(|report| report.times_from(today))
        };
        assert_eq!((on("2026-11-23"), on("2027-01-22")), (Ok(()), Ok(())));
        assert_eq!(on("2026-11-22"), Err(Fault::field("times", Note::InThePast)));
        for day in ["2027-01-23", "+99999-01-01"] {
            assert_eq!(on(day), Err(Fault::field("times", Note::NotAChoice)), "{day}");
        }
    }
}
