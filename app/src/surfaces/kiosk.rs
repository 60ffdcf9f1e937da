use super::frame::KioskData;
use crate::asking::Loading;
use crate::live::pulse;
use crate::offline;
use crate::page::lazy_page;
use crate::screens::{LoadStanding, Standing, Watch};
use crate::texts::texts;
use crate::ui::{awaited, changing};
use gloo::storage::{LocalStorage, SessionStorage, Storage};
use leptos::ev;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// Seconds without a touch until the screen asks whether somebody is there.
const QUIET: u32 = 30;
/// Seconds that it then waits.
const WAITS: u32 = 10;

/// The cookie of whoever chose a language or large type.
const MANNERS: &str = "__Host-manners";
/// What a page keeps for the next one: that it stays low.
const LOW: &str = "low";

/// Whether somebody waits before the screen for an answer: it is not cleared under their eyes.
#[derive(Clone, Copy)]
pub struct Patience(pub RwSignal<bool>);

/// The frame of the lobby screen: the estate and the time above, the page, and the question that clears
/// it. Nothing of the last person stays in the page, in storage or in the history.
pub struct KioskFrame {
    standing: Loading<Standing>,
}

lazy_page!(KioskFrame in kiosk);

impl KioskFrame {
    fn data() -> Self {
        Self { standing: Loading::new(|| LoadStanding { build: None }) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let (standing, pulse) = (self.standing, pulse());
        let (board, is_low) = (RwSignal::new(None), RwSignal::new(false));
        provide_context(KioskData { standing, board, is_low });
        provide_context(Patience(RwSignal::new(false)));
        Effect::new(move |_| {
            // A copy that the worker kept: nobody has answered yet, and once somebody does, its forms are old.
            if document().document_element().is_some_and(|root| root.has_attribute("data-kept")) {
                pulse.connected.set(false);
                Effect::new(move |_| {
                    if pulse.connected.get() {
                        pulse.outdated.set(true);
                    }
                });
            }
        });
        Effect::new(move |_| reach(is_low));
        Effect::new(|_| stay_here());
        view! {
            <a class="skip" href="#main">{t.kiosk_skip()}</a>
            <header class="topbar">
                <span class="mark">
                    <img src="/favicon.svg" alt="" width="32" height="32"/>
                    <Suspense>
                        {awaited(move || async move {
                            let name = match standing.await {
                                Ok(Standing::Enrolled(board)) => Some(board.estate.names.of(t.lang).to_owned()),
                                _ => None,
                            };
                            view! { <span>{name.unwrap_or_else(|| t.kiosk_product().to_owned())}</span> }
                        })}
                    </Suspense>
                </span>
                <Now/>
            </header>
            <Suspense>
                {awaited(move || async move {
                    match standing.await {
                        Ok(Standing::Enrolled(first)) => Some(view! { <Watch first=*first board/> }),
                        _ => None,
                    }
                })}
            </Suspense>
            <Outlet/>
            <Idle/>
            <div class="toasts" role="status" aria-live="polite"></div>
        }
        .into_any()
    }
}

/// Nothing leads out of a lobby screen: no menu of the browser's, nothing to drag away or to drop, no page in another
/// window, no key that does something to the browser. What a finger could enlarge the style sheet holds still.
fn stay_here() {
    let held = [
        window_event_listener(ev::contextmenu, |event| event.prevent_default()),
        window_event_listener(ev::dragstart, |event| event.prevent_default()),
        window_event_listener(ev::dragover, |event| event.prevent_default()),
        window_event_listener(ev::drop, |event| event.prevent_default()),
        window_event_listener(ev::auxclick, |event| event.prevent_default()),
        window_event_listener(ev::keydown, |event| {
            let is_function = event.key().strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
            if event.ctrl_key() || event.meta_key() || event.alt_key() || is_function {
                event.prevent_default();
            }
        }),
    ];
    on_cleanup(move || held.into_iter().for_each(|listener| listener.remove()));
}

/// Where the style sheet is to leave what is touched, from the last page to this one.
fn reach(is_low: RwSignal<bool>) {
    if SessionStorage::get(LOW).unwrap_or(false) {
        is_low.set(true);
    }
    Effect::new(move |_| {
        let Some(root) = document().document_element() else { return };
        if is_low.get() {
            let _ = (root.set_attribute("data-reach", "low"), SessionStorage::set(LOW, true));
        } else {
            let _ = root.remove_attribute("data-reach");
            SessionStorage::delete(LOW);
        }
    });
}

/// Whether nobody has done anything since the screen was cleared.
fn is_untouched() -> bool {
    let has_chosen = document()
        .dyn_ref::<HtmlDocument>()
        .and_then(|page| page.cookie().ok())
        .is_some_and(|cookies| cookies.contains(MANNERS));
    !has_chosen && window().location().pathname().is_ok_and(|path| path == "/kiosk")
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

/// Once somebody has done something at the screen: a question after half a minute of quiet, then a clean start.
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
        if !is_untouched() {
            quiet.set(Some(0));
        }
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
                // Without a line nothing tells that the waiting is over.
                Some(_)
                    if pulse.connected.get_untracked()
                        && patience.is_some_and(|Patience(is_waiting)| is_waiting.get_untracked()) =>
                {
                    quiet.set(Some(0));
                }
                Some(seconds) => {
                    quiet.set(Some(seconds + 1));
                    if seconds + 1 == QUIET
                        && let Some(dialog) = dialog.get_untracked()
                    {
                        let _ = dialog.show_modal();
                    }
                    // Once: to begin again each second would never get there over a slow line.
                    if seconds + 1 == QUIET + WAITS {
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

/// Forgets the last person: language, storage, the page, and the step back to it.
fn start_over() {
    if let Some(page) = document().dyn_ref::<HtmlDocument>() {
        let _ = page.set_cookie(&format!("{MANNERS}=; Path=/; Max-Age=0; Secure"));
    }
    LocalStorage::clear();
    SessionStorage::clear();
    let location = window().location();
    let _ = location.replace("/kiosk");
}
