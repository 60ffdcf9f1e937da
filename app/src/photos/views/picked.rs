use crate::fault::Fault;
use crate::ids::PhotoId;
use crate::offline::PhotoFile;
use crate::texts::texts;
use crate::ui::{changing, fault_text, form_state, icon, note_text};
use leptos::prelude::*;

/// How far one photo has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Upload {
    /// Percent.
    Sending(u32),
    Sent(PhotoId),
    /// On this device, until there is a network.
    Kept(PhotoFile),
    Failed(Fault),
}

/// One picked photo.
#[derive(Clone)]
pub(super) struct Picked {
    /// Tells it apart.
    pub key: usize,
    /// Of its file.
    pub name: String,
    /// What the thumbnail shows.
    pub shown: String,
    /// How far it has come.
    pub upload: ArcRwSignal<Upload>,
}

/// One picked photo: how far it has come, and the ways out.
#[component]
pub(super) fn Row(
    /// Which.
    photo: Picked,
    /// Sends it again.
    retry: impl Fn() + Clone + Send + 'static,
    /// Takes it out of the form.
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
        Upload::Sent(_) | Upload::Kept(_) => "sent",
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
        Upload::Kept(photo) => view! {
            <p class="hint">{icon("offline")} " " {t.offline_photo_kept()}</p>
            <input type="hidden" name="photos[]" value=photo.stand_in()/>
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
