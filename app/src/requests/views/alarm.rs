use super::report_draft::Draft;
use super::report_form::sent;
use super::report_place::PlaceFields;
use crate::forms::Opened;
use crate::requests::{FileReport, LONGEST_WORDS};
use crate::services::{Catalogue, Item};
use crate::texts::texts;
use crate::ui::{Field, Hidden, Post, icon, tel};
use leptos::prelude::*;
use server_fn::ServerFn;

/// An emergency: whom to call and what to do, before anything else; it can be filed from here as it is.
#[component]
pub fn Alarm(
    /// The estate's phones and places.
    catalogue: Catalogue,
    /// The emergency.
    item: Item,
    /// The page's key.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let name = item.name(t.lang).to_owned();
    let control = catalogue.estate.emergency_phone.clone();
    let numbers: Vec<String> = item
        .call_number
        .iter()
        .flat_map(|numbers| numbers.split(',').map(|number| number.trim().to_owned()))
        .filter(|number| !number.is_empty())
        .collect();
    let also_control = !numbers.contains(&control);
    let numbers = if numbers.is_empty() { vec![control.clone()] } else { numbers };
    let calls = numbers
        .iter()
        .map(|number| {
            view! {
                <a class="call" href=tel(number)>
                    {icon("phone")} " " <span>{t.alarm_call()}</span> " " <span class="number">{number.clone()}</span>
                </a>
            }
        })
        .collect_view();
    let steps = item.advice.as_ref().map(|advice| {
        let steps = sentences(advice.of(t.lang)).into_iter().map(|step| view! { <li><span>{step}</span></li> });
        view! { <ol>{steps.collect_view()}</ol> }
    });
    let (estate, tiles) = (catalogue.estate.id.to_string(), catalogue.address(None));
    let has_home = !catalogue.homes.is_empty();
    let on_done = sent(Draft::of(catalogue.account, &item));
    let symbol = item.icon.clone();
    let form = has_home.then(|| {
        let id = item.id.to_string();
        let words = name.clone();
        let catalogue = StoredValue::new(catalogue);
        view! {
            <section class="card" aria-labelledby="also">
                <h2 id="also">{t.alarm_also()}</h2>
                <Post to=FileReport::PATH opened then="/requests/{code}/sent" on_done dense=true>
                    <Hidden name="item" value=id/>
                    <Hidden name="estate" value=estate/>
                    <PlaceFields catalogue item/>
                    <Field
                        name="words" label=t.report_words() hint=t.alarm_words_hint() value=words kind="textarea"
                        rows=2 longest=LONGEST_WORDS
                    />
                    <div class="submit">
                        <button class="button" data-kind="alarm" data-size="l">
                            {icon("send")} " " {t.alarm_send()}
                        </button>
                        <a class="button" data-size="l" href=tiles>{t.alarm_not()}</a>
                    </div>
                </Post>
            </section>
        }
    });
    view! {
        <article class="alarm" aria-labelledby="alarm">
            {icon(&symbol)}
            <h1 id="alarm">{t.alarm_title(&name)}</h1>
            {calls}
            {steps}
            {also_control.then(|| view! {
                <p>{t.alarm_control()} " " <a href=tel(&control)>{control.clone()}</a></p>
            })}
        </article>
        {form}
    }
}

/// One line of advice as steps: what stands between its stops.
fn sentences(advice: &str) -> Vec<String> {
    advice
        .split(['.', ';', '。', '；', '\n'])
        .map(str::trim)
        .filter(|step| !step.is_empty())
        .map(|step| {
            let mut letters = step.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}
