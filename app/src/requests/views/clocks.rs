use super::queue_filter::Filter;
use crate::asking::Loading;
use crate::live::Room;
use crate::moment::{Moment, date};
use crate::page::lazy_page;
use crate::policy::{Counts, Deadline, Rest, clock_word, counts_word, length_word};
use crate::requests::{Clocks, LoadClocks, place_text, urgency_word, waiting_word};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, fresh, icon, param, shown, ticking};
use chrono::TimeDelta;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// *Explain this deadline*: each clock of a matter, and how its end was reckoned. What the server reckoned is shown
/// as it is; here only what is listed is summed.
pub struct ClocksPage {
    clocks: Loading<Clocks>,
}

lazy_page!(ClocksPage in clocks);

impl ClocksPage {
    fn data() -> Self {
        let code = param("code");
        Self { clocks: Loading::new(move || LoadClocks { code: code.get() }) }
    }

    fn view(self) -> AnyView {
        let ClocksPage { clocks } = self;
        let t = texts();
        view! {
            <article class="matter" aria-labelledby="clocks-title">
                <Transition fallback=move || {
                    view! { <div class="skeleton" role="status" aria-label=t.matter_loading()><i data-as="text"></i><i></i><i></i></div> }
                }>
                    {awaited(move || async move {
                        shown(clocks.await, |first| view! { <Sheet first/> })
                    })}
                </Transition>
            </article>
        }
        .into_any()
    }
}

#[component]
fn Sheet(
    /// The clocks as they were when the page was loaded.
    first: Clocks,
) -> impl IntoView {
    let t = texts();
    let code = first.code.clone();
    let about = format!("{} · {}", first.item.of(t.lang), place_text(t, &first.place));
    let data = fresh(first, Room::Requests, {
        let code = code.clone();
        move || LoadClocks { code: code.clone() }
    });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let has_earlier = Memo::new(move |_| data.with(|data| last_life(data) > 0));
    let query = use_query_map();
    let matter = format!("/staff/requests/{code}");
    let back = move || Filter { after: None, ..query.with(Filter::of) }.link(&matter);
    let title = t.frame_title(t.matter_title(&code, t.clocks_title()), t.frame_product());
    view! {
        <Title text=title/>
        <div class="body">
            <a class="back" data-to="matter" href=Signal::derive(back)>{icon("arrow-left")} " " {t.clocks_back()}</a>
            <header class="head">
                <h1 id="clocks-title">{t.clocks_title()}</h1>
                <span class="line"><span class="code">{code}</span> " " <span>{about}</span></span>
            </header>
            <div class="stack">{changing(move || data.with(|data| cards(t, data, clock, false)))}</div>
            <details hidden=Signal::derive(move || !has_earlier.get())>
                <summary class="button" data-kind="quiet">{icon("history")} " " {t.clocks_earlier()}</summary>
                <div class="stack">{changing(move || data.with(|data| cards(t, data, clock, true)))}</div>
            </details>
        </div>
    }
}

/// In which life a matter is: it is born with 0, each return begins another.
fn last_life(data: &Clocks) -> i32 {
    data.clocks.iter().map(|each| each.life).max().unwrap_or_default()
}

/// The clocks of the last life, or those of the lives before it.
fn cards(t: Texts, data: &Clocks, clock: WallClock, is_earlier: bool) -> AnyView {
    let last = last_life(data);
    let shown = data.clocks.iter().filter(|each| (each.life < last) == is_earlier);
    shown.map(|each| card(t, data, each.life, &each.deadline, clock)).collect_view().into_any()
}

fn card(t: Texts, data: &Clocks, life: i32, deadline: &Deadline, clock: WallClock) -> AnyView {
    let id = format!("clock-{life}-{}", deadline.rule.kind.tag());
    let (title, group) = (id.clone(), id.clone());
    let (state, symbol, word) = standing(t, deadline, clock);
    let due = match deadline.due_at {
        Some(at) => time(t, clock, at, t.clocks_due(clock.near(t, at))),
        None => t.clocks_no_end().into_any(),
    };
    let stopped = deadline.stopped_at.map(|at| time(t, clock, at, t.clocks_stopped(clock.near(t, at))));
    view! {
        <section class="card" aria-labelledby=id>
            <header>
                <h2 id=title>{clock_word(t, deadline.rule.kind)}</h2>
                " "
                <span class="chip" data-clock=state>{icon(symbol)} " " {word}</span>
            </header>
            <p class="line">{due} " " {stopped}</p>
            <div class="scroll" role="group" aria-labelledby=group tabindex="0">{reckoning(t, deadline, clock)}</div>
            <p class="soft">{rule_text(t, data, deadline, clock)}</p>
        </section>
    }
    .into_any()
}

/// How a clock stands: its tag, its symbol, its word.
fn standing(t: Texts, deadline: &Deadline, clock: WallClock) -> (&'static str, &'static str, String) {
    let is_missed = deadline.is_missed(clock.now().moment());
    let rest = deadline.pauses.last().filter(|rest| rest.until.is_none());
    match (deadline.stopped_at, rest) {
        (Some(_), _) if is_missed => ("missed", "cross-circle", t.clocks_missed().to_owned()),
        (Some(_), _) => ("met", "check", t.clocks_met().to_owned()),
        (None, _) if is_missed => ("late", "alert", t.clocks_late().to_owned()),
        (None, Some(rest)) => ("resting", "pause", t.clocks_resting(waiting_word(t, rest.on))),
        (None, None) => ("running", "clock", t.clocks_running().to_owned()),
    }
}

/// The arithmetic: what counted, what did not, and the sum.
fn reckoning(t: Texts, deadline: &Deadline, clock: WallClock) -> AnyView {
    let rest_row = |rest: &Rest| {
        let when = between(t, clock, rest.from, rest.until);
        row("rest", when, t.clocks_rested(waiting_word(t, rest.on)), t.clocks_not_counted().to_owned())
    };
    let started = time(t, clock, deadline.started_at, clock.near(t, deadline.started_at));
    let mut rows = vec![row("start", started, t.clocks_started().to_owned(), String::new())];
    let mut rests = deadline.pauses.iter().peekable();
    let mut total = TimeDelta::zero();
    for stretch in &deadline.counted {
        while let Some(rest) = rests.next_if(|rest| rest.from <= stretch.from) {
            rows.push(rest_row(rest));
        }
        // The lengths add up to the sum as it is shown: what one is rounded by, the next one makes good.
        let before = minutes(total);
        total += stretch.until - stretch.from;
        let when = between(t, clock, stretch.from, Some(stretch.until));
        let what = counts_word(t, deadline.rule.counts).to_owned();
        rows.push(row("counted", when, what, length_word(t, minutes(total) - before)));
    }
    rows.extend(rests.map(rest_row));
    let due = deadline.due_at.map(|at| time(t, clock, at, clock.near(t, at)));
    let end = if due.is_some() { t.clocks_end() } else { t.clocks_so_far() };
    let sum = t.clocks_sum(length_word(t, minutes(total)), length_word(t, deadline.rule.minutes.into()));
    view! {
        <table class="table reckoning">
            <thead>
                <tr>
                    <th scope="col">{t.clocks_when()}</th>
                    <th scope="col">{t.clocks_what()}</th>
                    <th scope="col" data-as="number">{t.clocks_counted()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr><td>{due}</td><th scope="row">{end}</th><td data-as="number">{sum}</td></tr>
            </tfoot>
        </table>
    }
    .into_any()
}

fn row(kind: &'static str, when: AnyView, what: String, counted: String) -> AnyView {
    view! { <tr data-kind=kind><td>{when}</td><td>{what}</td><td data-as="number">{counted}</td></tr> }.into_any()
}

/// Whole minutes, rounded.
fn minutes(length: TimeDelta) -> i64 {
    (length.num_seconds() + 30) / 60
}

/// `today 09:12 – 12:00`
fn between(t: Texts, clock: WallClock, from: Moment, until: Option<Moment>) -> AnyView {
    let until = match until {
        Some(at) if clock.at(at).day() == clock.at(from).day() => time(t, clock, at, clock.at(at).clock()),
        Some(at) => time(t, clock, at, clock.near(t, at)),
        None => t.clocks_now().into_any(),
    };
    view! { {time(t, clock, from, clock.near(t, from))} " – " {until} }.into_any()
}

fn time(t: Texts, clock: WallClock, at: Moment, words: String) -> AnyView {
    let when = clock.at(at);
    view! { <time datetime=when.machine() title=when.full(t)>{words}</time> }.into_any()
}

/// By which rule, whose it is, and since when it holds.
fn rule_text(t: Texts, data: &Clocks, deadline: &Deadline, clock: WallClock) -> String {
    let rule = deadline.rule;
    let (length, urgency) = (length_word(t, rule.minutes.into()), urgency_word(t, rule.urgency));
    let what = match rule.counts {
        Counts::Working => t.clocks_rule_working(length, urgency),
        Counts::Always => t.clocks_rule_always(length, urgency),
    };
    let whose = match data.category.as_ref().filter(|_| rule.category.is_some()) {
        Some(category) => t.clocks_rule_own(category.of(t.lang)),
        None => t.clocks_rule_general().to_owned(),
    };
    let since = data.published.iter().find(|version| version.number == deadline.version);
    let since = since.map(|version| t.clocks_version(date(t, clock.at(version.valid_from).day()), version.number));
    format!("{what} {whose} {}", since.unwrap_or_default())
}
