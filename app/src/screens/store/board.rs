use super::super::model::Outage;
use crate::fault::Fault;
use crate::ids::{BuildingId, EstateId, IncidentId};
use crate::incidents;
use crate::requests::{Promise, PromiseKind};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// The open incidents of a building and of the grounds, those with the nearest promise first; of the whole estate where a
/// screen stands in the grounds. At most 20, in the catalogue's words.
pub async fn list_outages(
    db: &mut PgConnection,
    estate: EstateId,
    building: Option<BuildingId>,
) -> Result<Vec<Outage>, Fault> {
    let rows = sqlx::query!(
        r#"select n.id, p.kind as "kind?", p.due_at as "due_at?" from incident n
           left join promise_running p on p.estate_id = n.estate_id and p.request_id = n.lead_id
           left join building b on b.estate_id = n.estate_id and b.id = n.place_id
           where n.estate_id = $1 and n.stage = 'open' and ($2::uuid is null or b.id is null or b.id = $2)
           order by p.due_at nulls last, n.id limit 20"#,
        estate.0,
        building.map(|id| id.0),
    )
    .fetch_all(&mut *db)
    .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<IncidentId> = rows.iter().map(|row| row.id.into()).collect();
    let cards = incidents::store::list_cards(db, estate, Some(&ids), true).await?;
    let mut cards: HashMap<Uuid, _> = cards.into_iter().map(|card| (card.incident.id.0, card)).collect();
    let outages = rows.into_iter().filter_map(|row| {
        let card = cards.remove(&row.id)?;
        let kind = row.kind.as_deref().and_then(PromiseKind::from_tag);
        let promise = kind.zip(row.due_at).map(|(kind, due_at)| Promise { kind, due_at });
        Some(Outage { topic: card.topic, icon: card.icon, reach: card.reach, promise })
    });
    Ok(outages.collect())
}
