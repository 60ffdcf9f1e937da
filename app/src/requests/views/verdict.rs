use super::track::{may, row};
use crate::forms::Opened;
use crate::requests::{Confirm, Dispute, LONGEST_WORDS, Rate, ResidentMove, Track};
use crate::texts::texts;
use crate::ui::{Field, Fold, Hidden, Hold, Post, Stars, Steady, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Honest closure: the resident confirms, says that it is not fixed, or rates what was closed.
#[component]
pub fn Verdict(
    /// The matter.
    data: RwSignal<Track>,
    /// What the reader may do.
    moves: Steady,
    /// The page's key.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (confirm, dispute) = (may(moves, ResidentMove::Confirm), may(moves, ResidentMove::Dispute));
    let rate = may(moves, ResidentMove::Rate);
    let hold = move |what: ResidentMove| moves.hold(row(what));
    let any = Memo::new(move |_| confirm.get() || dispute.get() || rate.get());
    changing(move || {
        let opened = opened.clone();
        any.get().then(move || {
            let (one, two, three) = (opened.clone(), opened.clone(), opened);
            view! {
                <section class="card verdict" aria-labelledby="verdict">
                    <h2 id="verdict">
                        {changing(move || match (confirm.get(), rate.get()) {
                            (true, _) => t.track_verdict(),
                            (false, true) => t.track_rate(),
                            (false, false) => t.track_object(),
                        })}
                    </h2>
                    {changing(move || confirm.get().then(|| {
                        view! { <Fixed data hold=hold(ResidentMove::Confirm) opened=one.clone()/> }
                    }))}
                    {changing(move || (rate.get() && !confirm.get()).then(|| {
                        view! { <Rated data hold=hold(ResidentMove::Rate) opened=two.clone()/> }
                    }))}
                    {changing(move || dispute.get().then(|| {
                        view! { <NotFixed data hold=hold(ResidentMove::Dispute) opened=three.clone() confirm/> }
                    }))}
                </section>
            }
        })
    })
}

#[component]
fn Axes() -> impl IntoView {
    let t = texts();
    view! {
        <Stars name="attitude" label=t.rate_attitude() hint=t.rate_attitude_hint()/>
        <Stars name="conduct" label=t.rate_conduct() hint=t.rate_conduct_hint()/>
        <Stars name="speed" label=t.rate_speed() hint=t.rate_speed_hint()/>
        <Stars name="result" label=t.rate_result() hint=t.rate_result_hint()/>
    }
}

fn id_of(data: RwSignal<Track>) -> String {
    data.with_untracked(|track| track.card.id.to_string())
}

fn seen_of(data: RwSignal<Track>) -> Signal<String> {
    Signal::derive(move || data.with(|track| track.version.to_string()))
}

#[component]
fn Fixed(data: RwSignal<Track>, hold: Hold, opened: Opened) -> impl IntoView {
    let t = texts();
    // A matter is rated once, however often it is opened again.
    let is_rated = data.with_untracked(|track| track.rating.is_some());
    view! {
        <Post to=Confirm::PATH opened about=id_of(data) seen=seen_of(data) hold dense=true>
            <Hidden name="id" value=id_of(data)/>
            {(!is_rated).then(|| view! { <Axes/> <p class="soft">{t.track_rating_hint()}</p> })}
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">
                    {icon("check-circle")} " " {t.track_confirm()}
                </button>
            </div>
        </Post>
    }
}

#[component]
fn Rated(data: RwSignal<Track>, hold: Hold, opened: Opened) -> impl IntoView {
    let t = texts();
    view! {
        <Post to=Rate::PATH opened about=id_of(data) hold dense=true>
            <Hidden name="id" value=id_of(data)/>
            <Axes/>
            <div class="submit">
                <button class="button" data-kind="primary">{icon("star")} " " {t.track_rate_send()}</button>
            </div>
        </Post>
    }
}

#[component]
fn NotFixed(data: RwSignal<Track>, hold: Hold, opened: Opened, confirm: Memo<bool>) -> impl IntoView {
    let t = texts();
    view! {
        <Fold hold>
            <summary>{changing(move || if confirm.get() { t.track_not_fixed() } else { t.track_object() })}</summary>
            <Post to=Dispute::PATH opened about=id_of(data) seen=seen_of(data) hold dense=true>
                <Hidden name="id" value=id_of(data)/>
                <Field name="words" label=t.track_what_wrong() kind="textarea" longest=LONGEST_WORDS/>
                <div class="submit">
                    <button class="button" data-kind="danger">{icon("retry")} " " {t.track_send_back()}</button>
                </div>
            </Post>
        </Fold>
    }
}
