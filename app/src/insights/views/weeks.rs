use super::address::percent;
use super::behind::{Cell, RowsAddress, whole};
use crate::insights::{Dashboard, Figure, Figures, Week};
use crate::moment::short_day;
use crate::texts::Texts;
use crate::ui::{Chart, Column, bars, icon, round_up};
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

/// One figure of every week, as bars.
#[derive(Clone, Copy)]
struct Series {
    word: &'static str,
    /// How long the bar is; none where there is nothing to show.
    value: fn(&Figures) -> Option<u64>,
    /// What stands behind it, and how often that was.
    rows: Figure,
    count: Count,
}

/// How often something was, of a week.
type Count = fn(&Figures) -> u64;

/// A column of the table beside the bars.
struct Head {
    word: &'static str,
    cell: fn(Texts, &Figures) -> String,
    /// What stands behind it, and how often that was; none where another column leads there.
    rows: Option<(Figure, Count)>,
}

/// What came in and what was closed, week by week.
pub fn matters(t: Texts, data: &Dashboard) -> AnyView {
    if data.weeks.iter().all(|week| week.figures.received + week.figures.closed == 0) {
        return none(t.insights_no_matters());
    }
    let series = [
        counted(t.insights_received(), Figure::Received, |figures| figures.received, |figures| Some(figures.received)),
        counted(t.insights_closed(), Figure::Closed, |figures| figures.closed, |figures| Some(figures.closed)),
    ];
    let heads = [
        count(t.insights_col_received(), Figure::Received, |_, figures| figures.received.to_string(), series[0].count),
        count(t.insights_col_closed(), Figure::Closed, |_, figures| figures.closed.to_string(), series[1].count),
    ];
    drawn(t, data, t.insights_weeks_label(), &series, false, &heads)
}

/// How many of its promises the office kept, week by week.
pub fn promises(t: Texts, data: &Dashboard) -> AnyView {
    if data.weeks.iter().all(|week| week.figures.kept_share().is_none()) {
        return none(t.insights_no_promises());
    }
    let series = [counted(t.insights_kept(), Figure::PromiseKept, |figures| figures.kept, Figures::kept_share)];
    let heads = [
        count(t.insights_col_kept(), Figure::PromiseKept, |_, figures| figures.kept.to_string(), series[0].count),
        count(
            t.insights_col_missed(),
            Figure::PromiseMissed,
            |_, figures| figures.missed.to_string(),
            |figures| figures.missed,
        ),
        share(t.insights_col_share(), |t, figures| percent(t, figures.kept_share())),
    ];
    drawn(t, data, t.insights_promises_label(), &series, true, &heads)
}

/// How many of those who rated were satisfied, and how many rated at all, week by week (A2).
pub fn satisfaction(t: Texts, data: &Dashboard) -> AnyView {
    if data.weeks.iter().all(|week| week.figures.rated == 0) {
        return none(t.insights_nobody_rated());
    }
    let rated = |figures: &Figures| figures.rated;
    let series = [
        counted(
            t.insights_satisfied(),
            Figure::Satisfied,
            |figures| figures.satisfied,
            |figures| figures.satisfaction().rate,
        ),
        counted(t.insights_responded(), Figure::Rated, rated, |figures| figures.satisfaction().response),
    ];
    let heads = [
        count(t.insights_col_rated(), Figure::Rated, |_, figures| figures.rated.to_string(), rated),
        count(
            t.insights_col_unsatisfied(),
            Figure::Unsatisfied,
            |_, figures| unsatisfied(figures).to_string(),
            unsatisfied,
        ),
        share(t.insights_col_satisfied(), |t, figures| percent(t, figures.satisfaction().rate)),
        share(t.insights_col_response(), |t, figures| percent(t, figures.satisfaction().response)),
    ];
    drawn(t, data, t.insights_satisfaction_label(), &series, true, &heads)
}

fn unsatisfied(figures: &Figures) -> u64 {
    figures.rated.saturating_sub(figures.satisfied)
}

/// How many of the matters that ended came back, week by week.
pub fn returns(t: Texts, data: &Dashboard) -> AnyView {
    if data.weeks.iter().all(|week| week.figures.returned == 0) {
        return none(t.insights_no_returns());
    }
    let series =
        [counted(t.insights_returned(), Figure::Returned, |figures| figures.returned, Figures::returned_share)];
    let heads = [
        count(
            t.insights_col_returns(),
            Figure::Returned,
            |_, figures| figures.returned.to_string(),
            |figures| figures.returned,
        ),
        count(
            t.insights_col_first_fix(),
            Figure::FirstFix,
            |_, figures| figures.first_fixes.to_string(),
            |figures| figures.first_fixes,
        ),
        share(t.insights_col_return_share(), |t, figures| percent(t, figures.returned_share())),
    ];
    drawn(t, data, t.insights_returns_label(), &series, true, &heads)
}

/// How often nobody had answered or accepted a contact after three minutes, week by week (B2).
pub fn breaches(t: Texts, data: &Dashboard) -> AnyView {
    if data.weeks.iter().all(|week| week.figures.breaches == 0) {
        return none(t.insights_no_breaches());
    }
    let of = |figures: &Figures| figures.breaches;
    let series = [counted(t.insights_breaches(), Figure::Breach, of, |figures| Some(figures.breaches))];
    let heads = [count(t.insights_col_breaches(), Figure::Breach, |_, figures| figures.breaches.to_string(), of)];
    drawn(t, data, t.insights_breaches_label(), &series, false, &heads)
}

fn counted(word: &'static str, rows: Figure, count: fn(&Figures) -> u64, value: fn(&Figures) -> Option<u64>) -> Series {
    Series { word, value, rows, count }
}

fn count(word: &'static str, rows: Figure, cell: fn(Texts, &Figures) -> String, of: fn(&Figures) -> u64) -> Head {
    Head { word, cell, rows: Some((rows, of)) }
}

fn share(word: &'static str, cell: fn(Texts, &Figures) -> String) -> Head {
    Head { word, cell, rows: None }
}

fn as_count(_: Texts, value: u64) -> String {
    value.to_string()
}

/// Thousandths.
fn as_share(t: Texts, value: u64) -> String {
    percent(t, Some(value))
}

/// The days of a week, as far as the dashboard tells of them.
fn days(data: &Dashboard, week: &Week) -> (NaiveDate, NaiveDate) {
    let sunday = week.from_on.checked_add_days(Days::new(6)).unwrap_or(week.from_on);
    (week.from_on, sunday.min(data.until_on))
}

/// Bars for each week, each leading to the rows behind it, and the same as a table.
fn drawn(
    t: Texts,
    data: &Dashboard,
    label: &'static str,
    series: &[Series],
    is_share: bool,
    heads: &[Head],
) -> AnyView {
    let part = whole(data);
    let says: fn(Texts, u64) -> String = if is_share { as_share } else { as_count };
    let values = data.weeks.iter().flat_map(|week| series.iter().filter_map(move |one| (one.value)(&week.figures)));
    let most = values.max().unwrap_or_default();
    let column = |week: &Week| {
        let name = short_day(t, week.from_on);
        let bar = |one: &Series| {
            let value = (one.value)(&week.figures)?;
            let words = t.insights_week_of(&name, says(t, value), one.word);
            let rows = RowsAddress::behind(one.rows, days(data, week), &part);
            Some((value, words, ((one.count)(&week.figures) > 0).then(|| rows.link())))
        };
        Column { bars: series.iter().map(bar).collect(), name: name.clone() }
    };
    let chart = Chart {
        label: label.to_owned(),
        series: series.iter().map(|one| one.word).collect(),
        columns: data.weeks.iter().map(column).collect(),
        most: if is_share { 1000 } else { round_up(most) },
        scale: says,
    };
    let row = |week: &Week| {
        let cell = |head: &Head| {
            let words = (head.cell)(t, &week.figures);
            match head.rows {
                None => Cell::alone(words),
                Some((rows, count)) => {
                    let rows = RowsAddress::behind(rows, days(data, week), &part);
                    Cell::of(words, count(&week.figures), &rows)
                }
            }
        };
        let cells: Vec<Cell> = heads.iter().map(cell).collect();
        (short_day(t, week.from_on), cells)
    };
    let rows = data.weeks.iter().map(row).collect();
    let heads = heads.iter().map(|head| head.word).collect();
    view! { {bars(t, chart)} {table(t, heads, rows)} }.into_any()
}

fn none(words: &'static str) -> AnyView {
    view! { <p class="soft">{words}</p> }.into_any()
}

/// The same to the digit; each row is a week.
fn table(t: Texts, heads: Vec<&'static str>, rows: Vec<(String, Vec<Cell>)>) -> AnyView {
    let head = |word: &'static str| view! { <th scope="col" data-as="number">{word}</th> }.into_any();
    let row = |(name, cells): (String, Vec<Cell>)| {
        let cells = cells.into_iter().map(Cell::view).collect_view();
        view! { <tr><th scope="row">{name}</th> {cells}</tr> }.into_any()
    };
    view! {
        <details>
            <summary>{icon("list")} " " {t.insights_as_table()}</summary>
            <table class="table">
                <thead><tr><th scope="col">{t.insights_week()}</th> {heads.into_iter().map(head).collect_view()}</tr></thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
