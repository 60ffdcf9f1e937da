use super::super::model::{Booking, Facility, WaitCard, Waiting};
use super::super::rules::Span;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, FacilityId, UnitId, WaitingId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Who waits in a facility for some of the time that came free, or for anything in one of some households, whoever came
/// first, first; at most 200. Left out are those who do not live there any more, and those who could not book it in time.
pub async fn list_in_line(
    db: &mut PgConnection,
    facility: &Facility,
    freed: &[Span],
    homes: &[UnitId],
    now: Moment,
) -> Result<Vec<Waiting>, Fault> {
    let (from, until): (Vec<Moment>, Vec<Moment>) = freed.iter().map(|span| (span.from, span.until)).unzip();
    let homes: Vec<_> = homes.iter().map(|home| home.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select waiting_json(w) as "entry!: Json<Waiting>" from waiting w
           where w.estate_id = $1 and w.facility_id = $2 and w.stage = 'waiting' and w.waits_until > $5
             and (w.unit_id = any($6) or exists (
               select from unnest($3::timestamptz[], $4::timestamptz[]) as freed (since, until)
               where w.starts_at < freed.until and w.ends_at > freed.since))
             and exists (
               select from occupancy o
               join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
               where o.estate_id = w.estate_id and o.unit_id = w.unit_id and pa.account_id = w.account_id
                 and o.from_on <= day_at($1, $5) and (o.to_on is null or o.to_on >= day_at($1, $5)))
           order by w.made_at, w.id limit 200"#,
        facility.estate.0,
        facility.id.0,
        &from,
        &until,
        now,
        &homes,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// A person's places in line, the next time first; at most 20.
pub async fn list_places(db: &mut PgConnection, account: AccountId) -> Result<Vec<WaitCard>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select waiting_card_json(w) as "card!: Json<WaitCard>" from waiting w
           where w.account_id = $1 and w.stage = 'waiting' order by w.starts_at, w.id limit 20"#,
        account.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// In how many places a person is in line.
pub async fn count_places(db: &mut PgConnection, account: AccountId) -> Result<u32, Fault> {
    let count = sqlx::query_scalar!(
        r#"select count(*)::int as "count!" from waiting where account_id = $1 and stage = 'waiting'"#,
        account.0,
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(0))
}

/// Whether a household waits for some of a time of a facility, or has some of it offered.
pub async fn is_in_line(db: &mut PgConnection, facility: &Facility, unit: UnitId, during: Span) -> Result<bool, Fault> {
    let is_in_line = sqlx::query_scalar!(
        r#"select exists (
             select from waiting
             where estate_id = $1 and facility_id = $2 and unit_id = $3 and starts_at < $5 and ends_at > $4
               and stage in ('waiting', 'offered')) as "is_in_line!""#,
        facility.estate.0,
        facility.id.0,
        unit.0,
        during.from,
        during.until,
    )
    .fetch_one(db)
    .await?;
    Ok(is_in_line)
}

/// How many wait in a facility for some of a span.
pub async fn count_in_line(db: &mut PgConnection, facility: &Facility, during: Span) -> Result<u32, Fault> {
    let count = sqlx::query_scalar!(
        r#"select count(*)::int as "count!" from waiting
           where estate_id = $1 and facility_id = $2 and stage = 'waiting' and starts_at < $4 and ends_at > $3"#,
        facility.estate.0,
        facility.id.0,
        during.from,
        during.until,
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(0))
}

/// A person's place in line.
pub async fn find_place(db: &mut PgConnection, account: AccountId, id: WaitingId) -> Result<Option<Waiting>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select waiting_json(w) as "entry!: Json<Waiting>" from waiting w where w.account_id = $1 and w.id = $2"#,
        account.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// A place in line, whoever's; only after its facility was locked.
pub async fn find_any_place(db: &mut PgConnection, estate: EstateId, id: WaitingId) -> Result<Option<Waiting>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select waiting_json(w) as "entry!: Json<Waiting>" from waiting w where w.estate_id = $1 and w.id = $2"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Whoever a booking is offered to.
pub async fn find_offer(db: &mut PgConnection, booking: &Booking) -> Result<Option<Waiting>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select waiting_json(w) as "entry!: Json<Waiting>" from waiting w
           where w.estate_id = $1 and w.booking_id = $2 and w.stage = 'offered'"#,
        booking.estate.0,
        booking.id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// The places in line that a booking makes needless: where it was offered, and where its person waits for some of its
/// time.
pub async fn list_answered(db: &mut PgConnection, booking: &Booking) -> Result<Vec<Waiting>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select waiting_json(w) as "entry!: Json<Waiting>" from waiting w
           where w.estate_id = $1 and w.facility_id = $3 and w.account_id = $4
             and (w.stage = 'offered' and w.booking_id = $2
               or w.stage = 'waiting' and w.starts_at < $6 and w.ends_at > $5)"#,
        booking.estate.0,
        booking.id.0,
        booking.facility.0,
        booking.account.0,
        booking.starts_at,
        booking.ends_at,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// A place in line for what cannot be booked any more; those set aside left out.
pub async fn find_over(
    db: &mut PgConnection,
    aside: &[Uuid],
    now: Moment,
) -> Result<Option<(EstateId, FacilityId, WaitingId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, facility_id, id from waiting
         where stage = 'waiting' and waits_until <= $1 and id <> all($2) limit 1",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.facility_id.into(), row.id.into())))
}

/// Puts somebody in line.
pub async fn insert_place(db: &mut PgConnection, entry: &Waiting) -> Result<(), Fault> {
    sqlx::query!(
        "insert into waiting (estate_id, id, stage, stage_at, facility_id, unit_id, account_id, starts_at, ends_at, heads,
           waits_until, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        entry.estate.0,
        entry.id.0,
        entry.stage.tag(),
        entry.stage_at,
        entry.facility.0,
        entry.unit.0,
        entry.account.0,
        entry.starts_at,
        entry.ends_at,
        entry.heads as i32,
        entry.waits_until,
        entry.made_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move.
pub async fn save_place(db: &mut PgConnection, entry: &mut Waiting) -> Result<(), Fault> {
    entry.version += 1;
    sqlx::query!(
        "update waiting set version = $3, stage = $4, stage_at = $5, booking_id = $6 where estate_id = $1 and id = $2",
        entry.estate.0,
        entry.id.0,
        entry.version,
        entry.stage.tag(),
        entry.stage_at,
        entry.booking.map(|booking| booking.0),
    )
    .execute(db)
    .await?;
    Ok(())
}
