use crate::estate::UnitRef;
use crate::ids::{EstateId, InvitationId, OccupancyId, PartyId, UnitId};
use crate::moment::{Moment, Wall};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// In what capacity a party occupies a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccupancyKind {
    /// 业主
    Owner,
    /// 租户
    Tenant,
    /// 亲属
    Relative,
    /// 借用人
    Borrower,
}

impl OccupancyKind {
    /// All, owners first.
    pub const ALL: [OccupancyKind; 4] =
        [OccupancyKind::Owner, OccupancyKind::Tenant, OccupancyKind::Relative, OccupancyKind::Borrower];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            OccupancyKind::Owner => "owner",
            OccupancyKind::Tenant => "tenant",
            OccupancyKind::Relative => "relative",
            OccupancyKind::Borrower => "borrower",
        }
    }

    /// The kind of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }
}

/// A party in a unit, as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupant {
    /// Their time in the unit.
    pub id: OccupancyId,
    /// The person or company.
    pub party: PartyId,
    /// Its name.
    pub name: String,
    /// A company rather than a person.
    pub is_organisation: bool,
    /// In what capacity.
    pub kind: OccupancyKind,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day, where one is known.
    pub to_on: Option<NaiveDate>,
    /// Whether somebody can sign in for it.
    pub has_account: bool,
    /// An invitation that waits to be redeemed.
    pub invited: Option<Invited>,
}

impl Occupant {
    /// Whether they are there on a day.
    pub fn is_there(&self, on: NaiveDate) -> bool {
        self.from_on <= on && self.to_on.is_none_or(|last| last >= on)
    }
}

/// A party's time in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupancy {
    /// The occupancy.
    pub id: OccupancyId,
    /// Its estate.
    pub estate: EstateId,
    /// Where.
    pub unit: UnitId,
    /// Who.
    pub party: PartyId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day, where one is known.
    pub to_on: Option<NaiveDate>,
}

/// An invitation that still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// For withdrawing it.
    pub id: InvitationId,
    /// Its last moment.
    #[serde(deserialize_with = "crate::moment::read")]
    pub until: Moment,
}

/// The occupants of a unit, with what the office may do there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFile {
    /// The unit.
    pub unit: UnitRef,
    /// Who is, was or will be there.
    pub occupants: Vec<Occupant>,
    /// Whether the caller may register and invite.
    pub may_change: bool,
    /// The clock to show times by.
    pub wall: Wall,
}

/// One row of the unit search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitHit {
    /// Where.
    pub unit: UnitRef,
    /// Who occupies it now, by name.
    pub occupants: Vec<String>,
    /// The id again, for links.
    pub id: UnitId,
}
