use super::super::model::{Facility, FacilityUnit, Patience, Period, PricePer, Quota, Terms};
use crate::backend::broken;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{EstateId, FacilityId};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// The facilities of some estates under the terms that hold now, estate by estate, in their order. Column by column: put into
/// JSON, as one alone is, two hundred of them took the database ten times as long.
pub async fn list_facilities(db: &mut PgConnection, estates: &[EstateId]) -> Result<Vec<Facility>, Fault> {
    let ids: Vec<_> = estates.iter().map(|id| id.0).collect();
    let mut units = units_of(db, &ids).await?;
    let rows = sqlx::query!(
        "select distinct on (array_position($1, f.estate_id), f.position, f.id)
           f.estate_id, f.id, f.slug, f.icon, f.name_en, f.name_hans, f.name_hant, f.about_en, f.about_hans, f.about_hant,
           t.version, t.step_minutes, t.least_steps, t.most_steps, t.check_out, t.before_minutes, t.after_minutes,
           t.notice_minutes, t.ahead_days, t.quota, t.quota_per, t.most_heads, t.seats, t.hold_minutes, t.cancel_minutes,
           t.price, t.price_per, t.deposit, t.currency, t.needs_approval, t.checks_in, t.grace_minutes, t.most_missed,
           t.missed_days, t.swaps, t.least_age, t.needs_induction
         from facility f
         join facility_terms t on t.estate_id = f.estate_id and t.facility_id = f.id
         where f.estate_id = any($1) and f.retired_at is null
         order by array_position($1, f.estate_id), f.position, f.id, t.version desc",
        &ids,
    )
    .fetch_all(db)
    .await?;
    // The table's checks let none of these be negative.
    let count = i32::unsigned_abs;
    let facilities = rows.into_iter().map(|row| {
        let quota = match row.quota.zip(row.quota_per) {
            Some((most, per)) => Some(Quota { most: count(most), per: known(Period::from_tag(&per), &per)? }),
            None => None,
        };
        let missed = row.most_missed.zip(row.missed_days);
        let terms = Terms {
            version: row.version,
            step_minutes: count(row.step_minutes),
            least_steps: count(row.least_steps),
            most_steps: count(row.most_steps),
            check_out: row.check_out.and_then(|minute| minute.try_into().ok()),
            before_minutes: count(row.before_minutes),
            after_minutes: count(row.after_minutes),
            notice_minutes: count(row.notice_minutes),
            ahead_days: count(row.ahead_days),
            quota,
            most_heads: count(row.most_heads),
            seats: row.seats.map(count),
            hold_minutes: count(row.hold_minutes),
            cancel_minutes: count(row.cancel_minutes),
            price: row.price,
            price_per: known(PricePer::from_tag(&row.price_per), &row.price_per)?,
            deposit: row.deposit,
            currency: row.currency,
            needs_approval: row.needs_approval,
            checks_in: row.checks_in,
            grace_minutes: count(row.grace_minutes),
            missed: missed.map(|(most, days)| Patience { most: count(most), days: count(days) }),
            swaps: row.swaps,
            least_age: row.least_age.map(count),
            needs_induction: row.needs_induction,
        };
        Ok(Facility {
            id: row.id.into(),
            estate: row.estate_id.into(),
            slug: row.slug,
            icon: row.icon,
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            about: Names { en: row.about_en, hans: row.about_hans, hant: row.about_hant },
            units: units.remove(&FacilityId(row.id)).unwrap_or_default(),
            is_retired: false,
            terms,
        })
    });
    facilities.collect()
}

fn known<T>(read: Option<T>, tag: &str) -> Result<T, Fault> {
    read.ok_or_else(|| broken("terms that nobody knows", &tag))
}

/// The units of each facility that has any, in order.
async fn units_of(db: &mut PgConnection, estates: &[Uuid]) -> Result<HashMap<FacilityId, Vec<FacilityUnit>>, Fault> {
    let rows = sqlx::query!(
        "select facility_id, id, building_id, name_en, name_hans, name_hant from facility_unit
         where estate_id = any($1) and retired_at is null order by position",
        estates,
    )
    .fetch_all(db)
    .await?;
    let mut units: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        units.entry(row.facility_id.into()).or_default().push(FacilityUnit {
            id: row.id.into(),
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            building: row.building_id.map(Into::into),
        });
    }
    Ok(units)
}
