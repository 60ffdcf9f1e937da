use crate::texts::texts;
use crate::ui::{changing, icon};
use js_sys::{Array, Reflect, Uint8Array};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, ReadableStreamDefaultReader, Response, Url};

/// How far an export has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    None,
    /// So many rows have arrived.
    Rows(u64),
    Failed,
}

/// Print, and both kinds of sheets. Plain links; on pages brought to life they show how far they have come.
#[component]
pub fn Exports(
    /// The queue's address behind its path.
    address: String,
    /// How many rows there are, where that is kept.
    total: Option<i64>,
) -> impl IntoView {
    let t = texts();
    let progress = RwSignal::new(Progress::None);
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let link = |ending: &'static str, word: &'static str| {
        let href = format!("/staff/export.{ending}{address}");
        let from = href.clone();
        let fetch = move |event: MouseEvent| {
            event.prevent_default();
            if matches!(progress.get_untracked(), Progress::Rows(_)) {
                return;
            }
            progress.set(Progress::Rows(0));
            let from = from.clone();
            leptos::task::spawn_local(async move {
                let done = download(&from, &format!("requests.{ending}"), progress).await;
                let _ = progress.try_set(if done.is_ok() { Progress::None } else { Progress::Failed });
            });
        };
        view! { <a class="button" href=href download rel="external" on:click=fetch>{icon("list")} " " {word}</a> }
    };
    let (csv, xlsx) = (link("csv", t.list_csv()), link("xlsx", t.list_xlsx()));
    let print = move || {
        let print = move |_| {
            let _ = window().print();
        };
        is_live.get().then(|| view! { <button class="button" type="button" on:click=print>{icon("print")} " " {t.list_print()}</button> })
    };
    let state = move || match progress.get() {
        Progress::None => None,
        Progress::Failed => Some(view! { <span class="error">{icon("alert")} " " {t.list_failed()}</span> }.into_any()),
        Progress::Rows(rows) => {
            let bar = match total {
                Some(total) if rows > 0 => view! { <progress max=total value=rows></progress> }.into_any(),
                _ => view! { <progress></progress> }.into_any(),
            };
            Some(view! { <span>{bar} " " {t.list_rows(rows)}</span> }.into_any())
        }
    };
    view! { {changing(print)} {csv} {xlsx} <span role="status">{changing(state)}</span> }
}

/// Reads a sheet as it comes, counts its lines, and hands it to the browser as a file.
async fn download(from: &str, name: &str, progress: RwSignal<Progress>) -> Result<(), JsValue> {
    let reply: Response = JsFuture::from(window().fetch_with_str(from)).await?.dyn_into()?;
    if !reply.ok() {
        return Err(JsValue::NULL);
    }
    let reader: ReadableStreamDefaultReader = reply.body().ok_or(JsValue::NULL)?.get_reader().dyn_into()?;
    let (chunks, mut rows, is_text) = (Array::new(), 0, name.ends_with("csv"));
    loop {
        let step = JsFuture::from(reader.read()).await?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            break;
        }
        let chunk: Uint8Array = Reflect::get(&step, &"value".into())?.dyn_into()?;
        if is_text {
            rows += chunk.to_vec().iter().filter(|byte| **byte == b'\n').count() as u64;
            let _ = progress.try_set(Progress::Rows(rows));
        }
        chunks.push(&chunk);
    }
    let href = Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence(&chunks)?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&href);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&href)
}
