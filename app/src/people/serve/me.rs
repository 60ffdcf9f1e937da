use super::super::limits::Limit;
use super::super::model::{Frame, Me, Office, Theme, check_password};
use super::super::rules::Power;
use super::super::{passwords, session, store};
use super::browser::{here, manners};
use super::siren::siren;
use crate::call::{Call, limited, viewer};
use crate::estate;
use crate::fault::{Fault, Note, Notes};
use crate::ids::{EstateId, SessionId};
use crate::messages::{self, Side};
use crate::notices;
use crate::texts::Lang;
use crate::visitors;

/// What the session's layer found, and the estate that goes with it.
pub async fn frame() -> Result<Frame, Fault> {
    let mut call = Call::read().await?;
    let estate = match call.viewer.estate() {
        Some(id) => Some(estate::store::find(call.db(), id).await?.0),
        None => None,
    };
    let now = call.now;
    let (unread, siren) = match call.viewer.resident() {
        Ok(resident) => {
            let account = resident.person.account;
            let estates: Vec<_> = resident.homes.iter().map(|home| home.estate).collect();
            let unread = messages::store::count_unread(call.db(), account, Side::Home).await?;
            let alarm = notices::store::find_alarm(call.db(), &estates, account, now).await?;
            let caller = visitors::store::find_caller(call.db(), &resident.homes, now).await?;
            (unread, siren("/notices", alarm, caller)?)
        }
        Err(_) => (0, None),
    };
    let name = call.viewer.person().map(|person| person.name.clone());
    Ok(Frame { name, start: call.viewer.start().to_owned(), estate, demo: call.backend.demo, unread, siren })
}

/// The office in which the caller works; none for anybody else.
pub async fn office() -> Result<Option<Office>, Fault> {
    let mut call = Call::read().await?;
    let Ok(staff) = call.viewer.staff() else { return Ok(None) };
    let (estate, ..) = estate::store::find(call.db(), staff.estate).await?;
    let unread = messages::store::count_unread(call.db(), staff.person.account, Side::Office).await?;
    let alarm = notices::store::find_office_alarm(call.db(), staff.estate, staff.person.account).await?;
    let now = call.now;
    let caller = if staff.can(Power::Reception) {
        visitors::store::find_ringing(call.db(), staff.estate, now).await?
    } else {
        None
    };
    let siren = siren("/staff/notices", alarm, caller)?;
    Ok(Some(Office { staff, estate, unread, siren }))
}

/// The caller's own page.
pub async fn me() -> Result<Me, Fault> {
    let mut call = Call::read().await?;
    let account = call.viewer.account()?;
    let here = here()?.ok_or(Fault::SignedOut)?;
    let now = call.now;
    let sessions = store::list_sessions(call.db(), account, here, now, now - session::IDLE).await?;
    let here = call.viewer.staff().ok().map(|staff| staff.estate);
    let mut elsewhere = store::list_memberships(call.db(), account).await?;
    elsewhere.retain(|estate| Some(*estate) != here);
    let other_estates = match elsewhere.is_empty() {
        true => Vec::new(),
        false => estate::store::list_of(call.db(), &elsewhere).await?,
    };
    Ok(Me { viewer: call.viewer.clone(), other_estates, sessions, wall: call.wall() })
}

/// Kept with the account, and in a cookie, so that the sign-in page keeps them too.
pub async fn choose_manners(
    lang: Option<String>,
    theme: Option<String>,
    large_text: Option<bool>,
) -> Result<(), Fault> {
    let mut manners = manners()?;
    if let Some(lang) = lang {
        manners.lang = Lang::from_tag(&lang).ok_or(Fault::field("lang", Note::NotAChoice))?;
    }
    if let Some(theme) = theme {
        manners.theme = Theme::from_tag(&theme).ok_or(Fault::field("theme", Note::NotAChoice))?;
    }
    manners.large_text = large_text.unwrap_or(manners.large_text);
    session::set_cookie(&session::manners_cookie(manners));
    let Ok(account) = viewer()?.account() else { return Ok(()) };
    let mut call = Call::open().await?;
    store::save_manners(call.db(), account, manners).await?;
    call.is_done_anew();
    call.commit(()).await
}

/// Asks for the present password again, ends all other sessions.
pub async fn change_password(present: String, new: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    check_password(&mut notes, "new_password", &new);
    notes.check()?;
    let account = viewer()?.account()?;
    let here = here()?.ok_or(Fault::SignedOut)?;
    limited(Limit::SIGN_IN, &account.to_string()).await?;
    let (stored, sign_in, name) = store::find_password(Call::read().await?.db(), account).await?;
    if !passwords::verify(present, Some(stored)).await? {
        return Err(Fault::field("present_password", Note::WrongPassword));
    }
    passwords::check_strength("new_password", &new, &[&sign_in, &name])?;
    let hash = passwords::hash(new).await?;
    let mut call = Call::open().await?;
    let now = call.now;
    store::save_password(call.db(), account, &hash).await?;
    store::revoke_others(call.db(), account, here, now).await?;
    call.commit(()).await
}

/// One's own sessions only: another's looks as if it did not exist.
pub async fn revoke_session(id: SessionId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let account = call.viewer.account()?;
    let now = call.now;
    if !store::revoke_session(call.db(), account, id, now).await? {
        return Err(Fault::NotFound);
    }
    call.commit(()).await
}

/// Only into an estate of which the caller is a member.
pub async fn switch_estate(estate: EstateId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let here = here()?.ok_or(Fault::SignedOut)?;
    if !store::list_memberships(call.db(), staff.person.account).await?.contains(&estate) {
        return Err(Fault::NotFound);
    }
    store::move_session(call.db(), here, estate).await?;
    call.commit(()).await
}
