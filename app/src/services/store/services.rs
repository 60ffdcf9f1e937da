use super::super::model::{Service, ServiceAbout};
use super::super::rules::NewService;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, ItemId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;

/// What some estates offer under the terms that hold now, estate by estate, line by line, in order.
pub async fn list_services(db: &mut PgConnection, estates: &[EstateId], now: Moment) -> Result<Vec<Service>, Fault> {
    let ids: Vec<_> = estates.iter().map(|id| id.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select service_whole_json(i, t, $2) as "service!: Json<Service>" from catalogue_item i
           join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
             and t.version = service_version_at(i.estate_id, i.id, $2)
           where i.estate_id = any($1) and i.kind = 'service' and i.retired_at is null and has_all_parts(t, $2)
           order by array_position($1, i.estate_id),
             array_position(array['customer', 'security', 'maintenance', 'cleaning', 'conference'], i.line), i.position"#,
        &ids,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// All that stands in an estate's catalogue to be ordered or booked, line by line, in order, under the terms that hold now:
/// what it does not offer any more, or not whole, and what has no such terms yet.
pub async fn list_catalogue(db: &mut PgConnection, estate: EstateId, now: Moment) -> Result<Vec<Service>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select service_whole_json(i, coalesce(t, terms_to_come(i)), $2) as "service!: Json<Service>"
           from catalogue_item i
           left join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
             and t.version = service_version_at(i.estate_id, i.id, $2)
           where i.estate_id = $1 and i.kind = 'service'
           order by array_position(array['customer', 'security', 'maintenance', 'cleaning', 'conference'], i.line),
             i.position"#,
        estate.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Adds what can be ordered to an estate's catalogue, behind what stands there, under a department: it has no terms yet.
pub async fn insert_service(
    db: &mut PgConnection,
    (estate, department): (EstateId, DepartmentId),
    id: ItemId,
    new: &NewService,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into catalogue_item (estate_id, id, slug, kind, line, position, icon, name_en, name_hans, name_hant, place,
           urgency, department_id)
         select $1, $2, $3, 'service', $4, coalesce(max(position), 0) + 1, 'list', $5, $6, $7, 'both', 'normal', $8
         from catalogue_item where estate_id = $1 and kind = 'service'",
        estate.0,
        id.0,
        new.slug,
        new.line.tag(),
        new.names.en,
        new.names.hans,
        new.names.hant,
        department.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A service that is offered, a bundle with all of its parts, by its name in addresses, under the terms that hold now.
pub async fn find_service(
    db: &mut PgConnection,
    estate: EstateId,
    slug: &str,
    now: Moment,
) -> Result<Option<Service>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select service_whole_json(i, t, $3) as "service!: Json<Service>" from catalogue_item i
           join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
             and t.version = service_version_at(i.estate_id, i.id, $3)
           where i.estate_id = $1 and i.slug = $2 and i.kind = 'service' and i.retired_at is null
             and has_all_parts(t, $3)"#,
        estate.0,
        slug,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// A service that is offered, under the terms that hold now. It is only read: whoever orders waits for nobody, and an order
/// keeps to the version that it found.
pub async fn find_offered(
    db: &mut PgConnection,
    estate: EstateId,
    id: ItemId,
    now: Moment,
) -> Result<Option<Service>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select service_whole_json(i, t, $3) as "service!: Json<Service>" from catalogue_item i
           join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
             and t.version = service_version_at(i.estate_id, i.id, $3)
           where i.estate_id = $1 and i.id = $2 and i.kind = 'service' and i.retired_at is null
             and has_all_parts(t, $3)"#,
        estate.0,
        id.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// A service under some version of its terms, retired or not, with its parts under what held for them at an instant.
pub async fn find_version(
    db: &mut PgConnection,
    estate: EstateId,
    id: ItemId,
    (version, at): (i32, Moment),
) -> Result<Option<Service>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select service_whole_json(i, t, $4) as "service!: Json<Service>" from catalogue_item i
           join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
           where i.estate_id = $1 and i.id = $2 and t.version = $3"#,
        estate.0,
        id.0,
        version,
        at,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// What the catalogue says now of a facility (its name in addresses) that is booked; none where it does not offer it.
pub async fn find_about(
    db: &mut PgConnection,
    estate: EstateId,
    facility: &str,
    now: Moment,
) -> Result<Option<ServiceAbout>, Fault> {
    let row = sqlx::query!(
        "select t.content_en, t.content_hans, t.content_hant, t.standard_en, t.standard_hans, t.standard_hant,
           t.conditions_en, t.conditions_hans, t.conditions_hant
         from service_terms t
         join catalogue_item i on i.estate_id = t.estate_id and i.id = t.item_id and i.retired_at is null
         where t.estate_id = $1 and t.facility = $2 and t.version = service_version_at(t.estate_id, t.item_id, $3)
         order by i.position limit 1",
        estate.0,
        facility,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| ServiceAbout {
        content: Names { en: row.content_en, hans: row.content_hans, hant: row.content_hant },
        standard: Names { en: row.standard_en, hans: row.standard_hans, hant: row.standard_hant },
        conditions: Names { en: row.conditions_en, hans: row.conditions_hans, hant: row.conditions_hant },
    }))
}
