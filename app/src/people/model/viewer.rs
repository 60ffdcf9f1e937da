use super::{Manners, OccupancyKind, Role};
use crate::estate::{DepartmentRef, EstateRef, Names, UnitRef};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, NoticeId, PartyId, StaffId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A signed-in person, resident or staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// As the person writes it.
    pub name: String,
    /// Language, theme, type size.
    pub manners: Manners,
}

/// A place that somebody occupies now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The estate that it lies in.
    pub estate: EstateId,
    /// That estate's time zone.
    pub zone: String,
    /// The flat, shop or suite.
    pub unit: UnitRef,
    /// The party for which the person acts: itself or a company.
    pub party: PartyId,
    /// Owner, tenant, relative or borrower.
    pub kind: OccupancyKind,
    /// The first day.
    pub from_on: NaiveDate,
}

/// Proof that the caller is a resident (now or once). Comes only from a [`Viewer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resident {
    /// Who it is.
    pub person: Person,
    /// What they occupy now; empty for somebody who has moved out.
    pub homes: Vec<Home>,
}

/// Proof that the caller works in an estate's office. Comes only from a [`Viewer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Who it is.
    pub person: Person,
    /// The membership.
    pub id: StaffId,
    /// The estate in which they work right now.
    pub estate: EstateId,
    /// That estate's time zone.
    pub zone: String,
    /// Their department.
    pub department: DepartmentRef,
    /// One or more; powers add up.
    pub roles: Vec<Role>,
}

/// Who did something, for the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The account; none for a job.
    pub account: Option<AccountId>,
    /// The membership, where it was staff.
    pub staff: Option<StaffId>,
}

/// An emergency that somebody has not said they read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Where it leads.
    pub notice: NoticeId,
    /// What it is called; empty in a language that is missing.
    pub title: Names,
}

/// What a page's frame shows of whoever looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Their name; none of a stranger.
    pub name: Option<String>,
    /// The surface on which they start.
    pub start: String,
    /// Where they work or live.
    pub estate: Option<EstateRef>,
    /// Whether one-tap sign-in is offered.
    pub demo: bool,
    /// What they were told at home and have not read; at most 100.
    pub unread: u32,
    /// What stands on top of all their pages.
    pub alarm: Option<Alarm>,
}

/// What the frame of the office's pages shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Who works there.
    pub staff: Staff,
    /// Where.
    pub estate: EstateRef,
    /// What they were told in the office and have not read; at most 100.
    pub unread: u32,
    /// What stands on top of all their pages.
    pub alarm: Option<Alarm>,
}

/// Who calls: on the server only the session makes one. By default a stranger, or a kiosk screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    resident: Option<Resident>,
    staff: Option<Staff>,
}

impl Viewer {
    /// What a session row says about its account.
    pub fn of(resident: Option<Resident>, staff: Option<Staff>) -> Self {
        Self { resident, staff }
    }

    /// The person, if anybody is signed in.
    pub fn person(&self) -> Option<&Person> {
        self.staff.as_ref().map(|staff| &staff.person).or(self.resident.as_ref().map(|resident| &resident.person))
    }

    /// The account, or [`Fault::SignedOut`].
    pub fn account(&self) -> Result<AccountId, Fault> {
        self.person().map(|person| person.account).ok_or(Fault::SignedOut)
    }

    /// Whose it is what a device keeps for them: the account's, and where they work, of the estate where they do now.
    pub fn keeper(&self) -> Option<String> {
        let account = self.person()?.account;
        Some(self.staff.as_ref().map_or_else(|| account.to_string(), |staff| format!("{account}.{}", staff.estate)))
    }

    /// Proof of being a resident.
    pub fn resident(&self) -> Result<Resident, Fault> {
        self.account()?;
        self.resident.clone().ok_or(Fault::NotAllowed)
    }

    /// Proof of being staff.
    pub fn staff(&self) -> Result<Staff, Fault> {
        self.account()?;
        self.staff.clone().ok_or(Fault::NotAllowed)
    }

    /// The time zone of the place where they work, else live.
    pub fn zone(&self) -> &str {
        let home = self.resident.as_ref().and_then(|resident| resident.homes.first());
        self.staff.as_ref().map(|staff| &staff.zone).or(home.map(|home| &home.zone)).map_or("UTC", String::as_str)
    }

    /// The estate where they work, else live.
    pub fn estate(&self) -> Option<EstateId> {
        let home = self.resident.as_ref().and_then(|resident| resident.homes.first());
        self.staff.as_ref().map(|staff| staff.estate).or(home.map(|home| home.estate))
    }

    /// Who did it, for the record.
    pub fn actor(&self) -> Actor {
        Actor { account: self.person().map(|person| person.account), staff: self.staff.as_ref().map(|staff| staff.id) }
    }

    /// The surface on which this person starts.
    pub fn start(&self) -> &'static str {
        match (&self.staff, &self.resident) {
            (Some(_), _) => "/staff",
            (None, Some(_)) => "/home",
            (None, None) => "/",
        }
    }
}
