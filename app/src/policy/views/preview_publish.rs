use super::policy::since;
use crate::asking::Reply;
use crate::forms::Opened;
use crate::policy::{DiscardDraft, Preview, Publish};
use crate::texts::texts;
use crate::ui::{Choice, Field, Post, Radios, WallClock, icon};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use server_fn::ServerFn;

fn seen(data: RwSignal<Preview>) -> Signal<String> {
    Signal::derive(move || data.with(|preview| preview.draft.version.to_string()))
}

/// Back to the policy, where scripts run.
fn to_policy() -> Callback<Reply> {
    let navigate = use_navigate();
    Callback::new(move |_| navigate("/staff/policy", Default::default()))
}

/// From when the draft holds, and why.
#[component]
pub fn PublishForm(
    /// The preview.
    data: RwSignal<Preview>,
    /// The page's clock.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let starts = vec![Choice::new("now", t.policy_start_now()), Choice::new("later", t.policy_start_later())];
    let (number, tomorrow, last) = data.with_untracked(|preview| {
        let tomorrow = preview.wall.now().day().succ_opt().map(|day| day.to_string()).unwrap_or_default();
        let is_coming = preview.latest.valid_from > preview.wall.now().moment();
        (preview.latest.version + 1, tomorrow, is_coming.then(|| preview.latest.clone()))
    });
    let last = last.map(|last| {
        view! { <p class="soft">{t.policy_not_before(since(t, &last, clock), last.version)}</p> }
    });
    view! {
        <section class="card" aria-labelledby="publish-title">
            <h2 id="publish-title">{t.policy_publish_title(number)}</h2>
            <Post to=Publish::PATH opened seen=seen(data) then="/staff/policy" on_done=to_policy()>
                {last}
                <Radios name="start" label=t.policy_start() choices=starts value="later"/>
                <div class="pair starts">
                    <Field name="on" label=t.policy_start_on() kind="date" value=tomorrow/>
                    <Field name="time" label=t.policy_start_time() kind="time" value="00:00"/>
                </div>
                <Field name="note" label=t.policy_why() hint=t.policy_why_hint() kind="textarea" rows=2 longest=500/>
                <div class="submit"><button class="button" data-kind="primary">{icon("send")} " " {t.policy_publish()}</button></div>
            </Post>
        </section>
    }
}

/// Gives the draft up, after a second look.
#[component]
pub fn Discard(
    /// The preview.
    data: RwSignal<Preview>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    view! {
        <details>
            <summary class="button" data-kind="quiet">{icon("cross")} " " {t.policy_discard()}</summary>
            <Post to=DiscardDraft::PATH opened seen=seen(data) then="/staff/policy" on_done=to_policy()>
                <p>{t.policy_discard_what()}</p>
                <div class="submit"><button class="button" data-kind="danger">{icon("cross")} " " {t.policy_discard_sure()}</button></div>
            </Post>
        </details>
    }
}
