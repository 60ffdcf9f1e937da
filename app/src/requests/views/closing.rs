use super::queue_filter::Filter;
use super::{Headline, stage_chip, ticket};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::lazy_page;
use crate::requests::{
    Archive, CloseUnconfirmed, Closing, ClosingMove, Ended, LONGEST_WORDS, LoadClosing, LogAttempt, Means, Response,
    Side, Stage, Tried, means_word, outcome_word, place_text,
};
use crate::texts::{Texts, texts};
use crate::ui::{
    Choice, FaultPage, Field, Hidden, Move, Post, Radios, Row, Steady, WallClock, awaited, changing, fresh, icon,
    opened, param, tel, ticking,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use uuid::Uuid;

/// How a matter ends: whom to reach, how often it was tried, and what may be done about it now.
pub struct ClosingPage {
    closing: Loading<Closing>,
    opened: Loading<Opened>,
}

lazy_page!(ClosingPage in closing);

impl ClosingPage {
    fn data() -> Self {
        let code = param("code");
        Self { closing: Loading::new(move || LoadClosing { code: code.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let ClosingPage { closing, opened } = self;
        let t = texts();
        view! {
            <article class="matter" aria-labelledby="closing-title">
                <Transition fallback=move || {
                    view! { <div class="skeleton" role="status" aria-label=t.matter_loading()><i data-as="text"></i><i></i><i></i></div> }
                }>
                    {awaited(move || async move {
                        match (closing.await, opened.await) {
                            (Ok(first), Ok(opened)) => view! {
                                <For
                                    each=move || [first.clone()]
                                    key=|closing| closing.id
                                    children=move |first| view! { <Sheet first opened=opened.clone()/> }
                                />
                            }
                            .into_any(),
                            (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                        }
                    })}
                </Transition>
            </article>
        }
        .into_any()
    }
}

fn row(what: ClosingMove) -> Row {
    (Uuid::nil(), what as u8)
}

#[component]
fn Sheet(
    /// The end as it was when the page was loaded.
    first: Closing,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let code = first.card.code.clone();
    let about = format!("{} · {}", first.card.item.of(t.lang), place_text(t, &first.card.place));
    let data = fresh(first, Room::Requests, {
        let code = code.clone();
        move || LoadClosing { code: code.clone() }
    });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let query = use_query_map();
    let matter = format!("/staff/requests/{code}");
    let back = move || Filter { after: None, ..query.with(Filter::of) }.link(&matter);
    let title = t.frame_title(t.matter_title(&code, t.closing_title()), t.frame_product());
    let moves = Steady::of(move || data.with(|data| data.moves.iter().map(|what| row(*what)).collect()));
    view! {
        <Title text=title/>
        <div class="body">
            <a class="back" data-to="matter" href=Signal::derive(back)>{icon("arrow-left")} " " {t.clocks_back()}</a>
            <header class="head">
                <h1 id="closing-title">{t.closing_title()}</h1>
                <span class="line">
                    <span class="code">{code}</span>
                    " "
                    {changing(move || data.with(|data| stage_chip(t, &data.card.line.stage)))}
                    " "
                    <span>{about}</span>
                </span>
            </header>
            {changing(move || data.with(|data| ticket(t, &data.card, clock, Side::Staff, Headline::Section)))}
            <Reach data moves opened=opened.clone()/>
            {changing(move || data.with(|data| attempts(t, data, clock)))}
            {changing(move || data.with(|data| ends(t, &data.ends, clock)))}
        </div>
        <Ways data moves opened/>
    }
}

/// Whether one of the moves is shown; changes only when the answer does.
fn may(moves: Steady, what: ClosingMove) -> Memo<bool> {
    Memo::new(move |_| moves.shows(row(what)))
}

fn id_of(data: RwSignal<Closing>) -> String {
    data.with_untracked(|data| data.id.to_string())
}

fn seen_of(data: RwSignal<Closing>) -> Signal<String> {
    Signal::derive(move || data.with(|data| data.version.to_string()))
}

/// The form of an attempt, with whom to reach beside it.
#[component]
fn Reach(data: RwSignal<Closing>, moves: Steady, opened: Opened) -> impl IntoView {
    let t = texts();
    let may = may(moves, ClosingMove::LogAttempt);
    changing(move || {
        let opened = opened.clone();
        may.get().then(move || {
            let hold = moves.hold(row(ClosingMove::LogAttempt));
            let means = Means::ALL.map(|means| Choice::new(means.tag(), means_word(t, means)).with_icon(symbol(means)));
            let outcomes = Response::ALL.map(|outcome| Choice::new(outcome.tag(), outcome_word(t, outcome)));
            view! {
                <section class="card" aria-labelledby="reach">
                    <header>
                        <h2 id="reach">{t.closing_reach()}</h2>
                        " "
                        {changing(move || data.with(|data| whom(t, data)))}
                    </header>
                    <Post to=LogAttempt::PATH opened about=id_of(data) seen=seen_of(data) hold dense=true>
                        <Hidden name="id" value=id_of(data)/>
                        <div class="pair">
                            <Radios name="means" label=t.closing_means() choices=means.to_vec() value="phone"/>
                            <Radios name="outcome" label=t.closing_outcome() choices=outcomes.to_vec() value="no_answer"/>
                        </div>
                        <Field
                            name="note" label=t.closing_note() hint=t.closing_note_hint() kind="textarea" rows=2
                            longest=LONGEST_WORDS optional=true
                        />
                        <div class="submit">
                            <button class="button" data-kind="primary">{icon("check")} " " {t.closing_log()}</button>
                        </div>
                    </Post>
                    <p class="soft">{t.closing_own_word()}</p>
                </section>
            }
        })
    })
}

fn symbol(means: Means) -> &'static str {
    match means {
        Means::Phone => "phone",
        Means::Door => "door",
        Means::Message => "chat",
    }
}

/// Whom to reach, and by which number.
fn whom(t: Texts, data: &Closing) -> AnyView {
    let Some(reporter) = data.reporter.clone() else {
        return view! { <span class="soft">{t.matter_reporter_none()}</span> }.into_any();
    };
    let phone = reporter.phone.map(|phone| {
        view! { " " <a class="button" href=tel(&phone)>{icon("phone")} " " {phone.clone()}</a> }.into_any()
    });
    view! { <span class="line"><span>{reporter.name}</span> {phone}</span> }.into_any()
}

/// What was tried since it was done, newest first, and how many days of it the policy wants.
fn attempts(t: Texts, data: &Closing, clock: WallClock) -> AnyView {
    let is_waiting = data.card.line.stage == Stage::Done && data.is_asked;
    if data.tried.is_empty() && !is_waiting {
        let is_under_way = data.ends.is_empty() && data.card.line.stage.is_open();
        return is_under_way.then(|| view! { <p class="soft">{t.closing_not_yet()}</p> }.into_any()).into_any();
    }
    let missing = data.needed.saturating_sub(data.days);
    let stand = is_waiting.then(|| {
        let words = if missing == 0 { t.closing_enough().to_owned() } else { t.closing_missing(missing) };
        view! { <p>{words}</p> }.into_any()
    });
    let rows = data.tried.iter().map(|tried| attempt(t, tried, clock)).collect_view();
    let none = data.tried.is_empty().then(|| view! { <p class="soft">{t.closing_none()}</p> }.into_any());
    view! {
        <section aria-labelledby="tried">
            <div class="head">
                <h2 id="tried">{t.closing_tried()}</h2>
                " "
                <span class="chip">{icon("calendar")} " " {t.closing_days(data.days, data.needed)}</span>
            </div>
            {stand}
            {none}
            <ul class="rows" hidden=data.tried.is_empty()>{rows}</ul>
        </section>
    }
    .into_any()
}

fn attempt(t: Texts, tried: &Tried, clock: WallClock) -> AnyView {
    let when = clock.at(tried.at);
    let note = tried.note.clone().map(|note| view! { <span>{note}</span> }.into_any());
    view! {
        <li class="row">
            {icon(symbol(tried.means))}
            <span class="body">
                <span class="line">
                    <b>{means_word(t, tried.means)}</b>
                    " "
                    <span class="chip">{outcome_word(t, tried.outcome)}</span>
                </span>
                {note}
                <span class="hint">{tried.by.clone()}</span>
            </span>
            " "
            <time class="state" datetime=when.machine()>{when.full(t)}</time>
        </li>
    }
    .into_any()
}

/// How its lives ended: once fixed for good, or again and again.
fn ends(t: Texts, ends: &[Ended], clock: WallClock) -> AnyView {
    if ends.is_empty() {
        return ().into_any();
    }
    let rows = ends.iter().map(|end| {
        let when = clock.at(end.at);
        let word = match end.outcome.as_str() {
            "confirmed" => t.stage_confirmed(),
            "unconfirmed" => t.stage_unconfirmed(),
            _ => t.stage_disputed(),
        };
        view! {
            <li class="row">
                <span class="body">
                    <b>{t.closing_round(end.life + 1)}</b>
                    <span>{word}</span>
                </span>
                " "
                <time class="state" datetime=when.machine()>{when.full(t)}</time>
            </li>
        }
        .into_any()
    });
    view! {
        <section aria-labelledby="ends">
            <h2 id="ends">{t.closing_ends()}</h2>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The sticky bar: end it without a word, or file it.
#[component]
fn Ways(data: RwSignal<Closing>, moves: Steady, opened: Opened) -> impl IntoView {
    let t = texts();
    let (close, archive) = (may(moves, ClosingMove::CloseUnconfirmed), may(moves, ClosingMove::Archive));
    let way = move |what: ClosingMove, to: &'static str, looks: (&'static str, &'static str), opened: Opened| {
        let hold = moves.hold(row(what));
        let (id, seen, is_first) = (id_of(data), seen_of(data), Signal::stored(what == ClosingMove::Archive));
        view! { <Move to opened id seen hold looks group="way" is_first asks=None/> }.into_any()
    };
    let (one, two) = (opened.clone(), opened);
    view! {
        <footer
            class="moves" role="group" aria-label=t.matter_moves()
            hidden=Signal::derive(move || !close.get() && !archive.get())
        >
            {changing(move || close.get().then(|| {
                way(ClosingMove::CloseUnconfirmed, CloseUnconfirmed::PATH, ("help", t.closing_close()), one.clone())
            }))}
            {changing(move || archive.get().then(|| {
                way(ClosingMove::Archive, Archive::PATH, ("inbox", t.matter_archive()), two.clone())
            }))}
        </footer>
    }
}
