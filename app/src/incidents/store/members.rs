use crate::fault::Fault;
use crate::ids::{EstateId, IncidentId, RequestId};
use crate::incidents::model::Incident;
use crate::moment::Moment;
use crate::requests::Request;
use sqlx::PgConnection;

/// A report belongs to this incident from now on, and to no other; one that was taken out comes back.
pub async fn put(
    db: &mut PgConnection,
    estate: EstateId,
    incident: IncidentId,
    request: RequestId,
    how: &str,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update incident_member set left_at = $4
         where estate_id = $1 and request_id = $3 and incident_id <> $2 and left_at is null",
        estate.0,
        incident.0,
        request.0,
        at,
    )
    .execute(&mut *db)
    .await?;
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

/// The live incident to which a report belongs in its present life.
pub async fn find_of(db: &mut PgConnection, estate: EstateId, request: RequestId) -> Result<Option<IncidentId>, Fault> {
    let id = sqlx::query_scalar!(
        "select m.incident_id from incident_member m
         join incident i on i.estate_id = m.estate_id and i.id = m.incident_id
         join request r on r.estate_id = m.estate_id and r.id = m.request_id
         where m.estate_id = $1 and m.request_id = $2 and m.left_at is null and m.life = r.reopened_times
           and i.stage in ('proposed', 'open')",
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
         order by r.received_at, r.id",
        estate.0,
        incident.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Whoever is in it, whatever their life; of one that is over, whoever was: for its page, the 500 oldest first.
pub async fn list_all_members(db: &mut PgConnection, incident: &Incident) -> Result<Vec<RequestId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select request_id from incident_member
         where estate_id = $1 and incident_id = $2 and (left_at is null or not $3 and how <> 'added')
         order by joined_at, request_id limit 500",
        incident.estate.0,
        incident.id.0,
        incident.stage.is_live(),
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// Whether a report is in an incident now.
pub async fn has_member(db: &mut PgConnection, incident: &Incident, request: RequestId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from incident_member
             where estate_id = $1 and incident_id = $2 and request_id = $3 and left_at is null) as "exists!""#,
        incident.estate.0,
        incident.id.0,
        request.0,
    )
    .fetch_one(db)
    .await?)
}
