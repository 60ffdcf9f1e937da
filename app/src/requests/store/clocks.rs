use crate::fault::Fault;
use crate::ids::{EstateId, RequestId};
use crate::moment::Moment;
use crate::policy::ClockKind;
use crate::requests::courses::Step;
use crate::requests::model::{Happening, Reckoned, Request};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// What clocks listen to among all that happened to a request, in order. Of the resident's own words there may be
/// any number, and no clock hears them.
pub async fn list_steps(db: &mut PgConnection, estate: EstateId, id: RequestId) -> Result<Vec<Step>, Fault> {
    let rows = sqlx::query!(
        r#"select at, details, by_staff_id is not null as "by_office!" from happening
           where estate_id = $1 and subject_id = $2 and room = 'requests' and kind <> 'noted'
             and (kind <> 'commented' or by_staff_id is not null)
           order by id"#,
        estate.0,
        id.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let happening: Happening = serde_json::from_value(row.details).ok()?;
            Some(Step { at: row.at, happening, by_office: row.by_office })
        })
        .collect())
}

/// Stores the clocks of a request as they were reckoned last.
pub async fn save_clocks(db: &mut PgConnection, request: &Request, clocks: &[Reckoned]) -> Result<(), Fault> {
    let rows: Vec<_> = clocks
        .iter()
        .map(|clock| {
            let deadline = &clock.deadline;
            json!({
                "life": clock.life, "kind": deadline.rule.kind.tag(), "policy_version": deadline.version,
                "minutes": deadline.rule.minutes, "counts": deadline.rule.counts.tag(),
                "started_at": deadline.started_at, "due_at": deadline.due_at, "stopped_at": deadline.stopped_at,
            })
        })
        .collect();
    sqlx::query!(
        "insert into request_clock (estate_id, request_id, life, kind, policy_version, minutes, counts, started_at, due_at, stopped_at)
         select $1, $2, c.life, c.kind, c.policy_version, c.minutes, c.counts, c.started_at, c.due_at, c.stopped_at
         from jsonb_to_recordset($3) as c (life int, kind text, policy_version int, minutes int, counts text,
           started_at timestamptz, due_at timestamptz, stopped_at timestamptz)
         on conflict (estate_id, request_id, life, kind) do update set
           policy_version = excluded.policy_version, minutes = excluded.minutes, counts = excluded.counts,
           started_at = excluded.started_at, due_at = excluded.due_at, stopped_at = excluded.stopped_at,
           told_at = case when excluded.due_at is not distinct from request_clock.due_at then request_clock.told_at end",
        request.estate.0,
        request.id.0,
        json!(rows),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The request of a clock that ran out and of which nobody was told, locked; the one that has waited longest, but for
/// those that are set aside. Those that another call holds are left to the next look.
pub async fn lock_missed(db: &mut PgConnection, now: Moment, aside: &[Uuid]) -> Result<Option<RequestId>, Fault> {
    let id = sqlx::query_scalar!(
        "select r.id from request_clock c
         join request r on r.estate_id = c.estate_id and r.id = c.request_id
         where c.stopped_at is null and c.due_at < $1 and c.told_at is null and c.request_id <> all($2)
         order by c.due_at limit 1 for update of r skip locked",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// Notes that those who answer for it are told now of the clocks of a request that ran out; which they are.
pub async fn tell_missed(
    db: &mut PgConnection,
    request: &Request,
    now: Moment,
) -> Result<Vec<(ClockKind, Moment)>, Fault> {
    let rows = sqlx::query!(
        r#"update request_clock set told_at = $3
           where estate_id = $1 and request_id = $2 and stopped_at is null and due_at < $3 and told_at is null
           returning kind, due_at as "due_at!""#,
        request.estate.0,
        request.id.0,
        now,
    )
    .fetch_all(db)
    .await?;
    let clock = |tag: &str| ClockKind::ALL.into_iter().find(|kind| kind.tag() == tag);
    Ok(rows.into_iter().filter_map(|row| Some((clock(&row.kind)?, row.due_at))).collect())
}
