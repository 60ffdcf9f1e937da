//! SQL of requests: the matter itself here, how it is read in `row`, its lists in `cards`, what belongs to
//! it in `parts`, its record in `timeline`.

mod attempts;
mod cards;
mod clocks;
mod open_courses;
mod parts;
mod promises;
mod queue;
mod row;
mod saved_views;
mod timeline;
mod together;

pub use attempts::{insert_attempt, list_attempts, list_ends};
pub use cards::{find_card, list_cards, list_mine, list_open};
pub use clocks::{list_steps, lock_missed, save_clocks, tell_missed};
pub use open_courses::{OpenCourse, list_open_courses};
pub use parts::*;
pub use promises::*;
pub use queue::{
    Meant, Owed, count_clocks, count_late, find_facets, list_newest, list_owed, list_register, list_versions, seen,
};
pub use row::{is_open_tag, read, stage_of};
pub use saved_views::*;
pub use timeline::{first_name, list_entries};
pub use together::{keep_since_mark, lock_leads, set_mark, undo_since_mark};

use super::model::{Case, Place, PreferredTime, Request, Stage, WaitingFrom};
use crate::fault::Fault;
use crate::ids::{EstateId, RequestId};
use crate::people::{Resident, Scope};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// Stores a new request.
pub async fn insert(db: &mut PgConnection, request: &Request, times: &[PreferredTime]) -> Result<(), Fault> {
    let (unit, area, floor) = match request.place {
        Place::Home(unit) => (Some(unit.0), None, None),
        Place::Common { area, floor } => (None, Some(area.0), floor),
    };
    sqlx::query!(
        "insert into request (estate_id, id, code, stage, stage_at, item_id, urgency, channel, unit_id, area_id, floor, words,
           lang, reporter_id, party_id, department_id, accountable_id, promised_at, promise_kind, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        request.estate.0,
        request.id.0,
        request.code,
        request.stage.tag(),
        request.stage_at,
        request.item.0,
        request.urgency.tag(),
        request.channel.tag(),
        unit,
        area,
        floor,
        request.words,
        request.lang.tag(),
        request.reporter.map(|id| id.0),
        request.party.map(|id| id.0),
        request.department.0,
        request.accountable.map(|id| id.0),
        request.promise.map(|promise| promise.due_at),
        request.promise.map(|promise| promise.kind.tag()),
        request.received_at,
    )
    .execute(&mut *db)
    .await?;
    let days: Vec<NaiveDate> = times.iter().map(|time| time.on).collect();
    let parts: Vec<String> = times.iter().map(|time| time.part.tag().to_owned()).collect();
    sqlx::query!(
        "insert into preferred_time (estate_id, request_id, on_date, part)
         select $1, $2, wish.on_date, wish.part from unnest($3::date[], $4::text[]) as wish (on_date, part)
         on conflict do nothing",
        request.estate.0,
        request.id.0,
        &days,
        &parts,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move. The database refuses it where the move is not on the table.
pub async fn save(db: &mut PgConnection, request: &mut Request) -> Result<(), Fault> {
    let (on, from) = match &request.stage {
        Stage::Waiting { on, from: WaitingFrom::Triaged } => (Some(on.tag()), Some("triaged")),
        Stage::Waiting { on, from: WaitingFrom::InProgress } => (Some(on.tag()), Some("in_progress")),
        _ => (None, None),
    };
    let reason = match &request.stage {
        Stage::Declined { reason } => Some(reason.as_str()),
        _ => None,
    };
    let duplicate_of = match &request.stage {
        Stage::Duplicate { of } => Some(of.0),
        _ => None,
    };
    request.version += 1;
    sqlx::query!(
        "update request set version = $3, stage = $4, stage_at = $5, waiting_on = $6, waiting_from = $7, stage_reason = $8,
           duplicate_of = $9, urgency = $10, department_id = $11, accountable_id = $12, promised_at = $13, promise_kind = $14,
           reopened_times = $15, reopened_at = $16
         where estate_id = $1 and id = $2",
        request.estate.0,
        request.id.0,
        request.version,
        request.stage.tag(),
        request.stage_at,
        on,
        from,
        reason,
        duplicate_of,
        request.urgency.tag(),
        request.department.0,
        request.accountable.map(|id| id.0),
        request.promise.map(|promise| promise.due_at),
        request.promise.map(|promise| promise.kind.tag()),
        request.reopened_times,
        request.reopened_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The request of an id within a staff scope, locked with its orders until the transaction ends.
pub async fn lock(db: &mut PgConnection, scope: Scope, id: RequestId) -> Result<Option<Case>, Fault> {
    let found = sqlx::query!(
        "select id from request where estate_id = $1 and id = $2
           and ($3::uuid is null or is_seen_by($3, estate_id, id, case when $4 then department_id end)) for update",
        scope.estate.0,
        id.0,
        scope.department().map(|id| id.0),
        scope.before_orders(),
    )
    .fetch_optional(&mut *db)
    .await?;
    if found.is_some() { read(db, id).await.map(Some) } else { Ok(None) }
}

/// Locks several requests of a staff scope in the order of their ids, so that no two calls hold what the other
/// one waits for.
pub async fn lock_together(db: &mut PgConnection, scope: Scope, ids: &[RequestId]) -> Result<(), Fault> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    sqlx::query!(
        "select id from request where estate_id = $1 and id = any($2)
           and ($3::uuid is null or is_seen_by($3, estate_id, id, case when $4 then department_id end)) order by id for update",
        scope.estate.0,
        &ids,
        scope.department().map(|id| id.0),
        scope.before_orders(),
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Any request of the estate, locked with its orders: for those who came to it through an order of theirs.
pub async fn lock_any(db: &mut PgConnection, estate: EstateId, id: RequestId) -> Result<Option<Case>, Fault> {
    let found = sqlx::query!("select id from request where estate_id = $1 and id = $2 for update", estate.0, id.0)
        .fetch_optional(&mut *db)
        .await?;
    if found.is_some() { read(db, id).await.map(Some) } else { Ok(None) }
}

/// The request of an id that is a resident's to see, locked with its orders.
pub async fn lock_theirs(db: &mut PgConnection, resident: &Resident, id: RequestId) -> Result<Option<Case>, Fault> {
    let (units, since) = homes(resident);
    let found = sqlx::query!(
        "select id from request
         where id = $1 and (reporter_id = $2 or is_of_homes($3, $4, estate_id, unit_id, received_at)) for update",
        id.0,
        resident.person.account.0,
        &units,
        &since,
    )
    .fetch_optional(&mut *db)
    .await?;
    if found.is_some() { read(db, id).await.map(Some) } else { Ok(None) }
}

/// The id of a code within a staff scope.
pub async fn find_id(db: &mut PgConnection, scope: Scope, code: &str) -> Result<Option<RequestId>, Fault> {
    let id = sqlx::query_scalar!(
        "select id from request where estate_id = $1 and code = $2
           and ($3::uuid is null or is_seen_by($3, estate_id, id, case when $4 then department_id end))",
        scope.estate.0,
        code,
        scope.department().map(|id| id.0),
        scope.before_orders(),
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// Whether a request lies within a staff scope.
pub async fn is_within(db: &mut PgConnection, scope: Scope, id: RequestId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from request where estate_id = $1 and id = $2
             and ($3::uuid is null or is_seen_by($3, estate_id, id, case when $4 then department_id end))) as "is_within!""#,
        scope.estate.0,
        id.0,
        scope.department().map(|id| id.0),
        scope.before_orders(),
    )
    .fetch_one(db)
    .await?)
}

/// The time zone of a request's estate. Only for ids that a scoped look-up returned.
pub async fn find_zone(db: &mut PgConnection, id: RequestId) -> Result<String, Fault> {
    Ok(sqlx::query_scalar!("select e.zone from request r join estate e on e.id = r.estate_id where r.id = $1", id.0)
        .fetch_one(db)
        .await?)
}

/// The id of a code that is a resident's to see.
pub async fn find_their_id(db: &mut PgConnection, resident: &Resident, code: &str) -> Result<Option<RequestId>, Fault> {
    let (units, since) = homes(resident);
    let id = sqlx::query_scalar!(
        "select r.id from request r join estate e on e.id = r.estate_id
         where e.code_prefix = left($1, 2) and r.code = $1 and (
           r.reporter_id = $2 or is_of_homes($3, $4, r.estate_id, r.unit_id, r.received_at))",
        code,
        resident.person.account.0,
        &units,
        &since,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// What a resident occupies, and since when, as two arrays.
fn homes(resident: &Resident) -> (Vec<Uuid>, Vec<NaiveDate>) {
    resident.homes.iter().map(|home| (home.unit.id.0, home.from_on)).unzip()
}
