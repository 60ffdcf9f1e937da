use super::super::api::{AttendActivity, LoadActivityDesk, StrikeActivity};
use super::super::model::{ActivityDesk, ActivityEntry, Participation, ParticipationEntry, ParticipationStage};
use super::super::words::activity_left_text;
use super::entry_moves::{Measures, Moves};
use super::parts::{fact, facts, part_chip, result, stage_chip};
use crate::forms::Opened;
use crate::ids::ParticipationId;
use crate::live::Room;
use crate::texts::{Texts, texts};
use crate::ui::{Field, Hidden, Post, changing, fresh, icon, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// What the page shows of it.
pub(super) fn of<T>(data: RwSignal<ActivityDesk>, say: impl FnOnce(&ActivityEntry) -> T) -> Option<T> {
    data.with(|desk| desk.one.as_ref().map(say))
}

/// One activity as the office sees it through: plan, safety, who comes, and what came of it.
#[component]
pub(super) fn Entry(desk: ActivityDesk, opened: Opened, code: String) -> impl IntoView {
    let t = texts();
    let data = fresh(desk, Room::Activities, move || LoadActivityDesk { code: Some(code.clone()) });
    let clock = ticking(move || data.with(|desk| desk.wall.clone()));
    let texts_of = move || {
        of(data, |one| {
            let plan = &one.activity.plan;
            (plan.title.of(t.lang).to_owned(), plan.about.of(t.lang).to_owned(), one.activity.code.clone())
        })
    };
    let (title, _, code) = untrack(texts_of).unwrap_or_default();
    let name = move || texts_of().map(|(title, ..)| title);
    let about = move || texts_of().map(|(_, about, _)| about);
    let (one, two) = (opened.clone(), opened.clone());
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href="/staff/activities">{icon("arrow-left")} " " {t.activities_title()}</a>
        <article class="card activity">
            <header>
                <h1>{icon("party")} " " {changing(name)}</h1>
                {changing(move || of(data, |one| stage_chip(t, &one.activity, clock)))}
            </header>
            <p class="when" role="status">{changing(move || of(data, |one| activity_left_text(t, &one.activity)))}</p>
            <p class="words">{changing(about)}</p>
            <dl class="facts">
                {changing(move || of(data, |one| facts(t, &one.activity, clock)))}
                {changing(move || of(data, |one| fact(t.plan_capacity(), one.activity.plan.capacity)))}
                {fact(t.booking_code(), view! { <span class="code">{code}</span> })}
            </dl>
            {changing(move || of(data, |one| result(t, &one.activity)).flatten())}
            <Moves data clock opened/>
        </article>
        <Measures data clock opened=one/>
        <People data opened=two/>
    }
}

/// Who comes, who waits, and at the door who is there; in the end how it was.
#[component]
fn People(data: RwSignal<ActivityDesk>, opened: Opened) -> impl IntoView {
    let t = texts();
    let all = Memo::new(move |_| {
        of(data, |one| one.people.iter().map(|entry| entry.participation.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let is_none = Memo::new(move |_| all.with(Vec::is_empty));
    let attends = Memo::new(move |_| of(data, |one| one.may_attend).unwrap_or_default());
    let strikes = Memo::new(move |_| of(data, |one| one.may_strike).unwrap_or_default());
    let stars = move || of(data, |one| found(t, &one.people)).flatten();
    let line = move |id: ParticipationId| {
        let entry =
            move || of(data, |one| one.people.iter().find(|entry| entry.participation.id == id).cloned()).flatten();
        let (opened, strike) = (opened.clone(), opened.clone());
        let door = Memo::new(move |_| {
            let comes = |entry: ParticipationEntry| entry.participation.stage != ParticipationStage::Waiting;
            attends.get() && entry().is_some_and(comes)
        });
        view! {
            <li class="row">
                <span class="body">{changing(move || entry().map(|entry| who(t, &entry)))}</span>
                {changing(move || entry().map(|entry| part_chip(t, &entry.participation)))}
                {changing(move || door.get().then(|| view! { <Door data id opened=opened.clone()/> }))}
                {changing(move || strikes.get().then(|| view! { <Strike data id opened=strike.clone()/> }))}
            </li>
        }
        .into_any()
    };
    view! {
        <section class="stack" aria-labelledby="people">
            <h2 id="people">{t.activity_people()}</h2>
            {changing(stars)}
            {changing(move || is_none.get().then(|| view! { <p class="soft">{t.activity_people_none()}</p> }))}
            <ul class="rows"><For each=move || all.get() key=|id| *id children=line/></ul>
        </section>
    }
}

fn who(t: Texts, entry: &ParticipationEntry) -> AnyView {
    let part = &entry.participation;
    let stars = part.stars.map(|stars| match part.stars_words.clone() {
        Some(words) => t.booking_stars_words(stars, words),
        None => t.booking_stars(stars),
    });
    view! {
        <span>{t.diary_who(entry.home.label(t), &entry.person)}</span>
        {entry.has_left.then(|| view! { <span class="hint">{icon("alert")} " " {t.activity_has_left()}</span> })}
        <span class="hint">{t.activity_heads_of(part.came.unwrap_or_default(), part.heads)}</span>
        {stars.map(|stars| view! { <span class="hint">{stars}</span> })}
    }
    .into_any()
}

/// How those who said so found it.
fn found(t: Texts, people: &[ParticipationEntry]) -> Option<AnyView> {
    let stars: Vec<u32> = people.iter().filter_map(|entry| entry.participation.stars.map(u32::from)).collect();
    let count = u32::try_from(stars.len()).ok().filter(|count| *count > 0)?;
    let tenths = stars.iter().sum::<u32>() * 10 / count;
    let mean = format!("{}.{}", tenths / 10, tenths % 10);
    Some(view! { <p>{icon("star")} " " {t.activity_stars(count, mean)}</p> }.into_any())
}

/// What the page shows of a part.
fn part_of<T>(data: RwSignal<ActivityDesk>, id: ParticipationId, say: impl FnOnce(&Participation) -> T) -> Option<T> {
    of(data, |one| one.people.iter().find(|entry| entry.participation.id == id).map(|entry| say(&entry.participation)))
        .flatten()
}

fn seen_of(data: RwSignal<ActivityDesk>, id: ParticipationId) -> Signal<String> {
    Signal::derive(move || part_of(data, id, |part| part.version.to_string()).unwrap_or_default())
}

/// Gives up what a household has, or waits for.
#[component]
fn Strike(data: RwSignal<ActivityDesk>, id: ParticipationId, opened: Opened) -> impl IntoView {
    let t = texts();
    view! {
        <Post to=StrikeActivity::PATH opened about=id.to_string() seen=seen_of(data, id) dense=true>
            <Hidden name="id" value=id.to_string()/>
            <button class="button" data-kind="quiet">{icon("cross")} " " {t.activity_strike()}</button>
        </Post>
    }
}

/// How many of them are there.
#[component]
fn Door(data: RwSignal<ActivityDesk>, id: ParticipationId, opened: Opened) -> impl IntoView {
    let t = texts();
    let seen = seen_of(data, id);
    let heads = untrack(move || part_of(data, id, |part| part.came.unwrap_or(part.heads).to_string()));
    let heads = heads.unwrap_or_default();
    view! {
        <Post to=AttendActivity::PATH opened about=id.to_string() seen dense=true class="door">
            <Hidden name="id" value=id.to_string()/>
            <Field name="came" label=t.activity_there() kind="number" value=heads/>
            <button class="button">{icon("check")} " " {t.activity_tick()}</button>
        </Post>
    }
}
