use super::super::ledger::Outcome;
use super::super::model::{Promise, PromiseKind, Request};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, PromiseId, RequestId, StaffId};
use crate::moment::Moment;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// Adds a promise to the record; it supersedes the one that was written last, whatever time the call that wrote that
/// one began at: of two calls that wait for a request, the later may have begun earlier. Each is made after the one
/// before it, and no earlier than it happens. Whoever adds one has locked the request, or just stored it.
pub async fn insert_promise(
    db: &mut PgConnection,
    id: PromiseId,
    request: &Request,
    promise: Promise,
    made_by: Option<StaffId>,
    reason: Option<&str>,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "with newest as (
           select p.id, p.made_at from promise p
           where p.estate_id = $1 and p.request_id = $3
             and not exists (select from promise next where next.estate_id = p.estate_id and next.supersedes = p.id)
           order by p.made_at desc, p.id desc limit 1)
         insert into promise (estate_id, id, request_id, kind, due_at, made_by, made_at, reason, supersedes)
         values ($1, $2, $3, $4, $5, $6,
           greatest(happens_at($1, $3, $7), (select made_at + interval '1 microsecond' from newest)), $8,
           (select id from newest))",
        request.estate.0,
        id.0,
        request.id.0,
        promise.kind.tag(),
        promise.due_at,
        made_by.map(|id| id.0),
        at,
        reason,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a person told the resident a time since the request last came in.
pub async fn was_promised(db: &mut PgConnection, request: &Request) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from promise where estate_id = $1 and request_id = $2 and made_by is not null
             and made_at > coalesce($3, '-infinity'::timestamptz)) as "exists!""#,
        request.estate.0,
        request.id.0,
        request.reopened_at,
    )
    .fetch_one(db)
    .await?)
}

/// A promise that runs.
#[derive(Clone, Copy, Debug)]
pub struct RunningPromise {
    /// The promise.
    pub id: PromiseId,
    /// What is promised.
    pub promise: Promise,
    /// When whatever is recorded next happens to the request, by which it is judged.
    pub judged_at: Moment,
}

/// The promise of a request that still runs. Whoever asks has locked the request.
pub async fn find_running(
    db: &mut PgConnection,
    request: &Request,
    now: Moment,
) -> Result<Option<RunningPromise>, Fault> {
    let row = sqlx::query!(
        r#"select promise_id, kind, due_at, happens_at(estate_id, request_id, $3) as "judged_at!"
           from promise_running where estate_id = $1 and request_id = $2"#,
        request.estate.0,
        request.id.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| {
        let promise = Promise { kind: PromiseKind::from_tag(&row.kind)?, due_at: row.due_at };
        Some(RunningPromise { id: row.promise_id.into(), promise, judged_at: row.judged_at })
    }))
}

/// The promise that was written last, which none supersedes, runs from now on.
pub async fn run_promise(db: &mut PgConnection, request: &Request) -> Result<(), Fault> {
    sqlx::query!(
        "insert into promise_running (estate_id, request_id, promise_id, kind, due_at)
         select p.estate_id, p.request_id, p.id, p.kind, p.due_at from promise p
         where p.estate_id = $1 and p.request_id = $2
           and not exists (select from promise next where next.estate_id = p.estate_id and next.supersedes = p.id)
         order by p.made_at desc, p.id desc limit 1",
        request.estate.0,
        request.id.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes down how the running promise ended.
pub async fn end_promise(
    db: &mut PgConnection,
    request: &Request,
    id: PromiseId,
    outcome: Outcome,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "with ended as (delete from promise_running where estate_id = $1 and request_id = $2 and promise_id = $3)
         insert into promise_end (estate_id, promise_id, outcome, ended_at) values ($1, $3, $4, $5)",
        request.estate.0,
        request.id.0,
        id.0,
        outcome.tag(),
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The request of a running promise whose time has passed, locked; the one that has waited longest, but for those that
/// are set aside. Those that another call holds are left to it, or to the next look.
pub async fn lock_lapsed(db: &mut PgConnection, now: Moment, aside: &[Uuid]) -> Result<Option<RequestId>, Fault> {
    let id = sqlx::query_scalar!(
        "select r.id from promise_running p
         join request r on r.estate_id = p.estate_id and r.id = p.request_id
         where p.due_at < $1 and p.request_id <> all($2) order by p.due_at limit 1 for update of r skip locked",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// Those whom a request concerns at home: who reported it, else who occupies its unit now.
pub async fn list_readers(db: &mut PgConnection, request: &Request, now: Moment) -> Result<Vec<AccountId>, Fault> {
    if let Some(reporter) = request.reporter {
        return Ok(vec![reporter]);
    }
    let Some(unit) = request.place.unit() else { return Ok(Vec::new()) };
    let ids = sqlx::query_scalar!(
        "select distinct pa.account_id from occupancy o
         join estate e on e.id = o.estate_id
         join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
         where o.estate_id = $1 and o.unit_id = $2 and o.from_on <= ($3 at time zone e.zone)::date
           and (o.to_on is null or o.to_on >= ($3 at time zone e.zone)::date) limit 20",
        request.estate.0,
        unit.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// How the promises of a past ended that is written down all at once: the demo's. The others run on.
pub async fn insert_past(db: &mut PgConnection, ended: &[(EstateId, PromiseId, Outcome, Moment)]) -> Result<(), Fault> {
    let rows: Vec<_> = ended
        .iter()
        .map(|(estate, id, outcome, at)| json!({ "e": estate, "p": id, "o": outcome.tag(), "at": at }))
        .collect();
    sqlx::query!(
        "insert into promise_end (estate_id, promise_id, outcome, ended_at)
         select e, p, o, at from jsonb_to_recordset($1) as r (e uuid, p uuid, o text, at timestamptz)",
        json!(rows),
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into promise_running (estate_id, request_id, promise_id, kind, due_at)
         select p.estate_id, p.request_id, p.id, p.kind, p.due_at from promise p
         where not exists (select from promise_end e where e.estate_id = p.estate_id and e.promise_id = p.id)",
    )
    .execute(db)
    .await?;
    Ok(())
}
