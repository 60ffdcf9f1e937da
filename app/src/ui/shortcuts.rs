use gloo::storage::{LocalStorage, Storage};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, KeyboardEvent};

/// Where a browser remembers that somebody wants no single-key shortcuts (WCAG 2.1.4).
const REMEMBERED: &str = "steward-keys";
/// What it remembers.
const OFF: &str = "off";

/// Lets single keys work on this page: whatever names a key in `aria-keyshortcuts` is focused, or opened
/// where it is a summary, a button or a link; `j` and `k` move through `.entry` rows; Escape closes an open move. The signal
/// says whether they are on, and turning it off is remembered.
pub fn shortcuts() -> RwSignal<bool> {
    let is_on = RwSignal::new(true);
    Effect::new(move |before: Option<()>| {
        if before.is_none() {
            if LocalStorage::raw().get_item(REMEMBERED).is_ok_and(|word| word.as_deref() == Some(OFF)) {
                is_on.set(false);
            }
            let handle = window_event_listener(ev::keydown, move |event| {
                if event.key() == "Escape" {
                    close_moves();
                } else if is_on.get_untracked() && !is_typing(&event) && press(&event.key()) {
                    event.prevent_default();
                }
            });
            on_cleanup(move || handle.remove());
        }
    });
    is_on
}

/// Turns them on or off for this browser.
pub fn remember_shortcuts(is_on: bool) {
    let storage = LocalStorage::raw();
    let _ = if is_on { storage.remove_item(REMEMBERED) } else { storage.set_item(REMEMBERED, OFF) };
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let in_field = target.is_some_and(|target| {
        target.closest("input, select, textarea, [contenteditable], dialog, [popover]").ok().flatten().is_some()
    });
    in_field || event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented()
}

/// Does what the key stands for; `false` where nothing on the page has it.
fn press(key: &str) -> bool {
    match key {
        "j" => step(true),
        "k" => step(false),
        "/" | "a" | "?" => {
            let found = document().query_selector(&format!("[aria-keyshortcuts='{key}']"));
            let Some(element) = found.ok().flatten().and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
                return false;
            };
            match element.tag_name().as_str() {
                "SUMMARY" => open(&element),
                "BUTTON" | "A" => element.click(),
                _ => {
                    let _ = element.focus();
                }
            }
            true
        }
        _ => false,
    }
}

/// Opens a move and puts the cursor into its form.
fn open(summary: &HtmlElement) {
    let Some(details) = summary.parent_element().and_then(|parent| parent.dyn_into::<HtmlDetailsElement>().ok()) else {
        return;
    };
    details.set_open(true);
    let first = details.query_selector("form :is(input:not([type=hidden]), select, textarea, button)");
    let first = first.ok().flatten().and_then(|field| field.dyn_into::<HtmlElement>().ok());
    let _ = first.as_ref().unwrap_or(summary).focus();
}

fn close_moves() {
    let Some(details) = document().query_selector("details[name=move][open]").ok().flatten() else {
        return;
    };
    if let Ok(Some(summary)) = details.query_selector("summary")
        && let Ok(summary) = summary.dyn_into::<HtmlElement>()
    {
        let _ = summary.focus();
    }
    if let Ok(details) = details.dyn_into::<HtmlDetailsElement>() {
        details.set_open(false);
    }
}

/// Moves the focus one row on; it starts at the row that is open, else at the first.
fn step(forward: bool) -> bool {
    let focused = document().active_element().filter(|element| element.class_list().contains("entry"));
    let from = focused.or_else(|| document().query_selector(".entry[aria-current]").ok().flatten());
    let row = match from.and_then(|row| row.closest("li").ok().flatten()) {
        Some(item) if forward => item.next_element_sibling(),
        Some(item) => item.previous_element_sibling(),
        None => document().query_selector(".entries > li").ok().flatten(),
    };
    let row = row.and_then(|item| item.query_selector(".entry").ok().flatten());
    row.and_then(|row| row.dyn_into::<HtmlElement>().ok()).is_some_and(|row| row.focus().is_ok())
}
