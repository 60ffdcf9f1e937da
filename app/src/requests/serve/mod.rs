//! The story of each call, for residents and for the office; what both need stands here.

mod clocks;
mod closing;
mod desk;
mod due;
mod echo;
mod export;
mod listing;
mod news;
mod queue;
mod receive;
mod residents;

pub use clocks::{answer_by, clocks, clocks_of};
pub use closing::{attempt_days, close_unconfirmed, closing, log_attempt};
pub use desk::*;
pub use due::tell_due;
pub use export::export_routes;
pub use listing::{dispatch_many, listing};
pub use queue::{drop_view, filters, queue, rename_view, save_view};
pub use receive::{Sender, receive};
pub use residents::*;

use super::model::{Happening, LONGEST_REASON, LONGEST_WORDS, Request, parse_photos};
use super::store;
use crate::call::Call;
use crate::fault::{Fault, Notes};
use crate::followups;
use crate::happenings::Record;
use crate::ids::PhotoId;
use crate::incidents;
use crate::live::Room;
use serde_json::json;

/// Saves a moved request and records why, in the call's transaction.
pub async fn keep(
    call: &mut Call,
    request: &mut Request,
    happening: &Happening,
    photos: &[PhotoId],
) -> Result<(), Fault> {
    // What was promised was promised by whoever answered until now: it is judged before another one does.
    due::judge(call, request, happening).await?;
    store::save(call.db(), request).await?;
    record(call, request, happening, photos).await?;
    incidents::carry(call, request).await
}

/// Judges the promise that runs by what happened to a request, records that, tells those whom it concerns, and reckons the
/// clocks anew where any of them listens to that.
pub async fn tell(call: &mut Call, request: &Request, happening: &Happening, photos: &[PhotoId]) -> Result<(), Fault> {
    due::judge(call, request, happening).await?;
    record(call, request, happening, photos).await
}

/// The same for what nobody did: it follows from something else that happened.
pub async fn tell_of_itself(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    due::judge(call, request, happening).await?;
    call.note(record_of(request, happening, &[])).await?;
    spread(call, request, happening).await
}

async fn record(call: &mut Call, request: &Request, happening: &Happening, photos: &[PhotoId]) -> Result<(), Fault> {
    call.record(record_of(request, happening, photos)).await?;
    spread(call, request, happening).await?;
    // What comes in may be like what came in before.
    if matches!(happening, Happening::Received { .. }) { incidents::notice(call, request).await } else { Ok(()) }
}

async fn spread(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    news::spread(call, request, happening).await?;
    crate::desk::follow(call, request, happening).await?;
    followups::draw(call, request, happening).await?;
    echo::echo(call, request, happening).await?;
    if happening.turns_clocks() { clocks::settle(call, request).await } else { Ok(()) }
}

/// A request's happening as the record keeps it.
pub fn record_of(request: &Request, happening: &Happening, photos: &[PhotoId]) -> Record {
    let mut details = serde_json::to_value(happening).unwrap_or_default();
    let kind = happening.tag();
    if !photos.is_empty() {
        details["photos"] = json!(photos);
    }
    Record {
        estate: request.estate,
        room: Room::Requests,
        subject: request.id.0,
        kind,
        is_public: happening.is_public(),
        is_heard_at_home: happening.is_heard_at_home(),
        unit: request.place.unit(),
        reader: request.reporter,
        details,
    }
}

/// The photos that came with the report.
pub fn report_photos(timeline: &[super::model::Entry]) -> Vec<PhotoId> {
    timeline
        .iter()
        .find(|entry| matches!(entry.happening, Happening::Received { .. }))
        .map(|entry| entry.photos.clone())
        .unwrap_or_default()
}

/// The photos of a form, or what is wrong with them.
pub fn photo_ids(photos: &[String]) -> Result<Vec<PhotoId>, Fault> {
    let mut notes = Notes::default();
    let photos = parse_photos(&mut notes, photos);
    notes.check().map(|()| photos)
}

/// A reason or a remark as its form states it.
fn words(field: &str, typed: &str) -> Result<String, Fault> {
    let mut notes = Notes::default();
    let words = notes.text(field, typed, LONGEST_WORDS);
    notes.check().map(|()| words)
}

/// A reason, shorter than a remark.
fn reason(field: &str, typed: &str) -> Result<String, Fault> {
    let mut notes = Notes::default();
    let words = notes.text(field, typed, LONGEST_REASON);
    notes.check().map(|()| words)
}

/// A reason that may be left out.
fn reason_if_any(field: &str, typed: Option<&str>) -> Result<Option<String>, Fault> {
    let mut notes = Notes::default();
    let words = notes.optional(field, typed, LONGEST_REASON);
    notes.check().map(|()| words)
}
