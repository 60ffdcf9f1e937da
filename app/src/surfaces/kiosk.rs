use crate::asking::Loading;
use crate::estate::{Board, LoadBoard};
use crate::live::{look_for_builds, pulse};
use crate::offline;
use crate::page::lazy_page;
use crate::people::ChooseManners;
use crate::texts::{Lang, texts};
use crate::ui::{FaultPage, PlainButtons, awaited, changing, icon, opened};
use gloo::storage::{LocalStorage, SessionStorage, Storage};
use leptos::ev;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// Seconds without a touch until the screen asks whether somebody is there.
const QUIET: u32 = 30;
/// Seconds that it then waits.
const WAITS: u32 = 10;

/// Whether somebody waits before the screen for an answer: it is not cleared under their eyes.
#[derive(Clone, Copy)]
pub struct Patience(pub RwSignal<bool>);

/// The frame of the lobby screen: the estate and the time above, the page, and the question that clears
/// it. Nothing of the last person stays in the page, in storage or in the history.
pub struct KioskFrame {
    board: Loading<Board>,
}

lazy_page!(KioskFrame in kiosk);

impl KioskFrame {
    fn data() -> Self {
        Self { board: board() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let (board, pulse) = (self.board, pulse());
        provide_context(Patience(RwSignal::new(false)));
        Effect::new(move |_| {
            // A copy that the worker kept: nobody has answered yet.
            if document().document_element().is_some_and(|root| root.has_attribute("data-kept")) {
                pulse.connected.set(false);
            }
            look_for_builds(pulse);
        });
        Effect::new(move |_| {
            if pulse.connected.get() {
                offline::keep_board(pulse);
            }
        });
        view! {
            <a class="skip" href="#main">{t.kiosk_skip()}</a>
            <header class="topbar">
                <span class="mark">
                    <img src="/favicon.svg" alt="" width="32" height="32"/>
                    <Suspense>
                        {awaited(move || async move {
                            let estate = board.await.ok().and_then(|board| board.estate);
                            let name = estate.map(|estate| estate.names.of(t.lang).to_owned());
                            view! { <span>{name.unwrap_or_else(|| t.kiosk_product().to_owned())}</span> }
                        })}
                    </Suspense>
                </span>
                <Now/>
            </header>
            <Outlet/>
            <Idle/>
            <div class="toasts" role="status" aria-live="polite"></div>
        }
        .into_any()
    }
}

/// The time on the screen's own clock, once the page is alive.
#[component]
fn Now() -> impl IntoView {
    let now = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let look = move || {
            let date = js_sys::Date::new_0();
            let _ = now.try_set(Some(format!("{:02}:{:02}", date.get_hours(), date.get_minutes())));
        };
        look();
        if let Ok(handle) = set_interval_with_handle(look, Duration::from_secs(5)) {
            on_cleanup(move || handle.clear());
        }
    });
    view! { <time datetime=Signal::derive(move || now.get())>{changing(move || now.get())}</time> }
}

/// Once somebody has touched the screen: a question after half a minute of quiet, then a clean start.
#[component]
fn Idle() -> impl IntoView {
    let t = texts();
    let pulse = pulse();
    let quiet = RwSignal::new(None::<u32>);
    let patience = use_context::<Patience>();
    let dialog = NodeRef::<Dialog>::new();
    let left = move || (QUIET + WAITS).saturating_sub(quiet.get().unwrap_or(0)).min(WAITS);
    let stay = move || {
        quiet.set(Some(0));
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    Effect::new(move |_| {
        let touched = move || {
            if quiet.get_untracked().is_none_or(|seconds| seconds < QUIET) {
                quiet.set(Some(0));
            }
        };
        let finger = window_event_listener(ev::pointerdown, move |_| touched());
        let key = window_event_listener(ev::keydown, move |_| touched());
        let tick = set_interval_with_handle(
            move || match quiet.get_untracked() {
                None if pulse.outdated.get_untracked() => {
                    pulse.outdated.set(false);
                    offline::renew();
                }
                None => {}
                Some(_) if patience.is_some_and(|Patience(is_waiting)| is_waiting.get_untracked()) => quiet.set(Some(0)),
                Some(seconds) => {
                    quiet.set(Some(seconds + 1));
                    if seconds + 1 == QUIET
                        && let Some(dialog) = dialog.get_untracked()
                    {
                        let _ = dialog.show_modal();
                    }
                    if seconds + 1 >= QUIET + WAITS {
                        start_over();
                    }
                }
            },
            Duration::from_secs(1),
        );
        on_cleanup(move || {
            finger.remove();
            key.remove();
            if let Ok(tick) = tick {
                tick.clear();
            }
        });
    });
    view! {
        <dialog class="dialog" aria-labelledby="idle-title" node_ref=dialog on:cancel=move |_: ev::Event| quiet.set(Some(0))>
            <h2 id="idle-title">{t.kiosk_still_there()}</h2>
            <p>{t.kiosk_clears()}</p>
            <p class="count" role="timer">{changing(left)}</p>
            <progress max=WAITS.to_string() value=Signal::derive(move || left().to_string()) aria-label=t.kiosk_seconds_left()></progress>
            <div class="buttons">
                <button class="button" data-kind="primary" data-size="l" type="button" on:click=move |_| stay()>
                    {t.kiosk_stay()}
                </button>
                <button class="button" data-size="l" type="button" on:click=move |_| start_over()>
                    {t.kiosk_clear_now()}
                </button>
            </div>
        </dialog>
    }
}

/// Whose screen this is: `/kiosk?estate=LY`.
fn board() -> Loading<Board> {
    let query = use_query_map();
    Loading::new(move || LoadBoard { estate: query.with(|query| query.get("estate")) })
}

/// Forgets the last person: language, storage, the page, and the step back to it.
fn start_over() {
    if let Some(page) = document().dyn_ref::<HtmlDocument>() {
        let _ = page.set_cookie("__Host-manners=; Path=/; Max-Age=0; Secure");
    }
    LocalStorage::clear();
    SessionStorage::clear();
    let location = window().location();
    let _ = location.replace(&format!("/kiosk{}", location.search().unwrap_or_default()));
}

/// The lobby screen's board: what somebody who stands before it can do here today.
pub struct KioskPage {
    board: Loading<Board>,
    opened: Loading<crate::forms::Opened>,
}

lazy_page!(KioskPage in kiosk);

impl KioskPage {
    fn data() -> Self {
        Self { board: board(), opened: opened() }
    }

    fn view(self) -> AnyView {
        let KioskPage { board, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    match (board.await, opened.await) {
                        (Ok(board), Ok(opened)) => view! { <Hall board opened/> }.into_any(),
                        (Err(fault), _) | (_, Err(fault)) => {
                            view! { <main id="main" class="hall" tabindex="-1"><FaultPage fault/></main> }.into_any()
                        }
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Hall(
    /// Which estate's screen it is.
    board: Board,
    /// For the language buttons.
    opened: crate::forms::Opened,
) -> impl IntoView {
    let t = texts();
    let pulse = pulse();
    let is_low = RwSignal::new(false);
    let phones = board.estate.map(|estate| {
        [("phone", t.kiosk_desk(), estate.desk_phone), ("alert", t.kiosk_emergency(), estate.emergency_phone)]
    });
    let langs = Lang::ALL.map(|lang| {
        let is_this = if lang == t.lang { "true" } else { "false" };
        view! {
            <button name="lang" value=lang.tag() lang=lang.tag() aria-pressed=is_this>{lang.own_name()}</button>
        }
    });
    let is_away = Signal::derive(move || !pulse.connected.get());
    let wall = board.wall;
    let as_of = wall.now();
    let away = move || {
        is_away.get().then(|| {
            view! {
                <div class="notice">
                    {icon("offline")}
                    <div><p>{t.kiosk_away(as_of.near(t, wall.at(offline::wall_here().now().moment())))}</p> <p class="hint">{t.kiosk_away_more()}</p></div>
                </div>
            }
        })
    };
    view! {
        <Title text=t.frame_title(t.kiosk_board(), t.frame_product())/>
        <section class="board" aria-label=t.kiosk_board()>
            <div role="status">{changing(away)}</div>
            <ul class="rows">
                <li class="row">
                    {icon("bell")}
                    <span class="body"><span>{t.kiosk_welcome()}</span><span class="hint">{t.kiosk_welcome_more()}</span></span>
                </li>
                <li class="row">
                    {icon("qr")}
                    <span class="body"><span>{t.kiosk_phone_way()}</span><span class="hint">{t.kiosk_phone_way_more()}</span></span>
                </li>
            </ul>
        </section>
        <main id="main" class="hall" data-reach=Signal::derive(move || is_low.get().then_some("low")) tabindex="-1">
            <h1>{t.kiosk_title()}</h1>
            {phones
                .map(|phones| {
                    let tiles = phones.map(|(name, label, number)| {
                        view! {
                            <li>
                                <span class="tile">
                                    {icon(name)} <span>{label} <br/> <span class="nowrap">{number}</span></span>
                                </span>
                            </li>
                        }
                    });
                    view! { <ul class="tiles">{tiles.into_iter().collect_view()}</ul> }
                })}
            <footer>
                <div hidden=is_away>
                    <PlainButtons to=ChooseManners::PATH opened class="langs">
                        {langs.into_iter().collect_view()}
                    </PlainButtons>
                </div>
                <button
                    class="button" type="button"
                    aria-pressed=Signal::derive(move || if is_low.get() { "true" } else { "false" })
                    on:click=move |_| is_low.update(|low| *low = !*low)
                >
                    {icon("low")} " " {t.kiosk_lower()}
                </button>
            </footer>
        </main>
    }
}
