use super::policy::changed_words;
use super::preview_publish::{Discard, PublishForm};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::policy::{Change, LoadPreview, Preview, Tally, clock_word, length_word};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, both, changing, fresh, icon, opened, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// What the draft would mean, and the form that publishes it.
pub struct PreviewPolicyPage {
    preview: Loading<Preview>,
    opened: Loading<Opened>,
}

office_page!(PreviewPolicyPage in policy_preview);

impl PreviewPolicyPage {
    fn data() -> Self {
        Self { preview: Loading::new(|| LoadPreview {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let PreviewPolicyPage { preview, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(preview.await, opened.await), |(first, opened)| view! { <Effects first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Effects(
    /// The preview as it was when the page was loaded.
    first: Preview,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Policy, || LoadPreview {});
    let clock = ticking(move || data.with(|preview| preview.wall.clone()));
    let is_drafted = Memo::new(move |_| data.with(|preview| !preview.draft.changed.is_empty()));
    let forms = move |is_drafted: bool| match is_drafted {
        true => {
            view! { <PublishForm data clock opened=opened.clone()/> <Discard data opened=opened.clone()/> }.into_any()
        }
        false => ().into_any(),
    };
    view! {
        <Title text=t.frame_title(t.policy_preview_title(), t.frame_product())/>
        <a class="back" href="/staff/policy">{icon("arrow-left")} " " {t.policy_back()}</a>
        <header><h1>{t.policy_preview_title()}</h1></header>
        <div class="who">
            <div class="stack" data-gap="l">{changing(move || data.with(|preview| effects(t, preview, clock)))}</div>
            <div class="stack" data-gap="l"><For each=move || [is_drafted.get()] key=|is_drafted| *is_drafted children=forms/></div>
        </div>
    }
}

fn effects(t: Texts, preview: &Preview, clock: WallClock) -> AnyView {
    if preview.draft.changed.is_empty() {
        return view! {
            <div class="empty">
                {icon("pen")}
                <h2>{t.policy_nothing_title()}</h2>
                <p>{t.policy_nothing_more()}</p>
                <a class="button" href="/staff/policy/edit/calendar">{t.policy_begin()}</a>
            </div>
        }
        .into_any();
    }
    let reckoned = match preview.is_cut {
        true => t.policy_reckoned_cut(preview.matters),
        false => t.policy_reckoned(preview.matters),
    };
    let rows = preview.tallies.iter().map(|tally| row(t, tally)).collect_view();
    view! {
        <section class="card" aria-labelledby="preview-what">
            <h2 id="preview-what">{t.policy_what_changes()}</h2>
            <p>{t.policy_changes(changed_words(t, &preview.draft.changed))}</p>
            <p>{t.policy_honest(preview.latest.version + 1)}</p>
        </section>
        <section class="card" aria-labelledby="preview-open">
            <h2 id="preview-open">{t.policy_on_open()}</h2>
            <p class="soft">{reckoned} " " {t.policy_reckoned_how()}</p>
            <div class="scroll" role="group" aria-labelledby="preview-open" tabindex="0">
                <table class="table lengths">
                    <thead>
                        <tr>
                            <th scope="col">{t.policy_clock()}</th>
                            <th scope="col" data-as="number">{t.policy_running()}</th>
                            <th scope="col" data-as="number">{t.policy_late()}</th>
                            <th scope="col" data-as="number">{t.policy_at_risk()}</th>
                            <th scope="col" data-as="number">{t.policy_earlier()}</th>
                            <th scope="col" data-as="number">{t.policy_later()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {changes(t, &preview.changes, clock)}
        </section>
    }
    .into_any()
}

fn row(t: Texts, tally: &Tally) -> AnyView {
    view! {
        <tr>
            <th scope="row">{clock_word(t, tally.kind)}</th>
            <td data-as="number">{tally.running}</td>
            <td data-as="number">{became(t, tally.runs.late, tally.drafted.late)}</td>
            <td data-as="number">{became(t, tally.runs.at_risk, tally.drafted.at_risk)}</td>
            <td data-as="number">{tally.earlier}</td>
            <td data-as="number">{tally.later}</td>
        </tr>
    }
    .into_any()
}

/// A number now, and by the draft.
fn became(t: Texts, now: u32, drafted: u32) -> String {
    if now == drafted { now.to_string() } else { t.policy_became(now, drafted) }
}

fn changes(t: Texts, changes: &[Change], clock: WallClock) -> AnyView {
    if changes.is_empty() {
        return view! { <p>{t.policy_no_times_change()}</p> }.into_any();
    }
    let rows = changes.iter().map(|change| {
        let minutes = (change.drafted_at - change.due_at).num_minutes();
        let length = length_word(t, minutes.abs());
        let (tone, moved) =
            if minutes < 0 { ("risk", t.policy_moves_earlier(length)) } else { ("ok", t.policy_moves_later(length)) };
        let (was, would) = (clock.at(change.due_at), clock.at(change.drafted_at));
        view! {
            <li>
                <a class="row" href=format!("/staff/requests/{}/clocks", change.code)>
                    <div class="body">
                        <span>{change.item.of(t.lang).to_owned()} " · " {clock_word(t, change.kind)}</span>
                        <span class="hint">
                            <span class="code">{change.code.clone()}</span> " · "
                            <s><time datetime=was.machine()>{clock.near(t, change.due_at)}</time></s> " "
                            <time datetime=would.machine()>{clock.near(t, change.drafted_at)}</time>
                        </span>
                    </div>
                    <span class="clock" data-clock=tone>{icon("clock")} " " {moved}</span>
                </a>
            </li>
        }
    });
    view! { <h3>{t.policy_most_changed()}</h3> <ul class="rows">{rows.collect_view()}</ul> }.into_any()
}
