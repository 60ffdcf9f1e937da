use crate::fault::Fault;
use crate::ids::{EstateId, ItemId};
use crate::incidents::detect::Trace;
use crate::moment::Moment;
use crate::requests::Request;
use sqlx::PgConnection;
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

/// The open reports of one kind and place since an instant that in their present life were in no incident, newest first.
pub async fn list_traces(db: &mut PgConnection, like: Like, since: Moment) -> Result<Vec<Trace>, Fault> {
    let rows = sqlx::query!(
        "select t.request_id, t.item_id, t.stack, t.floor, t.area_id, t.teller_id, t.received_at
         from request_trace t join request r on r.estate_id = t.estate_id and r.id = t.request_id
         where t.estate_id = $1 and t.category_id = $2 and t.place_id = $3 and t.received_at >= $4
           and r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'reopened')
           and not exists (select from incident_member m where m.estate_id = t.estate_id and m.request_id = t.request_id
             and m.life = r.reopened_times)
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
