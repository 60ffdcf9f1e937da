//! Who lives and rents here: the named cast first, then households and companies around them.

use std::collections::HashSet;

use app::ids::{AccountId, EstateId, PartyId, StaffId, UnitId};
use app::moment::Moment;
use app::people::{Actor, Home, Manners, OccupancyKind, Person, Resident, Role};
use app::texts::Lang;
use chrono::{Duration, NaiveDate};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast;
use super::dice::{Dice, fixed_id};
use super::places::{Ground, Unit};
use super::staff::Colleague;
use super::store;
use crate::boot::Failure;

/// A person in a unit, with or without an account: somebody who reports.
pub struct Dweller {
    pub sign_in: Option<String>,
    pub name: String,
    pub lang: Lang,
    pub party: PartyId,
    pub estate: EstateId,
    pub unit: UnitId,
    pub building: String,
    pub floor: i32,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
    /// The proof that the rules ask for; none without an account.
    pub resident: Option<Resident>,
}

impl Dweller {
    /// Whether they occupy the unit on a day.
    pub fn is_there(&self, on: NaiveDate) -> bool {
        self.from_on <= on && self.to_on.is_none_or(|to_on| on <= to_on)
    }

    pub fn is(&self, sign_in: &str) -> bool {
        self.sign_in.as_deref() == Some(sign_in)
    }
}

/// Who did it, when a resident did.
pub fn actor_of(resident: &Resident) -> Actor {
    Actor { account: Some(resident.person.account), staff: None }
}

/// The rows of all people, by table, and those of them who report.
#[derive(Default)]
pub struct Rows {
    accounts: Vec<Value>,
    pub staff: Vec<Value>,
    pub roles: Vec<Value>,
    pub skills: Vec<Value>,
    pub beats: Vec<Value>,
    pub shifts: Vec<Value>,
    pub vendors: Vec<Value>,
    parties: Vec<Value>,
    contacts: Vec<Value>,
    occupancies: Vec<Value>,
    invitations: Vec<Value>,
    pub dwellers: Vec<Dweller>,
}

/// A party about to move in, and perhaps out again.
pub struct Stay<'a> {
    pub ground: &'a Ground,
    pub unit: &'a Unit,
    pub party: PartyId,
    pub kind: OccupancyKind,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
}

/// An account about to be added: who, and since when.
pub struct Login<'a> {
    pub account: AccountId,
    pub sign_in: &'a str,
    pub name: &'a str,
    pub lang: Lang,
    pub since: Moment,
}

impl Rows {
    /// Inserts them, each table after those that it refers to.
    pub async fn insert(&self, db: &mut PgConnection) -> Result<(), Failure> {
        store::insert(db, store::ACCOUNTS, &self.accounts).await?;
        store::insert(db, store::STAFF, &self.staff).await?;
        store::insert(db, store::ROLES, &self.roles).await?;
        store::insert(db, store::SKILLS, &self.skills).await?;
        store::insert(db, store::BEATS, &self.beats).await?;
        store::insert(db, store::SHIFTS, &self.shifts).await?;
        store::insert(db, store::VENDORS, &self.vendors).await?;
        store::insert(db, store::PARTIES, &self.parties).await?;
        store::insert(db, store::CONTACTS, &self.contacts).await?;
        store::insert(db, store::OCCUPANCIES, &self.occupancies).await?;
        store::insert(db, store::INVITATIONS, &self.invitations).await
    }

    pub fn add_account(&mut self, id: AccountId, sign_in: &str, name: &str, lang: Lang, at: Moment) {
        self.accounts.push(json!({
            "id": id, "sign_in": sign_in, "password_hash": cast::PASSWORD_HASH, "name": name, "lang": lang,
            "theme": "auto", "large_text": false, "is_demo": true, "created_at": at,
        }));
    }

    pub fn add_party(&mut self, estate: EstateId, id: PartyId, is_company: bool, name: &str, latin: &str, phone: &str) {
        let kind = if is_company { "organisation" } else { "person" };
        self.parties.push(json!({
            "estate_id": estate, "id": id, "kind": kind, "name": name, "latin_name": latin, "phone": phone,
        }));
    }

    pub fn add_stay(&mut self, stay: &Stay, id: uuid::Uuid) {
        self.occupancies.push(json!({
            "estate_id": stay.ground.id, "id": id, "unit_id": stay.unit.refer.id, "party_id": stay.party,
            "kind": stay.kind.tag(), "from_on": stay.from_on, "to_on": stay.to_on,
        }));
    }

    /// Somebody who reports from where they stay; with a login, in the app.
    pub fn add_dweller(&mut self, stay: &Stay, name: &str, lang: Lang, login: Option<Login>) {
        let resident = login.as_ref().map(|login| Resident {
            person: Person {
                account: login.account,
                name: login.name.to_owned(),
                manners: Manners { lang, ..Manners::default() },
            },
            homes: vec![Home {
                estate: stay.ground.id,
                zone: stay.ground.zone.clone(),
                unit: stay.unit.refer.clone(),
                party: stay.party,
                kind: stay.kind,
                from_on: stay.from_on,
            }],
        });
        if let Some(login) = &login {
            self.add_account(login.account, login.sign_in, login.name, login.lang, login.since);
            self.contacts.push(json!({
                "estate_id": stay.ground.id, "party_id": stay.party, "account_id": login.account,
            }));
        }
        self.dwellers.push(Dweller {
            sign_in: login.map(|login| login.sign_in.to_owned()),
            name: name.to_owned(),
            lang,
            party: stay.party,
            estate: stay.ground.id,
            unit: stay.unit.refer.id,
            building: stay.unit.building.clone(),
            floor: stay.unit.floor,
            from_on: stay.from_on,
            to_on: stay.to_on,
            resident,
        });
    }

    /// Names and sign-ins that are taken.
    pub fn taken(&self) -> (HashSet<String>, HashSet<String>) {
        let all = |field: &str| {
            self.accounts.iter().filter_map(|account| account[field].as_str()).map(str::to_owned).collect()
        };
        (all("name"), all("sign_in"))
    }

    /// Invites the first few who live here now and cannot sign in yet. Nobody knows the codes.
    pub fn invite(&mut self, colleagues: &[(EstateId, Colleague)], count: usize, now: Moment, today: NaiveDate) {
        let mut dice = Dice::of("invitations");
        let desk: Vec<(EstateId, StaffId)> = colleagues
            .iter()
            .filter(|(_, colleague)| colleague.is(Role::Receptionist))
            .map(|(estate, colleague)| (*estate, colleague.staff.id))
            .collect();
        let mut waiting: Vec<&Dweller> =
            self.dwellers.iter().filter(|dweller| dweller.resident.is_none() && dweller.is_there(today)).collect();
        dice.shuffle(&mut waiting);
        for dweller in waiting.into_iter().take(count) {
            let Some((_, by)) = desk.iter().find(|(estate, _)| *estate == dweller.estate) else {
                continue;
            };
            let issued_at = now - Duration::minutes(dice.between(90, 9 * 24 * 60));
            let hash: String = dice.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
            self.invitations.push(json!({
                "estate_id": dweller.estate, "id": dice.id::<uuid::Uuid>(issued_at), "unit_id": dweller.unit,
                "party_id": dweller.party, "code_hash": format!("\\x{hash}"), "issued_by": by,
                "issued_at": issued_at, "expires_at": issued_at + Duration::days(14),
            }));
        }
    }
}

/// Adds the residents of the named cast.
pub fn add_cast(rows: &mut Rows, grounds: &[Ground], now: Moment, today: NaiveDate) -> Result<(), Failure> {
    let mut dice = Dice::of("cast");
    for (position, person) in cast::RESIDENTS.iter().enumerate() {
        let (building, number) = person.home;
        let mut homes = grounds.iter().filter_map(|ground| Some((ground, ground.unit(building, number)?)));
        let (ground, unit) = homes.next().ok_or_else(|| format!("{} has no home.", person.sign_in))?;
        let stay = Stay {
            ground,
            unit,
            party: fixed_id(&format!("party {}", person.sign_in)),
            kind: person.kind,
            from_on: today - Duration::days(person.since),
            to_on: person.until.map(|days| today - Duration::days(days)),
        };
        let (name, latin) = person.company.map_or((person.name, person.latin), |company| (company, company));
        rows.add_party(ground.id, stay.party, person.company.is_some(), name, latin, person.phone);
        // The oldest accounts, in this order: sign-in offers them first.
        let since = now - Duration::days(1090) + Duration::minutes(i64::try_from(position)?);
        rows.add_stay(&stay, dice.id(since));
        let (account, sign_in, lang) = (dice.id(since), person.sign_in, person.lang);
        rows.add_dweller(&stay, person.name, lang, Some(Login { account, sign_in, name: person.name, lang, since }));
    }
    Ok(())
}
