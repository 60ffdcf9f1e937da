use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// The way to the inbox, with the number of what is unread.
pub fn bell(t: Texts, href: &'static str, unread: u32) -> AnyView {
    let count = match unread {
        0 => None,
        1..100 => Some(unread.to_string()),
        _ => Some(t.inbox_many().to_owned()),
    };
    let word = if unread == 0 { t.inbox_title().to_owned() } else { t.inbox_unread(unread) };
    view! {
        <a class="button bell" data-kind="quiet" href=href aria-label=word>
            {icon("bell")} {count.map(|count| view! { <span class="count" aria-hidden="true">{count}</span> })}
        </a>
    }
    .into_any()
}
