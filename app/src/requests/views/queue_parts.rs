use super::queue::Side;
use super::queue_filter::Filter;
use super::queue_words::{facet_word, value_word, view_word};
use crate::requests::{Counts, View};
use crate::texts::texts;
use crate::ui::{changing, icon};
use leptos::prelude::*;

/// The parts of the queue with how many wait in each, the views that the reader keeps, and what it is narrowed to.
#[component]
pub fn Parts(
    /// What the address asks for.
    filter: Memo<Filter>,
    /// What the server says beside the rows.
    side: Side,
) -> impl IntoView {
    let t = texts();
    let count = move |of: fn(&Counts) -> i64| {
        changing(move || {
            let count = side.counts.with(of);
            view! { <span class="count">{count}</span> }
        })
    };
    let part = move |view: View| {
        let link = move || Filter { view, after: None, ..filter.get() }.link("/staff");
        let is_here = move || filter.with(|filter| filter.part() == view).then_some("true");
        let count = match view {
            View::Open => Some(count(|counts| counts.open)),
            View::New => Some(count(|counts| counts.new)),
            View::Mine => Some(count(|counts| counts.mine)),
            View::Done => Some(count(|counts| counts.done)),
            View::All => None,
        };
        view! {
            <a class="filter" href=Signal::derive(link) aria-current=Signal::derive(is_here)>
                {view_word(t, view)} " " {count}
            </a>
        }
    };
    let late = Filter::late();
    let late_link = late.link("/staff");
    let is_late = Memo::new(move |_| filter.with(|filter| *filter == late));
    let late_count = move || {
        let late = side.counts.with(|counts| counts.late);
        let count = if late < Counts::MOST_LATE { late.to_string() } else { t.queue_many(Counts::MOST_LATE - 1) };
        view! { <span class="count">{count}</span> }
    };
    let saved = move || {
        let here = filter.with(|filter| filter.link(""));
        side.saved.with(|saved| {
            let tab = |(name, query): (String, String)| {
                let is_here = (query == here).then_some("true");
                view! { <a class="filter" href=format!("/staff{query}") aria-current=is_here>{icon("star")} " " {name}</a> }
            };
            saved.iter().map(|view| tab((view.name.clone(), view.query.clone()))).collect_view()
        })
    };
    let narrowed = move || {
        let filter = filter.get();
        let chip = |(facet, value): (_, &str)| {
            let value = side.names.with(|names| value_word(t, facet, value, names));
            let words = t.queue_chip(facet_word(t, facet), value);
            let label = t.queue_take_away(&words);
            view! { <a class="filter" href=filter.without(facet).link("/staff") aria-label=label>{words} " " {icon("cross")}</a> }
        };
        (!filter.sieve.is_empty()).then(|| {
            view! { <div class="filters" role="group" aria-label=t.queue_narrowed()>{filter.sieve.iter().map(chip).collect_view()}</div> }
        })
    };
    view! {
        <div class="parts">
            <nav class="filters" aria-label=t.queue_filters()>
                {[View::Open, View::New, View::Mine].map(part).into_iter().collect_view()}
                <a class="filter" href=late_link aria-current=Signal::derive(move || is_late.get().then_some("true"))>
                    {t.queue_late()} " " {changing(late_count)}
                </a>
                {[View::Done, View::All].map(part).into_iter().collect_view()}
                {changing(saved)}
            </nav>
            {changing(narrowed)}
        </div>
    }
}
