//! The story of each call at the desk; what all of them need stands here.

mod contacts;
mod counter;
mod extras;
mod register;
mod watch;

pub use contacts::*;
pub use counter::*;
pub use extras::*;
pub use register::{LeftWords, arrive, register, take_words};
pub use watch::{follow, tell_due};

use super::model::{Contact, DeskHappening, News, TransferTo};
use super::store;
use crate::call::Call;
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::AccountId;
use crate::live::Room;
use crate::messages::{self, About, Telling};
use crate::people::{self, Role};
use crate::policy;
use uuid::Uuid;

/// Saves a moved contact, records why, and notes when it is looked at next.
async fn keep(call: &mut Call, contact: &mut Contact, happenings: &[DeskHappening]) -> Result<(), Fault> {
    store::save(call.db(), contact).await?;
    for happening in happenings {
        call.record(record_of(contact.estate, contact.id.0, happening)).await?;
    }
    watch(call, contact).await
}

async fn watch(call: &mut Call, contact: &Contact) -> Result<(), Fault> {
    let now = call.now;
    let (policy, zone) = policy::in_force(call, contact.estate, contact.received_at).await?;
    store::watch(call.db(), contact, contact.next_look(&policy.terms.desk, &zone, now)).await
}

/// A happening of the desk as the record keeps it; residents never learn of it.
pub fn record_of(estate: crate::ids::EstateId, subject: Uuid, happening: &DeskHappening) -> Record {
    Record {
        estate,
        room: Room::Desk,
        subject,
        kind: happening.tag(),
        is_public: false,
        is_heard_at_home: false,
        unit: None,
        reader: None,
        details: serde_json::to_value(happening).unwrap_or_default(),
    }
}

/// Tells members of staff of a contact. It leads to the wall, not to a request that they might not see.
async fn tell(call: &mut Call, to: &[AccountId], contact: &Contact, news: News) -> Result<(), Fault> {
    let words = contact.words.chars().take(80).collect();
    messages::tell(call, to, &Telling::Desk { news, words }, About { estate: contact.estate, request: None }).await
}

/// What is pressing pages the site manager at once.
async fn press(call: &mut Call, contact: &Contact) -> Result<(), Fault> {
    let managers = people::store::list_in_role(call.db(), contact.estate, Role::SiteManager, None).await?;
    tell(call, &managers, contact, News::Pressing).await
}

/// Those to whom a contact is offered.
async fn offered_to(call: &mut Call, contact: &Contact, to: TransferTo) -> Result<Vec<AccountId>, Fault> {
    match to {
        TransferTo::Person(id) => {
            let account = people::store::find_account_of(call.db(), contact.estate, id).await?;
            Ok(vec![account.ok_or(Fault::field("to", crate::fault::Note::NotAChoice))?])
        }
        TransferTo::Department(id) => {
            let members = store::list_members(call.db(), contact.estate, id).await?;
            if members.is_empty() { Err(Fault::field("to", crate::fault::Note::NotAChoice)) } else { Ok(members) }
        }
    }
}
