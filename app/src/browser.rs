use crate::live::{self, Pulse};
use crate::routes::App;
use crate::texts::{Lang, Texts};
use leptos::{mount, prelude::*};
use wasm_bindgen::prelude::wasm_bindgen;

/// The browser's entry: loads the texts of this page's language, then brings the page to life.
#[wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    let Some(texts) = load().await else {
        // Without texts the page would come to life speechless; as served it still works by plain forms.
        return;
    };
    mount::hydrate_lazy(move || {
        let pulse = Pulse::new();
        provide_context(texts);
        provide_context(pulse);
        live::listen(pulse);
        Effect::new(move |_| {
            if let Some(body) = document().body() {
                let _ = body.set_attribute("data-hydrated", "");
            }
        });
        view! { <App/> }
    });
}

async fn load() -> Option<Texts> {
    let root = document().document_element()?;
    let lang = Lang::from_tag(&root.get_attribute("lang")?)?;
    let path = root.get_attribute("data-texts")?;
    let reply = gloo_net::http::Request::get(&path).send().await.ok()?;
    let all: Vec<String> = reply.json().await.ok()?;
    let all: Vec<&'static str> = all.into_iter().map(|text| &*text.leak()).collect();
    Some(Texts::new(lang, all.leak()))
}
