#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{IncidentFile, Incidents, Nearby};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{EstateId, IncidentId, Key, RequestId};
use crate::requests::Version;
use leptos::prelude::*;

/// What is proposed and open, and the last thirty that were decided. Those who see all of the estate.
#[server(endpoint = "incidents/list", prefix = "/api")]
pub async fn load_incidents() -> Result<Packed<Incidents>, Fault> {
    crate::asking::packed(super::serve::incidents().await)
}

/// One incident with its reports. Those who see all of the estate.
#[server(endpoint = "incidents/file", prefix = "/api")]
pub async fn load_incident(id: IncidentId) -> Result<Packed<IncidentFile>, Fault> {
    crate::asking::packed(super::serve::incident(id).await)
}

/// What a resident may join with a report of a problem (its slug), in an estate where they have a home; nothing in it tells who reported.
#[server(endpoint = "incidents/nearby", prefix = "/api")]
pub async fn load_nearby(estate: Option<EstateId>, problem: String) -> Result<Packed<Nearby>, Fault> {
    crate::asking::packed(super::serve::nearby(estate, problem).await)
}

/// The desk takes it for one: all its reports follow the first.
#[server(endpoint = "incidents/accept", prefix = "/api")]
pub async fn accept_incident(key: Key, id: IncidentId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::accept(id, seen).await
}

/// The desk takes it for none; the reason (1 to 500 characters) stays with the office.
#[server(endpoint = "incidents/dismiss", prefix = "/api")]
pub async fn dismiss_incident(key: Key, id: IncidentId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::dismiss(id, seen, reason).await
}

/// One word (1 to 2000 characters) to all who reported.
#[server(endpoint = "incidents/update", prefix = "/api")]
pub async fn update_incident(key: Key, id: IncidentId, seen: Version, words: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::update(id, seen, words).await
}

/// Takes in the open report of that code, which belongs to no other.
#[server(endpoint = "incidents/add", prefix = "/api")]
pub async fn add_to_incident(key: Key, id: IncidentId, seen: Version, code: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::add(id, seen, code).await
}

/// Takes a report out; the lead stays.
#[server(endpoint = "incidents/remove", prefix = "/api")]
pub async fn remove_from_incident(key: Key, id: IncidentId, seen: Version, request: RequestId) -> Result<(), Fault> {
    let _ = key;
    super::serve::remove(id, seen, request).await
}

/// It is over: nothing is owed on its lead any more.
#[server(endpoint = "incidents/close", prefix = "/api")]
pub async fn close_incident(key: Key, id: IncidentId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::close(id, seen).await
}
