//! Parts of a page that change. They are boxed, so that the browser's code holds one machinery for all of
//! them; a closure put into a view as it is costs a copy of that machinery, some kilobytes each.

use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;

/// A part of a page that changes as what it reads changes.
type Part = Box<dyn FnMut() -> AnyView + Send>;

/// Shows what `part` says, and shows it anew whenever something that it reads changes. Elements of one kind in
/// one place are changed, not replaced: what is pressed or typed into stands in a keyed `For` instead.
pub fn changing<V: IntoAny>(mut part: impl FnMut() -> V + Send + 'static) -> Part {
    Box::new(move || part().into_any())
}

/// The same for what has to be waited for; stands under a `Suspense` or a `Transition`.
pub fn awaited<V: IntoAny, F>(mut part: impl FnMut() -> F + Send + 'static) -> Part
where
    F: Future<Output = V> + Send + 'static,
{
    changing(move || {
        let part = part();
        let part: Pin<Box<dyn Future<Output = AnyView> + Send>> = Box::pin(async move { part.await.into_any() });
        Suspend::new(part)
    })
}
