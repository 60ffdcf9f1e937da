use super::super::model::{Booking, Facility};
use super::super::rules::{Claim, Span};
use crate::fault::Fault;
use crate::ids::FacilityUnitId;
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::postgres::types::PgRange;

/// Who has what of a facility in a span; what is held for nobody any more is free. A booking lasts four days at most, and
/// takes a day before and after it.
pub async fn list_claims(
    db: &mut PgConnection,
    facility: &Facility,
    during: Span,
    now: Moment,
) -> Result<Vec<Claim>, Fault> {
    let rows = sqlx::query!(
        r#"select c.unit_id as "unit_id?", b.heads as "heads!", b.account_id as "account_id!",
             coalesce(lower(c.during), b.starts_at) as "from!", coalesce(upper(c.during), b.ends_at) as "until!"
           from booking b
           left join unit_claim c on c.estate_id = b.estate_id and c.booking_id = b.id
           where b.estate_id = $1 and b.facility_id = $2 and b.stage in ('held', 'requested', 'confirmed', 'present')
             and b.starts_at > $3::timestamptz - interval '5 days' and b.starts_at < $4::timestamptz + interval '1 day'
             and coalesce(upper(c.during), b.ends_at) > $3 and coalesce(lower(c.during), b.starts_at) < $4
             and not (b.stage = 'held' and b.held_until <= $5)"#,
        facility.estate.0,
        facility.id.0,
        during.from,
        during.until,
        now,
    )
    .fetch_all(db)
    .await?;
    let claim = |unit: Option<uuid::Uuid>, from, until, heads: i32, account: uuid::Uuid| Claim {
        unit: unit.map(Into::into),
        during: Span { from, until },
        heads: u32::try_from(heads).unwrap_or(0),
        account: account.into(),
    };
    Ok(rows.into_iter().map(|row| claim(row.unit_id, row.from, row.until, row.heads, row.account_id)).collect())
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
