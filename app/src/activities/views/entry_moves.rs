use super::super::api::{
    AddMeasure, ApproveActivity, BeginActivity, CallOffActivity, ChangeActivity, CloseActivity, DropMeasure,
    PublishActivity, TickMeasure,
};
use super::super::model::{ActivityDesk, ActivityMove, ActivityStage, Measure, ParticipationEntry, PlanForm};
use super::super::rules::{LONGEST_ABOUT, LONGEST_MEASURE, LONGEST_NOTE};
use super::super::words::activity_move_word;
use super::entry::of;
use super::plan::fields;
use crate::forms::Opened;
use crate::ids::MeasureId;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Hidden, Move, Post, Row, Select, Steady, WallClock, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;
use uuid::Uuid;

fn id_of(data: RwSignal<ActivityDesk>) -> Uuid {
    untrack(move || of(data, |one| one.activity.id.0)).unwrap_or_default()
}

fn seen_of(data: RwSignal<ActivityDesk>) -> Signal<String> {
    Signal::derive(move || of(data, |one| one.activity.version.to_string()).unwrap_or_default())
}

/// The moves that are legal now: each its own form.
#[component]
pub(super) fn Moves(data: RwSignal<ActivityDesk>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let id = id_of(data);
    let seen = seen_of(data);
    let all = Memo::new(move |_| of(data, |one| one.moves.clone()).unwrap_or_default());
    let first = Memo::new(move |_| all.with(|all| all.first().copied()));
    // Each version has a form of its own that changes the plan: what was read of one overwrites no other.
    let of_version = move || {
        let version = of(data, |one| one.activity.version).unwrap_or_default();
        Uuid::from_u128(u128::from(version.unsigned_abs()))
    };
    let moves = Steady::of(move || {
        let row = |what: &ActivityMove| (if *what == ActivityMove::Change { of_version() } else { id }, *what as u8);
        all.with(|all| all.iter().map(row).collect())
    });
    let form = move |row: Row| {
        let what = all.with_untracked(|all| all.iter().copied().find(|what| *what as u8 == row.1))?;
        let is_first = Signal::derive(move || first.get() == Some(what));
        let is_harsh = what == ActivityMove::CallOff;
        let seen = if what == ActivityMove::Change { Signal::stored(seen.get_untracked()) } else { seen };
        Some(view! {
            <Move
                to=path(what) opened=opened.clone() id=id.to_string() seen hold=moves.hold(row)
                looks=activity_move_word(t, what) group="moves" is_first is_harsh asks=asks(t, what, data, clock)
            />
        })
    };
    view! {
        <footer class="moves" role="group" aria-label=t.activity_moves() hidden=Signal::derive(move || moves.rows().is_empty())>
            <For each=move || moves.rows() key=|row| *row children=form/>
        </footer>
    }
}

/// Where a move is sent.
fn path(what: ActivityMove) -> &'static str {
    match what {
        ActivityMove::Change => ChangeActivity::PATH,
        ActivityMove::Approve => ApproveActivity::PATH,
        ActivityMove::Publish => PublishActivity::PATH,
        ActivityMove::Begin => BeginActivity::PATH,
        ActivityMove::Close => CloseActivity::PATH,
        ActivityMove::CallOff => CallOffActivity::PATH,
    }
}

/// What a move asks, where it asks something.
fn asks(t: Texts, what: ActivityMove, data: RwSignal<ActivityDesk>, clock: WallClock) -> Option<Children> {
    let desk = data.get_untracked();
    let one = desk.one?;
    let ask: Children = match what {
        ActivityMove::Change => {
            let was = PlanForm::of(&one.activity.plan, |at| clock.at(at));
            let facilities = desk.facilities;
            Box::new(move || fields(t, &facilities, was))
        }
        ActivityMove::CallOff => Box::new(move || {
            view! { <Field name="reason" label=t.activity_why() kind="textarea" rows=2 longest=LONGEST_NOTE/> }
                .into_any()
        }),
        ActivityMove::Close if one.activity.stage == ActivityStage::Held => {
            let came = Signal::derive(move || of(data, |one| came(&one.people)).unwrap_or_default().to_string());
            Box::new(move || {
                view! {
                    <Field name="came" label=t.activity_how_many() kind="number" value=came/>
                    <Field name="went_well" label=t.activity_went_well() kind="textarea" longest=LONGEST_ABOUT/>
                }
                .into_any()
            })
        }
        _ => return None,
    };
    Some(ask)
}

/// How many were ticked at the door.
fn came(people: &[ParticipationEntry]) -> u32 {
    people.iter().filter_map(|entry| entry.participation.came).sum()
}

/// What is done for everybody's safety: whoever answers for it ticks it, and before residents see it more may be added.
#[component]
pub(super) fn Measures(data: RwSignal<ActivityDesk>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let all = Memo::new(move |_| {
        of(data, |one| one.activity.measures.iter().map(|measure| measure.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let is_none = Memo::new(move |_| all.with(Vec::is_empty));
    let adds = Memo::new(move |_| of(data, |one| one.may_prepare).unwrap_or_default());
    let drops = Memo::new(move |_| {
        of(data, |one| one.may_prepare && one.activity.stage == ActivityStage::Draft).unwrap_or_default()
    });
    let forms = opened.clone();
    let line = move |id: MeasureId| {
        let measure =
            move || of(data, |one| one.activity.measures.iter().find(|measure| measure.id == id).cloned()).flatten();
        let ticks = Memo::new(move |_| {
            of(data, |one| one.activity.clone().tick(id, one.me, one.activity.stage_at).is_ok()).unwrap_or_default()
        });
        let (tick, drop) = (forms.clone(), forms.clone());
        view! {
            <li class="row">
                <span class="body">{changing(move || measure().map(|measure| said(t, &measure, clock)))}</span>
                {changing(move || ticks.get().then(|| view! {
                    <Post to=TickMeasure::PATH opened=tick.clone() about=id.to_string() dense=true>
                        <Hidden name="id" value=id.to_string()/>
                        <button class="button" data-kind="primary">{icon("check")} " " {t.measure_tick()}</button>
                    </Post>
                }))}
                {changing(move || drops.get().then(|| view! {
                    <Post to=DropMeasure::PATH opened=drop.clone() about=id.to_string() seen=seen_of(data) dense=true>
                        <Hidden name="id" value=id_of(data).to_string()/>
                        <Hidden name="measure" value=id.to_string()/>
                        <button class="button" data-kind="quiet">{icon("cross")} " " {t.measure_drop()}</button>
                    </Post>
                }))}
            </li>
        }
        .into_any()
    };
    view! {
        <section class="card activity" aria-labelledby="measures">
            <h2 id="measures">{icon("security")} " " {t.measures_title()}</h2>
            <p class="soft">{t.measures_lead()}</p>
            {changing(move || is_none.get().then(|| view! { <p>{t.measures_none()}</p> }))}
            <ul class="rows"><For each=move || all.get() key=|id| *id children=line/></ul>
            {changing(move || adds.get().then(|| view! { <Add data opened=opened.clone()/> }))}
        </section>
    }
}

fn said(t: Texts, measure: &Measure, clock: WallClock) -> AnyView {
    let state = match measure.ticked_at {
        Some(at) => view! { {icon("check")} " " {t.measure_ticked(clock.at(at).full(t))} }.into_any(),
        None => view! { {icon("clock")} " " {t.measure_open()} }.into_any(),
    };
    view! {
        <span>{measure.words.clone()}</span>
        <span class="hint">{measure.name.clone()} " · " {state}</span>
    }
    .into_any()
}

/// Something more is done for everybody's safety.
#[component]
fn Add(data: RwSignal<ActivityDesk>, opened: Opened) -> impl IntoView {
    let t = texts();
    let id = id_of(data).to_string();
    let team = untrack(move || of(data, |one| (one.team.clone(), one.me)));
    let (team, me) = team.map(|(team, me)| (team, me.to_string())).unwrap_or_default();
    let choices = team.into_iter().map(|(staff, name)| Choice::new(staff.to_string(), name)).collect();
    view! {
        <Post to=AddMeasure::PATH opened about=id.clone() seen=seen_of(data) dense=true>
            <Hidden name="id" value=id/>
            <Field name="words" label=t.measure_words() longest=LONGEST_MEASURE autocomplete="off"/>
            <Select name="responsible" label=t.measure_responsible() choices value=me/>
            <div class="submit"><button class="button">{icon("plus")} " " {t.measure_add()}</button></div>
        </Post>
    }
}
