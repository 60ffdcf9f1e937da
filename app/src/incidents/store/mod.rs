//! SQL of incidents: the matter itself here, what the detector reads in `traces`, who belongs to it in `members`, how
//! it is listed in `cards`.

mod cards;
mod members;
mod traces;

pub use cards::{Reporter, find_problem, list_cards, list_near};
pub use members::*;
pub use traces::{Like, find_trace, list_traces, lock_like};

use super::detect::Proposal;
use super::model::{Extent, Incident, IncidentStage};
use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::{EstateId, IncidentId, StaffId};
use crate::moment::Moment;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Deserialize)]
struct Row {
    id: Uuid,
    estate_id: Uuid,
    version: i32,
    stage: String,
    stage_at: Moment,
    category_id: Uuid,
    item_id: Option<Uuid>,
    extent: String,
    stack: Option<String>,
    floor: Option<i32>,
    area_id: Option<Uuid>,
    lead_id: Option<Uuid>,
    reason: Option<String>,
    proposed_at: Moment,
}

impl TryFrom<Row> for Incident {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let extent = match (row.extent.as_str(), row.stack, row.floor, row.area_id) {
            ("stack", Some(stack), ..) => Some(Extent::Stack(stack)),
            ("floor", _, Some(floor), _) => Some(Extent::Floor(floor)),
            ("area", _, _, Some(area)) => Some(Extent::Area(area.into())),
            ("building", ..) => Some(Extent::Building),
            _ => None,
        };
        let unreadable = || broken("a stored incident cannot be read", &row.id);
        Ok(Self {
            id: row.id.into(),
            estate: row.estate_id.into(),
            version: row.version,
            stage: IncidentStage::from_tag(&row.stage).ok_or_else(unreadable)?,
            stage_at: row.stage_at,
            category: row.category_id.into(),
            item: row.item_id.map(Into::into),
            extent: extent.ok_or_else(unreadable)?,
            lead: row.lead_id.map(Into::into),
            reason: row.reason,
            proposed_at: row.proposed_at,
        })
    }
}

/// The live incidents of one kind and place, the narrowest first.
pub async fn list_live(db: &mut PgConnection, like: Like) -> Result<Vec<IncidentId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select id from incident where estate_id = $1 and category_id = $2 and place_id = $3 and stage in ('proposed', 'open')
         order by array_position(array['stack', 'floor', 'area', 'building'], extent), id limit 50",
        like.estate.0,
        like.category.0,
        like.place,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Stores a proposal with its reports; one that is there already takes them in.
pub async fn insert(
    db: &mut PgConnection,
    id: IncidentId,
    like: Like,
    proposal: &Proposal,
    at: Moment,
) -> Result<(), Fault> {
    let (stack, floor, area) = match &proposal.extent {
        Extent::Stack(stack) => (Some(stack.as_str()), None, None),
        Extent::Floor(floor) => (None, Some(*floor), None),
        Extent::Area(area) => (None, None, Some(area.0)),
        Extent::Building => (None, None, None),
    };
    sqlx::query!(
        "insert into incident (estate_id, id, stage, stage_at, category_id, item_id, extent, place_id, stack, floor, area_id,
           proposed_at)
         values ($1, $2, 'proposed', $3, $4, $5, $6, $7, $8, $9, $10, $3)
         on conflict (estate_id, id) do nothing",
        like.estate.0,
        id.0,
        at,
        like.category.0,
        proposal.item.map(|id| id.0),
        proposal.extent.tag(),
        like.place,
        stack,
        floor,
        area,
    )
    .execute(&mut *db)
    .await?;
    for request in &proposal.reports {
        put(db, like.estate, id, *request, "detected", at).await?;
    }
    Ok(())
}

/// One incident of an estate, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, estate: EstateId, id: IncidentId) -> Result<Option<Incident>, Fault> {
    sqlx::query!("select id from incident where estate_id = $1 and id = $2 for update", estate.0, id.0)
        .fetch_optional(&mut *db)
        .await?;
    find(db, estate, id).await
}

/// One incident of an estate.
pub async fn find(db: &mut PgConnection, estate: EstateId, id: IncidentId) -> Result<Option<Incident>, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select estate_id, id, version, stage, stage_at, category_id, item_id, extent, stack, floor, area_id,
           lead_id, reason, proposed_at
         from incident where estate_id = $1 and id = $2",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(Incident::try_from).transpose()
}

/// Where an incident may find its like: its category and place.
pub async fn find_like(db: &mut PgConnection, incident: &Incident) -> Result<Like, Fault> {
    let place = sqlx::query_scalar!(
        "select place_id from incident where estate_id = $1 and id = $2",
        incident.estate.0,
        incident.id.0,
    )
    .fetch_one(db)
    .await?;
    Ok(Like { estate: incident.estate, category: incident.category, place })
}

/// Whether a report has come to an incident since an instant.
pub async fn is_alive(db: &mut PgConnection, incident: &Incident, since: Moment) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from incident_member
             where estate_id = $1 and incident_id = $2 and joined_at >= $3) as "exists!""#,
        incident.estate.0,
        incident.id.0,
        since,
    )
    .fetch_one(db)
    .await?)
}

/// Stores one move.
pub async fn save(db: &mut PgConnection, incident: &mut Incident, by: Option<StaffId>) -> Result<(), Fault> {
    incident.version += 1;
    sqlx::query!(
        "update incident set version = $3, stage = $4, stage_at = $5, lead_id = $6, reason = $7,
           decided_by = coalesce($8, decided_by)
         where estate_id = $1 and id = $2",
        incident.estate.0,
        incident.id.0,
        incident.version,
        incident.stage.tag(),
        incident.stage_at,
        incident.lead.map(|id| id.0),
        incident.reason,
        by.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}
