use super::address::{list, percent};
use crate::insights::{Dashboard, Figures, ItemFigures};
use crate::requests::{Facet, TARGET, View};
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// Satisfaction by problem, held against the target, and beside it how many answered (A2).
pub fn items(t: Texts, data: &Dashboard) -> AnyView {
    if data.items.iter().all(|item| item.figures.rated == 0) {
        return none(t.insights_nobody_rated());
    }
    let department = data.department.as_ref().map(|one| one.slug.as_str());
    let row = |item: &ItemFigures| {
        let found = item.figures.satisfaction();
        let href = list(View::All, &[(Facet::Problem, Some(item.slug.as_str())), (Facet::Department, department)]);
        let met = match found.is_met {
            None => view! { <span class="soft">{t.insights_unrated()}</span> }.into_any(),
            Some(true) => {
                view! { <span class="chip" data-met="true">{icon("check")} " " {t.insights_met()}</span> }.into_any()
            }
            Some(false) => {
                view! { <span class="chip" data-met="false">{icon("alert")} " " {t.insights_not_met()}</span> }
                    .into_any()
            }
        };
        view! {
            <tr>
                <th scope="row"><a href=href>{item.names.of(t.lang).to_owned()}</a></th>
                <td data-as="number">{percent(t, found.rate)}</td>
                <td data-as="number">{percent(t, found.response)}</td>
                <td data-as="number">{item.figures.rated}</td>
                <td>{met}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <p class="soft">{t.insights_items_lead(TARGET)}</p>
        <div class="scroll" tabindex="0" role="group" aria-label=t.insights_items()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t.facet_problem()}</th>
                        <th scope="col" data-as="number">{t.insights_col_satisfied()}</th>
                        <th scope="col" data-as="number">{t.insights_col_response()}</th>
                        <th scope="col" data-as="number">{t.insights_col_rated()}</th>
                        <th scope="col">{t.insights_col_target(TARGET)}</th>
                    </tr>
                </thead>
                <tbody>{data.items.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A department or a colleague.
struct Line<'a> {
    name: &'a str,
    hint: Option<&'a str>,
    /// How the queue is narrowed to it.
    facet: (Facet, &'a str),
    open: i64,
    figures: &'a Figures,
}

/// All departments side by side; nothing where one is looked at.
pub fn departments(t: Texts, data: &Dashboard) -> AnyView {
    if data.by_department.is_empty() {
        return ().into_any();
    }
    let lines = data.by_department.iter().map(|one| Line {
        name: one.department.names.of(t.lang),
        hint: None,
        facet: (Facet::Department, one.department.slug.as_str()),
        open: one.open,
        figures: &one.figures,
    });
    let table = table(t, t.facet_department(), t.insights_departments(), lines.collect());
    view! {
        <section class="stack" aria-labelledby="by-department">
            <h2 id="by-department">{t.insights_departments()}</h2>
            {table}
        </section>
    }
    .into_any()
}

/// Everybody who has something open, or did something.
pub fn people(t: Texts, data: &Dashboard) -> AnyView {
    if data.people.is_empty() {
        return none(t.insights_nobody());
    }
    let ids: Vec<String> = data.people.iter().map(|one| one.id.to_string()).collect();
    let lines = data.people.iter().zip(&ids).map(|(one, id)| Line {
        name: &one.name,
        hint: Some(one.department.of(t.lang)),
        facet: (Facet::Person, id.as_str()),
        open: one.open,
        figures: &one.figures,
    });
    table(t, t.facet_person(), t.insights_people(), lines.collect())
}

fn table(t: Texts, first: &'static str, label: &'static str, lines: Vec<Line<'_>>) -> AnyView {
    let heads = [
        t.insights_col_open(),
        t.insights_col_closed(),
        t.insights_col_promises(),
        t.insights_col_satisfied(),
        t.insights_col_response(),
        t.insights_col_returned(),
        t.insights_col_breaches(),
    ];
    let row = |line: Line<'_>| {
        let Line { name, hint, facet: (facet, value), open, figures } = line;
        let found = figures.satisfaction();
        let behind = |view: View| list(view, &[(facet, Some(value))]);
        let cells = [
            figures.closed.to_string(),
            percent(t, figures.kept_share()),
            percent(t, found.rate),
            percent(t, found.response),
            percent(t, figures.returned_share()),
            figures.breaches.to_string(),
        ];
        let cells = cells.map(|cell| view! { <td data-as="number">{cell}</td> }.into_any());
        view! {
            <tr>
                <th scope="row">
                    <a href=behind(View::All)>{name.to_owned()}</a>
                    {hint.map(|hint| view! { " " <small class="soft">{hint.to_owned()}</small> })}
                </th>
                <td data-as="number"><a href=behind(View::Open)>{open}</a></td>
                {cells.into_iter().collect_view()}
            </tr>
        }
        .into_any()
    };
    let head = |word: &'static str| view! { <th scope="col" data-as="number">{word}</th> }.into_any();
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label=label>
            <table class="table">
                <thead><tr><th scope="col">{first}</th> {heads.map(head).into_iter().collect_view()}</tr></thead>
                <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn none(words: &'static str) -> AnyView {
    view! { <p class="soft">{words}</p> }.into_any()
}
