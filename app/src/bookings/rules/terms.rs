use super::super::model::{Facility, Opening, Patience, Period, PricePer, Quota, Terms, TermsForm};
use crate::fault::{Fault, Note, Notes};
use crate::policy::read_hours;

/// The longest booking, in minutes: four days.
const LONGEST: u32 = 5760;

/// Reads the fields of a form, and notes what is wrong with them.
struct Reader {
    notes: Notes,
}

impl Reader {
    fn number(&mut self, field: &str, typed: &str, least: u32, most: u32) -> u32 {
        self.optional(field, typed, least, most).unwrap_or_else(|| {
            if typed.trim().is_empty() {
                self.notes.add(&name(field), Note::Missing);
            }
            least
        })
    }

    /// Empty: none.
    fn optional(&mut self, field: &str, typed: &str, least: u32, most: u32) -> Option<u32> {
        let typed = typed.trim();
        match typed.parse::<u32>() {
            _ if typed.is_empty() => None,
            Ok(number) if (least..=most).contains(&number) => Some(number),
            _ => {
                self.notes.add(&name(field), Note::NotBetween(least, most));
                None
            }
        }
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

    /// `09:00-12:00, 14:00-22:00`
    fn hours(&mut self, at: usize, typed: &str) -> Vec<Opening> {
        let field = format!("terms[hours][{at}]");
        let mut openings: Vec<Opening> = Vec::new();
        for part in typed.split([',', '，']).map(str::trim).filter(|part| !part.is_empty()) {
            let (from, until) = part.split_once(['-', '–']).unwrap_or((part, ""));
            let until = if until.trim() == "24:00" { "00:00" } else { until.trim() };
            let Some(hours) = read_hours(&mut self.notes, (&field, from.trim()), (&field, until)) else { continue };
            if openings.last().is_some_and(|before| hours.from < before.closes) {
                self.notes.add(&field, Note::NotInOrder);
            }
            openings.push(Opening { weekday: at as u32 + 1, opens: hours.from, closes: hours.until });
        }
        openings
    }
}

/// What a field is called in the form.
fn name(field: &str) -> String {
    format!("terms[{field}]")
}

impl TermsForm {
    /// The next terms of a facility and its hours, where nothing is wrong with them.
    pub fn read(&self, facility: &Facility) -> Result<(Terms, Vec<Opening>), Fault> {
        let mut of = Reader { notes: Notes::default() };
        let step_minutes = of.number("step_minutes", &self.step_minutes, 5, 1440);
        let is_seats = facility.terms.seats.is_some();
        // Seats are those of fixed slots.
        let most = if is_seats { 1 } else { (LONGEST / step_minutes).min(96) };
        let most_steps = of.number("most_steps", &self.most_steps, 1, most);
        let least_steps = of.number("least_steps", &self.least_steps, 1, most_steps);
        let seats = is_seats.then(|| of.number("seats", &self.seats, 1, 1000));
        let most_heads = of.number("most_heads", &self.most_heads, 1, seats.unwrap_or(1000));
        let quota = of.optional("quota", &self.quota, 1, 100);
        let per = Period::from_tag(&self.quota_per);
        let price_per = PricePer::from_tag(&self.price_per);
        for (field, is_known) in [("quota_per", per.is_some()), ("price_per", price_per.is_some())] {
            if !is_known {
                of.notes.add(&name(field), Note::NotAChoice);
            }
        }
        let most_missed = of.optional("most_missed", &self.most_missed, 1, 100);
        if most_missed.is_some() && !self.checks_in {
            // What nobody takes down nobody counts.
            of.notes.add("terms[checks_in]", Note::Missing);
        }
        let missed =
            most_missed.map(|most| Patience { most, days: of.number("missed_days", &self.missed_days, 1, 366) });
        let terms = Terms {
            version: facility.terms.version + 1,
            step_minutes,
            least_steps,
            most_steps,
            before_minutes: of.number("before_minutes", &self.before_minutes, 0, 1440),
            after_minutes: of.number("after_minutes", &self.after_minutes, 0, 1440),
            notice_minutes: of.number("notice_minutes", &self.notice_minutes, 0, 43_200),
            ahead_days: of.number("ahead_days", &self.ahead_days, 1, 366),
            quota: quota.zip(per).map(|(most, per)| Quota { most, per }),
            most_heads,
            seats,
            hold_minutes: of.number("hold_minutes", &self.hold_minutes, 1, 60),
            cancel_minutes: of.number("cancel_minutes", &self.cancel_minutes, 0, 43_200),
            price: of.amount("price", &self.price),
            price_per: price_per.unwrap_or(facility.terms.price_per),
            deposit: of.amount("deposit", &self.deposit),
            currency: facility.terms.currency.clone(),
            needs_approval: self.needs_approval,
            checks_in: self.checks_in,
            grace_minutes: of.number("grace_minutes", &self.grace_minutes, 0, 240),
            missed,
            swaps: self.swaps,
            least_age: of.optional("least_age", &self.least_age, 1, 99),
            needs_induction: self.needs_induction,
        };
        let openings: Vec<_> =
            (0..8).flat_map(|at| of.hours(at, self.hours.get(at).map_or("", String::as_str))).collect();
        of.notes.check()?;
        Ok((terms, openings))
    }
}

#[cfg(test)]
mod tests {
    use crate::bookings::model::{Opening, TermsForm};
    use crate::bookings::rules::tests::facility;
    use crate::fault::{Fault, Note};

    #[test]
    fn a_form_says_what_held_and_what_will() {
        let mut court = facility(2, None);
        (court.terms.price, court.terms.least_age) = (3050, Some(16));
        let open = [(1, 540, 720), (1, 840, 1440), (8, 600, 720)];
        let openings = open.map(|(weekday, opens, closes)| Opening { weekday, opens, closes });
        let form = TermsForm::of(&court, &openings);
        assert_eq!((form.price.as_str(), form.hours[0].as_str()), ("30.50", "09:00-12:00, 14:00-24:00"));
        let (next, hours) = form.read(&court).expect("nothing is wrong");
        assert_eq!(hours, openings);
        court.terms.version += 1;
        assert_eq!(next, court.terms, "only the version is another");
    }

    #[test]
    fn what_is_wrong_stands_beside_its_field() {
        let court = facility(2, None);
        let form = TermsForm::of(&court, &[]);
        let refused = |change: fn(&mut TermsForm)| {
            let mut form = form.clone();
            change(&mut form);
            form.read(&court).map(drop)
        };
        let note = |field: &str, note| Err(Fault::field(field, note));
        assert_eq!(refused(|form| form.step_minutes.clear()), note("terms[step_minutes]", Note::Missing));
        assert_eq!(
            refused(|form| form.most_steps = "97".to_owned()),
            note("terms[most_steps]", Note::NotBetween(1, 96))
        );
        assert_eq!(refused(|form| form.price = "-1".to_owned()), note("terms[price]", Note::Malformed));
        assert_eq!(refused(|form| form.price = "1.234".to_owned()), note("terms[price]", Note::Malformed));
        assert_eq!(refused(|form| form.hours[2] = "18:00-09:00".to_owned()), note("terms[hours][2]", Note::NotInOrder));
        assert_eq!(
            refused(|form| form.hours[2] = "late".to_owned()),
            Err(Fault::Invalid(vec![
                crate::fault::FieldNote { field: "terms[hours][2]".to_owned(), note: Note::Malformed },
                crate::fault::FieldNote { field: "terms[hours][2]".to_owned(), note: Note::Missing },
            ]))
        );
        let counted = |form: &mut TermsForm| (form.most_missed, form.missed_days) = ("3".to_owned(), "30".to_owned());
        assert_eq!(refused(counted), note("terms[checks_in]", Note::Missing));
    }
}
