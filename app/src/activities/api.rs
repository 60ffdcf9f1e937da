#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{ActivityBoard, ActivityDesk, PlanForm, Planned};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{ActivityId, Key, MeasureId, ParticipationId, StaffId, UnitId};
use crate::requests::Version;
use leptos::prelude::*;

/// What is done where a resident has a home; or one of it, by its code.
#[server(endpoint = "activities/board", prefix = "/api")]
pub async fn load_activities(code: Option<String>) -> Result<Packed<ActivityBoard>, Fault> {
    crate::asking::packed(super::serve::board(code).await)
}

/// One of the caller's households signs so many people up: it has their places, or waits for them.
#[server(endpoint = "activities/sign_up", prefix = "/api")]
pub async fn sign_up_for_activity(key: Key, id: ActivityId, home: UnitId, heads: u32) -> Result<(), Fault> {
    let _ = key;
    super::serve::sign_up(id, home, heads).await
}

/// The caller, or somebody else of their household, gives up what it has, or waits for.
#[server(endpoint = "activities/give_up", prefix = "/api")]
pub async fn give_up_activity(key: Key, id: ParticipationId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::give_up(id, seen).await
}

/// How it was, from whoever was there: 1 to 5 stars, and up to 500 characters.
#[server(endpoint = "activities/rate", prefix = "/api")]
pub async fn rate_activity(
    key: Key,
    id: ParticipationId,
    seen: Version,
    stars: Option<u8>,
    words: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::rate(id, seen, stars.unwrap_or_default(), words).await
}

/// What the caller's estate plans and does; or one of it, by its code.
#[server(endpoint = "activities/desk", prefix = "/api")]
pub async fn load_activity_desk(code: Option<String>) -> Result<Packed<ActivityDesk>, Fault> {
    crate::asking::packed(super::serve::desk(code).await)
}

/// The office plans an activity. Returns its code.
#[server(endpoint = "activities/plan", prefix = "/api")]
pub async fn plan_activity(key: Key, #[server(default)] plan: PlanForm) -> Result<Planned, Fault> {
    let _ = key;
    super::serve::plan(plan).await
}

/// It is planned otherwise, before anybody has approved it.
#[server(endpoint = "activities/change", prefix = "/api")]
pub async fn change_activity(
    key: Key,
    id: ActivityId,
    seen: Version,
    #[server(default)] plan: PlanForm,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::change(id, seen, plan).await
}

/// Something more is done for everybody's safety, in 1 to 200 characters, and who answers for it.
#[server(endpoint = "activities/add_measure", prefix = "/api")]
pub async fn add_measure(
    key: Key,
    id: ActivityId,
    seen: Version,
    words: String,
    responsible: StaffId,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::add_measure(id, seen, words, responsible).await
}

/// Something is not done for everybody's safety after all.
#[server(endpoint = "activities/drop_measure", prefix = "/api")]
pub async fn drop_measure(key: Key, id: ActivityId, seen: Version, measure: MeasureId) -> Result<(), Fault> {
    let _ = key;
    super::serve::drop_measure(id, seen, measure).await
}

/// The caller has done what they answer for.
#[server(endpoint = "activities/tick_measure", prefix = "/api")]
pub async fn tick_measure(key: Key, id: MeasureId) -> Result<(), Fault> {
    let _ = key;
    super::serve::tick_measure(id).await
}

/// The manager says yes: its place is taken.
#[server(endpoint = "activities/approve", prefix = "/api")]
pub async fn approve_activity(key: Key, id: ActivityId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::approve(id, seen).await
}

/// Residents see it.
#[server(endpoint = "activities/publish", prefix = "/api")]
pub async fn publish_activity(key: Key, id: ActivityId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::publish(id, seen).await
}

/// It begins: people are let in.
#[server(endpoint = "activities/begin", prefix = "/api")]
pub async fn begin_activity(key: Key, id: ActivityId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::begin(id, seen).await
}

/// So many of a household are there; 0: nobody is, after all.
#[server(endpoint = "activities/attend", prefix = "/api")]
pub async fn attend_activity(key: Key, id: ParticipationId, seen: Version, came: u32) -> Result<(), Fault> {
    let _ = key;
    super::serve::attend(id, seen, came).await
}

/// The office gives up what a household has, or waits for.
#[server(endpoint = "activities/strike", prefix = "/api")]
pub async fn strike_activity(key: Key, id: ParticipationId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::strike(id, seen).await
}

/// It does not take place, and why (1 to 500 characters).
#[server(endpoint = "activities/call_off", prefix = "/api")]
pub async fn call_off_activity(key: Key, id: ActivityId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::call_off(id, seen, reason).await
}

/// What came of it: how many people came, and what went well (1 to 1000 characters); nothing of what was called off.
#[server(endpoint = "activities/close", prefix = "/api")]
pub async fn close_activity(
    key: Key,
    id: ActivityId,
    seen: Version,
    came: Option<String>,
    went_well: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::close(id, seen, came, went_well).await
}
