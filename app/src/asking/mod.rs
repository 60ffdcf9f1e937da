//! How pages ask for what they show. A reply crosses as text, and only the page that shows it reads its nouns out
//! of it: so what a browser loads first knows no page's nouns, and all pages share one machinery that asks and waits.

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(not(feature = "ssr"))]
mod nouns;
mod reply;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser::Ask;
#[cfg(not(feature = "ssr"))]
pub use browser::Packed;
#[cfg(not(feature = "ssr"))]
pub use nouns::{read, read_value};
pub use reply::Reply;
#[cfg(feature = "ssr")]
use server::Ask;
#[cfg(feature = "ssr")]
pub use server::{Packed, packed, read};

use crate::fault::Fault;
use leptos::prelude::Resource;
use leptos::server::codee::string::FromToStringCodec;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::ServerFn;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

/// Asks now.
pub async fn ask<T: DeserializeOwned>(question: impl Question<T>) -> Result<T, Fault> {
    Ask::of(question).send().await.open()
}

/// A question as it is sent: the path, and the arguments as a form's body.
#[cfg(not(feature = "ssr"))]
pub fn asked<T, Q: Question<T>>(question: Q) -> (&'static str, String) {
    Ask::of(question).parts()
}

/// A server function that only reads, with its arguments.
pub trait Question<T>: ServerFn<Output = Packed<T>, Error = Fault> + Clone + Serialize + Send + Sync + 'static {}

impl<T, Q> Question<T> for Q where
    Q: ServerFn<Output = Packed<T>, Error = Fault> + Clone + Serialize + Send + Sync + 'static
{
}

/// What a page asked for when it opened, beside the loading of its code. Awaited where the page waits for it.
pub struct Loading<T> {
    reply: Resource<Reply, FromToStringCodec>,
    noun: PhantomData<fn() -> T>,
}

impl<T> Loading<T> {
    /// Asks at once, and again whenever the question changes.
    pub fn new<Q: Question<T>>(question: impl Fn() -> Q + Send + Sync + 'static) -> Self {
        let question: Box<dyn Fn() -> Ask + Send + Sync> = Box::new(move || Ask::of(question()));
        Self { reply: Resource::new_str(question, Ask::send), noun: PhantomData }
    }
}

impl<T: DeserializeOwned> IntoFuture for Loading<T> {
    type Output = Result<T, Fault>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.reply.await.open() })
    }
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loading<T> {}

type Sent = Pin<Box<dyn Future<Output = Reply> + Send>>;
