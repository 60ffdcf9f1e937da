use super::{Packed, Question, Sent};
use std::sync::Arc;

/// A question that this server answers itself.
#[derive(Clone)]
pub(super) struct Ask(Arc<dyn Fn() -> Sent + Send + Sync>);

impl Ask {
    pub fn of<T>(question: impl Question<T>) -> Self {
        Self(Arc::new(move || {
            let answer = question.clone().run_body();
            Box::pin(async move { answer.await.map(|packed| Packed::of(packed.json)) })
        }))
    }

    pub fn send(self) -> Sent {
        (self.0)()
    }
}

/// A page is rendered once: no question changes meanwhile.
impl PartialEq for Ask {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
