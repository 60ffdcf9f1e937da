use super::{Question, Reply, Sent};
use crate::fault::Fault;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use std::marker::PhantomData;
use std::sync::Arc;

/// A `T`, as the JSON that it crosses the wire as.
#[derive(Debug)]
pub struct Packed<T> {
    json: Box<RawValue>,
    noun: PhantomData<fn() -> T>,
}

/// Packs the reply of a call that pages make.
pub fn packed<T: Serialize>(reply: Result<T, Fault>) -> Result<Packed<T>, Fault> {
    let json = to_raw_value(&reply?).map_err(|_| Fault::Broken { reference: String::new() })?;
    Ok(Packed { json, noun: PhantomData })
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

/// A question that this server answers itself.
#[derive(Clone)]
pub(super) struct Ask(Arc<dyn Fn() -> Sent + Send + Sync>);

impl Ask {
    pub fn of<T>(question: impl Question<T>) -> Self {
        Self(Arc::new(move || {
            let answer = question.clone().run_body();
            Box::pin(async move {
                match answer.await {
                    Ok(packed) => Reply::answer(packed.json.get().to_owned()),
                    Err(fault) => Reply::fault(&serde_json::to_string(&fault).unwrap_or_default()),
                }
            })
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

impl Reply {
    /// Forms are posted by browsers.
    pub async fn of_post(_path: &str, _body: String) -> Self {
        Reply::fault("")
    }
}

/// Reads a noun out of JSON.
pub fn read<T: DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}
