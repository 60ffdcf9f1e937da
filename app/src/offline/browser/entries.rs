//! The outbox as it lies in the database.

use super::super::device::Device;
use super::super::model::{Draft, Entry, PhotoFile};
use super::db::{ENTRIES, FILES, Trouble};
use super::here::Here;
use super::{awaited, files, kept, room};
use crate::asking::read_value;
use crate::forms::Fields;
use crate::ui::random_key;
use crate::work::versions_of;
use idb::{Error, ObjectStore};
use js_sys::{Array, Date, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Shows on the page what waits.
pub async fn show(here: &Here) {
    let Ok(all) = all(here).await else { return };
    let (mut own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|entry| entry.person == here.person);
    // While its form waits for the answer, the form shows it.
    own.retain(|entry| !awaited::is_awaited(entry.place));
    let Device { waiting, is_any_refused, of_others, .. } = here.device;
    waiting.set(own.len());
    is_any_refused.set(own.iter().any(|entry| entry.is_refused));
    of_others.set(others.len());
    let entries = kept().entries;
    if entries.with_untracked(|before| *before != own) {
        entries.set(own);
    }
}

/// Everything that waits, in the order in which it was made.
pub async fn all(here: &Here) -> Result<Vec<Entry>, Trouble> {
    Ok(here.db.all(ENTRIES).await?.into_iter().filter_map(read_value).collect())
}

/// A form as an entry that has no place yet.
async fn made(here: &Here, draft: &Draft) -> Result<Entry, Trouble> {
    let fields = Fields::parse(&draft.body);
    let mut entry = Entry {
        place: 0,
        key: fields.get("key").unwrap_or_default().to_owned(),
        to: draft.to.to_owned(),
        photos: Vec::new(),
        fields,
        matter: String::new(),
        person: here.person.clone(),
        made_at: Date::now() as i64,
        sent_at: 0,
        is_resent: false,
        tries: 0,
        fault: String::new(),
        is_refused: false,
    };
    // What is about nothing that is known yet stands for itself.
    entry.matter = match draft.matter.strip_suffix(':') {
        Some(kind) => format!("{kind}:{}", entry.key),
        None => draft.matter.clone(),
    };
    for at in 0..entry.fields.0.len() {
        let Some((_, value)) = entry.fields.0.get(at).filter(|(name, _)| name == "photos[]") else { continue };
        // One that arrived before its form was sent is named by its id; it lies here as well, for the server keeps a photo
        // without a form for a day only.
        let photo = match PhotoFile::from_stand_in(value) {
            Some(photo) => files::find(here, |key, _| key == photo.key).await?,
            None => files::find(here, |_, stowed| stowed.arrived == *value).await?,
        };
        if let Some(photo) = photo {
            if let Some((_, value)) = entry.fields.0.get_mut(at) {
                *value = photo.stand_in();
            }
            entry.photos.push(photo);
        }
    }
    Ok(entry)
}

/// Puts a form into the outbox; returns it with its place once it is stored.
pub async fn add(here: &Here, draft: &Draft) -> Result<Entry, Trouble> {
    let entry = made(here, draft).await?;
    write(here, &[ENTRIES], |store| {
        store(ENTRIES)?.add(&unplaced(&entry), None)?;
        Ok(())
    })
    .await?;
    let stored = all(here).await?.into_iter().rev().find(|one| one.key == entry.key && one.to == entry.to);
    stored.ok_or(Trouble::Barred)
}

/// The database gives it its place.
fn unplaced(entry: &Entry) -> Object {
    let value = to_value(entry);
    let _ = Reflect::delete_property(&value, &"place".into());
    value
}

/// Stores what became of an entry.
pub async fn save(here: &Here, entry: &Entry) -> Result<(), Trouble> {
    let value = to_value(entry);
    write(here, &[ENTRIES], |store| {
        store(ENTRIES)?.put(&value, None)?;
        Ok(())
    })
    .await
}

/// Writes what must not be lost: where there is no room, what can be asked for again gives way to it.
async fn write(
    here: &Here,
    stores: &[&str],
    write: impl Fn(&dyn Fn(&str) -> Result<ObjectStore, Error>) -> Result<(), Error>,
) -> Result<(), Trouble> {
    match here.db.write(stores, &write).await {
        Err(Trouble::Full) => {
            room::make(here).await?;
            here.db.write(stores, &write).await
        }
        written => written,
    }
}

/// It has had its effect, or is given up: it goes; and its photos with it, unless something else goes on with them.
pub async fn remove(here: &Here, entry: &Entry, keeps_photos: bool, instead: Option<&Entry>) -> Result<(), Trouble> {
    let place = JsValue::from_f64(f64::from(entry.place));
    write(here, &[ENTRIES, FILES], |store| {
        store(ENTRIES)?.delete(place.clone())?;
        if let Some(instead) = instead {
            store(ENTRIES)?.add(&unplaced(instead), None)?;
        }
        for photo in entry.photos.iter().filter(|_| !keeps_photos) {
            store(FILES)?.delete(JsValue::from_str(&photo.key))?;
        }
        Ok(())
    })
    .await
}

/// A photo has arrived, and is never sent again.
pub async fn arrived(here: &Here, entry: &mut Entry, key: &str, id: &str) -> Result<(), Trouble> {
    entry.arrive(key, id);
    save(here, entry).await?;
    // For whatever else goes on with it. The whole photo is written once more, for which there may be no room.
    let _ = files::arrived(here, key, id).await;
    Ok(())
}

/// Sent anew, where it was refused: under a key of its own, for what was refused under the old one is another matter. What
/// was done after it about the same was decided on what it would have made of it, and moves along.
pub async fn revise(here: &Here, place: u32, seen: Option<i32>) -> Result<(), Trouble> {
    let waiting = all(here).await?;
    let Some(entry) = waiting.iter().find(|entry| entry.place == place && entry.is_refused) else { return Ok(()) };
    let key = random_key().ok_or(Trouble::Barred)?;
    let after =
        waiting.iter().filter(|one| one.place >= place && one.matter == entry.matter && one.person == entry.person);
    let mut moved: Vec<Entry> = after.cloned().collect();
    let mut next = seen;
    for one in &mut moved {
        if let (Some(at), Some(_)) = (next, one.seen()) {
            set(one, "seen", &at.to_string());
            next = Some(at + versions_of(one));
        }
        if one.place == place {
            set(one, "key", &key);
            let key = key.clone();
            *one = Entry { key, is_refused: false, is_resent: false, fault: String::new(), sent_at: 0, ..one.clone() };
        }
    }
    write(here, &[ENTRIES], |store| {
        for one in &moved {
            store(ENTRIES)?.put(&to_value(one), None)?;
        }
        Ok(())
    })
    .await
}

fn set(entry: &mut Entry, field: &str, to: &str) {
    entry.fields.0.iter_mut().filter(|(name, _)| name == field).for_each(|(_, value)| to.clone_into(value));
}

/// An entry goes, and perhaps something else takes its place.
pub async fn replace(here: &Here, place: u32, keeps_photos: bool, draft: Option<&Draft>) -> Result<(), Trouble> {
    let Some(entry) = find(here, place).await? else { return Ok(()) };
    let instead = match draft {
        Some(draft) => Some(made(here, draft).await?),
        None => None,
    };
    remove(here, &entry, keeps_photos, instead.as_ref()).await
}

async fn find(here: &Here, place: u32) -> Result<Option<Entry>, Trouble> {
    Ok(all(here).await?.into_iter().find(|entry| entry.place == place))
}

fn to_value(entry: &Entry) -> Object {
    let texts = |(name, value): (&str, &str)| Array::of2(&name.into(), &value.into());
    let photo = |photo: &PhotoFile| {
        object([
            ("key", photo.key.as_str().into()),
            ("estate", photo.estate.as_str().into()),
            ("size", (photo.size as f64).into()),
            ("arrived", photo.arrived.as_str().into()),
        ])
    };
    object([
        ("place", entry.place.into()),
        ("key", entry.key.as_str().into()),
        ("to", entry.to.as_str().into()),
        ("fields", entry.fields.iter().map(texts).collect::<Array>().into()),
        ("matter", entry.matter.as_str().into()),
        ("person", entry.person.as_str().into()),
        ("made_at", (entry.made_at as f64).into()),
        ("photos", entry.photos.iter().map(photo).collect::<Array>().into()),
        ("sent_at", (entry.sent_at as f64).into()),
        ("is_resent", entry.is_resent.into()),
        ("tries", entry.tries.into()),
        ("fault", entry.fault.as_str().into()),
        ("is_refused", entry.is_refused.into()),
    ])
}

pub fn object<const N: usize>(parts: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in parts {
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}
