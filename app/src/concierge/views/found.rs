use super::super::model::{ServiceDesk, ServiceFigures, ServiceYear};
use crate::insights::{FEW, Measured, below};
use crate::moment::month_of;
use crate::requests::{Ends, TARGET, satisfaction};
use crate::texts::Texts;
use crate::ui::icon;
use chrono::{Months, NaiveDate};
use leptos::prelude::*;

/// How each service was found, held against the target (A2): what is below it, the last ninety days, and the months.
pub(super) fn found(t: Texts, desk: &ServiceDesk) -> AnyView {
    if desk.figures.is_empty() && desk.years.is_empty() {
        return ().into_any();
    }
    let measured = desk.figures.iter().map(|one| Measured {
        name: one.names.of(t.lang),
        href: format!("/staff/services/book?service={}", one.slug),
        rated: one.rated,
        found: one.satisfaction(),
    });
    view! {
        {below(t, measured.collect(), t.service_alert_lead(FEW))}
        {live(t, &desk.figures)}
        {months(t, desk.first_month, &desk.years)}
    }
    .into_any()
}

fn percent(part: Option<u64>) -> String {
    part.map_or_else(|| "–".to_owned(), |part| format!("{} %", part / 10))
}

/// The last ninety days, and how often what was promised came in time.
fn live(t: Texts, figures: &[ServiceFigures]) -> AnyView {
    let line = |one: &ServiceFigures| {
        let found = one.satisfaction();
        let met = found.is_met.map(|is_met| {
            let (symbol, word) = if is_met { ("check", t.service_met()) } else { ("alert", t.service_not_met()) };
            view! { <span class="chip" data-met=is_met.to_string()>{icon(symbol)} " " {word}</span> }
        });
        view! {
            <tr>
                <th scope="row">{one.names.of(t.lang).to_owned()}</th>
                <td data-as="number">{percent(found.rate)}</td>
                <td data-as="number">{percent(found.response)}</td>
                <td data-as="number">{one.rated}</td>
                <td data-as="number">{percent(one.in_time_share())}</td>
                <td>{met}</td>
            </tr>
        }
    };
    view! {
        <section class="stack" aria-labelledby="found">
            <h2 id="found">{t.service_found()}</h2>
            <p class="soft">{t.service_found_lead(TARGET)}</p>
            <div class="scroll" tabindex="0" role="group" aria-label=t.service_found()>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t.charge_service()}</th>
                            <th scope="col" data-as="number">{t.insights_col_satisfied()}</th>
                            <th scope="col" data-as="number">{t.insights_col_response()}</th>
                            <th scope="col" data-as="number">{t.insights_col_rated()}</th>
                            <th scope="col" data-as="number">{t.service_in_time()}</th>
                            <th scope="col">{t.insights_col_target(TARGET)}</th>
                        </tr>
                    </thead>
                    <tbody>{figures.iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The last twelve months, by the month in which an order ended.
fn months(t: Texts, first: NaiveDate, years: &[ServiceYear]) -> AnyView {
    let heads = (0..12).filter_map(|nth| first.checked_add_months(Months::new(nth)));
    let heads = heads.map(|month| view! { <th scope="col" data-as="number">{month_of(t, month)}</th> }).collect_view();
    let cell = |ends: &Ends| {
        let found = satisfaction(*ends);
        let missed = (found.is_met == Some(false)).then(|| view! { {icon("alert")} " " });
        let rated =
            (ends.rated > 0).then(|| view! { " " <span class="hint">{t.service_month_rated(ends.rated)}</span> });
        view! { <td data-as="number">{missed} {percent(found.rate)} {rated}</td> }
    };
    let line = |year: &ServiceYear| {
        let cells = year.months.iter().map(cell).collect_view();
        view! { <tr><th scope="row">{year.names.of(t.lang).to_owned()}</th> {cells}</tr> }
    };
    view! {
        <section class="stack" aria-labelledby="months">
            <h2 id="months">{t.service_months()}</h2>
            <div class="scroll" tabindex="0" role="group" aria-label=t.service_months()>
                <table class="table">
                    <thead><tr><th scope="col">{t.charge_service()}</th> {heads}</tr></thead>
                    <tbody>{years.iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
