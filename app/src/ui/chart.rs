//! Bars side by side, drawn by the server; each says what it shows, and leads to what is behind it. The same stands to
//! the digit in a table beside it. Lengths are whole numbers in the drawing's own units, colours come from the style
//! sheet.

use crate::texts::Texts;
use leptos::prelude::*;

/// The drawing, and within it where bars stand: what is left of them holds the scale, what is below them the axis.
const WIDTH: u64 = 6400;
const HEIGHT: u64 = 2000;
const LEFT: u64 = 500;
const TOP: u64 = 150;
const BOTTOM: u64 = 1700;
/// As many places of the axis have room for their name.
const NAMED: usize = 8;
/// Through the bars of so many places whoever has no pointer steps one by one. Of more, they go by the table.
const STEPPED: usize = 16;

/// One place on the axis, with its bars.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name, short.
    pub name: String,
    /// A bar for each series: its value, what it says, and where it leads; none where there is nothing to show.
    pub bars: Vec<Option<(u64, String, Option<String>)>>,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What all of it shows, for those who do not see it.
    pub label: String,
    /// What each series is called.
    pub series: Vec<&'static str>,
    /// From left to right.
    pub columns: Vec<Column>,
    /// The value at the top of the scale.
    pub most: u64,
    /// Values as the scale shows them.
    pub scale: fn(Texts, u64) -> String,
}

/// The next round number at or above a value: the top of a scale, which halves well.
pub fn round_up(value: u64) -> u64 {
    let mut step = 1;
    loop {
        if let Some(top) = [2, 4, 6, 10].map(|times| times * step).into_iter().find(|top| *top >= value) {
            return top;
        }
        step *= 10;
    }
}

/// Bars for each place, the series in their own colours.
pub fn bars(t: Texts, chart: Chart) -> AnyView {
    let Chart { label, series, columns, most, scale } = chart;
    let most = most.max(1);
    let height = |value: u64| (BOTTOM - TOP) * value.min(most) / most;
    let lines = [0, most / 2, most].map(|value| {
        let y = BOTTOM - height(value);
        let (end, base) = (LEFT - 80, y + 50);
        view! {
            <line x1=LEFT x2=WIDTH y1=y y2=y></line>
            <text x=end y=base text-anchor="end">{scale(t, value)}</text>
        }
        .into_any()
    });
    let count = u64::try_from(columns.len()).unwrap_or(1).max(1);
    let (room, kinds) = ((WIDTH - LEFT) / count, u64::try_from(series.len()).unwrap_or(1).max(1));
    let width = room * 7 / 10 / kinds;
    let every = columns.len().div_ceil(NAMED).max(1);
    let step = (columns.len() > STEPPED).then_some("-1");
    let column = |(index, column): (usize, Column)| {
        let left = LEFT + room * u64::try_from(index).unwrap_or_default();
        let bar = |(kind, bar): (usize, Option<(u64, String, Option<String>)>)| {
            let (value, words, href) = bar?;
            let x = left + room * 15 / 100 + width * u64::try_from(kind).unwrap_or_default();
            let (y, height) = (BOTTOM - height(value), height(value));
            let name = words.clone();
            let bar = view! {
                <rect class="bar" data-series=kind.to_string() x=x y=y width=width height=height>
                    <title>{words}</title>
                </rect>
            }
            .into_any();
            let Some(href) = href else { return Some(bar) };
            // However low a bar is, all of its place leads there.
            let full = BOTTOM - TOP;
            let linked = view! {
                <g>
                    <a href=href aria-label=name tabindex=step>
                        <rect x=x y=TOP width=width height=full fill="none" pointer-events="all"></rect>
                        {bar}
                    </a>
                </g>
            };
            Some(linked.into_any())
        };
        let drawn = column.bars.into_iter().enumerate().filter_map(bar).collect_view();
        let (start, base) = (left + room * 15 / 100, BOTTOM + 200);
        let name = (index % every == 0).then(|| view! { <text x=start y=base aria-hidden="true">{column.name}</text> });
        view! { {drawn} {name} }.into_any()
    };
    let drawn = columns.into_iter().enumerate().map(column).collect_view();
    let legend = (series.len() > 1).then(|| {
        let entry = |(kind, name): (usize, &'static str)| view! { <li data-series=kind.to_string()>{name}</li> };
        let entries = series.into_iter().enumerate().map(entry).collect_view();
        view! { <ul class="legend">{entries}</ul> }
    });
    view! {
        <div class="chart" tabindex="0" role="group" aria-label=label>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") width="640" height="200" role="presentation">
                <g class="scale" aria-hidden="true">{lines.into_iter().collect_view()}</g>
                {drawn}
            </svg>
        </div>
        {legend}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::round_up;

    #[test]
    fn scales_end_at_round_numbers() {
        assert_eq!([0, 1, 3, 10, 11, 41, 999].map(round_up), [2, 2, 4, 10, 20, 60, 1000]);
    }
}
