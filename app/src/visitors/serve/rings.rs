use super::super::model::{Bell, RingStage, VisitNews};
use super::super::rules::{MOST_RINGS, RINGS, called};
use super::super::store;
use super::{page_desk, record, screen, those};
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note};
use crate::ids::RingId;
use crate::requests::Version;
use chrono::Duration;

/// Whether the screen rings, and who comes.
pub async fn bell() -> Result<Bell, Fault> {
    let mut call = Call::read().await?;
    let screen = screen(&call.viewer)?;
    let now = call.now;
    let (estate, _) = estate::store::find(call.db(), screen.estate).await?;
    let ring = store::find_open_ring(call.db(), screen.estate, screen.id).await?.filter(|ring| ring.is_open(now));
    Ok(Bell {
        stage: ring.as_ref().map(|ring| ring.stage),
        is_late: ring.as_ref().is_some_and(|ring| ring.is_late(now)),
        by: ring.and_then(|ring| ring.by).map(|name| called(&name).to_owned()),
        desk_phone: estate.desk_phone,
    })
}

/// The screen rings: the desk is paged, once for as long as it rings.
pub async fn ring() -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let screen = screen(&call.viewer)?;
    let (now, estate) = (call.now, screen.estate);
    if let Some(mut old) = store::lock_open_ring(call.db(), estate, screen.id).await? {
        if old.is_open(now) {
            return call.commit(()).await;
        }
        old.go(RingStage::Over, now)?;
        store::save_ring(call.db(), &mut old, None).await?;
    }
    if store::count_rings(call.db(), estate, screen.id, now - Duration::hours(1)).await? >= MOST_RINGS {
        return Err(Fault::TooMany { wait: 600 });
    }
    let id: RingId = call.id()?;
    // Two fingers at once: one of them rings.
    if store::insert_ring(call.db(), &screen, id, (now, now + RINGS)).await? {
        call.record(record(estate, id.0, "rung", None)).await?;
        page_desk(&mut call, estate, VisitNews::Rings { place: screen.place }).await?;
    }
    call.commit(()).await
}

/// Whoever rang goes, or has what they need.
pub async fn end_ring() -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let screen = screen(&call.viewer)?;
    let now = call.now;
    if let Some(mut ring) = store::lock_open_ring(call.db(), screen.estate, screen.id).await? {
        ring.go(RingStage::Over, now)?;
        store::save_ring(call.db(), &mut ring, None).await?;
        call.record(record(ring.estate, ring.id.0, "ring_ended", None)).await?;
    }
    call.commit(()).await
}

/// The desk is on the way, there, or done.
pub async fn answer_ring(id: RingId, seen: Version, how: String) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let now = call.now;
    let to = RingStage::from_desk(&how).ok_or(Fault::field("how", Note::NotAChoice))?;
    let mut ring = store::lock_ring(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    ring.seen_at(seen)?;
    ring.go(to, now)?;
    let by = (to != RingStage::Over).then_some(staff.id);
    store::save_ring(call.db(), &mut ring, by).await?;
    call.record(record(ring.estate, id.0, if by.is_some() { "ring_answered" } else { "ring_ended" }, None)).await?;
    call.commit(()).await
}
