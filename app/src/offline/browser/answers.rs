//! Replies of the server that pages show where there is no network.

use super::db::{ANSWERS, Trouble};
use super::here::{self, Here};
use super::kept::is_kept;
use crate::asking::Reply;
use crate::fault::Fault;
use crate::forms::OpenForm;
use crate::pause::pause;
use futures::future::{Either, select};
use server_fn::ServerFn;
use std::time::Duration;
use wasm_bindgen::JsValue;

/// How long a page waits for the server before it shows what the device knows.
const SOON: Duration = Duration::from_millis(1500);

/// One person's answers are never another's, whatever a tab of theirs still hears.
fn key(here: &Here, path: &str, body: &str) -> String {
    format!("{} {path}?{body}", here.person)
}

/// Asks the server. Where it does not answer, or not soon, the last answer to the same question is the answer, if such
/// are kept; what comes later then is kept, and screens ask again if it says something else.
pub async fn ask(path: &'static str, body: String) -> Reply {
    if !is_kept(path) {
        return ask_server(path, body).await;
    }
    let asked = ask_server(path, body.clone());
    match select(Box::pin(asked), Box::pin(pause(SOON))).await {
        Either::Left((reply, _)) => or_recalled(reply, path, &body).await,
        Either::Right(((), late)) => match recall(path, &body).await {
            Some(json) => {
                let shown = json.clone();
                leptos::task::spawn_local(async move {
                    if late.await.json().is_ok_and(|now| !said(path, &shown).eq(said(path, now))) {
                        here::look_again();
                    }
                });
                Reply::answer(json)
            }
            None => late.await,
        },
    }
}

/// What an answer says, but for when it was given: no two are alike in that. What opens a form says nothing.
fn said<'a>(path: &str, json: &'a str) -> impl Iterator<Item = &'a str> {
    let json = if path == OpenForm::PATH { "" } else { json };
    json.split(r#""now":""#).map(|part| part.split_once('"').map_or(part, |(_, rest)| rest))
}

/// The last answer, where nobody gave one.
async fn or_recalled(reply: Reply, path: &str, body: &str) -> Reply {
    match reply.json() {
        Err(Fault::Offline) => recall(path, body).await.map_or(reply, Reply::answer),
        _ => reply,
    }
}

/// Asks the server, and keeps its answer behind that.
async fn ask_server(path: &'static str, body: String) -> Reply {
    let reply = told(path, &body).await;
    if let Ok(json) = reply.json()
        && is_kept(path)
    {
        let json = json.to_owned();
        leptos::task::spawn_local(async move {
            // One that cannot be kept is asked for again.
            let _ = remember(path, &body, &json).await;
        });
    }
    reply
}

/// Asks the server and nobody else; the answer once it is kept, if it was.
pub async fn keep(path: &'static str, body: String) -> Option<String> {
    let reply = told(path, &body).await;
    let json = reply.json().ok()?;
    remember(path, &body, json).await.ok()?;
    Some(json.to_owned())
}

/// What the server says. Who asks is said: another may have signed in since on this device.
async fn told(path: &'static str, body: &str) -> Reply {
    let person = Here::now().map(|here| here.person).unwrap_or_default();
    let reply = Reply::of_entry(path, body.to_owned(), &[("steward-person", &person)]).await;
    // The session has ended, here or from elsewhere.
    if let Err(Fault::SignedOut) = reply.json() {
        here::forget().await;
    }
    reply
}

/// The last answer to a question, as JSON.
async fn recall(path: &str, body: &str) -> Option<String> {
    let here = Here::now()?;
    here.db.get(ANSWERS, &key(&here, path, body)).await.ok()?.as_string()
}

async fn remember(path: &str, body: &str, json: &str) -> Result<(), Trouble> {
    let here = Here::now().ok_or(Trouble::Barred)?;
    let (key, json) = (JsValue::from_str(&key(&here, path, body)), JsValue::from_str(json));
    here.db
        .write(&[ANSWERS], |store| {
            store(ANSWERS)?.put(&json, Some(&key))?;
            Ok(())
        })
        .await
}

/// Of the answers to one kind of question only those about some subjects are kept: the others are over.
pub async fn keep_only(here: &Here, path: &str, subjects: &[String]) {
    let Ok(keys) = here.db.keys(ANSWERS).await else { return };
    let all = key(here, path, "");
    let is_over = |key: &String| {
        key.strip_prefix(&all).is_some_and(|rest| !subjects.iter().any(|subject| rest.ends_with(subject.as_str())))
    };
    let over: Vec<_> = keys.into_iter().filter(is_over).collect();
    if over.is_empty() {
        return;
    }
    let gone = here.db.write(&[ANSWERS], |store| {
        let answers = store(ANSWERS)?;
        for key in &over {
            answers.delete(JsValue::from_str(key))?;
        }
        Ok(())
    });
    let _ = gone.await;
}
