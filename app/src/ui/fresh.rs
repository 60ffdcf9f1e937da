use super::leave::{anew, to_sign_in};
use crate::asking::{Question, ask};
use crate::fault::Fault;
use crate::live::{Room, pulse};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// The pause after which a question that failed is asked again; each failure doubles it, up to the longest.
const PAUSE: Duration = Duration::from_secs(3);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Data that came with the page and follows the live beats of a room. The signal changes only where the
/// data did, and whoever reads parts of it patches those parts: nothing half-typed is ever rebuilt.
pub fn fresh<T, Q>(first: T, room: Room, question: impl Fn() -> Q + 'static) -> RwSignal<T>
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
    Q: Question<T>,
{
    let data = RwSignal::new(first);
    follow(data, room, question);
    data
}

/// Lets data follow the beats of one more room.
pub fn follow<T, Q>(data: RwSignal<T>, room: Room, question: impl Fn() -> Q + 'static)
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
    Q: Question<T>,
{
    watch(room, question, move |next| {
        if data.with_untracked(|now| *now != next) {
            steadily(move || data.set(next));
        }
    });
}

/// The field in which somebody types, and how far from the screen's top.
type Stand = (web_sys::Element, f64);

thread_local! {
    /// Where the field stood before the first of the changes that are not made up for yet: one that comes
    /// in between would take where it was shifted to for its place.
    static STOOD: RefCell<Weak<Stand>> = const { RefCell::new(Weak::new()) };
}

/// Changes the page, and leaves the field in which somebody types where it was on the screen, whatever grew
/// above it. Browsers only.
pub fn steadily(change: impl FnOnce()) {
    let stood = document()
        .active_element()
        .filter(|element| element.matches("input, textarea, select").unwrap_or(false))
        .map(stand);
    change();
    let Some(stood) = stood else { return };
    // The first frame is the browser's own: some hold on to what they show at the top.
    request_animation_frame(move || {
        request_animation_frame(move || {
            let (field, before) = &*stood;
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

/// Where a field stands, or stood before what is still to be made up for.
fn stand(field: web_sys::Element) -> Rc<Stand> {
    STOOD.with_borrow_mut(|last| {
        last.upgrade().filter(|stood| stood.0 == field).unwrap_or_else(|| {
            let top = field.get_bounding_client_rect().top();
            let stood = Rc::new((field, top));
            *last = Rc::downgrade(&stood);
            stood
        })
    })
}

/// Asks again at each beat of a room, and hands over what came. A question on its way is let arrive, or quick
/// beats would starve the screen; those that come meanwhile make one more. One that fails is asked again.
pub fn watch<T, Q>(room: Room, question: impl Fn() -> Q + 'static, done: impl Fn(T) + 'static)
where
    T: DeserializeOwned + 'static,
    Q: Question<T>,
{
    let (pulse, again) = (pulse(), Again::new());
    let is_gone = Arc::new(AtomicBool::new(false));
    let page = Arc::clone(&is_gone);
    on_cleanup(move || page.store(true, Relaxed));
    let (parts, is_asking, is_due) = (Rc::new((question, done)), Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
    Effect::new(move |before: Option<u32>| {
        let count = pulse.of(room).wrapping_add(again.count.get());
        if before.is_none_or(|before| before == count) {
            return count;
        }
        is_due.set(true);
        if is_asking.replace(true) {
            return count;
        }
        let (parts, is_asking, is_due) = (Rc::clone(&parts), Rc::clone(&is_asking), Rc::clone(&is_due));
        let is_gone = Arc::clone(&is_gone);
        // Not cancelled with this run of the effect, which ends at the next beat, but idle once the page is gone.
        leptos::task::spawn_local(async move {
            let (question, done) = &*parts;
            while !is_gone.load(Relaxed) && is_due.replace(false) {
                match ask(untrack(question)).await {
                    _ if is_gone.load(Relaxed) => {}
                    Ok(next) => {
                        again.pause.set_value(PAUSE);
                        done(next);
                    }
                    Err(fault) => again.after(&fault),
                }
            }
            is_asking.set(false);
        });
        count
    });
}

/// When a question that failed is asked again.
#[derive(Clone, Copy)]
struct Again {
    count: RwSignal<u32>,
    pause: StoredValue<Duration>,
    is_set: StoredValue<bool>,
}

impl Again {
    fn new() -> Self {
        Self { count: RwSignal::new(0), pause: StoredValue::new(PAUSE), is_set: StoredValue::new(false) }
    }

    /// After a while, where another try may do; else the page is left that can no longer be had.
    fn after(self, fault: &Fault) {
        match fault {
            Fault::Offline | Fault::Broken { .. } | Fault::TooMany { .. } => self.later(),
            Fault::SignedOut => to_sign_in(),
            Fault::NotFound | Fault::NotAllowed => anew(),
            _ => {}
        }
    }

    fn later(self) {
        if self.is_set.get_value() {
            return;
        }
        let pause = self.pause.get_value();
        self.pause.set_value(LONGEST_PAUSE.min(pause * 2));
        self.is_set.set_value(true);
        let look = move || {
            let _ = self.is_set.try_set_value(false);
            let _ = self.count.try_update(|count| *count = count.wrapping_add(1));
        };
        set_timeout(look, pause);
    }
}
