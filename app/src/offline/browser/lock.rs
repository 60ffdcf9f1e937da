//! One tab at a time.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// The name of the lock: whoever holds it sends.
const NAME: &str = "outbox";

/// Does something while no other tab of this browser does it; waits for its turn. A tab that dies gives the lock back.
/// By name, for the bindings count Web Locks as unstable; a browser without them has one tab more at it, and the
/// server's keys keep even that harmless.
pub async fn alone(task: impl Future<Output = ()> + 'static) {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or_default();
    let request = Reflect::get(&locks, &"request".into()).ok().and_then(|found| found.dyn_into::<Function>().ok());
    let Some(request) = request else { return task.await };
    let task = Rc::new(RefCell::new(Some(task)));
    let inner = Rc::clone(&task);
    let held = Closure::once(move |_lock: JsValue| -> Promise {
        let task = inner.borrow_mut().take();
        future_to_promise(async move {
            if let Some(task) = task {
                task.await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Ok(done) = request.call2(&locks, &NAME.into(), held.as_ref().unchecked_ref()) {
        let _ = JsFuture::from(done.unchecked_into::<Promise>()).await;
    }
    // Where the browser gives no locks.
    let left = task.borrow_mut().take();
    if let Some(task) = left {
        task.await;
    }
}
