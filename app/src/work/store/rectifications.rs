use crate::fault::Fault;
use crate::ids::{OrderId, RequestId};
use crate::moment::Moment;
use crate::people::Scope;
use crate::work::CheckAfter;
use sqlx::PgConnection;

/// A rectification item that is open, as its row tells.
pub struct ToCheck {
    /// The matter.
    pub request: RequestId,
    /// The order, and its place in the list.
    pub place: CheckAfter,
    /// When it is due.
    pub due_at: Option<Moment>,
}

/// Open rectification items within a scope: those that wait for a check first, then by their matter's promise, else by
/// its clock; one more than asked where there are more.
pub async fn list_to_check(
    db: &mut PgConnection,
    scope: Scope,
    after: Option<CheckAfter>,
    most: i64,
) -> Result<Vec<ToCheck>, Fault> {
    let rows = sqlx::query!(
        r#"select o.id as "id!", o.request_id as "request_id!", o.is_awaited as "is_awaited!", o.due_at as "due_at?",
             o.sorted_at as "sorted_at!"
           from (
             select w.id, w.request_id, w.stage = 'completed' as is_awaited, due.at as due_at,
               coalesce(due.at, '9999-01-01 00:00Z'::timestamptz) as sorted_at
             from work_order w
             join request r on r.estate_id = w.estate_id and r.id = w.request_id
             left join lateral (
               select coalesce(r.promised_at, (
                 select c.due_at from request_clock c
                 where c.estate_id = r.estate_id and c.request_id = r.id and c.kind = 'resolve' and c.stopped_at is null
                 order by c.life desc limit 1)) as at
             ) due on true
             where w.estate_id = $1 and ($2::uuid is null or w.department_id = $2) and w.asks @> array['check']
               and w.stage in ('issued', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'rework')
           ) o
           where $3::boolean is null or (not o.is_awaited, o.sorted_at, o.id) > (not $3, $4, $5)
           order by not o.is_awaited, o.sorted_at, o.id limit $6"#,
        scope.estate.0,
        scope.department().map(|id| id.0),
        after.map(|after| after.is_awaited),
        after.map(|after| after.at),
        after.map(|after| after.order.0),
        most + 1,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ToCheck {
            request: row.request_id.into(),
            place: CheckAfter { is_awaited: row.is_awaited, at: row.sorted_at, order: row.id.into() },
            due_at: row.due_at,
        })
        .collect())
}

/// The rectification items within a scope that were checked last, the latest first, with their matters.
pub async fn list_checked(db: &mut PgConnection, scope: Scope, most: i64) -> Result<Vec<(OrderId, RequestId)>, Fault> {
    let rows = sqlx::query!(
        "select id, request_id from work_order
         where estate_id = $1 and ($2::uuid is null or department_id = $2)
           and asks @> array['check'] and stage = 'verified'
         order by stage_at desc limit $3",
        scope.estate.0,
        scope.department().map(|id| id.0),
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.request_id.into())).collect())
}
