//! The browser's half, in two parts of its own that are loaded once a page has come to life: the outbox, and what is kept
//! ahead. What every browser loads first knows only how to call them.

mod answers;
mod awaited;
mod db;
mod entries;
mod files;
mod here;
mod kept;
mod lock;
mod provide;
mod room;
mod sending;
mod worker;

use super::device::{Device, Kept};
use super::model::{Draft, PhotoFile, Sent};
use crate::asking::Reply;
use crate::forms::Fields;
use crate::live::Pulse;
use crate::moment::Wall;
use chrono::DateTime;
use futures::future::LocalBoxFuture;
use here::Here;
use leptos::prelude::{document, window};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Blob;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nobody is here for whom anything is kept, or nothing can be.
    Closed,
    Opening,
    Open,
}

thread_local! {
    static KEPT: Kept = Kept::default();
    /// Until the part is loaded and the device's database open, pages ask the server and nobody else.
    static STATE: Cell<State> = const { Cell::new(State::Closed) };
}

/// What is kept, as the pages of this tab show it.
pub fn kept() -> Kept {
    KEPT.with(Clone::clone)
}

/// Whether anything is kept on this page.
pub fn is_open() -> bool {
    STATE.get() == State::Open
}

macro_rules! in_part {
    ($part:ident: $($name:ident($($field:ident: $type:ty),*) -> $result:ty = $body:expr;)*) => {$(
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split)]
        fn $name($($field: $type),*) -> LocalBoxFuture<'static, $result> {
            Box::pin($body)
        }
    )*};
}

in_part! {
    offline:
    offline_open(device: Device, pulse: Pulse, person: Option<String>) -> bool = here::open(device, pulse, person);
    offline_start() -> () = here::start();
    offline_post(draft: Draft) -> Sent = sending::post(draft);
    offline_ask(path: &'static str, body: String) -> Reply = answers::ask(path, body);
    offline_stow(photo: PhotoFile, file: Blob) -> bool = files::stow(photo, file);
    offline_stowed(key: String) -> Option<Blob> = sending::stowed(key);
    offline_revise(place: u32, seen: Option<i32>) -> () = sending::revise(place, seen);
    offline_take_back(place: u32, is_there: Rc<dyn Fn() -> bool>) -> bool = sending::take_back(place, is_there);
    offline_replace(place: u32, keeps_photos: bool, draft: Option<Draft>) -> () = sending::replace(place, keeps_photos, draft);
    offline_send_now() -> () = async { sending::send() };
}

in_part! {
    ahead:
    ahead_start() -> () = async { if let Some(here) = Here::now() { worker::begin(&here); provide::begin(&here) } };
    ahead_keep_board(pulse: Pulse) -> () = worker::keep_board(pulse);
    ahead_take_over() -> bool = worker::take_over();
}

/// Opens what the device keeps for whoever is signed in. Nothing is sent, and nobody listens, before [`start`]. What was
/// kept for somebody who is here no more goes.
pub async fn open(device: Device, pulse: Pulse) {
    let person = document().document_element().and_then(|root| root.get_attribute("data-person"));
    if person.is_none() && !here::is_marked() {
        return;
    }
    STATE.set(State::Opening);
    let is_open = offline_open(device, pulse, person).await.await;
    STATE.set(if is_open { State::Open } else { State::Closed });
}

/// Sends what waits, and keeps ahead what is needed without a network. Once the page has come to life.
pub async fn start() {
    if is_open() {
        offline_start().await.await;
    }
}

/// Sends a form that may wait: it is in the outbox before it is sent, and stays there until the server has answered.
pub async fn post(draft: Draft) -> Sent {
    if STATE.get() == State::Closed {
        return Sent::Answered(Reply::of_post(draft.to, draft.body).await);
    }
    offline_post(draft).await.await
}

/// The answer to a question: the server's, or the last one where it does not answer.
pub async fn ask(path: &'static str, body: String) -> Reply {
    offline_ask(path, body).await.await
}

/// Keeps the bytes of a photo until its form has had its effect; `false` where they could not be kept.
pub async fn stow(photo: PhotoFile, file: Blob) -> bool {
    is_open() && offline_stow(photo, file).await.await
}

/// The bytes of a photo that are kept.
pub async fn stowed(key: String) -> Option<Blob> {
    if STATE.get() == State::Closed { None } else { offline_stowed(key).await.await }
}

/// Sends an entry that was refused anew: on the version that is so now, where it is about one.
pub fn revise(place: u32, seen: Option<i32>) {
    leptos::task::spawn_local(async move { offline_revise(place, seen).await.await });
}

/// The form whose entry it is goes on with it, if it is still there: the entry goes, its photos stay; whether it does.
pub async fn take_back(place: u32, is_there: impl Fn() -> bool + 'static) -> bool {
    offline_take_back(place, Rc::new(is_there)).await.await
}

/// An entry goes; perhaps something else takes its place: a word about it. Its photos stay on the device where that, or
/// an open form, goes on with them.
pub fn replace(place: u32, keeps_photos: bool, draft: Option<Draft>) {
    leptos::task::spawn_local(async move { offline_replace(place, keeps_photos, draft).await.await });
}

/// Sends what waits.
pub fn send_now() {
    leptos::task::spawn_local(async move { offline_send_now().await.await });
}

/// Keeps a lobby screen's board as it is now, for when nobody answers.
pub fn keep_board(pulse: Pulse) {
    leptos::task::spawn_local(async move { ahead_keep_board(pulse).await.await });
}

/// Changes to the build that the server runs now: the worker of that build takes over first, where one waits.
pub fn renew() {
    leptos::task::spawn_local(async move {
        if !ahead_take_over().await.await {
            let _ = window().location().reload();
        }
    });
}

/// The clock of this device, where no estate's is at hand.
pub fn wall_here() -> Wall {
    let now = js_sys::Date::new_0();
    let at = DateTime::from_timestamp_millis(now.get_time() as i64).unwrap_or_default();
    Wall::new(at, vec![(at, -(now.get_timezone_offset() as i32) * 60)])
}

/// A form's fields as they will be once its photos have arrived, for whoever looks at them before.
pub fn as_arrived(body: &str) -> Fields {
    let mut fields = Fields::parse(body);
    for (_, value) in fields.0.iter_mut().filter(|(_, value)| PhotoFile::from_stand_in(value).is_some()) {
        *value = uuid::Uuid::nil().to_string();
    }
    fields
}
