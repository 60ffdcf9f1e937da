use super::ask::Ask;
use super::over::{how, numbers, over_row};
use crate::asking::Loading;
use crate::followups::{AfterDraw, FollowUps, LoadFollowUps};
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::texts;
use crate::ui::{Row, Steady, awaited, both, changing, follow, fresh, icon, opened, shown, ticking};
use chrono::DateTime;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Those who are to be asked again how it went, and what came of it lately.
pub struct FollowUpsPage {
    after: Memo<Option<AfterDraw>>,
    page: Loading<FollowUps>,
    opened: Loading<Opened>,
}

office_page!(FollowUpsPage in followups);

impl FollowUpsPage {
    fn data() -> Self {
        let query = use_query_map();
        let after = Memo::new(move |_| query.with(|query| query.get_str("after").and_then(parse_after)));
        Self { after, page: Loading::new(move || LoadFollowUps { after: after.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { after, page, opened } = self;
        view! {
            <Title text=t.frame_title(t.follow_title(), t.frame_product())/>
            <header>
                <h1>{t.follow_title()}</h1>
                <p class="soft">{t.follow_lead()}</p>
            </header>
            <Suspense>
                {awaited(move || {
                    let after = after.get();
                    async move {
                        shown(both(page.await, opened.await), |(first, opened)| view! { <Lists first opened after/> })
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// A place in the list as an address carries it: microseconds and id.
fn write_after(after: AfterDraw) -> String {
    format!("{}.{}", after.at.timestamp_micros(), after.id)
}

fn parse_after(text: &str) -> Option<AfterDraw> {
    let (at, id) = text.split_once('.')?;
    Some(AfterDraw { at: DateTime::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}

#[component]
fn Lists(
    /// The page as it was when it was loaded.
    first: FollowUps,
    /// The page's forms.
    opened: Opened,
    /// Where its list begins.
    after: Option<AfterDraw>,
) -> impl IntoView {
    let t = texts();
    let question = move || LoadFollowUps { after };
    // Who ends and comes back, and how asking goes.
    let data = fresh(first, Room::Requests, question);
    follow(data, Room::Followups, question);
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let rows = Steady::of(move || data.with(|data| data.open.iter().map(|one| (one.id.0, 0)).collect()));
    let row = move |of: Row| {
        let found = data.with_untracked(|data| data.open.iter().find(|one| one.id.0 == of.0).cloned());
        found.map(|first| {
            let (hold, opened) = (rows.hold(of), opened.clone());
            view! { <Ask first data hold clock opened/> }.into_any()
        })
    };
    let is_empty = Memo::new(move |_| rows.rows().is_empty());
    let next = Memo::new(move |_| data.with(|data| data.next));
    let has_over = Memo::new(move |_| data.with(|data| !data.over.is_empty()));
    let over = move || data.with(|data| data.over.iter().map(|one| over_row(t, one, clock)).collect_view());
    view! {
        {changing(move || is_empty.get().then(|| view! {
            <div class="empty">{icon("check-circle")}<h2>{t.follow_none()}</h2><p>{t.follow_none_more()}</p></div>
        }))}
        <section class="stack" aria-labelledby="to-ask" hidden=Signal::derive(move || is_empty.get())>
            <h2 id="to-ask">{t.follow_open()}</h2>
            <ul class="rows">
                <For each=move || rows.rows() key=|row| *row children=row/>
            </ul>
        </section>
        <div class="buttons">
            {after.map(|_| view! { <a class="button" href="/staff/followups">{t.follow_oldest()}</a> " " })}
            {changing(move || next.get().map(|next| view! {
                <a class="button" href=format!("/staff/followups?after={}", write_after(next))>{t.follow_later()}</a>
            }))}
        </div>
        <section class="stack" aria-labelledby="asked">
            <h2 id="asked">{t.follow_over()}</h2>
            {changing(move || data.with(|data| numbers(t, data)))}
            <ul class="rows" hidden=Signal::derive(move || !has_over.get())>{changing(over)}</ul>
        </section>
        <details>
            <summary class="button" data-kind="quiet">{icon("help")} " " {t.follow_how()}</summary>
            {changing(move || data.with(|data| how(t, data)))}
        </details>
    }
}
