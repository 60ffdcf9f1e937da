use super::super::model::MatterState;
use super::super::rules::{Patience, Pin};
use super::super::store::{self, Opens};
use super::state_of;
use crate::call::{Call, limited, viewer};
use crate::estate;
use crate::fault::{Fault, Note};
use crate::ids::{EstateId, UnitId};
use crate::people::{self, Limit};
use crate::requests;
use crate::screens::ScreenDevice;
use chrono::Duration;
use sha2::{Digest, Sha256};

/// Counts the try first, at the screen, with the code and of the household; hashes twice, whatever was found, while nothing is held; and has
/// one answer for an unknown code, a wrong PIN and a code that is shut.
pub async fn check(code: String, pin: String) -> Result<MatterState, Fault> {
    let screen = viewer()?.screen().cloned();
    if screen.is_none() {
        limited(Limit::PIN_FROM, &people::address()?).await?;
    }
    let (code, pin) = (requests::parse_code(&code), Pin::parse(&pin));
    let mut call = Call::anew().await?;
    let at = whose(&mut call, screen.as_ref(), code.as_deref()).await?;
    if let Some(screen) = &screen {
        let shut = count(&mut call, screen.estate, &subject_of(screen), Patience::SCREEN).await?;
        if let Some(wait) = shut {
            let wait = u32::try_from(wait.num_seconds().max(1)).unwrap_or(u32::MAX);
            return call.refuse(Fault::TooMany { wait }).await;
        }
    }
    let found = match at.as_ref().zip(code.as_deref()) {
        Some((at, code)) => opens(&mut call, at, code).await?,
        None => None,
    };
    call.commit(()).await?;

    let typed = pin.map(|pin| pin.digits().to_owned()).unwrap_or_default();
    let own = found.as_ref().and_then(|found| found.own.clone());
    let household = found.as_ref().and_then(|found| found.household.clone());
    let unit = household.as_ref().map(|(unit, _)| *unit);
    let is_own = people::verify_password(typed.clone(), own).await?;
    let is_households = people::verify_password(typed, household.map(|(_, hash)| hash)).await?;
    let (Some(at), Some(code), Some(found)) = (at, code, found.filter(|_| is_own || is_households)) else {
        return Err(Fault::field("pin", Note::BadPin));
    };

    let mut call = Call::anew().await?;
    if let Some(screen) = &screen {
        take_back(&mut call, screen.estate, &subject_of(screen), Patience::SCREEN).await?;
    }
    take_back(&mut call, at.estate, &subject_of_code(&code), Patience::CODE).await?;
    if let Some(unit) = unit {
        take_back(&mut call, at.estate, &subject_of_household(unit), Patience::HOUSEHOLD).await?;
    }
    let request = requests::store::read(call.db(), found.id).await?.request;
    let state = state_of(&request, &at.zone, call.now);
    call.commit(state).await
}

/// Where a code is looked for.
struct At {
    estate: EstateId,
    zone: String,
}

/// A screen's own estate; for anybody else the one whose codes begin so.
async fn whose(call: &mut Call, screen: Option<&ScreenDevice>, code: Option<&str>) -> Result<Option<At>, Fault> {
    if let Some(screen) = screen {
        return Ok(Some(At { estate: screen.estate, zone: screen.zone.clone() }));
    }
    let Some((prefix, _)) = code.and_then(|code| code.split_once('-')) else { return Ok(None) };
    let found = estate::store::find_by_prefix(call.db(), Some(prefix)).await?;
    Ok(found.map(|(estate, zone)| At { estate: estate.id, zone }))
}

/// What opens the matter of a code, unless the code was tried too often.
async fn opens(call: &mut Call, at: &At, code: &str) -> Result<Option<Opens>, Fault> {
    let today = estate::wall(&at.zone, call.now).now().day();
    let shut = count(call, at.estate, &subject_of_code(code), Patience::CODE).await?;
    // Looked for where it is shut, too: that takes its time.
    let Some(mut found) = store::find_opens(call.db(), at.estate, code, &at.zone, today).await? else {
        return Ok(None);
    };
    if shut.is_some() {
        return Ok(None);
    }
    if let Some((unit, _)) = found.household
        && count(call, at.estate, &subject_of_household(unit), Patience::HOUSEHOLD).await?.is_some()
    {
        found.household = None;
    }
    Ok(Some(found))
}

/// Counts a try; how long it stays shut, where it is.
async fn count(
    call: &mut Call,
    estate: EstateId,
    subject: &str,
    patience: Patience,
) -> Result<Option<Duration>, Fault> {
    let now = call.now;
    let mut guesses = store::lock_guesses(call.db(), estate, subject, now).await?;
    let shut = guesses.count(patience, now).err();
    store::save_guesses(call.db(), estate, subject, &guesses).await?;
    Ok(shut)
}

async fn take_back(call: &mut Call, estate: EstateId, subject: &str, patience: Patience) -> Result<(), Fault> {
    let now = call.now;
    let mut guesses = store::lock_guesses(call.db(), estate, subject, now).await?;
    guesses.take_back(patience);
    store::save_guesses(call.db(), estate, subject, &guesses).await
}

fn subject_of(screen: &ScreenDevice) -> String {
    format!("screen:{}", screen.id)
}

fn subject_of_household(unit: UnitId) -> String {
    format!("household:{unit}")
}

/// A hash: what is typed need be nobody's code, and no table is to say what was tried.
fn subject_of_code(code: &str) -> String {
    let hash: String = Sha256::digest(code.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("code:{hash}")
}
