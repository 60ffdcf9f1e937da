//! How much room the browser gives, and whether it may take it back.

use super::super::device::Device;
use super::db::{ABOUT, ANSWERS, READY, Trouble};
use super::here::Here;
use super::kept;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageEstimate;

/// So little room, in bytes, is hardly any: a dozen photos.
const HARDLY_ANY: f64 = 20_000_000.0;

/// Says on the page whether there is hardly any room left.
pub async fn look(device: Device) {
    let Ok(asked) = window().navigator().storage().estimate() else { return };
    let Ok(estimate) = JsFuture::from(asked).await.map(|found| found.unchecked_into::<StorageEstimate>()) else {
        return;
    };
    let (Some(used), Some(quota)) = (estimate.get_usage(), estimate.get_quota()) else { return };
    device.is_nearly_full.set(quota - used < HARDLY_ANY);
}

/// Makes some: what the server told is asked for again once it answers.
pub async fn make(here: &Here) -> Result<(), Trouble> {
    here.device.is_nearly_full.set(true);
    kept().ready_at.set(None);
    here.db
        .write(&[ANSWERS, ABOUT], |store| {
            store(ANSWERS)?.clear()?;
            store(ABOUT)?.delete(JsValue::from_str(READY))?;
            Ok(())
        })
        .await
}

/// From the first thing that waits here on, the browser is asked not to clear it when it runs short of room itself.
pub async fn keep_for_good() {
    let storage = window().navigator().storage();
    let is_kept = async { JsFuture::from(storage.persisted().ok()?).await.ok()?.as_bool() };
    if is_kept.await != Some(true)
        && let Ok(asked) = storage.persist()
    {
        let _ = JsFuture::from(asked).await;
    }
}
