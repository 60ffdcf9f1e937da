use super::super::model::MailCount;
use super::super::rules::{LONGEST_NAME, read_count, read_letters_sent};
use super::super::store;
use super::{record, those};
use crate::call::Call;
use crate::estate::{self, Zone};
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::{BuildingId, LetterBatchId};

/// What is only counted: no correction takes away more than there was.
pub async fn count(typed: [String; 4], note: Option<String>) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let (now, estate) = (call.now, staff.estate);
    let today = Zone::of(&staff.zone).day_of(now);
    let typed = typed.each_ref().map(String::as_str);
    let (on, kind, way, pieces, note) = read_count(typed, note.as_deref(), today)?;
    store::lock_count(call.db(), estate, on).await?;
    if store::sum_counts(call.db(), estate, (on, kind, way)).await? + i64::from(pieces) < 0 {
        return Err(Fault::field("pieces", Note::NotAChoice));
    }
    let by = staff.person.name.clone();
    let count = MailCount { id: call.id()?, kind, way, pieces, note, by, at: now };
    store::insert_count(call.db(), estate, on, &count, staff.id).await?;
    call.record(record(estate, count.id.0, "mail_counted", None)).await?;
    call.commit(()).await
}

/// A letter of the office is sorted by the units of those who own one now.
pub async fn prepare_letters(title: String, building: Option<String>) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let (now, estate) = (call.now, staff.estate);
    let mut notes = Notes::default();
    let title = notes.text("title", &title, LONGEST_NAME);
    let typed = building.as_deref().map(str::trim).filter(|building| !building.is_empty());
    let known = estate::store::list_buildings(call.db(), estate).await?;
    let building = typed.and_then(|typed| typed.parse::<BuildingId>().ok());
    let is_known = building.is_some_and(|id| known.iter().any(|one| one.id == id));
    if typed.is_some() && !is_known {
        notes.add("building", Note::NotAChoice);
    }
    notes.check()?;
    let id: LetterBatchId = call.id()?;
    if store::insert_letters(call.db(), estate, (id, &title, building), staff.id, now).await? == 0 {
        // Nobody owns anything there: a batch of nothing is none.
        return Err(Fault::field("building", Note::NotAChoice));
    }
    call.record(record(estate, id.0, "letters_sorted", None)).await?;
    call.commit(()).await
}

/// So many of them went out.
pub async fn send_letters(id: LetterBatchId, pieces: String, note: Option<String>) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let (now, estate) = (call.now, staff.estate);
    let (of, is_sent) = store::lock_letters(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    if is_sent {
        return Err(Refusal::AlreadyMoved.into());
    }
    let (pieces, note) = read_letters_sent(&pieces, note.as_deref(), of)?;
    store::save_letters(call.db(), estate, id, (pieces, note.as_deref()), staff.id, now).await?;
    call.record(record(estate, id.0, "letters_sent", None)).await?;
    call.commit(()).await
}
