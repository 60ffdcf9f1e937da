use crate::fault::Fault;
use crate::ids::{EstateId, ServiceOrderId};
use crate::moment::Moment;
use sqlx::PgConnection;
use uuid::Uuid;

/// An order of which something becomes by itself now; those set aside left out.
pub async fn find_due(
    db: &mut PgConnection,
    aside: &[Uuid],
    now: Moment,
) -> Result<Option<(EstateId, ServiceOrderId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, id from service_order
         where due_at <= $1 and told_late_at is null and id <> all($2)
         order by due_at limit 1",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.id.into())))
}
