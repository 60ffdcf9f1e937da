use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, RequestId, StaffId, WindowId};
use crate::moment::Moment;
use crate::work::Window;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// The windows of these requests that still stand and have not passed, in order; the appointment is always there.
pub async fn list_windows(
    db: &mut PgConnection,
    estate: EstateId,
    requests: &[RequestId],
    now: Moment,
) -> Result<HashMap<RequestId, Vec<Window>>, Fault> {
    let requests: Vec<Uuid> = requests.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select request_id, id, from_at, until_at, picked_at is not null as "is_picked!" from visit_window
           where estate_id = $1 and request_id = any($2) and withdrawn_at is null and (until_at > $3 or picked_at is not null)
           order by from_at, until_at"#,
        estate.0,
        &requests,
        now,
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<RequestId, Vec<Window>> = HashMap::new();
    for row in rows {
        let window = Window { id: row.id.into(), from: row.from_at, until: row.until_at, is_picked: row.is_picked };
        found.entry(row.request_id.into()).or_default().push(window);
    }
    Ok(found)
}

/// Offers a window.
pub async fn insert_window(
    db: &mut PgConnection,
    id: WindowId,
    (estate, request): (EstateId, RequestId),
    (from, until): (Moment, Moment),
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into visit_window (estate_id, id, request_id, from_at, until_at, offered_by, offered_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        estate.0,
        id.0,
        request.0,
        from,
        until,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Offers a window no longer.
pub async fn withdraw_window(db: &mut PgConnection, estate: EstateId, id: WindowId, at: Moment) -> Result<(), Fault> {
    sqlx::query!("update visit_window set withdrawn_at = $3 where estate_id = $1 and id = $2", estate.0, id.0, at)
        .execute(db)
        .await?;
    Ok(())
}

/// Makes a window the appointment of its request, instead of another; who offered it.
pub async fn pick_window(
    db: &mut PgConnection,
    (estate, request): (EstateId, RequestId),
    id: WindowId,
    by: AccountId,
    at: Moment,
) -> Result<StaffId, Fault> {
    sqlx::query!(
        "update visit_window set picked_at = null, picked_by = null where estate_id = $1 and request_id = $2 and picked_at is not null",
        estate.0,
        request.0,
    )
    .execute(&mut *db)
    .await?;
    let offered_by = sqlx::query_scalar!(
        "update visit_window set picked_at = $3, picked_by = $4 where estate_id = $1 and id = $2 returning offered_by",
        estate.0,
        id.0,
        at,
        by.0,
    )
    .fetch_one(db)
    .await?;
    Ok(offered_by.into())
}
