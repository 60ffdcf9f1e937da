//! What somebody has in hand while the page changes around it: a form that is unfolded, or that something was typed
//! into. It stays as it is, and where it is, until it is folded or sent.

use super::changing::changing;
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;
use uuid::Uuid;

/// What tells the rows of a list apart: whose, and which.
pub type Row = (Uuid, u8);

/// A form, or a row with forms in it, and whether somebody has it in hand.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    /// Whether it is unfolded, or something was typed into it, until it is folded or sent.
    pub is_held: RwSignal<bool>,
    /// Whether something was typed into it that was not sent.
    pub is_typed: RwSignal<bool>,
    /// Whether it is still there to be done.
    pub is_offered: Signal<bool>,
}

impl Hold {
    fn new(is_offered: Signal<bool>) -> Self {
        Self { is_held: RwSignal::new(false), is_typed: RwSignal::new(false), is_offered }
    }

    /// Of a form that is always there.
    pub(super) fn loose() -> Self {
        Self::new(Signal::stored(true))
    }

    /// Whether what it was begun on must stand; reading it subscribes.
    pub fn is_busy(self) -> bool {
        self.is_held.get() || self.is_typed.get()
    }

    /// Something is typed into it.
    pub(super) fn take(self) {
        if !self.is_typed.get_untracked() {
            self.is_typed.set(true);
            self.is_held.set(true);
        }
    }

    /// It was sent.
    pub(super) fn release(self) {
        let _ = self.is_typed.try_set(false);
        let _ = self.is_held.try_set(false);
    }
}

/// The rows of a list that follows what is offered. While somebody is at it nothing changes its place there: what is
/// no longer offered goes, unless it is itself in hand, and what is new stands behind.
#[derive(Clone, Copy, Debug)]
pub struct Steady {
    offered: Memo<Vec<Row>>,
    held: RwSignal<Vec<Row>>,
    is_still: RwSignal<bool>,
    rows: Memo<Vec<Row>>,
}

impl Steady {
    /// The list of what is offered, in its order.
    pub fn of(offered: impl Fn() -> Vec<Row> + Send + Sync + 'static) -> Self {
        Self::boxed(Box::new(offered))
    }

    fn boxed(offered: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> Self {
        let offered = Memo::new(move |_| offered());
        let (held, is_still) = (RwSignal::new(Vec::<Row>::new()), RwSignal::new(false));
        let rows = Memo::new(move |before: Option<&Vec<Row>>| {
            let (now, held) = (offered.get(), held.get());
            match before {
                Some(before) if is_still.get() || !held.is_empty() => {
                    let stays = before.iter().filter(|row| now.contains(row) || held.contains(row));
                    let comes = now.iter().filter(|row| !before.contains(row));
                    stays.chain(comes).copied().collect()
                }
                _ => now,
            }
        });
        Self { offered, held, is_still, rows }
    }

    /// What the list shows; reading it subscribes.
    pub fn rows(self) -> Vec<Row> {
        self.rows.get()
    }

    /// Whether the list shows a row; reading it subscribes.
    pub fn shows(self, row: Row) -> bool {
        self.rows.with(|rows| rows.contains(&row))
    }

    /// Whether any of it is in hand; reading it subscribes.
    pub fn is_held(self) -> bool {
        self.held.with(|held| !held.is_empty())
    }

    /// Whether somebody is at it without having anything in hand.
    pub fn keep_still(self, is_still: bool) {
        self.is_still.set(is_still);
    }

    /// For a row that the list shows, in the row's own owner.
    pub fn hold(self, row: Row) -> Hold {
        let Self { offered, held, .. } = self;
        let is_offered = Memo::new(move |_| offered.with(|offered| offered.contains(&row)));
        let hold = Hold::new(is_offered.into());
        let tell = move |is_held: bool| {
            let _ = held.try_update(|held| {
                held.retain(|other| *other != row);
                if is_held {
                    held.push(row);
                }
            });
        };
        Effect::new(move |_| tell(hold.is_held.get()));
        on_cleanup(move || tell(false));
        hold
    }
}

/// The version on which a form is decided: the present one, until somebody takes the form in hand.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    version: Signal<String>,
    pub(super) shown: RwSignal<String>,
    is_behind: StoredValue<bool>,
}

impl Seen {
    pub(super) fn of(version: Signal<String>, hold: Hold) -> Self {
        let shown = RwSignal::new(version.get_untracked());
        let is_behind = StoredValue::new(false);
        Effect::new(move |_| {
            let (now, is_free) = (version.get(), !hold.is_busy());
            let is_news = shown.with_untracked(|shown| *shown != now);
            if is_news && (is_free || is_behind.get_value()) {
                is_behind.set_value(false);
                shown.set(now);
            }
        });
        Self { version, shown, is_behind }
    }

    /// Whether it moved since somebody took the form in hand.
    pub(super) fn is_outdated(self) -> bool {
        self.version.get_untracked() != self.shown.get_untracked()
    }

    /// They were told that it moved meanwhile: they decide anew, on what the page shows now or is about to learn.
    pub(super) fn catch_up(self) {
        let (Some(now), Some(shown)) = (self.version.try_get_untracked(), self.shown.try_get_untracked()) else {
            return;
        };
        self.is_behind.set_value(now == shown);
        self.shown.set(now);
    }
}

/// Says of a form that stays in hand that what it does can no longer be done.
pub(super) fn moved_on(t: Texts, hold: Hold) -> AnyView {
    view! {
        <div role="status">
            {changing(move || (!hold.is_offered.get()).then(|| view! {
                <div class="notice" data-tone="risk">{icon("history")} <div><p>{t.form_moved_on()}</p></div></div>
            }))}
        </div>
    }
    .into_any()
}
