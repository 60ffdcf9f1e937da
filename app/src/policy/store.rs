//! SQL of policies: the versions that were published.

use super::model::{Policy, Terms};
use crate::backend::broken;
use crate::estate::Zone;
use crate::fault::Fault;
use crate::ids::{EstateId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;

/// The version that holds at an instant, and the zone in which it counts.
pub async fn in_force(db: &mut PgConnection, estate: EstateId, at: Moment) -> Result<(Policy, Zone), Fault> {
    let row = sqlx::query!(
        r#"select p.version, p.valid_from, p.terms as "terms: Json<Terms>", e.zone
           from policy p join estate e on e.id = p.estate_id
           where p.estate_id = $1 and p.valid_from <= $2 order by p.valid_from desc, p.version desc limit 1"#,
        estate.0,
        at,
    )
    .fetch_optional(db)
    .await?
    .ok_or_else(|| broken("an estate without a policy", &estate))?;
    let policy = Policy { estate, version: row.version, valid_from: row.valid_from, terms: row.terms.0 };
    Ok((policy, Zone::of(&row.zone)))
}

/// Publishes a version, once its terms are checked; two at once cannot have the same number.
pub async fn insert(
    db: &mut PgConnection,
    policy: &Policy,
    by: Option<StaffId>,
    note: Option<&str>,
    now: Moment,
) -> Result<(), Fault> {
    policy.terms.check()?;
    sqlx::query!(
        "insert into policy (estate_id, version, valid_from, terms, note, published_by, published_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        policy.estate.0,
        policy.version,
        policy.valid_from,
        Json(&policy.terms) as _,
        note,
        by.map(|id| id.0),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
