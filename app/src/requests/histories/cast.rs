//! Those who call, and the matter that they call about.

use super::super::code;
use super::super::model::{Case, Channel, Place, Report, Request};
use super::super::rules::Received;
use crate::estate::{DepartmentRef, Names, UnitKind, UnitRef};
use crate::ids::{AccountId, DepartmentId, EstateId, ItemId, PartyId, RequestId, StaffId, UnitId};
use crate::moment::Moment;
use crate::people::{Home, Manners, OccupancyKind, Person, Resident, Role, Staff};
use crate::services::Urgency;
use crate::texts::Lang;
use chrono::{Duration, NaiveDate, TimeZone, Utc};
use uuid::Uuid;

pub(super) fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn names(name: &str) -> Names {
    Names { en: name.to_owned(), hans: name.to_owned(), hant: name.to_owned() }
}

fn person(n: u128) -> Person {
    Person { account: AccountId(uuid(n)), name: format!("person {n}"), manners: Manners::default() }
}

fn staff(n: u128, department: u128, slug: &str, role: Role) -> Staff {
    let department = DepartmentRef { id: DepartmentId(uuid(department)), slug: slug.to_owned(), names: names(slug) };
    Staff {
        person: person(n),
        id: StaffId(uuid(n)),
        estate: EstateId(uuid(1)),
        zone: "Asia/Shanghai".to_owned(),
        department,
        roles: vec![role],
    }
}

pub(super) fn cast() -> Vec<Staff> {
    vec![
        staff(10, 100, "customer-service", Role::Coordinator),
        staff(11, 100, "customer-service", Role::Receptionist),
        staff(12, 200, "engineering", Role::Technician),
        staff(13, 200, "engineering", Role::Technician),
        staff(14, 200, "engineering", Role::Supervisor),
        staff(15, 200, "engineering", Role::Head),
        staff(16, 100, "customer-service", Role::SiteManager),
        staff(17, 300, "finance-admin", Role::Administrator),
        staff(18, 400, "cleaning", Role::Cleaner),
        staff(19, 400, "cleaning", Role::Supervisor),
    ]
}

pub(super) fn resident(n: u128, unit: u128) -> Resident {
    let unit = UnitRef {
        id: UnitId(uuid(unit)),
        building: names("Building"),
        number: "1203".to_owned(),
        kind: UnitKind::Flat,
    };
    let home = Home {
        estate: EstateId(uuid(1)),
        zone: "Asia/Shanghai".to_owned(),
        unit,
        party: PartyId(uuid(n)),
        kind: OccupancyKind::Owner,
        from_on: NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day"),
    };
    Resident { person: person(n), homes: vec![home] }
}

pub(super) fn noon() -> Moment {
    Utc.with_ymd_and_hms(2026, 11, 21, 4, 0, 0).single().expect("a moment")
}

pub(super) fn new_case() -> Case {
    let report = Report {
        item: ItemId(uuid(5)),
        place: Place::Home(UnitId(uuid(50))),
        words: "The tap drips".to_owned(),
        photos: Vec::new(),
        times: Vec::new(),
    };
    let new = Received {
        id: RequestId(uuid(6)),
        estate: EstateId(uuid(1)),
        code: code("LY", 6),
        channel: Channel::Web,
        lang: Lang::En,
        reporter: Some(AccountId(uuid(20))),
        party: Some(PartyId(uuid(20))),
        urgency: Urgency::Normal,
        department: DepartmentId(uuid(200)),
        answer_by: noon() + Duration::minutes(30),
        accountable: StaffId(uuid(10)),
    };
    Case { request: Request::receive(&report, new, noon()).0, orders: Vec::new() }
}
