use super::super::model::{PassedHow, Relay};
use super::of_homes;
use crate::fault::Fault;
use crate::ids::{AccountId, ContactId, EstateId, StaffId};
use crate::moment::Moment;
use crate::people::Home;
use sqlx::PgConnection;
use sqlx::types::Json;

/// Words on a page of a resident's, and passed ones on the desk's.
const OWN: i64 = 30;
const PASSED: i64 = 20;

/// Stores words that were just taken, beside their contact.
pub async fn insert_relay(db: &mut PgConnection, relay: &Relay) -> Result<(), Fault> {
    sqlx::query!(
        "insert into relay (estate_id, contact_id, stage, unit_id, party_id, staff_id, addressee, is_urgent, call_by,
           taken_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        relay.estate.0,
        relay.id.0,
        relay.stage_tag(),
        relay.unit.map(|id| id.0),
        relay.party.map(|id| id.0),
        relay.staff.map(|id| id.0),
        relay.addressee,
        relay.is_urgent,
        relay.call_by,
        relay.taken_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores that they reached whom they are for; who of the office told them, if anybody did.
pub async fn save_relay(db: &mut PgConnection, relay: &mut Relay, by: Option<StaffId>) -> Result<(), Fault> {
    relay.version += 1;
    sqlx::query!(
        "update relay set version = $3, stage = $4, passed_at = $5, passed_how = $6, passed_by = $7
         where estate_id = $1 and contact_id = $2",
        relay.estate.0,
        relay.id.0,
        relay.version,
        relay.stage_tag(),
        relay.passed_at,
        relay.passed_how.map(PassedHow::tag),
        by.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One of an estate's, locked until the transaction ends.
pub async fn lock_relay(db: &mut PgConnection, estate: EstateId, id: ContactId) -> Result<Option<Relay>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select relay_json(r) as "relay!: Json<Relay>" from relay r
           where r.estate_id = $1 and r.contact_id = $2 for update of r"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// One that is for somebody's homes, or for them there, locked until the transaction ends.
pub async fn lock_own_relay(db: &mut PgConnection, homes: &[Home], id: ContactId) -> Result<Option<Relay>, Fault> {
    let (units, parties, days) = of_homes(homes);
    let row = sqlx::query_scalar!(
        r#"select relay_json(r) as "relay!: Json<Relay>" from relay r
           where r.contact_id = $1 and r.unit_id = any($2)
             and is_left_for($2, $3, $4, r.estate_id, r.unit_id, r.party_id, r.taken_at)
           for update of r"#,
        id.0,
        &units,
        &parties,
        &days,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Those that somebody read in their inbox at this instant, and that had not reached anybody before; locked.
pub async fn lock_read(db: &mut PgConnection, account: AccountId, now: Moment) -> Result<Vec<Relay>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select relay_json(r) as "relay!: Json<Relay>" from relay r
           where r.stage = 'open' and (r.estate_id, r.contact_id) in (
             select m.estate_id, (m.telling ->> 'relay')::uuid from message m
             where m.account_id = $1 and m.read_at = $2 and m.telling ->> 'told' = 'relay')
           order by r.contact_id
           for update of r"#,
        account.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What was not passed on yet, the oldest first; at most 100.
pub async fn list_open_relays(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Relay>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select relay_json(r) as "relay!: Json<Relay>" from relay r
           where r.estate_id = $1 and r.stage = 'open' order by r.taken_at, r.contact_id limit 100"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What was passed on lately, the latest first.
pub async fn list_passed_relays(db: &mut PgConnection, estate: EstateId, since: Moment) -> Result<Vec<Relay>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select relay_json(r) as "relay!: Json<Relay>" from relay r
           where r.estate_id = $1 and r.stage = 'passed' and r.passed_at >= $2
           order by r.passed_at desc, r.contact_id desc limit $3"#,
        estate.0,
        since,
        PASSED,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What was left for somebody's homes, or for them there: what was not read first, the latest first.
pub async fn list_own_relays(db: &mut PgConnection, homes: &[Home]) -> Result<Vec<Relay>, Fault> {
    let (units, parties, days) = of_homes(homes);
    let rows = sqlx::query_scalar!(
        r#"select relay_json(r) as "relay!: Json<Relay>" from relay r
           where r.unit_id = any($1) and is_left_for($1, $2, $3, r.estate_id, r.unit_id, r.party_id, r.taken_at)
           order by r.stage = 'open' desc, r.taken_at desc, r.contact_id desc limit $4"#,
        &units,
        &parties,
        &days,
        OWN,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
