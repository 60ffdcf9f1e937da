use super::row::EntryRow;
use crate::offline::{Entry, Kept, device, kept};
use crate::page::lazy_page;
use crate::texts::texts;
use crate::ui::{changing, icon};
use leptos::prelude::*;
use leptos_meta::Title;

/// What was done on this device and has not been sent: what, when, how large, and why it is still here; the way out of
/// each. Only browsers know it, so that the server renders a list that is empty.
pub struct UnsentPage;

lazy_page!(UnsentPage in unsent);

impl UnsentPage {
    fn data() -> Self {
        Self
    }

    fn view(self) -> AnyView {
        let t = texts();
        let device = device();
        let Kept { entries, .. } = kept();
        let waiting = entries.clone();
        let places = Memo::new(move |_| waiting.with(|all| all.iter().map(|entry| entry.place).collect::<Vec<_>>()));
        let row = move |place: u32| {
            let find = move |all: &Vec<Entry>| all.iter().find(|entry| entry.place == place).cloned();
            entries.with_untracked(find).map(|first| {
                let entries = entries.clone();
                let entry = Memo::new(move |before: Option<&Entry>| {
                    entries.with(find).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
                });
                view! { <EntryRow entry/> }.into_any()
            })
        };
        let is_empty = Memo::new(move |_| places.with(Vec::is_empty));
        let others = move || {
            let n = device.of_others.get();
            (n > 0).then(|| view! { <div class="notice">{icon("users")} <p>{t.offline_others(n)}</p></div> })
        };
        view! {
            <Title text=t.frame_title(t.offline_title(), t.frame_product())/>
            <header class="head"><h1>{t.offline_title()}</h1></header>
            {changing(others)}
            {changing(move || (device.is_open.get() && is_empty.get()).then(|| view! {
                <div class="empty">
                    {icon("check-circle")}
                    <h2>{t.offline_empty()}</h2>
                    <p>{t.offline_empty_more()}</p>
                </div>
            }))}
            <ol class="rows" data-as="unsent" hidden=Signal::derive(move || is_empty.get())><For each=move || places.get() key=|place| *place children=row/></ol>
        }
        .into_any()
    }
}
