use crate::offline::{Device, device, kept};
use crate::texts::texts;
use crate::ui::{changing, icon};
use leptos::prelude::*;

/// Of something that is shown: how much of it has not been sent yet.
#[component]
pub fn Unsent(
    /// What it is about.
    #[prop(into)]
    matter: String,
) -> impl IntoView {
    let t = texts();
    let kept = kept();
    let count = Memo::new(move |_| kept.waiting(&matter));
    changing(move || {
        (count.get() > 0).then(|| {
            view! { " " <span class="chip" data-tone="new">{icon("offline")} " " {t.offline_unsent(count.get())}</span> }
        })
    })
}

/// How much waits in all, where the page's frame says so; leads to the list of it.
#[component]
pub fn UnsentCount(
    /// Where the list is.
    href: &'static str,
) -> impl IntoView {
    let t = texts();
    let Device { waiting, is_any_refused, .. } = device();
    let tone = move || if is_any_refused.get() { "breach" } else { "new" };
    changing(move || {
        (waiting.get() > 0).then(|| {
            view! {
                <a class="chip" data-tone=tone() href=href>{icon("offline")} " " {t.offline_unsent(waiting.get())}</a>
            }
        })
    })
}
