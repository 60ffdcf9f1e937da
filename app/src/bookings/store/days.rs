use super::super::model::{Facility, SpecialDay};
use super::care::ids;
use crate::fault::Fault;
use crate::ids::{EstateId, FacilityId};
use chrono::NaiveDate;
use sqlx::PgConnection;
use sqlx::types::Json;

/// The days of some of an estate's facilities with hours of their own, from one on, the next first; at most 200 of each.
pub async fn list_days(
    db: &mut PgConnection,
    estate: EstateId,
    facilities: &[Facility],
    from: NaiveDate,
) -> Result<Vec<(FacilityId, SpecialDay)>, Fault> {
    let rows = sqlx::query!(
        r#"select d.facility_id as "facility_id!", d.on_date as "on_date!", (
             select coalesce(jsonb_agg(jsonb_build_array(h.opens, h.closes) order by h.opens), '[]')
             from facility_day_hours h
             where h.estate_id = $1 and h.facility_id = d.facility_id and h.on_date = d.on_date
           ) as "hours!: Json<Vec<(u16, u16)>>"
           from unnest($2::uuid[]) as f (id)
           cross join lateral (
             select * from facility_day where estate_id = $1 and facility_id = f.id and on_date >= $3
             order by on_date limit 200) d
           order by d.on_date"#,
        estate.0,
        &ids(facilities),
        from,
    )
    .fetch_all(db)
    .await?;
    let days = rows.into_iter().map(|row| (row.facility_id.into(), SpecialDay { on: row.on_date, hours: row.hours.0 }));
    Ok(days.collect())
}

/// Gives a day hours of its own, or others.
pub async fn save_day(db: &mut PgConnection, facility: &Facility, day: &SpecialDay) -> Result<(), Fault> {
    remove_day(&mut *db, facility, day.on).await?;
    sqlx::query!(
        "insert into facility_day (estate_id, facility_id, on_date) values ($1, $2, $3)",
        facility.estate.0,
        facility.id.0,
        day.on,
    )
    .execute(&mut *db)
    .await?;
    let (opens, closes): (Vec<_>, Vec<_>) =
        day.hours.iter().map(|(opens, closes)| (i32::from(*opens), i32::from(*closes))).unzip();
    sqlx::query!(
        "insert into facility_day_hours (estate_id, facility_id, on_date, opens, closes)
         select $1, $2, $3, h.opens, h.closes from unnest($4::int[], $5::int[]) as h (opens, closes)",
        facility.estate.0,
        facility.id.0,
        day.on,
        &opens,
        &closes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a day the hours of its weekday again.
pub async fn remove_day(db: &mut PgConnection, facility: &Facility, on: NaiveDate) -> Result<(), Fault> {
    sqlx::query!(
        "delete from facility_day where estate_id = $1 and facility_id = $2 and on_date = $3",
        facility.estate.0,
        facility.id.0,
        on,
    )
    .execute(db)
    .await?;
    Ok(())
}
