//! How pages ask for what they show. A reply crosses as text, and only the page that shows it unpacks it: so
//! what a browser loads first knows no page's nouns, and all pages share one machinery that asks and waits.

#[cfg(not(feature = "ssr"))]
mod browser;
mod post;
#[cfg(feature = "ssr")]
mod server;

#[cfg(not(feature = "ssr"))]
use browser::Ask;
#[cfg(feature = "ssr")]
use server::Ask;

pub use post::post;

use crate::fault::Fault;
use leptos::prelude::Resource;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use server_fn::ServerFn;
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

/// Packs the reply of a call that pages make.
pub fn packed<T: Serialize>(reply: Result<T, Fault>) -> Result<Packed<T>, Fault> {
    serde_json::value::to_raw_value(&reply?).map(Packed::of).map_err(unreadable)
}

/// Asks now.
pub async fn ask<T: DeserializeOwned>(question: impl Question<T>) -> Result<T, Fault> {
    Ask::of(question).send().await?.unpack()
}

/// A server function that only reads, with its arguments.
pub trait Question<T>: ServerFn<Output = Packed<T>, Error = Fault> + Clone + Serialize + Send + Sync + 'static {}

impl<T, Q> Question<T> for Q where
    Q: ServerFn<Output = Packed<T>, Error = Fault> + Clone + Serialize + Send + Sync + 'static
{
}

/// What a page asked for when it opened, beside the loading of its code. Awaited where the page waits for it.
pub struct Loading<T> {
    reply: Resource<Reply>,
    noun: PhantomData<fn() -> T>,
}

impl<T> Loading<T> {
    /// Asks at once, and again whenever the question changes.
    pub fn new<Q: Question<T>>(question: impl Fn() -> Q + Send + Sync + 'static) -> Self {
        let question: Box<dyn Fn() -> Ask + Send + Sync> = Box::new(move || Ask::of(question()));
        Self { reply: Resource::new(question, Ask::send), noun: PhantomData }
    }
}

impl<T: DeserializeOwned> IntoFuture for Loading<T> {
    type Output = Result<T, Fault>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.reply.await?.unpack() })
    }
}

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loading<T> {}

type Reply = Result<Packed<()>, Fault>;
type Sent = Pin<Box<dyn Future<Output = Reply> + Send>>;

impl<T> Packed<T> {
    fn of(json: Box<RawValue>) -> Self {
        Self { json, noun: PhantomData }
    }

    fn unpack<N: DeserializeOwned>(&self) -> Result<N, Fault> {
        serde_json::from_str(self.json.get()).map_err(unreadable)
    }
}

/// Only where browser and server are of different builds.
fn unreadable(error: serde_json::Error) -> Fault {
    Fault::from_server_fn_error(ServerFnErrorErr::Deserialization(error.to_string()))
}

impl<T> Clone for Packed<T> {
    fn clone(&self) -> Self {
        Self::of(self.json.clone())
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.json.serialize(to)
    }
}

impl<'de, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Deserialize::deserialize(from).map(Self::of)
    }
}
