use super::super::model::{Colleague, Role};
use super::super::rules::Power;
use crate::estate::{DepartmentRef, Names};
use crate::fault::Fault;
use crate::ids::{AccountId, DepartmentId, EstateId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;
use uuid::Uuid;

/// A member of staff as they are stored, with the roles that they have, or had when they left.
struct Row {
    id: Uuid,
    name: String,
    phone: Option<String>,
    department_id: Uuid,
    slug: String,
    name_en: String,
    name_hans: String,
    name_hant: String,
    roles: Vec<String>,
}

impl From<Row> for Colleague {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            department: DepartmentRef {
                id: row.department_id.into(),
                slug: row.slug,
                names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            },
            roles: row.roles.iter().filter_map(|role| Role::from_tag(role)).collect(),
            phone: row.phone,
        }
    }
}

/// The estates in which an account is staff, first one first.
pub async fn list_memberships(db: &mut PgConnection, account: AccountId) -> Result<Vec<EstateId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select estate_id from staff_member where account_id = $1 and left_at is null order by id",
        account.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Everybody who works in the estate's office now, by department.
pub async fn list_team(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Colleague>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, a.name, m.phone, d.id as department_id, d.slug, d.name_en, d.name_hans, d.name_hant,
             array(select r.role from staff_role r where r.estate_id = m.estate_id and r.staff_id = m.id order by r.role) as "roles!"
           from staff_member m
           join account a on a.id = m.account_id
           join department d on d.estate_id = m.estate_id and d.id = m.department_id
           where m.estate_id = $1 and m.left_at is null
           order by d.position, a.name limit 500"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Somebody who works here, or did.
pub async fn find_person(db: &mut PgConnection, estate: EstateId, id: StaffId) -> Result<Option<Colleague>, Fault> {
    let row = sqlx::query_as!(
        Row,
        r#"select m.id, a.name, m.phone, d.id as department_id, d.slug, d.name_en, d.name_hans, d.name_hant,
             coalesce(m.left_as, array(select r.role from staff_role r
               where r.estate_id = m.estate_id and r.staff_id = m.id order by r.role)) as "roles!"
           from staff_member m
           join account a on a.id = m.account_id
           join department d on d.estate_id = m.estate_id and d.id = m.department_id
           where m.estate_id = $1 and m.id = $2"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// Those who left and of whom a lapse was noted, the last one first; at most 100.
pub async fn list_left(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Colleague>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, a.name, m.phone, d.id as department_id, d.slug, d.name_en, d.name_hans, d.name_hant,
             m.left_as as "roles!"
           from staff_member m
           join account a on a.id = m.account_id
           join department d on d.estate_id = m.estate_id and d.id = m.department_id
           where m.estate_id = $1 and m.left_at is not null
             and exists (select from conduct_lapse l where l.estate_id = m.estate_id and l.staff_id = m.id)
           order by m.left_at desc, m.id limit 100"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Those who take orders: who may work on them, with a present membership.
pub async fn list_hands(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Colleague>, Fault> {
    let mut team = list_team(db, estate).await?;
    team.retain(|colleague| colleague.roles.iter().any(|role| Power::of(*role).contains(&Power::Work)));
    Ok(team)
}

/// One colleague, locked, to change roles.
pub async fn lock_colleague(db: &mut PgConnection, estate: EstateId, id: StaffId) -> Result<Option<Colleague>, Fault> {
    sqlx::query!("select id from staff_member where estate_id = $1 and id = $2 for update", estate.0, id.0)
        .fetch_optional(&mut *db)
        .await?;
    Ok(list_team(db, estate).await?.into_iter().find(|colleague| colleague.id == id))
}

/// Gives a role, or takes it.
pub async fn save_role(
    db: &mut PgConnection,
    estate: EstateId,
    id: StaffId,
    role: Role,
    held: bool,
    by: AccountId,
    now: Moment,
) -> Result<(), Fault> {
    if held {
        sqlx::query!(
            "insert into staff_role (estate_id, staff_id, role, granted_by, granted_at) values ($1, $2, $3, $4, $5)
             on conflict do nothing",
            estate.0,
            id.0,
            role.tag(),
            by.0,
            now,
        )
        .execute(db)
        .await?;
    } else {
        sqlx::query!(
            "delete from staff_role where estate_id = $1 and staff_id = $2 and role = $3",
            estate.0,
            id.0,
            role.tag()
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// An account works in the office from now on; somebody who had left comes back.
pub async fn insert_member(
    db: &mut PgConnection,
    estate: EstateId,
    id: StaffId,
    account: AccountId,
    department: DepartmentId,
    phone: Option<&str>,
) -> Result<StaffId, Fault> {
    let id = sqlx::query_scalar!(
        "insert into staff_member (estate_id, id, account_id, department_id, phone) values ($1, $2, $3, $4, $5)
         on conflict (estate_id, account_id) do update
           set department_id = excluded.department_id, phone = excluded.phone, left_at = null, left_as = null
         returning id",
        estate.0,
        id.0,
        account.0,
        department.0,
        phone,
    )
    .fetch_one(db)
    .await?;
    Ok(id.into())
}

/// Whether somebody must be relieved first: they answer for what comes in, or hold a contact that became no request and
/// is theirs until another accepts it.
pub async fn must_be_relieved(db: &mut PgConnection, estate: EstateId, id: StaffId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from estate where id = $1 and duty_officer_id = $2)
             or exists (select from contact where estate_id = $1 and holder_id = $2 and stage in ('open', 'promised')
               and request_id is null) as "must!""#,
        estate.0,
        id.0,
    )
    .fetch_one(db)
    .await?)
}

/// A colleague leaves: no roles, but what they were is kept, and no session that works in this estate.
pub async fn end_membership(db: &mut PgConnection, estate: EstateId, id: StaffId, now: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "with gone as (
           update staff_member m
           set left_at = $3, left_as = array(select r.role from staff_role r
             where r.estate_id = m.estate_id and r.staff_id = m.id order by r.role)
           where m.estate_id = $1 and m.id = $2 returning m.account_id)
         update session s set revoked_at = $3 from gone
         where s.account_id = gone.account_id and s.estate_id = $1 and s.revoked_at is null",
        estate.0,
        id.0,
        now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from staff_role where estate_id = $1 and staff_id = $2", estate.0, id.0).execute(db).await?;
    Ok(())
}

/// The accounts of those who hold a role now, in the whole office or in one department.
pub async fn list_in_role(
    db: &mut PgConnection,
    estate: EstateId,
    role: Role,
    department: Option<DepartmentId>,
) -> Result<Vec<AccountId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select m.account_id from staff_role r
         join staff_member m on m.estate_id = r.estate_id and m.id = r.staff_id
         where r.estate_id = $1 and r.role = $2 and m.left_at is null and ($3::uuid is null or m.department_id = $3)
         limit 50",
        estate.0,
        role.tag(),
        department.map(|id| id.0),
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// The account of a member of staff who works here now.
pub async fn find_account_of(db: &mut PgConnection, estate: EstateId, id: StaffId) -> Result<Option<AccountId>, Fault> {
    let id = sqlx::query_scalar!(
        "select account_id from staff_member where estate_id = $1 and id = $2 and left_at is null",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}
