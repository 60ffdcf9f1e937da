//! What a policy says, to read: prose and tables, section by section.

use crate::estate::Names;
use crate::people::role_word;
use crate::policy::{
    Book, ClockKind, ClockRule, Counts, Section, Terms, clock_face, clock_word, counts_word, days_text, hours_text,
    length_word, stops_word, weekday_word,
};
use crate::requests::urgency_word;
use crate::services::Urgency;
use crate::texts::Texts;
use leptos::prelude::*;

/// One section of some terms; the book names categories and departments.
pub fn section_view(t: Texts, section: Section, terms: &Terms, book: &Book) -> AnyView {
    match section {
        Section::Calendar => calendar(t, terms),
        Section::Clocks => clocks(t, terms, book),
        Section::Desk => desk(t, terms),
        Section::Routes => routes(t, terms, book),
        Section::Quality => quality(t, terms),
    }
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn facts(facts: Vec<AnyView>) -> AnyView {
    view! { <dl class="facts" data-as="rows">{facts}</dl> }.into_any()
}

fn calendar(t: Texts, terms: &Terms) -> AnyView {
    let week = terms.calendar.week.iter().enumerate();
    let week = week.map(|(day, hours)| fact(weekday_word(t, day), hours_text(t, hours))).collect();
    let days = terms.calendar.days.iter().map(|special| {
        view! { <li>{t.policy_day_line(days_text(t, special), hours_text(t, &special.hours), &special.name)}</li> }
    });
    let days = days.collect_view();
    let days = if terms.calendar.days.is_empty() {
        view! { <p class="soft">{t.policy_days_none()}</p> }.into_any()
    } else {
        view! { <ul class="plain">{days}</ul> }.into_any()
    };
    view! {
        {facts(week)}
        <h3>{t.policy_days_title()}</h3>
        {days}
        <h3>{t.policy_duty()}</h3>
        {facts(vec![
            fact(t.policy_duty_workdays(), hours_text(t, &[terms.duty.workdays])),
            fact(t.policy_duty_other(), hours_text(t, &[terms.duty.other_days])),
        ])}
    }
    .into_any()
}

fn clocks(t: Texts, terms: &Terms, book: &Book) -> AnyView {
    let general = clock_table(t, t.policy_general(), |kind, urgency| terms.clock(kind, None, urgency));
    let own = book.categories.iter().filter_map(|category| {
        let rules: Vec<ClockRule> =
            terms.clocks.iter().copied().filter(|rule| rule.category == Some(category.id)).collect();
        let find = |kind, urgency| rules.iter().copied().find(|rule| (rule.kind, rule.urgency) == (kind, urgency));
        (!rules.is_empty()).then(|| clock_table(t, category.names.of(t.lang), find))
    });
    view! { <div class="stack">{general} {own.collect_view()}</div> }.into_any()
}

fn clock_table(t: Texts, title: &str, rule: impl Fn(ClockKind, Urgency) -> Option<ClockRule>) -> AnyView {
    let heads = Urgency::ALL.into_iter().map(|urgency| view! { <th scope="col">{urgency_word(t, urgency)}</th> });
    let rows = ClockKind::ALL.into_iter().map(|kind| {
        let cells = Urgency::ALL.into_iter().map(|urgency| match rule(kind, urgency) {
            Some(rule) => {
                let tone = if rule.counts == Counts::Working { "" } else { "always" };
                let length = length_word(t, rule.minutes.into());
                view! { <td data-counts=tone>{length} <small>{counts_word(t, rule.counts)}</small></td> }.into_any()
            }
            None => view! { <td class="soft">{t.policy_as_general()}</td> }.into_any(),
        });
        view! { <tr><th scope="row">{clock_word(t, kind)}</th>{cells.collect_view()}</tr> }.into_any()
    });
    let (title, label) = (title.to_owned(), title.to_owned());
    view! {
        <div class="scroll" role="group" aria-label=label tabindex="0">
            <table class="table lengths">
                <caption>{title}</caption>
                <thead><tr><th scope="col">{t.policy_clock()}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn desk(t: Texts, terms: &Terms) -> AnyView {
    let desk = &terms.desk;
    let chain = desk.chain.iter().map(|rung| {
        let role = role_word(t, rung.role);
        let said = match rung.after_minutes {
            0 => t.policy_rung_at_once(role),
            minutes => t.policy_rung_after(t.span_minutes(minutes), role),
        };
        view! { <li>{said}</li> }
    });
    let chain = chain.collect_view();
    view! {
        {facts(vec![
            fact(t.policy_three_minutes(), t.policy_three_minutes_say(t.span_minutes(desk.minutes), stops_word(t, desk.stops_at))),
            fact(t.policy_answer_until(), t.policy_answer_until_say(clock_face(desk.answer_until))),
            fact(t.policy_orphan(), t.policy_orphan_say(t.span_hours(desk.orphan_hours))),
            fact(t.policy_mail(), t.policy_mail_say(desk.mail_days)),
        ])}
        <h3>{t.policy_chain()}</h3>
        <ol class="plain">{chain}</ol>
    }
    .into_any()
}

fn routes(t: Texts, terms: &Terms, book: &Book) -> AnyView {
    let department = |names: &Names| names.of(t.lang).to_owned();
    let rows = book.categories.iter().map(|category| {
        let to = terms.route(category.id);
        let to = to.and_then(|id| book.departments.iter().find(|department| department.id == id));
        let to = to.map_or_else(|| t.policy_route_catalogue().to_owned(), |to| department(&to.names));
        let name = department(&category.names);
        view! { <div><dt>{name}</dt><dd>{to}</dd></div> }.into_any()
    });
    facts(rows.collect())
}

fn quality(t: Texts, terms: &Terms) -> AnyView {
    let (sampling, closing, detector, orders) = (terms.sampling, terms.closing, terms.detector, terms.orders);
    facts(vec![
        fact(t.policy_sample_complaints(), t.policy_percent(sampling.complaints)),
        fact(t.policy_sample_on_site(), t.policy_percent(sampling.on_site)),
        fact(t.policy_sample_requests(), t.policy_percent(sampling.requests)),
        fact(t.policy_object_days(), t.span_days(closing.object_days)),
        fact(t.policy_attempts(), t.policy_times(closing.attempts)),
        fact(
            t.policy_detector(),
            t.policy_detector_say(length_word(t, detector.within_minutes.into()), detector.reports),
        ),
        fact(t.policy_quote_days(), t.span_days(orders.quote_days)),
        fact(t.policy_word_days(), t.span_days(orders.word_days)),
        fact(t.policy_rework_hours(), t.span_hours(orders.rework_hours)),
    ])
}
