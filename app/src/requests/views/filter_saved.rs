use super::queue_filter::Filter;
use crate::forms::Opened;
use crate::requests::{DropView, LONGEST_VIEW_NAME, RenameView, SaveView, SavedView};
use crate::texts::texts;
use crate::ui::{Field, Hidden, Post, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The views that somebody keeps, and a form to keep this one.
#[component]
pub fn Saved(
    /// What they keep.
    saved: Memo<Vec<SavedView>>,
    /// What the address asks for.
    filter: Memo<Filter>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let query = Signal::derive(move || Filter { after: None, ..filter.get() }.link(""));
    let row_opened = opened.clone();
    let row = move |view: SavedView| {
        let (id, renamed, dropped) = (view.id.to_string(), view.id.to_string(), view.id.to_string());
        let forget = t.narrow_drop_this(&view.name);
        view! {
            <li class="saved">
                <a href=format!("/staff{}", view.query)>{icon("star")} " " {view.name.clone()}</a>
                <Post to=RenameView::PATH opened=row_opened.clone() about=id.clone()>
                    <Hidden name="id" value=renamed/>
                    <Field name="name" label=t.narrow_name() longest=LONGEST_VIEW_NAME value=view.name.clone() autocomplete="off"/>
                    <button class="button">{icon("pen")} " " {t.narrow_rename()}</button>
                </Post>
                <Post to=DropView::PATH opened=row_opened.clone() about=id>
                    <Hidden name="id" value=dropped/>
                    <button class="button" data-kind="quiet" aria-label=forget>{icon("cross")} " " {t.narrow_drop()}</button>
                </Post>
            </li>
        }
    };
    view! {
        <section aria-labelledby="narrow-saved">
            <h2 id="narrow-saved">{t.narrow_saved()}</h2>
            <p class="hint">{t.narrow_saved_more()}</p>
            <ul class="stack"><For each=move || saved.get() key=|view| (view.id, view.name.clone()) children=row/></ul>
            <Post to=SaveView::PATH opened>
                <Hidden name="query" value=query/>
                <Field name="name" label=t.narrow_save_name() longest=LONGEST_VIEW_NAME autocomplete="off"/>
                <button class="button">{icon("star")} " " {t.narrow_save()}</button>
            </Post>
        </section>
    }
}
