use super::job_card::JobCard;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::lazy_page;
use crate::texts::texts;
use crate::ui::{FaultPage, awaited, changing, fresh, icon, opened, ticking};
use crate::work::{Job, Jobs, LoadJobs};
use leptos::prelude::*;
use leptos_meta::Title;

/// A technician's day: what they hold, in the order of its promises, and what their team has free.
pub struct JobsPage {
    jobs: Loading<Jobs>,
    opened: Loading<Opened>,
}

lazy_page!(JobsPage in jobs);

impl JobsPage {
    fn data() -> Self {
        Self { jobs: Loading::new(|| LoadJobs {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let JobsPage { jobs, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    match (jobs.await, opened.await) {
                        (Ok(first), Ok(opened)) => view! { <Day first opened/> }.into_any(),
                        (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Day(
    /// The day as it was when the page was loaded.
    first: Jobs,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Requests, || LoadJobs {});
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let mine = move || data.with(|data| data.mine.clone());
    let team = move || data.with(|data| data.team.clone());
    let has_mine = Memo::new(move |_| data.with(|data| !data.mine.is_empty()));
    let has_team = Memo::new(move |_| data.with(|data| !data.team.is_empty()));
    let summary = move || data.with(|data| t.jobs_summary(data.mine.len(), data.team.len()));
    let card = move |job: Job| {
        let id = job.order.order.id;
        let now = Memo::new(move |before: Option<&Job>| {
            let found =
                data.with(|data| data.mine.iter().chain(&data.team).find(|job| job.order.order.id == id).cloned());
            found.or(before.cloned()).unwrap_or_else(|| job.clone())
        });
        view! { <JobCard job=now opened=opened.clone() clock/> }.into_any()
    };
    let team_card = card.clone();
    view! {
        <Title text=t.frame_title(t.jobs_title(), t.frame_product())/>
        <header class="head">
            <h1>{t.jobs_title()}</h1>
            <p class="soft" aria-live="polite">{changing(summary)}</p>
        </header>
        {changing(move || (!has_mine.get()).then(|| view! { <NoJobs has_team/> }))}
        <ol class="jobs">
            <For each=mine key=|job| job.order.order.id children=card/>
        </ol>
        <section class="stack" aria-labelledby="team-jobs" hidden=Signal::derive(move || !has_team.get())>
            <h2 id="team-jobs">{t.jobs_team()}</h2>
            <ol class="jobs">
                <For each=team key=|job| job.order.order.id children=team_card/>
            </ol>
        </section>
    }
}

#[component]
fn NoJobs(
    /// Whether the team has something free.
    has_team: Memo<bool>,
) -> impl IntoView {
    let t = texts();
    view! {
        <div class="empty">
            {icon("check-circle")}
            <h2>{t.jobs_empty()}</h2>
            <p>{changing(move || if has_team.get() { t.jobs_empty_team() } else { t.jobs_empty_more() })}</p>
        </div>
    }
}
