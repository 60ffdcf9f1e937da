use super::super::model::{Activity, Participation};
use super::super::words::{
    activity_place_text, activity_price_text, activity_stage_icon, activity_stage_word, activity_time_text,
    participation_icon, participation_word,
};
use crate::texts::Texts;
use crate::ui::{WallClock, icon};
use leptos::prelude::*;

/// A line of the list of facts.
pub(super) fn fact(label: &'static str, value: impl IntoAny) -> AnyView {
    view! { <div><dt>{label}</dt><dd>{value.into_any()}</dd></div> }.into_any()
}

/// An activity's stage now: symbol, word and colour.
pub(super) fn stage_chip(t: Texts, activity: &Activity, clock: WallClock) -> AnyView {
    let (stage, word) = (activity.stage, activity_stage_word(t, activity, clock.now().moment()));
    view! { <span class="chip" data-stage=stage.tag()>{icon(activity_stage_icon(stage))} " " {word}</span> }.into_any()
}

/// How a household stands to one.
pub(super) fn part_chip(t: Texts, part: &Participation) -> AnyView {
    let stage = part.stage;
    view! {
        <span class="chip" data-stage=stage.tag()>{icon(participation_icon(stage))} " " {participation_word(t, stage)}</span>
    }
    .into_any()
}

/// When and where it is, for how many, and what it costs.
pub(super) fn facts(t: Texts, activity: &Activity, clock: WallClock) -> AnyView {
    let plan = &activity.plan;
    let sign_up = t.activity_time(clock.at(plan.opens_at).full(t), clock.at(plan.closes_at).full(t));
    view! {
        {fact(t.activity_when(), activity_time_text(t, activity, clock))}
        {fact(t.activity_where(), activity_place_text(t, activity))}
        {fact(t.booking_price(), activity_price_text(t, activity))}
        {fact(t.activity_quota(), plan.quota)}
        {fact(t.activity_sign_up_time(), sign_up)}
        {fact(t.activity_organiser(), activity.organiser_name.clone())}
    }
    .into_any()
}

/// What came of it.
pub(super) fn result(t: Texts, activity: &Activity) -> Option<AnyView> {
    if let Some(reason) = activity.reason.clone() {
        return Some(view! { <p role="status">{t.activity_off_because(reason)}</p> }.into_any());
    }
    let (came, went_well) = activity.came.zip(activity.went_well.clone())?;
    Some(
        view! {
            <section aria-labelledby="result">
                <h2 id="result">{t.activity_result()}</h2>
                <p>{t.activity_came(came)}</p>
                <p>{went_well}</p>
            </section>
        }
        .into_any(),
    )
}
