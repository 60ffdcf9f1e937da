#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::Opened;
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::DraftId;
use leptos::prelude::*;

/// A key for the forms of a page, and what this browser sent before if it was refused.
#[server(endpoint = "forms/open", prefix = "/api")]
pub async fn open_form(kept: Option<DraftId>) -> Result<Packed<Opened>, Fault> {
    crate::asking::packed(super::serve::open(kept).await)
}
