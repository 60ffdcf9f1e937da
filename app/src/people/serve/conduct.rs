use super::super::model::{Conduct, LONGEST_LAPSE, LapseKind, Staff};
use super::super::store;
use super::units::day;
use crate::call::Call;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::happenings::Record;
use crate::ids::{AccountId, LapseId, StaffId};
use crate::messages::{self, About, Telling};
use crate::requests;
use serde_json::json;

/// What was noted of a colleague: they see their own, and nobody else but those above them, also once they have left.
pub async fn conduct(id: StaffId) -> Result<Conduct, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let who = store::find_person(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    let may_withdraw = staff.notes_lapses_of(&who).is_ok();
    if !may_withdraw && who.id != staff.id {
        return Err(Fault::NotAllowed);
    }
    let works_here = store::find_account_of(call.db(), staff.estate, id).await?.is_some();
    let may_note = may_withdraw && works_here;
    let lapses = store::list_lapses(call.db(), staff.estate, id).await?;
    Ok(Conduct { id, name: who.name, lapses, may_note, may_withdraw, today: call.wall().now().day() })
}

/// Notes where a colleague fell short; they are told with it. Of whoever has left nothing more is noted.
pub async fn note_lapse(
    id: StaffId,
    kind: String,
    said: String,
    on: String,
    code: Option<String>,
) -> Result<LapseId, Fault> {
    let mut notes = Notes::default();
    let kind = LapseKind::from_tag(&kind);
    if kind.is_none() {
        notes.add("kind", Note::NotAChoice);
    }
    let said = notes.text("said", &said, LONGEST_LAPSE);
    let on = day(&on);
    if on.is_none() {
        notes.add("on", Note::Malformed);
    }
    let code = notes.optional("code", code.as_deref(), 40);
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    led(&mut call, &staff, id).await?;
    let account = store::find_account_of(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    if on.is_some_and(|on| on > call.wall().now().day()) {
        notes.add("on", Note::NotYet);
    }
    notes.check()?;
    let (Some(kind), Some(on)) = (kind, on) else { return Err(Fault::field("kind", Note::NotAChoice)) };
    let request = match code {
        None => None,
        Some(code) => {
            let code = requests::parse_code(&code).ok_or(Fault::field("code", Note::Malformed))?;
            let found = requests::store::find_id(call.db(), staff.matters()?, &code).await?;
            Some(found.ok_or(Fault::field("code", Note::NotAChoice))?)
        }
    };
    let (lapse, now): (LapseId, _) = (call.id()?, call.now);
    store::insert_lapse(call.db(), staff.estate, lapse, id, kind, &said, on, request, staff.id, now).await?;
    call.record(Record::of_office(staff.estate, id.0, "lapse_noted", json!({ "lapse": lapse, "kind": kind }))).await?;
    tell(&mut call, &staff, &[account], Telling::Lapse { staff: id, kind, said, is_withdrawn: false }).await?;
    call.commit(lapse).await
}

/// One that was wrongly noted does not count any more: it stays, with the reason.
pub async fn withdraw_lapse(id: LapseId, reason: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let reason = notes.text("reason", &reason, LONGEST_LAPSE);
    notes.check()?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let found = store::lock_lapse(call.db(), staff.estate, id).await?;
    let (whose, kind, said, is_withdrawn) = found.ok_or(Fault::NotFound)?;
    led(&mut call, &staff, whose).await?;
    if is_withdrawn {
        return Err(Refusal::AlreadyMoved.into());
    }
    let now = call.now;
    store::insert_withdrawal(call.db(), staff.estate, id, &reason, staff.id, now).await?;
    call.record(Record::of_office(staff.estate, whose.0, "lapse_withdrawn", json!({ "lapse": id }))).await?;
    // Nobody is told who has left.
    let account = store::find_account_of(call.db(), staff.estate, whose).await?;
    let telling = Telling::Lapse { staff: whose, kind, said, is_withdrawn: true };
    tell(&mut call, &staff, account.as_slice(), telling).await?;
    call.commit(()).await
}

/// `Ok` where somebody's lapses are the caller's to note and to withdraw. Nobody waits for them: what they do meanwhile
/// is no part of it.
async fn led(call: &mut Call, staff: &Staff, id: StaffId) -> Result<(), Fault> {
    let who = store::find_person(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    staff.notes_lapses_of(&who)
}

async fn tell(call: &mut Call, by: &Staff, to: &[AccountId], telling: Telling) -> Result<(), Fault> {
    messages::tell(call, to, &telling, About { estate: by.estate, request: None }).await
}
