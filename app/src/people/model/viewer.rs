use super::{Manners, OccupancyKind, Role};
use crate::estate::{DepartmentRef, EstateRef, UnitRef};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, PartyId, StaffId};
use crate::screens::ScreenDevice;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

/// What stands on top of all of somebody's pages until they act: an emergency that they have not said they read, or else
/// whoever waits for them in a lobby. In their language already, for it is in every page's frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Siren {
    /// Where it leads.
    pub href: String,
    /// What it is.
    pub words: String,
    /// What an emergency is called; empty of who waits,
    pub name: String,
    /// and the tag of the language in which that is written.
    pub lang: String,
    /// Whether somebody waits.
    pub is_caller: bool,
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
    pub siren: Option<Siren>,
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
    /// What stands on top of all their pages; who rings the desk only where they receive people.
    pub siren: Option<Siren>,
}

/// Who calls: on the server only the session, or a screen's credential, makes one. By default a stranger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    resident: Option<Resident>,
    staff: Option<Staff>,
    /// Never together with a person. Screens are told where they stand by their board.
    #[serde(skip)]
    screen: Option<ScreenDevice>,
}

impl Viewer {
    /// What a session row says about its account.
    pub fn of(resident: Option<Resident>, staff: Option<Staff>) -> Self {
        Self { resident, staff, screen: None }
    }

    /// A lobby screen, and nobody else: it has no account and no powers.
    pub fn of_screen(screen: ScreenDevice) -> Self {
        Self { screen: Some(screen), ..Self::default() }
    }

    /// The lobby screen, where one asks.
    pub fn screen(&self) -> Option<&ScreenDevice> {
        self.screen.as_ref()
    }

    /// Under whose name keys of forms are kept: the account's, the screen's, or nobody's.
    pub fn holder(&self) -> Uuid {
        let screen = self.screen.as_ref().map(|screen| screen.id.0);
        self.person().map(|person| person.account.0).or(screen).unwrap_or_else(Uuid::nil)
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

    /// The time zone of the place where they work, else live; or where the screen stands.
    pub fn zone(&self) -> &str {
        let home = self.resident.as_ref().and_then(|resident| resident.homes.first());
        let zone = self.staff.as_ref().map(|staff| &staff.zone).or(home.map(|home| &home.zone));
        zone.or(self.screen.as_ref().map(|screen| &screen.zone)).map_or("UTC", String::as_str)
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
        match (&self.staff, &self.resident, &self.screen) {
            (Some(_), ..) => "/staff",
            (None, Some(_), _) => "/home",
            (None, None, Some(_)) => "/kiosk",
            (None, None, None) => "/",
        }
    }
}
