//! What orders, their prices and their stages are called.

use super::model::{OrderPart, ServiceMove, ServiceNews, ServiceOrder, ServiceStage, SignedBy};
use crate::bookings::money;
use crate::moment::{day, span};
use crate::policy::weekday_word;
use crate::services::{Answer, Line, PriceRule, Question, QuestionKind, ServiceHours, ServiceTerms};
use crate::texts::Texts;
use crate::ui::WallClock;

/// Where an order stands, in a word.
pub fn service_stage_word(t: Texts, stage: ServiceStage) -> &'static str {
    match stage {
        ServiceStage::Requested => t.service_requested(),
        ServiceStage::Quoted => t.service_quoted(),
        ServiceStage::Signed => t.service_signed(),
        ServiceStage::Delivering => t.service_delivering(),
        ServiceStage::Delivered => t.service_delivered(),
        ServiceStage::Accepted => t.service_accepted(),
        ServiceStage::Unconfirmed => t.service_unconfirmed(),
        ServiceStage::Rework => t.service_rework(),
        ServiceStage::Billed => t.service_billed(),
        ServiceStage::Referred => t.service_referred(),
        ServiceStage::Archived => t.service_archived(),
        ServiceStage::Declined => t.service_declined(),
        ServiceStage::Withdrawn => t.service_withdrawn(),
        ServiceStage::Lapsed => t.service_lapsed(),
    }
}

/// Its symbol.
pub fn service_stage_icon(stage: ServiceStage) -> &'static str {
    match stage {
        ServiceStage::Requested => "clock",
        ServiceStage::Quoted => "pen",
        ServiceStage::Signed | ServiceStage::Delivered => "check",
        ServiceStage::Delivering => "truck",
        ServiceStage::Accepted | ServiceStage::Billed => "check-circle",
        ServiceStage::Rework => "retry",
        ServiceStage::Referred => "alert",
        ServiceStage::Unconfirmed | ServiceStage::Archived => "history",
        ServiceStage::Declined | ServiceStage::Withdrawn | ServiceStage::Lapsed => "cross",
    }
}

/// What a service line is called (A1).
pub fn line_word(t: Texts, line: Line) -> &'static str {
    match line {
        Line::Customer => t.line_customer(),
        Line::Security => t.line_security(),
        Line::Maintenance => t.line_maintenance(),
        Line::Cleaning => t.line_cleaning(),
        Line::Conference => t.line_conference(),
    }
}

/// `Free of charge`, `¥30 an hour, each zone`.
pub fn service_price_text(t: Texts, terms: &ServiceTerms) -> String {
    let amount = money(terms.price, &terms.currency);
    if !terms.parts.is_empty() {
        return t.service_price_bundle(amount);
    }
    let piece = terms.pieces.as_ref().map(|pieces| pieces.of(t.lang));
    match (terms.price_rule, piece) {
        (PriceRule::Free, _) => t.price_free().to_owned(),
        (PriceRule::Quote, _) => t.service_price_quote().to_owned(),
        (PriceRule::Fixed, None) => amount,
        (PriceRule::Fixed, Some(piece)) => t.service_price_each(amount, piece),
        (PriceRule::Hourly, None) => t.price_per_hour(amount),
        (PriceRule::Hourly, Some(piece)) => t.service_price_hour_each(amount, piece),
    }
}

/// How a sum will come about, before anything is ordered: `¥120 an hour × hours × zone` (J9); none where it is the price.
pub fn rule_text(t: Texts, terms: &ServiceTerms) -> Option<String> {
    let rate = money(terms.price, &terms.currency);
    let piece = terms.pieces.as_ref().map(|pieces| pieces.of(t.lang));
    match (terms.price_rule, piece) {
        (PriceRule::Fixed, Some(piece)) => Some(t.service_rule_pieces(piece, rate)),
        (PriceRule::Hourly, None) => Some(t.service_rule_hours(t.price_per_hour(rate))),
        (PriceRule::Hourly, Some(piece)) => Some(t.service_rule_both(piece, t.price_per_hour(rate))),
        _ => None,
    }
}

/// How the sum comes about: `¥120 an hour × 3 h × zone × 2 = ¥720` (J9); none where it is a sum from the beginning.
pub fn formula_text(t: Texts, order: &ServiceOrder, terms: &ServiceTerms) -> Option<String> {
    let (minutes, pieces) = (order.minutes, order.pieces);
    formula(t, order.price_rule, (order.rate, order.amount?, &order.currency), (minutes, pieces), terms)
}

/// The same of a part of a bundle, in the currency of its order.
pub fn part_formula_text(t: Texts, part: &OrderPart, currency: &str) -> Option<String> {
    let terms = part.terms.as_ref()?;
    formula(t, part.price_rule, (part.rate, part.amount, currency), (part.minutes, part.pieces), terms)
}

fn formula(
    t: Texts,
    rule: PriceRule,
    (rate, sum, currency): (i64, i64, &str),
    (minutes, pieces): (Option<u32>, Option<u32>),
    terms: &ServiceTerms,
) -> Option<String> {
    let (sum, rate) = (money(sum, currency), money(rate, currency));
    let piece = |count: u32| t.service_formula_pieces(count, terms.pieces.as_ref().map_or("", |one| one.of(t.lang)));
    match (rule, minutes, pieces) {
        (PriceRule::Fixed, _, Some(pieces)) => Some(t.service_formula(piece(pieces), rate, sum)),
        (PriceRule::Hourly, Some(minutes), None) => {
            Some(t.service_formula(span(t, minutes.into()), t.price_per_hour(rate), sum))
        }
        (PriceRule::Hourly, Some(minutes), Some(pieces)) => {
            let (rate, hours) = (t.price_per_hour(rate), span(t, minutes.into()));
            Some(t.service_formula_both(hours, piece(pieces), rate, sum))
        }
        _ => None,
    }
}

/// How long before, or how long it takes.
pub fn lead_text(t: Texts, terms: &ServiceTerms) -> String {
    let length = span(t, terms.lead_minutes.into());
    match (&terms.moment_from, terms.lead_minutes) {
        (_, 0) => t.service_lead_none().to_owned(),
        (Some(_), _) => t.service_lead_before(length),
        (None, _) => t.service_lead_takes(length),
    }
}

/// When it is done, a line for each kind of day: `Mon–Fri 09:00–18:00`.
pub fn service_hours_text(t: Texts, hours: &[ServiceHours]) -> Vec<String> {
    if hours.is_empty() {
        return vec![t.service_always().to_owned()];
    }
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let of = |weekday: u8| {
        let own = hours.iter().filter(|one| one.weekday == weekday);
        own.map(|one| format!("{}–{}", clock(one.opens), clock(one.closes))).collect::<Vec<_>>().join(", ")
    };
    let mut lines: Vec<(u8, u8, String)> = Vec::new();
    for weekday in 1..=8 {
        let text = of(weekday);
        match lines.last_mut() {
            Some((_, until, before)) if *before == text && weekday < 8 => *until = weekday,
            _ => lines.push((weekday, weekday, text)),
        }
    }
    let line = |(from, until, text): (u8, u8, String)| {
        let days = if from == until {
            weekday(t, from).to_owned()
        } else {
            format!("{}–{}", weekday(t, from), weekday(t, until))
        };
        if text.is_empty() { t.service_closed_on(days) } else { t.service_open_on(days, text) }
    };
    lines.into_iter().map(line).collect()
}

/// A day of its hours: 1 to 7 from Monday on, 8 on a holiday.
fn weekday(t: Texts, number: u8) -> &'static str {
    if number == 8 { t.service_holidays() } else { weekday_word(t, usize::from(number.max(1)) - 1) }
}

/// An answer as people read it.
pub fn answer_text(t: Texts, question: &Question, kept: &str) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    match question.read(kept) {
        Ok(Some(Answer::Day(on))) => day(t, on),
        Ok(Some(Answer::Time(minute))) => clock(minute),
        Ok(Some(Answer::Moment(at))) => {
            let text = question.kept(&Answer::Moment(at));
            let time = text.split_once('T').map_or("", |(_, time)| time).to_owned();
            t.when_full(day(t, at.date()), time)
        }
        Ok(Some(Answer::Choice(place))) => {
            question.choices.get(place).map(|choice| choice.names.of(t.lang).to_owned()).unwrap_or_default()
        }
        Ok(Some(Answer::Yes(yes))) => if yes { t.service_yes() } else { t.service_no() }.to_owned(),
        _ => kept.to_owned(),
    }
}

/// Of which kind a field is that asks for it.
pub fn field_kind(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::LongText => "textarea",
        QuestionKind::Number => "number",
        QuestionKind::Date => "date",
        QuestionKind::Time => "time",
        QuestionKind::Moment => "datetime-local",
        QuestionKind::Phone => "tel",
        QuestionKind::Text | QuestionKind::Choice | QuestionKind::YesNo => "text",
    }
}

/// How a charge notice was signed.
pub fn signed_text(t: Texts, means: SignedBy, signer: &str, when: String) -> String {
    match means {
        SignedBy::Confirm => t.service_signed_confirm(signer, when),
        SignedBy::Glass => t.service_signed_glass(signer, when),
        SignedBy::Tick => t.service_signed_tick(signer, when),
    }
}

/// A move of the office's: its symbol and word.
pub fn service_move_word(t: Texts, what: ServiceMove) -> (&'static str, &'static str) {
    match what {
        ServiceMove::Quote => ("pen", t.service_do_quote()),
        ServiceMove::SignHere => ("pen", t.service_do_sign_here()),
        ServiceMove::Start => ("truck", t.service_do_start()),
        ServiceMove::Deliver => ("check", t.service_do_deliver()),
        ServiceMove::Promise => ("clock", t.service_do_promise()),
        ServiceMove::Decline => ("cross", t.service_do_decline()),
        ServiceMove::Refer => ("alert", t.service_do_refer()),
        ServiceMove::Archive => ("history", t.service_do_archive()),
        _ => ("user-check", t.service_do_take()),
    }
}

/// What is told of an order, as one sentence.
pub fn service_news_text(t: Texts, news: &ServiceNews, service: &str, clock: WallClock) -> String {
    match news {
        ServiceNews::Asked => t.told_service_asked(service),
        ServiceNews::TakenDown => t.told_service_taken_down(service),
        ServiceNews::Quoted { amount, currency } => t.told_service_quoted(money(*amount, currency), service),
        ServiceNews::Signed => t.told_service_signed(service),
        ServiceNews::Yours => t.told_service_yours(service),
        ServiceNews::Promised { until } => t.told_service_promised(service, clock.at(*until).full(t)),
        ServiceNews::Begun => t.told_service_begun(service),
        ServiceNews::Came => t.told_service_came(service),
        ServiceNews::SentBack { words } => t.told_service_sent_back(service, words),
        ServiceNews::Refused { words } => t.told_service_refused(service, words),
        ServiceNews::Declined { reason } => t.told_service_declined(reason, service),
        ServiceNews::Withdrawn => t.told_service_withdrawn(service),
        ServiceNews::Lapsed => t.told_service_lapsed(service),
        ServiceNews::Late { until } => t.told_service_late(service, clock.at(*until).full(t)),
        ServiceNews::Unconfirmed => t.told_service_unconfirmed(service),
        ServiceNews::PartLapsed => t.told_service_part_lapsed(service),
        ServiceNews::NobodyDelivers => t.told_service_nobody_delivers(service),
    }
}

/// Its symbol.
pub fn service_news_icon(news: &ServiceNews) -> &'static str {
    match news {
        ServiceNews::Asked | ServiceNews::TakenDown => "list",
        ServiceNews::Quoted { .. } | ServiceNews::Signed => "pen",
        ServiceNews::Promised { .. } | ServiceNews::Late { .. } => "clock",
        ServiceNews::Begun | ServiceNews::Yours => "truck",
        ServiceNews::Came => "check",
        ServiceNews::SentBack { .. } => "retry",
        ServiceNews::Refused { .. } | ServiceNews::PartLapsed | ServiceNews::NobodyDelivers => "alert",
        ServiceNews::Unconfirmed => "history",
        ServiceNews::Declined { .. } | ServiceNews::Withdrawn | ServiceNews::Lapsed => "cross",
    }
}
