use super::super::model::{Answer, OwnVisit};
use super::super::rules::ANSWERS;
use super::super::store::{self, By};
use super::{record, unit_of};
use crate::call::Call;
use crate::fault::{Fault, Note};
use crate::ids::VisitId;

/// Who asks for one of the caller's homes.
pub async fn own(id: VisitId) -> Result<OwnVisit, Fault> {
    let mut call = Call::read().await?;
    let homes = call.viewer.resident()?.homes;
    let visit = store::find_own_visit(call.db(), &homes, id).await?.ok_or(Fault::NotFound)?;
    Ok(OwnVisit { until: visit.asked_at + ANSWERS, visit, wall: call.wall() })
}

/// Whoever lives there answers, the first one for all.
pub async fn answer(id: VisitId, answer: String) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let answer = Answer::from_tag(&answer).ok_or(Fault::field("answer", Note::NotAChoice))?;
    let mut visit = store::lock_own_visit(call.db(), &resident.homes, id).await?.ok_or(Fault::NotFound)?;
    visit.answer(answer, call.now)?;
    let by = By { account: Some(resident.person.account), staff: None };
    store::save_visit(call.db(), &mut visit, by).await?;
    call.record(record(visit.estate, id.0, "visitor_answered", unit_of(&visit))).await?;
    call.commit(()).await
}
