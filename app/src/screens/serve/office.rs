use super::super::model::{LONGEST_NAME, Screens};
use super::super::store::{self, NewScreen};
use super::enrol::hash_code;
use crate::call::{Call, limited, viewer};
use crate::fault::{Fault, Note, Notes};
use crate::happenings::Record;
use crate::ids::{AreaId, ScreenId};
use crate::people::{Limit, Power};
use serde_json::json;

/// The estate's screens, for whoever may let them in.
pub async fn screens() -> Result<Screens, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Keys)?;
    let screens = store::list(call.db(), staff.estate).await?;
    let places = store::list_places(call.db(), staff.estate).await?;
    Ok(Screens { screens, places, build: call.backend.build.to_owned(), wall: call.wall() })
}

/// Counts the try before it looks at the code. The screen collects its credential by itself.
pub async fn let_in(code: String, name: String, area: String) -> Result<ScreenId, Fault> {
    let mut notes = Notes::default();
    let code = notes.text("code", &code, LONGEST_NAME);
    let name = notes.text("name", &name, LONGEST_NAME);
    let area = area.parse::<AreaId>().map_err(|_| Note::NotAChoice);
    if let Err(note) = area {
        notes.add("area", note);
    }
    notes.check()?;
    let area = area.map_err(|note| Fault::field("area", note))?;
    limited(Limit::SCREEN_CODE, &viewer()?.account()?.to_string()).await?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Keys)?;
    let (id, now): (ScreenId, _) = (call.id()?, call.now);
    if !store::has_place(call.db(), staff.estate, area).await? {
        return Err(Fault::field("area", Note::NotAChoice));
    }
    let asked = store::lock_ask(call.db(), &hash_code(&code), now).await?;
    let secret_hash = asked.ok_or(Fault::field("code", Note::BadCode))?;
    store::insert(call.db(), NewScreen { estate: staff.estate, id, name: &name, area, by: staff.id }, now).await?;
    store::grant_ask(call.db(), &secret_hash, staff.estate, id).await?;
    call.record(Record::of_office(staff.estate, id.0, "screen_let_in", json!({ "name": name }))).await?;
    call.commit(id).await
}

/// Another name, another place; one that was revoked stays as it was.
pub async fn change(id: ScreenId, name: String, area: AreaId) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let name = notes.text("name", &name, LONGEST_NAME);
    notes.check()?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Keys)?;
    let is_open = store::lock(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    if !store::has_place(call.db(), staff.estate, area).await? {
        return Err(Fault::field("area", Note::NotAChoice));
    }
    if is_open {
        store::save(call.db(), staff.estate, id, &name, area).await?;
        call.record(Record::of_office(staff.estate, id.0, "screen_changed", json!({ "name": name }))).await?;
    }
    call.commit(()).await
}

/// Makes a screen nobody; one that is so already stays so.
pub async fn revoke(id: ScreenId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Keys)?;
    let is_open = store::lock(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    if is_open {
        let now = call.now;
        store::revoke(call.db(), staff.estate, id, staff.id, now).await?;
        call.record(Record::of_office(staff.estate, id.0, "screen_revoked", json!({}))).await?;
    }
    call.commit(()).await
}
