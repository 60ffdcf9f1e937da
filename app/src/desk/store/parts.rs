use super::super::model::{Contact, Transfer, TransferTo};
use crate::fault::Fault;
use crate::ids::{AccountId, ContactId, DepartmentId, EstateId, LookupId, StaffId, TransferId};
use crate::moment::Moment;
use crate::people::{Role, Staff};
use sqlx::PgConnection;

/// Writes down that a contact is offered. There is one open offer a contact.
pub async fn insert_transfer(
    db: &mut PgConnection,
    contact: &Contact,
    offer: &Transfer,
    at: Moment,
) -> Result<(), Fault> {
    let (person, department) = match offer.to {
        TransferTo::Person(id) => (Some(id.0), None),
        TransferTo::Department(id) => (None, Some(id.0)),
    };
    sqlx::query!(
        "insert into contact_transfer (estate_id, id, contact_id, from_id, to_id, to_department_id, note, offered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        contact.estate.0,
        offer.id.0,
        contact.id.0,
        contact.holder.0,
        person,
        department,
        offer.note,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes down who took what came in by itself: once a contact.
pub async fn insert_claim(db: &mut PgConnection, contact: &Contact, by: StaffId, at: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "insert into contact_claim (estate_id, contact_id, claimed_by, claimed_at) values ($1, $2, $3, $4)",
        contact.estate.0,
        contact.id.0,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a contact was ever offered to somebody, or to their department.
pub async fn was_offered_to(db: &mut PgConnection, contact: &Contact, to: &Staff) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from contact_transfer
             where estate_id = $1 and contact_id = $2 and (to_id = $3 or to_department_id = $4)) as "exists!""#,
        contact.estate.0,
        contact.id.0,
        to.id.0,
        to.department.id.0,
    )
    .fetch_one(db)
    .await?)
}

/// The contacts that are offered to somebody themselves.
pub async fn list_offered(db: &mut PgConnection, estate: EstateId, to: StaffId) -> Result<Vec<ContactId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select contact_id from contact_transfer where estate_id = $1 and to_id = $2 and outcome is null order by contact_id",
        estate.0,
        to.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Writes down how an offer ended: accepted, refused, withdrawn; by nobody where it fell by itself.
pub async fn decide_transfer(
    db: &mut PgConnection,
    estate: EstateId,
    id: TransferId,
    outcome: &str,
    by: Option<StaffId>,
    reason: Option<&str>,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update contact_transfer set outcome = $3, decided_by = $4, decided_at = $5, reason = $6
         where estate_id = $1 and id = $2",
        estate.0,
        id.0,
        outcome,
        by.map(|id| id.0),
        at,
        reason,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Records that the three minutes passed; `false` where that is known.
pub async fn insert_breach(db: &mut PgConnection, contact: &Contact, now: Moment) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "insert into contact_breach (estate_id, contact_id, holder_id, due_at, recorded_at) values ($1, $2, $3, $4, $5)
         on conflict (estate_id, contact_id) do nothing",
        contact.estate.0,
        contact.id.0,
        contact.holder.0,
        contact.wall_due_at,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Records that a rung of the chain is told now; `false` where it was.
pub async fn insert_rung(
    db: &mut PgConnection,
    contact: &Contact,
    rung: i32,
    role: Role,
    now: Moment,
) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "insert into contact_rung (estate_id, contact_id, rung, role, told_at) values ($1, $2, $3, $4, $5)
         on conflict (estate_id, contact_id, rung) do nothing",
        contact.estate.0,
        contact.id.0,
        rung,
        role.tag(),
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether somebody holds a contact that waits for an answer.
pub async fn holds_any(db: &mut PgConnection, estate: EstateId, id: StaffId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from contact where estate_id = $1 and holder_id = $2
             and stage in ('open', 'promised')) as "exists!""#,
        estate.0,
        id.0,
    )
    .fetch_one(db)
    .await?)
}

/// The department of a member of staff.
pub async fn find_department(db: &mut PgConnection, estate: EstateId, id: StaffId) -> Result<DepartmentId, Fault> {
    let id =
        sqlx::query_scalar!("select department_id from staff_member where estate_id = $1 and id = $2", estate.0, id.0,)
            .fetch_one(db)
            .await?;
    Ok(id.into())
}

/// The accounts of those who work in a department now; at most 100.
pub async fn list_members(
    db: &mut PgConnection,
    estate: EstateId,
    department: DepartmentId,
) -> Result<Vec<AccountId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select account_id from staff_member where estate_id = $1 and department_id = $2 and left_at is null
         order by id limit 100",
        estate.0,
        department.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Writes down an outsider's question.
#[expect(clippy::too_many_arguments, reason = "the question's columns")]
pub async fn insert_lookup(
    db: &mut PgConnection,
    estate: EstateId,
    id: LookupId,
    asked_by: &str,
    purpose: &str,
    name: &str,
    found: i32,
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into outsider_lookup (estate_id, id, asked_by, purpose, name, found, looked_up_by, looked_up_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        estate.0,
        id.0,
        asked_by,
        purpose,
        name,
        found,
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
