//! The page's side of the service worker (`public/worker.js`): it keeps files, shells and pages; this says when.

use super::db::ABOUT;
use super::here::Here;
use crate::live::Pulse;
use crate::pause::pause;
use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo::events::EventListener;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

const ADDRESS: &str = "/worker.js";
/// How long the worker may take over something.
const PATIENCE: Duration = Duration::from_secs(60);
/// How the shells that are kept look: language, theme, size of type, build.
const LOOKS: &str = "looks";

thread_local! {
    static IS_WATCHED: Cell<bool> = const { Cell::new(false) };
}

fn container() -> Option<ServiceWorkerContainer> {
    let found = Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    (!found.is_undefined()).then(|| found.unchecked_into())
}

/// Registers it, watches for a new one, and has it keep the shells.
pub fn begin(here: &Here) {
    let (here, Some(container)) = (here.clone(), container()) else { return };
    leptos::task::spawn_local(async move {
        if register(&container, here.pulse).await.is_none() {
            return;
        }
        let (own, in_charge) = (container.clone(), here.device.is_in_charge);
        let taken =
            EventListener::new(&container, "controllerchange", move |_| in_charge.set(own.controller().is_some()));
        taken.forget();
        in_charge.set(container.controller().is_some());
        if ready(&container).await.is_some() {
            renew_shells(&here).await;
        }
    });
}

/// Has it keep a lobby screen's board as it is now. There is nobody there for whom anything else would be kept.
pub async fn keep_board(pulse: Pulse) {
    let Some(container) = container() else { return };
    if register(&container, pulse).await.is_none() {
        return;
    }
    let Some(worker) = ready(&container).await.and_then(|registration| registration.active()) else { return };
    let location = window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let _ = worker.post_message(&message("board", Some(Array::of1(&path.into()))));
}

/// Registers it, whether it was before or not; a new one is watched for from the first time on.
async fn register(container: &ServiceWorkerContainer, pulse: Pulse) -> Option<()> {
    let registered = JsFuture::from(container.register(ADDRESS)).await.ok()?;
    let registration = registered.dyn_into::<ServiceWorkerRegistration>().ok()?;
    if !IS_WATCHED.replace(true) {
        watch(pulse, &registration);
    }
    Some(())
}

async fn ready(container: &ServiceWorkerContainer) -> Option<ServiceWorkerRegistration> {
    JsFuture::from(container.ready().ok()?).await.ok()?.dyn_into().ok()
}

/// A new worker that waits means a new build: the page says so.
fn watch(pulse: Pulse, registration: &ServiceWorkerRegistration) {
    let outdated = pulse.outdated;
    if registration.waiting().is_some() {
        outdated.set(true);
    }
    // The line says so first; browsers look for a new worker only now and then.
    let asked = registration.clone();
    Effect::new(move |_| {
        if outdated.get() {
            let _ = asked.update();
        }
    });
    let found = registration.clone();
    let listener = EventListener::new(registration, "updatefound", move |_| {
        let Some(worker) = found.installing() else { return };
        let found = found.clone();
        let state = EventListener::new(&worker, "statechange", move |_| {
            if found.waiting().is_some() && found.active().is_some() {
                outdated.set(true);
            }
        });
        state.forget();
    });
    listener.forget();
}

/// The shells in the looks of this page.
async fn renew_shells(here: &Here) {
    let root = document().document_element();
    let looks = ["lang", "data-theme", "data-text", "data-build", "data-person"];
    let looks = looks.map(|name| root.as_ref().and_then(|root| root.get_attribute(name)).unwrap_or_default()).join(" ");
    if here.db.get(ABOUT, LOOKS).await.ok().and_then(|kept| kept.as_string()).as_ref() == Some(&looks) {
        return;
    }
    if !is_done("shells", None).await {
        return;
    }
    let kept = here.db.write(&[ABOUT], |store| {
        store(ABOUT)?.put(&JsValue::from_str(&looks), Some(&JsValue::from_str(LOOKS)))?;
        Ok(())
    });
    let _ = kept.await;
}

/// Keeps photos ahead; whether all of them are kept. Without a worker none is, and no page opens that would show them.
pub async fn keep(photos: Vec<String>) -> bool {
    let paths = || photos.iter().map(|photo| JsValue::from_str(photo)).collect();
    photos.is_empty() || controller().is_none() || is_done("keep", Some(paths())).await
}

/// What is kept of a person's pages goes.
pub fn wipe() {
    if let Some(worker) = controller() {
        let _ = worker.post_message(&message("wipe", None));
    }
}

/// Lets a new worker that waits take over, if there is one; the page loads anew once it has.
pub async fn take_over() -> bool {
    let Some(container) = container() else { return false };
    let found = JsFuture::from(container.get_registration()).await.ok();
    let waiting = found.and_then(|one| one.dyn_into::<ServiceWorkerRegistration>().ok()).and_then(|one| one.waiting());
    let Some(waiting) = waiting else { return false };
    let reload = EventListener::once(&container, "controllerchange", |_| {
        let _ = window().location().reload();
    });
    reload.forget();
    waiting.post_message(&message("take-over", None)).is_ok()
}

fn controller() -> Option<ServiceWorker> {
    container()?.controller()
}

/// Has the worker do something; whether it says that all of it was done.
async fn is_done(kind: &str, paths: Option<Array>) -> bool {
    let (Some(worker), Ok(channel)) = (controller(), MessageChannel::new()) else { return false };
    let (told, answer) = oneshot::channel();
    let port = channel.port1();
    let _heard = EventListener::once(&port, "message", move |event| {
        let said = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
        let part = |name: &str| Reflect::get(&said, &name.into()).unwrap_or_default();
        let _ = told.send(part("done").is_truthy() && part("missing").is_falsy());
    });
    port.start();
    let sent = worker.post_message_with_transferable(&message(kind, paths), &Array::of1(&channel.port2()));
    let answered = select(answer, Box::pin(pause(PATIENCE)));
    sent.is_ok() && matches!(answered.await, Either::Left((Ok(true), _)))
}

fn message(kind: &str, paths: Option<Array>) -> JsValue {
    let message = Object::new();
    let _ = Reflect::set(&message, &"kind".into(), &kind.into());
    if let Some(paths) = paths {
        let _ = Reflect::set(&message, &"paths".into(), &paths);
    }
    message.into()
}
