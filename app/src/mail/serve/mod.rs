//! The story of each call.

mod desk;
mod due;
mod items;
mod office;
mod relays;

pub use desk::{desk, own};
pub use due::settle_due;
pub use items::{hand_out, send_back, take_in};
pub use office::{count, prepare_letters, send_letters};
pub use relays::{pass, read, take_message, was_read};

use super::model::{MailItem, MailNews};
use super::store;
use crate::call::Call;
use crate::fault::{Fault, Note};
use crate::happenings::Record;
use crate::ids::{EstateId, PartyId, UnitId};
use crate::live::Room;
use crate::messages::{self, About, Telling, Weight};
use crate::people::{self, Power, Staff};
use serde_json::json;
use uuid::Uuid;

/// Those who receive people: they take what is left, and hand it on.
fn those(call: &Call) -> Result<Staff, Fault> {
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    Ok(staff)
}

/// What happened to something that was left at the desk: whoever lives where it is for looks again.
fn record(estate: EstateId, subject: Uuid, kind: &'static str, unit: Option<UnitId>) -> Record {
    Record {
        room: Room::Mail,
        is_heard_at_home: unit.is_some(),
        unit,
        ..Record::of_office(estate, subject, kind, json!({}))
    }
}

/// What to call a household, or somebody who is there now: a name, or the unit's number.
async fn name_at(
    call: &mut Call,
    estate: EstateId,
    unit: UnitId,
    party: Option<PartyId>,
) -> Result<(String, crate::estate::UnitRef), Fault> {
    let nobody = || Fault::field("who", Note::NotAChoice);
    let now = call.now;
    let home = people::store::find_unit(call.db(), estate, unit).await?.ok_or_else(nobody)?;
    let Some(party) = party else { return Ok((home.number.clone(), home)) };
    if !crate::desk::store::occupies(call.db(), estate, unit, party, now).await? {
        return Err(nobody());
    }
    let name = store::find_name(call.db(), estate, party).await?.ok_or_else(nobody)?;
    Ok((name.chars().take(super::rules::LONGEST_NAME as usize).collect(), home))
}

fn telling(item: &MailItem, news: MailNews) -> Telling {
    Telling::Mail { news, mail: item.kind, carrier: item.carrier.clone(), home: item.home.clone() }
}

/// Tells those who live where an item is for since it came, or the one of them whose it is.
async fn tell_home(call: &mut Call, item: &MailItem, news: MailNews) -> Result<(), Fault> {
    let now = call.now;
    let to = store::list_accounts(call.db(), item.estate, item.unit, item.party, (item.arrived_at, now)).await?;
    let about = About { estate: item.estate, request: None };
    messages::tell_home(call, &to, &telling(item, news), about, Weight::Apart).await
}
