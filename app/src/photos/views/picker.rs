use super::grid::small;
use super::upload::send;
use crate::fault::Fault;
use crate::ids::{EstateId, PhotoId};
use crate::requests::MOST_PHOTOS;
use crate::texts::texts;
use crate::ui::{FormState, Hidden, changing, fault_text, form_state, icon, note_text, random_key};
use gloo::events::EventListener;
use leptos::html;
use leptos::prelude::*;
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use web_sys::{Blob, Event, HtmlInputElement, Url};

/// How far one photo has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Upload {
    /// Percent.
    Sending(u32),
    Sent(PhotoId),
    Failed(Fault),
}

/// One picked photo.
#[derive(Clone)]
struct Picked {
    key: usize,
    name: String,
    /// What the thumbnail shows.
    shown: String,
    upload: ArcRwSignal<Upload>,
}

/// The files of the photos that this page sends, each with the key under which it arrives once, however often it
/// is sent; browsers only.
type Files = StoredValue<HashMap<usize, (Blob, String)>, LocalStorage>;

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
    /// Photos that were sent before this page was loaded; taken in when they arrive.
    #[prop(optional, into)]
    restored: Option<RwSignal<Vec<PhotoId>>>,
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
            let ids = restored.get();
            if !ids.is_empty() {
                picked.update(|picked| picked.extend(ids.into_iter().map(|id| before(fresh_key(), id))));
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
                let once = random_key().unwrap_or_default();
                files.update_value(|files| {
                    files.insert(photo.key, (file.into(), once));
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
    let file = files.get_untracked().and_then(|files| files.with_value(|files| files.get(&photo.key).cloned()));
    let Some((file, once)) = file else { return };
    let (row, sending, unsent) = (photo.upload.clone(), state.sending, state.unsent);
    if matches!(row.get_untracked(), Upload::Failed(_)) {
        unsent.update(|unsent| *unsent = unsent.saturating_sub(1));
    }
    row.set(Upload::Sending(0));
    sending.update(|sending| *sending += 1);
    let progress = {
        let row = row.clone();
        move |percent| row.set(Upload::Sending(percent))
    };
    leptos::task::spawn_local(async move {
        let end = match send(file, estate, &once, progress).await {
            Ok(id) => Upload::Sent(id),
            Err(fault) => Upload::Failed(fault),
        };
        if matches!(end, Upload::Failed(_)) {
            let _ = unsent.try_update(|unsent| *unsent += 1);
        }
        row.set(end);
        let _ = sending.try_update(|sending| *sending = sending.saturating_sub(1));
    });
}

#[component]
fn Row(
    photo: Picked,
    retry: impl Fn() + Clone + Send + 'static,
    remove: impl Fn(usize) + Copy + Send + 'static,
) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let Picked { key, name, shown, upload } = photo;
    let upload = RwSignal::from(upload);
    let drop_it = move |_| {
        if upload.with_untracked(|upload| matches!(upload, Upload::Failed(_))) {
            state.unsent.update(|unsent| *unsent = unsent.saturating_sub(1));
        }
        remove(key);
    };
    let tag = move || match upload.get() {
        Upload::Sending(_) => "sending",
        Upload::Sent(_) => "sent",
        Upload::Failed(_) => "failed",
    };
    let named = name.clone();
    let told = move || match upload.get() {
        Upload::Sending(percent) => {
            let label = t.photos_sending(&named);
            view! { <progress max="100" value=percent.to_string() aria-label=label></progress> }.into_any()
        }
        Upload::Sent(id) => view! {
            <p class="hint">{icon("check")} " " {t.photos_sent()}</p>
            <input type="hidden" name="photos[]" value=id.to_string()/>
        }
        .into_any(),
        Upload::Failed(fault) => {
            let reason = match &fault {
                Fault::Invalid(notes) => notes.first().map_or_else(String::new, |note| note_text(t, note.note)),
                fault => fault_text(t, fault),
            };
            view! { <p class="hint">{icon("alert")} " " {t.photos_failed(reason)}</p> }.into_any()
        }
    };
    let failed = Memo::new(move |_| upload.with(|upload| matches!(upload, Upload::Failed(_))));
    let again = move || {
        let retry = retry.clone();
        failed.get().then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| retry()>
                    {icon("retry")} " " {t.photos_retry()}
                </button>
            }
        })
    };
    view! {
        <li data-state=Signal::derive(tag)>
            <img src=shown alt=""/>
            <div>
                <p class="name">{name.clone()}</p>
                {changing(told)}
            </div>
            <div class="buttons">
                {changing(again)}
                <button type="button" class="button" data-kind="quiet" aria-label=t.photos_remove(&name) on:click=drop_it>
                    {icon("cross")}
                </button>
            </div>
        </li>
    }
}
