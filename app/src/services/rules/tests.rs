//! What the tests of the rules order.

use crate::estate::Names;
use crate::moment::Moment;
use crate::services::model::{AnswerChoice, Deliverer, PriceRule, Question, QuestionKind, ServiceTerms};
use uuid::Uuid;

fn names() -> Names {
    Names { en: String::new(), hans: String::new(), hant: String::new() }
}

/// A question that must be answered; a number is 1 to 10, a choice of a van and a car.
pub fn question(slug: &str, kind: QuestionKind) -> Question {
    let bound = |bound| (kind == QuestionKind::Number).then_some(bound);
    let choice = |value: &str| AnswerChoice { value: value.to_owned(), names: names() };
    let choices = if kind == QuestionKind::Choice { vec![choice("van"), choice("car")] } else { Vec::new() };
    Question {
        slug: slug.to_owned(),
        kind,
        label: names(),
        hint: None,
        is_required: true,
        least: bound(1),
        most: bound(10),
        choices,
    }
}

/// Terms that ask these, and are priced so.
pub fn terms(price_rule: PriceRule, price: i64, questions: Vec<Question>) -> ServiceTerms {
    ServiceTerms {
        version: 1,
        since: Moment::UNIX_EPOCH,
        content: names(),
        standard: names(),
        conditions: names(),
        price_rule,
        price,
        currency: "CNY".to_owned(),
        moment_from: None,
        hours_from: None,
        pieces_from: None,
        pieces: None,
        lead_minutes: 60,
        is_agency: false,
        facility: None,
        is_activities: false,
        delivered_by: Deliverer::Department(Uuid::nil().into()),
        deliverer: names(),
        hours: Vec::new(),
        questions,
        parts: Vec::new(),
    }
}
