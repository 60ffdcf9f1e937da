//! Sends what waits: in its order, by one tab at a time, as long as somebody answers.

use super::super::model::{Draft, Entry, PhotoFile, Sent};
use super::super::rules::{Answer, Step, judge, next_step};
use super::awaited::{self, end, tell};
use super::db::Trouble;
use super::here::Here;
use super::lock::alone;
use super::room;
use super::{entries, files, kept};
use crate::asking::Reply;
use crate::fault::Fault;
use crate::pause::pause;
use crate::photos;
use crate::ui::to_sign_in;
use futures::future::{Either, select};
use js_sys::Date;
use leptos::prelude::*;
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;
use web_sys::Blob;

/// How long a form waits for the database that is being opened.
const TO_OPEN: Duration = Duration::from_secs(2);
/// How long a form takes to let go of what is kept.
const TO_EMPTY: Duration = Duration::from_millis(100);

thread_local! {
    /// Whether this tab sends, and whether it was asked to meanwhile.
    static IS_SENDING: Cell<bool> = const { Cell::new(false) };
    static IS_DUE: Cell<bool> = const { Cell::new(false) };
}

/// Sends a form: into the outbox first, and from there at once.
pub async fn post(draft: Draft) -> Sent {
    // What was done before stands in the outbox, and goes first.
    let Some(here) = opened().await else { return past_the_outbox(&draft, None).await };
    let keeping = Box::pin(entries::add(&here, &draft));
    let entry = match select(keeping, Box::pin(pause(files::TO_KEEP))).await {
        Either::Left((Ok(entry), _)) => entry,
        // It may yet be kept, where that took too long: under its key it has one effect, however it goes.
        Either::Left((Err(_), _)) | Either::Right(_) => return past_the_outbox(&draft, Some(&here)).await,
    };
    let heard = awaited::wait(entry.place);
    here.changed().await;
    send();
    let sent = awaited::answer(entry.place, heard).await;
    if matches!(sent, Sent::Kept) {
        here.changed().await;
        room::keep_for_good().await;
        room::look(here.device).await;
    }
    sent
}

/// What is open on this page, once it is.
async fn opened() -> Option<Here> {
    for _ in 0..40 {
        if let Some(here) = Here::now() {
            return Some(here);
        }
        pause(TO_OPEN / 40).await;
    }
    None
}

/// The bytes of a photo, once it is open.
pub async fn stowed(key: String) -> Option<Blob> {
    files::file(&opened().await?, &key).await
}

/// Nothing can be kept: it goes as every form does, and stays on the page where nobody answers.
async fn past_the_outbox(draft: &Draft, here: Option<&Here>) -> Sent {
    let person = here.map(|here| ("steward-person", here.person.as_str()));
    Sent::Answered(Reply::of_entry(draft.to, draft.body.clone(), person.as_slice()).await)
}

/// Sends an entry anew that was refused.
pub async fn revise(place: u32, seen: Option<i32>) {
    while_nobody_sends(move |here| async move { entries::revise(&here, place, seen).await }).await;
}

/// The form whose entry it is goes on with it, if it is still there once nobody sends: the entry goes, its photos stay.
pub async fn take_back(place: u32, is_there: Rc<dyn Fn() -> bool>) -> bool {
    let taken = Rc::new(Cell::new(false));
    let mark = Rc::clone(&taken);
    while_nobody_sends(move |here| async move {
        if is_there() {
            entries::replace(&here, place, true, None).await?;
            mark.set(true);
        }
        Ok(())
    })
    .await;
    taken.get()
}

/// An entry goes, and perhaps something else takes its place.
pub async fn replace(place: u32, keeps_photos: bool, draft: Option<Draft>) {
    while_nobody_sends(move |here| async move { entries::replace(&here, place, keeps_photos, draft.as_ref()).await })
        .await;
}

/// Changes the outbox between two passes of whoever sends, in whichever tab: nobody sends what was given up meanwhile.
async fn while_nobody_sends<F>(change: impl FnOnce(Here) -> F + 'static)
where
    F: Future<Output = Result<(), Trouble>>,
{
    let Some(here) = Here::now() else { return };
    let own = here.clone();
    alone(async move {
        if let Err(trouble) = change(own.clone()).await {
            own.device.is_nearly_full.set(trouble == Trouble::Full);
        }
    })
    .await;
    here.changed().await;
    send();
}

/// Sends what waits, beside whatever else the page does.
pub fn send() {
    IS_DUE.set(true);
    if IS_SENDING.replace(true) {
        return;
    }
    leptos::task::spawn_local(async {
        while IS_DUE.replace(false) {
            let is_any = |here: &Here| here.device.waiting.get_untracked() > 0 || awaited::is_any();
            if let Some(here) = Here::now().filter(is_any) {
                alone(async move { send_all(&here).await }).await;
            }
        }
        IS_SENDING.set(false);
    });
}

/// One pass over the outbox, while no other tab is at it.
async fn send_all(here: &Here) {
    let mut in_vain = Vec::new();
    // Photos that have arrived: one that could not be noted goes with its form all the same.
    let mut arrived: Vec<(String, String)> = Vec::new();
    loop {
        let Ok(mut waiting) = entries::all(here).await else { return };
        waiting.retain(|entry| entry.person == here.person);
        for (key, id) in &arrived {
            waiting.iter_mut().for_each(|entry| entry.arrive(key, id));
        }
        let (mut entry, reply, is_photo) = match next_step(&waiting, &in_vain) {
            None => return end(here, &waiting),
            Some(Step::Photo(entry, photo)) => {
                let mut entry = entry.clone();
                let reply = send_photo(here, photo).await;
                match photos::photo_of(&reply) {
                    Ok(id) => {
                        let id = id.to_string();
                        let _ = entries::arrived(here, &mut entry, &photo.key, &id).await;
                        arrived.push((photo.key.clone(), id));
                        continue;
                    }
                    Err(_) => (entry, reply, true),
                }
            }
            Some(Step::Entry(entry)) => {
                let mut entry = entry.clone();
                let now = Date::now() as i64;
                if entry.is_doubtful(now) {
                    // Its person knows, or finds out.
                    entry = Entry { is_refused: true, fault: String::new(), ..entry };
                    if entries::save(here, &entry).await.is_err() {
                        in_vain.push(entry.place);
                    }
                    here.changed().await;
                    continue;
                }
                if entry.sent_at == 0 {
                    entry.sent_at = now;
                    // Where there is no room for it: better sent than kept from going.
                    let _ = entries::save(here, &entry).await;
                }
                let reply = send_entry(&entry).await;
                (entry, reply, false)
            }
        };
        let Err(fault) = reply.json().map(|_| ()) else {
            // What cannot go is sent again, under its key.
            if entries::remove(here, &entry, false, None).await.is_err() {
                in_vain.push(entry.place);
            }
            // Pages show it as done until they have asked again, however long that takes.
            if entry.seen().is_some() {
                kept().settled.update(|settled| {
                    settled.retain(|one| one.matter == entry.matter);
                    settled.push(entry.clone());
                });
            }
            // A form of this page lets its screens ask again itself.
            let is_told = tell(here, entry.place, Sent::Answered(reply));
            here.changed().await;
            if !is_told {
                here.pulse.beat_all();
            }
            continue;
        };
        if !is_photo
            && is_photo_lost(&fault)
            && !entry.is_resent
            && entry.photos.iter().any(|photo| !photo.arrived.is_empty())
        {
            // The server keeps a photo without its form for a day. It comes again, from here.
            entry.is_resent = true;
            entry.photos.iter_mut().for_each(|photo| photo.arrived.clear());
            arrived.clear();
            if entries::save(here, &entry).await.is_err() {
                in_vain.push(entry.place);
            }
            continue;
        }
        let answer = match judge(&fault) {
            // A photo that the line is too thin for keeps nothing else from going.
            Answer::Rest if fault == Fault::Offline && is_photo => Answer::Later,
            answer => answer,
        };
        entry.tries += 1;
        entry.fault = reply.fault_json();
        entry.is_refused = answer == Answer::Refused;
        // What cannot be noted is answered the same again.
        let _ = entries::save(here, &entry).await;
        match answer {
            Answer::Refused => {
                if tell(here, entry.place, Sent::Refused(reply, entry.place)) {
                    // The form takes it back between two passes.
                    IS_DUE.set(true);
                    return here.changed().await;
                }
            }
            Answer::Later => end(here, std::slice::from_ref(&entry)),
            Answer::Rest => {
                // It waits for its own person: whoever stands before its form signs in, and it goes from there.
                let leads = fault == Fault::SignedOut && awaited::is_awaited(entry.place);
                end(here, &waiting);
                if leads {
                    leptos::task::spawn_local(async {
                        pause(TO_EMPTY).await;
                        to_sign_in();
                    });
                }
            }
        }
        in_vain.push(entry.place);
        here.changed().await;
        if answer == Answer::Rest {
            return;
        }
    }
}

fn is_photo_lost(fault: &Fault) -> bool {
    matches!(fault, Fault::Invalid(notes) if notes.iter().any(|note| note.field == "photos"))
}

async fn send_entry(entry: &Entry) -> Reply {
    let now = (Date::now() as i64).to_string();
    let made_at = entry.made_at.to_string();
    let headers =
        [("device-made-at", made_at.as_str()), ("device-sent-at", now.as_str()), ("steward-person", &entry.person)];
    Reply::of_entry(&entry.to, entry.to_send().encode(), &headers).await
}

async fn send_photo(here: &Here, photo: &PhotoFile) -> Reply {
    match (files::file(here, &photo.key).await, photo.estate.parse()) {
        (Some(file), Ok(estate)) => photos::send_photo(&file, estate, &photo.key, |_| {}).await,
        // Its bytes are gone: nobody can send it any more, and its person is told.
        _ => Reply::fault("\"NotFound\""),
    }
}
