#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::Catalogue;
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::EstateId;
use leptos::prelude::*;

/// What a resident can report, and where: in an estate where they have a home, else in that of their first home.
#[server(endpoint = "services/catalogue", prefix = "/api")]
pub async fn load_catalogue(estate: Option<EstateId>) -> Result<Packed<Catalogue>, Fault> {
    crate::asking::packed(super::serve::catalogue(estate).await)
}
