use super::super::model::{Duty, Hours, SpecialDay, Terms};
use super::{read_hours, text};
use crate::fault::{Fault, Note, Notes, Refusal};
use chrono::{Datelike, NaiveDate};

/// The most days, or runs of days, that the week does not tell.
pub(super) const MOST_DAYS: usize = 120;
const LONGEST_NAME: u32 = 60;
/// Nobody plans for other years; a mistyped one would stand in the list unseen.
const YEARS: std::ops::Range<i32> = 2000..2200;

impl Terms {
    /// The week anew: two stretches a day, Monday first, in the fields `from[0]`, `until[0]` and so on. A stretch
    /// without times is none; a day without any is a day off.
    pub fn set_week(&mut self, from: &[String], until: &[String]) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let mut week: [Vec<Hours>; 7] = Default::default();
        for (day, stretches) in week.iter_mut().enumerate() {
            for at in [2 * day, 2 * day + 1] {
                let (from, until) = (text(from, at), text(until, at));
                if from.is_empty() && until.is_empty() {
                    continue;
                }
                let field = format!("from[{at}]");
                let Some(hours) = read_hours(&mut notes, (&field, from), (&format!("until[{at}]"), until)) else {
                    continue;
                };
                if stretches.last().is_some_and(|before| hours.from < before.until) {
                    notes.add(&field, Note::NotInOrder);
                }
                stretches.push(hours);
            }
        }
        notes.check()?;
        if week.iter().all(Vec::is_empty) {
            return Err(Refusal::NeverOpen.into());
        }
        self.calendar.week = week;
        Ok(())
    }

    /// Another day, or several, that the week does not tell: a holiday, or with hours a day that is worked all the
    /// same. The last day may be left out.
    pub fn add_day(
        &mut self,
        from_on: &str,
        until_on: &str,
        name: &str,
        (from, until): (&str, &str),
    ) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let name = notes.text("name", name, LONGEST_NAME);
        let mut day = |field: &str, typed: &str| {
            let day = typed.parse::<NaiveDate>().ok().filter(|day| YEARS.contains(&day.year()));
            if day.is_none() {
                notes.add(field, if typed.is_empty() { Note::Missing } else { Note::Malformed });
            }
            day
        };
        let from_on = day("from_on", from_on.trim());
        let until_on = if until_on.trim().is_empty() { from_on } else { day("until_on", until_on.trim()) };
        let is_worked = !from.trim().is_empty() || !until.trim().is_empty();
        let worked =
            is_worked.then(|| read_hours(&mut notes, ("from", from.trim()), ("until", until.trim()))).flatten();
        let (Some(from_on), Some(until_on)) = (from_on, until_on) else {
            return notes.check();
        };
        let days = &mut self.calendar.days;
        if until_on < from_on {
            notes.add("until_on", Note::BeforeTheFirst);
        } else if days.iter().any(|day| from_on <= day.until_on && day.from_on <= until_on) {
            notes.add("from_on", Note::DayTaken);
        } else if days.len() >= MOST_DAYS {
            notes.add("from_on", Note::TooMany(MOST_DAYS as u32));
        }
        notes.check()?;
        days.push(SpecialDay { from_on, until_on, name, hours: worked.into_iter().collect() });
        days.sort_by_key(|day| day.from_on);
        Ok(())
    }

    /// The days that begin on this date are as the week tells again; refuses what is not in the list.
    pub fn remove_day(&mut self, from_on: &str) -> Result<(), Fault> {
        let on = from_on.trim().parse::<NaiveDate>().map_err(|_| Fault::NotFound)?;
        let before = self.calendar.days.len();
        self.calendar.days.retain(|day| day.from_on != on);
        if self.calendar.days.len() < before { Ok(()) } else { Err(Fault::NotFound) }
    }

    /// The duty officer's hours on days when the office works, and on others (N2).
    pub fn set_duty(&mut self, workdays: (&str, &str), other_days: (&str, &str)) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let mut read = |from: (&str, &str), until: (&str, &str)| {
            read_hours(&mut notes, (from.0, from.1.trim()), (until.0, until.1.trim()))
        };
        let workdays = read(("workdays_from", workdays.0), ("workdays_until", workdays.1));
        let other_days = read(("other_from", other_days.0), ("other_until", other_days.1));
        notes.check()?;
        if let Some((workdays, other_days)) = workdays.zip(other_days) {
            self.duty = Duty { workdays, other_days };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Hours;
    use super::super::super::standard::terms;
    use super::MOST_DAYS;
    use crate::fault::{Fault, Note, Refusal};
    use chrono::{Days, NaiveDate};

    #[test]
    fn a_week_is_two_stretches_a_day() {
        let mut terms = terms();
        let (mut from, mut until) = (vec![String::new(); 14], vec![String::new(); 14]);
        (from[0], until[0], from[1], until[1]) = ("08:30".into(), "12:00".into(), "13:00".into(), "00:00".into());
        terms.set_week(&from, &until).expect("a week");
        let monday = [Hours { from: 510, until: 720 }, Hours { from: 780, until: 1440 }];
        assert_eq!((&terms.calendar.week[0][..], terms.calendar.week[1].len()), (&monday[..], 0));
        from[1] = "11:00".into();
        assert_eq!(terms.set_week(&from, &until), Err(Fault::field("from[1]", Note::NotInOrder)), "they overlap");
        until[1] = String::new();
        assert_eq!(terms.set_week(&from, &until), Err(Fault::field("until[1]", Note::Missing)));
        let none = vec![String::new(); 14];
        assert_eq!(terms.set_week(&none, &none), Err(Refusal::NeverOpen.into()));
        assert_eq!(terms.calendar.week[0], monday, "a refused edit leaves the terms as they were");
    }

    #[test]
    fn special_days_do_not_overlap() {
        let mut terms = terms();
        terms.add_day("2026-10-01", "2026-10-07", "国庆节", ("", "")).expect("a holiday");
        let again = terms.add_day("2026-10-07", "", "Make-up day", ("09:00", "18:00"));
        assert_eq!(again, Err(Fault::field("from_on", Note::DayTaken)));
        let backwards = terms.add_day("2026-10-12", "2026-10-11", "Backwards", ("", ""));
        assert_eq!(backwards, Err(Fault::field("until_on", Note::BeforeTheFirst)));
        terms.add_day("2026-10-10", "", "Make-up day", ("09:00", "18:00")).expect("a day worked instead");
        let saturday = "2026-10-10".parse().expect("a day");
        assert!(terms.calendar.is_workday(saturday));
        terms.remove_day("2026-10-10").expect("removed");
        assert!(!terms.calendar.is_workday(saturday));
        assert_eq!(terms.remove_day("2026-10-10"), Err(Fault::NotFound));
    }

    #[test]
    fn the_list_of_days_ends_somewhere() {
        let mut terms = terms();
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        for ahead in 0..MOST_DAYS as u64 {
            let day = first.checked_add_days(Days::new(ahead)).expect("a day").to_string();
            terms.add_day(&day, "", "Closed", ("", "")).expect("room for it");
        }
        let more = terms.add_day("2027-01-01", "", "Closed", ("", ""));
        assert_eq!(more, Err(Fault::field("from_on", Note::TooMany(MOST_DAYS as u32))));
    }
}
