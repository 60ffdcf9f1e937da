use leptos::prelude::*;
use std::rc::Rc;
use std::time::Duration;

/// How often a board, and the office's list of screens, are looked at again.
pub(super) const MINUTE: Duration = Duration::from_secs(60);

/// Does something again and again while its page is open: nobody tells a screen what changed. Browsers only.
pub(super) fn regularly(every: Duration, then: impl Fn() + 'static) {
    let then = Rc::new(then);
    Effect::new(move |_| {
        let then = Rc::clone(&then);
        if let Ok(handle) = set_interval_with_handle(move || then(), every) {
            on_cleanup(move || handle.clear());
        }
    });
}
