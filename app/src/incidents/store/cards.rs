use super::Row;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, IncidentId, ItemId, UnitId};
use crate::incidents::model::{Incident, IncidentCard, Reach};
use crate::moment::Moment;
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(Deserialize)]
struct CardRow {
    incident: Row,
    topic: Names,
    icon: String,
    building: Option<Names>,
    area: Option<Names>,
    reports: u32,
}

fn card(Json(row): Json<CardRow>) -> Result<IncidentCard, Fault> {
    let incident = Incident::try_from(row.incident)?;
    let reach = Reach { extent: incident.extent.clone(), building: row.building, area: row.area };
    Ok(IncidentCard { incident, topic: row.topic, icon: row.icon, reach, reports: row.reports })
}

/// Incidents in short: those of the ids, or the estate's live ones, or the last thirty that are over.
pub async fn list_cards(
    db: &mut PgConnection,
    estate: EstateId,
    ids: Option<&[IncidentId]>,
    is_live: bool,
) -> Result<Vec<IncidentCard>, Fault> {
    let ids: Option<Vec<Uuid>> = ids.map(|ids| ids.iter().map(|id| id.0).collect());
    let rows = sqlx::query_scalar!(
        r#"select jsonb_build_object(
             'incident', to_jsonb(n),
             'topic', jsonb_build_object('en', i.name_en, 'hans', i.name_hans, 'hant', i.name_hant), 'icon', i.icon,
             'building', case when b.id is not null
               then jsonb_build_object('en', b.name_en, 'hans', b.name_hans, 'hant', b.name_hant) end,
             'area', case when a.id is not null
               then jsonb_build_object('en', a.name_en, 'hans', a.name_hans, 'hant', a.name_hant) end,
             'reports', (select count(*) from incident_member m
               where m.estate_id = n.estate_id and m.incident_id = n.id and m.left_at is null)
           ) as "card!: Json<CardRow>"
           from incident n
           join catalogue_item i on i.estate_id = n.estate_id and i.id = coalesce(n.item_id, n.category_id)
           left join building b on b.estate_id = n.estate_id and b.id = n.place_id
           left join common_area a on a.estate_id = n.estate_id and a.id = n.area_id
           where n.estate_id = $1 and case when $2::uuid[] is not null then n.id = any($2)
             else (n.stage in ('proposed', 'open')) = $3 end
           order by n.stage_at desc, n.id desc limit case when $3 then 300 else 30 end"#,
        estate.0,
        ids.as_deref(),
        is_live,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(card).collect()
}

/// Who is about to report.
#[derive(Clone, Copy, Debug)]
pub struct Reporter<'r> {
    /// Their homes in the estate.
    pub units: &'r [UnitId],
    /// Their account.
    pub account: AccountId,
}

/// The live incidents of a category that reports of these homes, or of places in common, may join; the narrowest
/// first. Proposals to which nothing has come since an instant, and what one of the homes or this account has reported
/// already, are left out.
pub async fn list_near(
    db: &mut PgConnection,
    estate: EstateId,
    (category, item): (ItemId, ItemId),
    reporter: Reporter<'_>,
    since: Moment,
) -> Result<Vec<IncidentId>, Fault> {
    let units: Vec<Uuid> = reporter.units.iter().map(|id| id.0).collect();
    let ids = sqlx::query_scalar!(
        "select i.id from incident i
         where i.estate_id = $1 and i.category_id = $2 and i.stage in ('proposed', 'open')
           and (i.item_id is null or i.item_id = $3)
           and (i.stage = 'open' or exists (
             select from incident_member m where m.estate_id = $1 and m.incident_id = i.id and m.joined_at >= $6))
           and (i.extent = 'area' or exists (
             select from unit u where u.estate_id = $1 and u.id = any($4) and u.building_id = i.place_id
               and (i.extent = 'building' or u.stack = i.stack or u.floor = i.floor)))
           and not exists (
             select from incident_member m join request r on r.estate_id = m.estate_id and r.id = m.request_id
             where m.estate_id = $1 and m.incident_id = i.id and m.left_at is null
               and (r.unit_id = any($4) or r.reporter_id = $5))
         order by array_position(array['stack', 'floor', 'area', 'building'], i.extent), i.id limit 5",
        estate.0,
        category.0,
        item.0,
        &units,
        reporter.account.0,
        since,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// The category of a problem of that slug, and the problem.
pub async fn find_problem(
    db: &mut PgConnection,
    estate: EstateId,
    slug: &str,
) -> Result<Option<(ItemId, ItemId)>, Fault> {
    let row = sqlx::query!(
        r#"select coalesce(parent_id, id) as "category!", id from catalogue_item
           where estate_id = $1 and slug = $2 and kind = 'problem'"#,
        estate.0,
        slug,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.category.into(), row.id.into())))
}
