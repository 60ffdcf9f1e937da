use super::super::model::{Facility, WaterReading};
use super::super::rules::WaterRead;
use crate::fault::Fault;
use crate::ids::{StaffId, WaterReadingId};
use crate::moment::Moment;
use chrono::NaiveDate;
use sqlx::PgConnection;
use sqlx::types::Json;

/// Whether a facility keeps a water log now.
pub async fn keeps_water_log(db: &mut PgConnection, facility: &Facility) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from facility_water
             where estate_id = $1 and facility_id = $2 and until_on is null) as "exists!""#,
        facility.estate.0,
        facility.id.0,
    )
    .fetch_one(db)
    .await?)
}

/// Keeps a water log from a day on.
pub async fn begin_water_log(db: &mut PgConnection, facility: &Facility, on: NaiveDate) -> Result<(), Fault> {
    sqlx::query!(
        "insert into facility_water (estate_id, facility_id, from_on) values ($1, $2, $3)
         on conflict (estate_id, facility_id, from_on) do update set until_on = null",
        facility.estate.0,
        facility.id.0,
        on,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps it until a day.
pub async fn end_water_log(db: &mut PgConnection, facility: &Facility, on: NaiveDate) -> Result<(), Fault> {
    sqlx::query!(
        "update facility_water set until_on = $3 where estate_id = $1 and facility_id = $2 and until_on is null",
        facility.estate.0,
        facility.id.0,
        on,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When a reading of a facility was read that nobody has corrected yet.
pub async fn find_uncorrected(
    db: &mut PgConnection,
    facility: &Facility,
    id: WaterReadingId,
) -> Result<Option<Moment>, Fault> {
    Ok(sqlx::query_scalar!(
        "select r.read_at from water_reading r
         where r.estate_id = $1 and r.facility_id = $2 and r.id = $3 and not exists (
           select from water_reading c where c.estate_id = r.estate_id and c.corrects = r.id)",
        facility.estate.0,
        facility.id.0,
        id.0,
    )
    .fetch_optional(db)
    .await?)
}

/// Stores what was read, at an instant of a day.
pub async fn insert_reading(
    db: &mut PgConnection,
    facility: &Facility,
    (id, read): (WaterReadingId, &WaterRead),
    (read_at, on): (Moment, NaiveDate),
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    let [chlorine, ph, turbidity, temperature] = read.values;
    sqlx::query!(
        "insert into water_reading (estate_id, id, facility_id, read_at, on_date, chlorine, ph, turbidity, temperature,
           heads, note, corrects, taken_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        facility.estate.0,
        id.0,
        facility.id.0,
        read_at,
        on,
        chlorine,
        ph,
        turbidity,
        temperature,
        read.heads,
        read.note,
        read.corrects.map(|id| id.0),
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was read of a facility's water, the latest first.
pub async fn list_readings(db: &mut PgConnection, facility: &Facility, most: i64) -> Result<Vec<WaterReading>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select water_reading_json(r) as "reading!: Json<WaterReading>" from water_reading r
           where r.estate_id = $1 and r.facility_id = $2 order by r.read_at desc, r.id desc limit $3"#,
        facility.estate.0,
        facility.id.0,
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The days from one until another on which the log was kept, the facility was not closed all day, and nothing was read; the
/// latest first. Beside each whether it had hours of its own: of others those of their weekday say whether it was open.
pub async fn list_unread_days(
    db: &mut PgConnection,
    facility: &Facility,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<(NaiveDate, bool)>, Fault> {
    let rows = sqlx::query!(
        r#"select distinct d.day as "day!", exists (select from facility_day s
             where s.estate_id = e.id and s.facility_id = $2 and s.on_date = d.day) as "is_special!"
           from estate e
           join facility_water w on w.estate_id = e.id and w.facility_id = $2
           cross join lateral (
             select one::date as day from generate_series(
               greatest(w.from_on, $3::date)::timestamp, least(coalesce(w.until_on, $4::date), $4::date)::timestamp,
               interval '1 day') as one) d
           where e.id = $1
             and not exists (select from water_reading r
               where r.estate_id = e.id and r.facility_id = $2 and r.on_date = d.day)
             and not exists (select from facility_closure c
               where c.estate_id = e.id and c.facility_id = $2 and c.unit_id is null and c.lifted_at is null
                 and c.starts_at <= d.day::timestamp at time zone e.zone
                 and c.ends_at >= (d.day + 1)::timestamp at time zone e.zone)
             and not exists (select from facility_day s
               where s.estate_id = e.id and s.facility_id = $2 and s.on_date = d.day
                 and not exists (select from facility_day_hours h
                   where h.estate_id = e.id and h.facility_id = $2 and h.on_date = d.day))
           order by d.day desc"#,
        facility.estate.0,
        facility.id.0,
        from,
        until,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.day, row.is_special)).collect())
}
