use crate::fault::Fault;
use crate::live::{Room, pulse};
use leptos::prelude::*;
use std::future::Future;

/// Data that came with the page and follows the live beats of a room. The signal changes only where the
/// data did, and whoever reads parts of it patches those parts: nothing half-typed is ever rebuilt.
pub fn fresh<T, F, Fut>(first: T, room: Room, fetch: F) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = Result<T, Fault>> + 'static,
{
    let data = RwSignal::new(first);
    watch(room, fetch, move |next| {
        if data.with_untracked(|now| *now != next) {
            data.set(next);
        }
    });
    data
}

/// Fetches again at each beat of a room, and hands over what came.
pub fn watch<T, F, Fut, D>(room: Room, fetch: F, done: D)
where
    T: 'static,
    F: Fn() -> Fut + 'static,
    Fut: Future<Output = Result<T, Fault>> + 'static,
    D: Fn(T) + Clone + 'static,
{
    let pulse = pulse();
    Effect::new(move |before: Option<u32>| {
        let count = pulse.of(room);
        if before.is_some_and(|before| before != count) {
            let (coming, done) = (fetch(), done.clone());
            leptos::task::spawn_local_scoped_with_cancellation(async move {
                if let Ok(next) = coming.await {
                    done(next);
                }
            });
        }
        count
    });
}
