use super::address::percent;
use crate::insights::{Dashboard, Week};
use crate::moment::short_day;
use crate::texts::Texts;
use crate::ui::{Chart, Column, bars, icon, round_up};
use leptos::prelude::*;

/// What came in and what was closed, week by week.
pub fn matters(t: Texts, data: &Dashboard) -> AnyView {
    if data.weeks.iter().all(|week| week.figures.received + week.figures.closed == 0) {
        return none(t.insights_no_matters());
    }
    let series = [t.insights_received(), t.insights_closed()];
    let values = |week: &Week| [week.figures.received, week.figures.closed];
    let most = data.weeks.iter().flat_map(values).max().unwrap_or_default();
    let column = |week: &Week| {
        let name = short_day(t, week.from_on);
        let bar = |(value, what): (u64, &str)| Some((value, t.insights_week_of(&name, value, what)));
        Column { bars: values(week).into_iter().zip(series).map(bar).collect(), name: name.clone() }
    };
    let chart = Chart {
        label: t.insights_weeks_label().to_owned(),
        series: series.into(),
        columns: data.weeks.iter().map(column).collect(),
        most: round_up(most),
        scale: |_, value| value.to_string(),
    };
    let row = |week: &Week| {
        let [received, closed] = values(week);
        vec![short_day(t, week.from_on), received.to_string(), closed.to_string()]
    };
    let heads = vec![t.insights_week(), t.insights_col_received(), t.insights_col_closed()];
    view! { {bars(t, chart)} {table(t, heads, data.weeks.iter().map(row).collect())} }.into_any()
}

/// How many of its promises the office kept, week by week.
pub fn promises(t: Texts, data: &Dashboard) -> AnyView {
    if data.weeks.iter().all(|week| week.figures.kept_share().is_none()) {
        return none(t.insights_no_promises());
    }
    let column = |week: &Week| {
        let name = short_day(t, week.from_on);
        let words = |share| t.insights_week_of(&name, percent(t, Some(share)), t.insights_kept());
        let bar = week.figures.kept_share().map(|share| (share, words(share)));
        Column { bars: vec![bar], name: name.clone() }
    };
    let chart = Chart {
        label: t.insights_promises_label().to_owned(),
        series: vec![t.insights_kept()],
        columns: data.weeks.iter().map(column).collect(),
        most: 1000,
        scale: |t, value| percent(t, Some(value)),
    };
    let row = |week: &Week| {
        let figures = &week.figures;
        let share = percent(t, figures.kept_share());
        vec![short_day(t, week.from_on), figures.kept.to_string(), figures.missed.to_string(), share]
    };
    let heads = vec![t.insights_week(), t.insights_col_kept(), t.insights_col_missed(), t.insights_col_share()];
    view! { {bars(t, chart)} {table(t, heads, data.weeks.iter().map(row).collect())} }.into_any()
}

fn none(words: &'static str) -> AnyView {
    view! { <p class="soft">{words}</p> }.into_any()
}

/// The same to the digit; the first column names the row.
fn table(t: Texts, heads: Vec<&'static str>, rows: Vec<Vec<String>>) -> AnyView {
    let head = |(place, word): (usize, &'static str)| {
        view! { <th scope="col" data-as=(place > 0).then_some("number")>{word}</th> }.into_any()
    };
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let name = cells.next();
        let cells = cells.map(|cell| view! { <td data-as="number">{cell}</td> }.into_any()).collect_view();
        view! { <tr><th scope="row">{name}</th> {cells}</tr> }.into_any()
    };
    view! {
        <details>
            <summary>{icon("list")} " " {t.insights_as_table()}</summary>
            <table class="table">
                <thead><tr>{heads.into_iter().enumerate().map(head).collect_view()}</tr></thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
