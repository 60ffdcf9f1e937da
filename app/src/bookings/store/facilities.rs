use super::super::model::{Booking, Facility, Opening};
use crate::fault::Fault;
use crate::ids::{BuildingId, EstateId, FacilityId, UnitId};
use sqlx::PgConnection;
use sqlx::types::Json;

/// A facility by its name in addresses, under the terms that hold now.
pub async fn find_facility(db: &mut PgConnection, estate: EstateId, slug: &str) -> Result<Option<Facility>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select facility_now_json(f) as "facility!: Json<Facility>" from facility f
           where f.estate_id = $1 and f.slug = $2 and f.retired_at is null"#,
        estate.0,
        slug,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// The same by its id, retired or not, locked until the transaction ends: whoever writes to a facility's bookings does this
/// first.
pub async fn lock_facility(db: &mut PgConnection, estate: EstateId, id: FacilityId) -> Result<Option<Facility>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select facility_now_json(f) as "facility!: Json<Facility>" from facility f
           where f.estate_id = $1 and f.id = $2
           for update of f"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Locks several by their names in addresses, in the order of their ids: one order for all, so that no two calls hold what the
/// other one waits for. Locks only; nothing is read.
pub async fn lock_facilities(db: &mut PgConnection, estate: EstateId, slugs: &[String]) -> Result<(), Fault> {
    sqlx::query!(
        "select id from facility where estate_id = $1 and slug = any($2) order by id for update",
        estate.0,
        slugs,
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// The facility of a booking under the terms on which that was made.
pub async fn find_terms_of(db: &mut PgConnection, booking: &Booking) -> Result<Option<Facility>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select facility_json(f, t) as "facility!: Json<Facility>" from booking b
           join facility f on f.estate_id = b.estate_id and f.id = b.facility_id
           join facility_terms t
             on t.estate_id = b.estate_id and t.facility_id = b.facility_id and t.version = b.terms_version
           where b.estate_id = $1 and b.id = $2"#,
        booking.estate.0,
        booking.id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// The building that a household lives in.
pub async fn find_building(db: &mut PgConnection, estate: EstateId, unit: UnitId) -> Result<BuildingId, Fault> {
    let id = sqlx::query_scalar!("select building_id from unit where estate_id = $1 and id = $2", estate.0, unit.0)
        .fetch_one(db)
        .await?;
    Ok(id.into())
}

/// When some of an estate's facilities are open under their terms.
pub async fn list_openings(
    db: &mut PgConnection,
    estate: EstateId,
    facilities: &[Facility],
) -> Result<Vec<(FacilityId, Opening)>, Fault> {
    let (ids, versions): (Vec<_>, Vec<_>) =
        facilities.iter().map(|facility| (facility.id.0, facility.terms.version)).unzip();
    let rows = sqlx::query!(
        r#"select h.facility_id as "facility_id!", h.weekday as "weekday!", h.opens as "opens!", h.closes as "closes!"
           from unnest($2::uuid[], $3::int[]) as f (id, version)
           join facility_hours h on h.estate_id = $1 and h.facility_id = f.id and h.version = f.version
           order by h.weekday, h.opens"#,
        estate.0,
        &ids,
        &versions,
    )
    .fetch_all(db)
    .await?;
    let opening = |weekday: i32, opens: i32, closes: i32| {
        Some(Opening {
            weekday: weekday.try_into().ok()?,
            opens: opens.try_into().ok()?,
            closes: closes.try_into().ok()?,
        })
    };
    let openings =
        rows.into_iter().filter_map(|row| Some((row.facility_id.into(), opening(row.weekday, row.opens, row.closes)?)));
    Ok(openings.collect())
}
