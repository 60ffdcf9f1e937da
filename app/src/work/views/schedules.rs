use super::upkeep_tabs::UpkeepTabs;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::moment::date;
use crate::page::office_page;
use crate::requests::place_text;
use crate::texts::{Texts, texts};
use crate::ui::{
    Choice, Field, Fold, Hidden, Post, Radios, Row, Steady, awaited, both, changing, fresh, icon, opened, shown,
};
use crate::work::{EndRepeat, Every, LoadSchedules, RepeatOrder, Schedule, Schedules, Sheet};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use uuid::Uuid;

/// `Every 2 weeks, next on 7 Dec 2026`
fn schedule_text(t: Texts, schedule: &Schedule) -> String {
    let every = schedule.every;
    let how = match (schedule.unit, every) {
        (Every::Day, 1) => t.schedule_daily().to_owned(),
        (Every::Week, 1) => t.schedule_weekly().to_owned(),
        (Every::Month, 1) => t.schedule_monthly().to_owned(),
        (Every::Day, _) => t.schedule_days(every),
        (Every::Week, _) => t.schedule_weeks(every),
        (Every::Month, _) => t.schedule_months(every),
    };
    t.schedule_next(date(t, schedule.next_on), how)
}

const REPEAT: Row = (Uuid::nil(), 21);

/// On an order's page: how it recurs, or the form that makes it.
#[component]
pub fn Repeating(
    /// The order.
    data: RwSignal<Sheet>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = data.with_untracked(|data| data.job.order.order.id.to_string());
    let schedule = Memo::new(move |_| data.with(|data| data.schedule.clone()));
    let may = Memo::new(move |_| data.with(|data| data.may_repeat));
    let forms =
        Steady::of(move || may.get().then_some(REPEAT).into_iter().filter(|_| schedule.get().is_none()).collect());
    let has_any = Memo::new(move |_| may.get() || schedule.get().is_some());
    let (order, ends) = (id.clone(), opened.clone());
    let standing = move || {
        let (id, opened) = (order.clone(), ends.clone());
        schedule.get().map(|schedule| {
            let end = may.get().then(|| view! { <End id opened/> });
            view! { <p class="line">{icon("retry")} " " {schedule_text(t, &schedule)}</p> {end} }
        })
    };
    let form = move |row: Row| {
        let (id, opened, hold) = (id.clone(), opened.clone(), forms.hold(row));
        let units = [t.schedule_unit_day(), t.schedule_unit_week(), t.schedule_unit_month()];
        let units = Every::ALL.into_iter().zip(units).map(|(unit, word)| Choice::new(unit.tag(), word)).collect();
        view! {
            <Fold hold>
                <summary class="button" data-kind="quiet">{icon("retry")} " " {t.schedule_repeat()}</summary>
                <Post to=RepeatOrder::PATH opened about=id.clone() hold dense=true>
                    <Hidden name="id" value=Signal::stored(id)/>
                    <Field name="every" label=t.schedule_every() kind="number" value="1"/>
                    <Radios name="unit" label=t.schedule_unit() choices=units value="month"/>
                    <Field name="first_on" label=t.schedule_first() kind="date"/>
                    <div class="submit"><button class="button" data-kind="primary">{icon("retry")} " " {t.schedule_repeat()}</button></div>
                </Post>
            </Fold>
        }
    };
    view! {
        <section class="card" aria-labelledby="order-repeat" hidden=Signal::derive(move || !has_any.get())>
            <h2 id="order-repeat">{t.schedule_title()}</h2>
            <p class="soft">{t.schedule_hint()}</p>
            {changing(standing)}
            <For each=move || forms.rows() key=|row| *row children=form/>
        </section>
    }
}

#[component]
fn End(
    /// The order that is repeated.
    id: String,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    view! {
        <Post to=EndRepeat::PATH opened about=id.clone() class="plain">
            <Hidden name="id" value=Signal::stored(id)/>
            <button class="button" data-kind="quiet">{icon("cross")} " " {t.schedule_end()}</button>
        </Post>
    }
}

/// The recurring orders, the next one first.
pub struct SchedulesPage {
    schedules: Loading<Schedules>,
    opened: Loading<Opened>,
}

office_page!(SchedulesPage in schedules);

impl SchedulesPage {
    fn data() -> Self {
        Self { schedules: Loading::new(|| LoadSchedules {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let SchedulesPage { schedules, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(schedules.await, opened.await), |(first, opened)| view! { <List first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(
    /// The list as it was when the page was loaded.
    first: Schedules,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let may_change = first.may_change;
    let data = fresh(first, Room::People, || LoadSchedules {});
    let is_empty = Memo::new(move |_| data.with(|data| data.all.is_empty()));
    let row = move |(schedule, card): (Schedule, crate::requests::Card)| {
        let order = schedule.order;
        let now = Memo::new(move |before: Option<&Schedule>| {
            let found =
                data.with(|data| data.all.iter().find(|(one, _)| one.order == order).map(|(one, _)| one.clone()));
            found.or_else(|| before.cloned()).unwrap_or_else(|| schedule.clone())
        });
        let end = may_change.then(|| view! { <End id=order.to_string() opened=opened.clone()/> });
        view! {
            <li class="row">
                {icon("retry")}
                <div class="body">
                    <a href=format!("/staff/orders/{order}")>{card.item.of(t.lang).to_owned()}</a>
                    <span class="hint">{place_text(t, &card.place)}</span>
                    <span>{changing(move || now.with(|now| schedule_text(t, now)))}</span>
                </div>
                {end}
            </li>
        }
        .into_any()
    };
    view! {
        <Title text=t.frame_title(t.schedule_list(), t.frame_product())/>
        <UpkeepTabs here="/staff/upkeep"/>
        <header class="head"><h1>{t.schedule_list()}</h1> <p class="soft">{t.schedule_list_hint()}</p></header>
        {changing(move || is_empty.get().then(|| view! {
            <div class="empty">{icon("retry")} <h2>{t.schedule_none()}</h2> <p>{t.schedule_none_hint()}</p></div>
        }))}
        <ul class="rows" hidden=Signal::derive(move || is_empty.get())>
            <For each=move || data.with(|data| data.all.clone()) key=|(schedule, _)| schedule.id children=row/>
        </ul>
    }
}
