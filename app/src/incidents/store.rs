//! SQL of incidents, and of what the detector reads.

use super::detect::{Proposal, Trace};
use super::model::{Extent, Incident, IncidentCard, IncidentStage, Reach};
use crate::backend::broken;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, IncidentId, ItemId, RequestId, StaffId, UnitId};
use crate::moment::Moment;
use crate::requests::Request;
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// How many reports the detector compares at most.
const MOST: i64 = 200;

/// Where a report may be like others: its category, and the building or place of the grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Like {
    /// The estate.
    pub estate: EstateId,
    /// The category.
    pub category: ItemId,
    /// The building, or in the grounds the area.
    pub place: Uuid,
}

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

/// Where a report may be like others, and what the detector knows of it.
pub async fn find_trace(db: &mut PgConnection, request: &Request) -> Result<(Like, Trace), Fault> {
    let row = sqlx::query!(
        "select category_id, item_id, place_id, stack, floor, area_id, teller_id, received_at
         from request_trace where estate_id = $1 and request_id = $2",
        request.estate.0,
        request.id.0,
    )
    .fetch_one(db)
    .await?;
    let like = Like { estate: request.estate, category: row.category_id.into(), place: row.place_id };
    let trace = Trace {
        request: request.id,
        item: row.item_id.into(),
        stack: row.stack,
        floor: row.floor,
        area: row.area_id.map(Into::into),
        teller: row.teller_id,
        at: row.received_at,
    };
    Ok((like, trace))
}

/// Until this transaction ends, no other looks for the like of these: two reports at once see each other.
pub async fn lock_like(db: &mut PgConnection, like: Like) -> Result<(), Fault> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))",
        format!("incident {} {}", like.category, like.place),
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// The open reports of one kind and place since an instant that belong to no incident, newest first.
pub async fn list_traces(db: &mut PgConnection, like: Like, since: Moment) -> Result<Vec<Trace>, Fault> {
    let rows = sqlx::query!(
        "select t.request_id, t.item_id, t.stack, t.floor, t.area_id, t.teller_id, t.received_at
         from request_trace t join request r on r.estate_id = t.estate_id and r.id = t.request_id
         where t.estate_id = $1 and t.category_id = $2 and t.place_id = $3 and t.received_at >= $4
           and r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'reopened')
           and not exists (select from incident_member m where m.estate_id = t.estate_id and m.request_id = t.request_id)
         order by t.received_at desc, t.request_id limit $5",
        like.estate.0,
        like.category.0,
        like.place,
        since,
        MOST,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Trace {
            request: row.request_id.into(),
            item: row.item_id.into(),
            stack: row.stack,
            floor: row.floor,
            area: row.area_id.map(Into::into),
            teller: row.teller_id,
            at: row.received_at,
        })
        .collect())
}

/// The live incidents of one kind and place.
pub async fn list_live(db: &mut PgConnection, like: Like) -> Result<Vec<Incident>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        "select estate_id, id, version, stage, stage_at, category_id, item_id, extent, stack, floor, area_id,
           lead_id, reason, proposed_at
         from incident where estate_id = $1 and category_id = $2 and place_id = $3 and stage in ('proposed', 'open')
         order by array_position(array['stack', 'floor', 'area', 'building'], extent), id limit 50",
        like.estate.0,
        like.category.0,
        like.place,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Incident::try_from).collect()
}

/// Stores a proposal with its reports.
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
         values ($1, $2, 'proposed', $3, $4, $5, $6, $7, $8, $9, $10, $3)",
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

/// A report belongs to an incident from now on; one that was taken out comes back.
pub async fn put(
    db: &mut PgConnection,
    estate: EstateId,
    incident: IncidentId,
    request: RequestId,
    how: &str,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into incident_member (estate_id, incident_id, request_id, life, how, joined_at)
         select $1, $2, $3, r.reopened_times, $4, $5 from request r where r.estate_id = $1 and r.id = $3
         on conflict (estate_id, incident_id, request_id) do update
           set how = excluded.how, life = excluded.life, joined_at = excluded.joined_at, left_at = null",
        estate.0,
        incident.0,
        request.0,
        how,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Reports belong to it no longer: one, or all of them.
pub async fn take_out(
    db: &mut PgConnection,
    incident: &Incident,
    request: Option<RequestId>,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update incident_member set left_at = $4
         where estate_id = $1 and incident_id = $2 and left_at is null and ($3::uuid is null or request_id = $3)",
        incident.estate.0,
        incident.id.0,
        request.map(|id| id.0),
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The live incident to which a report belongs.
pub async fn find_of(db: &mut PgConnection, estate: EstateId, request: RequestId) -> Result<Option<IncidentId>, Fault> {
    let id = sqlx::query_scalar!(
        "select m.incident_id from incident_member m
         join incident i on i.estate_id = m.estate_id and i.id = m.incident_id
         where m.estate_id = $1 and m.request_id = $2 and m.left_at is null and i.stage in ('proposed', 'open')",
        estate.0,
        request.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// The open incident that a request leads.
pub async fn find_led(db: &mut PgConnection, lead: &Request) -> Result<Option<IncidentId>, Fault> {
    let id = sqlx::query_scalar!(
        "select id from incident where estate_id = $1 and lead_id = $2 and stage = 'open'",
        lead.estate.0,
        lead.id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// The reports of an incident that are in the life in which they came to it, oldest first.
pub async fn list_members(
    db: &mut PgConnection,
    estate: EstateId,
    incident: IncidentId,
) -> Result<Vec<RequestId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select m.request_id from incident_member m
         join request r on r.estate_id = m.estate_id and r.id = m.request_id
         where m.estate_id = $1 and m.incident_id = $2 and m.left_at is null and m.life = r.reopened_times
         order by r.received_at, r.id limit 500",
        estate.0,
        incident.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Everybody who is in it, whatever their life: for its page, oldest first.
pub async fn list_all_members(
    db: &mut PgConnection,
    estate: EstateId,
    incident: IncidentId,
) -> Result<Vec<RequestId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select request_id from incident_member
         where estate_id = $1 and incident_id = $2 and (left_at is null or how <> 'added')
         order by joined_at, request_id limit 500",
        estate.0,
        incident.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
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

/// Incidents in short: those of the ids, or the estate's live ones, or its last thirty that are over.
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
           order by n.stage_at desc, n.id desc limit 30"#,
        estate.0,
        ids.as_deref(),
        is_live,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(card).collect()
}

/// The live incidents of a category that reports of these homes, or of places in common, may join; the narrowest
/// first. Those to which one of the homes, or this account, has reported already are left out.
pub async fn list_near(
    db: &mut PgConnection,
    estate: EstateId,
    category: ItemId,
    item: ItemId,
    units: &[UnitId],
    account: AccountId,
) -> Result<Vec<IncidentId>, Fault> {
    let units: Vec<Uuid> = units.iter().map(|id| id.0).collect();
    let ids = sqlx::query_scalar!(
        "select i.id from incident i
         where i.estate_id = $1 and i.category_id = $2 and i.stage in ('proposed', 'open')
           and (i.item_id is null or i.item_id = $3 or i.extent <> 'building')
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
        account.0,
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
