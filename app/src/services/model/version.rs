use super::question::{Question, QuestionKind};
use super::service::ServiceTerms;
use crate::estate::Names;
use crate::policy::clock_face;
use serde::{Deserialize, Serialize};

/// The longest text of a service's terms, in characters.
pub const LONGEST_TERMS: u32 = 600;
/// The longest script for those who deliver it.
pub const LONGEST_SCRIPT: u32 = 3000;
/// The longest name of what is counted, or of a choice.
pub const LONGEST_NAME: u32 = 60;

/// The longest name in addresses.
pub const LONGEST_SLUG: u32 = 40;

/// A version of a service's terms, as the office looks back on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceVersion {
    /// What it says.
    pub terms: ServiceTerms,
    /// What those who deliver it say and do (A15).
    pub script: Option<Names>,
    /// Who published it; none where it came with the estate.
    pub by: Option<String>,
}

/// A version as a form says it: texts in English, in simplified and in traditional characters, numbers as they are typed.
/// What it is silent on is empty, or not ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceForm {
    /// What is done.
    pub content: Vec<String>,
    /// The standard that it is held to.
    pub standard: Vec<String>,
    /// What else holds; empty: nothing.
    pub conditions: Vec<String>,
    /// What those who deliver it say and do (A15); empty: nothing.
    pub script: Vec<String>,
    /// `hourly`
    pub price_rule: String,
    /// `128.50`; empty: none.
    pub price: String,
    /// What is counted: `page`; empty: nothing.
    pub pieces: Vec<String>,
    /// So many minutes before, or until it is done.
    pub lead_minutes: String,
    /// `vendor:` and its id.
    pub delivered_by: String,
    /// Whether the office gets it from an agency.
    pub is_agency: bool,
    /// When it is done from Monday to Sunday, and on holidays: `09:00-12:00, 14:00-22:00`; all empty: day and night.
    pub hours: Vec<String>,
    /// What is asked.
    pub questions: Vec<QuestionForm>,
}

/// A question as a form says it; one without any label is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuestionForm {
    /// Of one that is asked already: its name in answers.
    pub slug: String,
    /// What is asked, in English,
    pub label_en: String,
    /// in simplified
    pub label_hans: String,
    /// and in traditional characters.
    pub label_hant: String,
    /// `number`
    pub kind: String,
    /// `needed`, `optional`, or `removed`: it is not asked any more.
    pub need: String,
    /// What it tells of the order: `moment`, `hours`, `pieces`; empty: nothing.
    pub tells: String,
    /// Of a number: the least
    pub least: String,
    /// and the most.
    pub most: String,
    /// Of a choice: a line each, `Van | 商务车 | 商務車`.
    pub choices: String,
    /// Where it stands among the others: `3`; empty: behind them.
    pub place: String,
}

impl ServiceForm {
    /// What a version says: from it the next one begins.
    pub fn of(version: &ServiceVersion) -> Self {
        let terms = &version.terms;
        let hours = |weekday: u8| {
            let own = terms.hours.iter().filter(|one| one.weekday == weekday);
            own.map(|one| format!("{}-{}", clock_face(one.opens), clock_face(one.closes)))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let questions = terms.questions.iter().zip(1_usize..);
        Self {
            content: three(Some(&terms.content)),
            standard: three(Some(&terms.standard)),
            conditions: three(Some(&terms.conditions)),
            script: three(version.script.as_ref()),
            price_rule: terms.price_rule.tag().to_owned(),
            price: if terms.price == 0 { String::new() } else { sum(terms.price) },
            pieces: three(terms.pieces.as_ref()),
            lead_minutes: terms.lead_minutes.to_string(),
            delivered_by: terms.delivered_by.value(),
            is_agency: terms.is_agency,
            hours: (1..=8).map(hours).collect(),
            questions: questions.map(|(question, place)| QuestionForm::of(question, place, terms)).collect(),
        }
    }
}

impl QuestionForm {
    fn of(question: &Question, place: usize, terms: &ServiceTerms) -> Self {
        let is_it = |slug: &Option<String>| slug.as_deref() == Some(question.slug.as_str());
        let all = [("moment", &terms.moment_from), ("hours", &terms.hours_from), ("pieces", &terms.pieces_from)];
        let tells = all.into_iter().find(|(_, slug)| is_it(slug)).map_or("", |(tells, _)| tells);
        let bound = |bound: Option<i32>| bound.map(|bound| bound.to_string()).unwrap_or_default();
        let choices = question.choices.iter().map(|choice| three(Some(&choice.names)).join(" | "));
        Self {
            slug: question.slug.clone(),
            label_en: question.label.en.clone(),
            label_hans: question.label.hans.clone(),
            label_hant: question.label.hant.clone(),
            kind: question.kind.tag().to_owned(),
            need: if question.is_required { "needed" } else { "optional" }.to_owned(),
            tells: tells.to_owned(),
            least: bound(question.least),
            most: bound(question.most),
            choices: choices.collect::<Vec<_>>().join("\n"),
            place: place.to_string(),
        }
    }

    /// A row for one more question.
    pub fn empty() -> Self {
        let (kind, need) = (QuestionKind::Text.tag().to_owned(), "needed".to_owned());
        Self { kind, need, ..Self::default() }
    }
}

/// A text in each language; nothing in each where there is none.
fn three(names: Option<&Names>) -> Vec<String> {
    let text = |of: fn(&Names) -> &String| names.map(of).cloned().unwrap_or_default();
    vec![text(|names| &names.en), text(|names| &names.hans), text(|names| &names.hant)]
}

/// `30`, `30.50`
fn sum(minor: i64) -> String {
    match minor % 100 {
        0 => (minor / 100).to_string(),
        rest => format!("{}.{rest:02}", minor / 100),
    }
}
