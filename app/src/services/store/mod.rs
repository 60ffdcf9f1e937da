//! SQL of the catalogue: problems here, what can be ordered in `services`, its versions as the office keeps them in
//! `versions`.

mod services;
mod versions;

pub use services::*;
pub use versions::*;

use super::model::{Item, Urgency, Whereabouts};
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, ItemId};
use sqlx::PgConnection;

/// The tree as it is offered now, in order.
pub async fn list_items(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Item>, Fault> {
    let rows = sqlx::query!(
        "select i.id, i.parent_id, i.slug, i.icon, i.name_en, i.name_hans, i.name_hant, i.keywords, i.place, i.urgency,
                i.call_number, i.advice_en, i.advice_hans, i.advice_hant
         from catalogue_item i left join catalogue_item g on g.estate_id = i.estate_id and g.id = i.parent_id
         where i.estate_id = $1 and i.retired_at is null and i.kind in ('group', 'problem')
         order by coalesce(g.position, i.position), i.parent_id nulls first, i.position",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Item {
            id: row.id.into(),
            parent: row.parent_id.map(Into::into),
            slug: row.slug,
            icon: row.icon,
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            keywords: row.keywords,
            place: place_of(&row.place),
            urgency: Urgency::from_tag(&row.urgency).unwrap_or(Urgency::Normal),
            call_number: row.call_number,
            advice: match (row.advice_en, row.advice_hans, row.advice_hant) {
                (Some(en), Some(hans), Some(hant)) => Some(Names { en, hans, hant }),
                _ => None,
            },
        })
        .collect())
}

/// What the rules need to know of a problem that somebody reports.
pub struct Problem {
    /// The row.
    pub id: ItemId,
    /// How pressing.
    pub urgency: Urgency,
    /// Where it can be.
    pub place: Whereabouts,
    /// Who looks after it.
    pub department: DepartmentId,
    /// Its category.
    pub category: Option<ItemId>,
}

/// A problem that is offered now.
pub async fn find_problem(db: &mut PgConnection, estate: EstateId, id: ItemId) -> Result<Option<Problem>, Fault> {
    let row = sqlx::query!(
        "select urgency, place, department_id, parent_id from catalogue_item
         where estate_id = $1 and id = $2 and kind = 'problem' and retired_at is null",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Problem {
        id,
        urgency: Urgency::from_tag(&row.urgency).unwrap_or(Urgency::Normal),
        place: place_of(&row.place),
        department: row.department_id.into(),
        category: row.parent_id.map(Into::into),
    }))
}

/// The category of a problem, retired or not.
pub async fn find_category(
    db: &mut PgConnection,
    estate: EstateId,
    id: ItemId,
) -> Result<Option<(ItemId, Names)>, Fault> {
    let row = sqlx::query!(
        "select g.id, g.name_en, g.name_hans, g.name_hant
         from catalogue_item i join catalogue_item g on g.estate_id = i.estate_id and g.id = i.parent_id
         where i.estate_id = $1 and i.id = $2",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id.into(), Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant })))
}

fn place_of(tag: &str) -> Whereabouts {
    match tag {
        "home" => Whereabouts::Home,
        "common" => Whereabouts::Common,
        _ => Whereabouts::Both,
    }
}
