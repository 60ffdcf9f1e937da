#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::Board;
use crate::asking::Packed;
use crate::fault::Fault;
use leptos::prelude::*;

/// What a lobby screen shows of the estate whose codes begin with `estate` (`LY`), or of the only one.
#[server(endpoint = "estate/board", prefix = "/api")]
pub async fn load_board(estate: Option<String>) -> Result<Packed<Board>, Fault> {
    crate::asking::packed(super::serve::board(estate).await)
}
