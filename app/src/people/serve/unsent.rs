use crate::call::Call;
use crate::fault::{Fault, Notes};
use crate::happenings::Record;
use crate::requests::{LONGEST_REASON, LONGEST_WORDS};
use serde_json::json;

/// Something that had never left a device was given up there.
pub async fn discard_unsent(words: String, reason: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let words = notes.text("words", &words, LONGEST_WORDS);
    let reason = notes.text("reason", &reason, LONGEST_REASON);
    notes.check()?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let details = json!({ "words": words, "reason": reason });
    call.record(Record::of_office(staff.estate, staff.id.0, "unsent_discarded", details)).await?;
    call.commit(()).await
}
