use super::builds::own_build;
use super::{Pulse, Room};
use crate::ui::to_sign_in;
use futures::future::LocalBoxFuture;
use futures::{FutureExt, StreamExt, select};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo_net::eventsource::State;
use gloo_net::eventsource::futures::EventSource;
use gloo_net::http::{Method, RequestBuilder};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// How long a line may take to open, or to open again, before it counts as down, in milliseconds.
const LOOK: u32 = 10_000;
/// A line that says nothing for so long is dead, in milliseconds: the server says at least every 15 s that it is there.
const SILENCE: f64 = 40_000.0;
/// The longest pause between two tries to reconnect, in milliseconds.
const LONGEST_PAUSE: u32 = 15_000;

/// Follows the server's beats while the page is visible. A hidden page closes its line, so that a browser with many tabs
/// holds one, and refetches what it shows when it is looked at again. Where the browser says that its network went, the
/// line is opened anew: the server says whether it did. In a part of its own, loaded once the page has come to life.
pub fn listen(pulse: Pulse) {
    leptos::task::spawn_local(async move { line_follow(pulse).await.await });
}

#[leptos::wasm_split::wasm_split(line, wasm_split_path = leptos::wasm_split)]
fn line_follow(pulse: Pulse) -> LocalBoxFuture<'static, ()> {
    Box::pin(follow_for_good(pulse))
}

async fn follow_for_good(pulse: Pulse) {
    let (hidden, lost) = (Rc::new(Cell::new(document().hidden())), Rc::new(Cell::new(false)));
    let (wake, mut woken) = futures::channel::mpsc::unbounded::<()>();
    let (flag, call) = (Rc::clone(&hidden), wake.clone());
    let seen = EventListener::new(&document(), "visibilitychange", move |_| {
        flag.set(document().hidden());
        let _ = call.unbounded_send(());
    });
    seen.forget();
    // A line that was open stays open, silently, when the network goes: the browser says it first.
    for (event, is_gone) in [("offline", true), ("online", false)] {
        let (flag, call) = (Rc::clone(&lost), wake.clone());
        let heard = EventListener::new(&window(), event, move |_| {
            flag.set(is_gone);
            let _ = call.unbounded_send(());
        });
        heard.forget();
    }
    // It may have gone while this part was on its way; should the browser be wrong, the line says so.
    if !window().navigator().on_line() {
        pulse.connected.set(false);
    }

    let mut pause = 500;
    loop {
        if hidden.get() {
            // Nobody looks: the loop sleeps until somebody does.
            let _ = woken.next().await;
            continue;
        }
        let is_broken = || hidden.get() || lost.take();
        follow(pulse, &mut woken, is_broken, &mut pause).await;
        if hidden.get() {
            continue;
        }
        pulse.connected.set(false);
        if is_signed_out().await {
            to_sign_in();
        }
        let jitter = (js_sys::Math::random() * f64::from(pause)) as u32;
        select! {
            _ = Box::pin(rest(pause / 2 + jitter / 2)).fuse() => pause = (pause * 2).min(LONGEST_PAUSE),
            _ = woken.next().fuse() => pause = 500,
        }
    }
}

/// One connection from open to close.
async fn follow(
    pulse: Pulse,
    woken: &mut futures::channel::mpsc::UnboundedReceiver<()>,
    is_broken: impl Fn() -> bool,
    pause: &mut u32,
) {
    let Ok(mut source) = EventSource::new("/live") else { return };
    let (builds, rooms, signs) = (source.subscribe("build"), source.subscribe("room"), source.subscribe("here"));
    let (Ok(builds), Ok(rooms), Ok(signs)) = (builds, rooms, signs) else { return };
    let (mut builds, mut rooms, mut signs) = (builds.fuse(), rooms.fuse(), signs.fuse());
    let mut heard_at = js_sys::Date::now();
    loop {
        select! {
            build = builds.next() => match build {
                Some(Ok((_, message))) => {
                    heard_at = js_sys::Date::now();
                    *pause = 500;
                    pulse.connected.set(true);
                    pulse.outdated.set(message.data().as_string() != own_build());
                    // What happened while no line was open, or between rendering and the first one, was not told.
                    pulse.beat_all();
                }
                _ => return,
            },
            room = rooms.next() => match room {
                Some(Ok((_, message))) => {
                    heard_at = js_sys::Date::now();
                    match message.data().as_string().as_deref().and_then(Room::from_tag) {
                        Some(room) => pulse.beat(room),
                        None => pulse.beat_all(),
                    }
                }
                _ => return,
            },
            _ = woken.next().fuse() => if is_broken() {
                return;
            },
            sign = signs.next() => match sign {
                Some(Ok(_)) => heard_at = js_sys::Date::now(),
                _ => return,
            },
            // Browsers knock again by themselves where nobody answers, and say nothing of it; and a line whose network
            // died beyond the first router stays open for many minutes.
            _ = Box::pin(rest(LOOK)).fuse() => {
                let is_silent = js_sys::Date::now() - heard_at > SILENCE;
                if source.state() != State::Open || is_silent {
                    return;
                }
            },
        }
    }
}

/// Whether the line is refused because the session has ended; the line itself does not say why it failed.
async fn is_signed_out() -> bool {
    let reply = RequestBuilder::new("/live").method(Method::HEAD).send().await;
    reply.is_ok_and(|reply| reply.status() == 401)
}

/// Waits so many milliseconds.
async fn rest(millis: u32) {
    let (over, ended) = futures::channel::oneshot::channel::<()>();
    let timer = Timeout::new(millis, move || {
        let _ = over.send(());
    });
    let _ = ended.await;
    drop(timer);
}
