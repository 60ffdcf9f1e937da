use super::ContactCard;
use crate::estate::{AreaRef, BuildingRef, UnitRef};
use crate::ids::{ContactId, EstateId, PartyId};
use crate::moment::{Moment, Wall};
use crate::people::Colleague;
use crate::services::Item;
use serde::{Deserialize, Serialize};

/// What the intake form offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// Whose desk it is.
    pub estate: EstateId,
    /// What can be broken, categories before their problems.
    pub items: Vec<Item>,
    /// Places in common.
    pub areas: Vec<AreaRef>,
    /// Their buildings.
    pub buildings: Vec<BuildingRef>,
    /// To whom it may be handed.
    pub colleagues: Vec<Colleague>,
    /// Whether the reader may look residents up.
    pub may_find: bool,
    /// Whether the reader asks residents again how a matter went, or reads how that goes.
    pub may_follow_up: bool,
    /// By when a reply is promised unless somebody says otherwise: the policy's same-day answer (B7), as the form
    /// carries it.
    pub reply_by: String,
    /// The clock to show times by.
    pub wall: Wall,
}

/// Somebody who may be calling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Who; none for a unit where nobody is registered.
    pub party: Option<PartyId>,
    /// Their name.
    pub name: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// Where they live or work.
    pub unit: UnitRef,
}

impl Caller {
    /// What the form sends: `<unit>` or `<unit>~<party>`.
    pub fn value(&self) -> String {
        self.party.map_or_else(|| self.unit.id.to_string(), |party| format!("{}~{party}", self.unit.id))
    }
}

/// What an outsider is told: where, and nothing else (B13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedUp {
    /// The rooms; at most 5.
    pub rooms: Vec<UnitRef>,
}

/// A page of the register (客户沟通登记表).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactBook {
    /// At most 30, newest first.
    pub contacts: Vec<ContactCard>,
    /// Where older ones begin.
    pub next: Option<Earlier>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// Where the next page of the register begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Received before this instant,
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// or at it, and with a smaller id.
    pub id: ContactId,
}
