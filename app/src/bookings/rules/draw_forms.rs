use super::super::model::{Draw, DrawStage, Facility, Terms, Window};
use super::open::open_between;
use crate::estate::{Zone, instant};
use crate::fault::{Fault, Note, Notes};
use crate::ids::DrawId;
use crate::moment::{Moment, parse_wall};
use crate::policy::read_hours;
use chrono::{Datelike, Duration, NaiveDate};

/// On how many days in a row at most something is drawn.
const MOST_DAYS: u32 = 62;

/// A draw as a form says it.
pub struct DrawForm {
    /// From when on the estate's wall it takes lots: `2026-11-30T09:00`; empty: from now.
    pub opens: String,
    /// Until when.
    pub closes: String,
    /// From which day on it gives times away: `2026-12-05`.
    pub first_on: String,
    /// Until which day.
    pub last_on: String,
    /// On which of their weekdays: 1 to 7 from Monday on.
    pub weekdays: Vec<String>,
    /// From when on each: `18:00`.
    pub from: String,
    /// Until when; `00:00` is midnight.
    pub until: String,
}

impl DrawForm {
    /// The draw, where nothing is wrong with it: it closes after it opens and after now, and before what it gives away has
    /// to be booked; and by then all of that can be.
    pub fn read(self, id: DrawId, facility: &Facility, zone: &str, now: Moment) -> Result<Draw, Fault> {
        let mut notes = Notes::default();
        let mut time = |field: &str, typed: &str| {
            let at = parse_wall(typed).and_then(|shown| instant(zone, shown));
            if at.is_none() {
                notes.add(field, if typed.trim().is_empty() { Note::Missing } else { Note::Malformed });
            }
            at
        };
        let opens_at = if self.opens.trim().is_empty() { Some(now) } else { time("opens", &self.opens) };
        let (opens_at, closes_at) = (opens_at.map(|at| at.max(now)), time("closes", &self.closes));
        match (opens_at, closes_at) {
            (_, Some(closes)) if closes <= now => notes.add("closes", Note::InThePast),
            (Some(opens), Some(closes)) if closes <= opens => notes.add("closes", Note::NotInOrder),
            _ => {}
        }
        let mut day = |field: &str, typed: &str| -> Option<NaiveDate> {
            let day = typed.trim().parse().ok();
            if day.is_none() {
                notes.add(field, if typed.trim().is_empty() { Note::Missing } else { Note::Malformed });
            }
            day
        };
        let days = day("first_on", &self.first_on).zip(day("last_on", &self.last_on));
        match days {
            Some((first, last)) if last < first => notes.add("last_on", Note::BeforeTheFirst),
            Some((first, last)) if (last - first).num_days() >= i64::from(MOST_DAYS) => {
                notes.add("last_on", Note::TooMany(MOST_DAYS));
            }
            _ => {}
        }
        let weekdays: Vec<u32> = self.weekdays.iter().filter_map(|day| day.parse().ok()).collect();
        if weekdays.is_empty() {
            notes.add("weekdays", Note::Missing);
        } else if weekdays.len() < self.weekdays.len() || weekdays.iter().any(|day| !(1..=7).contains(day)) {
            notes.add("weekdays", Note::NotAChoice);
        }
        let hours = read_hours(&mut notes, ("from", self.from.trim()), ("until", self.until.trim()));
        notes.check()?;
        let (Some(opens_at), Some(closes_at), Some((first, last)), Some(hours)) = (opens_at, closes_at, days, hours)
        else {
            return Err(Fault::field("closes", Note::Malformed));
        };

        let zone = Zone::of(zone);
        let on = first.iter_days().take_while(|day| *day <= last);
        let on: Vec<_> = on.filter(|day| weekdays.contains(&day.weekday().number_from_monday())).collect();
        let window = |day: &NaiveDate| {
            let span = open_between(*day, (hours.from, hours.until), &zone);
            Window { starts_at: span.from, ends_at: span.until }
        };
        let windows: Vec<_> = on.iter().map(window).collect();
        let (Some(begins), Some(ends_on)) = (windows.first(), on.last()) else {
            return Err(Fault::field("weekdays", Note::NotAChoice));
        };
        if begins.starts_at <= closes_at + Duration::minutes(facility.terms.notice_minutes.into()) {
            return Err(Fault::field("first_on", Note::NotInOrder));
        }
        if *ends_on > facility.terms.last_day(closes_at, &zone) {
            return Err(Fault::field("last_on", Note::NotBookable));
        }
        Ok(Draw {
            id,
            estate: facility.estate,
            version: 1,
            stage: DrawStage::Announced,
            stage_at: now,
            facility: facility.id,
            opens_at,
            closes_at,
            windows,
            seed_hash: None,
            seed: None,
            reason: None,
            lots: 0,
            won: 0,
        })
    }
}

/// A lot as a form says it.
pub struct LotForm {
    /// How many steps long.
    pub steps: u32,
    /// For how many people.
    pub heads: u32,
    /// From when on, in seconds since 1970, the dearest first; empty: nothing more.
    pub wishes: [String; 3],
    /// That everybody who comes is as old as its terms ask.
    pub is_of_age: bool,
}

impl LotForm {
    /// The wishes, where nothing is wrong with them: they are among the times that whoever wants so many steps can wish
    /// for. What is wished for twice is wished for once.
    pub fn read(&self, terms: &Terms, starts: impl FnOnce(u32) -> Vec<Moment>) -> Result<Vec<i64>, Fault> {
        terms.fits(self.steps, self.heads)?;
        let (mut notes, mut wishes, starts) = (Notes::default(), Vec::new(), starts(self.steps));
        let fields = ["first", "second", "third"].into_iter().zip(&self.wishes);
        for (field, typed) in fields.filter(|(_, typed)| !typed.trim().is_empty()) {
            let wish: Option<i64> = typed.trim().parse().ok();
            match wish.filter(|wish| starts.iter().any(|start| start.timestamp() == *wish)) {
                Some(wish) if wishes.contains(&wish) => {}
                Some(wish) => wishes.push(wish),
                None => notes.add(field, Note::NotAChoice),
            }
        }
        if self.wishes.iter().all(|typed| typed.trim().is_empty()) {
            notes.add("first", Note::Missing);
        }
        if terms.least_age.is_some() && !self.is_of_age {
            notes.add("of_age", Note::Missing);
        }
        notes.check()?;
        Ok(wishes)
    }
}

#[cfg(test)]
mod tests {
    use super::{DrawForm, LotForm};
    use crate::bookings::model::Draw;
    use crate::bookings::rules::tests::{facility, instant, terms};
    use crate::fault::{Fault, Note};
    use crate::ids::DrawId;
    use crate::moment::Moment;
    use uuid::Uuid;

    fn now() -> Moment {
        "2026-11-28T02:00:00Z".parse().expect("an instant")
    }

    /// The evenings of a weekend, drawn three days before it; of what can be booked a fortnight ahead.
    fn read(change: impl FnOnce(&mut DrawForm)) -> Result<Draw, Fault> {
        let text = str::to_owned;
        let mut form = DrawForm {
            opens: String::new(),
            closes: text("2026-12-02T20:00"),
            first_on: text("2026-12-04"),
            last_on: text("2026-12-13"),
            weekdays: vec![text("6"), text("7")],
            from: text("18:00"),
            until: text("22:00"),
        };
        change(&mut form);
        form.read(DrawId(Uuid::nil()), &facility(2, None), "Asia/Shanghai", now())
    }

    #[test]
    fn peak_times_are_weekdays_between_two_days() {
        let draw = read(|_| {}).expect("a draw");
        let starts: Vec<_> = draw.windows.iter().map(|window| window.starts_at.to_rfc3339()).collect();
        let days = ["05", "06", "12", "13"].map(|day| format!("2026-12-{day}T10:00:00+00:00"));
        assert_eq!(starts, days);
        assert_eq!(
            (draw.opens_at, draw.windows[0].ends_at.to_rfc3339().as_str()),
            (now(), "2026-12-05T14:00:00+00:00")
        );
    }

    #[test]
    fn a_draw_closes_before_what_it_gives_away_and_not_too_long_before() {
        let note = |field: &str, note| Err(Fault::field(field, note));
        assert_eq!(read(|form| form.closes = "2026-11-27T20:00".to_owned()), note("closes", Note::InThePast));
        assert_eq!(read(|form| form.opens = "2026-12-03T20:00".to_owned()), note("closes", Note::NotInOrder));
        assert_eq!(read(|form| form.closes = "2026-12-05T18:00".to_owned()), note("first_on", Note::NotInOrder));
        assert_eq!(read(|form| form.closes = "2026-11-28T20:00".to_owned()), note("last_on", Note::NotBookable));
        assert_eq!(read(|form| form.last_on = "2026-12-03".to_owned()), note("last_on", Note::BeforeTheFirst));
        assert_eq!(read(|form| form.last_on = "2027-12-03".to_owned()), note("last_on", Note::TooMany(62)));
        assert_eq!(read(|form| form.weekdays.clear()), note("weekdays", Note::Missing));
        assert_eq!(read(|form| form.weekdays.push("8".to_owned())), note("weekdays", Note::NotAChoice));
        assert_eq!(read(|form| form.last_on = "2026-12-04".to_owned()), note("weekdays", Note::NotAChoice));
        assert_eq!(read(|form| form.until = "17:00".to_owned()), note("until", Note::NotInOrder));
    }

    #[test]
    fn wishes_are_times_that_are_drawn() {
        let starts = |_: u32| vec![instant(0), instant(60)];
        let (first, second) = (instant(0).timestamp(), instant(60).timestamp());
        let read = |wishes: [&str; 3]| {
            let form = LotForm { steps: 1, heads: 1, wishes: wishes.map(str::to_owned), is_of_age: false };
            form.read(&terms(60, 1, 2), starts)
        };
        let (one, two) = (first.to_string(), second.to_string());
        assert_eq!(read([&two, &one, &two]), Ok(vec![second, first]), "twice is once");
        assert_eq!(read(["", &one, ""]), Ok(vec![first]));
        assert_eq!(read(["", "", ""]), Err(Fault::field("first", Note::Missing)));
        assert_eq!(read([&one, "1", "soon"]).map_err(|fault| fault.status()), Err(422));
        let mut grown = terms(60, 1, 2);
        grown.least_age = Some(16);
        let form = LotForm { steps: 3, heads: 1, wishes: [one, String::new(), String::new()], is_of_age: false };
        assert_eq!(form.read(&grown, starts), Err(Fault::field("steps", Note::NotBetween(1, 2))));
        assert_eq!(LotForm { steps: 1, ..form }.read(&grown, starts), Err(Fault::field("of_age", Note::Missing)));
    }
}
