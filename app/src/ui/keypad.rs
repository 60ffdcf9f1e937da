use super::changing::changing;
use crate::texts::texts;
use crate::ui::icon;
use leptos::ev::FocusEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Which keys a field wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keys {
    /// A PIN, a phone number.
    Digits,
    /// Capitals and digits.
    Code,
    /// Letters, digits and the space between words.
    Letters,
}

impl Keys {
    fn of(input: &HtmlInputElement) -> Self {
        match (input.type_().as_str(), input.get_attribute("data-as").as_deref()) {
            ("tel", _) => Self::Digits,
            (_, Some("code")) => Self::Code,
            _ => Self::Letters,
        }
    }

    /// All but what stands in the last row, beside the keys that change something.
    fn rows(self) -> &'static [&'static str] {
        match self {
            Self::Digits => &["123", "456", "789"],
            Self::Code => &["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"],
            Self::Letters => &["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM,.'"],
        }
    }
}

/// Fields with keys beneath them for whoever has only a finger, where scripts run: they type into the field that was
/// touched last. A real keyboard goes on as it does, and never comes by the keys.
#[component]
pub fn Keypad(
    /// The fields.
    children: Children,
) -> impl IntoView {
    let t = texts();
    let root = NodeRef::<html::Div>::new();
    let into = RwSignal::new(String::new());
    let keys = RwSignal::new(None::<Keys>);
    let is_upper = RwSignal::new(false);
    let choose = move |input: &HtmlInputElement| {
        into.set(input.id());
        keys.set(Some(Keys::of(input)));
    };
    Effect::new(move |_| {
        let Some(all) = root.get().and_then(|root| root.query_selector_all("input.input").ok()) else { return };
        let inputs: Vec<HtmlInputElement> =
            (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlInputElement>().ok()).collect();
        for input in &inputs {
            // One keyboard on the screen is enough.
            let _ = input.set_attribute("inputmode", "none");
        }
        if let Some(first) = inputs.first() {
            choose(first);
        }
    });
    let on_focus = move |event: FocusEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            choose(&input);
        }
    };
    let press = move |key: Option<char>| {
        let field = document().get_element_by_id(&into.get_untracked());
        let Some(input) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else { return };
        let mut text = input.value();
        let most = usize::try_from(input.max_length()).unwrap_or(usize::MAX);
        match key {
            Some(key) if text.chars().count() < most => text.push(key),
            Some(_) => {}
            None => {
                text.pop();
            }
        }
        input.set_value(&text);
        let _ = input.focus();
    };
    let key = move |key: char| {
        view! {
            <button class="button" type="button" tabindex="-1" on:click=move |_| press(Some(key))>{key.to_string()}</button>
        }
        .into_any()
    };
    let row = move |row: &str, is_upper: bool| {
        let cased = move |key: char| if is_upper { key } else { key.to_ascii_lowercase() };
        view! { <div>{row.chars().map(|letter| key(cased(letter))).collect_view()}</div> }.into_any()
    };
    let pad = move || {
        keys.get().map(|keys| {
            let has_case = keys == Keys::Letters;
            let upper = !has_case || is_upper.get();
            let rows = keys.rows().iter().map(|letters| row(letters, upper)).collect_view();
            let shift = has_case.then(|| {
                view! {
                    <button
                        class="button" type="button" tabindex="-1" aria-pressed=if upper { "true" } else { "false" }
                        on:click=move |_| is_upper.update(|is_upper| *is_upper = !*is_upper)
                    >
                        {t.keypad_shift()}
                    </button>
                }
            });
            let zero = (keys == Keys::Digits).then(|| key('0'));
            let space = has_case.then(|| {
                view! {
                    <button class="button" data-key="space" type="button" tabindex="-1" on:click=move |_| press(Some(' '))>
                        {t.keypad_space()}
                    </button>
                }
            });
            view! {
                // A press leaves the cursor where it is.
                <div
                    class="keypad" role="group" aria-label=t.keypad_label()
                    data-keys=if keys == Keys::Digits { "digits" } else { "letters" }
                    on:mousedown=|event| event.prevent_default()
                >
                    {rows}
                    <div>
                        {shift} {space} {zero}
                        <button class="button" type="button" tabindex="-1" on:click=move |_| press(None)>
                            {icon("undo")} " " {t.keypad_back()}
                        </button>
                    </div>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <div class="keyed" node_ref=root on:focusin=on_focus>
            <div class="fields">{children()}</div>
            {changing(pad)}
        </div>
    }
}
