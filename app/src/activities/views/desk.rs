use super::super::api::{LoadActivityDesk, PlanActivity};
use super::super::model::{Activity, ActivityDesk, ActivityStage, PlanForm, Planned};
use super::super::words::{activity_left_text, activity_place_text};
use super::entry::Entry;
use super::parts::stage_chip;
use super::plan::fields;
use crate::asking::{Loading, Reply};
use crate::forms::Opened;
use crate::ids::ActivityId;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{
    FaultPage, Fold, Post, Row, Steady, WallClock, awaited, changing, fresh, icon, opened, param, ticking,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;
use server_fn::ServerFn;
use uuid::Uuid;

/// The office's activities, and the form that plans one; or one of them, from its plan to what came of it.
pub struct ActivityDeskPage {
    /// Of the one that is asked for; empty where all are.
    code: Memo<String>,
    desk: Loading<ActivityDesk>,
    opened: Loading<Opened>,
}

office_page!(ActivityDeskPage in activity_desk);

impl ActivityDeskPage {
    fn data() -> Self {
        let code = param("code");
        Self { code, desk: Loading::new(move || LoadActivityDesk { code: Some(code.get()) }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { code, desk, opened } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let code = code.get();
                    async move {
                        match (desk.await, opened.await) {
                            (Ok(desk), Ok(opened)) if desk.one.is_some() => view! { <Entry desk opened code/> }.into_any(),
                            (Ok(desk), Ok(opened)) => view! { <All desk opened/> }.into_any(),
                            (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                        }
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// Leads on to what was planned, where scripts run.
fn go_on() -> Callback<Reply> {
    let navigate = use_navigate();
    Callback::new(move |reply: Reply| {
        if let Ok(Planned { code }) = reply.open() {
            navigate(&format!("/staff/activities/{code}"), Default::default());
        }
    })
}

#[component]
fn All(desk: ActivityDesk, opened: Opened) -> impl IntoView {
    let t = texts();
    let facilities = desk.facilities.clone();
    let data = fresh(desk, Room::Activities, || LoadActivityDesk { code: None });
    let clock = ticking(move || data.with(|desk| desk.wall.clone()));
    let all =
        Memo::new(move |_| data.with(|desk| desk.activities.iter().map(|activity| activity.id).collect::<Vec<_>>()));
    let is_none = Memo::new(move |_| all.with(Vec::is_empty));
    let line = move |id: ActivityId| {
        let activity = move || data.with(|desk| desk.activities.iter().find(|one| one.id == id).cloned());
        view! { <li>{changing(move || activity().map(|activity| row(t, &activity, clock)))}</li> }.into_any()
    };
    let only: Row = (Uuid::nil(), 0);
    let hold = Steady::of(move || vec![only]).hold(only);
    let plan = fields(t, &facilities, PlanForm::default());
    view! {
        <Title text=t.frame_title(t.activities_title(), t.frame_product())/>
        <header>
            <h1>{t.activities_title()}</h1>
            <p class="soft">{t.activity_desk_lead()}</p>
        </header>
        <section class="card activity">
            <Fold hold>
                <summary class="button" data-kind="primary">{icon("plus")} " " {t.activity_do_plan()}</summary>
                <Post to=PlanActivity::PATH opened then="/staff/activities/{code}" on_done=go_on() hold>
                    {plan}
                    <div class="submit">
                        <button class="button" data-kind="primary">{icon("check")} " " {t.activity_do_save()}</button>
                    </div>
                </Post>
            </Fold>
        </section>
        {changing(move || is_none.get().then(|| view! {
            <div class="empty">{icon("party")}<h2>{t.activity_desk_none()}</h2><p>{t.activity_desk_none_hint()}</p></div>
        }))}
        <ul class="rows"><For each=move || all.get() key=|id| *id children=line/></ul>
    }
}

/// An activity as the office reads it.
fn row(t: Texts, activity: &Activity, clock: WallClock) -> AnyView {
    let open = activity.measures.iter().filter(|measure| measure.ticked_at.is_none()).count();
    let is_over = matches!(activity.stage, ActivityStage::CalledOff | ActivityStage::Closed);
    let to_do = (!is_over).then(|| {
        let places = activity_left_text(t, activity);
        view! { {places} " · " {t.activity_measures_open(activity.measures.len(), open)} " · " }
    });
    view! {
        <a class="row" href=format!("/staff/activities/{}", activity.code)>
            {icon("party")}
            <span class="body">
                <b>{activity.plan.title.of(t.lang).to_owned()}</b>
                <span>{clock.near(t, activity.plan.starts_at)} " · " {activity_place_text(t, activity)}</span>
                <span class="hint">
                    {to_do} <span class="code">{activity.code.clone()}</span>
                </span>
            </span>
            {stage_chip(t, activity, clock)}
        </a>
    }
    .into_any()
}
