use crate::estate::{DepartmentRef, EstateRef, Names, UnitRef};
use crate::fault::{Fault, Note, Notes};
use crate::ids::{AccountId, EstateId, InvitationId, PartyId, SessionId, StaffId, UnitId};
use crate::moment::{Moment, Wall};
use crate::texts::Lang;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How a page looks for one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the device says.
    #[default]
    #[serde(rename = "auto")]
    Auto,
    /// Paper.
    #[serde(rename = "light")]
    Light,
    /// Ink.
    #[serde(rename = "dark")]
    Dark,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// The value of `<html data-theme>`, the cookie and the database.
    pub fn tag(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.tag() == tag)
    }
}

/// Language, theme and type size: of an account, or of a browser that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manners {
    /// The language of every text.
    pub lang: Lang,
    /// Light, dark, or as the device says.
    pub theme: Theme,
    /// Elder-friendly type: 125 % and more weight.
    pub large_text: bool,
}

/// What a member of staff does, as domain.md's section O names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 客户接待员
    Receptionist,
    /// 客户服务助理
    Assistant,
    /// 协调员
    Coordinator,
    /// 维修工
    Technician,
    /// 保洁员
    Cleaner,
    /// 保安
    Guard,
    /// 绿化
    Gardener,
    /// 领班、主管
    Supervisor,
    /// 部门负责人
    Head,
    /// 收费员
    FeeCollector,
    /// 管理处主任
    SiteManager,
    /// 总部客服中心
    Hq,
    /// 系统管理员
    Administrator,
}

impl Role {
    /// All, from the desk to the top.
    pub const ALL: [Role; 13] = [
        Role::Receptionist,
        Role::Assistant,
        Role::Coordinator,
        Role::Technician,
        Role::Cleaner,
        Role::Guard,
        Role::Gardener,
        Role::Supervisor,
        Role::Head,
        Role::FeeCollector,
        Role::SiteManager,
        Role::Hq,
        Role::Administrator,
    ];

    /// The value in forms and in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Role::Receptionist => "receptionist",
            Role::Assistant => "assistant",
            Role::Coordinator => "coordinator",
            Role::Technician => "technician",
            Role::Cleaner => "cleaner",
            Role::Guard => "guard",
            Role::Gardener => "gardener",
            Role::Supervisor => "supervisor",
            Role::Head => "head",
            Role::FeeCollector => "fee_collector",
            Role::SiteManager => "site_manager",
            Role::Hq => "hq",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.tag() == tag)
    }
}

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

/// What every page's frame shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Who looks at it.
    pub viewer: Viewer,
    /// Where they work or live.
    pub estate: Option<EstateRef>,
    /// Whether one-tap sign-in is offered.
    pub demo: bool,
}

/// Who calls: on the server only the session makes one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    resident: Option<Resident>,
    staff: Option<Staff>,
}

impl Viewer {
    /// A stranger, or a kiosk screen.
    pub fn nobody() -> Self {
        Self::default()
    }

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

/// Where somebody who just signed in starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// A path of this site.
    pub start: String,
}

/// One of the demo estate's people, for signing in with one tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoPerson {
    /// The name that signs in.
    pub sign_in: String,
    /// As the person writes it.
    pub name: String,
    /// What staff do; empty for residents.
    pub roles: Vec<Role>,
    /// Where a resident lives.
    pub unit: Option<UnitRef>,
    /// The estate.
    pub estate: Names,
}

/// A signed-in browser, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// For revoking it.
    pub id: SessionId,
    /// What the browser called itself.
    pub device: String,
    /// When it was last used.
    pub seen_at: Moment,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// All that the *Me* page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who it is, and what they may do.
    pub viewer: Viewer,
    /// Their signed-in browsers, this one first.
    pub sessions: Vec<SessionRow>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A party in a unit, as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupant {
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
    pub invited_until: Option<(InvitationId, Moment)>,
}

/// An invitation just issued: the only time that its code is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedInvitation {
    /// To withdraw it.
    pub id: InvitationId,
    /// Typed by hand: twelve characters in three groups.
    pub code: String,
    /// The address that the QR carries, relative to the site.
    pub path: String,
    /// The QR as SVG, made by the server.
    pub qr: String,
    /// Who is invited.
    pub name: String,
    /// Into which unit.
    pub unit: UnitRef,
    /// Until when.
    pub expires_at: Moment,
}

/// A member of staff, as a list shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// The membership.
    pub id: StaffId,
    /// Full name.
    pub name: String,
    /// Their department.
    pub department: DepartmentRef,
    /// What they do.
    pub roles: Vec<Role>,
    /// Office phone.
    pub phone: Option<String>,
}

/// The occupants of a unit, with what the office may do there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFile {
    /// The unit.
    pub unit: UnitRef,
    /// Who is, was or will be there.
    pub occupants: Vec<Occupant>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// The office's people, with the roles that the caller may grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Everybody who works there now.
    pub colleagues: Vec<Colleague>,
    /// Below the caller's own.
    pub grantable: Vec<Role>,
}

/// The first and longest lengths of a password, in characters (ASVS 5.0, 6.2.1 and 6.2.9).
pub const PASSWORD_LENGTH: std::ops::RangeInclusive<usize> = 10..=128;

/// Someone new, as the join form states them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// The invitation's code, with or without its dashes.
    pub code: String,
    /// The name to sign in with.
    pub sign_in: String,
    /// The password.
    pub password: String,
}

impl Newcomer {
    /// Trims, and refuses what could not be stored.
    pub fn parse(self) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let code: String =
            self.code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        if code.is_empty() {
            notes.add("code", Note::Missing);
        }
        let sign_in = notes.text("sign_in", &self.sign_in.to_lowercase(), 80);
        if (1..3).contains(&sign_in.chars().count()) {
            notes.add("sign_in", Note::TooShort(3));
        }
        check_password(&mut notes, "password", &self.password);
        notes.check()?;
        Ok(Self { code, sign_in, password: self.password })
    }
}

/// Notes a password whose length is out of bounds; how easily it is guessed is the server's question.
pub fn check_password(notes: &mut Notes, field: &str, password: &str) {
    let length = password.chars().count();
    if length < *PASSWORD_LENGTH.start() {
        notes.add(field, Note::TooShort(10));
    } else if length > *PASSWORD_LENGTH.end() {
        notes.add(field, Note::TooLong(128));
    }
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
