use super::super::intake::reply_by;
use super::super::model::{Callback, DeskHappening, LookedUp, News};
use super::super::rules::same_day;
use super::super::store::{self, DueCallback};
use super::record_of;
use crate::backend::Backend;
use crate::call::{Call, limited, viewer};
use crate::due::Turn;
use crate::estate;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::{CallbackId, LookupId};
use crate::messages::{self, About, Telling};
use crate::people::{self, Limit, Power};
use crate::policy;
use crate::requests::LONGEST_REASON;
use uuid::Uuid;

/// A slip: name and number, before the line is passed on (B9).
pub async fn take_callback(
    name: String,
    phone: String,
    words: Option<String>,
    due_at: Option<String>,
) -> Result<CallbackId, Fault> {
    let mut notes = Notes::default();
    let name = notes.text("name", &name, 120);
    let phone = notes.text("phone", &phone, 40);
    let words = notes.optional("words", words.as_deref(), LONGEST_REASON);
    let due_at = due_at.filter(|due_at| !due_at.trim().is_empty());
    let due = due_at.and_then(|due_at| reply_by(&mut notes, &due_at));
    notes.check()?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let now = call.now;
    let (policy, zone) = policy::in_force(&mut call, staff.estate, now).await?;
    let due_at = match due {
        Some(due) => estate::instant(&staff.zone, due).ok_or(Fault::field("due_at", Note::Malformed))?,
        None => same_day(&policy.terms.desk, &zone, now),
    };
    if due_at <= now {
        return Err(Fault::field("due_at", Note::InThePast));
    }
    let callback = Callback { id: call.id()?, name, phone, words, due_at, taken_by: staff.person.name.clone() };
    store::insert_callback(call.db(), staff.estate, &callback, staff.id, now).await?;
    call.record(record_of(staff.estate, callback.id.0, &DeskHappening::CallbackTaken)).await?;
    call.commit(callback.id).await
}

/// They were called back: by whoever of the desk got to it.
pub async fn end_callback(id: CallbackId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Promise)?;
    let now = call.now;
    match store::end_callback(call.db(), staff.estate, id, staff.id, now).await? {
        None => return Err(Fault::NotFound),
        Some(false) => return Err(Refusal::AlreadyMoved.into()),
        Some(true) => {}
    }
    call.record(record_of(staff.estate, id.0, &DeskHappening::CallbackDone)).await?;
    call.commit(()).await
}

/// Tells whoever took a slip that its time has come, once. It waits on the wall.
pub(super) async fn tell_slip(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some(slip) = store::take_due_callback(call.db(), now, &aside).await? else { return Ok(Turn::Over) };
    Ok(Turn::of(slip.id.0, tell_of(call, slip).await))
}

async fn tell_of(mut call: Call, slip: DueCallback) -> Result<(), Fault> {
    call.note(record_of(slip.estate, slip.id.0, &DeskHappening::CallbackMissed)).await?;
    let taker = people::store::find_account_of(call.db(), slip.estate, slip.taken_by).await?;
    let words = format!("{} {}", slip.phone, slip.name);
    let telling = Telling::Desk { news: News::CallbackDue, words };
    messages::tell(&mut call, taker.as_slice(), &telling, About { estate: slip.estate, request: None }).await?;
    call.commit(()).await
}

/// The room number, and nothing else; the question is written down before the answer is given (B13).
pub async fn look_up(asked_by: String, purpose: String, name: String) -> Result<LookedUp, Fault> {
    let mut notes = Notes::default();
    let asked_by = notes.text("asked_by", &asked_by, 120);
    let purpose = notes.text("purpose", &purpose, LONGEST_REASON);
    let name = notes.text("name", &name, 120);
    notes.check()?;
    let staff = viewer()?.staff()?;
    staff.needs(Power::Reception)?;
    limited(Limit::LOOK_UP, &staff.person.account.to_string()).await?;
    let mut call = Call::open().await?;
    let now = call.now;
    let rooms = store::find_rooms(call.db(), staff.estate, &name, now).await?;
    let id: LookupId = call.id()?;
    let found = rooms.len();
    let count = i32::try_from(found).unwrap_or(i32::MAX);
    store::insert_lookup(call.db(), staff.estate, id, &asked_by, &purpose, &name, count, staff.id, now).await?;
    let happening = DeskHappening::LookedUp { found: u32::try_from(found).unwrap_or(u32::MAX) };
    call.record(record_of(staff.estate, id.0, &happening)).await?;
    call.commit(LookedUp { rooms }).await
}
