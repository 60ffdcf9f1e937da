#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::IssuedFeed;
use crate::fault::Fault;
use crate::ids::{FacilityId, Key};
use leptos::prelude::*;

/// Makes a private address for the caller's own bookings; an earlier one ends. The reply is the only time that it is seen.
#[server(endpoint = "calendar/make_feed", prefix = "/api")]
pub async fn make_feed(key: Key) -> Result<IssuedFeed, Fault> {
    let _ = key;
    super::serve::make().await
}

/// The same for a facility of the caller's estate: who has it, by home and code. Those who receive people, each their own.
#[server(endpoint = "calendar/make_facility_feed", prefix = "/api")]
pub async fn make_facility_feed(key: Key, facility: FacilityId) -> Result<IssuedFeed, Fault> {
    let _ = key;
    super::serve::make_for(facility).await
}

/// Makes the address of the caller's own bookings worthless, at once and for good.
#[server(endpoint = "calendar/revoke_feed", prefix = "/api")]
pub async fn revoke_feed(key: Key) -> Result<(), Fault> {
    let _ = key;
    super::serve::revoke().await
}

/// The same for the caller's address of a facility.
#[server(endpoint = "calendar/revoke_facility_feed", prefix = "/api")]
pub async fn revoke_facility_feed(key: Key, facility: FacilityId) -> Result<(), Fault> {
    let _ = key;
    super::serve::revoke_for(facility).await
}
