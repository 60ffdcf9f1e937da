use super::super::model::{Booking, Facility};
use super::super::rules::{Claim, Span};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, FacilityId, FacilityUnitId};
use crate::moment::Moment;
use chrono::Duration;
use sqlx::PgConnection;
use sqlx::postgres::types::PgRange;
use std::collections::HashMap;
use uuid::Uuid;

/// Who has what of some of an estate's facilities, each in a span of its own; what is held for nobody any more is free. What
/// a booking takes is what its terms say, and none takes longer than the longest that its facility was ever given for.
/// However many bookings these are, one index has all that is read of them.
pub async fn list_claims(
    db: &mut PgConnection,
    estate: EstateId,
    spans: &[(FacilityId, Span)],
    now: Moment,
) -> Result<Vec<(FacilityId, Claim)>, Fault> {
    let ids: Vec<_> = spans.iter().map(|(facility, _)| facility.0).collect();
    let (from, until): (Vec<_>, Vec<_>) = spans.iter().map(|(_, during)| (during.from, during.until)).unzip();
    let rows = sqlx::query!(
        r#"with reach as materialized (
             select f.id,
               f.from_at - make_interval(mins => max(t.step_minutes * t.most_steps + t.after_minutes
                 + case when t.check_out is null then 0 else 180 end)) as after_at,
               f.until_at + make_interval(mins => max(t.before_minutes)) as before_at
             from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as f (id, from_at, until_at)
             join facility_terms t on t.estate_id = $1 and t.facility_id = f.id
             group by f.id, f.from_at, f.until_at)
           select b.facility_id as "facility_id!", b.terms_version as "version!", b.place_id as "unit_id?", b.heads as "heads!",
             b.account_id as "account_id!", b.id as "booking_id!",
             b.stage in ('requested', 'confirmed') as "is_to_come!", b.starts_at as "starts_at!", b.ends_at as "ends_at!"
           from reach r
           join booking b on b.estate_id = $1 and b.facility_id = r.id
             and b.stage in ('held', 'requested', 'confirmed', 'present')
             and b.starts_at > r.after_at and b.starts_at < r.before_at
           where not (b.stage = 'held' and b.held_until <= $5)"#,
        estate.0,
        &ids,
        &from,
        &until,
        now,
    )
    .fetch_all(&mut *db)
    .await?;
    // After them: whatever terms they were made on are there.
    let around = list_around(db, estate, &ids).await?;
    let spans: HashMap<_, _> = spans.iter().copied().collect();
    let claims = rows.into_iter().filter_map(|row| {
        let facility: FacilityId = row.facility_id.into();
        let (before, after) = *around.get(&(facility, row.version))?;
        let during = Span { from: row.starts_at - before, until: row.ends_at + after };
        let claim = Claim {
            unit: row.unit_id.map(Into::into),
            during,
            heads: u32::try_from(row.heads).unwrap_or(0),
            by: Some((row.account_id.into(), row.booking_id.into())),
            can_swap: row.is_to_come && during.from > now,
        };
        spans.get(&facility)?.overlaps(during).then_some((facility, claim))
    });
    Ok(claims.collect())
}

/// How long before a booking, and how long after it, nobody else has its unit: by its facility, and the version of the terms
/// on which it was made. Seats are nobody's before or after.
async fn list_around(
    db: &mut PgConnection,
    estate: EstateId,
    facilities: &[Uuid],
) -> Result<HashMap<(FacilityId, i32), (Duration, Duration)>, Fault> {
    let rows = sqlx::query!(
        "select facility_id, version, seats, before_minutes, after_minutes from facility_terms
         where estate_id = $1 and facility_id = any($2)",
        estate.0,
        facilities,
    )
    .fetch_all(db)
    .await?;
    let around = rows.into_iter().map(|row| {
        let minutes = |minutes: i32| Duration::minutes(if row.seats.is_none() { minutes.into() } else { 0 });
        ((row.facility_id.into(), row.version), (minutes(row.before_minutes), minutes(row.after_minutes)))
    });
    Ok(around.collect())
}

/// For whom something of a facility is held while they fill in its form.
pub async fn list_holders(db: &mut PgConnection, facility: &Facility, now: Moment) -> Result<Vec<AccountId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select distinct account_id from booking
         where estate_id = $1 and facility_id = $2 and stage = 'held' and held_until > $3",
        facility.estate.0,
        facility.id.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Gives a booking its unit. The database refuses it where another booking has that.
pub async fn claim_unit(
    db: &mut PgConnection,
    booking: &Booking,
    unit: FacilityUnitId,
    during: Span,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into unit_claim (estate_id, booking_id, unit_id, during) values ($1, $2, $3, $4)",
        booking.estate.0,
        booking.id.0,
        unit.0,
        PgRange::from(during.from..during.until),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a booking another unit than it has.
pub async fn swap(db: &mut PgConnection, booking: &mut Booking, unit: FacilityUnitId) -> Result<(), Fault> {
    booking.version += 1;
    sqlx::query!(
        "update booking set version = $3, place_id = $4 where estate_id = $1 and id = $2",
        booking.estate.0,
        booking.id.0,
        booking.version,
        unit.0,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update unit_claim set unit_id = $3 where estate_id = $1 and booking_id = $2",
        booking.estate.0,
        booking.id.0,
        unit.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a booking its seats, of so many that there are; the database refuses the booking where fewer are free.
pub async fn claim_seats(db: &mut PgConnection, booking: &Booking, seats: u32) -> Result<(), Fault> {
    sqlx::query!(
        "insert into seat_claim (estate_id, facility_id, starts_at, seat, booking_id)
         select $1, $2, $3, s.seat, $4 from generate_series(1, $5::int) s (seat)
         where not exists (
           select from seat_claim c
           where c.estate_id = $1 and c.facility_id = $2 and c.starts_at = $3 and c.seat = s.seat)
         order by s.seat limit $6",
        booking.estate.0,
        booking.facility.0,
        booking.starts_at,
        booking.id.0,
        seats as i32,
        i64::from(booking.heads),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a booking had is free again.
pub(super) async fn let_go(db: &mut PgConnection, booking: &Booking) -> Result<(), Fault> {
    sqlx::query!("delete from unit_claim where estate_id = $1 and booking_id = $2", booking.estate.0, booking.id.0,)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from seat_claim where estate_id = $1 and booking_id = $2", booking.estate.0, booking.id.0,)
        .execute(db)
        .await?;
    Ok(())
}
