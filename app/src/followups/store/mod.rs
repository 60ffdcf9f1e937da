//! SQL of follow-ups: seeds, who was drawn and what they said here, what the page lists in `lists`.

mod lists;

pub use lists::*;

use super::model::{Answer, FollowUp, FollowUpMeans, FollowUpStage, Missed, PastSeed};
use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::{EstateId, FollowUpId, RequestId, StaffId};
use crate::moment::Moment;
use crate::people::Scope;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// The seed of a month, by its first day.
pub async fn find_seed(db: &mut PgConnection, estate: EstateId, month: NaiveDate) -> Result<Option<String>, Fault> {
    Ok(sqlx::query_scalar!("select seed from follow_up_seed where estate_id = $1 and month = $2", estate.0, month)
        .fetch_optional(db)
        .await?)
}

/// Stores the seed of a month, unless somebody was faster.
pub async fn insert_seed(
    db: &mut PgConnection,
    estate: EstateId,
    month: NaiveDate,
    seed: &str,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into follow_up_seed (estate_id, month, seed, made_at) values ($1, $2, $3, $4) on conflict do nothing",
        estate.0,
        month,
        seed,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The seeds of the last twelve months before this one, the latest first.
pub async fn list_seeds(db: &mut PgConnection, estate: EstateId, before: NaiveDate) -> Result<Vec<PastSeed>, Fault> {
    let rows = sqlx::query!(
        "select month, seed from follow_up_seed where estate_id = $1 and month < $2 order by month desc limit 12",
        estate.0,
        before,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| PastSeed { month: row.month, seed: row.seed }).collect())
}

/// Stores who was drawn; each life of a request once.
pub async fn insert(db: &mut PgConnection, follow_up: &FollowUp) -> Result<(), Fault> {
    sqlx::query!(
        "insert into follow_up (estate_id, id, request_id, life, department_id, drawn_at, policy_version, rate, version,
           stage, stage_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (estate_id, request_id, life) do nothing",
        follow_up.estate.0,
        follow_up.id.0,
        follow_up.request.0,
        follow_up.life,
        follow_up.department.0,
        follow_up.drawn_at,
        follow_up.policy_version,
        i32::try_from(follow_up.rate).unwrap_or(100),
        follow_up.version,
        follow_up.stage.tag(),
        follow_up.stage_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move. The database refuses it to whoever had a hand in the request.
pub async fn save(db: &mut PgConnection, follow_up: &mut FollowUp) -> Result<(), Fault> {
    let (answer, by) = match &follow_up.stage {
        FollowUpStage::Done { answer, by } => (Some(answer), Some(*by)),
        FollowUpStage::Unreachable { by } => (None, Some(*by)),
        FollowUpStage::Drawn | FollowUpStage::Dropped => (None, None),
    };
    follow_up.version += 1;
    sqlx::query!(
        "update follow_up set version = $3, stage = $4, stage_at = $5, means = $6, satisfied = $7, words = $8, asked_by = $9
         where estate_id = $1 and id = $2",
        follow_up.estate.0,
        follow_up.id.0,
        follow_up.version,
        follow_up.stage.tag(),
        follow_up.stage_at,
        answer.map(|answer| answer.means.tag()),
        answer.map(|answer| answer.satisfied),
        answer.and_then(|answer| answer.words.as_deref()),
        by.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The request of a follow-up that somebody of this scope may ask about: supervisors and heads of trades ask about what
/// other departments did.
pub async fn find_request(db: &mut PgConnection, scope: Scope, id: FollowUpId) -> Result<Option<RequestId>, Fault> {
    let id = sqlx::query_scalar!(
        "select f.request_id from follow_up f
         where f.estate_id = $1 and f.id = $2
           and ($3::uuid is null or not is_seen_by($3, f.estate_id, f.request_id, f.department_id))",
        scope.estate.0,
        id.0,
        scope.department().map(|id| id.0),
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// The follow-up of a request that nobody has answered yet. Its request is locked first, as whoever moves that does.
pub async fn lock_open(db: &mut PgConnection, estate: EstateId, request: RequestId) -> Result<Option<FollowUp>, Fault> {
    let id = sqlx::query_scalar!(
        "select id from follow_up where estate_id = $1 and request_id = $2 and stage = 'drawn'
         order by life desc limit 1 for update",
        estate.0,
        request.0,
    )
    .fetch_optional(&mut *db)
    .await?;
    match id {
        Some(id) => find(db, estate, id.into()).await,
        None => Ok(None),
    }
}

/// One follow-up of an estate, locked until the transaction ends; only after its request.
pub async fn lock(db: &mut PgConnection, estate: EstateId, id: FollowUpId) -> Result<Option<FollowUp>, Fault> {
    sqlx::query!("select id from follow_up where estate_id = $1 and id = $2 for update", estate.0, id.0)
        .fetch_optional(&mut *db)
        .await?;
    find(db, estate, id).await
}

async fn find(db: &mut PgConnection, estate: EstateId, id: FollowUpId) -> Result<Option<FollowUp>, Fault> {
    let row = sqlx::query!(
        "select request_id, life, department_id, drawn_at, policy_version, rate, version, stage, stage_at, means,
           satisfied, words, asked_by
         from follow_up where estate_id = $1 and id = $2",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let answer = answer_of(row.means.as_deref(), row.satisfied, row.words);
    let stage = match (row.stage.as_str(), answer, row.asked_by) {
        ("drawn", ..) => FollowUpStage::Drawn,
        ("done", Some(answer), Some(by)) => FollowUpStage::Done { answer, by: by.into() },
        ("unreachable", _, Some(by)) => FollowUpStage::Unreachable { by: by.into() },
        ("dropped", ..) => FollowUpStage::Dropped,
        _ => return Err(broken("a stored follow-up cannot be read", &id)),
    };
    Ok(Some(FollowUp {
        id,
        estate,
        request: row.request_id.into(),
        life: row.life,
        department: row.department_id.into(),
        drawn_at: row.drawn_at,
        policy_version: row.policy_version,
        rate: u32::try_from(row.rate).unwrap_or_default(),
        version: row.version,
        stage,
        stage_at: row.stage_at,
    }))
}

fn answer_of(means: Option<&str>, satisfied: Option<bool>, words: Option<String>) -> Option<Answer> {
    Some(Answer { means: FollowUpMeans::from_tag(means?)?, satisfied: satisfied?, words })
}

/// Whether somebody had a hand in the request of a follow-up.
pub async fn had_a_hand(db: &mut PgConnection, of: &FollowUp, who: StaffId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(had_a_hand($1, $2, $3), false) as "had!""#,
        of.estate.0,
        of.request.0,
        who.0,
    )
    .fetch_one(db)
    .await?)
}

/// Adds a try in vain.
pub async fn insert_try(
    db: &mut PgConnection,
    id: Uuid,
    of: &FollowUp,
    missed: &Missed,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into follow_up_try (estate_id, id, follow_up_id, means, note, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        of.estate.0,
        id,
        of.id.0,
        missed.means.tag(),
        missed.note,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
