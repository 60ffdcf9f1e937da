//! `steward found`: an estate of one's own with its departments, and the one person who lets all others in.

use app::backend::random;
use app::call::new_id;
use app::estate::{Names, is_zone};
use app::fault::{Fault, clean};
use app::ids::{AccountId, DepartmentId, EstateId, StaffId};
use app::moment::Moment;
use app::people::{LONGEST_SIGN_IN, Role, hash_password};
use app::policy::{self, Policy};
use app::texts::Lang;
use serde_json::json;
use sqlx::PgPool;

use crate::boot::Failure;
use crate::config::NewEstate;
use crate::demo::{Department, content, named, store};

/// Where the founder works.
const DEPARTMENT: &str = "customer-service";
/// As what: nobody else is there yet to decide anything.
const ROLES: [Role; 2] = [Role::SiteManager, Role::Administrator];
/// The longest name or e-mail address and the longest phone number, in characters.
const LONGEST_NAME: u32 = 120;
const LONGEST_PHONE: u32 = 40;

/// Makes it whole or not at all; returns the password with which its founder signs in.
pub async fn found(pool: &PgPool, wanted: &NewEstate, now: Moment) -> Result<String, Failure> {
    let wanted = checked(wanted)?;
    let [en, hans, hant] = [&wanted.name_en, &wanted.name_hans, &wanted.name_hant].map(String::clone);
    let names = Names { en, hans, hant };
    let (estate, account, staff): (EstateId, AccountId, StaffId) = (new_id(now)?, new_id(now)?, new_id(now)?);
    // Every estate has the same departments; those of the demo have their names.
    let departments = content()?.estates.estate.first().into_iter().flat_map(|estate| &estate.department);
    let departments: Vec<(DepartmentId, &Department)> =
        departments.map(|department| Ok((new_id(now)?, department))).collect::<Result<_, Fault>>()?;
    let own = departments.iter().find(|(_, department)| department.id == DEPARTMENT).map(|(id, _)| *id);
    let password = password()?;
    let hash = hash_password(password.clone()).await?;

    let estates = [named(
        json!({
            "id": estate, "zone": wanted.zone, "desk_phone": wanted.desk_phone,
            "complaint_phone": wanted.complaint_phone.as_ref().unwrap_or(&wanted.desk_phone), "email": wanted.email,
            "emergency_phone": wanted.emergency_phone, "duty_officer_id": staff, "code_prefix": wanted.prefix,
        }),
        &names,
    )];
    let row = |(position, (id, department)): (usize, &(DepartmentId, &Department))| {
        let row = json!({ "estate_id": estate, "id": id, "slug": department.id, "position": position });
        named(row, &department.named.names())
    };
    let rows: Vec<_> = departments.iter().enumerate().map(row).collect();
    let accounts = [json!({
        "id": account, "sign_in": wanted.admin_sign_in, "password_hash": hash, "name": wanted.admin_name,
        "lang": Lang::default(), "theme": "auto", "large_text": false, "is_demo": false, "created_at": now,
    })];
    let members = [json!({ "estate_id": estate, "id": staff, "account_id": account, "department_id": own })];
    let roles = ROLES.map(|role| json!({ "estate_id": estate, "staff_id": staff, "role": role, "granted_at": now }));
    let first = Policy { estate, version: 1, valid_from: now, terms: policy::standard::terms() };

    let mut transaction = pool.begin().await?;
    let taken = format!("There is an estate with the prefix {} already.", wanted.prefix);
    unless(store::insert(&mut transaction, store::ESTATES, &estates).await, "estate_code_prefix_key", taken)?;
    policy::store::insert(&mut transaction, &first, None, None, now).await?;
    store::insert(&mut transaction, store::DEPARTMENTS, &rows).await?;
    let taken = format!("Somebody signs in as {} already.", wanted.admin_sign_in);
    unless(store::insert(&mut transaction, store::ACCOUNTS, &accounts).await, "account_sign_in_key", taken)?;
    store::insert(&mut transaction, store::STAFF, &members).await?;
    store::insert(&mut transaction, store::ROLES, &roles).await?;
    transaction.commit().await?;
    Ok(password)
}

/// The wishes as they can be stored.
fn checked(wanted: &NewEstate) -> Result<NewEstate, Failure> {
    let text = |what: &str, value: &str, longest: u32| {
        let value = clean(value);
        match value.chars().count() {
            0 => Err(Failure::from(format!("The {what} is empty."))),
            length if length > longest as usize => {
                Err(Failure::from(format!("The {what} is longer than {longest} characters.")))
            }
            _ => Ok(value),
        }
    };
    if wanted.prefix.len() != 2 || !wanted.prefix.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err("The prefix is two capital letters, as in LY.".into());
    }
    if !is_zone(&wanted.zone) {
        return Err(format!("No time zone is named {}; they are named as in Asia/Shanghai.", wanted.zone).into());
    }
    let admin_sign_in = text("administrator's sign-in name", &wanted.admin_sign_in.to_lowercase(), LONGEST_SIGN_IN)?;
    if admin_sign_in.chars().count() < 3 {
        return Err("The administrator's sign-in name is shorter than 3 characters.".into());
    }
    let email = text("e-mail address", &wanted.email, LONGEST_NAME)?;
    if !is_address(&email) {
        return Err(format!("{email} is no e-mail address.").into());
    }
    let hotline = wanted.complaint_phone.as_ref();
    let complaint_phone = hotline.map(|phone| text("complaint hotline's number", phone, LONGEST_PHONE)).transpose()?;
    Ok(NewEstate {
        prefix: wanted.prefix.clone(),
        name_en: text("English name", &wanted.name_en, LONGEST_NAME)?,
        name_hans: text("name in Simplified Chinese", &wanted.name_hans, LONGEST_NAME)?,
        name_hant: text("name in Traditional Chinese", &wanted.name_hant, LONGEST_NAME)?,
        zone: wanted.zone.clone(),
        desk_phone: text("desk's phone number", &wanted.desk_phone, LONGEST_PHONE)?,
        complaint_phone,
        email,
        emergency_phone: text("emergency phone number", &wanted.emergency_phone, LONGEST_PHONE)?,
        admin_name: text("administrator's name", &wanted.admin_name, LONGEST_NAME)?,
        admin_sign_in,
    })
}

/// Whether mail can be sent there, as far as its form tells.
fn is_address(email: &str) -> bool {
    let halves = email.split_once('@');
    let is_whole = halves.is_some_and(|(whom, at)| !whom.is_empty() && !at.is_empty() && !at.contains('@'));
    is_whole && !email.contains(char::is_whitespace)
}

/// The outcome, or this sentence where the constraint refused.
fn unless(outcome: Result<(), Failure>, constraint: &str, sentence: String) -> Result<(), Failure> {
    outcome.map_err(|failure| {
        let refusal = failure.downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error);
        let is_it = refusal.is_some_and(|refusal| refusal.constraint() == Some(constraint));
        if is_it { Failure::from(sentence) } else { failure }
    })
}

/// Five groups of four, 80 bits: drawn, so that nobody guesses it before it is changed.
fn password() -> Result<String, Fault> {
    let groups = random::<10>()?;
    let groups = groups.chunks_exact(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1]));
    Ok(groups.collect::<Vec<_>>().join("-"))
}
