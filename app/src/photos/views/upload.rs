use crate::asking::Reply;
use crate::fault::Fault;
use crate::ids::{EstateId, PhotoId};
use futures::channel::oneshot;
use gloo::events::EventListener;
use leptos::prelude::{document, window};
use serde::Deserialize;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, ProgressEvent, XmlHttpRequest};

/// The longest side that is sent, in pixels.
const LONGEST_SIDE: u32 = 2560;
/// A file of fewer bytes goes as it is, whatever its sides.
const SMALL_FILE: f64 = 400_000.0;
/// JPEG quality of what was made smaller.
const QUALITY: f64 = 0.85;

#[derive(Deserialize)]
struct Stored {
    id: PhotoId,
}

/// Sends one photo, made smaller where it is larger than anybody looks at; tells its progress in percent.
pub(super) async fn send(
    file: Blob,
    estate: EstateId,
    key: &str,
    progress: impl Fn(u32) + 'static,
) -> Result<PhotoId, Fault> {
    let photo = smaller(&file).await.unwrap_or(file);
    let xhr = XmlHttpRequest::new().map_err(|_| Fault::Offline)?;
    xhr.open("POST", &format!("/photos?estate={estate}&key={key}")).map_err(|_| Fault::Offline)?;
    let _ = xhr.set_request_header("accept", "application/json");
    let (done, ended) = oneshot::channel();
    let up = xhr.upload().map_err(|_| Fault::Offline)?;
    let _moving = EventListener::new(&up, "progress", move |event| {
        if let Some(event) = event.dyn_ref::<ProgressEvent>()
            && event.total() > 0.0
        {
            progress((event.loaded() / event.total() * 100.0) as u32);
        }
    });
    let _ending = EventListener::once(&xhr, "loadend", move |_| {
        let _ = done.send(());
    });
    xhr.send_with_opt_blob(Some(&photo)).map_err(|_| Fault::Offline)?;
    let _ = ended.await;
    let body = xhr.response_text().ok().flatten().unwrap_or_default();
    match xhr.status() {
        Ok(200..=299) => Reply::answer(body).open::<Stored>().map(|stored| stored.id),
        Ok(0) | Err(_) => Err(Fault::Offline),
        Ok(_) => Reply::fault(&body).open(),
    }
}

/// The photo as a smaller JPEG; `None` where it may go as it is, or this browser cannot read it.
async fn smaller(file: &Blob) -> Option<Blob> {
    let plain = matches!(file.type_().as_str(), "image/jpeg" | "image/png" | "image/webp");
    if plain && file.size() < SMALL_FILE {
        return None;
    }
    let bitmap = JsFuture::from(window().create_image_bitmap_with_blob(file).ok()?).await.ok()?;
    let bitmap: ImageBitmap = bitmap.dyn_into().ok()?;
    let longest = bitmap.width().max(bitmap.height());
    if plain && longest <= LONGEST_SIDE {
        bitmap.close();
        return None;
    }
    let scale = f64::from(LONGEST_SIDE.min(longest)) / f64::from(longest.max(1));
    let (width, height) = (f64::from(bitmap.width()) * scale, f64::from(bitmap.height()) * scale);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height).ok()?;
    bitmap.close();
    let (done, made) = oneshot::channel();
    let on_blob = Closure::once(move |blob: Option<Blob>| {
        let _ = done.send(blob);
    });
    canvas
        .to_blob_with_type_and_encoder_options(on_blob.as_ref().unchecked_ref(), "image/jpeg", &JsValue::from(QUALITY))
        .ok()?;
    made.await.ok().flatten()
}
