use super::super::model::IssuedPin;
use super::super::rules::Pin;
use super::super::store::{self, Household};
use super::new_pin;
use crate::call::{Call, limited, viewer};
use crate::fault::{Fault, Note, Refusal};
use crate::happenings::Record;
use crate::ids::{PartyId, UnitId};
use crate::people::{self, Limit, Power};
use serde_json::json;

/// Whoever lives in the unit sets it for all who live there; the hash is made while nothing is held.
pub async fn set_pin(unit: UnitId, typed: String) -> Result<(), Fault> {
    let pin = Pin::parse(&typed).ok_or(Fault::field("new_pin", Note::Malformed))?;
    if pin.is_easily_guessed() {
        return Err(Fault::field("new_pin", Note::WeakPin));
    }
    let account = viewer()?.resident()?.person.account;
    limited(Limit::PIN_SET, &account.to_string()).await?;
    let hash = people::hash_password(pin.digits().to_owned()).await?;
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let home = resident.homes.iter().find(|home| home.unit.id == unit).ok_or(Fault::NotFound)?;
    let household = Household { estate: home.estate, unit, party: home.party };
    keep(&mut call, household, &hash).await?;
    call.commit(()).await
}

/// The office makes one for a household that asks for it, and prints it; the PIN leaves this function once.
pub async fn issue_pin(unit: UnitId, party: PartyId) -> Result<IssuedPin, Fault> {
    viewer()?.staff()?.needs(Power::Reception)?;
    let pin = new_pin()?;
    let hash = people::hash_password(pin.digits().to_owned()).await?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let (now, today) = (call.now, call.wall().now().day());
    let place = people::store::find_unit(call.db(), staff.estate, unit).await?.ok_or(Fault::NotFound)?;
    let occupants = people::store::list_occupants(call.db(), staff.estate, unit, now).await?;
    let lives_there = occupants.iter().any(|occupant| occupant.party == party && occupant.is_there(today));
    if !lives_there {
        return Err(Refusal::NotAnOccupant.into());
    }
    keep(&mut call, Household { estate: staff.estate, unit, party }, &hash).await?;
    let issued = IssuedPin { unit: place, pin: Some(pin.digits().to_owned()) };
    let kept = issued.without_pin();
    call.commit_once(issued, &kept).await
}

/// The PIN before it is worth nothing from now on.
async fn keep(call: &mut Call, household: Household, hash: &str) -> Result<(), Fault> {
    let (by, now) = (call.viewer.account()?, call.now);
    store::save_household_pin(call.db(), household, hash, by, now).await?;
    let Household { estate, unit, party } = household;
    let record = Record::of_office(estate, unit.0, "household_pin_made", json!({ "party": party }));
    call.record(Record { unit: Some(unit), ..record }).await
}
