use crate::incidents::{Near, Nearby, reach_text};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Radios};
use leptos::prelude::*;

/// Asks whoever is about to report whether it is what neighbours have reported already. It names places and numbers,
/// nobody. Nothing is asked where nothing is like it.
#[component]
pub fn JoinField(
    /// What may be joined.
    nearby: Nearby,
) -> impl IntoView {
    let t = texts();
    if nearby.found.is_empty() {
        return ().into_any();
    }
    let own = Choice::new("", t.like_own()).with_icon("person");
    let choices =
        nearby.found.iter().map(|near| Choice::new(near.id.to_string(), words(t, near, &nearby)).with_icon("users"));
    let choices = choices.chain([own]).collect();
    view! {
        <section class="card join">
            <Radios name="join" label=t.like_title() choices value=""/>
            <p class="soft">{t.like_hint()}</p>
        </section>
    }
    .into_any()
}

fn words(t: Texts, near: &Near, nearby: &Nearby) -> String {
    let (place, since) = (reach_text(t, &near.reach), nearby.wall.at(near.since).near(t, nearby.wall.now()));
    match near.reports {
        Some(reports) => t.like_count(reports, place, since),
        None => t.like_some(place, since),
    }
}
