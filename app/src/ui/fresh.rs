use crate::fault::Fault;
use crate::live::{Room, pulse};
use crate::packed::Packed;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::future::Future;

/// Data that came with the page and follows the live beats of a room. The signal changes only where the
/// data did, and whoever reads parts of it patches those parts: nothing half-typed is ever rebuilt.
pub fn fresh<T, F, Fut>(first: T, room: Room, fetch: F) -> RwSignal<T>
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = Result<Packed<T>, Fault>> + 'static,
{
    let data = RwSignal::new(first);
    watch(room, fetch, move |next| {
        if data.with_untracked(|now| *now != next) {
            steadily(move || data.set(next));
        }
    });
    data
}

/// Changes the page, and leaves the field in which somebody types where it was on the screen, whatever grew
/// above it. Browsers only.
fn steadily(change: impl FnOnce()) {
    let field =
        document().active_element().filter(|element| element.matches("input, textarea, select").unwrap_or(false));
    let before = field.as_ref().map(|field| field.get_bounding_client_rect().top());
    change();
    let (Some(field), Some(before)) = (field, before) else { return };
    // The first frame is the browser's own: some hold on to what they show at the top.
    request_animation_frame(move || {
        request_animation_frame(move || {
            let mut pane = field.parent_element();
            while let Some(element) = pane {
                let moved = field.get_bounding_client_rect().top() - before;
                if moved.abs() < 1.0 {
                    return;
                }
                element.set_scroll_top(element.scroll_top() + moved.round() as i32);
                pane = element.parent_element();
            }
        });
    });
}

/// Fetches again at each beat of a room, and hands over what came.
pub fn watch<T, F, Fut, D>(room: Room, fetch: F, done: D)
where
    T: DeserializeOwned + 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = Result<Packed<T>, Fault>> + 'static,
    D: Fn(T) + Clone + 'static,
{
    let pulse = pulse();
    Effect::new(move |before: Option<u32>| {
        let count = pulse.of(room);
        if before.is_some_and(|before| before != count) {
            let (coming, done) = (fetch(), done.clone());
            leptos::task::spawn_local_scoped_with_cancellation(async move {
                if let Ok(next) = coming.await.and_then(|next| next.unpack()) {
                    done(next);
                }
            });
        }
        count
    });
}
