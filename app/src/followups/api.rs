#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{AfterDraw, FollowUps};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{FollowUpId, Key};
use crate::requests::Version;
use leptos::prelude::*;

/// A page of 30 of those who are to be asked again, the oldest draw first, and the last thirty answers. Assistants,
/// coordinators, the site manager; supervisors and heads of trades are shown what other departments did. Headquarters
/// read it, without whom to call.
#[server(endpoint = "followups/list", prefix = "/api")]
pub async fn load_follow_ups(after: Option<AfterDraw>) -> Result<Packed<FollowUps>, Fault> {
    crate::asking::packed(super::serve::follow_ups(after).await)
}

/// What the resident said. `means`: phone, visit; `satisfied`: yes, no; a no needs words (1 to 2000 characters). Refused
/// to whoever had a hand in the matter.
#[server(endpoint = "followups/record", prefix = "/api")]
pub async fn record_follow_up(
    key: Key,
    id: FollowUpId,
    seen: Version,
    means: String,
    satisfied: Option<String>,
    words: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::record(id, seen, means, satisfied, words).await
}

/// They were not reached. `means`: phone, visit; a note (1 to 500 characters) for whoever tries next.
#[server(endpoint = "followups/try", prefix = "/api")]
pub async fn try_follow_up(key: Key, id: FollowUpId, means: String, note: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::miss(id, means, note).await
}

/// They cannot be reached: after three tries, nobody tries any longer.
#[server(endpoint = "followups/give_up", prefix = "/api")]
pub async fn give_up_follow_up(key: Key, id: FollowUpId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::give_up(id, seen).await
}
