use super::super::api::LoadActivities;
use super::super::model::{ActivityBoard, ActivityCard};
use super::super::words::{activity_left_text, activity_place_text};
use super::one::One;
use super::parts::{part_chip, stage_chip};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::ActivityId;
use crate::live::Room;
use crate::page::lazy_page;
use crate::texts::{Texts, texts};
use crate::ui::{FaultPage, WallClock, awaited, changing, fresh, icon, opened, param, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// What is done where the reader has a home; or one of it, to sign up.
pub struct ActivitiesPage {
    /// Of the one that is asked for; empty where all are.
    code: Memo<String>,
    board: Loading<ActivityBoard>,
    opened: Loading<Opened>,
}

lazy_page!(ActivitiesPage in activities);

impl ActivitiesPage {
    fn data() -> Self {
        let code = param("code");
        Self { code, board: Loading::new(move || LoadActivities { code: Some(code.get()) }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { code, board, opened } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let code = code.get();
                    async move {
                        match (board.await, opened.await) {
                            (Ok(board), Ok(opened)) if board.one.is_some() => view! { <One board opened code/> }.into_any(),
                            (Ok(board), Ok(_)) => view! { <All board/> }.into_any(),
                            (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                        }
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn All(board: ActivityBoard) -> impl IntoView {
    let t = texts();
    let data = fresh(board, Room::Activities, || LoadActivities { code: None });
    let clock = ticking(move || data.with(|board| board.wall.clone()));
    let all =
        Memo::new(move |_| data.with(|board| board.activities.iter().map(|card| card.activity.id).collect::<Vec<_>>()));
    let is_none = Memo::new(move |_| all.with(Vec::is_empty));
    let line = move |id: ActivityId| {
        let card = move || data.with(|board| board.activities.iter().find(|card| card.activity.id == id).cloned());
        view! { <li>{changing(move || card().map(|card| row(t, &card, clock)))}</li> }.into_any()
    };
    view! {
        <Title text=t.frame_title(t.activities_title(), t.frame_product())/>
        <header>
            <h1>{t.activities_title()}</h1>
            <p class="soft">{t.activities_lead()}</p>
        </header>
        {changing(move || is_none.get().then(|| view! {
            <div class="empty">{icon("party")}<h2>{t.activities_none()}</h2><p>{t.activities_none_hint()}</p></div>
        }))}
        <ul class="rows"><For each=move || all.get() key=|id| *id children=line/></ul>
    }
}

/// An activity as a row that leads to its page.
fn row(t: Texts, card: &ActivityCard, clock: WallClock) -> AnyView {
    let activity = &card.activity;
    let chip = card.own.as_ref().map_or_else(|| stage_chip(t, activity, clock), |own| part_chip(t, own));
    let left = activity.is_open(clock.now().moment()).then(|| activity_left_text(t, activity));
    view! {
        <a class="row" href=format!("/activities/{}", activity.code)>
            {icon("party")}
            <span class="body">
                <span>{activity.plan.title.of(t.lang).to_owned()}</span>
                <span class="hint">{clock.near(t, activity.plan.starts_at)} " · " {activity_place_text(t, activity)}</span>
                {left.map(|left| view! { <span class="hint">{left}</span> })}
            </span>
            {chip}
            {icon("chevron")}
        </a>
    }
    .into_any()
}
