use super::super::model::{Window, Windows};
use super::super::store;
use super::hands::parse_minute;
use super::reason_if_any;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::{Fault, Note, Notes};
use crate::ids::{AccountId, RequestId, StaffId, WindowId};
use crate::moment::Moment;
use crate::people::{Power, Resident, Staff};
use crate::requests::{self, Case, Happening, Request, tell};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// The windows of a matter, for one who may be its resident.
pub async fn windows_at_home(
    db: &mut PgConnection,
    request: &Request,
    by: &Resident,
    now: Moment,
) -> Result<Windows, Fault> {
    let all = list(db, request, now).await?;
    let may_pick = request.is_theirs(by).is_ok() && request.awaits_a_visit().is_ok();
    Ok(Windows { all, may_pick, may_offer: false })
}

/// The windows of a matter, for a member of staff.
pub async fn windows_of(db: &mut PgConnection, request: &Request, by: &Staff, now: Moment) -> Result<Windows, Fault> {
    let all = list(db, request, now).await?;
    let may = by.can(Power::Promise) && request.awaits_a_visit().is_ok();
    Ok(Windows { all, may_pick: may, may_offer: may })
}

async fn list(db: &mut PgConnection, request: &Request, now: Moment) -> Result<Vec<Window>, Fault> {
    let mut found = store::list_windows(db, request.estate, &[request.id], now).await?;
    Ok(found.remove(&request.id).unwrap_or_default())
}

/// A window on the estate's wall is offered.
pub async fn offer_window(id: RequestId, on: String, from: String, until: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let day = on.trim().parse::<NaiveDate>().ok();
    let (begins, ends) = (parse_minute(&from), parse_minute(&until));
    for (field, typed, is_read) in
        [("on", &on, day.is_some()), ("from", &from, begins.is_some()), ("until", &until, ends.is_some())]
    {
        if !is_read {
            notes.add(field, if typed.trim().is_empty() { Note::Missing } else { Note::Malformed });
        }
    }
    notes.check()?;
    let (Some(day), Some(begins), Some(ends)) = (day, begins, ends) else {
        return Err(Fault::field("on", Note::Malformed));
    };
    let (mut call, staff, case) = within(id).await?;
    let zone = Zone::of(&staff.zone);
    let span = (zone.earliest(day, begins), zone.latest(day, ends));
    let now = call.now;
    let others = list(call.db(), &case.request, now).await?;
    let happening = case.request.offer_window(&staff, span, &others, now)?;
    let window = call.id()?;
    store::insert_window(call.db(), window, (staff.estate, id), span, staff.id, now).await?;
    tell(&mut call, &case.request, &happening, &[]).await?;
    call.commit(()).await
}

/// A window is no longer offered.
pub async fn withdraw_window(id: RequestId, window: WindowId) -> Result<(), Fault> {
    let (mut call, staff, case) = within(id).await?;
    let now = call.now;
    let all = list(call.db(), &case.request, now).await?;
    let found = all.iter().find(|one| one.id == window).ok_or(Fault::NotFound)?;
    let happening = case.request.withdraw_window(&staff, found)?;
    store::withdraw_window(call.db(), staff.estate, window, now).await?;
    tell(&mut call, &case.request, &happening, &[]).await?;
    call.commit(()).await
}

/// Staff take a window for a resident who said so; to move the one that stands takes a reason.
pub async fn appoint(id: RequestId, window: String, why: Option<String>) -> Result<(), Fault> {
    let why = reason_if_any("reason", why.as_deref())?;
    let window = chosen(&window)?;
    let (mut call, staff, mut case) = within(id).await?;
    let (now, account) = (call.now, staff.person.account);
    let all = list(call.db(), &case.request, now).await?;
    let was = all.iter().find(|one| one.is_picked);
    let found = all.iter().find(|one| one.id == window).ok_or(Fault::field("window", Note::NotAChoice))?;
    let happening = case.request.appoint_window(&staff, found, was, why.clone(), now)?;
    keep(&mut call, &mut case.request, &happening, window, (account, Some(staff.id)), why.as_deref()).await?;
    call.commit(()).await
}

/// The resident takes a window, perhaps instead of another.
pub async fn pick_window(id: RequestId, window: String) -> Result<(), Fault> {
    let window = chosen(&window)?;
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let mut case = requests::store::lock_theirs(call.db(), &resident, id).await?.ok_or(Fault::NotFound)?;
    let (now, account) = (call.now, resident.person.account);
    let all = list(call.db(), &case.request, now).await?;
    let was = all.iter().find(|one| one.is_picked);
    let found = all.iter().find(|one| one.id == window).ok_or(Fault::field("window", Note::NotAChoice))?;
    let happening = case.request.pick_window(&resident, found, was, now)?;
    keep(&mut call, &mut case.request, &happening, window, (account, None), None).await?;
    call.commit(()).await
}

/// The window is the appointment, and its end the promise that runs: made by who appointed it, else by who offered it.
async fn keep(
    call: &mut Call,
    request: &mut Request,
    happening: &Happening,
    window: WindowId,
    (account, staff): (AccountId, Option<StaffId>),
    reason: Option<&str>,
) -> Result<(), Fault> {
    let now = call.now;
    let offered_by = store::pick_window(call.db(), (request.estate, request.id), window, account, now).await?;
    if let Some(promise) = request.promise {
        let (id, by) = (call.id()?, Some(staff.unwrap_or(offered_by)));
        requests::store::insert_promise(call.db(), id, request, promise, by, reason, now).await?;
    }
    requests::keep(call, request, happening, &[]).await
}

fn chosen(window: &str) -> Result<WindowId, Fault> {
    let note = if window.is_empty() { Note::Missing } else { Note::NotAChoice };
    window.parse().map_err(|_| Fault::field("window", note))
}

/// A matter within the caller's scope, locked.
async fn within(id: RequestId) -> Result<(Call, Staff, Case), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let case = requests::store::lock(call.db(), staff.matters()?, id).await?.ok_or(Fault::NotFound)?;
    Ok((call, staff, case))
}
