use super::{Question, Sent, post};
use send_wrapper::SendWrapper;
use server_fn::ServerFn;

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
        Box::pin(SendWrapper::new(async move { post(self.path, self.body).await }))
    }
}
