use crate::moment::{When, day};
use crate::requests::words::{
    Clock, Side, clock_of, clock_text, holder_text, next_text, place_text, stage_icon, stage_word, urgency_word,
};
use crate::requests::{Card, PlaceName, Stage};
use crate::services::Urgency;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, icon};
use leptos::prelude::*;

/// Stands in a text where an element goes.
pub(super) const HOLE: &str = "\u{1}";

/// How a promise stands right now.
pub fn clock_now(card: &Card, clock: WallClock, side: Side) -> Clock {
    clock.with(|wall, now| clock_of(&card.line, side, wall, now))
}

/// A stage: symbol, word and colour.
pub fn stage_chip(t: Texts, stage: &Stage) -> impl IntoView + use<> {
    view! { <span class="chip" data-stage=stage.tag()>{icon(stage_icon(stage))} " " {stage_word(t, stage)}</span> }
}

/// How pressing it is; nothing where it is as usual.
pub fn urgency_chip(t: Texts, urgency: Urgency) -> impl IntoView + use<> {
    (urgency != Urgency::Normal).then(|| {
        view! { <span class="chip" data-urgency=urgency.tag()>{icon("alert")} " " {urgency_word(t, urgency)}</span> }
    })
}

/// How much of a promised time is left.
#[component]
pub fn ClockChip(
    /// The matter.
    #[prop(into)]
    card: Signal<Card>,
    /// The page's clock.
    clock: WallClock,
    /// Who reads it.
    side: Side,
    /// For dense rows: `12 min`.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let t = texts();
    let state = Memo::new(move |_| card.with(|card| clock_now(card, clock, side)).tag());
    let shape = Memo::new(move |_| card.with(|card| clock_now(card, clock, side)).icon());
    let symbol = move || icon(shape.get());
    let words = move || {
        card.with(|card| {
            let state = clock_now(card, clock, side);
            clock.with(|wall, now| clock_text(t, state, &card.line, wall, now, short))
        })
    };
    view! { <span class="clock" data-clock=state>{symbol} " " {words}</span> }
}

/// The promise line's sentence: what happens next, who holds it, by when.
#[component]
pub fn PromiseWords(
    /// The matter.
    #[prop(into)]
    card: Signal<Card>,
    /// The page's clock.
    clock: WallClock,
    /// Who reads it.
    side: Side,
) -> impl IntoView {
    let t = texts();
    let next = move || card.with(|card| next_text(t, &card.line, &card.place, side));
    let holder = move || card.with(|card| holder_text(t, &card.line, side));
    let due = Memo::new(move |_| {
        card.with(|card| {
            let promise = card.line.promise.filter(|_| clock_now(card, clock, side).runs())?;
            let was = card.line.moved.as_ref().map(|(was, _)| clock.at(*was));
            Some((clock.at(promise.due_at), was, day_word(t, clock.at(promise.due_at), clock.now())))
        })
    });
    let by = move || match due.get() {
        Some((due, was, day)) => view! { {was.map(|was| struck(t, was, due))} {by_parts(t, due, day)} }.into_any(),
        None => {
            let state = card.with(|card| clock_now(card, clock, side));
            let (symbol, word) = match state {
                Clock::Yours => (state.icon(), t.clock_yours()),
                _ => card.with(|card| (stage_icon(&card.line.stage), stage_word(t, &card.line.stage))),
            };
            view! { {icon(symbol)} " " <span>{word}</span> }.into_any()
        }
    };
    view! {
        <span class="next">{next}</span>
        " "
        <span class="holder">{holder}</span>
        " "
        <span class="by">{by}</span>
    }
}

/// The promise line as an article: the sentence, why it moved, and what it is about.
#[component]
pub fn Ticket(
    /// The matter.
    #[prop(into)]
    card: Signal<Card>,
    /// The page's clock.
    clock: WallClock,
    /// Who reads it.
    side: Side,
    /// Where the card leads; without it, it is the headline of its own page.
    #[prop(optional, into)]
    href: String,
    /// Whether the sentence is an `h2` though the ticket leads nowhere: a page with a heading of its own.
    #[prop(optional)]
    below: bool,
) -> impl IntoView {
    let t = texts();
    let large = href.is_empty() && !below;
    let state = Memo::new(move |_| card.with(|card| clock_now(card, clock, side)).tag());
    let words = view! { <PromiseWords card clock side/> };
    let sentence = if !href.is_empty() {
        view! { <h3><a class="promise cover" data-clock=state href=href>{words}</a></h3> }.into_any()
    } else if below {
        view! { <h2 class="promise" data-clock=state>{words}</h2> }.into_any()
    } else {
        view! { <h1 class="promise" data-clock=state>{words}</h1> }.into_any()
    };
    let why = Memo::new(move |_| {
        card.with(|card| {
            let (was, reason) = card.line.moved.as_ref().filter(|_| card.line.promise.is_some())?;
            let was = clock.at(*was).near(t, clock.now());
            Some(reason.as_ref().map_or_else(|| t.promise_moved(&was), |reason| t.promise_moved_why(reason, &was)))
        })
    });
    let about = move || card.with(|card| about_text(t, card));
    let stage = Memo::new(move |_| card.with(|card| card.line.stage.clone()));
    let urgency = Memo::new(move |_| card.with(|card| card.urgency));
    let runs = Memo::new(move |_| card.with(|card| clock_now(card, clock, side)).runs());
    view! {
        <article class="ticket" data-size=large.then_some("l")>
            {sentence}
            {move || why.get().map(|why| view! { <p class="why">{icon("history")} " " {why}</p> })}
            <p class="strip">
                <span>{about} " " <span class="code">{move || card.with(|card| card.code.clone())}</span></span>
                " "
                {move || (large || !runs.get()).then(|| stage_chip(t, &stage.get()))}
                " "
                {move || urgency_chip(t, urgency.get())}
                " "
                {move || runs.get().then(|| view! { <ClockChip card clock side/> })}
            </p>
        </article>
    }
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
fn by_parts(t: Texts, due: When, day: String) -> impl IntoView {
    let sentence = t.promise_by(day, HOLE);
    let (before, after) = sentence.split_once(HOLE).unwrap_or((&sentence, ""));
    let part = |text: &str| {
        let text = text.trim().to_owned();
        (!text.is_empty()).then(|| view! { <span>{text}</span> " " })
    };
    view! {
        {part(before)}
        <time datetime=due.machine() title=due.full(t)>{due.clock()}</time>
        " "
        {part(after)}
    }
}

/// The time that a promise replaced.
fn struck(t: Texts, was: When, due: When) -> impl IntoView {
    let shown = if was.day() == due.day() { was.clock() } else { was.full(t) };
    view! { <s><span class="sr">{t.promise_was()} " "</span>{shown}</s> " " }
}
