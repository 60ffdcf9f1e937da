use super::model::Catalogue;
use crate::asking::Packed;
use crate::fault::Fault;
use leptos::prelude::*;

/// What a resident can report, and where, in the estate of their first home.
#[server(endpoint = "services/catalogue", prefix = "/api")]
pub async fn load_catalogue() -> Result<Packed<Catalogue>, Fault> {
    crate::asking::packed(super::serve::catalogue().await)
}
