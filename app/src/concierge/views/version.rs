use super::super::api::PublishService;
use super::super::model::{ServiceBook, ServiceChapter};
use super::version_question::question_row;
use crate::forms::Opened;
use crate::policy::weekday_word;
use crate::services::{
    Deliverer, LONGEST_NAME, LONGEST_SCRIPT, LONGEST_TERMS, PriceRule, QuestionForm, ServiceForm, ServiceKind,
    ServiceVersion,
};
use crate::texts::{Lang, Texts, texts};
use crate::ui::{Checkbox, Choice, Field, Hidden, Hold, Post, Select, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The form of a service's next version, which begins with the last one.
#[component]
pub(super) fn NextVersion(
    data: RwSignal<ServiceBook>,
    first: ServiceChapter,
    opened: Opened,
    hold: Hold,
) -> impl IntoView {
    let t = texts();
    let last = last_of(&first);
    let was = ServiceForm::of(&last);
    let id = first.service.id.to_string();
    let seen = Signal::derive(move || data.with(|book| book.chosen.as_ref().map(seen_of).unwrap_or_default()));
    let terms = match last.terms.kind() {
        ServiceKind::Ordered => ordered(t, &first, &was),
        ServiceKind::Booked(facility) => {
            let href = format!("/staff/facilities/{facility}/terms");
            elsewhere("calendar", t.version_booked(), (href, t.next_title()))
        }
        ServiceKind::Activities => {
            elsewhere("party", t.version_activities(), ("/staff/activities".to_owned(), t.staff_activities()))
        }
    };
    view! {
        <Post to=PublishService::PATH opened about=id.clone() seen hold>
            <Hidden name="service" value=id/>
            <Field name="since" label=t.version_since() hint=t.version_since_hint() kind="datetime-local" optional=true/>
            {texts_of(t, "content", t.version_content(), &was.content, LONGEST_TERMS, false)}
            {texts_of(t, "standard", t.service_standard(), &was.standard, LONGEST_TERMS, false)}
            {texts_of(t, "conditions", t.version_conditions(), &was.conditions, LONGEST_TERMS, true)}
            {terms}
            {texts_of(t, "script", t.version_script(), &was.script, LONGEST_SCRIPT, true)}
            <div class="submit">
                <button class="button" data-kind="primary">{icon("check")} " " {t.service_book_publish()}</button>
            </div>
        </Post>
    }
    .into_any()
}

/// The version that was published last; where none was, what stands for it.
fn last_of(chapter: &ServiceChapter) -> ServiceVersion {
    let none = || ServiceVersion { terms: chapter.service.terms.clone(), script: None, by: None };
    chapter.versions.first().cloned().unwrap_or_else(none)
}

/// On which version the next one is decided.
pub(super) fn seen_of(chapter: &ServiceChapter) -> String {
    last_of(chapter).terms.version.to_string()
}

/// What is not ordered is priced, open and given notice of elsewhere.
fn elsewhere(symbol: &str, said: &'static str, (href, name): (String, &'static str)) -> AnyView {
    view! {
        <div class="notice">{icon(symbol)} <div><p>{said} " " <a href=href>{name}</a></p></div></div>
    }
    .into_any()
}

/// Of what is ordered: its price, who delivers it, when, and what it asks.
fn ordered(t: Texts, chapter: &ServiceChapter, was: &ServiceForm) -> AnyView {
    let rules = PriceRule::ALL.map(|rule| Choice::new(rule.tag(), rule_word(t, rule))).to_vec();
    let count = was.questions.len();
    // What is asked, and a row for one more.
    let rows = was.questions.iter().cloned().chain([QuestionForm::empty()]).enumerate();
    let rows = rows.map(|(at, form)| question_row(t, at, at == count, form)).collect_view();
    view! {
        <fieldset class="stack">
            <legend>{t.booking_price()}</legend>
            <div class="pair">
                <Select name="terms[price_rule]" label=t.version_rule() choices=rules value=was.price_rule.clone()/>
                <Field name="terms[price]" label=t.service_book_price() hint=t.service_amount_hint() value=was.price.clone() autocomplete="off" optional=true/>
            </div>
            {names_of(t, "pieces", t.version_pieces(), &was.pieces)}
        </fieldset>
        <fieldset class="stack">
            <legend>{t.service_by()}</legend>
            <div class="pair">
                {deliverer(t, chapter, was.delivered_by.clone())}
                <Field name="terms[lead_minutes]" label=t.service_book_minutes() kind="number" value=was.lead_minutes.clone()/>
            </div>
            <Checkbox name="terms[is_agency]" label=t.version_agency() ticked=was.is_agency/>
        </fieldset>
        <fieldset class="stack">
            <legend>{t.service_hours()}</legend>
            <p class="hint soft">{t.version_hours_hint()}</p>
            <div class="pair">{hours(t, &was.hours)}</div>
        </fieldset>
        <fieldset class="stack">
            <legend>{t.version_questions()}</legend>
            <p class="hint soft">{t.version_questions_hint()}</p>
            {rows}
        </fieldset>
    }
    .into_any()
}

/// A text in the three languages, side by side.
fn texts_of(t: Texts, name: &str, label: &'static str, values: &[String], longest: u32, optional: bool) -> AnyView {
    let field = |(at, lang): (usize, Lang)| {
        let value = values.get(at).cloned().unwrap_or_default();
        view! {
            <Field name=format!("terms[{name}][{at}]") label=lang.own_name() kind="textarea" rows=4 longest value optional/>
        }
    };
    let fields = Lang::ALL.into_iter().enumerate().map(field).collect_view();
    let hint = optional.then(|| view! { <p class="hint soft">{t.version_all_or_none()}</p> });
    view! { <fieldset class="stack"><legend>{label}</legend>{hint} <div class="trio">{fields}</div></fieldset> }
        .into_any()
}

/// A name in the three languages, for what is counted.
fn names_of(t: Texts, name: &str, label: &'static str, values: &[String]) -> AnyView {
    let field = |(at, lang): (usize, Lang)| {
        let value = values.get(at).cloned().unwrap_or_default();
        let label = t.version_name_in(lang.own_name(), label);
        view! { <Field name=format!("terms[{name}][{at}]") label longest=LONGEST_NAME value optional=true/> }
    };
    let fields = Lang::ALL.into_iter().enumerate().map(field).collect_view();
    view! { <div class="trio">{fields}</div> }.into_any()
}

/// A department, somebody of the office, or a firm.
fn deliverer(t: Texts, chapter: &ServiceChapter, value: String) -> AnyView {
    let departments =
        chapter.departments.iter().map(|one| Choice::new(Deliverer::Department(one.id).value(), one.names.of(t.lang)));
    let people = chapter.people.iter().map(|(id, name)| Choice::new(Deliverer::Person(*id).value(), name));
    let vendors = chapter.vendors.iter().map(|one| Choice::new(Deliverer::Vendor(one.id).value(), &one.name));
    let groups: Vec<(String, Vec<Choice>)> = vec![
        (t.version_by_department().to_owned(), departments.collect()),
        (t.version_by_person().to_owned(), people.collect()),
        (t.version_by_vendor().to_owned(), vendors.collect()),
    ];
    view! { <Select name="terms[delivered_by]" label=t.version_by() choices=Vec::new() groups value empty=t.service_choose()/> }.into_any()
}

/// From Monday on; the last is of holidays.
fn hours(t: Texts, values: &[String]) -> AnyView {
    let field = |at: usize| {
        let label = if at == 7 { t.service_holidays() } else { weekday_word(t, at) };
        let value = values.get(at).cloned().unwrap_or_default();
        view! { <Field name=format!("terms[hours][{at}]") label value optional=true autocomplete="off"/> }
    };
    (0..8).map(field).collect_view().into_any()
}

fn rule_word(t: Texts, rule: PriceRule) -> &'static str {
    match rule {
        PriceRule::Free => t.price_free(),
        PriceRule::Fixed => t.version_rule_fixed(),
        PriceRule::Hourly => t.version_rule_hourly(),
        PriceRule::Quote => t.version_rule_quote(),
    }
}
