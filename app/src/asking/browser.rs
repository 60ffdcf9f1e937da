use super::{Question, Reply, Sent};
use crate::offline;
use crate::pause::pause;
use gloo_net::Error;
use gloo_net::http::Request;
use js_sys::JSON;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use server_fn::ServerFn;
use std::marker::PhantomData;
use std::time::Duration;
use web_sys::AbortSignal;

/// How often a form is sent that the server is still at work on: as long as a phone's owner may wait.
const PATIENCE: u32 = 20;

/// How long a reply may take before nobody is there, in milliseconds.
const LONGEST_SILENCE: u32 = 30_000;

/// The server's word for a reply that pages read; here only the names of server functions need it.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Packed<T>(PhantomData<fn() -> T>);

/// A question on its way to the server.
#[derive(Clone, PartialEq)]
pub(super) struct Ask {
    path: &'static str,
    body: String,
}

impl Ask {
    pub fn of<T, Q: Question<T>>(question: Q) -> Self {
        Self { path: <Q as ServerFn>::PATH, body: serde_qs::to_string(&question).unwrap_or_default() }
    }

    /// The path, and the arguments as a form's body.
    pub fn parts(self) -> (&'static str, String) {
        (self.path, self.body)
    }

    /// Asks: by way of the device, where that keeps anything, else the server.
    pub fn send(self) -> Sent {
        Box::pin(SendWrapper::new(async move {
            let Self { path, body } = self;
            if offline::is_open() {
                return offline::ask(path, body).await;
            }
            Reply::of_post(path, body).await
        }))
    }
}

impl Reply {
    /// Sends a form's fields, or a question's, to a server function. While the same form, sent before, is still at
    /// work there, it asks again when the server says: that is no refusal.
    pub async fn of_post(path: &str, body: String) -> Self {
        Self::of_entry(path, body, &[]).await
    }

    /// The same with headers that tell of its making.
    pub async fn of_entry(path: &str, body: String, headers: &[(&str, &str)]) -> Self {
        let mut tries = 0;
        loop {
            let (reply, wait) = sent(path, &body, headers).await.unwrap_or((Reply::fault(""), None));
            tries += 1;
            let Some(seconds) = wait.filter(|_| tries < PATIENCE) else { return reply };
            pause(Duration::from_secs(seconds)).await;
        }
    }
}

/// The reply; and after how many seconds to ask again, where the server is still at work on the same.
async fn sent(path: &str, body: &str, headers: &[(&str, &str)]) -> Result<(Reply, Option<u64>), Error> {
    let request = Request::post(path)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded");
    let silence = AbortSignal::timeout_with_u32(LONGEST_SILENCE);
    let request = request.abort_signal(Some(&silence));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, value)).body(body)?;
    let reply = request.send().await?;
    let wait = if reply.status() == 409 { reply.headers().get("retry-after") } else { None };
    let wait = wait.and_then(|seconds| seconds.parse().ok());
    let text = reply.text().await?;
    // What is no JSON did not come from the server: nothing was done, and nothing typed may be given up for it.
    let is_ours = JSON::parse(&text).is_ok();
    let reply = match reply.ok() {
        true if is_ours => Reply::answer(text),
        // Somebody in between answers for a server that does not.
        true => Reply::fault(""),
        false if !is_ours && matches!(reply.status(), 502..=504) => Reply::fault(""),
        // It has answered, though it does not say what is wrong.
        false if text.is_empty() => Reply::fault("null"),
        false => Reply::fault(&text),
    };
    Ok((reply, wait))
}
