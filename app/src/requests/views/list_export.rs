use crate::requests::MOST_SHEET_ROWS;
use crate::texts::texts;
use crate::ui::{changing, icon, print_button};
use js_sys::{Array, Reflect, Uint8Array};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, ReadableStreamDefaultReader, Response, Url};

/// After so many bytes, what has arrived is left to the browser, which need not hold it in memory.
const PIECE: u64 = 16 << 20;

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    None,
    /// It was asked for; nothing has arrived.
    Preparing,
    /// So many rows have arrived.
    Rows(u64),
    /// So many kilobytes have arrived.
    Size(u64),
    Saved,
    Failed,
    /// Such a sheet cannot hold as many rows.
    TooLong,
}

impl Progress {
    fn is_under_way(self) -> bool {
        matches!(self, Progress::Preparing | Progress::Rows(_) | Progress::Size(_))
    }
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
    let link = |ending: &'static str, word: &'static str| {
        let href = format!("/staff/export.{ending}{address}");
        let from = href.clone();
        let fetch = move |event: MouseEvent| {
            event.prevent_default();
            if progress.get_untracked().is_under_way() {
                return;
            }
            progress.set(Progress::Preparing);
            let from = from.clone();
            leptos::task::spawn_local(async move {
                let done = download(&from, &format!("requests.{ending}"), progress).await;
                let _ = progress.try_set(done.unwrap_or(Progress::Failed));
            });
        };
        view! { <a class="button" href=href download rel="external" on:click=fetch>{icon("list")} " " {word}</a> }
    };
    let (csv, xlsx) = (link("csv", t.list_csv()), link("xlsx", t.list_xlsx()));
    let bar = move || {
        let (known, words) = match progress.get() {
            Progress::Preparing => (None, t.list_preparing().to_owned()),
            Progress::Rows(rows) => (total.map(|total| (total, rows)), t.list_rows(rows)),
            Progress::Size(size) => (None, t.list_size(size)),
            Progress::None | Progress::Saved | Progress::Failed | Progress::TooLong => return None,
        };
        let label = t.list_progress();
        let bar = match known {
            Some((total, rows)) => {
                view! { <progress max=total.to_string() value=rows.to_string() aria-label=label></progress> }.into_any()
            }
            None => view! { <progress aria-label=label></progress> }.into_any(),
        };
        Some(view! { <span class="exporting">{bar} " " {words}</span> })
    };
    // Who listens hears that it begins and how it ends, not each row.
    let phase = Memo::new(move |_| {
        let progress = progress.get();
        if progress.is_under_way() { Progress::Preparing } else { progress }
    });
    let said = move || match phase.get() {
        Progress::None => None,
        Progress::Preparing | Progress::Rows(_) | Progress::Size(_) => {
            Some(view! { <span class="sr">{t.list_preparing()}</span> }.into_any())
        }
        Progress::Saved => Some(view! { <span>{icon("check")} " " {t.list_saved()}</span> }.into_any()),
        Progress::Failed => Some(view! { <span class="error">{icon("alert")} " " {t.list_failed()}</span> }.into_any()),
        Progress::TooLong => {
            let words = t.list_too_long(MOST_SHEET_ROWS);
            Some(view! { <span class="error">{icon("alert")} " " {words}</span> }.into_any())
        }
    };
    view! { {print_button(t.print())} {csv} {xlsx} {changing(bar)} <span role="status">{changing(said)}</span> }
}

/// Reads a sheet as it comes, says how much has arrived, and hands it to the browser as a file; how it ended.
async fn download(from: &str, name: &str, progress: RwSignal<Progress>) -> Result<Progress, JsValue> {
    let reply: Response = JsFuture::from(window().fetch_with_str(from)).await?.dyn_into()?;
    if reply.status() == 422 {
        return Ok(Progress::TooLong);
    }
    if !reply.ok() {
        return Err(JsValue::NULL);
    }
    let reader: ReadableStreamDefaultReader = reply.body().ok_or(JsValue::NULL)?.get_reader().dyn_into()?;
    let (pieces, mut chunks, is_text) = (Array::new(), Array::new(), name.ends_with("csv"));
    let (mut lines, mut size, mut held) = (0_u64, 0_u64, 0_u64);
    loop {
        let step = JsFuture::from(reader.read()).await?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            break;
        }
        let chunk: Uint8Array = Reflect::get(&step, &"value".into())?.dyn_into()?;
        let length = u64::from(chunk.length());
        size += length;
        held += length;
        let come = if is_text {
            lines += chunk.to_vec().iter().filter(|byte| **byte == b'\n').count() as u64;
            // The heading comes at once, and is no row.
            Progress::Rows(lines.saturating_sub(1))
        } else {
            Progress::Size(size.div_ceil(1000))
        };
        if come != Progress::Rows(0) {
            let _ = progress.try_set(come);
        }
        chunks.push(&chunk);
        if held >= PIECE {
            pieces.push(&Blob::new_with_u8_array_sequence(&chunks)?.into());
            chunks = Array::new();
            held = 0;
        }
    }
    pieces.push(&Blob::new_with_u8_array_sequence(&chunks)?.into());
    let href = Url::create_object_url_with_blob(&Blob::new_with_blob_sequence(&pieces)?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&href);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&href)?;
    Ok(Progress::Saved)
}
