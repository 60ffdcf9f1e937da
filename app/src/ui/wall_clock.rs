use crate::moment::{Moment, Wall, When};
use crate::texts::Texts;
use leptos::prelude::*;
use std::time::Duration;

/// How often a page looks at the clock: countdowns are told in minutes.
const TICK: Duration = Duration::from_secs(20);

/// How often a page looks where seconds count.
const SECOND: Duration = Duration::from_secs(1);

/// The estate's clock, running on an open page. It starts where the server's reply left it, so that
/// server and browser print the same words, and goes on once the page is alive.
#[derive(Clone, Copy, Debug)]
pub struct WallClock {
    wall: Signal<Wall>,
    now: RwSignal<When>,
}

impl WallClock {
    /// Now; reading it subscribes.
    pub fn now(self) -> When {
        self.now.get()
    }

    /// What the clock shows at an instant.
    pub fn at(self, moment: Moment) -> When {
        self.wall.with(|wall| wall.at(moment))
    }

    /// The wall and the present, for what needs both.
    pub fn with<T>(self, f: impl FnOnce(&Wall, When) -> T) -> T {
        let now = self.now.get();
        self.wall.with(|wall| f(wall, now))
    }

    /// An instant in words, near today.
    pub fn near(self, t: Texts, moment: Moment) -> String {
        self.at(moment).near(t, self.now())
    }
}

/// Lets the clock of a reply run. One a page: its parts share it.
pub fn ticking(wall: impl Fn() -> Wall + Send + Sync + 'static) -> WallClock {
    every(TICK, Memo::new(move |_| wall()))
}

/// The same for a page that counts seconds.
pub fn ticking_seconds(wall: impl Fn() -> Wall + Send + Sync + 'static) -> WallClock {
    every(SECOND, Memo::new(move |_| wall()))
}

fn every(tick: Duration, wall: Memo<Wall>) -> WallClock {
    let now = RwSignal::new(wall.with_untracked(Wall::now));
    Effect::new(move |_| {
        let started = js_sys::Date::now();
        let look = move || {
            let seconds = ((js_sys::Date::now() - started) / 1000.0) as i64;
            if let Some(then) = wall.try_with_untracked(|wall| wall.after(seconds)) {
                let _ = now.try_set(then);
            }
        };
        now.set(wall.with(Wall::now));
        if let Ok(handle) = set_interval_with_handle(look, tick) {
            on_cleanup(move || handle.clear());
        }
    });
    WallClock { wall: wall.into(), now }
}
