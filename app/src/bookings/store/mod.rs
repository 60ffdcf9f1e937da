//! SQL of bookings: the matter itself here, what can be booked in `facilities`, all of it in `list`, its next terms in `terms`, when that is closed
//! and who was shown around in `care`, which days have hours of their own in `days`, who has what of it in `claims`, what the
//! office looks at in `diary`, what is given away by lot in `draws` and whose lots are in it in `lots`, what is due by itself in
//! `due`, who waits for what others have in `waiting`, what was read of its water in `water`.

mod care;
mod claims;
mod days;
mod diary;
mod draws;
mod due;
mod facilities;
mod list;
mod lots;
mod terms;
mod waiting;
mod water;

pub use care::*;
pub use claims::*;
pub use days::*;
pub use diary::*;
pub use draws::*;
pub use due::*;
pub use facilities::*;
pub use list::*;
pub use lots::*;
pub use terms::*;
pub use waiting::*;
pub use water::*;

use super::model::{Booking, BookingCard, Facility};
use super::rules::Span;
use crate::estate::UnitRef;
use crate::fault::Fault;
use crate::ids::{AccountId, BookingId, EstateId, FacilityId, FacilityUnitId, UnitId};
use crate::moment::Moment;
use crate::people::store::find_unit;
use crate::requests::code;
use sqlx::PgConnection;
use sqlx::types::Json;

/// The next code of an estate, of which requests and bookings have each its own.
pub async fn next_code(db: &mut PgConnection, estate: EstateId) -> Result<String, Fault> {
    let row = sqlx::query!(
        r#"select code_prefix, nextval('request_code_number') as "number!" from estate where id = $1"#,
        estate.0,
    )
    .fetch_one(db)
    .await?;
    Ok(code(&row.code_prefix, row.number))
}

/// A person's bookings that are not over, or of which they have not said how it was, the next one first; at most 20.
pub async fn list_cards(db: &mut PgConnection, account: AccountId, now: Moment) -> Result<Vec<BookingCard>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select booking_card_json(b) as "card!: Json<BookingCard>" from booking b
           where b.account_id = $1 and not b.by_office and b.ends_at > $2::timestamptz - interval '14 days'
             and (b.stage in ('requested', 'confirmed', 'present') or b.stage = 'held' and b.held_until > $2
               or b.stage = 'done' and b.stars is null)
           order by b.starts_at, b.id limit 20"#,
        account.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// One of a person's bookings by its code, with the household for which it is.
pub async fn find_card(
    db: &mut PgConnection,
    account: AccountId,
    code: &str,
) -> Result<Option<(BookingCard, UnitRef)>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select booking_card_json(b) as "card!: Json<BookingCard>" from booking b where b.account_id = $1 and not b.by_office and b.code = $2"#,
        account.0,
        code,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(Json(card)) = row else { return Ok(None) };
    let home = find_unit(db, card.booking.estate, card.booking.unit).await?;
    Ok(home.map(|home| (card, home)))
}

/// Those that follow a booking in its series and are not over, the next one first.
pub async fn list_rest(db: &mut PgConnection, booking: &Booking) -> Result<Vec<BookingCard>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select booking_card_json(b) as "card!: Json<BookingCard>" from booking b
           where b.estate_id = $1 and b.series_id = $2 and b.account_id = $3 and b.starts_at > $4
             and b.stage in ('requested', 'confirmed')
           order by b.starts_at limit 60"#,
        booking.estate.0,
        booking.series.map(|series| series.0),
        booking.account.0,
        booking.starts_at,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// One of a person's bookings.
pub async fn find(db: &mut PgConnection, account: AccountId, id: BookingId) -> Result<Option<Booking>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select booking_json(b) as "booking!: Json<Booking>" from booking b where b.account_id = $1 and not b.by_office and b.id = $2"#,
        account.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// What is held in a facility for nobody any more.
pub async fn list_run_out(
    db: &mut PgConnection,
    estate: EstateId,
    facility: FacilityId,
    now: Moment,
) -> Result<Vec<Booking>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select booking_json(b) as "booking!: Json<Booking>" from booking b
           where b.estate_id = $1 and b.facility_id = $2 and b.stage = 'held' and b.held_until <= $3
           order by b.id"#,
        estate.0,
        facility.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What somebody holds in a facility while they fill in its form; what was offered to them is another matter.
pub async fn find_held(
    db: &mut PgConnection,
    facility: &Facility,
    account: AccountId,
    now: Moment,
) -> Result<Option<Booking>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select booking_json(b) as "booking!: Json<Booking>" from booking b
           where b.estate_id = $1 and b.facility_id = $2 and b.stage = 'held' and b.account_id = $3 and b.held_until > $4
             and not exists (select from waiting w where w.estate_id = b.estate_id and w.booking_id = b.id)
           order by b.id limit 1"#,
        facility.estate.0,
        facility.id.0,
        account.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// How many bookings a household has in a facility that begin within a span, but for one that is moved.
pub async fn count_of_household(
    db: &mut PgConnection,
    facility: &Facility,
    unit: UnitId,
    within: Span,
    except: Option<BookingId>,
) -> Result<u32, Fault> {
    let count = sqlx::query_scalar!(
        r#"select count(*)::int as "count!" from booking
           where estate_id = $1 and facility_id = $2 and unit_id = $3 and starts_at >= $4 and starts_at < $5
             and stage in ('held', 'requested', 'confirmed', 'present', 'missed', 'done')
             and ($6::uuid is null or id <> $6)"#,
        facility.estate.0,
        facility.id.0,
        unit.0,
        within.from,
        within.until,
        except.map(|booking| booking.0),
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(0))
}

/// How many bookings a household has missed in a facility that began since then.
pub async fn count_of_missed(
    db: &mut PgConnection,
    facility: &Facility,
    unit: UnitId,
    since: Moment,
) -> Result<u32, Fault> {
    let count = sqlx::query_scalar!(
        r#"select count(*)::int as "count!" from booking
           where estate_id = $1 and facility_id = $2 and unit_id = $3 and starts_at >= $4 and stage = 'missed'"#,
        facility.estate.0,
        facility.id.0,
        unit.0,
        since,
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(0))
}

/// Stores a booking that begins: on a unit, or on seats.
pub async fn insert(
    db: &mut PgConnection,
    booking: &Booking,
    terms_version: i32,
    place: Option<FacilityUnitId>,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into booking (estate_id, id, code, stage, stage_at, facility_id, terms_version, unit_id, account_id,
           starts_at, ends_at, heads, held_until, price, made_at, place_id, series_id,
           by_office)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        booking.estate.0,
        booking.id.0,
        booking.code,
        booking.stage.tag(),
        booking.stage_at,
        booking.facility.0,
        terms_version,
        booking.unit.0,
        booking.account.0,
        booking.starts_at,
        booking.ends_at,
        booking.heads as i32,
        booking.held_until,
        booking.price,
        booking.made_at,
        place.map(|place| place.0),
        booking.series.map(|series| series.0),
        booking.by_office,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores another time, under these terms; what it had is free again, and it has to be given its place.
pub async fn shift(
    db: &mut PgConnection,
    booking: &mut Booking,
    terms_version: i32,
    place: Option<FacilityUnitId>,
) -> Result<(), Fault> {
    let_go(&mut *db, booking).await?;
    booking.version += 1;
    sqlx::query!(
        "update booking set version = $3, stage = $4, stage_at = $5, starts_at = $6, ends_at = $7, price = $8,
           terms_version = $9, place_id = $10, reminded_at = $11
         where estate_id = $1 and id = $2",
        booking.estate.0,
        booking.id.0,
        booking.version,
        booking.stage.tag(),
        booking.stage_at,
        booking.starts_at,
        booking.ends_at,
        booking.price,
        terms_version,
        place.map(|place| place.0),
        booking.reminded_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores a move after which it has no place any more: what it had is free again.
pub async fn end(db: &mut PgConnection, booking: &mut Booking) -> Result<(), Fault> {
    save(db, booking).await?;
    let_go(db, booking).await
}

/// Stores one move.
pub async fn save(db: &mut PgConnection, booking: &mut Booking) -> Result<(), Fault> {
    booking.version += 1;
    sqlx::query!(
        "update booking set version = $3, stage = $4, stage_at = $5, heads = $6, note = $7, price = $8, reason = $9,
           stars = $10, stars_words = $11, reminded_at = $12, series_id = $13
         where estate_id = $1 and id = $2",
        booking.estate.0,
        booking.id.0,
        booking.version,
        booking.stage.tag(),
        booking.stage_at,
        booking.heads as i32,
        booking.note,
        booking.price,
        booking.reason,
        booking.stars.map(i32::from),
        booking.stars_words,
        booking.reminded_at,
        booking.series.map(|series| series.0),
    )
    .execute(db)
    .await?;
    Ok(())
}
