use super::super::model::{DemoPerson, Role};
use crate::estate::{Names, UnitRef, store::kind_of};
use crate::fault::Fault;
use sqlx::PgConnection;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Whom the demo's seed made: one for each role that people there have, and a few residents.
pub async fn list_demo_cast(db: &mut PgConnection) -> Result<Vec<DemoPerson>, Fault> {
    let mut rows = sqlx::query!(
        r#"(select e.id as "estate_id!", a.sign_in as "sign_in!", a.name as "name!", array_agg(r.role order by r.role) as "roles!",
              null::uuid as unit_id, null::text as number, null::text as unit_kind,
              null::text as building_en, null::text as building_hans, null::text as building_hant,
              e.name_en as "estate_en!", e.name_hans as "estate_hans!", e.name_hant as "estate_hant!"
            from staff_member m join account a on a.id = m.account_id join estate e on e.id = m.estate_id
            join staff_role r on r.estate_id = m.estate_id and r.staff_id = m.id
            where m.left_at is null and a.is_demo and a.disabled_at is null group by a.id, e.id, m.id order by m.id limit 60)
           union all
           (select e.id, a.sign_in, a.name, '{}'::text[], u.id, u.number, u.kind, b.name_en, b.name_hans, b.name_hant,
              e.name_en, e.name_hans, e.name_hant
            from account a join party_account pa on pa.account_id = a.id
            join occupancy o on o.estate_id = pa.estate_id and o.party_id = pa.party_id and o.to_on is null
            join unit u on u.estate_id = o.estate_id and u.id = o.unit_id
            join building b on b.estate_id = u.estate_id and b.id = u.building_id
            join estate e on e.id = u.estate_id
            where a.is_demo and a.disabled_at is null
            order by a.id limit 8)"#
    )
    .fetch_all(db)
    .await?;
    let mut people = HashMap::<Uuid, usize>::new();
    for row in &rows {
        *people.entry(row.estate_id).or_default() += 1;
    }
    // The larger estate first, in each its residents before its staff.
    rows.sort_by_key(|row| (Reverse(people.get(&row.estate_id).copied()), row.estate_id, !row.roles.is_empty()));
    let top = |roles: &[String]| roles.iter().filter_map(|role| Role::from_tag(role)).max();
    let mut seen = HashSet::new();
    Ok(rows
        .into_iter()
        .filter(|row| top(&row.roles).is_none_or(|role| seen.insert((row.estate_id, role))))
        .map(|row| {
            let building = match (row.building_en, row.building_hans, row.building_hant) {
                (Some(en), Some(hans), Some(hant)) => Some(Names { en, hans, hant }),
                _ => None,
            };
            let unit = row.unit_id.zip(building).map(|(id, building)| UnitRef {
                id: id.into(),
                building,
                number: row.number.unwrap_or_default(),
                kind: kind_of(&row.unit_kind.unwrap_or_default()),
            });
            DemoPerson {
                sign_in: row.sign_in,
                name: row.name,
                roles: row.roles.iter().filter_map(|role| Role::from_tag(role)).collect(),
                unit,
                estate_id: row.estate_id.into(),
                estate: Names { en: row.estate_en, hans: row.estate_hans, hant: row.estate_hant },
            }
        })
        .collect())
}
