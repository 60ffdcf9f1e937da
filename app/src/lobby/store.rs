//! SQL of PINs and of the tries of them.

use super::rules::Guesses;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, PartyId, RequestId, UnitId};
use crate::moment::Moment;
use crate::requests::Request;
use chrono::NaiveDate;
use sqlx::PgConnection;

/// A matter, and the hashes of the PINs that open it.
pub struct Opens {
    /// The matter.
    pub id: RequestId,
    /// Of its own PIN.
    pub own: Option<String>,
    /// Of its household's, and whose home that is.
    pub household: Option<(UnitId, String)>,
}

/// The matter of a code with what opens it. A household's PIN opens what came in since the party for which it was made
/// lives in the unit: of that unit; or, where a matter is of no unit, of anybody who lives there today.
pub async fn find_opens(
    db: &mut PgConnection,
    estate: EstateId,
    code: &str,
    zone: &str,
    today: NaiveDate,
) -> Result<Option<Opens>, Fault> {
    let row = sqlx::query!(
        r#"select r.id, m.pin_hash as "own?", h.unit_id as "unit?", h.pin_hash as "household?"
           from request r
           left join request_pin m on m.estate_id = r.estate_id and m.request_id = r.id
           left join lateral (
             select p.unit_id, p.pin_hash from household_pin p
             join occupancy o on o.estate_id = p.estate_id and o.unit_id = p.unit_id and o.party_id = p.party_id
               and o.from_on <= $4 and (o.to_on is null or o.to_on >= $4)
               and o.from_on <= (r.received_at at time zone $3::text)::date
             where p.estate_id = r.estate_id and (p.unit_id = r.unit_id or r.unit_id is null and exists (
               select from occupancy a where a.estate_id = p.estate_id and a.unit_id = p.unit_id and a.party_id = r.party_id
                 and a.from_on <= $4 and (a.to_on is null or a.to_on >= $4)))
             order by (p.party_id = r.party_id) desc, p.made_at desc limit 1
           ) h on true
           where r.estate_id = $1 and r.code = $2"#,
        estate.0,
        code,
        zone,
        today,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Opens { id: row.id.into(), own: row.own, household: row.unit.map(Into::into).zip(row.household) }))
}

/// Keeps the hash of a matter's own PIN.
pub async fn insert_request_pin(db: &mut PgConnection, request: &Request, hash: &str, at: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "insert into request_pin (estate_id, request_id, pin_hash, made_at) values ($1, $2, $3, $4)",
        request.estate.0,
        request.id.0,
        hash,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whose a household's PIN is.
#[derive(Clone, Copy)]
pub struct Household {
    /// The estate.
    pub estate: EstateId,
    /// The unit.
    pub unit: UnitId,
    /// For as long as this party lives there.
    pub party: PartyId,
}

/// Keeps the hash of a household's PIN instead of the one before it.
pub async fn save_household_pin(
    db: &mut PgConnection,
    household: Household,
    hash: &str,
    by: AccountId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into household_pin (estate_id, unit_id, party_id, pin_hash, made_by, made_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (estate_id, unit_id) do update
           set party_id = excluded.party_id, pin_hash = excluded.pin_hash, made_by = excluded.made_by, made_at = excluded.made_at",
        household.estate.0,
        household.unit.0,
        household.party.0,
        hash,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The tries of a code or at a screen, held until the transaction ends.
pub async fn lock_guesses(
    db: &mut PgConnection,
    estate: EstateId,
    subject: &str,
    now: Moment,
) -> Result<Guesses, Fault> {
    sqlx::query!(
        "insert into pin_guess (estate_id, subject, tries, window_at, times_shut, at) values ($1, $2, 0, $3, 0, $3)
         on conflict (estate_id, subject) do nothing",
        estate.0,
        subject,
        now,
    )
    .execute(&mut *db)
    .await?;
    let row = sqlx::query!(
        "select tries, window_at, shut_until, times_shut, at from pin_guess where estate_id = $1 and subject = $2 for update",
        estate.0,
        subject,
    )
    .fetch_one(db)
    .await?;
    Ok(Guesses {
        tries: row.tries,
        window_at: row.window_at,
        shut_until: row.shut_until,
        times_shut: row.times_shut,
        at: row.at,
    })
}

/// Writes what was counted.
pub async fn save_guesses(
    db: &mut PgConnection,
    estate: EstateId,
    subject: &str,
    guesses: &Guesses,
) -> Result<(), Fault> {
    sqlx::query!(
        "update pin_guess set tries = $3, window_at = $4, shut_until = $5, times_shut = $6, at = $7
         where estate_id = $1 and subject = $2",
        estate.0,
        subject,
        guesses.tries,
        guesses.window_at,
        guesses.shut_until,
        guesses.times_shut,
        guesses.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was last tried before then.
pub async fn sweep(db: &mut PgConnection, before: Moment) -> Result<(), Fault> {
    sqlx::query!("delete from pin_guess where at < $1", before).execute(db).await?;
    Ok(())
}
