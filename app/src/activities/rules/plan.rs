use super::super::model::{Plan, PlanForm};
use super::activity::{LONGEST_ABOUT, LONGEST_TITLE};
use crate::bookings::Bookable;
use crate::estate::{Names, instant};
use crate::fault::{Fault, Note, Notes};
use crate::ids::FacilityId;
use crate::moment::{Moment, parse_wall};
use chrono::Duration;

/// The longest activity, in days.
const LONGEST: i64 = 7;
/// Nobody plans further ahead than so many days.
const AHEAD: i64 = 366;

/// The name of one of its fields.
fn name(field: &str) -> String {
    format!("plan[{field}]")
}

struct Reader<'a> {
    notes: Notes,
    zone: &'a str,
}

impl Reader<'_> {
    fn text(&mut self, field: &str, typed: &str, longest: u32) -> String {
        self.notes.text(&name(field), typed, longest)
    }

    /// A time on the estate's wall; none where nothing was typed.
    fn time(&mut self, field: &str, typed: &str) -> Option<Moment> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let at = parse_wall(typed).and_then(|shown| instant(self.zone, shown));
        if at.is_none() {
            self.notes.add(&name(field), Note::Malformed);
        }
        at
    }

    fn number(&mut self, field: &str, typed: &str, most: u32) -> u32 {
        let typed = typed.trim();
        let number = typed.parse::<u32>().ok().filter(|number| (1..=most).contains(number));
        if number.is_none() {
            self.notes.add(&name(field), if typed.is_empty() { Note::Missing } else { Note::NotBetween(1, most) });
        }
        number.unwrap_or(1)
    }

    /// `30`, `30.50`: in minor units; empty: nothing.
    fn amount(&mut self, field: &str, typed: &str) -> i64 {
        let typed = typed.trim();
        let (whole, rest) = typed.split_once('.').unwrap_or((typed, ""));
        let digits = format!("{whole}{rest:0<2}");
        let is_plain = rest.len() <= 2 && digits.len() <= 9 && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !typed.is_empty() && (whole.is_empty() || !is_plain) {
            self.notes.add(&name(field), Note::Malformed);
        }
        digits.parse().unwrap_or_default()
    }
}

impl PlanForm {
    /// The plan, where nothing is wrong with it: it is to come, ends after it starts and within a week, is in one of these
    /// facilities or in words elsewhere, and people sign up before it ends.
    pub fn read(self, zone: &str, facilities: &[Bookable], currency: String, now: Moment) -> Result<Plan, Fault> {
        let mut reader = Reader { notes: Notes::default(), zone };
        let title = Names {
            en: reader.text("title_en", &self.title_en, LONGEST_TITLE),
            hans: reader.text("title_hans", &self.title_hans, LONGEST_TITLE),
            hant: reader.text("title_hant", &self.title_hant, LONGEST_TITLE),
        };
        let about = Names {
            en: reader.text("about_en", &self.about_en, LONGEST_ABOUT),
            hans: reader.text("about_hans", &self.about_hans, LONGEST_ABOUT),
            hant: reader.text("about_hant", &self.about_hant, LONGEST_ABOUT),
        };
        let (starts, ends) = (reader.time("starts", &self.starts), reader.time("ends", &self.ends));
        for (field, typed) in [("starts", &self.starts), ("ends", &self.ends)] {
            if typed.trim().is_empty() {
                reader.notes.add(&name(field), Note::Missing);
            }
        }
        if let Some(starts) = starts {
            if starts <= now {
                reader.notes.add(&name("starts"), Note::InThePast);
            } else if starts > now + Duration::days(AHEAD) {
                reader.notes.add(&name("starts"), Note::TooFarAhead);
            }
        }
        let (opens, closes) = (reader.time("opens", &self.opens), reader.time("closes", &self.closes));
        if let (Some(starts), Some(ends)) = (starts, ends) {
            if ends <= starts {
                reader.notes.add(&name("ends"), Note::NotInOrder);
            } else if ends > starts + Duration::days(LONGEST) {
                reader.notes.add(&name("ends"), Note::TooFarAhead);
            }
            let (opens, closes) = (opens.unwrap_or(now), closes.unwrap_or(starts));
            if starts > now && (closes <= opens || closes > ends) {
                let field = if self.closes.trim().is_empty() { "opens" } else { "closes" };
                reader.notes.add(&name(field), Note::NotInOrder);
            }
        }
        let facility =
            self.facility.trim().parse::<FacilityId>().ok().filter(|id| facilities.iter().any(|one| one.id == *id));
        if facility.is_none() && !self.facility.trim().is_empty() {
            reader.notes.add(&name("facility"), Note::NotAChoice);
        }
        let place = reader.notes.optional(&name("place"), Some(&self.place), LONGEST_TITLE);
        match (facility, &place) {
            (None, None) if self.facility.trim().is_empty() => reader.notes.add(&name("place"), Note::Missing),
            (Some(_), Some(_)) => reader.notes.add(&name("place"), Note::NotAChoice),
            _ => {}
        }
        let capacity = reader.number("capacity", &self.capacity, 5000);
        let quota = reader.number("quota", &self.quota, 50);
        if quota > capacity {
            reader.notes.add(&name("quota"), Note::NotBetween(1, capacity));
        }
        let price = reader.amount("price", &self.price);
        reader.notes.check()?;
        let (Some(starts_at), Some(ends_at)) = (starts, ends) else {
            return Err(Fault::field(&name("starts"), Note::Malformed));
        };
        let (opens_at, closes_at) = (opens.unwrap_or(now), closes.unwrap_or(starts_at));
        Ok(Plan {
            title,
            about,
            starts_at,
            ends_at,
            facility,
            place,
            capacity,
            quota,
            price,
            currency,
            opens_at,
            closes_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::PlanForm;
    use crate::fault::{Fault, Note};
    use crate::moment::Moment;

    fn form() -> PlanForm {
        let text = || "Lanterns".to_owned();
        PlanForm {
            title_en: text(),
            title_hans: text(),
            title_hant: text(),
            about_en: text(),
            about_hans: text(),
            about_hant: text(),
            starts: "2026-11-30T18:00".to_owned(),
            ends: "2026-11-30T21:00".to_owned(),
            place: "The lawn".to_owned(),
            capacity: "40".to_owned(),
            quota: "4".to_owned(),
            price: "12.5".to_owned(),
            ..PlanForm::default()
        }
    }

    fn refused(change: impl FnOnce(&mut PlanForm)) -> Option<Fault> {
        let now: Moment = "2026-11-28T00:00:00Z".parse().expect("an instant");
        let mut form = form();
        change(&mut form);
        form.read("Asia/Shanghai", &[], "CNY".to_owned(), now).err()
    }

    #[test]
    fn a_plan_is_to_come_and_somewhere() {
        let now: Moment = "2026-11-28T00:00:00Z".parse().expect("an instant");
        let plan = form().read("Asia/Shanghai", &[], "CNY".to_owned(), now).expect("a plan");
        assert_eq!((plan.price, plan.opens_at, plan.closes_at), (1250, now, plan.starts_at));
        let note = |field: &str, note| Some(Fault::field(&format!("plan[{field}]"), note));
        assert_eq!(refused(|form| form.ends = form.starts.clone()), note("ends", Note::NotInOrder));
        assert_eq!(refused(|form| form.starts = "2026-11-27T18:00".to_owned()), note("starts", Note::InThePast));
        assert_eq!(refused(|form| form.place.clear()), note("place", Note::Missing));
        assert_eq!(refused(|form| form.quota = "41".to_owned()), note("quota", Note::NotBetween(1, 40)));
        assert_eq!(refused(|form| form.closes = "2026-12-01T00:00".to_owned()), note("closes", Note::NotInOrder));
        assert_eq!(refused(|form| form.price = "free".to_owned()), note("price", Note::Malformed));
    }
}
