use super::super::model::{AnswerChoice, LONGEST_NAME, PriceRule, Question, QuestionForm, QuestionKind, ServiceTerms};
use super::answers::LONGEST_LINE;
use super::version::{MOST, Reader};
use crate::estate::Names;
use crate::fault::Note;

/// The most questions of a service, and choices of a question.
pub(super) const MOST_QUESTIONS: u32 = 20;

/// What the questions tell of an order, by their names in answers.
#[derive(Default)]
pub(super) struct Told {
    pub(super) moment: Option<String>,
    pub(super) hours: Option<String>,
    pub(super) pieces: Option<String>,
}

impl Reader {
    /// One question, under a name that no other has; nothing where it is not asked, or is no question.
    pub(super) fn question(
        &mut self,
        field: &str,
        form: &QuestionForm,
        before: &ServiceTerms,
        taken: &mut Vec<String>,
    ) -> Option<Question> {
        let labels = [&form.label_en, &form.label_hans, &form.label_hant];
        let was = before.question(&form.slug);
        if form.need == "removed" || was.is_none() && labels.iter().all(|label| label.trim().is_empty()) {
            return None;
        }
        let name = |part: &str| format!("{field}[{part}]");
        let mut label = |part: &str, typed: &str| self.notes.text(&name(part), typed, LONGEST_LINE);
        let label = Names {
            en: label("label_en", &form.label_en),
            hans: label("label_hans", &form.label_hans),
            hant: label("label_hant", &form.label_hant),
        };
        let kind = QuestionKind::from_tag(&form.kind);
        if kind.is_none() {
            self.notes.add(&name("kind"), Note::NotAChoice);
        }
        if !matches!(form.need.as_str(), "needed" | "optional") {
            self.notes.add(&name("need"), Note::NotAChoice);
        }
        let bounds = (kind == Some(QuestionKind::Number)).then(|| {
            let least = self.number(&name("least"), &form.least, 0, MOST);
            (least, self.number(&name("most"), &form.most, least, MOST))
        });
        let choices = match kind {
            Some(QuestionKind::Choice) => self.choices(&name("choices"), &form.choices, was),
            _ => Vec::new(),
        };
        let slug = match was {
            Some(was) if !taken.contains(&was.slug) => was.slug.clone(),
            _ => free_name(&label.en, |name| taken.iter().any(|one| one == name) || before.question(name).is_some()),
        };
        taken.push(slug.clone());
        let bound = |bound: u32| i32::try_from(bound).unwrap_or(i32::MAX);
        Some(Question {
            slug,
            kind: kind.unwrap_or(QuestionKind::Text),
            label,
            hint: was.and_then(|was| was.hint.clone()),
            is_required: form.need == "needed",
            least: bounds.map(|(least, _)| bound(least)),
            most: bounds.map(|(_, most)| bound(most)),
            choices,
        })
    }

    /// A line each, `Van | 商务车 | 商務車`; one that was there already sends what it sent.
    fn choices(&mut self, field: &str, typed: &str, was: Option<&Question>) -> Vec<AnswerChoice> {
        let mut choices: Vec<AnswerChoice> = Vec::new();
        for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let parts: Vec<_> = line.split(['|', '｜']).map(str::trim).collect();
            let is_whole = parts.iter().all(|part| (1..=LONGEST_NAME as usize).contains(&part.chars().count()));
            let [en, hans, hant] = parts[..] else {
                self.notes.add(field, Note::Malformed);
                return choices;
            };
            if !is_whole {
                self.notes.add(field, Note::Malformed);
                return choices;
            }
            let names = Names { en: en.to_owned(), hans: hans.to_owned(), hant: hant.to_owned() };
            let taken = |name: &str| choices.iter().any(|one| one.value == name);
            let same = was.and_then(|was| was.choices.iter().find(|one| one.names.en == en && !taken(&one.value)));
            let value = same.map_or_else(|| free_name(en, taken), |one| one.value.clone());
            choices.push(AnswerChoice { value, names });
        }
        match choices.len() {
            0 => self.notes.add(field, Note::Missing),
            count if count > MOST_QUESTIONS as usize => self.notes.add(field, Note::TooMany(MOST_QUESTIONS)),
            _ => {}
        }
        choices
    }

    /// What a question tells of the order: only what is always answered, with what can be reckoned with.
    pub(super) fn tells(&mut self, field: &str, tells: &str, question: &Question, rule: PriceRule, told: &mut Told) {
        let is_counted = question.kind == QuestionKind::Number && question.least.is_some_and(|least| least > 0);
        let (is_fit, place) = match tells {
            "" => return,
            "moment" => (question.kind == QuestionKind::Moment, &mut told.moment),
            "hours" => (is_counted && rule == PriceRule::Hourly, &mut told.hours),
            "pieces" => (is_counted && matches!(rule, PriceRule::Fixed | PriceRule::Hourly), &mut told.pieces),
            _ => (false, &mut told.moment),
        };
        if is_fit && question.is_required && place.is_none() {
            *place = Some(question.slug.clone());
        } else {
            self.notes.add(&format!("{field}[tells]"), Note::NotAChoice);
        }
    }
}

/// A name in forms that is not taken: from an English one as far as that goes.
fn free_name(from: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let name: String = from.chars().map(plain).skip_while(|c| !c.is_ascii_lowercase()).take(24).collect();
    let name = match name.trim_end_matches('_') {
        "" => "answer",
        name => name,
    };
    let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::free_name;

    #[test]
    fn names_are_plain_and_none_is_taken_twice() {
        assert_eq!(free_name("Which floor?", |_| false), "which_floor");
        assert_eq!(free_name("几楼", |_| false), "answer");
        assert_eq!(free_name("2 cars", |name| name == "cars"), "cars_2");
    }
}
