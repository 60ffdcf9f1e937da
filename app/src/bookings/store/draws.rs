use super::super::model::{Draw, DrawCard, Facility};
use super::super::rules::Ground;
use crate::fault::Fault;
use crate::ids::{DrawId, EstateId, FacilityId};
use crate::moment::Moment;
use serde_json::{Value, json};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// The draws of some of an estate's facilities that are still to come, the next first.
pub async fn list_undrawn(
    db: &mut PgConnection,
    estate: EstateId,
    facilities: &[Facility],
) -> Result<Vec<(FacilityId, Draw)>, Fault> {
    let ids: Vec<_> = facilities.iter().map(|facility| facility.id.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select draw_json(d) as "draw!: Json<Draw>" from draw d
           where d.estate_id = $1 and d.facility_id = any($2) and d.stage in ('announced', 'open')
           order by d.closes_at, d.id"#,
        estate.0,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.0.facility, row.0)).collect())
}

/// The draws of some estates that are to come, or were drawn or called off in the last week, the next first; at most 20.
pub async fn list_draw_cards(db: &mut PgConnection, estates: &[EstateId], now: Moment) -> Result<Vec<DrawCard>, Fault> {
    let ids: Vec<_> = estates.iter().map(|id| id.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select draw_card_json(d) as "card!: Json<DrawCard>" from draw d
           join facility f on f.estate_id = d.estate_id and f.id = d.facility_id and f.retired_at is null
           where d.estate_id = any($1)
             and (d.stage in ('announced', 'open') or d.stage_at > $2::timestamptz - interval '7 days')
           order by d.closes_at, d.id limit 20"#,
        &ids,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The draws of a facility, the last ones first; at most 20.
pub async fn list_draws(db: &mut PgConnection, facility: &Facility) -> Result<Vec<Draw>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select draw_json(d) as "draw!: Json<Draw>" from draw d
           where d.estate_id = $1 and d.facility_id = $2 order by d.closes_at desc, d.id desc limit 20"#,
        facility.estate.0,
        facility.id.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The draw of a facility that is shown: the one that was asked for, else the next that is to come, else the last one.
pub async fn find_shown_draw(
    db: &mut PgConnection,
    facility: &Facility,
    asked: Option<DrawId>,
) -> Result<Option<Draw>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select draw_json(d) as "draw!: Json<Draw>" from draw d
           where d.estate_id = $1 and d.facility_id = $2 and ($3::uuid is null or d.id = $3)
           order by case when d.stage in ('announced', 'open') then d.closes_at end, d.stage_at desc, d.id desc limit 1"#,
        facility.estate.0,
        facility.id.0,
        asked.map(|draw| draw.0),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// One of an estate's draws. Whoever changes it, or a lot of it, has locked its facility before.
pub async fn find_draw(db: &mut PgConnection, estate: EstateId, id: DrawId) -> Result<Option<Draw>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select draw_json(d) as "draw!: Json<Draw>" from draw d where d.estate_id = $1 and d.id = $2"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// A draw of which something becomes by itself now, and its facility; those set aside left out.
pub async fn find_due_draw(
    db: &mut PgConnection,
    aside: &[Uuid],
    now: Moment,
) -> Result<Option<(EstateId, FacilityId, DrawId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, facility_id, id from draw
         where (stage = 'announced' and opens_at <= $1 or stage = 'open' and closes_at <= $1) and id <> all($2)
         order by closes_at limit 1",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.facility_id.into(), row.id.into())))
}

/// The seed of a draw that has opened. For nothing but drawing: until then it is nobody's to know.
pub async fn find_seed(db: &mut PgConnection, draw: &Draw) -> Result<Option<String>, Fault> {
    let seed = sqlx::query_scalar!("select seed from draw where estate_id = $1 and id = $2", draw.estate.0, draw.id.0)
        .fetch_optional(db)
        .await?;
    Ok(seed.flatten())
}

/// What anybody may read of a draw, whose it is or not: it names nobody.
pub async fn find_record(db: &mut PgConnection, id: DrawId) -> Result<Option<Value>, Fault> {
    let row = sqlx::query_scalar!(r#"select draw_record_json(d) as "record!" from draw d where d.id = $1"#, id.0)
        .fetch_optional(db)
        .await?;
    Ok(row)
}

/// Stores a draw that is announced. The database refuses it where some of its times are given away by another.
pub async fn insert_draw(db: &mut PgConnection, draw: &Draw, now: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "insert into draw (estate_id, id, stage, stage_at, facility_id, opens_at, closes_at, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        draw.estate.0,
        draw.id.0,
        draw.stage.tag(),
        draw.stage_at,
        draw.facility.0,
        draw.opens_at,
        draw.closes_at,
        now,
    )
    .execute(&mut *db)
    .await?;
    let (from, until): (Vec<Moment>, Vec<Moment>) =
        draw.windows.iter().map(|window| (window.starts_at, window.ends_at)).unzip();
    sqlx::query!(
        "insert into draw_window (estate_id, draw_id, starts_at, ends_at)
         select $1, $2, w.starts_at, w.ends_at from unnest($3::timestamptz[], $4::timestamptz[]) as w (starts_at, ends_at)",
        draw.estate.0,
        draw.id.0,
        &from,
        &until,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move: with its seed where it opens, and what there was of the facility where it is drawn.
pub async fn save_draw(
    db: &mut PgConnection,
    draw: &mut Draw,
    seed: Option<&str>,
    ground: Option<&Ground>,
) -> Result<(), Fault> {
    draw.version += 1;
    sqlx::query!(
        "update draw set version = $3, stage = $4, stage_at = $5, reason = $6, seed = coalesce($7, seed), seed_hash = $8,
           ground = $9
         where estate_id = $1 and id = $2",
        draw.estate.0,
        draw.id.0,
        draw.version,
        draw.stage.tag(),
        draw.stage_at,
        draw.reason,
        seed,
        draw.seed_hash,
        ground.map(|ground| json!(ground)),
    )
    .execute(db)
    .await?;
    Ok(())
}
