use super::super::model::{Booking, Facility};
use super::super::rules::{Claim, Span};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, FacilityId, FacilityUnitId};
use crate::moment::Moment;
use chrono::Duration;
use sqlx::PgConnection;
use sqlx::postgres::types::PgRange;

/// Who has what of some of an estate's facilities, each in a span of its own; what is held for nobody any more is free. What
/// a booking takes is what its terms say, and none takes longer than the longest that its facility was ever given for, which
/// of nights is a little longer where the clocks are set back. However many they are, one index has all that is read of them.
pub async fn list_claims(
    db: &mut PgConnection,
    estate: EstateId,
    spans: &[(FacilityId, Span)],
    now: Moment,
) -> Result<Vec<(FacilityId, Claim)>, Fault> {
    let ids: Vec<_> = spans.iter().map(|(facility, _)| facility.0).collect();
    let (from, until): (Vec<_>, Vec<_>) = spans.iter().map(|(_, during)| (during.from, during.until)).unzip();
    let rows = sqlx::query!(
        r#"with asked as materialized (
             select t.facility_id, t.version, around.before, around.after,
               f.from_at - make_interval(mins => around.after) as ends_after,
               f.until_at + make_interval(mins => around.before) as starts_before,
               f.from_at - make_interval(mins => t.step_minutes * t.most_steps + around.after
                 + case when t.check_out is null then 0 else 180 end) as starts_after
             from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as f (id, from_at, until_at)
             join facility_terms t on t.estate_id = $1 and t.facility_id = f.id
             cross join lateral (
               select case when t.seats is null then t.before_minutes else 0 end as before,
                 case when t.seats is null then t.after_minutes else 0 end as after) around
           ), reach as materialized (
             select facility_id, min(starts_after) as starts_after, max(starts_before) as starts_before
             from asked group by facility_id
           )
           select b.facility_id as "facility_id!", b.place_id as "unit_id?", b.heads as "heads!",
             b.account_id as "account_id!", b.id as "booking_id!",
             b.stage in ('requested', 'confirmed') as "is_to_come!", b.starts_at as "starts_at!", b.ends_at as "ends_at!",
             a.before as "before!", a.after as "after!"
           from reach r
           join booking b on b.estate_id = $1 and b.facility_id = r.facility_id
             and b.stage in ('held', 'requested', 'confirmed', 'present')
             and b.starts_at > r.starts_after and b.starts_at < r.starts_before
           join asked a on a.facility_id = b.facility_id and a.version = b.terms_version
           where b.ends_at > a.ends_after and b.starts_at < a.starts_before
             and not (b.stage = 'held' and b.held_until <= $5)"#,
        estate.0,
        &ids,
        &from,
        &until,
        now,
    )
    .fetch_all(db)
    .await?;
    let minutes = |minutes: i32| Duration::minutes(minutes.into());
    let claims = rows.into_iter().map(|row| {
        let during = Span { from: row.starts_at - minutes(row.before), until: row.ends_at + minutes(row.after) };
        let claim = Claim {
            unit: row.unit_id.map(Into::into),
            during,
            heads: u32::try_from(row.heads).unwrap_or(0),
            by: Some((row.account_id.into(), row.booking_id.into())),
            can_swap: row.is_to_come && during.from > now,
        };
        (row.facility_id.into(), claim)
    });
    Ok(claims.collect())
}

/// Who has anything of a facility, or what is held for them.
pub async fn list_bookers(db: &mut PgConnection, facility: &Facility) -> Result<Vec<AccountId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select distinct account_id from booking
         where estate_id = $1 and facility_id = $2 and stage in ('held', 'requested', 'confirmed', 'present')",
        facility.estate.0,
        facility.id.0,
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
