//! Who works in the offices: accounts, memberships, roles, and the proofs that the rules ask for.

use app::ids::{AccountId, BuildingId, EstateId, StaffId, VendorId};
use app::moment::Moment;
use app::people::{Actor, Manners, Person, Power, Role, Staff};
use chrono::Duration;
use serde_json::{Value, json};

use super::content::{Content, Member};
use super::dice::{fixed_id, nth_fixed_id};
use super::people::Rows;
use super::places::Ground;
use crate::boot::Failure;

/// Somebody of an office.
#[derive(Clone, Debug)]
pub struct Colleague {
    pub staff: Staff,
    /// Categories of the catalogue for which this person is sent first.
    pub skills: Vec<String>,
}

impl Colleague {
    pub fn actor(&self) -> Actor {
        Actor { account: Some(self.staff.person.account), staff: Some(self.staff.id) }
    }

    pub fn is(&self, role: Role) -> bool {
        self.staff.roles.contains(&role)
    }

    pub fn can(&self, power: Power) -> bool {
        self.staff.can(power)
    }

    /// Carries out orders with their own hands.
    pub fn is_in_the_field(&self) -> bool {
        [Role::Technician, Role::Cleaner, Role::Guard, Role::Gardener].iter().any(|role| self.is(*role))
    }
}

/// The membership of a person of staff.toml, the same in every demo; lists keep the order of the file.
fn staff_id(content: &Content, estate: &str, sign_in: &str) -> StaffId {
    let nth = content.staff.iter().position(|member| member.sign_in == sign_in).unwrap_or(0);
    nth_fixed_id(&format!("{estate} staff {sign_in}"), nth)
}

/// Who answers for an estate's new reports.
pub fn duty_officer(content: &Content, estate: &str) -> Option<StaffId> {
    let works_here = |member: &&Member| member.duty && member.estates.iter().any(|slug| slug == estate);
    content.staff.iter().find(works_here).map(|member| staff_id(content, estate, &member.sign_in))
}

/// Adds the staff whose sign-in is wanted, and returns the colleagues of every estate in the order of the file.
pub fn build(
    content: &Content,
    grounds: &[Ground],
    rows: &mut Rows,
    now: Moment,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(EstateId, Colleague)>, Failure> {
    let mut colleagues = Vec::new();
    let joined_at = now - Duration::days(1100);
    let founder: Option<AccountId> = content
        .staff
        .iter()
        .find(|member| member.roles.contains(&Role::Administrator))
        .map(|member| account_id(&member.sign_in));
    for member in content.staff.iter().filter(|member| wanted(&member.sign_in)) {
        let account = account_id(&member.sign_in);
        rows.add_account(account, &member.sign_in, &member.name, member.lang, joined_at);
        let manners = Manners { lang: member.lang, ..Manners::default() };
        let person = Person { account, name: member.name.clone(), manners };
        for ground in grounds.iter().filter(|ground| member.estates.contains(&ground.slug)) {
            let department = ground
                .department(&member.department)
                .ok_or_else(|| format!("{} works in an unknown department.", member.sign_in))?;
            let id = staff_id(content, &ground.slug, &member.sign_in);
            rows.staff.push(json!({
                "estate_id": ground.id, "id": id, "account_id": account, "department_id": department.id, "phone": member.phone,
            }));
            rows.roles.extend(member.roles.iter().map(|role| {
                json!({
                    "estate_id": ground.id, "staff_id": id, "role": role, "granted_at": joined_at,
                    "granted_by": founder.filter(|founder| *founder != account),
                })
            }));
            let staff = Staff {
                person: person.clone(),
                id,
                estate: ground.id,
                zone: ground.zone.clone(),
                department: department.clone(),
                roles: member.roles.clone(),
            };
            let colleague = Colleague { staff, skills: member.skills.clone() };
            describe(rows, ground, &colleague, colleagues.len());
            colleagues.push((ground.id, colleague));
        }
    }
    for ground in grounds {
        let mut office = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, one)| one);
        if let Some(by) = office.find(|one: &&Colleague| one.is(Role::SiteManager)) {
            rows.vendors.extend(VENDORS.iter().map(|vendor| firm(ground, vendor, by.staff.id, joined_at)));
        }
    }
    Ok(colleagues)
}

/// The firms that repair here: name, trade, contact, phone, mail.
const VENDORS: [(&str, &str, &str, &str, &str); 3] = [
    ("荔都电梯维保", "lift", "吴工", "+86 100 0555 7001", "service@lift.example"),
    ("清源水泵", "water", "岑小姐", "+86 100 0555 7002", "repair@pump.example"),
    ("安居门禁", "doors", "Mr Osei", "+86 100 0555 7003", "help@doors.example"),
];

fn firm(ground: &Ground, vendor: &(&str, &str, &str, &str, &str), by: StaffId, at: Moment) -> Value {
    let (name, trade, contact, phone, email) = *vendor;
    let trade = ground.problems.values().find(|problem| problem.category == trade).map(|problem| problem.category_id);
    json!({
        "estate_id": ground.id, "id": fixed_id::<VendorId>(&format!("{} vendor {email}", ground.slug)), "name": name,
        "category_id": trade, "contact": contact, "phone": phone, "email": email, "added_by": by, "added_at": at,
    })
}

/// What dispatchers are shown of somebody in the field: the trades of the file, every third building, and a shift;
/// each second guard watches at night.
fn describe(rows: &mut Rows, ground: &Ground, colleague: &Colleague, nth: usize) {
    if !colleague.is_in_the_field() {
        return;
    }
    let (estate, id) = (ground.id, colleague.staff.id);
    let mut categories = Vec::new();
    for skill in &colleague.skills {
        let found = ground.problems.values().find(|problem| problem.category == *skill);
        categories.extend(found.map(|problem| problem.category_id));
    }
    rows.skills.extend(
        categories.iter().map(|category| json!({ "estate_id": estate, "staff_id": id, "category_id": category })),
    );
    let mut buildings: Vec<&str> = ground.units.iter().map(|unit| unit.building.as_str()).collect();
    buildings.dedup();
    let theirs = buildings.iter().enumerate().filter(|(place, _)| place % 3 == nth % 3);
    rows.beats.extend(theirs.map(
        |(_, building)| json!({ "estate_id": estate, "staff_id": id, "building_id": fixed_id::<BuildingId>(building) }),
    ));
    let (from, until) = match nth % 2 {
        0 if colleague.is(Role::Guard) => (1200, 480),
        _ => (480, 1080),
    };
    rows.shifts.push(json!({
        "estate_id": estate, "staff_id": id, "days": [1, 2, 3, 4, 5, 6], "from_minute": from, "until_minute": until,
    }));
}

pub fn account_id(sign_in: &str) -> AccountId {
    fixed_id(&format!("account {sign_in}"))
}
