use crate::ids::AccountId;
use crate::services::Item;
use gloo::storage::{SessionStorage, Storage};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FormData, HtmlFormElement, HtmlInputElement, UrlSearchParams};

/// What a person typed themselves; ids and keys are the page's.
const NAMES: [&str; 5] = ["place", "floor", "words", "times[]", "photos[]"];

/// A half-written report in this browser tab: it outlives a reload, not the tab.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    key: StoredValue<String>,
}

impl Draft {
    /// One person's draft for one problem of one estate: whoever signs in after them finds none of it.
    pub(super) fn of(account: AccountId, problem: &Item) -> Self {
        Self { key: StoredValue::new(format!("report.{account}.{}", problem.id)) }
    }

    /// Keeps what stands in the form.
    pub(super) fn save(self, form: &HtmlFormElement) {
        let (Ok(fields), Some(key)) = (UrlSearchParams::new(), self.key.try_get_value()) else { return };
        for name in NAMES {
            for value in values(form, name) {
                fields.append(name, &value);
            }
        }
        let _ = SessionStorage::raw().set_item(&key, &String::from(fields.to_string()));
    }

    /// Fills the form with what was kept, and returns the photos; `None` where nothing was.
    pub(super) fn restore(self, form: &HtmlFormElement) -> Option<Vec<String>> {
        let kept = SessionStorage::raw().get_item(&self.key.try_get_value()?).ok()??;
        let fields = UrlSearchParams::new_with_str(&kept).ok()?;
        let (mut typed, mut photos) = (false, Vec::new());
        for name in NAMES {
            for value in fields.get_all(name).iter().filter_map(|value| value.as_string()) {
                typed |= name != "place" && !value.is_empty();
                match name {
                    "photos[]" => photos.push(value),
                    "times[]" => tick(form, name, &value),
                    _ => fill(form, name, &value),
                }
            }
        }
        typed.then_some(photos)
    }

    /// Forgets it.
    pub(super) fn clear(self) {
        if let Some(key) = self.key.try_get_value() {
            SessionStorage::delete(key);
        }
    }
}

/// Fills in the words that a lobby screen's QR code brought along behind the `#` of the address, where nothing is written
/// yet, and takes them out of the address.
pub(super) fn bring(form: &HtmlFormElement) {
    let (location, Ok(history)) = (window().location(), window().history()) else { return };
    let hash = location.hash().unwrap_or_default();
    let Some(carried) = hash.strip_prefix("#words=") else { return };
    let words = js_sys::decode_uri_component(carried).ok().and_then(|words| words.as_string());
    if let Some(words) = words.filter(|_| values(form, "words").iter().all(|written| written.is_empty())) {
        fill(form, "words", &words);
    }
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let _ = history.replace_state_with_url(&history.state().unwrap_or_default(), "", Some(&path));
}

/// All values of a name in a form.
pub(super) fn values(form: &HtmlFormElement, name: &str) -> Vec<String> {
    let Ok(data) = FormData::new_with_form(form) else {
        return Vec::new();
    };
    data.get_all(name).iter().filter_map(|value| value.as_string()).collect()
}

/// The form around an element.
pub(super) fn form_of(element: &Element) -> Option<HtmlFormElement> {
    element.closest("form").ok().flatten()?.dyn_into().ok()
}

fn fill(form: &HtmlFormElement, name: &str, value: &str) {
    if let Ok(Some(field)) = form.query_selector(&format!("[name='{name}']")) {
        let before = js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string());
        let _ = js_sys::Reflect::set(&field, &"value".into(), &JsValue::from_str(value));
        // A place that is no longer offered leaves the list as it was.
        let now = js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string());
        if now.as_deref() != Some(value)
            && let Some(before) = before
        {
            let _ = js_sys::Reflect::set(&field, &"value".into(), &JsValue::from_str(&before));
        }
    }
}

fn tick(form: &HtmlFormElement, name: &str, value: &str) {
    let Ok(boxes) = form.query_selector_all(&format!("[name='{name}']")) else {
        return;
    };
    for at in 0..boxes.length() {
        let field = boxes.get(at).and_then(|node| node.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field.filter(|field| field.value() == value) {
            field.set_checked(true);
        }
    }
}
