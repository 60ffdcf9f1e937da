use super::kept;
use super::model::Entry;
use crate::moment::Moment;
use crate::ui::steadily;
use leptos::prelude::*;

/// What this browser keeps of its person's, as pages show it. On the server nothing.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    /// How much waits in the outbox.
    pub waiting: RwSignal<usize>,
    /// Whether the server refused any of it.
    pub is_any_refused: RwSignal<bool>,
    /// Whether it is known what waits.
    pub is_open: RwSignal<bool>,
    /// Whether the worker answers for this page's files where there is no network.
    pub is_in_charge: RwSignal<bool>,
    /// Whether its person carries orders out.
    pub has_jobs: RwSignal<bool>,
    /// Whether there is hardly any room left for more.
    pub is_nearly_full: RwSignal<bool>,
    /// How many entries of other people wait here for them to sign in again.
    pub of_others: RwSignal<usize>,
}

impl Device {
    /// A device that keeps nothing yet.
    pub fn new() -> Self {
        Self {
            waiting: RwSignal::new(0),
            is_any_refused: RwSignal::new(false),
            is_open: RwSignal::new(false),
            is_in_charge: RwSignal::new(false),
            has_jobs: RwSignal::new(false),
            is_nearly_full: RwSignal::new(false),
            of_others: RwSignal::new(0),
        }
    }
}

/// What is kept, as pages show it that work offline. It stands apart from [`Device`], which every page knows: only those
/// bring the code for it.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// What waits, in the order in which it was made.
    pub entries: ArcRwSignal<Vec<Entry>>,
    /// What was just sent, until what pages show has caught up with it.
    pub settled: ArcRwSignal<Vec<Entry>>,
    /// Since when everything is here that today's work needs, by the device's clock; none while it is not.
    pub ready_at: ArcRwSignal<Option<Moment>>,
}

impl Kept {
    /// How many entries about a matter wait; reading it subscribes.
    pub fn waiting(&self, matter: &str) -> usize {
        self.entries.with(|entries| entries.iter().filter(|entry| entry.matter == matter).count())
    }
}

impl Default for Device {
    fn default() -> Self {
        Self::new()
    }
}

/// What this browser keeps.
pub fn device() -> Device {
    use_context().unwrap_or_default()
}

/// What a page shows: the truth as the server told it last, and what was done on this device since, whether it has just
/// been sent or not yet. As the server rendered it until the page has come to life.
pub fn foreseen<T>(truth: RwSignal<T>, foresee: impl Fn(&mut T, &[Entry]) + 'static) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let Kept { entries, settled, .. } = kept();
    let shown = RwSignal::new(truth.get_untracked());
    Effect::new(move |_| {
        let mut next = truth.get();
        let all: Vec<Entry> = settled.get().into_iter().chain(entries.get()).collect();
        foresee(&mut next, &all);
        if shown.with_untracked(|now| *now != next) {
            steadily(move || shown.set(next));
        }
    });
    shown
}
