use crate::ids::{EstateId, PhotoId};
use crate::texts::texts;
use crate::ui::changing;
use crate::ui::icon;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

/// Where a photo is served.
fn full(estate: EstateId, photo: PhotoId) -> String {
    format!("/photos/{estate}/{photo}")
}

/// Where its thumbnail is served.
pub(super) fn small(estate: EstateId, photo: PhotoId) -> String {
    format!("/photos/{estate}/{photo}/small")
}

/// Thumbnails; each opens full-size: in a dialog where scripts run, else as a page of its own.
#[component]
pub fn PhotoGrid(
    /// Whose photos.
    estate: EstateId,
    /// The photos, in order.
    #[prop(into)]
    photos: Signal<Vec<PhotoId>>,
    /// A word on each: before, after.
    #[prop(optional, into)]
    tag: String,
) -> impl IntoView {
    let t = texts();
    let shown = RwSignal::new(None::<PhotoId>);
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |event: MouseEvent, photo: PhotoId| {
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
            return;
        }
        let Some(dialog) = dialog.get_untracked() else {
            return;
        };
        event.prevent_default();
        shown.set(Some(photo));
        let _ = dialog.show_modal();
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let place = move |photo: PhotoId| {
        photos.with(|photos| (photos.iter().position(|other| *other == photo).map_or(1, |at| at + 1), photos.len()))
    };
    let alt = move |photo: PhotoId| {
        let (n, total) = place(photo);
        t.photos_of(n, total)
    };
    let row = move |photo: PhotoId| {
        let tag = tag.clone();
        view! {
            <li>
                <a class="photo" href=full(estate, photo) rel="external" on:click=move |event| open(event, photo)>
                    <img alt=Signal::derive(move || alt(photo)) src=small(estate, photo) width="320" height="320" loading="lazy"/>
                    {(!tag.is_empty()).then(|| view! { <span class="tag">{tag}</span> })}
                </a>
            </li>
        }
        .into_any()
    };
    let grid = move || {
        let row = row.clone();
        view! {
            <ul class="photos">
                <For each=move || photos.get() key=|photo| *photo children=row/>
            </ul>
            <dialog
                class="dialog" data-size="full" node_ref=dialog aria-label=Signal::derive(move || shown.get().map(alt))
                on:close=move |_| shown.set(None)
            >
                <div class="buttons">
                    <button class="button" data-kind="quiet" type="button" aria-label=t.photos_close() on:click=close>
                        {icon("cross")}
                    </button>
                </div>
                {changing(move || shown.get().map(|photo| view! { <img src=full(estate, photo) alt=alt(photo)/> }))}
            </dialog>
        }
        .into_any()
    };
    let any = Memo::new(move |_| photos.with(|photos| !photos.is_empty()));
    changing(move || any.get().then(grid.clone()))
}
