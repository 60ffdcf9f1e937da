use super::super::model::Door;
use super::super::rules::{SHOWN, VisitForm, shown_of};
use super::super::store;
use super::{record, screen};
use crate::call::{Call, limited, viewer};
use crate::estate;
use crate::fault::Fault;
use crate::ids::VisitId;
use crate::people::Limit;

/// The form, or what became of whoever asked last.
pub async fn door() -> Result<Door, Fault> {
    let mut call = Call::read().await?;
    let screen = screen(&call.viewer)?;
    let now = call.now;
    let buildings = estate::store::list_buildings(call.db(), screen.estate).await?;
    let last = store::find_shown(call.db(), screen.estate, screen.id, now - SHOWN).await?;
    let shown = last.map(|last| shown_of(last, now));
    Ok(Door { buildings, here: screen.place.building, shown })
}

/// Somebody asks for a home. Whether there is one, and whom to tell, is looked up by a job: neither the answer nor the time
/// that it takes depends on it. How many may ask is counted before that, whomever they ask for.
pub async fn ask(form: VisitForm) -> Result<(), Fault> {
    let screen = screen(&viewer()?)?;
    let asked = form.read()?;
    limited(Limit::SCREEN_VISITOR, &screen.id.to_string()).await?;
    let mut call = Call::open().await?;
    let (now, id) = (call.now, call.id::<VisitId>()?);
    store::insert_asked(call.db(), &screen, id, &asked, now).await?;
    call.record(record(screen.estate, id.0, "visitor_asked", None)).await?;
    call.commit(()).await
}

/// The next visitor finds an empty form.
pub async fn next() -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let screen = screen(&call.viewer)?;
    let now = call.now;
    store::hide_shown(call.db(), screen.estate, screen.id, now - SHOWN).await?;
    call.record(record(screen.estate, screen.id.0, "screen_cleared", None)).await?;
    call.commit(()).await
}
