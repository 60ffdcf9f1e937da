//! SQL of activities: the matter itself and its measures here, who takes part in `people`.

mod people;

pub use people::*;

use super::model::{Activity, Measure};
use crate::fault::Fault;
use crate::ids::{ActivityId, EstateId, MeasureId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// The most activities of a list.
const MOST: i64 = 60;

/// What some estates do, what is to come first and of that the next one; what is over behind it, the latest first. Residents
/// are not told of what is not published.
pub async fn list(
    db: &mut PgConnection,
    estates: &[EstateId],
    is_resident: bool,
    now: Moment,
) -> Result<Vec<Activity>, Fault> {
    let ids: Vec<_> = estates.iter().map(|id| id.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select activity_json(a) as "activity!: Json<Activity>" from activity a
           where a.estate_id = any($1)
             and (not $2 or a.stage in ('published', 'held')
               or a.stage in ('called_off', 'closed') and a.ends_at > $3::timestamptz - interval '90 days' and exists (
                 select from happening h
                 where h.estate_id = a.estate_id and h.room = 'activities' and h.subject_id = a.id and h.kind = 'published'))
           order by a.stage in ('called_off', 'closed'), abs(extract(epoch from a.starts_at - $3)), a.id limit $4"#,
        &ids,
        is_resident,
        now,
        MOST,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// One of some estates' activities, by its code.
pub async fn find_by_code(db: &mut PgConnection, estates: &[EstateId], code: &str) -> Result<Option<Activity>, Fault> {
    let ids: Vec<_> = estates.iter().map(|id| id.0).collect();
    let row = sqlx::query_scalar!(
        r#"select activity_json(a) as "activity!: Json<Activity>" from activity a
           where a.estate_id = any($1) and a.code = $2"#,
        &ids,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// One of an estate's activities, locked until the transaction ends: whoever writes to it, or to who takes part in it, does
/// this first. What is read of it is read after the lock, so that nobody decides on places that are given away already.
pub async fn lock(db: &mut PgConnection, estate: EstateId, id: ActivityId) -> Result<Option<Activity>, Fault> {
    sqlx::query!("select id from activity where estate_id = $1 and id = $2 for update", estate.0, id.0)
        .fetch_optional(&mut *db)
        .await?;
    let row = sqlx::query_scalar!(
        r#"select activity_json(a) as "activity!: Json<Activity>" from activity a where a.estate_id = $1 and a.id = $2"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Whether residents were ever told of one.
pub async fn was_published(db: &mut PgConnection, activity: &Activity) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
             select from happening
             where estate_id = $1 and room = 'activities' and subject_id = $2 and kind = 'published') as "was!""#,
        activity.estate.0,
        activity.id.0,
    )
    .fetch_one(db)
    .await?)
}

/// In what an estate reckons: as what it rents out and sells is priced.
pub async fn find_currency(db: &mut PgConnection, estate: EstateId) -> Result<String, Fault> {
    let currency = sqlx::query_scalar!(
        r#"select coalesce(
             (select currency from facility_terms where estate_id = $1 order by since desc, version desc limit 1),
             (select currency from service_terms where estate_id = $1 order by since desc, version desc limit 1),
             'CNY') as "currency!""#,
        estate.0,
    )
    .fetch_one(db)
    .await?;
    Ok(currency)
}

/// Stores an activity that was just planned.
pub async fn insert(db: &mut PgConnection, activity: &Activity) -> Result<(), Fault> {
    let plan = &activity.plan;
    sqlx::query!(
        "insert into activity (estate_id, id, code, stage, stage_at, title_en, title_hans, title_hant, about_en, about_hans,
           about_hant, starts_at, ends_at, facility_id, place, capacity, quota, price, currency, opens_at, closes_at,
           organiser_id, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)",
        activity.estate.0,
        activity.id.0,
        activity.code,
        activity.stage.tag(),
        activity.stage_at,
        plan.title.en,
        plan.title.hans,
        plan.title.hant,
        plan.about.en,
        plan.about.hans,
        plan.about.hant,
        plan.starts_at,
        plan.ends_at,
        plan.facility.map(|facility| facility.0),
        plan.place,
        plan.capacity as i32,
        plan.quota as i32,
        plan.price,
        plan.currency,
        plan.opens_at,
        plan.closes_at,
        activity.organiser.0,
        activity.made_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move.
pub async fn save(db: &mut PgConnection, activity: &mut Activity) -> Result<(), Fault> {
    activity.version += 1;
    let plan = &activity.plan;
    sqlx::query!(
        "update activity set version = $3, stage = $4, stage_at = $5, title_en = $6, title_hans = $7, title_hant = $8,
           about_en = $9, about_hans = $10, about_hant = $11, starts_at = $12, ends_at = $13, facility_id = $14, place = $15,
           capacity = $16, quota = $17, price = $18, currency = $19, opens_at = $20, closes_at = $21, closure_id = $22,
           approved_by = $23, reason = $24, came = $25, went_well = $26
         where estate_id = $1 and id = $2",
        activity.estate.0,
        activity.id.0,
        activity.version,
        activity.stage.tag(),
        activity.stage_at,
        plan.title.en,
        plan.title.hans,
        plan.title.hant,
        plan.about.en,
        plan.about.hans,
        plan.about.hant,
        plan.starts_at,
        plan.ends_at,
        plan.facility.map(|facility| facility.0),
        plan.place,
        plan.capacity as i32,
        plan.quota as i32,
        plan.price,
        plan.currency,
        plan.opens_at,
        plan.closes_at,
        activity.closure.map(|closure| closure.0),
        activity.approved_by.map(|staff| staff.0),
        activity.reason,
        activity.came.map(|came| came as i32),
        activity.went_well,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores something that is done for everybody's safety.
pub async fn insert_measure(
    db: &mut PgConnection,
    activity: &Activity,
    id: MeasureId,
    words: &str,
    responsible: StaffId,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into activity_measure (estate_id, id, activity_id, words, responsible_id) values ($1, $2, $3, $4, $5)",
        activity.estate.0,
        id.0,
        activity.id.0,
        words,
        responsible.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Something is not done for everybody's safety after all.
pub async fn drop_measure(db: &mut PgConnection, estate: EstateId, id: MeasureId, now: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "update activity_measure set ticked_at = null, dropped_at = $3 where estate_id = $1 and id = $2",
        estate.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Something was done for everybody's safety.
pub async fn save_tick(db: &mut PgConnection, estate: EstateId, measure: &Measure) -> Result<(), Fault> {
    sqlx::query!(
        "update activity_measure set ticked_at = $3 where estate_id = $1 and id = $2",
        estate.0,
        measure.id.0,
        measure.ticked_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of which activity a measure is.
pub async fn find_of_measure(
    db: &mut PgConnection,
    estate: EstateId,
    id: MeasureId,
) -> Result<Option<ActivityId>, Fault> {
    let row = sqlx::query_scalar!(
        "select activity_id from activity_measure where estate_id = $1 and id = $2 and dropped_at is null",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// What somebody organises, and is not over, goes to somebody else; the ids of the activities.
pub async fn hand_over(
    db: &mut PgConnection,
    estate: EstateId,
    (from, to): (StaffId, StaffId),
) -> Result<Vec<Uuid>, Fault> {
    Ok(sqlx::query_scalar!(
        "update activity set organiser_id = $3, version = version + 1
         where estate_id = $1 and organiser_id = $2 and stage in ('draft', 'approved', 'published', 'held')
         returning id",
        estate.0,
        from.0,
        to.0,
    )
    .fetch_all(db)
    .await?)
}

/// What somebody answers for, and has not done yet, goes to somebody else: of which activity each is, and what.
pub async fn hand_measures_over(
    db: &mut PgConnection,
    estate: EstateId,
    (from, to): (StaffId, StaffId),
) -> Result<Vec<(ActivityId, String)>, Fault> {
    let rows = sqlx::query!(
        "update activity_measure m set responsible_id = $3
         from activity a
         where m.estate_id = $1 and m.responsible_id = $2 and m.ticked_at is null and m.dropped_at is null
           and a.estate_id = m.estate_id and a.id = m.activity_id and a.stage in ('draft', 'approved', 'published')
         returning m.activity_id, m.words",
        estate.0,
        from.0,
        to.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.activity_id.into(), row.words)).collect())
}
