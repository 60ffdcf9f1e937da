use super::super::model::Verdict;
use super::super::store;
use super::{reason, reason_if_any};
use crate::call::Call;
use crate::fault::{Fault, Note, Refusal};
use crate::ids::RequestId;
use crate::people::{Power, Staff};
use crate::requests::{self, Case, Happening, Request, tell};
use sqlx::PgConnection;

/// Asks the supervisor of the department that looks after a matter whether it is the office's to do (C6).
pub async fn ask_assessment(id: RequestId, question: Option<String>) -> Result<(), Fault> {
    let question = reason_if_any("question", question.as_deref())?;
    let (mut call, staff, case) = within(id).await?;
    staff.needs(Power::Triage)?;
    let request = &case.request;
    if !request.stage.is_open() {
        return Err(Refusal::AlreadyMoved.into());
    }
    let before = store::find_assessment(call.db(), request.estate, id).await?;
    if before.is_some_and(|before| before.answer.is_none()) {
        return Err(Refusal::AlreadyMoved.into());
    }
    let (line, now) = (call.id()?, call.now);
    let (department, matter) = (request.department, (request.estate, id));
    store::insert_assessment(call.db(), line, matter, department, question.as_deref(), staff.id, now).await?;
    tell(&mut call, request, &Happening::AssessmentAsked { department }, &[]).await?;
    call.commit(()).await
}

/// The supervisor's answer; the resident reads the reply.
pub async fn assess(id: RequestId, verdict: String, reply: String) -> Result<(), Fault> {
    let verdict = Verdict::from_tag(&verdict).ok_or(Fault::field("verdict", Note::NotAChoice))?;
    let reply = reason("reply", &reply)?;
    let (mut call, staff, case) = within(id).await?;
    let request = &case.request;
    let open = store::find_assessment(call.db(), request.estate, id).await?.filter(|open| open.answer.is_none());
    staff.needs(Power::Verify)?;
    let open = open.ok_or(Refusal::AlreadyMoved)?;
    if open.department.id != staff.department.id && !staff.can(Power::Triage) {
        return Err(Fault::NotAllowed);
    }
    let now = call.now;
    store::answer_assessment(call.db(), (request.estate, id), verdict, &reply, staff.id, now).await?;
    tell(&mut call, request, &Happening::Assessed { verdict, reply }, &[]).await?;
    call.commit(()).await
}

/// Refuses an order for what lies outside the list of services until a supervisor says that the office does it.
pub async fn may_be_sent(db: &mut PgConnection, request: &Request) -> Result<(), Fault> {
    if !store::is_outside(&mut *db, request.estate, request.id).await? {
        return Ok(());
    }
    let assessed = store::find_assessment(db, request.estate, request.id).await?.and_then(|found| found.answer);
    match assessed {
        Some((Verdict::Ours | Verdict::Chargeable, _)) => Ok(()),
        Some((Verdict::NotOurs, _)) | None => Err(Refusal::NotAssessed.into()),
    }
}

/// A matter within the caller's scope, locked: of two who ask or answer at once the second finds it done.
async fn within(id: RequestId) -> Result<(Call, Staff, Case), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let case = requests::store::lock(call.db(), staff.matters()?, id).await?.ok_or(Fault::NotFound)?;
    Ok((call, staff, case))
}
