use super::super::model::{Answers, Question, QuestionKind, ServiceTerms};
use crate::fault::{Fault, Note, Notes, clean};
use crate::moment::parse_wall;
use chrono::{NaiveDate, NaiveDateTime, Timelike};
use std::collections::HashMap;

/// The longest answer in one line, in characters.
pub const LONGEST_LINE: u32 = 200;
/// The longest one in several.
pub const LONGEST_LINES: u32 = 500;
/// A phone number has so many digits.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=20;

/// An answer, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Words.
    Words(String),
    /// A whole number.
    Number(i32),
    /// A day.
    Day(NaiveDate),
    /// A time of day, in minutes after midnight.
    Time(u16),
    /// A day and a time, on the estate's wall.
    Moment(NaiveDateTime),
    /// One of the choices, by its place.
    Choice(usize),
    /// Yes or no.
    Yes(bool),
}

impl Question {
    /// Reads what was typed, or what is kept; none where nothing was.
    pub fn read(&self, typed: &str) -> Result<Option<Answer>, Note> {
        let typed = clean(typed);
        if typed.is_empty() {
            return Ok(None);
        }
        let words = |longest: u32| {
            if typed.chars().count() > longest as usize { Err(Note::TooLong(longest)) } else { Ok(typed.clone()) }
        };
        let answer = match self.kind {
            QuestionKind::Text => Answer::Words(words(LONGEST_LINE)?.replace('\n', " ")),
            QuestionKind::LongText => Answer::Words(words(LONGEST_LINES)?),
            QuestionKind::Phone => Answer::Words(phone(&typed).ok_or(Note::Malformed)?),
            QuestionKind::Number => Answer::Number(self.number(&typed)?),
            QuestionKind::Date => Answer::Day(parse_wall(&format!("{typed}T00:00")).ok_or(Note::Malformed)?.date()),
            QuestionKind::Time => {
                let time = parse_wall(&format!("2000-01-01T{typed}")).ok_or(Note::Malformed)?.time();
                Answer::Time((time.hour() * 60 + time.minute()) as u16)
            }
            QuestionKind::Moment => {
                Answer::Moment(parse_wall(&typed).and_then(|at| at.with_second(0)).ok_or(Note::Malformed)?)
            }
            QuestionKind::Choice => {
                let at = self.choices.iter().position(|choice| choice.value == typed);
                Answer::Choice(at.ok_or(Note::NotAChoice)?)
            }
            QuestionKind::YesNo => Answer::Yes(match typed.as_str() {
                "yes" => true,
                "no" => false,
                _ => return Err(Note::NotAChoice),
            }),
        };
        Ok(Some(answer))
    }

    fn number(&self, typed: &str) -> Result<i32, Note> {
        let (least, most) = (self.least.unwrap_or(0), self.most.unwrap_or(i32::MAX));
        let number: i32 = typed.parse().map_err(|_| Note::Malformed)?;
        let bound = |bound: i32| u32::try_from(bound).unwrap_or(0);
        if (least..=most).contains(&number) { Ok(number) } else { Err(Note::NotBetween(bound(least), bound(most))) }
    }

    /// The one form in which an answer is kept.
    pub fn kept(&self, answer: &Answer) -> String {
        match answer {
            Answer::Words(words) => words.clone(),
            Answer::Number(number) => number.to_string(),
            Answer::Day(day) => day.to_string(),
            Answer::Time(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
            Answer::Moment(at) => format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute()),
            Answer::Choice(at) => self.choices.get(*at).map(|choice| choice.value.clone()).unwrap_or_default(),
            Answer::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// A phone number as it is dialled: digits, perhaps after a plus, with spaces and hyphens between them.
fn phone(typed: &str) -> Option<String> {
    let is_part = |(at, c): (usize, char)| c.is_ascii_digit() || matches!(c, ' ' | '-') || at == 0 && c == '+';
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    (typed.chars().enumerate().all(is_part) && PHONE_DIGITS.contains(&digits) && typed.len() <= 40)
        .then(|| typed.to_owned())
}

impl ServiceTerms {
    /// Reads the answers to all questions. What nobody asked is left out; notes are named like the fields.
    pub fn read_answers(&self, typed: &HashMap<String, String>) -> Result<Answers, Fault> {
        let mut notes = Notes::default();
        let mut answers = Answers::new();
        for question in &self.questions {
            match question.read(typed.get(&question.slug).map_or("", String::as_str)) {
                Ok(Some(answer)) => {
                    answers.insert(question.slug.clone(), question.kept(&answer));
                }
                Ok(None) if question.is_required => notes.add(&question.field(), Note::Missing),
                Ok(None) => {}
                Err(note) => notes.add(&question.field(), note),
            }
        }
        notes.check().map(|()| answers)
    }

    /// The question of a name.
    pub fn question(&self, slug: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.slug == slug)
    }

    /// What was answered to one of them.
    pub fn answer(&self, answers: &Answers, slug: Option<&str>) -> Option<Answer> {
        let question = self.question(slug?)?;
        question.read(answers.get(&question.slug)?).ok()?
    }

    /// When it is needed, on the estate's wall.
    pub fn moment_in(&self, answers: &Answers) -> Option<NaiveDateTime> {
        match self.answer(answers, self.moment_from.as_deref())? {
            Answer::Moment(at) => Some(at),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Answer;
    use crate::fault::{Fault, Note};
    use crate::services::model::{PriceRule, QuestionKind};
    use crate::services::rules::tests::{question, terms};
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[test]
    fn each_kind_takes_its_own_and_nothing_else() {
        let read = |kind, typed: &str| question("it", kind).read(typed);
        for (kind, typed, kept) in [
            (QuestionKind::Text, " a\r\nb ", "a b"),
            (QuestionKind::LongText, "a\r\nb", "a\nb"),
            (QuestionKind::Number, " 7", "7"),
            (QuestionKind::Date, "2026-11-23", "2026-11-23"),
            (QuestionKind::Time, "9:05", "09:05"),
            (QuestionKind::Moment, "2026-11-23T09:05:59", "2026-11-23T09:05"),
            (QuestionKind::Choice, "van", "van"),
            (QuestionKind::YesNo, "no", "no"),
            (QuestionKind::Phone, "+86 138-0000 0000", "+86 138-0000 0000"),
        ] {
            let question = question("it", kind);
            let answer = question.read(typed).ok().flatten().expect(typed);
            assert_eq!(question.kept(&answer), kept);
            assert_eq!(question.read(" \n"), Ok(None));
        }
        for (kind, typed) in [
            (QuestionKind::Number, "7.5"),
            (QuestionKind::Date, "2026-02-30"),
            (QuestionKind::Time, "24:00"),
            (QuestionKind::Moment, "2026-11-23"),
            (QuestionKind::Phone, "13800000000 ext"),
            (QuestionKind::Phone, "138"),
        ] {
            assert_eq!(read(kind, typed), Err(Note::Malformed), "{typed}");
        }
        assert_eq!(read(QuestionKind::Number, "11"), Err(Note::NotBetween(1, 10)));
        assert_eq!(read(QuestionKind::Choice, "bus"), Err(Note::NotAChoice));
        assert_eq!(read(QuestionKind::YesNo, "true"), Err(Note::NotAChoice));
        assert_eq!(read(QuestionKind::Text, &"x".repeat(201)), Err(Note::TooLong(200)));
        assert_eq!(read(QuestionKind::YesNo, "yes"), Ok(Some(Answer::Yes(true))));
    }

    #[test]
    fn all_that_is_wrong_is_noted_at_once() {
        let mut maybe = question("note", QuestionKind::Text);
        maybe.is_required = false;
        let asks = vec![question("pages", QuestionKind::Number), question("when", QuestionKind::Date), maybe];
        let terms = terms(PriceRule::Free, 0, asks);
        let typed = |pairs: &[(&str, &str)]| -> HashMap<String, String> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let Err(Fault::Invalid(notes)) = terms.read_answers(&typed(&[("pages", "0"), ("other", "x")])) else {
            panic!("it was read");
        };
        let notes: Vec<_> = notes.into_iter().map(|note| (note.field, note.note)).collect();
        let expected = [("answers[pages]", Note::NotBetween(1, 10)), ("answers[when]", Note::Missing)];
        assert_eq!(notes, expected.map(|(field, note)| (field.to_owned(), note)));
        let read = terms.read_answers(&typed(&[("pages", "3"), ("when", "2026-11-23"), ("other", "x")]));
        assert_eq!(read.expect("whole").into_keys().collect::<Vec<_>>(), ["pages", "when"]);
    }

    proptest! {
        /// What is kept is read again as it was, whatever anybody types.
        #[test]
        fn what_is_kept_is_read_again(typed in "\\PC{0,40}|[-+0-9T: ]{0,20}|yes|no|van") {
            for kind in QuestionKind::ALL {
                let question = question("it", kind);
                if let Ok(Some(answer)) = question.read(&typed) {
                    let kept = question.kept(&answer);
                    prop_assert_eq!(question.read(&kept), Ok(Some(answer.clone())), "{:?} {:?}", kind, typed);
                    prop_assert_eq!(question.kept(&answer), kept);
                }
            }
        }
    }
}
