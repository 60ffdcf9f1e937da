use super::super::model::{ChargeNotice, Made, OrderPart, ServiceCard, ServiceOrder, ServicePromise, ServiceStage};
use super::super::words::{
    answer_text, formula_text, lead_text, part_formula_text, rule_text, service_hours_text, service_price_text,
    service_stage_icon, service_stage_word, signed_text,
};
use crate::asking::Reply;
use crate::bookings::{booking_stage_word, money, what_is_booked};
use crate::estate::Names;
use crate::services::{Answers, Service, ServiceTerms};
use crate::texts::Texts;
use crate::ui::{WallClock, icon};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// Leads on to what was made, where scripts run.
pub(super) fn go_on(then: &'static str) -> Callback<Reply> {
    let navigate = use_navigate();
    Callback::new(move |reply: Reply| {
        if let Ok(Made { code }) = reply.open() {
            navigate(&then.replace("{code}", &code), Default::default());
        }
    })
}

/// An order's stage: symbol, word and colour.
pub(super) fn stage_chip(t: Texts, stage: ServiceStage) -> AnyView {
    view! {
        <span class="chip" data-stage=stage.tag()>{icon(service_stage_icon(stage))} " " {service_stage_word(t, stage)}</span>
    }
    .into_any()
}

/// An order as a row that leads to its page.
pub(super) fn row(t: Texts, card: &ServiceCard, clock: WallClock) -> AnyView {
    let order = &card.order;
    view! {
        <a class="row" href=format!("/services/orders/{}", order.code)>
            {icon(&card.icon)}
            <span class="body">
                <span>{card.service.of(t.lang).to_owned()}</span>
                <span class="hint">
                    {clock.near(t, order.needed_at.unwrap_or(order.made_at))} " · "
                    <span class="code">{order.code.clone()}</span>
                </span>
            </span>
            {stage_chip(t, order.stage)}
            {icon("chevron")}
        </a>
    }
    .into_any()
}

pub(super) fn fact(name: &'static str, value: impl IntoAny) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value.into_any()}</dd></div> }.into_any()
}

/// What is done and to which standard, what it costs, who does it and when: before the form, not behind it.
pub(super) fn about(t: Texts, service: &Service) -> AnyView {
    let terms = &service.terms;
    let text = |names: &Names| names.of(t.lang).to_owned();
    let is_ordered = terms.is_ordered();
    let hours = service_hours_text(t, &terms.hours).into_iter().map(|line| view! { <span class="day">{line}</span> });
    let hours = hours.collect_view();
    let rule = rule_text(t, terms).map(|rule| view! { <span class="hint formula">{rule}</span> });
    let price = view! { {service_price_text(t, terms)} {rule} }.into_any();
    // What is wanted at a time is done in these hours; else they are when whoever orders it is answered.
    let when = if terms.moment_from.is_some() { t.service_hours() } else { t.service_hours_answered() };
    view! {
        <p>{text(&terms.content)}</p>
        <dl class="facts">
            {fact(t.service_standard(), text(&terms.standard))}
            {is_ordered.then(|| fact(t.booking_price(), price))}
            {is_ordered.then(|| fact(t.service_lead(), lead_text(t, terms)))}
            {fact(t.service_by(), text(&terms.deliverer))}
            {is_ordered.then(|| fact(when, hours))}
        </dl>
        <p class="hint soft">{text(&terms.conditions)}</p>
    }
    .into_any()
}

/// What those who deliver it say and do: the office's own (A15).
pub(super) fn script(t: Texts, words: &Names) -> AnyView {
    view! {
        <details class="script" open>
            <summary>{t.service_script()}</summary>
            <p class="words">{words.of(t.lang).to_owned()}</p>
        </details>
    }
    .into_any()
}

/// What was asked, and answered.
pub(super) fn answers(t: Texts, order: &ServiceOrder, terms: &ServiceTerms) -> AnyView {
    answered(t, &order.answers, terms)
}

fn answered(t: Texts, answers: &Answers, terms: &ServiceTerms) -> AnyView {
    let answered = terms.questions.iter().filter_map(|question| {
        let kept = answers.get(&question.slug)?;
        let label = question.label.of(t.lang).to_owned();
        Some(view! { <div><dt>{label}</dt><dd>{answer_text(t, question, kept)}</dd></div> })
    });
    answered.collect_view().into_any()
}

/// What it costs, and how that comes about.
pub(super) fn cost(t: Texts, order: &ServiceOrder, terms: &ServiceTerms) -> AnyView {
    let sum = match order.amount {
        None => t.service_not_priced().to_owned(),
        Some(0) => t.price_free().to_owned(),
        Some(amount) => money(amount, &order.currency),
    };
    let formula = formula_text(t, order, terms).map(|line| view! { <span class="hint formula">{line}</span> });
    let said = order.quote_note.clone().map(|note| view! { <span class="hint">{note}</span> });
    view! { <span class="sum">{sum}</span> {formula} {said} }.into_any()
}

/// The times that were told: those that do not hold any more struck through, with why.
pub(super) fn promised(t: Texts, promises: &[ServicePromise], order: &ServiceOrder, clock: WallClock) -> AnyView {
    let count = promises.len();
    let line = |(at, promise): (usize, &ServicePromise)| {
        let when = clock.at(promise.due_at).full(t);
        let why = promise.reason.clone().map(|why| view! { <span class="hint">{why}</span> });
        if at + 1 < count {
            view! { <span class="day"><s>{when}</s></span> }.into_any()
        } else {
            view! { <span class="day">{when} " " {why}</span> }.into_any()
        }
    };
    let came = order.arrived_at.map(|at| {
        let when = clock.at(at).full(t);
        match order.came_in_time() {
            Some(true) => {
                view! { <span class="day">{icon("check")} " " {t.service_came_in_time(when)}</span> }.into_any()
            }
            Some(false) => {
                view! { <span class="day">{icon("alert")} " " {t.service_came_late(when)}</span> }.into_any()
            }
            None => view! { <span class="day">{t.service_came_at(when)}</span> }.into_any(),
        }
    });
    view! { {promises.iter().enumerate().map(line).collect_view()} {came} }.into_any()
}

/// Who signed, how and when.
pub(super) fn signed(t: Texts, notice: &ChargeNotice, clock: WallClock) -> String {
    signed_text(t, notice.means, &notice.signer, clock.at(notice.signed_at).full(t))
}

/// How it was, on four axes.
pub(super) fn rated(t: Texts, order: &ServiceOrder) -> Option<String> {
    let rating = order.rating?;
    let stars = t.service_rated(rating.attitude, rating.conduct, rating.result, rating.speed);
    Some(match &order.rated_words {
        Some(words) => format!("{stars} · {words}"),
        None => stars,
    })
}

/// The parts of a bundle, and what it costs itself: who does each, when, what was answered, and what it costs. What is booked
/// leads to its page, for those who may open it under that address.
pub(super) fn lines(
    t: Texts,
    order: &ServiceOrder,
    parts: &[OrderPart],
    clock: WallClock,
    bookings: Option<&'static str>,
) -> AnyView {
    let line = |part: &OrderPart| {
        let who = part.terms.as_ref().map(|terms| fact(t.service_by(), terms.deliverer.of(t.lang).to_owned()));
        let when = part.needed_at.map(|at| fact(t.charge_time(), clock.at(at).full(t)));
        let asked = part.terms.as_ref().map(|terms| answered(t, &part.answers, terms));
        let booked = part.booking.as_ref().map(|card| {
            let what = what_is_booked(t, card);
            let what = match bookings {
                Some(path) => view! { <a href=format!("{path}/{}", card.booking.code)>{what}</a> }.into_any(),
                None => what.into_any(),
            };
            let stage = booking_stage_word(t, card.booking.stage);
            fact(t.service_part_booking(), view! { {what} " · " {stage} })
        });
        let cost = money_text(t, part.amount, &order.currency);
        let formula = part_formula_text(t, part, &order.currency);
        view! {
            <li>
                <h3>{icon(&part.icon)} " " {part.names.of(t.lang).to_owned()}</h3>
                <dl class="facts">
                    {when} {who} {asked} {booked}
                    {fact(t.booking_price(), view! { <span class="sum">{cost}</span> {formula.map(|line| view! { <span class="hint formula">{line}</span> })} })}
                </dl>
            </li>
        }
    };
    let all = parts.iter().map(line).collect_view();
    let own = money_text(t, order.rate, &order.currency);
    view! {
        <section class="stack" aria-labelledby="parts">
            <h2 id="parts">{t.service_parts()}</h2>
            <ul class="plain bundle">{all}</ul>
            <p class="soft">{t.service_part_own(own)}</p>
        </section>
    }
    .into_any()
}

/// The lines of a charge notice: each part, and what the bundle costs itself.
pub(super) fn notice_lines(t: Texts, order: &ServiceOrder, parts: &[OrderPart]) -> AnyView {
    let line = |part: &OrderPart| {
        let name = part.names.of(t.lang).to_owned();
        view! { <div><dt>{name}</dt><dd>{money_text(t, part.amount, &order.currency)}</dd></div> }
    };
    let all = parts.iter().map(line).collect_view();
    view! { {all} {fact(t.service_part_fee(), money_text(t, order.rate, &order.currency))} }.into_any()
}

fn money_text(t: Texts, amount: i64, currency: &str) -> String {
    if amount == 0 { t.price_free().to_owned() } else { money(amount, currency) }
}
