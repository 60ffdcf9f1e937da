use super::super::rules::LONGEST_NOTE;
use super::super::words::{field_kind, service_price_text};
use crate::fault::Fault;
use crate::moment::Wall;
use crate::offline::as_arrived;
use crate::services::{Answers, LONGEST_LINE, LONGEST_LINES, Question, QuestionKind, ServicePart, ServiceTerms};
use crate::texts::{Texts, texts};
use crate::ui::{Check, Choice, Field, Select, changing, form_state, icon};
use leptos::prelude::*;
use std::sync::Arc;

/// The fields of a service's questions, and one for anything else; with answers to begin from.
#[component]
pub(super) fn Questions(terms: ServiceTerms, proposed: Answers, note: Option<String>) -> impl IntoView {
    let t = texts();
    let fields = terms.questions.iter().map(|question| {
        let value = proposed.get(&question.slug).cloned().unwrap_or_default();
        field(t, question, value)
    });
    let parts = terms.parts.iter().map(|part| asked_part(t, part, &proposed)).collect_view();
    view! {
        {fields.collect_view()}
        {parts}
        <Field
            name="note" label=t.service_note() kind="textarea" rows=2 longest=LONGEST_NOTE optional=true
            value=note.unwrap_or_default()
        />
    }
}

/// A part of a bundle: who does it, what it costs, and what it asks.
fn asked_part(t: Texts, part: &ServicePart, proposed: &Answers) -> AnyView {
    let asked = part.terms_in_form().map(|terms| {
        let one = |question: &Question| field(t, question, proposed.get(&question.slug).cloned().unwrap_or_default());
        terms.questions.iter().map(one).collect_view()
    });
    let hint = match &part.item {
        Some(item) => t.service_part_by(service_price_text(t, &item.terms), item.terms.deliverer.of(t.lang)),
        None => t.service_part_booked().to_owned(),
    };
    view! {
        <fieldset class="stack">
            <legend>{icon(&part.icon)} " " {part.names.of(t.lang).to_owned()}</legend>
            <p class="hint soft">{hint}</p>
            {asked}
        </fieldset>
    }
    .into_any()
}

/// What is to be booked with it is another's then: when it could be had instead.
#[component]
pub(super) fn Elsewhen(wall: Wall) -> impl IntoView {
    let t = texts();
    let fault = form_state().fault;
    changing(move || {
        let Some(Fault::Taken { instead, .. }) = fault.get() else { return None };
        let at = |seconds: &i64| chrono::DateTime::from_timestamp(*seconds, 0);
        let times: Vec<_> = instead.iter().filter_map(at).map(|at| wall.at(at).full(t)).collect();
        let lines = times.into_iter().map(|time| view! { <li>{time}</li> }).collect_view();
        Some(view! {
            <div class="notice" data-tone="risk">
                {icon("clock")}
                <div><p>{t.service_part_instead()}</p><ul class="plain">{lines}</ul></div>
            </div>
        })
    })
}

fn field(t: Texts, question: &Question, value: String) -> AnyView {
    let (name, label) = (question.field(), question.label.of(t.lang).to_owned());
    let hint = question.hint.as_ref().map(|hint| hint.of(t.lang).to_owned()).unwrap_or_default();
    let optional = !question.is_required;
    let choices = match question.kind {
        QuestionKind::Choice => {
            question.choices.iter().map(|choice| Choice::new(choice.value.clone(), choice.names.of(t.lang))).collect()
        }
        QuestionKind::YesNo => vec![Choice::new("yes", t.service_yes()), Choice::new("no", t.service_no())],
        _ => Vec::new(),
    };
    if !choices.is_empty() {
        let empty = t.service_choose();
        return view! { <Select name label choices value optional empty/> }.into_any();
    }
    let longest = match question.kind {
        QuestionKind::Text => LONGEST_LINE,
        QuestionKind::LongText => LONGEST_LINES,
        QuestionKind::Phone => 40,
        _ => 0,
    };
    let hint = match (question.least, question.most) {
        (Some(least), Some(most)) if hint.is_empty() => t.service_between(least, most),
        _ => hint,
    };
    let autocomplete = if question.kind == QuestionKind::Phone { "tel" } else { "off" };
    view! { <Field name label hint kind=field_kind(question.kind) value longest optional autocomplete/> }.into_any()
}

/// What is wrong with the answers, as far as the browser can say: the same that the server says.
pub(super) fn check(terms: ServiceTerms) -> Check {
    Arc::new(move |body| {
        let fields = as_arrived(body);
        let slug = |name: &str| Some(name.strip_prefix("answers[")?.strip_suffix(']')?.to_owned());
        let typed = fields.iter().filter_map(|(name, value)| Some((slug(name)?, value.to_owned()))).collect();
        terms.read_whole(&typed).map(drop)
    })
}
