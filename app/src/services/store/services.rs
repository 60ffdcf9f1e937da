use super::super::model::Service;
use crate::fault::Fault;
use crate::ids::{EstateId, ItemId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;

/// What some estates offer under the terms that hold now, estate by estate, line by line, in order; perhaps with what they
/// do not offer any more, or not whole.
pub async fn list_services(
    db: &mut PgConnection,
    estates: &[EstateId],
    with_retired: bool,
    now: Moment,
) -> Result<Vec<Service>, Fault> {
    let ids: Vec<_> = estates.iter().map(|id| id.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select service_whole_json(i, t, $3) as "service!: Json<Service>" from catalogue_item i
           join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
             and t.version = service_version_at(i.estate_id, i.id, $3)
           where i.estate_id = any($1) and i.kind = 'service'
             and ($2 or i.retired_at is null and has_all_parts(t, $3))
           order by array_position($1, i.estate_id),
             array_position(array['customer', 'security', 'maintenance', 'cleaning', 'conference'], i.line), i.position"#,
        &ids,
        with_retired,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
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
