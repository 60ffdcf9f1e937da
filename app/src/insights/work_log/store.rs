//! SQL of the work log: what a few people did between two instants, by the index of the record that names them first
//! (see the migration `log`). A day of them is read and nothing else.

use super::model::{LogContact, LogMatter, LogPast};
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, StaffId};
use crate::moment::Moment;
use crate::paging::page_of;
use crate::people::Scope;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Lines of a page.
const PAGE: i64 = 100;

/// What the record names somebody for though it only followed from what they did, and is said there; and the reading of
/// messages, which is no work.
const FOLLOWED: [&str; 7] = [
    "desk/followed_request",
    "desk/raised",
    "desk/wall_stopped",
    "messages/read",
    "requests/echoed",
    "requests/followed",
    "requests/shared",
];

/// One thing that somebody did.
pub struct Found {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// In which room.
    pub room: String,
    /// What, in the past tense.
    pub kind: String,
    /// To what.
    pub subject: Uuid,
    /// What the record says of it.
    pub details: serde_json::Value,
}

/// A page of what these people did, the latest first.
pub async fn list(
    db: &mut PgConnection,
    estate: EstateId,
    who: &[StaffId],
    (from, until): (Moment, Moment),
    after: Option<LogPast>,
) -> Result<(Vec<Found>, Option<LogPast>), Fault> {
    let (who, followed) = narrowed(who);
    let rows = sqlx::query!(
        "select h.id, h.at, h.room, h.kind, h.subject_id, h.details, a.name
         from happening h
         join staff_member m on m.estate_id = h.estate_id and m.id = h.by_staff_id
         join account a on a.id = m.account_id
         where h.estate_id = $1 and h.by_staff_id = any($2) and h.at >= $3 and h.at < $4
           and h.room || '/' || h.kind <> all($5)
           and ($6::timestamptz is null or (h.at, h.id) < ($6, $7))
         order by h.at desc, h.id desc limit $8",
        estate.0,
        &who,
        from,
        until,
        &followed,
        after.map(|after| after.at),
        after.map(|after| after.id),
        PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = page_of(rows, PAGE, |row| LogPast { at: row.at, id: row.id });
    let found = rows.into_iter().map(|row| Found {
        at: row.at,
        by: row.name,
        room: row.room,
        kind: row.kind,
        subject: row.subject_id,
        details: row.details,
    });
    Ok((found.collect(), next))
}

/// These people, and what is left out of what they did.
fn narrowed(who: &[StaffId]) -> (Vec<Uuid>, Vec<String>) {
    (who.iter().map(|id| id.0).collect(), FOLLOWED.map(str::to_owned).into())
}

/// How many things these people did, and on how many matters.
pub async fn count(
    db: &mut PgConnection,
    estate: EstateId,
    who: &[StaffId],
    (from, until): (Moment, Moment),
) -> Result<(i64, i64), Fault> {
    let (who, followed) = narrowed(who);
    let row = sqlx::query!(
        r#"select count(*) as "things!", count(distinct h.subject_id) filter (where h.room = 'requests') as "matters!"
           from happening h
           where h.estate_id = $1 and h.by_staff_id = any($2) and h.at >= $3 and h.at < $4
             and h.room || '/' || h.kind <> all($5)"#,
        estate.0,
        &who,
        from,
        until,
        &followed,
    )
    .fetch_one(db)
    .await?;
    Ok((row.things, row.matters))
}

/// Those of these matters that a scope sees.
pub async fn list_matters(
    db: &mut PgConnection,
    scope: Scope,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, LogMatter>, Fault> {
    let rows = sqlx::query!(
        "select r.id, r.code, i.name_en, i.name_hans, i.name_hant
         from request r
         join catalogue_item i on i.estate_id = r.estate_id and i.id = r.item_id
         where r.estate_id = $1 and r.id = any($2)
           and ($3::uuid is null or is_seen_by($3, r.estate_id, r.id, case when $4 then r.department_id end))",
        scope.estate.0,
        ids,
        scope.department().map(|id| id.0),
        scope.before_orders(),
    )
    .fetch_all(db)
    .await?;
    let matters = rows.into_iter().map(|row| {
        let item = Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant };
        (row.id, LogMatter { code: row.code, item })
    });
    Ok(matters.collect())
}

/// These contacts. Only for those who read the register.
pub async fn list_contacts(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, LogContact>, Fault> {
    let rows = sqlx::query!(
        r#"select id, received_at, left(words, 160) as "words!" from contact where estate_id = $1 and id = any($2)"#,
        estate.0,
        ids,
    )
    .fetch_all(db)
    .await?;
    let contacts = rows.into_iter().map(|row| {
        let contact = LogContact { id: row.id.into(), received_at: row.received_at, words: row.words };
        (row.id, contact)
    });
    Ok(contacts.collect())
}

/// Everybody who works in a department, or did.
pub async fn list_members(
    db: &mut PgConnection,
    estate: EstateId,
    department: DepartmentId,
) -> Result<Vec<StaffId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select id from staff_member where estate_id = $1 and department_id = $2",
        estate.0,
        department.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}
