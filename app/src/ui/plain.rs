use crate::forms::Opened;
use leptos::prelude::*;

/// A form of nothing but buttons, after which the whole page loads anew: another language. No script has a part in
/// it, so that pages before the door do without what other forms need.
#[component]
pub fn PlainButtons(
    /// `ChooseManners::PATH`
    to: &'static str,
    /// The key.
    opened: Opened,
    /// What the style sheet calls it.
    class: &'static str,
    /// The buttons, each with its name and value.
    children: Children,
) -> impl IntoView {
    view! {
        <form class=class method="post" action=to>
            <input type="hidden" name="key" value=opened.key.to_string()/>
            {children()}
        </form>
    }
}
