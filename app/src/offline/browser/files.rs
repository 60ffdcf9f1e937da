//! Photos as they lie in the database, until their form has had its effect.

use super::super::model::PhotoFile;
use super::db::{FILES, Trouble};
use super::entries::{all, object};
use super::here::Here;
use crate::pause::pause;
use futures::future::{Either, select};
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

/// A day, in milliseconds.
const A_DAY: f64 = 86_400_000.0;
/// How long the device may take to keep something.
pub const TO_KEEP: Duration = Duration::from_secs(2);

/// What lies in the place of a photo.
pub struct Stowed {
    file: Option<Blob>,
    /// Whose photo.
    estate: String,
    /// The id under which it has arrived; empty until then.
    pub arrived: String,
    /// When it was put there.
    at: f64,
}

fn stowed_of(value: &JsValue) -> Stowed {
    let part = |name: &str| Reflect::get(value, &name.into()).unwrap_or_default();
    Stowed {
        file: part("file").dyn_into().ok(),
        estate: part("estate").as_string().unwrap_or_default(),
        arrived: part("arrived").as_string().unwrap_or_default(),
        at: part("at").as_f64().unwrap_or_default(),
    }
}

/// The first photo of which something is so.
pub async fn find(here: &Here, is_it: impl Fn(&str, &Stowed) -> bool) -> Result<Option<PhotoFile>, Trouble> {
    for key in here.db.keys(FILES).await? {
        let stowed = stowed(here, &key).await?;
        if is_it(&key, &stowed) {
            let size = stowed.file.map_or(0.0, |file| file.size()) as i64;
            return Ok(Some(PhotoFile { key, estate: stowed.estate, size, arrived: stowed.arrived }));
        }
    }
    Ok(None)
}

async fn stowed(here: &Here, key: &str) -> Result<Stowed, Trouble> {
    let value = here.db.get(FILES, key).await?;
    Ok(stowed_of(&value))
}

fn to_stow(file: &Blob, estate: &str, arrived: &str) -> Object {
    object([("file", file.into()), ("estate", estate.into()), ("arrived", arrived.into()), ("at", Date::now().into())])
}

/// A photo has arrived, whichever form goes on with it.
pub async fn arrived(here: &Here, key: &str, id: &str) -> Result<(), Trouble> {
    let Stowed { file: Some(file), estate, .. } = stowed(here, key).await? else { return Ok(()) };
    put(here, key, &to_stow(&file, &estate, id)).await
}

async fn put(here: &Here, key: &str, photo: &Object) -> Result<(), Trouble> {
    here.db
        .write(&[FILES], |store| {
            store(FILES)?.put(photo, Some(&JsValue::from_str(key)))?;
            Ok(())
        })
        .await
}

/// Keeps the bytes of a photo, unless the device has no room for it, or takes too long over it.
pub async fn stow(photo: PhotoFile, file: Blob) -> bool {
    let Some(here) = Here::now() else { return false };
    let PhotoFile { key, estate, arrived, .. } = photo;
    let photo = to_stow(&file, &estate, &arrived);
    match select(Box::pin(put(&here, &key, &photo)), Box::pin(pause(TO_KEEP))).await {
        Either::Left((Ok(()), _)) => true,
        Either::Left((Err(trouble), _)) => {
            here.device.is_nearly_full.set(trouble == Trouble::Full);
            false
        }
        Either::Right(_) => false,
    }
}

/// The bytes of a photo.
pub async fn file(here: &Here, key: &str) -> Option<Blob> {
    stowed(here, key).await.ok()?.file
}

/// Photos of forms that were given up a day ago go.
pub async fn sweep(here: &Here) {
    let (Ok(keys), Ok(all)) = (here.db.keys(FILES).await, all(here).await) else { return };
    let is_named = |key: &String| all.iter().any(|entry| entry.photos.iter().any(|photo| photo.key == *key));
    for key in keys.into_iter().filter(|key| !is_named(key)) {
        let is_old = stowed(here, &key).await.is_ok_and(|photo| Date::now() - photo.at > A_DAY);
        if is_old {
            let gone = here.db.write(&[FILES], |store| {
                store(FILES)?.delete(JsValue::from_str(&key))?;
                Ok(())
            });
            let _ = gone.await;
        }
    }
}
