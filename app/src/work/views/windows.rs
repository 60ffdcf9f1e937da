use crate::forms::Opened;
use crate::ids::RequestId;
use crate::moment::day;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Fold, Hidden, Hold, Post, Radios, Row, Steady, WallClock, changing, icon};
use crate::work::{Appoint, OfferWindow, PickWindow, Window, Windows, WithdrawWindow};
use leptos::prelude::*;
use server_fn::ServerFn;
use uuid::Uuid;

const PICK: Row = (Uuid::nil(), 11);
const OFFER: Row = (Uuid::nil(), 12);

/// `Tue 24 Nov 14:00–16:00`; of a common area, where nobody waits at a door: `before Tue 24 Nov 14:00` (C6).
pub fn window_text(t: Texts, window: &Window, clock: WallClock, is_common: bool) -> String {
    let (from, until) = (clock.at(window.from), clock.at(window.until));
    if is_common {
        return t.window_before(from.full(t));
    }
    t.window_span(day(t, from.day()), from.clock(), until.clock())
}

/// The windows of a matter on one of its pages: the appointment, and a form to take it or move it. The resident picks;
/// staff do so for somebody who said it at the desk, and offer.
#[component]
pub fn WindowsPart(
    /// The matter.
    request: RequestId,
    /// Its windows, as they are now.
    windows: Memo<Windows>,
    /// The page's clock.
    clock: WallClock,
    /// The page's forms.
    opened: Opened,
    /// Whether the reader is the office.
    #[prop(optional)]
    is_office: bool,
) -> impl IntoView {
    let t = texts();
    let forms = Steady::of(move || {
        windows.with(|windows| {
            let pick = windows.may_pick && windows.all.iter().any(|window| !window.is_picked);
            pick.then_some(PICK).into_iter().chain(windows.may_offer.then_some(OFFER)).collect()
        })
    });
    let form = move |row: Row| {
        let (hold, opened) = (forms.hold(row), opened.clone());
        if row == PICK {
            pick(t, request, windows, clock, hold, opened, is_office)
        } else {
            offer(t, request, windows, clock, hold, opened)
        }
    };
    let appointment = move || {
        windows.with(|windows| {
            windows.appointment().map(|window| {
                let words = t.window_appointed(window_text(t, window, clock, false));
                view! { <div class="notice" data-tone="good">{icon("calendar")} <div><p>{words}</p></div></div> }
            })
        })
    };
    let has_any = Memo::new(move |_| windows.with(|windows| !windows.all.is_empty() || windows.may_offer));
    view! {
        <section class="stack" aria-labelledby="windows" hidden=Signal::derive(move || !has_any.get())>
            <h2 id="windows">{t.window_title()}</h2>
            {changing(appointment)}
            <For each=move || forms.rows() key=|row| *row children=form/>
        </section>
    }
}

fn pick(
    t: Texts,
    request: RequestId,
    windows: Memo<Windows>,
    clock: WallClock,
    hold: Hold,
    opened: Opened,
    is_office: bool,
) -> AnyView {
    let shown = Memo::new(move |before: Option<&Vec<Window>>| match before {
        Some(before) if hold.is_busy() => before.clone(),
        _ => windows.with(|windows| windows.all.iter().filter(|window| !window.is_picked).cloned().collect()),
    });
    let is_moved = Memo::new(move |_| windows.with(|windows| windows.appointment().is_some()));
    let (label, button) = move_words(t, is_office);
    let radios = move || {
        let choice = |window: &Window| Choice::new(window.id.to_string(), window_text(t, window, clock, false));
        let choices = shown.with(|shown| shown.iter().map(choice).collect());
        view! { <Radios name="window" label choices value=""/> }
    };
    let asks_why = Memo::new(move |_| is_office && is_moved.get());
    let why = move || {
        asks_why.get().then(|| {
            let (label, hint) = (t.matter_promise_reason(), t.matter_resident_reads());
            view! { <Field name="reason" label hint longest=500/> }
        })
    };
    let to = if is_office { Appoint::PATH } else { PickWindow::PATH };
    view! {
        <Post to opened about=request.to_string() hold dense=true>
            <Hidden name="id" value=Signal::stored(request.to_string())/>
            {changing(radios)}
            {changing(why)}
            <div class="submit">
                <button class="button" data-kind="primary">
                    {icon("calendar")} " " {changing(move || if is_moved.get() { t.window_move() } else { button })}
                </button>
            </div>
        </Post>
    }
    .into_any()
}

fn move_words(t: Texts, is_office: bool) -> (&'static str, &'static str) {
    if is_office { (t.window_which_office(), t.window_take_office()) } else { (t.window_which(), t.window_take()) }
}

fn offer(
    t: Texts,
    request: RequestId,
    windows: Memo<Windows>,
    clock: WallClock,
    hold: Hold,
    opened: Opened,
) -> AnyView {
    let id = request.to_string();
    let forms = opened.clone();
    let offered = move |window: Window| {
        let (id, window_id) = (request.to_string(), window.id.to_string());
        let words = window_text(t, &window, clock, false);
        view! {
            <li>
                <span>{words.clone()}</span>
                <Post to=WithdrawWindow::PATH opened=forms.clone() about=window_id.clone() class="plain">
                    <Hidden name="id" value=Signal::stored(id)/>
                    <Hidden name="window" value=Signal::stored(window_id)/>
                    <button class="button" data-kind="quiet" aria-label=t.window_withdraw(words)>{icon("cross")}</button>
                </Post>
            </li>
        }
        .into_any()
    };
    let others =
        move || windows.with(|windows| windows.all.iter().filter(|one| !one.is_picked).cloned().collect::<Vec<_>>());
    view! {
        <ul class="lines"><For each=others key=|window| window.id children=offered/></ul>
        <Fold hold>
            <summary class="button" data-kind="quiet">{icon("plus")} " " {t.window_offer()}</summary>
            <Post to=OfferWindow::PATH opened about=id.clone() hold dense=true>
                <Hidden name="id" value=Signal::stored(id)/>
                <Field name="on" label=t.window_on() kind="date"/>
                <div class="pair">
                    <Field name="from" label=t.window_from() kind="time"/>
                    <Field name="until" label=t.window_until() kind="time"/>
                </div>
                <div class="submit"><button class="button" data-kind="primary">{icon("plus")} " " {t.window_offer()}</button></div>
            </Post>
        </Fold>
    }
    .into_any()
}
