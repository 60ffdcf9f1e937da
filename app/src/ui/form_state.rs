use crate::fault::Fault;
use crate::forms::Fields;
use leptos::prelude::*;
use std::sync::Arc;

/// Says what is wrong with a form, by its urlencoded fields.
pub type Check = Arc<dyn Fn(&str) -> Result<(), Fault> + Send + Sync>;

/// What the fields of a form need to know of it.
#[derive(Clone)]
pub struct FormState {
    /// The last answer, where it was a refusal.
    pub fault: RwSignal<Option<Fault>>,
    /// Whether an answer is awaited.
    pub pending: RwSignal<bool>,
    /// How many of its files are on their way; the form waits for them.
    pub sending: RwSignal<usize>,
    /// How many of its files could not be sent.
    pub unsent: RwSignal<usize>,
    /// Whether it goes without waiting longer: files that lie on the device follow it.
    pub is_hurried: RwSignal<bool>,
    /// What was typed before the page was loaded, if that was refused; until it is sent.
    pub kept: RwSignal<Option<Fields>>,
    /// Whether it may wait on the device for a network, and its photos with it.
    pub may_wait: bool,
    /// Begins the ids of its fields, so that several forms fit one page.
    pub prefix: String,
}

impl FormState {
    /// What a field shows until somebody changes it: what was typed before, else what the page proposes.
    pub fn value(&self, name: &str, proposed: Signal<String>) -> Signal<String> {
        let (kept, name) = (self.kept, name.to_owned());
        let value = Memo::new(move |_| {
            let typed = kept.with(|kept| kept.as_ref().map(|kept| kept.get(&name).unwrap_or_default().to_owned()));
            typed.unwrap_or_else(|| proposed.get())
        });
        value.into()
    }

    /// Whether a box or a star is ticked until somebody changes it.
    pub fn ticked(&self, name: &str, value: &str, proposed: bool) -> Signal<bool> {
        let (kept, name, value) = (self.kept, name.to_owned(), value.to_owned());
        Signal::derive(move || {
            kept.with(|kept| kept.as_ref().map_or(proposed, |kept| kept.all(&name).contains(&value.as_str())))
        })
    }
}
