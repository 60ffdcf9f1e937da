use super::queue_filter::Filter;
use crate::requests::View;
use crate::texts::texts;
use crate::ui::icon;
use leptos::prelude::*;

/// A part of the queue with nothing in it, and what that means.
#[component]
pub fn Empty(
    /// Which part of the queue is empty.
    filter: Filter,
) -> impl IntoView {
    let t = texts();
    let (title, more) = match (filter.words.is_empty() && filter.sieve.is_empty(), filter.view) {
        (false, _) => (t.queue_empty_search(), t.queue_empty_search_more()),
        (true, View::Open) => (t.queue_empty_open(), t.queue_empty_open_more()),
        (true, View::New) => (t.queue_empty_new(), t.queue_empty_new_more()),
        (true, View::Mine) => (t.queue_empty_mine(), t.queue_empty_mine_more()),
        (true, View::Done) => (t.queue_empty_done(), t.queue_empty_done_more()),
        (true, View::All) => (t.queue_empty_all(), t.queue_empty_all_more()),
    };
    let is_whole = filter == Filter::default();
    view! {
        <div class="empty">
            {icon(if filter.words.is_empty() { "inbox" } else { "search" })}
            <h2>{title}</h2>
            <p>{more}</p>
            {(!is_whole).then(|| view! { <a class="button" href="/staff">{t.queue_show_open()}</a> })}
        </div>
    }
}
