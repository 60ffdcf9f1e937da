use super::address::{list, percent};
use super::behind::{RowsAddress, days, whole};
use crate::insights::{Dashboard, Figure, Figures};
use crate::requests::{Counts, Facet, View};
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// What is open now, and how its clocks stand.
pub fn clocks(t: Texts, data: &Dashboard) -> AnyView {
    let department = data.department.as_ref().map(|one| one.slug.as_str());
    let many = |count: i64| match count {
        Counts::MOST_LATE.. => t.queue_many(Counts::MOST_LATE - 1),
        count => count.to_string(),
    };
    let by_clock = data.clocks;
    let clocks = [
        ("late", "alert", t.clock_is_late(), by_clock.late),
        ("risk", "clock", t.clock_is_risk(), by_clock.risk),
        ("running", "clock", t.clock_is_running(), by_clock.running),
        ("resting", "pause", t.clock_is_resting(), by_clock.resting),
    ];
    let chip = |(tag, symbol, word, count): (&'static str, &'static str, &'static str, i64)| {
        let href = list(View::Open, &[(Facet::Clock, Some(tag)), (Facet::Department, department)]);
        let tone = (count > 0).then_some(tag);
        view! {
            <a class="filter" href=href data-clock=tone>
                {icon(symbol)} " " {word} " " <span class="count">{many(count)}</span>
            </a>
        }
        .into_any()
    };
    let open = list(View::Open, &[(Facet::Department, department)]);
    view! {
        <div class="filters">
            <a class="filter" href=open>
                {icon("inbox")} " " {t.insights_open()} " " <span class="count">{data.open}</span>
            </a>
            {clocks.map(chip).into_iter().collect_view()}
        </div>
    }
    .into_any()
}

/// A figure with its word, what it was in the period before, and the rows behind it.
struct Tile {
    number: String,
    word: &'static str,
    /// What never stands apart from it.
    beside: Option<String>,
    before: String,
    rows: Figure,
}

impl Tile {
    fn view(self, t: Texts, data: &Dashboard) -> AnyView {
        let Self { number, word, beside, before, rows } = self;
        let href = RowsAddress::behind(rows, days(data), &whole(data)).link();
        view! {
            <li>
                <a class="figure" href=href>
                    <b class="number">{number}</b> " " <span>{word}</span> " "
                    {beside.map(|beside| view! { <span class="hint">{beside}</span> " " })}
                    <span class="hint">{t.insights_before(before)}</span>
                </a>
            </li>
        }
        .into_any()
    }
}

/// The figures of the period beside those of the one before.
pub fn figures(t: Texts, data: &Dashboard) -> AnyView {
    let (now, before) = (&data.now, &data.before);
    let count = |word: &'static str, of: fn(&Figures) -> u64, rows: Figure| {
        let (number, before) = (of(now).to_string(), of(before).to_string());
        Tile { number, word, beside: None, before, rows }
    };
    let part = |word: &'static str, of: fn(&Figures) -> Option<u64>, rows: Figure| {
        let (number, before) = (percent(t, of(now)), percent(t, of(before)));
        Tile { number, word, beside: None, before, rows }
    };
    let response = t.insights_response(percent(t, now.satisfaction().response));
    let tiles = [
        count(t.insights_received(), |figures| figures.received, Figure::Received),
        count(t.insights_closed(), |figures| figures.closed, Figure::Closed),
        part(t.insights_kept(), Figures::kept_share, Figure::PromiseKept),
        Tile {
            beside: Some(response),
            ..part(t.insights_satisfied(), |figures| figures.satisfaction().rate, Figure::Rated)
        },
        part(t.insights_returned(), Figures::returned_share, Figure::Returned),
        part(t.insights_first_fix(), Figures::first_fix_share, Figure::FirstFix),
        count(t.insights_breaches(), |figures| figures.breaches, Figure::Breach),
    ];
    let tiles = tiles.map(|tile| tile.view(t, data)).into_iter().collect_view();
    view! { <ul class="figures">{tiles}</ul> }.into_any()
}
