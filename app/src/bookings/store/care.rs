use super::super::model::{Booking, Closure, Facility, Guest};
use super::super::rules::Span;
use crate::fault::Fault;
use crate::ids::{AccountId, ClosureId, EstateId, FacilityId, FacilityUnitId, UnitId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// When some of an estate's facilities, or units of theirs, are closed from an instant on, the next first; at most 200 of
/// each.
pub async fn list_closures(
    db: &mut PgConnection,
    estate: EstateId,
    facilities: &[Facility],
    now: Moment,
) -> Result<Vec<(FacilityId, Closure)>, Fault> {
    let rows = sqlx::query!(
        r#"select c.facility_id as "facility_id!", c.id as "id!", c.unit_id as "unit_id?", c.starts_at as "starts_at!",
             c.ends_at as "ends_at!", c.reason as "reason!"
           from unnest($2::uuid[]) as f (id)
           cross join lateral (
             select * from facility_closure
             where estate_id = $1 and facility_id = f.id and lifted_at is null and ends_at > $3
             order by ends_at, id limit 200) c
           order by c.ends_at, c.id"#,
        estate.0,
        &ids(facilities),
        now,
    )
    .fetch_all(db)
    .await?;
    let closures = rows.into_iter().map(|row| {
        let closure = Closure {
            id: row.id.into(),
            unit: row.unit_id.map(Into::into),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            reason: row.reason,
        };
        (row.facility_id.into(), closure)
    });
    Ok(closures.collect())
}

/// Closes a facility, or one of its units. The database refuses it where somebody has booked it then.
pub async fn insert_closure(
    db: &mut PgConnection,
    facility: &Facility,
    closure: &Closure,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into facility_closure (estate_id, id, facility_id, unit_id, starts_at, ends_at, reason, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        facility.estate.0,
        closure.id.0,
        facility.id.0,
        closure.unit.map(|unit| unit.0),
        closure.starts_at,
        closure.ends_at,
        closure.reason,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Opens again what was closed of a facility; when that was, unless it is open already.
pub async fn lift_closure(
    db: &mut PgConnection,
    facility: &Facility,
    id: ClosureId,
    now: Moment,
) -> Result<Option<Span>, Fault> {
    let row = sqlx::query!(
        "update facility_closure set lifted_at = $4
         where estate_id = $1 and facility_id = $2 and id = $3 and lifted_at is null
         returning starts_at, ends_at",
        facility.estate.0,
        facility.id.0,
        id.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Span { from: row.starts_at, until: row.ends_at }))
}

/// What is only kept for somebody in a facility while that, or one of its units, closes.
pub async fn list_held_in(
    db: &mut PgConnection,
    facility: &Facility,
    closure: &Closure,
    now: Moment,
) -> Result<Vec<Booking>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select booking_json(b) as "booking!: Json<Booking>" from booking b
           where b.estate_id = $1 and b.facility_id = $2 and b.stage = 'held' and b.held_until > $6 and b.starts_at < $4
             and b.ends_at > $3 and ($5::uuid is null or b.place_id = $5)
           order by b.id"#,
        facility.estate.0,
        facility.id.0,
        closure.starts_at,
        closure.ends_at,
        closure.unit.map(|unit| unit.0),
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Whether somebody has a facility, or one of its units, within a span.
pub async fn is_booked(
    db: &mut PgConnection,
    facility: &Facility,
    unit: Option<FacilityUnitId>,
    within: Span,
) -> Result<bool, Fault> {
    let is_booked = sqlx::query_scalar!(
        r#"select exists (
             select from booking
             where estate_id = $1 and facility_id = $2 and stage in ('held', 'requested', 'confirmed', 'present')
               and starts_at > $3::timestamptz - interval '29 days' and starts_at < $4 and ends_at > $3
               and ($5::uuid is null or place_id = $5)) as "is_booked!""#,
        facility.estate.0,
        facility.id.0,
        within.from,
        within.until,
        unit.map(|unit| unit.0),
    )
    .fetch_one(db)
    .await?;
    Ok(is_booked)
}

/// When somebody has a facility, of those who begin within a span.
pub async fn list_booked(db: &mut PgConnection, facility: &Facility, within: Span) -> Result<Vec<Span>, Fault> {
    let rows = sqlx::query!(
        "select starts_at, ends_at from booking
         where estate_id = $1 and facility_id = $2 and stage in ('held', 'requested', 'confirmed', 'present')
           and starts_at >= $3 and starts_at < $4",
        facility.estate.0,
        facility.id.0,
        within.from,
        within.until,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Span { from: row.starts_at, until: row.ends_at }).collect())
}

/// Whether somebody was shown around.
pub async fn is_inducted(db: &mut PgConnection, facility: &Facility, account: AccountId) -> Result<bool, Fault> {
    let is_inducted = sqlx::query_scalar!(
        r#"select exists (
             select from induction where estate_id = $1 and facility_id = $2 and account_id = $3) as "is_inducted!""#,
        facility.estate.0,
        facility.id.0,
        account.0,
    )
    .fetch_one(db)
    .await?;
    Ok(is_inducted)
}

/// To which of some of an estate's facilities somebody was shown around.
pub async fn list_inducted(
    db: &mut PgConnection,
    estate: EstateId,
    facilities: &[Facility],
    account: AccountId,
) -> Result<Vec<FacilityId>, Fault> {
    let rows = sqlx::query_scalar!(
        "select facility_id from induction where estate_id = $1 and facility_id = any($2) and account_id = $3",
        estate.0,
        &ids(facilities),
        account.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Notes that somebody was shown around; a second time changes nothing.
pub async fn insert_induction(
    db: &mut PgConnection,
    facility: &Facility,
    account: AccountId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into induction (estate_id, facility_id, account_id, given_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        facility.estate.0,
        facility.id.0,
        account.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who lives or works in a unit now and has an account, and whether they were shown around a facility; at most 20.
pub async fn list_guests(
    db: &mut PgConnection,
    facility: &Facility,
    unit: UnitId,
    now: Moment,
) -> Result<Vec<Guest>, Fault> {
    let rows = sqlx::query!(
        r#"select distinct a.name, a.id, exists (
             select from induction i
             where i.estate_id = $1 and i.facility_id = $3 and i.account_id = a.id) as "is_inducted!"
           from occupancy o
           join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
           join account a on a.id = pa.account_id and a.disabled_at is null
           where o.estate_id = $1 and o.unit_id = $2
             and o.from_on <= day_at($1, $4) and (o.to_on is null or o.to_on >= day_at($1, $4))
           order by a.name, a.id limit 20"#,
        facility.estate.0,
        unit.0,
        facility.id.0,
        now,
    )
    .fetch_all(db)
    .await?;
    let guests =
        rows.into_iter().map(|row| Guest { account: row.id.into(), name: row.name, is_inducted: row.is_inducted });
    Ok(guests.collect())
}

pub(super) fn ids(facilities: &[Facility]) -> Vec<Uuid> {
    facilities.iter().map(|facility| facility.id.0).collect()
}

/// Whether somebody lives or works in a unit now.
pub async fn is_guest(
    db: &mut PgConnection,
    estate: EstateId,
    unit: UnitId,
    account: AccountId,
    now: Moment,
) -> Result<bool, Fault> {
    let is_guest = sqlx::query_scalar!(
        r#"select exists (
             select from occupancy o
             join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
             where o.estate_id = $1 and o.unit_id = $2 and pa.account_id = $3
               and o.from_on <= day_at($1, $4) and (o.to_on is null or o.to_on >= day_at($1, $4))) as "is_guest!""#,
        estate.0,
        unit.0,
        account.0,
        now,
    )
    .fetch_one(db)
    .await?;
    Ok(is_guest)
}
