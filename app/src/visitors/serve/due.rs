use super::super::model::{RingStage, VisitNews, VisitStage};
use super::super::rules::{ANSWERS, KEPT_DAYS, MOST_OF_HOME, MOST_OF_SCREEN};
use super::super::store::{self, By};
use super::{page_complaint, record, unit_of};
use crate::backend::Backend;
use crate::call::Call;
use crate::due::{Turn, look};
use crate::fault::Fault;
use crate::ids::{EstateId, RingId, VisitId};
use crate::mail;
use crate::messages::{self, About, Telling, Weight};
use chrono::Duration;
use uuid::Uuid;

/// Whoever asks is announced, silence and rings end, and what was kept long enough is forgotten. Whether there was any.
pub async fn settle_due(backend: &Backend) -> Result<bool, Fault> {
    let told = look("visitors", |aside| tell_turn(backend, aside)).await?;
    let silent = look("silent visits", |aside| silent_turn(backend, aside)).await?;
    let rung = look("rings", |aside| ring_turn(backend, aside)).await?;
    let forgot = look("visitor book", |aside| forget_turn(backend, aside)).await?;
    Ok(told || silent || rung || forgot)
}

async fn tell_turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let Some((estate, id)) = store::find_untold(call.db(), &aside).await? else { return Ok(Turn::Over) };
    Ok(Turn::of(id.0, tell(call, estate, id).await))
}

/// Tells those who live there, unless too many came to this home or of this screen.
async fn tell(mut call: Call, estate: EstateId, id: VisitId) -> Result<(), Fault> {
    let now = call.now;
    let mut visit = store::lock_visit(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    // Another replica was faster, or somebody at the desk.
    if visit.stage != VisitStage::Waiting || visit.told_to.is_some() {
        return call.commit(()).await;
    }
    let (of_screen, of_home) = store::count_before(call.db(), &visit).await?;
    let is_heard = visit.is_asked(now) && of_screen < MOST_OF_SCREEN;
    let home = visit.home.clone().filter(|_| is_heard && of_home < MOST_OF_HOME);
    let mut to = Vec::new();
    if let Some(home) = home {
        to = mail::store::list_accounts(call.db(), estate, home.id, None, (now, now)).await?;
        let telling = Telling::Lobby { news: VisitNews::Waits { visit: id, home } };
        let about = About { estate, request: None };
        messages::tell_home(&mut call, &to, &telling, about, Weight::Apart).await?;
    }
    visit.told_to = Some(i32::try_from(to.len()).unwrap_or(i32::MAX));
    store::save_visit(call.db(), &mut visit, By::default()).await?;
    // However many came before them: the limits keep residents from being called, not the centre.
    page_complaint(&mut call, (estate, visit.purpose)).await?;
    let unit = unit_of(&visit).filter(|_| !to.is_empty());
    call.note(record(estate, id.0, "visitor_announced", unit)).await?;
    call.commit(()).await
}

async fn silent_turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let until = call.now - ANSWERS;
    let Some((estate, id)) = store::find_silent(call.db(), &aside, until).await? else { return Ok(Turn::Over) };
    Ok(Turn::of(id.0, give_up(call, estate, id).await))
}

async fn give_up(mut call: Call, estate: EstateId, id: VisitId) -> Result<(), Fault> {
    let now = call.now;
    let mut visit = store::lock_visit(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    if visit.is_silent(now) {
        visit.give_up(now)?;
        store::save_visit(call.db(), &mut visit, By::default()).await?;
        call.note(record(estate, id.0, "visitor_unanswered", unit_of(&visit))).await?;
    }
    call.commit(()).await
}

async fn ring_turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, id)) = store::find_rung_out(call.db(), &aside, now).await? else { return Ok(Turn::Over) };
    Ok(Turn::of(id.0, ring_out(call, estate, id).await))
}

async fn ring_out(mut call: Call, estate: EstateId, id: RingId) -> Result<(), Fault> {
    let now = call.now;
    let mut ring = store::lock_ring(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    if ring.stage != RingStage::Over && !ring.is_open(now) {
        ring.go(RingStage::Over, now)?;
        store::save_ring(call.db(), &mut ring, None).await?;
        call.note(record(estate, id.0, "ring_ended", None)).await?;
    }
    call.commit(()).await
}

async fn forget_turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let until = call.now - Duration::days(KEPT_DAYS);
    let Some((estate, id)) = store::find_kept(call.db(), &aside, until).await? else { return Ok(Turn::Over) };
    Ok(Turn::of(id.0, forget(call, estate, id).await))
}

async fn forget(mut call: Call, estate: EstateId, id: VisitId) -> Result<(), Fault> {
    let now = call.now;
    if store::forget(call.db(), estate, id, now).await? {
        call.note(record(estate, id.0, "visitor_forgotten", None)).await?;
    }
    call.commit(()).await
}
