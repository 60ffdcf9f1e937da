use super::address::{list, percent};
use super::behind::{Cell, RowsAddress, days};
use crate::insights::{Dashboard, Figure, Figures, ItemFigures, Part};
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
        let part = Part::Item(item.slug.clone(), data.department.as_ref().map(|one| one.id));
        let cells = ratings(t, &item.figures, |figure| RowsAddress::behind(figure, days(data), &part));
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
                {cells.map(Cell::view).into_iter().collect_view()}
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

/// How many were satisfied, how many answered, and how often that was.
fn ratings(t: Texts, figures: &Figures, rows: impl Fn(Figure) -> RowsAddress) -> [Cell; 3] {
    let found = figures.satisfaction();
    let rated = rows(Figure::Rated);
    // Where nobody was satisfied, those stand behind it who were not.
    let judged = if figures.satisfied > 0 { Figure::Satisfied } else { Figure::Unsatisfied };
    [
        Cell::of(percent(t, found.rate), figures.rated, &rows(judged)),
        Cell::of(percent(t, found.response), figures.rated, &rated),
        Cell::of(figures.rated.to_string(), figures.rated, &rated),
    ]
}

/// A department or a colleague.
struct Line<'a> {
    name: &'a str,
    hint: Option<&'a str>,
    /// Under what its figures are counted.
    part: Part,
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
        part: Part::Department(one.department.id),
        facet: (Facet::Department, one.department.slug.as_str()),
        open: one.open,
        figures: &one.figures,
    });
    let table = table(t, data, t.facet_department(), t.insights_departments(), lines.collect());
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
        part: Part::Person(one.id),
        facet: (Facet::Person, id.as_str()),
        open: one.open,
        figures: &one.figures,
    });
    table(t, data, t.facet_person(), t.insights_people(), lines.collect())
}

fn table(t: Texts, data: &Dashboard, first: &'static str, label: &'static str, lines: Vec<Line<'_>>) -> AnyView {
    let heads = [
        t.insights_col_open(),
        t.insights_col_closed(),
        t.insights_col_promises(),
        t.insights_col_satisfied(),
        t.insights_col_response(),
        t.insights_col_attitude(),
        t.insights_col_conduct(),
        t.insights_col_speed(),
        t.insights_col_result(),
        t.insights_col_returned(),
        t.insights_col_breaches(),
    ];
    let row = |line: Line<'_>| {
        let Line { name, hint, part, facet: (facet, value), open, figures } = line;
        let behind = |view: View| list(view, &[(facet, Some(value))]);
        let rows = |figure: Figure| RowsAddress::behind(figure, days(data), &part);
        let cell = |words: String, count: u64, figure: Figure| Cell::of(words, count, &rows(figure));
        let [satisfied, response, _] = ratings(t, figures, rows);
        // What residents said of whoever served them, in stars (A16).
        let mean = |axis: fn([u64; 4]) -> u64| {
            let mean = figures.means().map(axis);
            let words = mean.map_or_else(|| percent(t, None), |tenths| format!("{}.{}", tenths / 10, tenths % 10));
            cell(words, figures.rated, Figure::Rated)
        };
        let judged = if figures.kept > 0 { Figure::PromiseKept } else { Figure::PromiseMissed };
        let cells = [
            cell(figures.closed.to_string(), figures.closed, Figure::Closed),
            cell(percent(t, figures.kept_share()), figures.kept + figures.missed, judged),
            satisfied,
            response,
            mean(|[attitude, ..]| attitude),
            mean(|[_, conduct, ..]| conduct),
            mean(|[.., speed, _]| speed),
            mean(|[.., result]| result),
            cell(percent(t, figures.returned_share()), figures.returned, Figure::Returned),
            cell(figures.breaches.to_string(), figures.breaches, Figure::Breach),
        ];
        view! {
            <tr>
                <th scope="row">
                    <a href=behind(View::All)>{name.to_owned()}</a>
                    {hint.map(|hint| view! { " " <small class="soft">{hint.to_owned()}</small> })}
                </th>
                <td data-as="number"><a href=behind(View::Open)>{open}</a></td>
                {cells.map(Cell::view).into_iter().collect_view()}
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
