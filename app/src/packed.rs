//! Replies on their way to a page: text until the page that shows them unpacks it. So what a browser loads
//! first knows no page's nouns, and all pages share one machinery that waits for replies.

use crate::fault::Fault;
use leptos::prelude::Resource;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

/// A `T`, still as the JSON that it crosses the wire as.
#[derive(Debug)]
pub struct Packed<T> {
    json: Box<RawValue>,
    noun: PhantomData<fn() -> T>,
}

/// Packs the reply of a call that a page makes when it opens.
pub fn packed<T: Serialize>(reply: Result<T, Fault>) -> Result<Packed<T>, Fault> {
    let json = serde_json::value::to_raw_value(&reply?).map_err(unreadable)?;
    Ok(Packed { json, noun: PhantomData })
}

impl<T: DeserializeOwned> Packed<T> {
    /// The reply itself.
    pub fn unpack(&self) -> Result<T, Fault> {
        serde_json::from_str(self.json.get()).map_err(unreadable)
    }
}

/// Only where browser and server are of different builds.
fn unreadable(error: serde_json::Error) -> Fault {
    Fault::from_server_fn_error(ServerFnErrorErr::Deserialization(error.to_string()))
}

impl<T> Clone for Packed<T> {
    fn clone(&self) -> Self {
        Self { json: self.json.clone(), noun: PhantomData }
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.json.serialize(to)
    }
}

impl<'de, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self { json: Deserialize::deserialize(from)?, noun: PhantomData })
    }
}

type Reply = Result<Packed<()>, Fault>;
type Asked = Pin<Box<dyn Future<Output = Reply> + Send>>;

/// What a page asked for when it opened, beside the loading of its code. Awaited within a `Suspend`.
pub struct Loading<T> {
    reply: Resource<Reply>,
    noun: PhantomData<fn() -> T>,
}

impl<T> Loading<T> {
    /// Asks with what `source` says, and again whenever that changes.
    pub fn new<S, F>(
        source: impl Fn() -> S + Send + Sync + 'static,
        ask: impl Fn(S) -> F + Send + Sync + 'static,
    ) -> Self
    where
        S: PartialEq + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Packed<T>, Fault>> + Send + 'static,
    {
        // Boxed, so that one machinery serves them all.
        let source: Box<dyn Fn() -> S + Send + Sync> = Box::new(source);
        let ask: Box<dyn Fn(S) -> Asked + Send + Sync> = Box::new(move |source| {
            let asked = ask(source);
            Box::pin(async move { asked.await.map(|Packed { json, .. }| Packed { json, noun: PhantomData }) })
        });
        Self { reply: Resource::new(source, ask), noun: PhantomData }
    }
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loading<T> {}

impl<T: DeserializeOwned> IntoFuture for Loading<T> {
    type Output = Result<T, Fault>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Packed { json, .. } = self.reply.await?;
            Packed { json, noun: PhantomData }.unpack()
        })
    }
}
