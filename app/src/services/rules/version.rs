use super::super::model::{
    Deliverer, LONGEST_NAME, LONGEST_SCRIPT, LONGEST_TERMS, PriceRule, ServiceForm, ServiceHours, ServiceTerms,
};
use super::asked::{MOST_QUESTIONS, Told};
use super::price::{MOST_AMOUNT, hundredths};
use crate::estate::Names;
use crate::fault::{Fault, Note, Notes};
use crate::policy::read_stretches;

/// The most minutes that anything takes: ninety days.
const MOST_LEAD: u32 = 129_600;
/// The greatest number that anybody is asked for.
pub(super) const MOST: u32 = 100_000;

/// Reads the fields of a form, and notes what is wrong with them.
pub(super) struct Reader {
    pub(super) notes: Notes,
}

impl Reader {
    /// A text in all languages, or in none where that may be.
    fn names(&mut self, field: &str, typed: &[String], longest: u32, is_needed: bool) -> Option<Names> {
        let typed = |at: usize| typed.get(at).map_or("", |text| text.trim());
        if !is_needed && (0..3).all(|at| typed(at).is_empty()) {
            return None;
        }
        let [en, hans, hant] = [0, 1, 2].map(|at| self.notes.text(&format!("{field}[{at}]"), typed(at), longest));
        Some(Names { en, hans, hant })
    }

    pub(super) fn number(&mut self, field: &str, typed: &str, least: u32, most: u32) -> u32 {
        let typed = typed.trim();
        match typed.parse::<u32>() {
            Ok(number) if (least..=most).contains(&number) => number,
            _ => {
                let note = if typed.is_empty() { Note::Missing } else { Note::NotBetween(least, most) };
                self.notes.add(field, note);
                least
            }
        }
    }

    /// In minor units; of what has a price in its terms.
    fn price(&mut self, rule: PriceRule, typed: &str) -> i64 {
        let typed = typed.trim();
        let is_priced = matches!(rule, PriceRule::Fixed | PriceRule::Hourly);
        let price = hundredths(typed).filter(|price| (1..=MOST_AMOUNT).contains(price));
        let note = match (is_priced, typed.is_empty(), price) {
            (false, true, _) => return 0,
            (true, false, Some(price)) => return price,
            (false, false, _) => Note::NotAChoice,
            (true, true, _) => Note::Missing,
            (true, false, None) => Note::Malformed,
        };
        self.notes.add("terms[price]", note);
        0
    }

    fn hours(&mut self, at: u8, typed: &str) -> Vec<ServiceHours> {
        let stretches = read_stretches(&mut self.notes, &format!("terms[hours][{at}]"), typed).into_iter();
        stretches.map(|hours| ServiceHours { weekday: at + 1, opens: hours.from, closes: hours.until }).collect()
    }
}

impl ServiceForm {
    /// The version that follows `before`, and the script that comes with it, where nothing is wrong with them. Of what is
    /// not ordered only the texts are read.
    pub fn read(&self, before: &ServiceTerms) -> Result<(ServiceTerms, Option<Names>), Fault> {
        let mut of = Reader { notes: Notes::default() };
        let empty = || Names { en: String::new(), hans: String::new(), hant: String::new() };
        let content = of.names("terms[content]", &self.content, LONGEST_TERMS, true);
        let standard = of.names("terms[standard]", &self.standard, LONGEST_TERMS, true);
        let conditions = of.names("terms[conditions]", &self.conditions, LONGEST_TERMS, false);
        let script = of.names("terms[script]", &self.script, LONGEST_SCRIPT, false);
        let next = ServiceTerms {
            version: before.version + 1,
            content: content.unwrap_or_else(empty),
            standard: standard.unwrap_or_else(empty),
            conditions: conditions.unwrap_or_else(empty),
            ..before.clone()
        };
        // What is booked or signed up for is priced, open and given notice of there.
        if !next.is_ordered() {
            return of.notes.check().map(|()| (next, script));
        }
        let rule = PriceRule::from_tag(&self.price_rule);
        if rule.is_none() {
            of.notes.add("terms[price_rule]", Note::NotAChoice);
        }
        let price_rule = rule.unwrap_or(before.price_rule);
        let price = of.price(price_rule, &self.price);
        let lead_minutes = of.number("terms[lead_minutes]", &self.lead_minutes, 0, MOST_LEAD);
        let delivered_by = Deliverer::parse(&self.delivered_by);
        if delivered_by.is_none() {
            of.notes.add("terms[delivered_by]", Note::NotAChoice);
        }
        let hours = (0..8_u8).flat_map(|at| {
            let typed = self.hours.get(usize::from(at)).map_or("", String::as_str);
            of.hours(at, typed)
        });
        let hours: Vec<_> = hours.collect();

        let (mut placed, mut taken, mut told) = (Vec::new(), Vec::new(), Told::default());
        for (at, form) in self.questions.iter().enumerate() {
            let field = format!("terms[questions][{at}]");
            let Some(question) = of.question(&field, form, before, &mut taken) else { continue };
            of.tells(&field, form.tells.trim(), &question, price_rule, &mut told);
            let place = match form.place.trim() {
                "" => u32::MAX,
                typed => of.number(&format!("{field}[place]"), typed, 0, MOST),
            };
            placed.push((place, question));
        }
        placed.sort_by_key(|(place, _)| *place);
        let questions: Vec<_> = placed.into_iter().map(|(_, question)| question).collect();
        if questions.len() > MOST_QUESTIONS as usize {
            of.notes.add("terms[questions][0][label_en]", Note::TooMany(MOST_QUESTIONS));
        }
        // What nobody counts has no name.
        let pieces = match told.pieces {
            Some(_) => of.names("terms[pieces]", &self.pieces, LONGEST_NAME, true),
            None => None,
        };
        of.notes.check()?;
        let terms = ServiceTerms {
            price_rule,
            price,
            moment_from: told.moment,
            hours_from: told.hours,
            pieces_from: told.pieces,
            pieces,
            lead_minutes,
            is_agency: self.is_agency,
            delivered_by: delivered_by.unwrap_or(before.delivered_by),
            hours,
            questions,
            ..next
        };
        terms.keeps_parts()?;
        Ok((terms, script))
    }
}

#[cfg(test)]
mod tests {
    use crate::estate::Names;
    use crate::fault::{Fault, Note};
    use crate::services::model::{
        PriceRule, QuestionForm, QuestionKind, ServiceForm, ServiceHours, ServiceTerms, ServiceVersion,
    };
    use crate::services::rules::tests::{question, terms};

    fn names(text: &str) -> Names {
        Names { en: text.to_owned(), hans: format!("{text} 简"), hant: format!("{text} 繁") }
    }

    /// Air conditioning: from when, how many hours, how many zones, in which of two ways.
    fn cooling() -> ServiceTerms {
        let asks = [
            ("when", QuestionKind::Moment),
            ("hours", QuestionKind::Number),
            ("zones", QuestionKind::Number),
            ("car", QuestionKind::Choice),
        ];
        let mut terms = terms(PriceRule::Hourly, 12_050, asks.map(|(slug, kind)| question(slug, kind)).to_vec());
        for question in &mut terms.questions {
            question.label = names(&question.slug);
            question.choices.iter_mut().for_each(|choice| choice.names = names(&choice.value));
        }
        (terms.moment_from, terms.hours_from) = (Some("when".to_owned()), Some("hours".to_owned()));
        (terms.pieces_from, terms.pieces) = (Some("zones".to_owned()), Some(names("zone")));
        (terms.content, terms.standard, terms.conditions) = (names("Cool"), names("On time"), names("By zone"));
        terms.hours = [(1, 540, 720), (1, 840, 1440), (8, 600, 720)]
            .map(|(weekday, opens, closes)| ServiceHours { weekday, opens, closes })
            .to_vec();
        terms
    }

    fn form(terms: &ServiceTerms) -> ServiceForm {
        ServiceForm::of(&ServiceVersion { terms: terms.clone(), script: Some(names("Greet")), by: None })
    }

    #[test]
    fn a_form_says_what_held_and_what_will() {
        let mut terms = cooling();
        let form = form(&terms);
        assert_eq!((form.price.as_str(), form.hours[0].as_str()), ("120.50", "09:00-12:00, 14:00-24:00"));
        assert_eq!(form.questions[3].choices, "van | van 简 | van 繁\ncar | car 简 | car 繁");
        let (next, script) = form.read(&terms).expect("nothing is wrong");
        terms.version += 1;
        assert_eq!(next, terms, "only the version is another");
        assert_eq!(script, Some(names("Greet")));
    }

    #[test]
    fn questions_come_go_and_change_places() {
        let terms = cooling();
        let mut form = form(&terms);
        form.questions[3].need = "removed".to_owned();
        form.questions[2].place = "0".to_owned();
        let text = str::to_owned;
        form.questions.push(QuestionForm {
            label_en: text("Which floor? Car"),
            label_hans: text("几楼"),
            label_hant: text("幾樓"),
            kind: text("choice"),
            choices: text("High | 高 | 高\nLow｜低｜低"),
            ..QuestionForm::empty()
        });
        form.questions.push(QuestionForm::empty());
        let (next, _) = form.read(&terms).expect("nothing is wrong");
        let slugs: Vec<_> = next.questions.iter().map(|question| question.slug.as_str()).collect();
        assert_eq!(slugs, ["zones", "when", "hours", "which_floor__car"]);
        let values: Vec<_> = next.questions[3].choices.iter().map(|choice| choice.value.as_str()).collect();
        assert_eq!(values, ["high", "low"]);
    }

    #[test]
    fn what_is_booked_has_texts_of_its_own_alone() {
        let mut booked = terms(PriceRule::Free, 0, Vec::new());
        (booked.content, booked.standard) = (names("Lanes"), names("Clean"));
        booked.facility = Some("pool-lane".to_owned());
        let mut form = form(&booked);
        form.standard[0] = "Clear to the bottom".to_owned();
        (form.price, form.lead_minutes) = ("15".to_owned(), "soon".to_owned());
        let (next, script) = form.read(&booked).expect("nothing is wrong with its texts");
        (booked.version, booked.standard.en) = (2, "Clear to the bottom".to_owned());
        assert_eq!((next, script), (booked.clone(), Some(names("Greet"))));
        form.standard[0].clear();
        assert_eq!(form.read(&booked), Err(Fault::field("terms[standard][0]", Note::Missing)));
    }

    #[test]
    fn what_is_wrong_stands_beside_its_field() {
        let terms = cooling();
        let refused = |change: fn(&mut ServiceForm)| {
            let mut form = form(&terms);
            change(&mut form);
            form.read(&terms).map(drop)
        };
        let note = |field: &str, note| Err(Fault::field(field, note));
        assert_eq!(refused(|form| form.content[1].clear()), note("terms[content][1]", Note::Missing));
        assert_eq!(refused(|form| form.script[2].clear()), note("terms[script][2]", Note::Missing));
        assert_eq!(refused(|form| form.price.clear()), note("terms[price]", Note::Missing));
        assert_eq!(refused(|form| form.price = "0".to_owned()), note("terms[price]", Note::Malformed));
        assert_eq!(refused(|form| form.delivered_by = "x".to_owned()), note("terms[delivered_by]", Note::NotAChoice));
        let late = note("terms[lead_minutes]", Note::NotBetween(0, 129_600));
        assert_eq!(refused(|form| form.lead_minutes = "129601".to_owned()), late);
        assert_eq!(refused(|form| form.pieces[0].clear()), note("terms[pieces][0]", Note::Missing));
        // What the price is reckoned from is always answered, and counts something.
        let unfit = |at: usize| note(&format!("terms[questions][{at}][tells]"), Note::NotAChoice);
        assert_eq!(refused(|form| form.questions[1].need = "optional".to_owned()), unfit(1));
        assert_eq!(refused(|form| form.questions[1].least = "0".to_owned()), unfit(1));
        assert_eq!(refused(|form| form.questions[3].tells = "moment".to_owned()), unfit(3));
        let choices = note("terms[questions][3][choices]", Note::Malformed);
        assert_eq!(refused(|form| form.questions[3].choices = "Van | 车".to_owned()), choices);
        // What costs nothing has neither a price nor anything that it is reckoned from.
        let free = refused(|form| form.price_rule = "free".to_owned());
        let Err(Fault::Invalid(notes)) = free else { panic!("it was read") };
        let fields: Vec<_> = notes.iter().map(|note| note.field.as_str()).collect();
        assert_eq!(fields, ["terms[price]", "terms[questions][1][tells]", "terms[questions][2][tells]"]);
    }
}
