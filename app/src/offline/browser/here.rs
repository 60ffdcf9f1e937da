//! What is open on this page: the database, and whose.

use super::super::device::Device;
use super::db::{ABOUT, ANSWERS, Db, Trouble};
use super::{awaited, entries, files, room, sending, worker};
use crate::live::Pulse;
use gloo::events::EventListener;
use js_sys::Date;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, Storage};

/// How often what waits is tried again.
const EVERY: Duration = Duration::from_secs(30);
/// How often screens ask again for what came late, in milliseconds.
const LOOK_EVERY: f64 = 30_000.0;
/// Says in the browser's own store that something may be kept here.
const MARK: &str = "keeps";
/// Whose the kept answers are.
const WHOSE: &str = "whose";
/// Where tabs tell each other that the outbox has changed.
const CHANNEL: &str = "outbox";

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
    static LOOKED_AT: Cell<f64> = const { Cell::new(0.0) };
    static IS_LOOK_DUE: Cell<bool> = const { Cell::new(false) };
}

/// What is open on this page.
#[derive(Clone)]
pub struct Here {
    pub db: Db,
    pub device: Device,
    pub pulse: Pulse,
    /// The account of whoever is signed in.
    pub person: String,
    channel: Option<BroadcastChannel>,
}

impl Here {
    /// Of this page; none before it was opened.
    pub fn now() -> Option<Self> {
        HERE.with_borrow(Clone::clone)
    }

    /// The outbox has changed: this page shows it, and the other tabs too.
    pub async fn changed(&self) {
        self.tell(&JsValue::NULL);
        entries::show(self).await;
    }

    /// Tells the other tabs.
    pub fn tell(&self, what: &JsValue) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(what);
        }
    }
}

/// Whether something may be kept here: strangers' pages look only then.
pub fn is_marked() -> bool {
    mark().is_some_and(|store| store.get_item(MARK).ok().flatten().is_some())
}

fn mark() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Opens the database, and shows what waits in it. Of nobody nothing is kept: what was kept for whoever was here goes, but
/// for what they have not sent.
pub async fn open(device: Device, pulse: Pulse, person: Option<String>) -> bool {
    let Ok(db) = Db::open().await else { return false };
    let Some(person) = person else {
        if let (Some(store), Ok(())) = (mark(), forget_all(&db).await) {
            let _ = store.remove_item(MARK);
        }
        return false;
    };
    if let Some(store) = mark() {
        let _ = store.set_item(MARK, "");
    }
    if settle(&db, &person).await.is_err() {
        return false;
    }
    let channel = BroadcastChannel::new(CHANNEL).ok();
    let here = Here { db, device, pulse, person, channel };
    HERE.set(Some(here.clone()));
    entries::show(&here).await;
    device.is_open.set(true);
    true
}

/// Sends what waits, now and whenever there may be a network again.
pub async fn start() {
    let Some(here) = Here::now() else { return };
    listen(&here);
    sending::send();
    files::sweep(&here).await;
    room::look(here.device).await;
    super::ahead_start().await.await;
}

/// Screens ask again for what they show; on a line that is slow not over and over: what comes too soon after the last
/// time waits for the next.
pub fn look_again() {
    if IS_LOOK_DUE.replace(true) {
        return;
    }
    let wait = (LOOKED_AT.get() + LOOK_EVERY - Date::now()).clamp(0.0, LOOK_EVERY);
    let look = || {
        IS_LOOK_DUE.set(false);
        LOOKED_AT.set(Date::now());
        if let Some(here) = Here::now() {
            here.pulse.beat_all();
        }
    };
    set_timeout(look, Duration::from_millis(wait as u64));
}

/// Whoever was signed in is not any more. What they have not sent waits for them.
pub async fn forget() {
    let Some(here) = Here::now() else { return };
    let whose = here.db.get(ABOUT, WHOSE).await.ok().and_then(|whose| whose.as_string());
    // Somebody else has signed in since: what lies here is theirs.
    if whose.is_none_or(|whose| whose == here.person) {
        worker::wipe();
        let _ = forget_all(&here.db).await;
    }
}

async fn forget_all(db: &Db) -> Result<(), Trouble> {
    db.write(&[ANSWERS, ABOUT], |store| {
        store(ANSWERS)?.clear()?;
        store(ABOUT)?.clear()?;
        Ok(())
    })
    .await
}

/// Answers of somebody else go; what they left in the outbox waits for them.
async fn settle(db: &Db, person: &str) -> Result<(), Trouble> {
    let before = db.get(ABOUT, WHOSE).await?.as_string();
    if before.as_deref() == Some(person) {
        return Ok(());
    }
    let (whose, person) = (JsValue::from_str(WHOSE), JsValue::from_str(person));
    db.write(&[ANSWERS, ABOUT], |store| {
        store(ANSWERS)?.clear()?;
        store(ABOUT)?.clear()?;
        store(ABOUT)?.put(&person, Some(&whose))?;
        Ok(())
    })
    .await
}

fn listen(here: &Here) {
    if let Some(channel) = &here.channel {
        let other = here.clone();
        let heard = EventListener::new(channel, "message", move |event| {
            // Another tab sent what a form of this one waits for.
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                awaited::heard(&event.data());
            }
            let other = other.clone();
            leptos::task::spawn_local(async move { entries::show(&other).await });
        });
        heard.forget();
    }
    // The line is up again: the server is there, whatever the browser says of the network.
    let connected = here.pulse.connected;
    Effect::new(move |_| {
        if connected.get() {
            sending::send();
        }
    });
    EventListener::new(&window(), "online", |_| sending::send()).forget();
    let seen = EventListener::new(&document(), "visibilitychange", |_| {
        if !document().hidden() {
            sending::send();
        }
    });
    seen.forget();
    set_interval(sending::send, EVERY);
}
