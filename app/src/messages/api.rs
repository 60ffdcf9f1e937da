#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{Before, Inbox};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{Key, MessageId};
use leptos::prelude::*;

/// A page of 30 of the caller's inbox, newest first. `side`: home, office.
#[server(endpoint = "messages/inbox", prefix = "/api")]
pub async fn load_inbox(side: String, before: Option<Before>) -> Result<Packed<Inbox>, Fault> {
    crate::asking::packed(super::serve::inbox(side, before).await)
}

/// The caller has read everything up to this message of theirs.
#[server(endpoint = "messages/read", prefix = "/api")]
pub async fn mark_read(key: Key, until: MessageId) -> Result<(), Fault> {
    let _ = key;
    super::serve::read(until).await
}
