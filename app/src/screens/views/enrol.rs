use super::super::api::{AskIn, EnrolScreen, LoadStanding};
use super::super::model::Standing;
use super::board::Languages;
use super::regularly::regularly;
use crate::asking::ask;
use crate::forms::Opened;
use crate::texts::texts;
use crate::ui::{PlainButtons, icon};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

/// How often a browser that shows its code looks whether it was let in.
const LOOKS: Duration = Duration::from_secs(4);

/// How a browser becomes a lobby screen: it shows a code, staff type it, and it collects its credential.
#[component]
pub(super) fn HowToEnrol(
    /// Whether it asks already.
    standing: Standing,
    /// For the buttons.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let steps = [t.screen_step_code(), t.screen_step_staff(), t.screen_step_done()];
    let steps = steps.map(|step| view! { <li>{step}</li> });
    let langs = opened.clone();
    let next = match standing {
        Standing::Asking { code, .. } => {
            regularly(LOOKS, look);
            view! {
                <p class="code" role="status"><span class="sr">{t.screen_code()} " "</span> {code}</p>
                <p class="hint">{t.screen_code_more()}</p>
                <PlainButtons to=EnrolScreen::PATH opened class="buttons collect">
                    <button class="button" data-kind="primary" data-size="l">{icon("arrow-right")} " " {t.screen_continue()}</button>
                </PlainButtons>
            }
            .into_any()
        }
        _ => view! {
            <PlainButtons to=AskIn::PATH opened class="buttons">
                <button class="button" data-kind="primary" data-size="l">{icon("screen")} " " {t.screen_show_code()}</button>
            </PlainButtons>
        }
        .into_any(),
    };
    view! {
        <Title text=t.frame_title(t.screen_new(), t.frame_product())/>
        <main id="main" class="hall" data-as="enrol" tabindex="-1">
            <h1>{t.screen_new()}</h1>
            <ol>{steps.into_iter().collect_view()}</ol>
            {next}
            <footer><Languages opened=langs/></footer>
        </main>
    }
}

/// Goes on by itself once staff have let it in, or when its code is over.
fn look() {
    leptos::task::spawn_local(async {
        match ask(LoadStanding { build: None }).await {
            Ok(Standing::Asking { is_let_in: false, .. }) | Err(_) => {}
            Ok(Standing::Asking { .. }) => {
                let form = document().query_selector("form.collect").ok().flatten();
                if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
                    let _ = form.request_submit();
                }
            }
            Ok(_) => {
                let _ = window().location().reload();
            }
        }
    });
}
