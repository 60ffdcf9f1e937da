use crate::moment::{When, day};
use crate::requests::words::{
    Clock, Side, clock_of, clock_text, holder_text, next_text, place_text, stage_icon, stage_word, urgency_word,
};
use crate::requests::{Card, PlaceName, Stage};
use crate::services::Urgency;
use crate::texts::Texts;
use crate::ui::{WallClock, icon};
use leptos::prelude::*;

/// Stands in a text where an element goes.
pub(super) const HOLE: &str = "\u{1}";

/// How a promise stands right now.
pub fn clock_now(card: &Card, clock: WallClock, side: Side) -> Clock {
    clock.with(|wall, now| clock_of(&card.line, side, wall, now))
}

/// A stage: symbol, word and colour.
pub fn stage_chip(t: Texts, stage: &Stage) -> AnyView {
    view! { <span class="chip" data-stage=stage.tag()>{icon(stage_icon(stage))} " " {stage_word(t, stage)}</span> }
        .into_any()
}

/// How pressing it is; nothing where it is as usual.
pub fn urgency_chip(t: Texts, urgency: Urgency) -> Option<AnyView> {
    (urgency != Urgency::Normal).then(|| {
        view! { <span class="chip" data-urgency=urgency.tag()>{icon("alert")} " " {urgency_word(t, urgency)}</span> }
            .into_any()
    })
}

/// How much of a promised time is left; `short` for dense rows: `12 min`.
pub fn clock_chip(t: Texts, card: &Card, clock: WallClock, side: Side, short: bool) -> AnyView {
    let state = clock_now(card, clock, side);
    let words = clock.with(|wall, now| clock_text(t, state, &card.line, wall, now, short));
    view! { <span class="clock" data-clock=state.tag()>{icon(state.icon())} " " {words}</span> }.into_any()
}

/// The promise line's sentence: what happens next, who holds it, by when.
pub fn promise_words(t: Texts, card: &Card, clock: WallClock, side: Side) -> AnyView {
    let state = clock_now(card, clock, side);
    let by = match card.line.promise.filter(|_| state.runs()) {
        Some(promise) => {
            let due = clock.at(promise.due_at);
            let was = card.line.moved.as_ref().map(|moved| struck(t, clock.at(moved.from), due));
            view! { {was} {by_parts(t, due, day_word(t, due, clock.now()))} }.into_any()
        }
        None => {
            let (symbol, word) = match state {
                Clock::Yours => (state.icon(), t.clock_yours()),
                _ => (stage_icon(&card.line.stage), stage_word(t, &card.line.stage)),
            };
            view! { {icon(symbol)} " " <span>{word}</span> }.into_any()
        }
    };
    view! {
        <span class="next">{next_text(t, &card.line, &card.place, side)}</span>
        " "
        <span class="holder">{holder_text(t, &card.line, side)}</span>
        " "
        <span class="by">{by}</span>
    }
    .into_any()
}

/// Where a ticket stands.
#[derive(Clone, Copy)]
pub enum Headline<'a> {
    /// In a list: it leads to its own page.
    Link(&'a str),
    /// On a page that has a heading of its own.
    Section,
    /// On its own page.
    Page,
}

/// The promise line as an article: the sentence, why it moved, and what it is about. Drawn whole at each
/// change: the page keeps its elements and changes only what differs.
pub fn ticket(t: Texts, card: &Card, clock: WallClock, side: Side, headline: Headline) -> AnyView {
    let state = clock_now(card, clock, side);
    let words = promise_words(t, card, clock, side);
    let large = matches!(headline, Headline::Page);
    let sentence = match headline {
        Headline::Link(href) => {
            let href = href.to_owned();
            view! { <h3><a class="promise cover" data-clock=state.tag() href=href>{words}</a></h3> }.into_any()
        }
        Headline::Section => view! { <h2 class="promise" data-clock=state.tag()>{words}</h2> }.into_any(),
        Headline::Page => view! { <h1 class="promise" data-clock=state.tag()>{words}</h1> }.into_any(),
    };
    let moved = card.line.moved.as_ref().filter(|_| card.line.promise.is_some());
    let why = moved.map(|moved| {
        let was = clock.at(moved.from).near(t, clock.now());
        let why = match &moved.reason {
            Some(reason) => t.promise_moved_why(reason, &was),
            None => t.promise_moved(&was),
        };
        view! { <p class="why">{icon("history")} " " {why}</p> }.into_any()
    });
    let stage = (large || !state.runs()).then(|| stage_chip(t, &card.line.stage));
    let left = state.runs().then(|| clock_chip(t, card, clock, side, false));
    view! {
        <article class="ticket" data-size=large.then_some("l")>
            {sentence}
            {why}
            <p class="strip">
                <span>{about_text(t, card)} " " <span class="code">{card.code.clone()}</span></span>
                " "
                {stage}
                " "
                {urgency_chip(t, card.urgency)}
                " "
                {left}
            </p>
        </article>
    }
    .into_any()
}

/// What a matter is about: the problem, and the place where that says more.
pub fn about_text(t: Texts, card: &Card) -> String {
    let item = card.item.of(t.lang);
    match &card.place {
        PlaceName::Home(_) => item.to_owned(),
        place => format!("{item} · {}", place_text(t, place)),
    }
}

/// `today`, `tomorrow`, or the date.
fn day_word(t: Texts, due: When, now: When) -> String {
    match (due.day() - now.day()).num_days() {
        0 => t.day_today().to_owned(),
        1 => t.day_tomorrow().to_owned(),
        -1 => t.day_yesterday().to_owned(),
        _ => day(t, due.day()),
    }
}

/// `by 16:30 today`, in the order of the language, the time as an element.
fn by_parts(t: Texts, due: When, day: String) -> AnyView {
    let sentence = t.promise_by(day, HOLE);
    let (before, after) = sentence.split_once(HOLE).unwrap_or((&sentence, ""));
    let part = |text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <span>{text}</span> " " }.into_any())
    };
    view! {
        {part(before)}
        <time datetime=due.machine() title=due.full(t)>{due.clock()}</time>
        " "
        {part(after)}
    }
    .into_any()
}

/// The time that a promise replaced.
fn struck(t: Texts, was: When, due: When) -> AnyView {
    let shown = if was.day() == due.day() { was.clock() } else { was.full(t) };
    view! { <s><span class="sr">{t.promise_was()} " "</span>{shown}</s> " " }.into_any()
}
