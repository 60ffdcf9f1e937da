//! SQL of what is left at the desk: words in `relays`, what is signed for in `items`, what is counted in `counts`, letters to
//! owners in `letters`; who is told, here.

mod counts;
mod items;
mod letters;
mod relays;

pub use counts::*;
pub use items::*;
pub use letters::*;
pub use relays::*;

use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, PartyId, UnitId};
use crate::moment::Moment;
use crate::people::Home;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// The accounts of those who live in a unit now and did at an earlier instant, or of one of them; at most 20.
pub async fn list_accounts(
    db: &mut PgConnection,
    estate: EstateId,
    unit: UnitId,
    party: Option<PartyId>,
    (since, now): (Moment, Moment),
) -> Result<Vec<AccountId>, Fault> {
    let rows = sqlx::query_scalar!(
        "select distinct a.id from occupancy o
         join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
         join account a on a.id = pa.account_id and a.disabled_at is null
         where o.estate_id = $1 and o.unit_id = $2 and ($3::uuid is null or o.party_id = $3)
           and o.from_on <= day_at($1, $5) and (o.to_on is null or o.to_on >= day_at($1, $4))
         order by a.id limit 20",
        estate.0,
        unit.0,
        party.map(|party| party.0),
        now,
        since,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// What somebody of an estate is called.
pub async fn find_name(db: &mut PgConnection, estate: EstateId, party: PartyId) -> Result<Option<String>, Fault> {
    let name = sqlx::query_scalar!("select name from party where estate_id = $1 and id = $2", estate.0, party.0)
        .fetch_optional(db)
        .await?;
    Ok(name)
}

/// Somebody's homes as queries take them: units, as whom they are there, and since which day.
fn of_homes(homes: &[Home]) -> (Vec<Uuid>, Vec<Uuid>, Vec<NaiveDate>) {
    let units = homes.iter().map(|home| home.unit.id.0).collect();
    let parties = homes.iter().map(|home| home.party.0).collect();
    (units, parties, homes.iter().map(|home| home.from_on).collect())
}
