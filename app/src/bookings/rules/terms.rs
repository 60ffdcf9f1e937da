use super::super::model::{Facility, Opening, Patience, Period, PricePer, Quota, Terms, TermsForm};
use crate::fault::{Fault, Note, Notes};
use crate::policy::{read_minute, read_stretches};

/// The longest booking, in minutes: four days.
const LONGEST: u32 = 5760;
/// The longest stay, in nights, and how many minutes one counts for.
const MOST_NIGHTS: u32 = 28;
const NIGHT: u32 = 1440;

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
        let stretches = read_stretches(&mut self.notes, &field, typed).into_iter();
        stretches.map(|hours| Opening { weekday: at as u32 + 1, opens: hours.from, closes: hours.until }).collect()
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
        // What is let by the night stays so, as seats stay seats.
        let (is_seats, by_night) = (facility.terms.seats.is_some(), facility.terms.is_by_night());
        let step_minutes = if by_night { NIGHT } else { of.number("step_minutes", &self.step_minutes, 5, 1440) };
        // Seats are those of fixed slots.
        let most = match (is_seats, by_night) {
            (true, _) => 1,
            (false, true) => MOST_NIGHTS,
            (false, false) => (LONGEST / step_minutes).min(96),
        };
        let most_steps = of.number("most_steps", &self.most_steps, 1, most);
        let least_steps = of.number("least_steps", &self.least_steps, 1, most_steps);
        let seats = is_seats.then(|| of.number("seats", &self.seats, 1, 1000));
        let most_heads = of.number("most_heads", &self.most_heads, 1, seats.unwrap_or(1000));
        let quota = of.optional("quota", &self.quota, 1, 100);
        let per = Period::from_tag(&self.quota_per);
        let price_per = PricePer::from_tag(&self.price_per).filter(|per| per.suits(by_night));
        let out = if by_night { read_minute(&mut of.notes, &name("check_out"), self.check_out.trim()) } else { None };
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
            check_out: out,
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
    use crate::bookings::model::{Opening, PricePer, TermsForm};
    use crate::bookings::rules::tests::facility;
    use crate::fault::{Fault, FieldNote, Note};

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
    fn what_is_let_by_the_night_stays_so() {
        let mut room = facility(2, None);
        (room.terms.step_minutes, room.terms.most_steps) = (1440, 14);
        (room.terms.check_out, room.terms.price_per) = (Some(720), PricePer::Night);
        let mut form = TermsForm::of(&room, &[]);
        assert_eq!(form.check_out, "12:00");
        (form.step_minutes, form.check_out, form.most_steps) = (String::new(), "11:00".to_owned(), "28".to_owned());
        let (next, _) = form.read(&room).expect("nothing is wrong");
        assert_eq!((next.step_minutes, next.most_steps, next.check_out), (1440, 28, Some(660)));
        (form.check_out, form.price_per) = ("noon".to_owned(), "hour".to_owned());
        let note = |field: &str, note| FieldNote { field: field.to_owned(), note };
        let wrong = vec![note("terms[check_out]", Note::Malformed), note("terms[price_per]", Note::NotAChoice)];
        assert_eq!(form.read(&room).map(drop), Err(Fault::Invalid(wrong)));
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
                FieldNote { field: "terms[hours][2]".to_owned(), note: Note::Malformed },
                FieldNote { field: "terms[hours][2]".to_owned(), note: Note::Missing },
            ]))
        );
        let counted = |form: &mut TermsForm| (form.most_missed, form.missed_days) = ("3".to_owned(), "30".to_owned());
        assert_eq!(refused(counted), note("terms[checks_in]", Note::Missing));
    }
}
