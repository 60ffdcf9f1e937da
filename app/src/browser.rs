use crate::asking::read;
use crate::live::{self, Pulse};
use crate::offline::{self, Device};
use crate::routes::App;
use crate::texts::{Lang, Tables, Texts};
use leptos::prelude::*;
use std::panic;
use wasm_bindgen::prelude::wasm_bindgen;

/// Room for the splitter. It moves a page's constants to that page's file only if all of them, aligned anew, take no
/// more room than before; a few bytes too many, and the constants of every page come with the first load. Nobody
/// reads this one, so that it goes into no file and leaves its room to the others.
#[used]
static ROOM: [u8; 16_384] = [1; 16_384];

/// The browser's entry: loads the texts of this page's language, then brings the page to life.
#[wasm_bindgen]
pub async fn hydrate() {
    panic::set_hook(Box::new(|fault| {
        console_error_panic_hook::hook(fault);
        say_stuck();
    }));
    let (Some(texts), Some(body)) = (load().await, document().body()) else {
        // Without texts the page would come to life speechless; as served it still works by plain forms.
        return;
    };
    let (pulse, device) = (Pulse::new(), Device::new());
    let page = move || {
        provide_context(texts);
        provide_context(pulse);
        provide_context(device);
        view! { <App/> }
    };
    // A shell has no page in it: it was kept for addresses that nobody can render now. What the device keeps must be
    // open before its page asks for it.
    let is_shell = document().document_element().is_some_and(|root| root.has_attribute("data-shell"));
    if is_shell {
        offline::open(device, pulse).await;
        if let Some(opening) = document().get_element_by_id("opening") {
            opening.remove();
        }
        mount_to(body.clone(), page).forget();
    } else {
        hydrate_from_async(body.clone(), page).await.forget();
    }
    // Only now: a line that breaks while the page comes to life would change what the server rendered.
    if is_told() {
        live::listen(pulse);
    }
    leptos::task::spawn_local(async move {
        if !is_shell {
            offline::open(device, pulse).await;
        }
        offline::start().await;
    });
    let _ = body.set_attribute("data-hydrated", "");
}

/// Shows what the server rendered for the moment when the program cannot go on: a part of it did not
/// arrive, or it is at fault. The way out leads to where the person was going.
fn say_stuck() {
    let Some(notice) = document().get_element_by_id("stuck") else { return };
    let pressed = document().active_element().and_then(|element| element.closest("a[href]").ok().flatten());
    if let (Some(wanted), Ok(Some(again))) =
        (pressed.and_then(|link| link.get_attribute("href")), notice.query_selector("a"))
    {
        let _ = again.set_attribute("href", &wanted);
    }
    let _ = notice.remove_attribute("hidden");
}

/// Strangers are told nothing.
fn is_told() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-live"))
}

/// The page's tables. Whatever it names is on its way since its head was read.
async fn load() -> Option<Texts> {
    let root = document().document_element()?;
    let lang = Lang::from_tag(&root.get_attribute("lang")?)?;
    let common = table(&root.get_attribute("data-texts")?).await?;
    let office = match root.get_attribute("data-texts-office") {
        Some(path) => table(&path).await?,
        None => &[],
    };
    Some(Texts::new(lang, Box::leak(Box::new(Tables { common, office }))))
}

async fn table(path: &str) -> Option<&'static [&'static str]> {
    let reply = gloo_net::http::Request::get(path).send().await.ok()?;
    let all: Vec<String> = read(&reply.text().await.ok()?)?;
    let all: Vec<&'static str> = all.into_iter().map(|text| &*text.leak()).collect();
    Some(all.leak())
}
