use super::{Question, Reply, Sent};
use gloo_net::Error;
use gloo_net::http::Request;
use js_sys::JSON;
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize};
use server_fn::ServerFn;
use std::marker::PhantomData;

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

    pub fn send(self) -> Sent {
        Box::pin(SendWrapper::new(async move { Reply::of_post(self.path, self.body).await }))
    }
}

impl Reply {
    /// Sends a form's fields, or a question's, to a server function.
    pub async fn of_post(path: &str, body: String) -> Self {
        sent(path, body).await.unwrap_or(Reply::fault(""))
    }
}

async fn sent(path: &str, body: String) -> Result<Reply, Error> {
    let request = Request::post(path)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)?;
    let reply = request.send().await?;
    let text = reply.text().await?;
    // What is no JSON did not come from the server: nothing was done, and nothing typed may be given up for it.
    let is_ours = JSON::parse(&text).is_ok();
    Ok(match reply.ok() {
        true if is_ours => Reply::answer(text),
        true => Reply::fault(""),
        false => Reply::fault(&text),
    })
}
