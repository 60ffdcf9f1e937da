//! SQL of the rows behind figures (see the migration `figure_rows`).

use super::model::{Figure, LateContact, Past};
use crate::estate::{Names, UnitRef, store::kind_of};
use crate::fault::Fault;
use crate::ids::{ContactId, EstateId, RequestId};
use crate::moment::Moment;
use crate::paging::page_of;
use crate::people::Scope;
use chrono::NaiveDate;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows of a page.
const PAGE: i32 = 30;

/// One of what was counted, and what it leads to.
pub struct Found {
    /// What was counted.
    pub id: Uuid,
    /// The matter.
    pub request: Option<RequestId>,
    /// The contact at the desk.
    pub contact: Option<ContactId>,
    /// When; the beginning of its day in UTC where only that is known.
    pub at: Moment,
    /// On which day on the estate's wall.
    pub on: NaiveDate,
    /// The stars of a rating: the sum of its four axes.
    pub stars: Option<i32>,
}

/// A page of what was counted from one day to another under a part of the estate, the latest first. `part` is a facet
/// of the tallies, with an item by its id.
pub async fn list(
    db: &mut PgConnection,
    estate: EstateId,
    figure: Figure,
    part: &str,
    (from, until): (NaiveDate, NaiveDate),
    after: Option<Past>,
) -> Result<(Vec<Found>, Option<Past>), Fault> {
    let rows = sqlx::query!(
        r#"select f.id as "id!", f.request_id, f.contact_id, f.at as "at!", f.day as "day!",
             a.attitude + a.conduct + a.speed + a.result as stars
           from list_figure($1, $2, $3, $4, $5, $6, $7, $8) f
           left join rating a on $2 in ('rated', 'satisfied', 'unsatisfied')
             and a.estate_id = $1 and a.request_id = f.request_id and a.rated_at = f.at
           order by f.at desc, f.id desc"#,
        estate.0,
        figure.tag(),
        part,
        from,
        until,
        after.map(|after| after.at),
        after.map(|after| after.id),
        PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = page_of(rows, PAGE, |row| Past { at: row.at, id: row.id });
    let found = rows.into_iter().map(|row| Found {
        id: row.id,
        request: row.request_id.map(Into::into),
        contact: row.contact_id.map(Into::into),
        at: row.at,
        on: row.day,
        stars: row.stars,
    });
    Ok((found.collect(), next))
}

/// Those of these matters that a scope sees, in no order.
pub async fn list_seen(db: &mut PgConnection, scope: Scope, ids: &[RequestId]) -> Result<Vec<RequestId>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let seen = sqlx::query_scalar!(
        "select r.id from request r
         where r.estate_id = $1 and r.id = any($2)
           and ($3::uuid is null or is_seen_by($3, r.estate_id, r.id, case when $4 then r.department_id end))",
        scope.estate.0,
        &ids,
        scope.department().map(|id| id.0),
        scope.before_orders(),
    )
    .fetch_all(db)
    .await?;
    Ok(seen.into_iter().map(Into::into).collect())
}

/// These contacts, each with whoever held it when its time was over. Only for those who read the register.
pub async fn list_contacts(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[ContactId],
) -> Result<HashMap<ContactId, LateContact>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select x.contact_id, a.name, c.received_at, left(c.words, 160) as "words!", r.code as "code?",
             u.id as "unit_id?", u.number as "number?", u.kind as "kind?",
             b.name_en as "name_en?", b.name_hans as "name_hans?", b.name_hant as "name_hant?"
           from contact_breach x
           join contact c on c.estate_id = x.estate_id and c.id = x.contact_id
           join staff_member m on m.estate_id = x.estate_id and m.id = x.holder_id
           join account a on a.id = m.account_id
           left join request r on r.estate_id = c.estate_id and r.id = c.request_id
           left join unit u on u.estate_id = c.estate_id and u.id = c.unit_id
           left join building b on b.estate_id = u.estate_id and b.id = u.building_id
           where x.estate_id = $1 and x.contact_id = any($2)"#,
        estate.0,
        &ids,
    )
    .fetch_all(db)
    .await?;
    let contacts = rows.into_iter().map(|row| {
        let unit = match (row.unit_id, row.number, row.kind, row.name_en, row.name_hans, row.name_hant) {
            (Some(id), Some(number), Some(kind), Some(en), Some(hans), Some(hant)) => {
                Some(UnitRef { id: id.into(), building: Names { en, hans, hant }, number, kind: kind_of(&kind) })
            }
            _ => None,
        };
        let id = ContactId(row.contact_id);
        let (received_at, words, holder, code) = (row.received_at, row.words, row.name, row.code);
        (id, LateContact { id, received_at, words, unit, holder, code })
    });
    Ok(contacts.collect())
}
