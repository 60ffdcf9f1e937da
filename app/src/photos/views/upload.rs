use crate::asking::Reply;
use crate::fault::Fault;
use crate::ids::{EstateId, PhotoId};
use crate::pause::pause;
use futures::channel::oneshot;
use gloo::events::EventListener;
use js_sys::Uint8Array;
use leptos::prelude::{document, window};
use serde::Deserialize;
use std::rc::Rc;
use std::time::Duration;
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

/// A file of more bytes goes in parts of so many, each from where the last one ended.
const PART: u32 = 512 * 1024;
/// How often something is sent that the server is still at work on.
const PATIENCE: u32 = 20;
/// How long a part may take before it counts as lost, in milliseconds.
const LONGEST_SILENCE: u32 = 90_000;
/// How often an upload may come no further before it is given up: two tabs may be sending the same photo.
const MOST_STALLS: u32 = 5;

#[derive(Deserialize)]
struct Stored {
    id: PhotoId,
}

/// What the server said.
struct Answer {
    status: u16,
    body: String,
    /// The byte from which an upload goes on; none where it does not.
    offset: Option<u32>,
}

impl Answer {
    fn reply(self) -> Reply {
        match self.status {
            200..=299 => Reply::answer(self.body),
            _ => Reply::fault(&self.body),
        }
    }
}

/// The photo that a reply names.
pub fn photo_of(reply: &Reply) -> Result<PhotoId, Fault> {
    reply.open::<Stored>().map(|stored| stored.id)
}

/// A photo no larger than anybody looks at: what is sent, and what is kept until it can be.
pub async fn smaller_photo(file: Blob) -> Blob {
    smaller(&file).await.unwrap_or(file)
}

/// Sends one photo as it is; tells its progress in percent. Sent again under the same key, a large one goes on from
/// where the last try ended, and one that has arrived is not sent again.
pub async fn send_photo(photo: &Blob, estate: EstateId, key: &str, progress: impl Fn(u32) + 'static) -> Reply {
    sent(photo, estate, key, progress).await.map_or_else(|Silence| Reply::fault(""), Answer::reply)
}

/// Nobody answered.
struct Silence;

async fn sent(photo: &Blob, estate: EstateId, key: &str, progress: impl Fn(u32) + 'static) -> Result<Answer, Silence> {
    let size = photo.size() as u32;
    let progress = Rc::new(move |sent: f64| progress((sent / f64::from(size.max(1)) * 100.0) as u32));
    let digest = if size > PART { digest(photo).await } else { None };
    let Some(digest) = digest else {
        let to = format!("/photos?estate={estate}&key={key}");
        let told = move |sent| progress(sent);
        return ask("POST", &to, Some(photo), None, told).await;
    };
    let begin = format!("/photos/parts?estate={estate}&key={key}&size={size}&digest={digest}");
    let to = format!("/photos/parts?key={key}");
    let mut answer = ask("POST", &begin, None, None, |_| {}).await?;
    let (mut furthest, mut stalls, mut is_begun_again) = (None, 0, false);
    while let Some(offset) = answer.offset {
        if Some(offset) <= furthest {
            stalls += 1;
            if stalls > MOST_STALLS {
                return Err(Silence);
            }
        }
        furthest = furthest.max(Some(offset));
        // At the end an empty part asks for the photo.
        let end = offset.saturating_add(PART).min(size);
        let part = photo.slice_with_f64_and_f64(offset.into(), end.into()).map_err(|_| Silence)?;
        let progress = progress.clone();
        let told = move |sent: f64| progress(f64::from(offset) + sent);
        answer = ask("PATCH", &to, Some(&part), Some(offset), told).await?;
        // It was begun so long ago that the server gave it up.
        if answer.status == 404 && !is_begun_again {
            is_begun_again = true;
            furthest = None;
            answer = ask("POST", &begin, None, None, |_| {}).await?;
        }
    }
    Ok(answer)
}

/// The SHA-256 of a file; none where the page came over a line that anybody can read, for which browsers reckon nothing.
async fn digest(file: &Blob) -> Option<String> {
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    let reckoned = window().crypto().ok()?.subtle().digest_with_str_and_buffer_source("SHA-256", bytes.unchecked_ref());
    let digest = Uint8Array::new(&JsFuture::from(reckoned.ok()?).await.ok()?);
    Some(digest.to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A request that ends with whoever waits for it.
struct Line(XmlHttpRequest);

impl Drop for Line {
    fn drop(&mut self) {
        let _ = self.0.abort();
    }
}

/// One request, sent again when the server says, as long as it is still at work on the same; tells how many bytes have
/// gone.
async fn ask(
    method: &str,
    to: &str,
    body: Option<&Blob>,
    offset: Option<u32>,
    told: impl Fn(f64) + Clone + 'static,
) -> Result<Answer, Silence> {
    let mut tries = 0;
    loop {
        tries += 1;
        let xhr = XmlHttpRequest::new().map_err(|_| Silence)?;
        xhr.open(method, to).map_err(|_| Silence)?;
        let _line = Line(xhr.clone());
        let _ = xhr.set_request_header("accept", "application/json");
        // Whoever has signed in since on another tab must not become its sender.
        if let Some(person) = document().document_element().and_then(|root| root.get_attribute("data-person")) {
            let _ = xhr.set_request_header("steward-person", &person);
        }
        xhr.set_timeout(LONGEST_SILENCE);
        if let Some(offset) = offset {
            xhr.set_request_header("upload-offset", &offset.to_string()).map_err(|_| Silence)?;
        }
        let (done, ended) = oneshot::channel();
        let up = xhr.upload().map_err(|_| Silence)?;
        let told = told.clone();
        let _moving = EventListener::new(&up, "progress", move |event| {
            if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                told(event.loaded());
            }
        });
        let _ending = EventListener::once(&xhr, "loadend", move |_| {
            let _ = done.send(());
        });
        xhr.send_with_opt_blob(body).map_err(|_| Silence)?;
        let _ = ended.await;
        let status = xhr.status().unwrap_or(0);
        // Nobody, somebody in between for a server that does not answer, or a server that did not hear all of it.
        if matches!(status, 0 | 408 | 502..=504) {
            return Err(Silence);
        }
        let number = |name| xhr.get_response_header(name).ok().flatten().and_then(|value| value.parse::<u32>().ok());
        match number("retry-after") {
            Some(seconds) if status == 409 && tries < PATIENCE => pause(Duration::from_secs(seconds.into())).await,
            _ => {
                let body = xhr.response_text().ok().flatten().unwrap_or_default();
                return Ok(Answer { status, body, offset: number("upload-offset") });
            }
        }
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
