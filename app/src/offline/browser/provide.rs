//! Asks ahead, while somebody answers, for what today's and tomorrow's work needs without a network. Each answer is kept
//! on its way ([`crate::asking`]); this only sees to it that all of them have been given.

use super::answers;
use super::db::{ABOUT, READY};
use super::here::Here;
use super::{kept, worker};
use crate::asking::{Question, asked};
use crate::desk::{LoadCounter, LoadWall};
use crate::forms::OpenForm;
use crate::ids::OrderId;
use crate::live::Room;
use crate::people::{LoadFrame, LoadOffice};
use crate::requests::LoadMatter;
use crate::services::LoadCatalogue;
use crate::work::{LoadJobs, LoadOrder};
use chrono::DateTime;
use js_sys::{Array, Date, JSON, Reflect};
use leptos::prelude::*;
use server_fn::ServerFn;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// Beats come in crowds: so long after the first of them it is asked once.
const AFTER: Duration = Duration::from_secs(3);

thread_local! {
    /// The jobs whose sheets are kept, as they were then: a sheet is asked for again once its job has changed.
    static KNOWN: RefCell<HashMap<OrderId, String>> = RefCell::new(HashMap::new());
    static IS_DUE: Cell<bool> = const { Cell::new(false) };
}

/// Asks now, and again whenever a matter has changed. What hardly ever changes is asked for once a page.
pub fn begin(here: &Here) {
    let here = here.clone();
    let before = here.clone();
    leptos::task::spawn_local(async move {
        let ready = before.db.get(ABOUT, READY).await.ok().and_then(|at| at.as_f64());
        kept().ready_at.set(ready.and_then(|at| DateTime::from_timestamp_millis(at as i64)));
    });
    let is_first = Rc::new(Cell::new(true));
    Effect::new(move |_| {
        here.pulse.of(Room::Requests);
        here.device.is_in_charge.track();
        here.device.has_jobs.track();
        if IS_DUE.replace(true) {
            return;
        }
        let (here, is_first) = (here.clone(), Rc::clone(&is_first));
        let look = move || {
            IS_DUE.set(false);
            leptos::task::spawn_local(async move {
                // What had to make room for something else is asked for anew.
                if here.db.get(ABOUT, READY).await.is_ok_and(|at| at.is_undefined()) {
                    KNOWN.with_borrow_mut(HashMap::clear);
                    is_first.set(true);
                }
                // Where nobody answers, what is here is what there is.
                if provide(&here, is_first.get()).await.is_some() {
                    is_first.set(false);
                }
            });
        };
        set_timeout(look, AFTER);
    });
}

/// None where nobody answered, or what they said could not be kept.
async fn provide(here: &Here, is_first: bool) -> Option<()> {
    if is_first {
        keep(OpenForm { kept: None }).await?;
    }
    if is_at_work() {
        if is_first {
            keep(LoadOffice {}).await?;
            keep(LoadCounter {}).await?;
            keep(LoadWall {}).await?;
        }
        if here.device.has_jobs.get_untracked() {
            provide_jobs(here, &keep(LoadJobs {}).await?).await?;
        }
    } else if is_first {
        keep(LoadFrame {}).await?;
        keep(LoadCatalogue { estate: None }).await?;
    }
    // Without the worker no page opens without a network, whatever is kept for it.
    if !here.device.is_in_charge.get_untracked() {
        return Some(());
    }
    let now = Date::now();
    let (key, value) = (JsValue::from_str(READY), JsValue::from_f64(now));
    let noted = here.db.write(&[ABOUT], |store| {
        store(ABOUT)?.put(&value, Some(&key))?;
        Ok(())
    });
    noted.await.ok()?;
    kept().ready_at.set(DateTime::from_timestamp_millis(now as i64));
    Some(())
}

/// Asks the server and nobody else: what lies here already makes nothing ready.
async fn keep<T, Q: Question<T>>(question: Q) -> Option<String> {
    let (path, body) = asked(question);
    answers::keep(path, body).await
}

/// Whether this is a page of the office's: who works somewhere may live somewhere, too.
fn is_at_work() -> bool {
    window().location().pathname().is_ok_and(|path| path.starts_with("/staff"))
}

/// Sheet and matter of each job that has changed. They are read as JSON only: their nouns would weigh more than all of
/// this.
async fn provide_jobs(here: &Here, jobs: &str) -> Option<()> {
    let jobs = JSON::parse(jobs).ok()?;
    let all = [list(&jobs, "mine"), list(&jobs, "team")].concat();
    let (mut orders, mut matters) = (Vec::new(), Vec::new());
    for job in all {
        let text = |path: &[&str]| part(&job, path).as_string().unwrap_or_default();
        let (order, code) = (text(&["order", "order", "id"]), text(&["card", "code"]));
        let Ok(id) = order.parse::<OrderId>() else { continue };
        orders.push(order);
        matters.push(code.clone());
        let now = JSON::stringify(&job).map(String::from).unwrap_or_default();
        if KNOWN.with_borrow(|known| known.get(&id) == Some(&now)) {
            continue;
        }
        let sheet = JSON::parse(&keep(LoadOrder { order: id }).await?).unwrap_or_default();
        keep(LoadMatter { code }).await?;
        if !worker::keep(thumbnails(&text(&["order", "order", "estate"]), &sheet)).await {
            return None;
        }
        KNOWN.with_borrow_mut(|known| known.insert(id, now));
    }
    KNOWN.with_borrow_mut(|known| known.retain(|id, _| orders.contains(&id.to_string())));
    answers::keep_only(here, LoadOrder::PATH, &orders).await;
    answers::keep_only(here, LoadMatter::PATH, &matters).await;
    Some(())
}

fn thumbnails(estate: &str, sheet: &JsValue) -> Vec<String> {
    ["photos", "before", "after"]
        .into_iter()
        .flat_map(|name| list(sheet, name))
        .filter_map(|photo| Some(format!("/photos/{estate}/{}/small", photo.as_string()?)))
        .collect()
}

fn list(value: &JsValue, name: &str) -> Vec<JsValue> {
    part(value, &[name]).dyn_into::<Array>().map(|list| list.to_vec()).unwrap_or_default()
}

fn part(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, name| Reflect::get(&value, &(*name).into()).unwrap_or_default())
}
