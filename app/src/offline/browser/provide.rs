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
use crate::pause::pause;
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
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// Beats come in crowds: so long after the first of them it is asked once.
const AFTER: Duration = Duration::from_secs(3);

thread_local! {
    /// The jobs whose sheets are kept, as they were then: a sheet is asked for again once its job has changed.
    static KNOWN: RefCell<HashMap<OrderId, String>> = RefCell::new(HashMap::new());
    /// Whether it is being asked, and whether that was due again meanwhile.
    static IS_ASKING: Cell<bool> = const { Cell::new(false) };
    static IS_DUE: Cell<bool> = const { Cell::new(false) };
    /// Whether what hardly ever changes has been asked for.
    static IS_BEGUN: Cell<bool> = const { Cell::new(false) };
    /// Whether everything was here once, as far as this page knows.
    static WAS_READY: Cell<bool> = const { Cell::new(false) };
}

/// Asks now, and again whenever a matter has changed. What hardly ever changes is asked for once a page.
pub fn begin(here: &Here) {
    let here = here.clone();
    let before = here.clone();
    leptos::task::spawn_local(async move {
        let ready = before.db.get(ABOUT, READY).await.ok().and_then(|at| at.as_f64());
        WAS_READY.set(ready.is_some());
        kept().ready_at.set(ready.and_then(|at| DateTime::from_timestamp_millis(at as i64)));
    });
    Effect::new(move |_| {
        here.pulse.of(Room::Requests);
        here.device.is_in_charge.track();
        here.device.has_jobs.track();
        IS_DUE.set(true);
        if IS_ASKING.replace(true) {
            return;
        }
        let here = here.clone();
        leptos::task::spawn_local(async move {
            while IS_DUE.get() {
                pause(AFTER).await;
                IS_DUE.set(false);
                // What had to make room for something else is asked for anew.
                if WAS_READY.get() && here.db.get(ABOUT, READY).await.is_ok_and(|at| at.is_undefined()) {
                    WAS_READY.set(false);
                    KNOWN.with_borrow_mut(HashMap::clear);
                    IS_BEGUN.set(false);
                }
                // Where nobody answers, what is here is what there is.
                let _ = provide(&here).await;
            }
            IS_ASKING.set(false);
        });
    });
}

/// None where nobody answered, or what they said could not be kept.
async fn provide(here: &Here) -> Option<()> {
    if !IS_BEGUN.get() {
        provide_frame().await?;
        IS_BEGUN.set(true);
    }
    if is_at_work() && here.device.has_jobs.get_untracked() {
        provide_jobs(here, &keep(LoadJobs {}).await?).await?;
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
    WAS_READY.set(true);
    kept().ready_at.set(DateTime::from_timestamp_millis(now as i64));
    Some(())
}

/// What hardly ever changes.
async fn provide_frame() -> Option<()> {
    keep(OpenForm { kept: None }).await?;
    if is_at_work() {
        keep(LoadOffice {}).await?;
        keep(LoadCounter {}).await?;
        keep(LoadWall {}).await?;
    } else {
        keep(LoadFrame {}).await?;
        keep(LoadCatalogue { estate: None }).await?;
    }
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
    let mut is_all_here = true;
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
        if worker::keep(thumbnails(&text(&["order", "order", "estate"]), &sheet)).await {
            KNOWN.with_borrow_mut(|known| known.insert(id, now));
        } else {
            is_all_here = false;
        }
    }
    KNOWN.with_borrow_mut(|known| known.retain(|id, _| orders.contains(&id.to_string())));
    answers::keep_only(here, LoadOrder::PATH, &orders).await;
    answers::keep_only(here, LoadMatter::PATH, &matters).await;
    is_all_here.then_some(())
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
