use crate::asking::Reply;
use crate::forms::Opened;
use crate::policy::{Book, Terms};
use crate::ui::{Hidden, Post};
use leptos::prelude::*;

/// The draft on its page, and the page's forms.
#[derive(Clone)]
pub(super) struct Sheet {
    pub data: RwSignal<Book>,
    pub opened: Opened,
    /// How often this page has edited the draft: what it did itself is no news to its other forms.
    own: RwSignal<i32>,
}

impl Sheet {
    pub fn of(data: RwSignal<Book>, opened: Opened) -> Self {
        Self { data, opened, own: RwSignal::new(0) }
    }

    /// What the draft says there, as it is typed.
    pub fn value(&self, read: impl Fn(&Terms) -> String + Send + Sync + 'static) -> Signal<String> {
        self.boxed(Box::new(read))
    }

    fn boxed(&self, read: Box<dyn Fn(&Terms) -> String + Send + Sync>) -> Signal<String> {
        let data = self.data;
        Memo::new(move |_| data.with(|book| book.draft.as_ref().map_or_else(String::new, |draft| read(&draft.terms))))
            .into()
    }

    /// A form that edits the draft; `about` is a field by which it differs from others of its kind.
    pub fn form(
        &self,
        to: &'static str,
        about: Option<(&'static str, String)>,
        fields: impl FnOnce() -> AnyView + Send + 'static,
    ) -> AnyView {
        let (opened, data, own) = (self.opened.clone(), self.data, self.own);
        let version = move || data.with(|book| book.draft.as_ref().map_or(0, |draft| draft.version));
        let seen = Signal::derive(move || (version() - own.get()).to_string());
        let own_edits = Signal::derive(move || own.get().to_string());
        let on_done = Callback::new(move |_: Reply| own.update(|own| *own += 1));
        let fields: Box<dyn FnOnce() -> AnyView + Send> = Box::new(fields);
        let word = about.as_ref().map(|(_, value)| value.clone()).unwrap_or_default();
        let about = about.map(|(name, value)| view! { <Hidden name value=Signal::stored(value)/> });
        view! {
            <Post to opened about=word seen on_done dense=true><Hidden name="own" value=own_edits/> {about} {fields()}</Post>
        }
        .into_any()
    }
}
