use super::super::api::SetPin;
use super::super::model::PIN_LENGTH;
use crate::forms::Opened;
use crate::people::Home;
use crate::texts::{Texts, texts};
use crate::ui::{Field, Hidden, Post, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Where whoever lives somewhere sets the PIN of their household, one a unit.
#[component]
pub fn HouseholdPins(
    /// Where they live.
    homes: Vec<Home>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let mut homes = homes;
    homes.dedup_by_key(|home| home.unit.id);
    if homes.is_empty() {
        return ().into_any();
    }
    let forms = homes.iter().map(|home| form(t, home, opened.clone())).collect_view();
    view! {
        <section aria-labelledby="household-pin">
            <h2 id="household-pin">{t.lobby_own_pin()}</h2>
            <p class="soft">{t.lobby_own_pin_lead()}</p>
            {forms}
        </section>
    }
    .into_any()
}

fn form(t: Texts, home: &Home, opened: Opened) -> AnyView {
    let unit = home.unit.id.to_string();
    let is_open = opened.kept.as_ref().is_some_and(|kept| kept.fields.get("unit") == Some(&unit));
    let done = RwSignal::new(false);
    let on_done = Callback::new(move |_| done.set(true));
    view! {
        <div role="status">
            {changing(move || done.get().then(|| view! {
                <div class="notice" data-tone="good">{icon("check")} <div><p>{t.lobby_own_pin_done()}</p></div></div>
            }))}
        </div>
        <details class="card" open=is_open>
            <summary class="button">{icon("key")} " " {t.lobby_own_pin_set(home.unit.label(t))}</summary>
            <Post to=SetPin::PATH opened about=unit.clone() on_done dense=true>
                <Hidden name="unit" value=Signal::stored(unit)/>
                <Field
                    name="new_pin" label=t.lobby_own_pin_new() hint=t.lobby_own_pin_hint() kind="tel" looks="pin"
                    longest=PIN_LENGTH autocomplete="off"
                />
                <div class="submit"><button class="button" data-kind="primary">{t.lobby_own_pin_submit()}</button></div>
            </Post>
        </details>
    }
    .into_any()
}
