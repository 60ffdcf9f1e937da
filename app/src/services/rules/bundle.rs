use super::super::model::{Answers, PriceRule, QuestionKind, ServicePart, ServiceTerms};
use super::answers::Answer;
use crate::fault::{Fault, Note, Notes};
use std::collections::{BTreeMap, HashMap};

/// The answers to an order's form: to the questions of what is ordered, and to those of each part by its slug.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WholeAnswers {
    /// To its own.
    pub own: Answers,
    /// To its parts', under the names that their own terms give them.
    pub parts: BTreeMap<String, Answers>,
}

impl ServicePart {
    /// The name of one of its questions in the form of its bundle: `car.when`. No question of the bundle itself has a dot.
    pub fn asked_as(&self, slug: &str) -> String {
        format!("{}.{slug}", self.slug)
    }

    /// Its terms, as the form of its bundle asks for them; none of what is booked.
    pub fn terms_in_form(&self) -> Option<ServiceTerms> {
        let mut terms = self.item.as_ref()?.terms.clone();
        let asked_as = |slug: Option<String>| slug.map(|slug| self.asked_as(&slug));
        for question in &mut terms.questions {
            question.slug = self.asked_as(&question.slug);
        }
        terms.moment_from = asked_as(terms.moment_from);
        terms.hours_from = asked_as(terms.hours_from);
        terms.pieces_from = asked_as(terms.pieces_from);
        Some(terms)
    }

    /// Its answers by the names that its own terms give them.
    pub fn own_answers(&self, asked: &Answers) -> Answers {
        let own = |name: &str| Some(name.strip_prefix(self.slug.as_str())?.strip_prefix('.')?.to_owned());
        asked.iter().filter_map(|(name, answer)| Some((own(name)?, answer.clone()))).collect()
    }
}

impl ServiceTerms {
    /// Reads the answers to all that the form of an order asks: its own questions, and those of its parts.
    pub fn read_whole(&self, typed: &HashMap<String, String>) -> Result<WholeAnswers, Fault> {
        let mut notes = Notes::default();
        let mut whole = WholeAnswers {
            own: notes.gather(self.read_answers(typed))?.unwrap_or_default(),
            ..WholeAnswers::default()
        };
        for part in &self.parts {
            let Some(terms) = part.terms_in_form() else { continue };
            let read = notes.gather(terms.read_answers(typed))?.unwrap_or_default();
            whole.parts.insert(part.slug.clone(), part.own_answers(&read));
        }
        notes.check().map(|()| whole)
    }

    /// Whether it can belong to a bundle: it says what it costs, once all is answered.
    pub fn says_its_price(&self) -> bool {
        match self.price_rule {
            PriceRule::Free | PriceRule::Fixed => true,
            PriceRule::Hourly => self.hours_from.is_some(),
            PriceRule::Quote => false,
        }
    }

    /// A bundle has one price of its own, and still asks what its parts are booked by.
    pub fn keeps_parts(&self) -> Result<(), Fault> {
        let asks = |slug: &str| {
            let asked = self.question(slug);
            asked.is_some_and(|one| one.kind == QuestionKind::Number && one.is_required && one.least > Some(0))
        };
        let mut notes = Notes::default();
        if !self.parts.is_empty() && (self.price_rule != PriceRule::Fixed || self.pieces_from.is_some()) {
            notes.add("terms[price_rule]", Note::NotAChoice);
        }
        let mut booked = self.parts.iter().filter_map(|part| part.booked.as_ref());
        if booked.any(|booked| {
            self.moment_from.is_none()
                || !asks(&booked.heads_from)
                || booked.hours_from.as_deref().is_some_and(|slug| !asks(slug))
        }) {
            notes.add("terms[questions][0][label_en]", Note::Missing);
        }
        notes.check()
    }

    /// A whole number that was answered to one of its questions.
    pub fn number_in(&self, answers: &Answers, slug: &str) -> Option<u32> {
        match self.answer(answers, Some(slug))? {
            Answer::Number(number) => u32::try_from(number).ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::estate::Names;
    use crate::fault::{Fault, Note};
    use crate::services::model::{PartItem, PriceRule, QuestionKind, ServicePart, ServiceTerms};
    use crate::services::rules::tests::{question, terms};
    use std::collections::HashMap;
    use uuid::Uuid;

    fn bundle() -> ServiceTerms {
        let asks = vec![question("when", QuestionKind::Moment), question("people", QuestionKind::Number)];
        let mut car = terms(PriceRule::Fixed, 900, asks);
        (car.moment_from, car.pieces_from) = (Some("when".to_owned()), Some("people".to_owned()));
        let mut whole = terms(PriceRule::Fixed, 100, vec![question("people", QuestionKind::Number)]);
        whole.parts.push(ServicePart {
            slug: "car".to_owned(),
            names: Names { en: String::new(), hans: String::new(), hant: String::new() },
            icon: "truck".to_owned(),
            item: Some(PartItem { id: Uuid::nil().into(), terms: car }),
            booked: None,
        });
        whole
    }

    fn typed(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn all_that_is_wrong_with_any_part_is_noted_at_once() {
        let Err(Fault::Invalid(notes)) = bundle().read_whole(&typed(&[("people", "0"), ("car.people", "2")])) else {
            panic!("it was read");
        };
        let notes: Vec<_> = notes.into_iter().map(|note| (note.field, note.note)).collect();
        let expected = [("answers[people]", Note::NotBetween(1, 10)), ("answers[car.when]", Note::Missing)];
        assert_eq!(notes, expected.map(|(field, note)| (field.to_owned(), note)));
    }

    #[test]
    fn a_part_is_reckoned_from_its_own_answers() {
        let terms = bundle();
        let read = [("people", "8"), ("car.people", "3"), ("car.when", "2026-12-01T09:00"), ("other.people", "9")];
        let whole = terms.read_whole(&typed(&read)).expect("whole");
        assert_eq!(whole.own.into_keys().collect::<Vec<_>>(), ["people"]);
        assert_eq!(whole.parts["car"].keys().collect::<Vec<_>>(), ["people", "when"]);
        let car = &terms.parts[0].item.as_ref().expect("an item").terms;
        assert_eq!(car.reckon(&whole.parts["car"]).amount, Some(2700));
        assert!(car.moment_in(&whole.parts["car"]).is_some());
    }
}
