use super::super::model::{Ring, VisitNews};
use crate::fault::Fault;
use crate::ids::{EstateId, RingId, ScreenId, StaffId};
use crate::moment::Moment;
use crate::screens::{Place, ScreenDevice};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Stores a ring, unless its screen rings already; whether it did.
pub async fn insert_ring(
    db: &mut PgConnection,
    screen: &ScreenDevice,
    id: RingId,
    (now, ends_at): (Moment, Moment),
) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "insert into ring (estate_id, id, stage, stage_at, screen_id, area_id, rung_at, ends_at)
         values ($1, $2, 'ringing', $3, $4, $5, $3, $6)
         on conflict (estate_id, screen_id) where stage <> 'over' do nothing",
        screen.estate.0,
        id.0,
        now,
        screen.id.0,
        screen.place.area.0,
        ends_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Stores one move of a ring; who of the office answered, if anybody did.
pub async fn save_ring(db: &mut PgConnection, ring: &mut Ring, by: Option<StaffId>) -> Result<(), Fault> {
    ring.version += 1;
    sqlx::query!(
        "update ring set version = $3, stage = $4, stage_at = $5, ends_at = $6, answered_by = coalesce($7, answered_by),
           answered_at = case when $7::uuid is null then answered_at else $5 end
         where estate_id = $1 and id = $2",
        ring.estate.0,
        ring.id.0,
        ring.version,
        ring.stage.tag(),
        ring.stage_at,
        ring.ends_at,
        by.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One of an estate's rings, locked until the transaction ends.
pub async fn lock_ring(db: &mut PgConnection, estate: EstateId, id: RingId) -> Result<Option<Ring>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select ring_json(r) as "ring!: Json<Ring>" from ring r where r.estate_id = $1 and r.id = $2 for update of r"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// What a screen rings, locked until the transaction ends.
pub async fn lock_open_ring(db: &mut PgConnection, estate: EstateId, screen: ScreenId) -> Result<Option<Ring>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select ring_json(r) as "ring!: Json<Ring>" from ring r
           where r.estate_id = $1 and r.screen_id = $2 and r.stage <> 'over' for update of r"#,
        estate.0,
        screen.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// What a screen rings.
pub async fn find_open_ring(db: &mut PgConnection, estate: EstateId, screen: ScreenId) -> Result<Option<Ring>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select ring_json(r) as "ring!: Json<Ring>" from ring r
           where r.estate_id = $1 and r.screen_id = $2 and r.stage <> 'over'"#,
        estate.0,
        screen.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// How often a screen has rung since then.
pub async fn count_rings(
    db: &mut PgConnection,
    estate: EstateId,
    screen: ScreenId,
    since: Moment,
) -> Result<i64, Fault> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from ring where estate_id = $1 and screen_id = $2 and rung_at > $3"#,
        estate.0,
        screen.0,
        since,
    )
    .fetch_one(db)
    .await?;
    Ok(count)
}

/// What rings in an estate, the oldest first; at most 20.
pub async fn list_rings(db: &mut PgConnection, estate: EstateId, now: Moment) -> Result<Vec<Ring>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select ring_json(r) as "ring!: Json<Ring>" from ring r
           where r.estate_id = $1 and r.stage <> 'over' and r.ends_at > $2 order by r.rung_at, r.id limit 20"#,
        estate.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// From where the desk is rung and nobody has answered, the first one.
pub async fn find_ringing(db: &mut PgConnection, estate: EstateId, now: Moment) -> Result<Option<VisitNews>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select place_json(r.estate_id, r.area_id) as "place!: Json<Place>" from ring r
           where r.estate_id = $1 and r.stage = 'ringing' and r.ends_at > $2 order by r.rung_at, r.id limit 1"#,
        estate.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| VisitNews::Rings { place: row.0 }))
}

/// A ring whose time is over; those set aside left out.
pub async fn find_rung_out(
    db: &mut PgConnection,
    aside: &[Uuid],
    now: Moment,
) -> Result<Option<(EstateId, RingId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, id from ring where ends_at <= $1 and stage <> 'over' and id <> all($2)
         order by ends_at limit 1",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.id.into())))
}
