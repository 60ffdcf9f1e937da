use crate::fault::Fault;
use crate::ids::{EstateId, OrderId, RequestId, StaffId};
use crate::moment::Moment;
use crate::people::Scope;
use sqlx::PgConnection;
use uuid::Uuid;

/// An orphaned matter, as its row tells.
pub struct OrphanRow {
    /// The matter.
    pub request: RequestId,
    /// Who left, by name.
    pub left: String,
    /// Who holds it since, by name.
    pub holder: String,
    /// The orders of it that are theirs now, the oldest first; of those that the reader sees.
    pub orders: Vec<OrderId>,
    /// By when somebody is in touch.
    pub contact_by: Moment,
}

/// The matters that somebody answers for, or for orders of which, and that have not ended.
pub async fn list_held(db: &mut PgConnection, estate: EstateId, who: StaffId) -> Result<Vec<RequestId>, Fault> {
    let ids = sqlx::query_scalar!(
        r#"select id as "id!" from (
             select id from request where estate_id = $1 and accountable_id = $2
               and stage not in ('confirmed', 'unconfirmed', 'archived', 'declined', 'cancelled', 'duplicate')
             union
             select request_id from work_order where estate_id = $1 and (accountable_id = $2 or assignee_id = $2)
               and stage not in ('refused', 'verified', 'cancelled')
           ) as held order by id"#,
        estate.0,
        who.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Who takes over from somebody: a supervisor of the department, else its head, else the site manager; not themselves.
pub async fn find_successor(db: &mut PgConnection, estate: EstateId, of: StaffId) -> Result<Option<StaffId>, Fault> {
    let id = sqlx::query_scalar!(
        "select m.id from staff_member m
         join staff_role r on r.estate_id = m.estate_id and r.staff_id = m.id
         join staff_member leaver on leaver.estate_id = m.estate_id and leaver.id = $2
         where m.estate_id = $1 and m.left_at is null and m.id <> $2
           and (r.role = 'site_manager' or (r.role in ('supervisor', 'head') and m.department_id = leaver.department_id))
         order by array_position(array['supervisor', 'head', 'site_manager'], r.role), m.id limit 1",
        estate.0,
        of.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// Writes down that a matter was orphaned; one that is already keeps its time, and has a new holder.
pub async fn insert_orphan(
    db: &mut PgConnection,
    id: Uuid,
    (estate, request): (EstateId, RequestId),
    (left, holder): (StaffId, StaffId),
    since: Moment,
    contact_by: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into orphan (estate_id, id, request_id, left_by, held_by, since, contact_by) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (estate_id, request_id) where contacted_at is null and settled_at is null do update set held_by = excluded.held_by",
        estate.0,
        id,
        request.0,
        left.0,
        holder.0,
        since,
        contact_by,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The orphaned matters within a scope that have not ended, the most pressing first; at most 100.
pub async fn list_orphans(db: &mut PgConnection, scope: Scope) -> Result<Vec<OrphanRow>, Fault> {
    let rows = sqlx::query!(
        r#"select o.request_id, la.name as "left", ha.name as "holder", o.contact_by,
             array(select w.id from work_order w
               where w.estate_id = o.estate_id and w.request_id = o.request_id and ($2::uuid is null or w.department_id = $2)
                 and w.stage not in ('refused', 'verified', 'cancelled')
                 and (w.accountable_id = o.held_by or w.assignee_id = o.held_by)
               order by w.issued_at, w.id) as "orders!"
           from orphan o
           join request r on r.estate_id = o.estate_id and r.id = o.request_id
           join staff_member l on l.estate_id = o.estate_id and l.id = o.left_by
           join account la on la.id = l.account_id
           join staff_member h on h.estate_id = o.estate_id and h.id = o.held_by
           join account ha on ha.id = h.account_id
           where o.estate_id = $1 and o.contacted_at is null and o.settled_at is null
             and ($2::uuid is null or is_seen_by($2, r.estate_id, r.id, case when $3 then r.department_id end))
           order by o.contact_by, o.id limit 100"#,
        scope.estate.0,
        scope.department().map(|id| id.0),
        scope.before_orders(),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OrphanRow {
            request: row.request_id.into(),
            left: row.left,
            holder: row.holder,
            orders: row.orders.into_iter().map(Into::into).collect(),
            contact_by: row.contact_by,
        })
        .collect())
}

/// Somebody was in touch; whether that was still owed.
pub async fn contact_orphan(
    db: &mut PgConnection,
    (estate, request): (EstateId, RequestId),
    words: &str,
    by: StaffId,
    at: Moment,
) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "update orphan set contacted_at = $3, contacted_by = $4, words = $5
         where estate_id = $1 and request_id = $2 and contacted_at is null and settled_at is null",
        estate.0,
        request.0,
        at,
        by.0,
        words,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes one matter with whose resident nobody was in touch in time, with who holds it, so that no other replica tells
/// of it too; none of the matters that are set aside.
pub async fn take_missed(
    db: &mut PgConnection,
    now: Moment,
    aside: &[Uuid],
) -> Result<Option<(RequestId, StaffId, Moment)>, Fault> {
    let row = sqlx::query!(
        "update orphan set missed_at = $1 where (estate_id, id) = (
           select estate_id, id from orphan
           where contact_by < $1 and contacted_at is null and settled_at is null and missed_at is null
             and request_id <> all($2)
           order by contact_by limit 1 for update skip locked)
         returning request_id, held_by, contact_by",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.request_id.into(), row.held_by.into(), row.contact_by)))
}
