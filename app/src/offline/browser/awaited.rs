//! The open forms of this tab that wait for the answers to their entries.

use super::super::model::{Entry, Sent};
use super::here::Here;
use crate::asking::Reply;
use crate::pause::pause;
use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::Array;
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// How long a form waits for its answer before it says that it will be sent later.
const PATIENCE: Duration = Duration::from_secs(12);

thread_local! {
    static FORMS: RefCell<HashMap<u32, oneshot::Sender<Sent>>> = RefCell::new(HashMap::new());
}

/// From now on a form waits for the answer to an entry.
pub fn wait(place: u32) -> oneshot::Receiver<Sent> {
    let (told, heard) = oneshot::channel();
    FORMS.with_borrow_mut(|forms| forms.insert(place, told));
    heard
}

/// The answer, as long as a form waits for one.
pub async fn answer(place: u32, mut heard: oneshot::Receiver<Sent>) -> Sent {
    let answer = select(&mut heard, Box::pin(pause(PATIENCE))).await;
    match answer {
        Either::Left((Ok(sent), _)) => sent,
        Either::Left((Err(_), _)) => Sent::Kept,
        Either::Right(_) => match FORMS.with_borrow_mut(|forms| forms.remove(&place)) {
            Some(_) => Sent::Kept,
            // It is being told this very moment.
            None => heard.await.unwrap_or(Sent::Kept),
        },
    }
}

/// Whether any form of this tab waits.
pub fn is_any() -> bool {
    FORMS.with_borrow(|forms| !forms.is_empty())
}

/// Whether a form of this tab waits for its answer.
pub fn is_awaited(place: u32) -> bool {
    FORMS.with_borrow(|forms| forms.contains_key(&place))
}

/// Nothing more is heard of these for now.
pub fn end(here: &Here, entries: &[Entry]) {
    for entry in entries {
        tell(here, entry.place, Sent::Kept);
    }
}

/// Tells the form that waits for it, in whichever tab it is open; whether it is open in this one.
pub fn tell(here: &Here, place: u32, sent: Sent) -> bool {
    if let Some(form) = FORMS.with_borrow_mut(|forms| forms.remove(&place)) {
        return form.send(sent).is_ok();
    }
    let (kind, reply) = match &sent {
        Sent::Answered(reply) => ("answered", reply.to_string()),
        Sent::Refused(reply, _) => ("refused", reply.to_string()),
        Sent::Kept => return false,
    };
    here.tell(&Array::of3(&place.into(), &kind.into(), &reply.into()));
    false
}

/// What another tab told.
pub fn heard(what: &JsValue) {
    // Mostly it is only that something has changed.
    let Some(parts) = what.dyn_ref::<Array>() else { return };
    let (Some(place), Some(kind), Some(reply)) =
        (parts.get(0).as_f64(), parts.get(1).as_string(), parts.get(2).as_string())
    else {
        return;
    };
    let (place, Ok(reply)) = (place as u32, reply.parse::<Reply>());
    if let Some(form) = FORMS.with_borrow_mut(|forms| forms.remove(&place)) {
        let sent = if kind == "refused" { Sent::Refused(reply, place) } else { Sent::Answered(reply) };
        let _ = form.send(sent);
    }
}
