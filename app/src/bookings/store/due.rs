use super::super::model::Booking;
use crate::fault::Fault;
use crate::ids::{BookingId, EstateId, FacilityId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// A booking of which something becomes by itself now, and its facility; those set aside left out.
pub async fn find_due(
    db: &mut PgConnection,
    aside: &[Uuid],
    now: Moment,
) -> Result<Option<(EstateId, FacilityId, BookingId)>, Fault> {
    let row = sqlx::query!(
        r#"select b.estate_id as "estate!", b.facility_id as "facility!", b.id as "id!" from (
             (select * from booking where stage = 'held' and held_until <= $1 and id <> all($2) limit 1)
             union all
             (select * from booking where stage = 'requested' and starts_at <= $1 and id <> all($2) limit 1)
             union all
             (select * from booking where stage in ('confirmed', 'present') and ends_at <= $1 and id <> all($2) limit 1)
             union all
             (select * from booking
              where stage = 'confirmed' and reminded_at is null and starts_at > $1 and starts_at <= $1::timestamptz + interval '1 day'
                and made_at < starts_at - interval '1 day' and id <> all($2)
              limit 1)) b
           limit 1"#,
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate.into(), row.facility.into(), row.id.into())))
}

/// A booking, whoever's; only after its facility was locked.
pub async fn find_any(db: &mut PgConnection, estate: EstateId, id: BookingId) -> Result<Option<Booking>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select booking_json(b) as "booking!: Json<Booking>" from booking b where b.estate_id = $1 and b.id = $2"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}
