use super::grid::small;
use super::picked::{Picked, Row, Upload};
use super::upload::{photo_of, send_photo, smaller_photo};
use crate::fault::Fault;
use crate::ids::{EstateId, PhotoId};
use crate::offline::{self, PhotoFile};
use crate::pause::pause;
use crate::requests::MOST_PHOTOS;
use crate::texts::texts;
use crate::ui::{FormState, Hidden, changing, form_state, icon, note_text, random_key};
use futures::future::{Either, pending, select};
use gloo::events::EventListener;
use leptos::html;
use leptos::prelude::*;
use std::collections::HashMap;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Blob, Event, HtmlInputElement, Url};

/// How often it is looked whether a form is held no longer.
const LOOK: Duration = Duration::from_millis(500);

/// The files of the photos that this page sends; browsers only.
type Files = StoredValue<HashMap<usize, Sendable>, LocalStorage>;

/// A file, with the key under which it arrives once, however often it is sent.
#[derive(Clone)]
struct Sendable {
    file: Blob,
    key: String,
    /// Whether it is as it is sent: a second try sends the same bytes.
    is_small: bool,
}

/// Picks photos from camera or album. Where scripts run each is sent alone, at once, and the form carries
/// its id; else the files go with the form. At most six.
#[component]
pub fn PhotoPicker(
    /// Whose photos.
    estate: EstateId,
    /// What they are for; default: photos.
    #[prop(optional, into)]
    label: String,
    /// Whether there must be one.
    #[prop(optional)]
    is_needed: bool,
    /// Photos that were picked before this page was loaded, as they stood in its form; taken in when they arrive.
    #[prop(optional, into)]
    restored: Option<RwSignal<Vec<String>>>,
) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let kept: Vec<PhotoId> = state.kept.with_untracked(|kept| {
        kept.iter().flat_map(|kept| kept.all("photos[]")).filter_map(|id| id.parse().ok()).collect()
    });
    let before = move |key: usize, id: PhotoId| Picked {
        key,
        name: t.photos_nth(key + 1),
        shown: small(estate, id),
        upload: ArcRwSignal::new(Upload::Sent(id)),
    };
    let first: Vec<Picked> = kept.into_iter().enumerate().map(|(key, id)| before(key, id)).collect();
    let next_key = StoredValue::new(first.len());
    let picked = RwSignal::new(first);
    let files = RwSignal::new(None::<Files>);
    let too_many = RwSignal::new(false);
    let root = NodeRef::<html::Fieldset>::new();
    let fresh_key = move || {
        let key = next_key.get_value();
        next_key.set_value(key + 1);
        key
    };

    // A form that was sent is empty again; its photos with it.
    Effect::new(move |_| {
        let form = root.get().and_then(|root| root.closest("form").ok().flatten());
        if let Some(form) = form {
            StoredValue::new_local(EventListener::new(&form, "reset", move |_| {
                let _ = picked.try_set(Vec::new());
            }));
        }
    });
    if let Some(restored) = restored {
        Effect::new(move |_| {
            for value in restored.get() {
                let key = fresh_key();
                if let Ok(id) = value.parse() {
                    picked.update(|picked| picked.push(before(key, id)));
                } else if let Some(photo) = PhotoFile::from_stand_in(&value) {
                    leptos::task::spawn_local(async move {
                        // Of one that does not lie here any more nobody has anything.
                        let Some(file) = offline::stowed(photo.key.clone()).await else { return };
                        let shown = Url::create_object_url_with_blob(&file).unwrap_or_default();
                        let upload = ArcRwSignal::new(Upload::Kept(photo));
                        let one = Picked { key, name: t.photos_nth(key + 1), shown, upload };
                        let _ = picked.try_update(|picked| picked.push(one));
                    });
                }
            }
            if restored.with_untracked(|restored| !restored.is_empty()) {
                restored.set(Vec::new());
            }
        });
    }

    let start = {
        let state = state.clone();
        move |photo: &Picked| upload(estate, &state, files, photo)
    };
    let pick = {
        let start = start.clone();
        move |input: HtmlInputElement| {
            let list = input.files();
            let chosen: Vec<_> = (0..list.as_ref().map_or(0, |list| list.length()))
                .filter_map(|at| list.as_ref().and_then(|list| list.get(at)))
                .collect();
            let Some(files) = files.get_untracked() else {
                return;
            };
            input.set_value("");
            let room = MOST_PHOTOS.saturating_sub(picked.with_untracked(Vec::len));
            too_many.set(chosen.len() > room);
            for file in chosen.into_iter().take(room) {
                let photo = Picked {
                    key: fresh_key(),
                    name: file.name(),
                    shown: Url::create_object_url_with_blob(&file).unwrap_or_default(),
                    upload: ArcRwSignal::new(Upload::Sending(0)),
                };
                let sendable = Sendable { file: file.into(), key: random_key().unwrap_or_default(), is_small: false };
                files.update_value(|files| {
                    files.insert(photo.key, sendable);
                });
                start(&photo);
                picked.update(|picked| picked.push(photo));
            }
        }
    };
    let pick_early = pick.clone();
    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        files.set(Some(StoredValue::new_local(HashMap::new())));
        // What was picked before the page came to life.
        if let Ok(inputs) = root.query_selector_all("[type=file]") {
            let inputs = (0..inputs.length()).filter_map(|at| inputs.get(at)?.dyn_into::<HtmlInputElement>().ok());
            inputs.for_each(&pick_early);
        }
    });
    let on_change = move |event: Event| pick(event_target(&event));
    let remove = move |key: usize| {
        too_many.set(false);
        picked.update(|picked| picked.retain(|photo| photo.key != key));
        if let Some(files) = files.get_untracked() {
            files.update_value(|files| {
                files.remove(&key);
            });
        }
    };
    let row = move |photo: Picked| {
        view! { <Row photo=photo.clone() retry={
            let start = start.clone();
            move || start(&photo)
        } remove/> }
        .into_any()
    };
    let fault = state.fault;
    let refused = Memo::new(move |_| match fault.get() {
        Some(Fault::Invalid(notes)) => notes.iter().find(|note| note.field == "photos").map(|note| note.note),
        _ => None,
    });
    let label = if label.is_empty() { t.photos_label().to_owned() } else { label };
    let limit = if is_needed { t.photos_needed(MOST_PHOTOS) } else { t.photos_limit(MOST_PHOTOS) };
    view! {
        <fieldset class="field" id=format!("{}-photos", state.prefix) tabindex="-1" node_ref=root>
            <legend>{label} " " <span class="optional">{limit}</span></legend>
            // Before the files: a form's body is read in order.
            <Hidden name="estate" value=estate.to_string()/>
            <div class="picker">
                <div class="buttons">
                    <label class="button">
                        {icon("camera")} " " {t.photos_camera()}
                        <input type="file" name="files" accept="image/*" capture="environment" on:change=on_change.clone()/>
                    </label>
                    <label class="button">
                        {icon("photo")} " " {t.photos_album()}
                        <input type="file" name="files" accept="image/*" multiple on:change=on_change/>
                    </label>
                </div>
                <ul class="picked" aria-live="polite">
                    <For each=move || picked.get() key=|photo| photo.key children=row/>
                </ul>
            </div>
            {changing(move || too_many.get().then(|| view! { <p class="hint">{t.photos_full(MOST_PHOTOS)}</p> }))}
            {changing(move || refused.get().map(|note| view! { <p class="error">{icon("alert")} " " {note_text(t, note)}</p> }))}
        </fieldset>
    }
}

/// Sends one photo and tells its row and the form how it goes.
fn upload(estate: EstateId, state: &FormState, files: RwSignal<Option<Files>>, photo: &Picked) {
    let (at, files) = (photo.key, files.get_untracked());
    let sendable = files.and_then(|files| files.with_value(|files| files.get(&at).cloned()));
    let Some(Sendable { file, key, is_small }) = sendable else { return };
    let (row, sending, unsent, may_wait) = (photo.upload.clone(), state.sending, state.unsent, state.may_wait);
    if matches!(row.get_untracked(), Upload::Failed(_)) {
        unsent.update(|unsent| *unsent = unsent.saturating_sub(1));
    }
    row.set(Upload::Sending(0));
    sending.update(|sending| *sending += 1);
    let progress = {
        let row = row.clone();
        move |percent| row.set(Upload::Sending(percent))
    };
    let is_hurried = state.is_hurried;
    leptos::task::spawn_local(async move {
        let photo = if is_small { file } else { smaller_photo(file).await };
        if let Some(files) = files {
            let _ = files.try_update_value(|files| {
                files.entry(at).and_modify(|one| (one.file, one.is_small) = (photo.clone(), true));
            });
        }
        let mut kept = PhotoFile { key, estate: estate.to_string(), size: 0, arrived: String::new() };
        // Its form may wait for a network, and it waits with the form.
        let is_kept = may_wait && offline::stow(kept.clone(), photo.clone()).await;
        let going = Box::pin(send_photo(&photo, estate, &kept.key, progress));
        let reply = match select(going, Box::pin(hurried(is_kept.then_some(is_hurried)))).await {
            Either::Left((reply, _)) => photo_of(&reply),
            // It goes on from where it was, behind its form.
            Either::Right(_) => Err(Fault::Offline),
        };
        let end = match reply {
            Ok(id) => {
                if is_kept {
                    // Longer than the server would keep it alone.
                    kept.arrived = id.to_string();
                    offline::stow(kept, photo).await;
                }
                Upload::Sent(id)
            }
            Err(Fault::Offline) if is_kept => Upload::Kept(kept),
            Err(fault) => Upload::Failed(fault),
        };
        if matches!(end, Upload::Failed(_)) {
            let _ = unsent.try_update(|unsent| *unsent += 1);
        }
        row.set(end);
        let _ = sending.try_update(|sending| *sending = sending.saturating_sub(1));
    });
}

/// Until its form is not held for it any longer; of one that does not lie here, never.
async fn hurried(is_hurried: Option<RwSignal<bool>>) {
    let Some(is_hurried) = is_hurried else { return pending().await };
    while is_hurried.try_get_untracked() != Some(true) {
        pause(LOOK).await;
    }
}
