use super::super::api::{Hold, LoadWeek};
use super::super::model::{Day, Held, SlotState, Terms, Week};
use super::grid::Grid;
use super::parts::terms_list;
use crate::asking::{Loading, Reply};
use crate::fault::Fault;
use crate::forms::Opened;
use crate::ids::{EstateId, UnitId};
use crate::live::Room;
use crate::moment::{When, day, span};
use crate::page::lazy_page;
use crate::people::Home;
use crate::texts::{Texts, texts};
use crate::ui::{FaultPage, Hidden, Post, WallClock, awaited, changing, form_state, fresh, icon, opened, ticking};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use server_fn::ServerFn;

/// One facility's week: a free slot is tapped, and kept while the form is filled in.
pub struct WeekPage {
    asked: Memo<Asked>,
    week: Loading<Week>,
    opened: Loading<Opened>,
}

lazy_page!(WeekPage in week);

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    facility: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    day: Option<String>,
    steps: Option<u32>,
    heads: Option<u32>,
}

impl Asked {
    fn of(facility: String, query: &ParamsMap) -> Self {
        Self {
            facility,
            estate: query.get_str("estate").and_then(|id| id.parse().ok()),
            home: query.get_str("home").and_then(|id| id.parse().ok()),
            day: query.get("day"),
            steps: query.get_str("steps").and_then(|steps| steps.parse().ok()),
            heads: query.get_str("heads").and_then(|heads| heads.parse().ok()),
        }
    }

    fn question(&self) -> LoadWeek {
        let Self { facility, estate, home, day, steps, heads } = self.clone();
        LoadWeek { facility, estate, home, day, steps, heads }
    }

    fn link(&self) -> String {
        let mut query = ParamsMap::new();
        let parts = [
            ("estate", self.estate.map(|id| id.to_string())),
            ("home", self.home.map(|id| id.to_string())),
            ("day", self.day.clone()),
            ("steps", self.steps.map(|steps| steps.to_string())),
            ("heads", self.heads.map(|heads| heads.to_string())),
        ];
        for (name, value) in parts {
            if let Some(value) = value {
                query.insert(name, value);
            }
        }
        format!("/book/{}{}", self.facility, query.to_query_string())
    }

    fn on(&self, day: NaiveDate) -> Self {
        Self { day: Some(day.to_string()), ..self.clone() }
    }
}

impl WeekPage {
    fn data() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = Memo::new(move |_| {
            let facility = params.with(|params| params.get("facility").unwrap_or_default());
            query.with(|query| Asked::of(facility, query))
        });
        Self { asked, week: Loading::new(move || asked.with(Asked::question)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { asked, week, opened } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        match (week.await, opened.await) {
                            (Ok(week), Ok(opened)) => view! { <Planner week asked opened/> }.into_any(),
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
fn Planner(week: Week, asked: Asked, opened: Opened) -> impl IntoView {
    let t = texts();
    let facility = week.facility.clone();
    // Whoever goes on keeps the day, the length and the people that are shown.
    let here = Asked { steps: Some(week.steps), heads: Some(week.heads), ..asked.on(week.chosen) };
    let name = facility.names.of(t.lang).to_owned();
    let (home, steps, heads) = (week.home, week.steps, week.heads);
    let for_whom = for_whom(t, &here, &week);
    let (before, after) = (week.before, week.after);
    let data = fresh(week, Room::Bookings, move || asked.question());
    let clock = ticking(move || data.with(|week| week.wall.clone()));
    let lengths = lengths(t, &here, &facility.terms);
    let crowd = facility.terms.seats.map(|_| people(t, &here, facility.terms.most_heads));
    let turn = |day: Option<NaiveDate>, name: &'static str, word: &'static str| {
        let to = here.clone();
        day.map(|day| view! { <a class="button" href=to.on(day).link()>{icon(name)} " " {word}</a> })
    };
    view! {
        <Title text=t.frame_title(&name, t.frame_product())/>
        <a class="back" href="/book">{icon("arrow-left")} " " {t.book_title()}</a>
        <header>
            <h1>{name.clone()}</h1>
            <p class="soft">{facility.about.of(t.lang).to_owned()}</p>
        </header>
        {terms_list(t, &facility.terms)}
        {for_whom}
        {lengths}
        {crowd}
        <Strip data here=here.clone()/>
        <Post to=Hold::PATH opened then="/bookings/{code}" on_done=go_on() class="planner">
            <Hidden name="facility" value=facility.id.to_string()/>
            <Hidden name="steps" value=steps.to_string()/>
            <Hidden name="heads" value=heads.to_string()/>
            <Hidden name="home" value=home.to_string()/>
            <Instead clock/>
            <Grid data clock name/>
        </Post>
        <div class="buttons">
            {turn(before, "arrow-left", t.week_before())}
            {turn(after, "arrow-right", t.week_after())}
        </div>
    }
}

/// What is held leads to its form.
fn go_on() -> Callback<Reply> {
    let navigate = use_navigate();
    Callback::new(move |reply: Reply| {
        if let Ok(Held { code }) = reply.open() {
            navigate(&format!("/bookings/{code}"), Default::default());
        }
    })
}

/// For which of several homes.
fn for_whom(t: Texts, here: &Asked, week: &Week) -> Option<AnyView> {
    let tab = |home: &Home| {
        let current = (home.unit.id == week.home).then_some("true");
        let to = Asked { home: Some(home.unit.id), ..here.clone() };
        view! { <a href=to.link() aria-current=current>{home.unit.label(t)}</a> }
    };
    (week.homes.len() > 1).then(|| {
        view! { <nav class="tabs" aria-label=t.book_home()>{week.homes.iter().map(tab).collect_view()}</nav> }
            .into_any()
    })
}

/// How long: a way to each length that its terms allow.
fn lengths(t: Texts, here: &Asked, terms: &Terms) -> Option<AnyView> {
    let tab = |steps: u32| {
        let current = (Some(steps) == here.steps).then_some("true");
        let to = Asked { steps: Some(steps), ..here.clone() };
        let length = span(t, i64::from(steps) * i64::from(terms.step_minutes));
        view! { <a href=to.link() aria-current=current>{length}</a> }
    };
    let all = terms.least_steps..=terms.most_steps;
    (terms.most_steps > terms.least_steps)
        .then(|| view! { <nav class="tabs" aria-label=t.book_length()>{all.map(tab).collect_view()}</nav> }.into_any())
}

/// For how many, where seats are counted.
fn people(t: Texts, here: &Asked, most: u32) -> AnyView {
    let tab = |heads: u32| {
        let current = (Some(heads) == here.heads).then_some("true");
        let to = Asked { heads: Some(heads), ..here.clone() };
        view! { <a href=to.link() aria-current=current>{t.book_heads(heads)}</a> }
    };
    view! { <nav class="tabs" aria-label=t.book_people()>{(1..=most).map(tab).collect_view()}</nav> }.into_any()
}

/// The days of the week, each with how many of its times are free: on a phone the only way between them.
#[component]
fn Strip(data: RwSignal<Week>, here: Asked) -> impl IntoView {
    let t = texts();
    let free = |day: &Day| day.slots.iter().filter(|slot| matches!(slot.state, SlotState::Free(_))).count();
    let chosen = data.with_untracked(|week| week.chosen);
    let days =
        Memo::new(move |_| data.with(|week| week.days.iter().map(|day| (day.on, free(day))).collect::<Vec<_>>()));
    let tab = move |(on, free): (NaiveDate, usize)| {
        let current = (on == chosen).then_some("date");
        let to = here.on(on);
        view! {
            <a href=to.link() aria-current=current data-state=(free == 0).then_some("none")>
                <span>{day(t, on)}</span>
                <span class="hint">{t.week_free(free)}</span>
            </a>
        }
    };
    view! {
        <nav class="weekdays" aria-label=t.week_days()>
            {changing(move || days.get().into_iter().map(tab.clone()).collect_view())}
        </nav>
    }
}

/// Somebody was faster: the nearest times that are free, one tap away.
#[component]
fn Instead(clock: WallClock) -> impl IntoView {
    let t = texts();
    let fault = form_state().fault;
    let times = move || match fault.get() {
        Some(Fault::Taken { instead }) => instead,
        _ => Vec::new(),
    };
    let button = move |seconds: i64| {
        let at = chrono::DateTime::from_timestamp(seconds, 0).map(|at| clock.at(at));
        let at = at.map(|at: When| at.full(t));
        view! { <button class="button" name="starts" value=seconds.to_string()>{at}</button> }
    };
    changing(move || {
        let times = times();
        (!times.is_empty()).then(|| {
            view! {
                <div class="notice">
                    {icon("clock")}
                    <div>
                        <p>{t.book_instead()}</p>
                        <div class="buttons">{times.into_iter().map(button).collect_view()}</div>
                    </div>
                </div>
            }
        })
    })
}
