//! SQL of private addresses, and of the bookings behind them.

use crate::bookings::{BookingCard, Entry};
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, FacilityId, StaffId};
use crate::moment::Moment;
use crate::people::Role;
use crate::texts::Lang;
use sqlx::PgConnection;
use sqlx::types::Json;

/// The most bookings of a calendar.
const MOST: i64 = 500;

/// A facility's calendar, as the address of one of the desk's people opens it.
#[derive(Debug)]
pub struct FacilityFeed {
    /// Whose it is.
    pub estate: EstateId,
    /// What people call that.
    pub estate_names: Names,
    /// The facility.
    pub facility: FacilityId,
    /// What people call it.
    pub facility_names: Names,
    /// Who made the address,
    pub staff: StaffId,
    /// what they are there now,
    pub roles: Vec<Role>,
    /// and what they read.
    pub lang: Lang,
}

/// Since when a person's bookings have an address.
pub async fn find_person_since(db: &mut PgConnection, account: AccountId) -> Result<Option<Moment>, Fault> {
    Ok(sqlx::query_scalar!("select made_at from person_feed where account_id = $1", account.0)
        .fetch_optional(db)
        .await?)
}

/// Since when a facility has an address of one of the desk's people.
pub async fn find_facility_since(
    db: &mut PgConnection,
    estate: EstateId,
    facility: FacilityId,
    staff: StaffId,
) -> Result<Option<Moment>, Fault> {
    Ok(sqlx::query_scalar!(
        "select made_at from facility_feed where estate_id = $1 and facility_id = $2 and staff_id = $3",
        estate.0,
        facility.0,
        staff.0,
    )
    .fetch_optional(db)
    .await?)
}

/// Whether an estate has this facility, or had it.
pub async fn has_facility(db: &mut PgConnection, estate: EstateId, facility: FacilityId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from facility where estate_id = $1 and id = $2) as "exists!""#,
        estate.0,
        facility.0,
    )
    .fetch_one(db)
    .await?)
}

/// Stores a person's address, in place of an earlier one.
pub async fn save_person(
    db: &mut PgConnection,
    account: AccountId,
    secret_hash: &[u8],
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into person_feed (account_id, secret_hash, made_at) values ($1, $2, $3)
         on conflict (account_id) do update set secret_hash = excluded.secret_hash, made_at = excluded.made_at",
        account.0,
        secret_hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores the address of one of the desk's people for a facility, in place of an earlier one.
pub async fn save_facility(
    db: &mut PgConnection,
    estate: EstateId,
    facility: FacilityId,
    staff: StaffId,
    secret_hash: &[u8],
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into facility_feed (estate_id, facility_id, staff_id, secret_hash, made_at) values ($1, $2, $3, $4, $5)
         on conflict (estate_id, facility_id, staff_id)
         do update set secret_hash = excluded.secret_hash, made_at = excluded.made_at",
        estate.0,
        facility.0,
        staff.0,
        secret_hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets a person's address.
pub async fn delete_person(db: &mut PgConnection, account: AccountId) -> Result<(), Fault> {
    sqlx::query!("delete from person_feed where account_id = $1", account.0).execute(db).await?;
    Ok(())
}

/// Forgets the address of one of the desk's people for a facility; whether there was one.
pub async fn delete_facility(
    db: &mut PgConnection,
    estate: EstateId,
    facility: FacilityId,
    staff: StaffId,
) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "delete from facility_feed where estate_id = $1 and facility_id = $2 and staff_id = $3",
        estate.0,
        facility.0,
        staff.0,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whose bookings an address opens, and what they read; as long as they may sign in.
pub async fn find_person(db: &mut PgConnection, secret_hash: &[u8]) -> Result<Option<(AccountId, Lang)>, Fault> {
    let row = sqlx::query!(
        "select a.id, a.lang from person_feed f join account a on a.id = f.account_id
         where f.secret_hash = $1 and a.disabled_at is null",
        secret_hash,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id.into(), Lang::from_tag(&row.lang).unwrap_or_default())))
}

/// Which facility's an address opens, as long as whoever made it works there.
pub async fn find_facility(db: &mut PgConnection, secret_hash: &[u8]) -> Result<Option<FacilityFeed>, Fault> {
    let row = sqlx::query!(
        r#"select f.estate_id, f.facility_id, f.staff_id, a.lang,
             array(select r.role from staff_role r where r.estate_id = m.estate_id and r.staff_id = m.id) as "roles!",
             jsonb_build_object('en', e.name_en, 'hans', e.name_hans, 'hant', e.name_hant) as "estate!: Json<Names>",
             jsonb_build_object('en', c.name_en, 'hans', c.name_hans, 'hant', c.name_hant) as "facility!: Json<Names>"
           from facility_feed f
           join estate e on e.id = f.estate_id
           join facility c on c.estate_id = f.estate_id and c.id = f.facility_id
           join staff_member m on m.estate_id = f.estate_id and m.id = f.staff_id
           join account a on a.id = m.account_id
           where f.secret_hash = $1 and m.left_at is null and a.disabled_at is null"#,
        secret_hash,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| FacilityFeed {
        estate: row.estate_id.into(),
        estate_names: row.estate.0,
        facility: row.facility_id.into(),
        facility_names: row.facility.0,
        staff: row.staff_id.into(),
        roles: row.roles.iter().filter_map(|tag| Role::from_tag(tag)).collect(),
        lang: Lang::from_tag(&row.lang).unwrap_or_default(),
    }))
}

/// A person's bookings that begin from an instant on, each with the name of its estate; at most 500, what is to come and
/// what is near before the rest.
pub async fn list_of_person(
    db: &mut PgConnection,
    account: AccountId,
    since: Moment,
    now: Moment,
) -> Result<Vec<(BookingCard, Names)>, Fault> {
    let rows = sqlx::query!(
        r#"select booking_card_json(b) as "card!: Json<BookingCard>",
             jsonb_build_object('en', e.name_en, 'hans', e.name_hans, 'hant', e.name_hant) as "estate!: Json<Names>"
           from booking b join estate e on e.id = b.estate_id
           where b.account_id = $1 and not b.by_office and b.starts_at >= $2 and b.stage not in ('held', 'expired')
           order by b.ends_at <= $3::timestamptz, abs(extract(epoch from b.starts_at - $3::timestamptz)), b.id limit $4"#,
        account.0,
        since,
        now,
        MOST,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.card.0, row.estate.0)).collect())
}

/// A facility's bookings, in the same way.
pub async fn list_of_facility(
    db: &mut PgConnection,
    estate: EstateId,
    facility: FacilityId,
    since: Moment,
    now: Moment,
) -> Result<Vec<Entry>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select booking_entry_json(b) as "entry!: Json<Entry>" from booking b
           where b.estate_id = $1 and b.facility_id = $2 and b.starts_at >= $3 and b.stage not in ('held', 'expired')
           order by b.ends_at <= $4::timestamptz, abs(extract(epoch from b.starts_at - $4::timestamptz)), b.id limit $5"#,
        estate.0,
        facility.0,
        since,
        now,
        MOST,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
