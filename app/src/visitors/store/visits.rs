use super::super::model::{Answer, EarlierVisit, Visit};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, StaffId, VisitId};
use crate::moment::Moment;
use crate::paging::page_of;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Lines of the book on a page.
const PAGE: i64 = 50;

/// Who moved a visit: of the office, or whoever lives there; nobody where it came by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct By {
    /// Of the desk.
    pub staff: Option<StaffId>,
    /// Who answered.
    pub account: Option<AccountId>,
}

/// Stores one move of a visit.
pub async fn save_visit(db: &mut PgConnection, visit: &mut Visit, by: By) -> Result<(), Fault> {
    visit.version += 1;
    sqlx::query!(
        "update visit set version = $3, stage = $4, stage_at = $5, told_to = $6, answer = $7, entered_at = $8, left_at = $9,
           reason = $10, marked_by = coalesce($11, marked_by), answered_by = coalesce($12, answered_by)
         where estate_id = $1 and id = $2",
        visit.estate.0,
        visit.id.0,
        visit.version,
        visit.stage.tag(),
        visit.stage_at,
        visit.told_to,
        visit.answer.map(Answer::tag),
        visit.entered_at,
        visit.left_at,
        visit.reason,
        by.staff.map(|id| id.0),
        by.account.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One of an estate's, locked until the transaction ends.
pub async fn lock_visit(db: &mut PgConnection, estate: EstateId, id: VisitId) -> Result<Option<Visit>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select visit_json(v) as "visit!: Json<Visit>" from visit v
           where v.estate_id = $1 and v.id = $2 for update of v"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Who waits in a lobby since then, and who may come up since an earlier instant, the first one first; of more than 50
/// the newest.
pub async fn list_waiting(
    db: &mut PgConnection,
    estate: EstateId,
    since: Moment,
    consented_since: Moment,
) -> Result<Vec<Visit>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select visit_json(v) as "visit!: Json<Visit>" from visit v
           where v.estate_id = $1 and v.asked_at > $3 and (v.asked_at > $2 or v.stage = 'consented')
             and v.stage in ('waiting', 'consented', 'denied', 'unanswered')
           order by v.asked_at desc, v.id desc limit 50"#,
        estate.0,
        since,
        consented_since,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().rev().map(|row| row.0).collect())
}

/// Who is in the house, however long they have been, the last one first; at most 50.
pub async fn list_inside(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Visit>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select visit_json(v) as "visit!: Json<Visit>" from visit v
           where v.estate_id = $1 and v.stage = 'arrived' order by v.entered_at desc, v.id desc limit 50"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// A page of the book within a span, newest first.
pub async fn list_book(
    db: &mut PgConnection,
    estate: EstateId,
    (from, until): (Moment, Moment),
    before: Option<EarlierVisit>,
) -> Result<(Vec<Visit>, Option<EarlierVisit>), Fault> {
    let rows = sqlx::query_scalar!(
        r#"select visit_json(v) as "visit!: Json<Visit>" from visit v
           where v.estate_id = $1 and v.asked_at >= $2 and v.asked_at < $3
             and ($4::timestamptz is null or (v.asked_at, v.id) < ($4, $5))
           order by v.asked_at desc, v.id desc limit $6"#,
        estate.0,
        from,
        until,
        before.map(|before| before.at),
        before.map(|before| before.id.0),
        PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let visits = rows.into_iter().map(|row| row.0).collect();
    Ok(page_of(visits, PAGE, |visit: &Visit| EarlierVisit { at: visit.asked_at, id: visit.id }))
}

/// Somebody asked for a home of which nobody was told yet; those set aside left out.
pub async fn find_untold(db: &mut PgConnection, aside: &[Uuid]) -> Result<Option<(EstateId, VisitId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, id from visit where stage = 'waiting' and told_to is null and id <> all($1)
         order by asked_at limit 1",
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.id.into())))
}

/// Of how many somebody was told: at a visit's screen within the hour before it, and at its home within ten minutes.
/// Who asks for no such home is none of them: junk must not keep others from being announced.
pub async fn count_before(db: &mut PgConnection, visit: &Visit) -> Result<(i64, i64), Fault> {
    let row = sqlx::query!(
        r#"select
             (select count(*) from visit o where o.estate_id = v.estate_id and o.screen_id = v.screen_id and o.told_to > 0
               and o.asked_at > v.asked_at - interval '1 hour' and (o.asked_at, o.id) < (v.asked_at, v.id)) as "of_screen!",
             (select count(*) from visit o where o.estate_id = v.estate_id and o.unit_id = v.unit_id and o.told_to > 0
               and o.id <> v.id and o.asked_at > v.asked_at - interval '10 minutes') as "of_home!"
           from visit v where v.estate_id = $1 and v.id = $2"#,
        visit.estate.0,
        visit.id.0,
    )
    .fetch_one(db)
    .await?;
    Ok((row.of_screen, row.of_home))
}

/// A visit that nobody answered since then; those set aside left out.
pub async fn find_silent(
    db: &mut PgConnection,
    aside: &[Uuid],
    asked_until: Moment,
) -> Result<Option<(EstateId, VisitId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, id from visit where stage = 'waiting' and asked_at <= $1 and id <> all($2)
         order by asked_at limit 1",
        asked_until,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.id.into())))
}

/// A visit whose visitor's name was kept long enough; those set aside left out.
pub async fn find_kept(
    db: &mut PgConnection,
    aside: &[Uuid],
    asked_until: Moment,
) -> Result<Option<(EstateId, VisitId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, id from visit
         where forgotten_at is null and asked_at <= $1 and stage <> 'waiting' and id <> all($2)
         order by asked_at limit 1",
        asked_until,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.id.into())))
}

/// Forgets what a visitor said of themselves; that somebody came stays.
pub async fn forget(db: &mut PgConnection, estate: EstateId, id: VisitId, now: Moment) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "update visit set version = version + 1, name = null, company = null, sought = null, reason = null, forgotten_at = $3
         where estate_id = $1 and id = $2 and forgotten_at is null",
        estate.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
