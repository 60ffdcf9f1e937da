use super::super::model::{Closure, Facility, SpecialDay};
use super::booking::LONGEST_NOTE;
use crate::estate::instant;
use crate::fault::{Fault, Note, Notes};
use crate::ids::{ClosureId, FacilityUnitId};
use crate::moment::{Moment, parse_wall};
use crate::policy::{read_hours, read_stretches};
use chrono::{Duration, NaiveDate};

/// The longest closure, in days.
const LONGEST: i64 = 366;

/// A closure as a form says it.
pub struct ClosureForm {
    /// The id of a unit; empty: the whole facility.
    pub unit: String,
    /// From when on the estate's wall: `2026-11-30T09:00`.
    pub from: String,
    /// Until when.
    pub until: String,
    /// Why, in 1 to 500 characters.
    pub reason: String,
}

impl ClosureForm {
    /// The closure, where nothing is wrong with it: it ends after it begins and after now, and lasts a year at most.
    pub fn read(self, id: ClosureId, facility: &Facility, zone: &str, now: Moment) -> Result<Closure, Fault> {
        let mut notes = Notes::default();
        let mut time = |field: &str, typed: &str| {
            let at = parse_wall(typed).and_then(|shown| instant(zone, shown));
            if at.is_none() {
                notes.add(field, if typed.trim().is_empty() { Note::Missing } else { Note::Malformed });
            }
            at
        };
        let (starts_at, ends_at) = (time("from", &self.from), time("until", &self.until));
        if let (Some(from), Some(until)) = (starts_at, ends_at) {
            if until <= from {
                notes.add("until", Note::NotInOrder);
            } else if until <= now {
                notes.add("until", Note::InThePast);
            } else if until > from + Duration::days(LONGEST) {
                notes.add("until", Note::TooFarAhead);
            }
        }
        let unit: Option<FacilityUnitId> = self.unit.parse().ok();
        let is_ours = unit.is_some_and(|unit| facility.units.iter().any(|one| one.id == unit));
        if !self.unit.is_empty() && !is_ours {
            notes.add("unit", Note::NotAChoice);
        }
        let reason = notes.text("reason", &self.reason, LONGEST_NOTE);
        notes.check()?;
        let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at) else {
            return Err(Fault::field("from", Note::Malformed));
        };
        Ok(Closure { id, unit, starts_at, ends_at, reason })
    }
}

/// The hours of one day as a form says them.
pub struct DayForm {
    /// Which day: `2026-12-24`.
    pub on: String,
    /// From when: `10:00`; neither: closed all day.
    pub from: String,
    /// Until when; `00:00` is midnight.
    pub until: String,
    /// When it is open after that: `12:00-14:00, 17:00-21:00`.
    pub more: String,
}

impl DayForm {
    /// The day, where nothing is wrong with it: it lies within a year from today on.
    pub fn read(self, today: NaiveDate) -> Result<SpecialDay, Fault> {
        let mut notes = Notes::default();
        let on: Option<NaiveDate> = self.on.trim().parse().ok();
        match on {
            None => notes.add("on", if self.on.trim().is_empty() { Note::Missing } else { Note::Malformed }),
            Some(on) if on < today => notes.add("on", Note::InThePast),
            Some(on) if on > today + Duration::days(LONGEST) => notes.add("on", Note::TooFarAhead),
            Some(_) => {}
        }
        let (from, until) = (self.from.trim(), self.until.trim());
        let more = read_stretches(&mut notes, "more", &self.more);
        let first = match (from, until) {
            ("", "") if self.more.trim().is_empty() => None,
            _ => read_hours(&mut notes, ("from", from), ("until", until)),
        };
        if first.zip(more.first().copied()).is_some_and(|(first, next)| next.from < first.until) {
            notes.add("more", Note::NotInOrder);
        }
        notes.check()?;
        let on = on.ok_or(Fault::field("on", Note::Malformed))?;
        let hours = first.into_iter().chain(more).map(|hours| (hours.from, hours.until)).collect();
        Ok(SpecialDay { on, hours })
    }
}

#[cfg(test)]
mod tests {
    use super::{ClosureForm, DayForm};
    use crate::bookings::model::SpecialDay;
    use crate::bookings::rules::tests::{facility, unit};
    use crate::fault::{Fault, Note};
    use crate::ids::ClosureId;
    use crate::moment::Moment;
    use uuid::Uuid;

    fn refused(from: &str, until: &str) -> Option<Fault> {
        let now: Moment = "2026-11-28T00:00:00Z".parse().expect("an instant");
        let (from, until) = (from.to_owned(), until.to_owned());
        let form = ClosureForm { unit: unit(2).to_string(), from, until, reason: "New net".to_owned() };
        form.read(ClosureId(Uuid::nil()), &facility(2, None), "Asia/Shanghai", now).err()
    }

    #[test]
    fn a_closure_ends_after_it_begins_and_within_a_year() {
        assert_eq!(refused("2026-11-30T09:00", "2026-11-30T12:00"), None);
        let note = |field: &str, note| Some(Fault::field(field, note));
        assert_eq!(refused("2026-11-30T09:00", "2026-11-30T09:00"), note("until", Note::NotInOrder));
        assert_eq!(refused("2026-11-27T09:00", "2026-11-28T07:59"), note("until", Note::InThePast));
        assert_eq!(refused("2026-11-30T09:00", "2126-11-30T09:00"), note("until", Note::TooFarAhead));
        assert_eq!(refused("tomorrow", "2026-11-30T09:00"), note("from", Note::Malformed));
    }

    #[test]
    fn a_day_has_hours_or_none() {
        let read_more = |on: &str, from: &str, until: &str, more: &str| {
            let [on, from, until, more] = [on, from, until, more].map(str::to_owned);
            DayForm { on, from, until, more }.read("2026-11-28".parse().expect("a day"))
        };
        let read = |on: &str, from: &str, until: &str| read_more(on, from, until, "");
        let on = "2026-12-24".parse().expect("a day");
        assert_eq!(read("2026-12-24", "10:00", "00:00"), Ok(SpecialDay { on, hours: vec![(600, 1440)] }));
        assert_eq!(read("2026-12-24", "", ""), Ok(SpecialDay { on, hours: Vec::new() }));
        let meals = read_more("2026-12-24", "07:00", "09:00", "11:30-14:00, 17:00-21:00");
        assert_eq!(meals, Ok(SpecialDay { on, hours: vec![(420, 540), (690, 840), (1020, 1260)] }));
        let note = |field: &str, note| Err(Fault::field(field, note));
        assert_eq!(read_more("2026-12-24", "11:30", "14:00", "13:00-21:00"), note("more", Note::NotInOrder));
        assert_eq!(read_more("2026-12-24", "11:30", "14:00", "17:00"), note("more", Note::Missing));
        assert_eq!(read("2026-12-24", "10:00", ""), Err(Fault::field("until", Note::Missing)));
        assert_eq!(read("2026-11-27", "", ""), Err(Fault::field("on", Note::InThePast)));
    }
}
