use super::builds::own_build;
use super::{Pulse, Room};
use crate::ui::to_sign_in;
use futures::{FutureExt, StreamExt, select};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo_net::eventsource::futures::EventSource;
use gloo_net::http::{Method, RequestBuilder};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// The longest pause between two tries to reconnect, in milliseconds.
const LONGEST_PAUSE: u32 = 15_000;

/// Follows the server's beats while the page is visible and the device has a network. A hidden page closes
/// its line, so that a browser with many tabs holds one, and refetches what it shows when it is looked at again.
pub fn listen(pulse: Pulse) {
    let (hidden, offline) = (Rc::new(Cell::new(document().hidden())), Rc::new(Cell::new(false)));
    let (wake, mut woken) = futures::channel::mpsc::unbounded::<()>();
    let (flag, call) = (Rc::clone(&hidden), wake.clone());
    let seen = EventListener::new(&document(), "visibilitychange", move |_| {
        flag.set(document().hidden());
        let _ = call.unbounded_send(());
    });
    seen.forget();
    // A line that was open stays open, silently, when the network goes: the browser says it first.
    for (event, is_gone) in [("offline", true), ("online", false)] {
        let (flag, call) = (Rc::clone(&offline), wake.clone());
        let heard = EventListener::new(&window(), event, move |_| {
            flag.set(is_gone);
            let _ = call.unbounded_send(());
        });
        heard.forget();
    }

    leptos::task::spawn_local(async move {
        let is_awake = || !hidden.get() && !offline.get();
        let mut pause = 500;
        loop {
            if !is_awake() {
                if offline.get() {
                    pulse.connected.set(false);
                }
                let _ = woken.next().await;
                continue;
            }
            if follow(pulse, &mut woken, is_awake, &mut pause).await {
                // Nobody looks, or nothing comes: the loop sleeps until it is woken.
                continue;
            }
            pulse.connected.set(false);
            if is_signed_out().await {
                to_sign_in();
            }
            let jitter = (js_sys::Math::random() * f64::from(pause)) as u32;
            rest(pause / 2 + jitter / 2).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    });
}

/// One connection from open to close; `true` where it was closed because the page fell asleep.
async fn follow(
    pulse: Pulse,
    woken: &mut futures::channel::mpsc::UnboundedReceiver<()>,
    is_awake: impl Fn() -> bool,
    pause: &mut u32,
) -> bool {
    let Ok(mut source) = EventSource::new("/live") else { return false };
    let (Ok(builds), Ok(rooms)) = (source.subscribe("build"), source.subscribe("room")) else { return false };
    let mut builds = builds.fuse();
    let mut rooms = rooms.fuse();
    loop {
        select! {
            build = builds.next() => match build {
                Some(Ok((_, message))) => {
                    *pause = 500;
                    pulse.connected.set(true);
                    pulse.outdated.set(message.data().as_string() != own_build());
                    // What happened while no line was open, or between rendering and the first one, was not told.
                    pulse.beat_all();
                }
                _ => return false,
            },
            room = rooms.next() => match room {
                Some(Ok((_, message))) => {
                    match message.data().as_string().as_deref().and_then(Room::from_tag) {
                        Some(room) => pulse.beat(room),
                        None => pulse.beat_all(),
                    }
                }
                _ => return false,
            },
            _ = woken.next().fuse() => if !is_awake() {
                return true;
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
