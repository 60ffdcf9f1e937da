use crate::fault::{Fault, Note};
use crate::forms::{Fields, Kept, Opened};
use crate::people::ChangePassword;
use crate::texts::texts;
use crate::ui::{Checkbox, Choice, Choices, Field, Post, Radios, Select, SignaturePad, Stars, icon};
use leptos::html::Dialog;
use leptos::prelude::*;
use server_fn::ServerFn;

/// The symbols of the sprite.
const SYMBOLS: [&str; 66] = [
    "home",
    "plus",
    "report",
    "list",
    "person",
    "users",
    "user-check",
    "bell",
    "water",
    "power",
    "lift",
    "door",
    "lock",
    "heating",
    "noise",
    "cleaning",
    "plant",
    "parking",
    "fire",
    "gas",
    "flood",
    "trapped",
    "security",
    "phone",
    "camera",
    "photo",
    "clock",
    "check",
    "check-circle",
    "alert",
    "cross",
    "cross-circle",
    "circle",
    "arrow-right",
    "arrow-left",
    "chevron",
    "chevron-down",
    "truck",
    "wrench",
    "pin",
    "pause",
    "star",
    "search",
    "filter",
    "globe",
    "sun",
    "moon",
    "text-size",
    "sign-out",
    "key",
    "building",
    "qr",
    "print",
    "chat",
    "note-lock",
    "undo",
    "calendar",
    "history",
    "retry",
    "offline",
    "send",
    "help",
    "inbox",
    "pen",
    "team",
    "low",
];

/// Buttons, notices, fields and what else pages are made of. The form is refused for ever: it shows how that looks.
#[component]
pub fn Parts(
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let dialog = NodeRef::<Dialog>::new();
    let show = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    let refused = Opened {
        key: opened.key,
        kept: Some(Kept {
            form: ChangePassword::PATH.trim_start_matches("/api/").to_owned(),
            fields: Fields(vec![("wrong".to_owned(), t.gallery_sample_words().to_owned())]),
            fault: Some(Fault::field("wrong", Note::TooShort(80))),
            reply: None,
        }),
    };
    let kinds = [
        ("primary", t.gallery_primary()),
        ("", t.gallery_plain()),
        ("quiet", t.gallery_quiet()),
        ("danger", t.gallery_danger()),
        ("alarm", t.gallery_alarm()),
    ];
    let buttons = kinds
        .map(|(kind, word)| view! { <button type="button" class="button" data-kind=(!kind.is_empty()).then_some(kind)>{word}</button> })
        .into_iter()
        .collect_view();
    let notices = [("plain", "bell"), ("good", "check-circle"), ("risk", "clock"), ("broken", "alert")]
        .map(|(tone, symbol)| {
            view! { <div class="notice" data-tone=tone>{icon(symbol)} <div><p>{t.gallery_sample_words()}</p></div></div> }
        })
        .into_iter()
        .collect_view();
    let choices = move || {
        vec![
            Choice::new("1", t.gallery_primary()),
            Choice::new("2", t.gallery_plain()),
            Choice::new("3", t.gallery_quiet()),
        ]
    };
    let symbols = SYMBOLS
        .map(|name| view! { <li><span class="tile">{icon(name)} " " {name}</span></li> })
        .into_iter()
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="gallery-buttons">
            <h2 id="gallery-buttons">{t.gallery_buttons()}</h2>
            <div class="buttons">
                {buttons}
                <button type="button" class="button" disabled>{t.gallery_disabled()}</button>
                <button type="button" class="button" data-kind="primary" aria-busy="true">{icon("retry")} " " {t.gallery_busy()}</button>
            </div>
        </section>
        <section class="stack" aria-labelledby="gallery-notices">
            <h2 id="gallery-notices">{t.gallery_notices()}</h2>
            {notices}
        </section>
        <section class="stack" aria-labelledby="gallery-fields">
            <h2 id="gallery-fields">{t.gallery_fields()}</h2>
            <Post to=ChangePassword::PATH opened=refused plain=true>
                <Field name="right" label=t.gallery_field() hint=t.gallery_hint() optional=true/>
                <Field name="wrong" label=t.gallery_field() kind="textarea"/>
                <Select name="select" label=t.gallery_field() choices=choices()/>
                <Radios name="radios" label=t.gallery_field() choices=choices() value="1"/>
                <Choices name="choices" label=t.gallery_field() choices=choices()/>
                <Checkbox name="checkbox" label=t.gallery_field() hint=t.gallery_hint()/>
                <Stars name="speed" label=t.gallery_field() hint=t.gallery_hint()/>
                <SignaturePad/>
            </Post>
        </section>
        <section class="stack" aria-labelledby="gallery-empty">
            <h2 id="gallery-empty">{t.gallery_empty()}</h2>
            <div class="empty">{icon("inbox")} <h3>{t.gallery_empty()}</h3> <p>{t.gallery_sample_words()}</p></div>
            <div class="skeleton" role="status" aria-label=t.gallery_busy()><i data-as="text"></i><i></i><i></i></div>
        </section>
        <section class="stack" aria-labelledby="gallery-dialog">
            <h2 id="gallery-dialog">{t.gallery_dialog()}</h2>
            <button type="button" class="button" on:click=show>{t.gallery_dialog()}</button>
            <dialog class="dialog" aria-labelledby="gallery-dialog-title" node_ref=dialog>
                <header>
                    <h2 id="gallery-dialog-title">{t.gallery_dialog()}</h2>
                    <form method="dialog">
                        <button class="button" data-kind="quiet" aria-label=t.staff_close()>{icon("cross")}</button>
                    </form>
                </header>
                <p>{t.gallery_sample_words()}</p>
            </dialog>
            <div class="toast">
                <p>{t.gallery_sample_words()}</p>
                <button type="button" class="button">{icon("undo")} " " {t.gallery_plain()}</button>
            </div>
        </section>
        <section class="stack" aria-labelledby="gallery-icons">
            <h2 id="gallery-icons">{t.gallery_icons()}</h2>
            <ul class="tiles">{symbols}</ul>
        </section>
    }
}
