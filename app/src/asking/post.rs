use crate::fault::Fault;
use gloo_net::http::Request;
use serde::de::DeserializeOwned;

/// Sends a form's fields, or a question's, to a server function. Browsers only.
pub async fn post<R: DeserializeOwned>(path: &str, body: String) -> Result<R, Fault> {
    let request = Request::post(path)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .map_err(|_| Fault::Offline)?;
    let reply = request.send().await.map_err(|_| Fault::Offline)?;
    if reply.ok() {
        return reply.json().await.map_err(|_| Fault::Offline);
    }
    Err(reply.json().await.unwrap_or(Fault::Broken { reference: String::new() }))
}
