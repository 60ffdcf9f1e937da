use super::super::api::{GiveUpActivity, LoadActivities, RateActivity, SignUpForActivity};
use super::super::model::{
    ActivityBoard, ActivityFile, ActivityStage, OwnPart, Participation, ParticipationMove, ParticipationStage,
};
use super::super::rules::LONGEST_NOTE;
use super::super::words::activity_left_text;
use super::parts::{facts, part_chip, result, stage_chip};
use crate::calendar::add_activity_to_calendar;
use crate::forms::Opened;
use crate::ids::ParticipationId;
use crate::live::Room;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Hidden, Post, Select, Stars, WallClock, changing, fresh, icon, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// What the page shows of it.
fn of<T>(data: RwSignal<ActivityBoard>, say: impl FnOnce(&ActivityFile) -> T) -> Option<T> {
    data.with(|board| board.one.as_ref().map(say))
}

/// One activity: what it is, and what its reader does about it.
#[component]
pub(super) fn One(board: ActivityBoard, opened: Opened, code: String) -> impl IntoView {
    let t = texts();
    let data = fresh(board, Room::Activities, move || LoadActivities { code: Some(code.clone()) });
    let clock = ticking(move || data.with(|board| board.wall.clone()));
    let plan = untrack(move || of(data, |file| file.card.activity.plan.clone()));
    let Some(plan) = plan else { return ().into_any() };
    let (title, about) = (plan.title.of(t.lang).to_owned(), plan.about.of(t.lang).to_owned());
    let free = Memo::new(move |_| of(data, |file| file.free.clone()).unwrap_or_default());
    // About each home's part there is a form of its own.
    let parts = move |what: ParticipationMove| {
        let found = Memo::new(move |_| of(data, |file| may(file, what)).unwrap_or_default());
        move || found.get()
    };
    let chip = move || {
        of(data, |file| match file.parts.as_slice() {
            [] => stage_chip(t, &file.card.activity, clock),
            parts => parts.iter().map(|own| view! { {part_chip(t, &own.part)} " " }).collect_view().into_any(),
        })
    };
    let kept = move || {
        of(data, |file| {
            let is_in = !file.parts.is_empty();
            is_in.then(|| add_activity_to_calendar(t, &file.card.activity.code))
        })
        .flatten()
    };
    let (one, two) = (opened.clone(), opened.clone());
    let rate = move |id: ParticipationId| view! { <Rate data id opened=one.clone()/> }.into_any();
    let give_up = move |id: ParticipationId| view! { <GiveUp data id opened=two.clone()/> }.into_any();
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href="/activities">{icon("arrow-left")} " " {t.activities_title()}</a>
        <article class="card activity">
            <header><h1>{icon("party")} " " {title}</h1> {changing(chip)}</header>
            <p class="when" role="status">{changing(move || of(data, |file| says(t, file, clock)))}</p>
            <p class="words">{about}</p>
            <dl class="facts">{changing(move || of(data, |file| facts(t, &file.card.activity, clock)))}</dl>
            {changing(move || of(data, |file| result(t, &file.card.activity)).flatten())}
            {changing(move || free.with(|free| !free.is_empty()).then(|| view! { <SignUp data opened=opened.clone()/> }))}
            <For each=parts(ParticipationMove::Rate) key=|id| *id children=rate/>
        </article>
        <div class="buttons">{changing(kept)}</div>
        <For each=parts(ParticipationMove::GiveUp) key=|id| *id children=give_up/>
    }
    .into_any()
}

/// The parts about which this may be done.
fn may(file: &ActivityFile, what: ParticipationMove) -> Vec<ParticipationId> {
    file.parts.iter().filter(|own| own.moves.contains(&what)).map(|own| own.part.id).collect()
}

/// How their household stands to it, home by home where there are several; or how many places are left.
fn says(t: Texts, file: &ActivityFile, clock: WallClock) -> String {
    let activity = &file.card.activity;
    let now = clock.now().moment();
    let own = |own: &OwnPart| {
        let said = match own.part.stage {
            ParticipationStage::Waiting => t.activity_says_waiting(own.part.heads),
            _ => t.activity_says_signed(own.part.heads),
        };
        match home_of(t, file, &own.part) {
            Some(home) => t.activity_of_home(home, said),
            None => said,
        }
    };
    match activity.stage {
        ActivityStage::Published if !file.parts.is_empty() => file.parts.iter().map(own).collect::<Vec<_>>().join(" "),
        ActivityStage::Published if now < activity.plan.opens_at => {
            t.activity_says_opens(clock.near(t, activity.plan.opens_at))
        }
        ActivityStage::Published if activity.is_open(now) => activity_left_text(t, activity),
        ActivityStage::Published => t.activity_says_shut().to_owned(),
        ActivityStage::Held => t.activity_says_held().to_owned(),
        _ => String::new(),
    }
}

/// What a part's home is called, where its reader has several.
fn home_of(t: Texts, file: &ActivityFile, part: &Participation) -> Option<String> {
    let home = file.homes.iter().find(|home| home.unit.id == part.unit)?;
    (file.homes.len() > 1).then(|| home.unit.label(t))
}

/// Which home's form it is, where there are several; and the version of its part.
fn part_of(t: Texts, data: RwSignal<ActivityBoard>, id: ParticipationId) -> (Option<String>, Signal<String>) {
    let find = move |file: &ActivityFile| file.parts.iter().map(|own| &own.part).find(|part| part.id == id).cloned();
    let home = untrack(move || of(data, |file| find(file).and_then(|part| home_of(t, file, &part))).flatten());
    let seen =
        Signal::derive(move || of(data, find).flatten().map(|part| part.version.to_string()).unwrap_or_default());
    (home, seen)
}

/// How many come, of which home.
#[component]
fn SignUp(data: RwSignal<ActivityBoard>, opened: Opened) -> impl IntoView {
    let t = texts();
    let file = untrack(move || of(data, Clone::clone));
    let Some(file) = file else { return ().into_any() };
    let activity = &file.card.activity;
    let (id, quota) = (activity.id.to_string(), activity.plan.quota);
    let free = file.homes.iter().filter(|home| file.free.contains(&home.unit.id));
    let homes: Vec<_> = free.map(|home| Choice::new(home.unit.id.to_string(), home.unit.label(t))).collect();
    let chosen = homes.first().map(|home| home.value.clone()).unwrap_or_default();
    let home = if homes.len() > 1 {
        view! { <Select name="home" label=t.booking_for() choices=homes value=chosen/> }.into_any()
    } else {
        view! { <Hidden name="home" value=chosen/> }.into_any()
    };
    view! {
        <Post to=SignUpForActivity::PATH opened about=id.clone()>
            <Hidden name="id" value=id/>
            {home}
            <Field name="heads" label=t.activity_heads() hint=t.activity_heads_hint(quota) kind="number" value="1".to_owned()/>
            <p class="hint soft">{t.activity_line_hint()}</p>
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">{icon("check-circle")} " " {t.activity_sign_up()}</button>
            </div>
        </Post>
    }
    .into_any()
}

/// They do not come.
#[component]
fn GiveUp(data: RwSignal<ActivityBoard>, id: ParticipationId, opened: Opened) -> impl IntoView {
    let t = texts();
    let (home, seen) = part_of(t, data, id);
    view! {
        <Post to=GiveUpActivity::PATH opened about=id.to_string() seen>
            <Hidden name="id" value=id.to_string()/>
            <div class="submit">
                <button class="button" data-kind="quiet">
                    {icon("cross")} " " {t.activity_give_up()} {home.map(|home| format!(" ({home})"))}
                </button>
            </div>
        </Post>
    }
}

/// How it was, from whoever was there.
#[component]
fn Rate(data: RwSignal<ActivityBoard>, id: ParticipationId, opened: Opened) -> impl IntoView {
    let t = texts();
    let (home, seen) = part_of(t, data, id);
    view! {
        <Post to=RateActivity::PATH opened about=id.to_string() seen dense=true>
            <Hidden name="id" value=id.to_string()/>
            {home.map(|home| view! { <p class="hint">{home}</p> })}
            <Stars name="stars" label=t.activity_how()/>
            <Field name="words" label=t.booking_how_words() kind="textarea" longest=LONGEST_NOTE rows=2 optional=true/>
            <div class="submit">
                <button class="button" data-kind="primary">{icon("star")} " " {t.booking_rate()}</button>
            </div>
        </Post>
    }
}
