use super::super::model::{Closure, Day, Draw, Held, Terms, Week};
use super::super::words::{draw_text, length_text, ranges_text, times_text};
use super::address::Address;
use super::grid::Grid;
use super::parts::{terms_list, unit_name};
use crate::asking::Reply;
use crate::fault::Fault;
use crate::forms::Opened;
use crate::moment::{When, day};
use crate::people::Home;
use crate::texts::{Texts, texts};
use crate::ui::{Chosen, Post, WallClock, changing, form_state, icon};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// A week of a facility: how long, for how many, which day; and its times, of which one that is free is tapped.
#[component]
pub(super) fn Planner(
    /// The week.
    #[prop(into)]
    data: Signal<Week>,
    /// Where it is shown.
    here: Address,
    /// The page's forms.
    opened: Opened,
    /// Its clock.
    clock: WallClock,
    /// Where a tapped time is sent.
    to: &'static str,
    /// Where that leads; `{code}` is the booking's.
    then: &'static str,
    /// What else the form asks and sends.
    children: Children,
) -> impl IntoView {
    let t = texts();
    let week = data.get_untracked();
    let name = week.facility.names.of(t.lang).to_owned();
    let is_new = week.moving.is_none();
    let lengths = lengths(t, &here, &week.facility.terms);
    let turn = |day: Option<NaiveDate>, name: &'static str, word: &'static str| {
        let to = here.clone();
        day.map(|day| view! { <a class="button" href=to.on(day).link()>{icon(name)} " " {word}</a> })
    };
    let closures = Memo::new(move |_| data.with(|week| week.closures.clone()));
    let draws = Memo::new(move |_| data.with(|week| week.draws.clone()));
    let wait = (is_new && here.unit.is_none()).then(|| here.clone());
    let (there, days) = (here.clone(), here.clone());
    let about = week.moving.as_ref().map_or_else(String::new, |moving| moving.id.to_string());
    view! {
        {terms_list(t, &week.facility.terms)}
        {changing(move || closures.with(|closures| (!closures.is_empty()).then(|| closed(t, data, closures, clock))))}
        {changing(move || draws.with(|draws| draws.iter().map(|draw| drawn(t, &there, draw, clock)).collect_view()))}
        <Post to opened about then on_done=go_on(then) class="planner">
            // The enter key in a field is no choice of a time.
            <button type="submit" disabled hidden></button>
            {children()}
            <Chosen name="steps" value=week.steps.to_string() among=lengths/>
            <Strip data here=days/>
            <Instead clock wait/>
            <Grid data clock name/>
        </Post>
        <div class="buttons">
            {turn(week.before, "arrow-left", t.week_before())}
            {turn(week.after, "arrow-right", t.week_after())}
        </div>
    }
}

/// The version of what is moved, which may change while it is.
pub(super) fn seen_of(data: Signal<Week>) -> Signal<String> {
    Signal::derive(move || {
        data.with(|week| week.moving.as_ref().map_or_else(String::new, |moving| moving.version.to_string()))
    })
}

/// What becomes of it that a time was tapped: its booking's page.
pub(super) fn go_on(then: &'static str) -> Callback<Reply> {
    let navigate = use_navigate();
    Callback::new(move |reply: Reply| {
        if let Ok(Held { code }) = reply.open() {
            navigate(&then.replace("{code}", &code), Default::default());
        }
    })
}

/// What is closed this week, and why.
fn closed(t: Texts, data: Signal<Week>, closures: &[Closure], clock: WallClock) -> AnyView {
    let line = |closure: &Closure| {
        let times = times_text(t, clock.at(closure.starts_at), clock.at(closure.ends_at));
        let what = data.with(|week| unit_name(t, &week.facility, closure.unit));
        view! { <li>{t.week_closed_for(&closure.reason, times, what)}</li> }
    };
    view! {
        <div class="notice">
            {icon("alert")}
            <ul>{closures.iter().map(line).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// A draw by which times of this week are given away.
fn drawn(t: Texts, here: &Address, draw: &Draw, clock: WallClock) -> AnyView {
    view! {
        <div class="notice">
            {icon("lot")}
            <div>
                <p>{t.draw_refused()} " " {draw_text(t, draw, clock)}</p>
                <div class="buttons"><a class="button" href=here.draw(draw.id)>{icon("lot")} " " {t.draw_see()}</a></div>
            </div>
        </div>
    }
    .into_any()
}

/// For which of several homes.
pub(super) fn for_whom(t: Texts, here: &Address, week: &Week) -> Option<AnyView> {
    let tab = |home: &Home| {
        let current = (home.unit.id == week.home).then_some("true");
        let to = Address { home: Some(home.unit.id), ..here.clone() };
        view! { <a href=to.link() aria-current=current>{home.unit.label(t)}</a> }
    };
    (week.homes.len() > 1).then(|| {
        view! { <nav class="tabs" aria-label=t.book_home()>{week.homes.iter().map(tab).collect_view()}</nav> }
            .into_any()
    })
}

/// How long: a way to each length that its terms allow.
fn lengths(t: Texts, here: &Address, terms: &Terms) -> Option<AnyView> {
    let tab = |steps: u32| {
        let current = (Some(steps) == here.steps).then_some("true");
        let to = Address { steps: Some(steps), ..here.clone() };
        let length = length_text(t, steps, terms.step_minutes, terms.is_by_night());
        view! { <a href=to.link() aria-current=current>{length}</a> }
    };
    let all = terms.least_steps..=terms.most_steps;
    (terms.most_steps > terms.least_steps)
        .then(|| view! { <nav class="tabs" aria-label=t.book_length()>{all.map(tab).collect_view()}</nav> }.into_any())
}

/// For how many, where seats are counted.
pub(super) fn for_how_many(t: Texts, here: &Address, terms: &Terms) -> Option<AnyView> {
    let tab = |heads: u32| {
        let current = (Some(heads) == here.heads).then_some("true");
        let to = Address { heads: Some(heads), ..here.clone() };
        view! { <a href=to.link() aria-current=current>{t.book_heads(heads)}</a> }
    };
    let all = 1..=terms.most_heads;
    terms
        .seats
        .map(|_| view! { <nav class="tabs" aria-label=t.book_people()>{all.map(tab).collect_view()}</nav> }.into_any())
}

/// The days of the week, each with when it is free, or from when a stay can begin: on a phone the only way between them. How
/// many times that are is read aloud.
#[component]
fn Strip(data: Signal<Week>, here: Address) -> impl IntoView {
    let t = texts();
    let chosen = data.with_untracked(|week| week.chosen);
    let days =
        Memo::new(move |_| data.with(|week| week.days.iter().map(|day| free_on(t, week, day)).collect::<Vec<_>>()));
    let tab = move |(on, free, when): FreeOn| {
        let current = (on == chosen).then_some("date");
        let to = here.on(on);
        let count = t.week_free(free);
        let hint = match when {
            Some(when) => view! { <span class="sr">{count}</span> " " <span class="hint">{when}</span> }.into_any(),
            None => view! { <span class="hint">{count}</span> }.into_any(),
        };
        view! {
            <a href=to.link() aria-current=current data-state=(free == 0).then_some("none")>
                <span>{day(t, on)}</span>
                {hint}
            </a>
        }
    };
    view! {
        <nav class="weekdays" aria-label=t.week_days()>
            {changing(move || days.get().into_iter().map(tab.clone()).collect_view())}
        </nav>
    }
}

/// A day, how many of its times are free, and when.
type FreeOn = (NaiveDate, usize, Option<String>);

fn free_on(t: Texts, week: &Week, day: &Day) -> FreeOn {
    let terms = &week.facility.terms;
    let free = day.slots.iter().filter(|slot| slot.is_free());
    let when = free.clone().next().map(|first| {
        if terms.is_by_night() {
            t.week_free_from(week.wall.at(first.starts_at).clock())
        } else {
            ranges_text(&day.free_ranges(terms.length(week.steps)), &week.wall)
        }
    });
    (day.on, free.count(), when)
}

/// Somebody was faster: the nearest times that are free, one tap away; and the line for the one that was wanted.
#[component]
pub(super) fn Instead(
    /// Its clock.
    clock: WallClock,
    /// The week in which it can be waited for.
    #[prop(optional_no_strip)]
    wait: Option<Address>,
) -> impl IntoView {
    let t = texts();
    let fault = form_state().fault;
    let button = move |seconds: i64| {
        let at = chrono::DateTime::from_timestamp(seconds, 0).map(|at| clock.at(at));
        let at = at.map(|at: When| at.full(t));
        view! { <button class="button" name="starts" value=seconds.to_string()>{at}</button> }
    };
    changing(move || {
        let Some(Fault::Taken { instead, wanted }) = fault.get() else { return None };
        let wait = wait.as_ref().zip(wanted).map(|(here, wanted)| here.waiting(wanted));
        (!instead.is_empty() || wait.is_some()).then(|| {
            view! {
                <div class="notice">
                    {icon("clock")}
                    <div>
                        {(!instead.is_empty()).then(|| view! {
                            <p>{t.book_instead()}</p>
                            <div class="buttons">{instead.into_iter().map(button).collect_view()}</div>
                        })}
                        {wait.map(|to| view! {
                            <p>{t.wait_instead()}</p>
                            <div class="buttons"><a class="button" href=to>{icon("list")} " " {t.wait_for_it()}</a></div>
                        })}
                    </div>
                </div>
            }
        })
    })
}
