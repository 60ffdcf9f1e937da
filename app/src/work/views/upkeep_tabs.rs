use crate::texts::texts;
use leptos::prelude::*;

/// The pages of whoever sends orders: what recurs, what somebody else checks, who is sent besides staff, and what
/// leavers left behind.
#[component]
pub fn UpkeepTabs(
    /// The page on which they stand.
    here: &'static str,
) -> impl IntoView {
    let t = texts();
    let pages = [
        ("/staff/upkeep", t.schedule_list()),
        ("/staff/rectifications", t.rect_title()),
        ("/staff/vendors", t.vendor_title()),
        ("/staff/orphans", t.orphan_title()),
    ];
    let tab = |(page, word): (&'static str, &'static str)| {
        view! { <a href=page aria-current=(page == here).then_some("page")>{word}</a> }.into_any()
    };
    view! {
        <nav class="tabs" aria-label=t.upkeep_tabs()>{pages.into_iter().map(tab).collect_view()}</nav>
    }
}
