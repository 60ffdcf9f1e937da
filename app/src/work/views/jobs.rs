use super::super::foresight::foresee_jobs;
use super::job_card::JobCard;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::offline::{Ready, foreseen};
use crate::page::office_page;
use crate::people::Staff;
use crate::surfaces::{OfficeData, works_here};
use crate::texts::texts;
use crate::ui::{Row, Steady, WallClock, awaited, both, changing, fresh, icon, opened, shown, ticking};
use crate::work::{Job, Jobs, LoadJobs};
use leptos::ev::FocusEvent;
use leptos::html::Ol;
use leptos::prelude::*;
use leptos_meta::Title;

/// A technician's day: what they hold, in the order of its promises, and what their team has free.
pub struct JobsPage {
    jobs: Loading<Jobs>,
    opened: Loading<Opened>,
}

office_page!(JobsPage in jobs);

impl JobsPage {
    fn data() -> Self {
        Self { jobs: Loading::new(|| LoadJobs {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let JobsPage { jobs, opened } = self;
        let office = use_context::<OfficeData>();
        view! {
            <Suspense>
                {awaited(move || async move {
                    let by = works_here(office).await;
                    shown(both(jobs.await, opened.await), |(first, opened)| view! { <Day first by opened/> })
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
    /// Whose day.
    by: Option<Staff>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let truth = fresh(first, Room::Requests, || LoadJobs {});
    let data = foreseen(truth, move |jobs, entries| by.iter().for_each(|by| foresee_jobs(jobs, entries, by)));
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let mine = Steady::of(move || data.with(|data| data.mine.iter().map(row).collect()));
    let team = Steady::of(move || data.with(|data| data.team.iter().map(row).collect()));
    let has_mine = Memo::new(move |_| !mine.rows().is_empty());
    let has_team = Memo::new(move |_| !team.rows().is_empty());
    let summary = move || data.with(|data| t.jobs_summary(data.mine.len(), data.team.len()));
    view! {
        <Title text=t.frame_title(t.jobs_title(), t.frame_product())/>
        <header class="head">
            <h1>{t.jobs_title()}</h1>
            <p class="soft" aria-live="polite">{changing(summary)}</p>
            <Ready clock/>
        </header>
        {changing(move || (!has_mine.get()).then(|| view! { <NoJobs has_team/> }))}
        <Cards data cards=mine opened=opened.clone() clock/>
        <section class="stack" aria-labelledby="team-jobs" hidden=Signal::derive(move || !has_team.get())>
            <h2 id="team-jobs">{t.jobs_team()}</h2>
            <Cards data cards=team opened clock/>
        </section>
    }
}

/// Jobs in their order. While somebody is at one of them none changes its place.
#[component]
fn Cards(
    /// The day.
    data: RwSignal<Jobs>,
    /// Which jobs of it.
    cards: Steady,
    /// The page's forms.
    opened: Opened,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let card = move |of: Row| {
        let find = move |data: &Jobs| data.mine.iter().chain(&data.team).find(|job| row(job) == of).cloned();
        data.with_untracked(find).map(|first| {
            let job = Memo::new(move |before: Option<&Job>| {
                data.with(find).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
            });
            view! { <JobCard job hold=cards.hold(of) opened=opened.clone() clock/> }.into_any()
        })
    };
    let list = NodeRef::<Ol>::new();
    // A frame later: between two fields the focus is nowhere.
    let look = move |_: FocusEvent| {
        request_animation_frame(move || {
            if let Some(list) = list.try_get_untracked().flatten() {
                cards.keep_still(list.matches(":focus-within").unwrap_or(false));
            }
        });
    };
    view! {
        <ol class="jobs" node_ref=list on:focusin=look on:focusout=look>
            <For each=move || cards.rows() key=|row| *row children=card/>
        </ol>
    }
}

fn row(job: &Job) -> Row {
    (job.order.order.id.0, 0)
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
