use super::super::model::{Bookable, Entry, Facility};
use super::super::rules::Span;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{AccountId, BookingId, EstateId, FacilityId, UnitId};
use sqlx::PgConnection;
use sqlx::types::Json;

/// The names of an estate's facilities, in order; of those that cannot be booked any more only those that somebody has.
pub async fn list_bookable(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Bookable>, Fault> {
    let rows = sqlx::query!(
        "select f.id, f.slug, f.icon, f.name_en, f.name_hans, f.name_hant from facility f
         where f.estate_id = $1 and (f.retired_at is null or exists (
           select from booking b
           where b.estate_id = f.estate_id and b.facility_id = f.id and b.stage in ('requested', 'confirmed', 'present')))
         order by f.position",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    let bookable = rows.into_iter().map(|row| Bookable {
        id: row.id.into(),
        slug: row.slug,
        icon: row.icon,
        names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
    });
    Ok(bookable.collect())
}

/// The names of those that can be booked, in order.
pub async fn list_offered(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Bookable>, Fault> {
    let rows = sqlx::query!(
        "select f.id, f.slug, f.icon, f.name_en, f.name_hans, f.name_hant from facility f
         where f.estate_id = $1 and f.retired_at is null order by f.position",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    let offered = rows.into_iter().map(|row| Bookable {
        id: row.id.into(),
        slug: row.slug,
        icon: row.icon,
        names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
    });
    Ok(offered.collect())
}

/// Who has what of an estate, or of one of its facilities, for one of its households, by one person, within a span, so many
/// at most; what was given back or declined left out.
pub async fn list_entries(
    db: &mut PgConnection,
    estate: EstateId,
    (facility, home, booker): (Option<FacilityId>, Option<UnitId>, Option<AccountId>),
    within: Span,
    most: usize,
) -> Result<Vec<Entry>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select booking_entry_json(b) as "entry!: Json<Entry>" from booking b
           where b.estate_id = $1 and ($2::uuid is null or b.facility_id = $2)
             and b.starts_at >= $3::timestamptz - interval '29 days' and b.starts_at < $4 and b.ends_at > $3
             and b.stage in ('requested', 'confirmed', 'present', 'done', 'missed')
             and ($5::uuid is null or b.unit_id = $5) and ($6::uuid is null or b.account_id = $6)
           order by b.starts_at, b.id limit $7"#,
        estate.0,
        facility.map(|facility| facility.0),
        within.from,
        within.until,
        home.map(|home| home.0),
        booker.map(|booker| booker.0),
        most as i64,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What somebody is called who has booked something in an estate; nobody else is the office's to look up by their account.
pub async fn find_booker(db: &mut PgConnection, estate: EstateId, id: AccountId) -> Result<Option<String>, Fault> {
    let name = sqlx::query_scalar!(
        "select a.name from account a
         where a.id = $2 and exists (
           select from booking b
           where b.account_id = a.id and b.estate_id = $1 and b.stage not in ('held', 'expired'))",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(name)
}

/// What waits for the office's answer, the next one first.
pub async fn list_waiting(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Entry>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select booking_entry_json(b) as "entry!: Json<Entry>" from booking b
           where b.estate_id = $1 and b.stage = 'requested' order by b.starts_at, b.id limit 50"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// One of an estate's bookings, by its code; what is only kept is not for the office to see.
pub async fn find_entry(db: &mut PgConnection, estate: EstateId, code: &str) -> Result<Option<Entry>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select booking_entry_json(b) as "entry!: Json<Entry>" from booking b
           where b.estate_id = $1 and b.code = $2 and b.stage not in ('held', 'expired')"#,
        estate.0,
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// The code of the order of a bundle of the catalogue of which a booking is a part; none where it stands alone.
pub async fn find_whole(db: &mut PgConnection, estate: EstateId, id: BookingId) -> Result<Option<String>, Fault> {
    let code = sqlx::query_scalar!(
        "select o.code from service_order_part l
         join service_order o on o.estate_id = l.estate_id and o.id = l.order_id
         where l.estate_id = $1 and l.booking_id = $2",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(code)
}

/// Whether a bundle of the catalogue books a facility.
pub async fn is_in_bundle(db: &mut PgConnection, facility: &Facility) -> Result<bool, Fault> {
    let is_in_bundle = sqlx::query_scalar!(
        r#"select exists (select from service_part where estate_id = $1 and facility = $2) as "is_in_bundle!""#,
        facility.estate.0,
        facility.slug,
    )
    .fetch_one(db)
    .await?;
    Ok(is_in_bundle)
}

/// The facility of one of an estate's bookings: whoever moves that locks this first.
pub async fn find_facility_of(
    db: &mut PgConnection,
    estate: EstateId,
    id: BookingId,
) -> Result<Option<FacilityId>, Fault> {
    let row = sqlx::query_scalar!("select facility_id from booking where estate_id = $1 and id = $2", estate.0, id.0)
        .fetch_optional(db)
        .await?;
    Ok(row.map(Into::into))
}
