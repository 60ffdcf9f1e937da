use super::super::model::{MailItem, Receipt};
use super::of_homes;
use crate::fault::Fault;
use crate::ids::{EstateId, MailItemId, SignatureId, StaffId};
use crate::moment::Moment;
use crate::people::Home;
use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Stores what was just taken in, under a version of the policy.
pub async fn insert_item(
    db: &mut PgConnection,
    item: &MailItem,
    (by, policy_version): (StaffId, i32),
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into mail_item (estate_id, id, stage, stage_at, kind, unit_id, party_id, addressee, carrier, number, place,
           arrived_at, taken_by, policy_version, due_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        item.estate.0,
        item.id.0,
        item.stage.tag(),
        item.stage_at,
        item.kind.tag(),
        item.unit.0,
        item.party.map(|id| id.0),
        item.addressee,
        item.carrier,
        item.number,
        item.place,
        item.arrived_at,
        by.0,
        policy_version,
        item.due_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move of an item; who of the office ended it, if anybody did.
pub async fn save_item(db: &mut PgConnection, item: &mut MailItem, by: Option<StaffId>) -> Result<(), Fault> {
    item.version += 1;
    sqlx::query!(
        "update mail_item set version = $3, stage = $4, stage_at = $5, told_due_at = $6, reason = $7, ended_by = $8
         where estate_id = $1 and id = $2",
        item.estate.0,
        item.id.0,
        item.version,
        item.stage.tag(),
        item.stage_at,
        item.told_due_at,
        item.reason,
        by.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores what was signed for an item; with strokes on glass and their drawing.
pub async fn insert_receipt(
    db: &mut PgConnection,
    item: &MailItem,
    receipt: &Receipt,
    drawn: Option<(&Value, &str)>,
    by: StaffId,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into mail_receipt (estate_id, item_id, id, means, signer_name, strokes, image, handed_by, signed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        item.estate.0,
        item.id.0,
        receipt.id.0,
        receipt.means.tag(),
        receipt.signer,
        drawn.map(|(strokes, _)| strokes),
        drawn.map(|(_, image)| image),
        by.0,
        receipt.signed_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The drawing of a signature for an item.
pub async fn find_receipt(db: &mut PgConnection, estate: EstateId, id: SignatureId) -> Result<Option<String>, Fault> {
    let image = sqlx::query_scalar!("select image from mail_receipt where estate_id = $1 and id = $2", estate.0, id.0)
        .fetch_optional(db)
        .await?;
    Ok(image.flatten())
}

/// One of an estate's items, locked until the transaction ends.
pub async fn lock_item(db: &mut PgConnection, estate: EstateId, id: MailItemId) -> Result<Option<MailItem>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select mail_item_json(i) as "item!: Json<MailItem>" from mail_item i
           where i.estate_id = $1 and i.id = $2 for update of i"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// What waits to be handed out, by unit, the oldest first; at most 300.
pub async fn list_waiting(db: &mut PgConnection, estate: EstateId) -> Result<Vec<MailItem>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select mail_item_json(i) as "item!: Json<MailItem>" from mail_item i
           join unit u on u.estate_id = i.estate_id and u.id = i.unit_id
           join building b on b.estate_id = u.estate_id and b.id = u.building_id
           where i.estate_id = $1 and i.stage = 'waiting'
           order by b.position, u.floor, u.stack, u.number, i.arrived_at, i.id limit 300"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What came, was handed out or went back within a span, by unit; at most 200.
pub async fn list_of_day(
    db: &mut PgConnection,
    estate: EstateId,
    (from, until): (Moment, Moment),
) -> Result<Vec<MailItem>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select mail_item_json(i) as "item!: Json<MailItem>" from mail_item i
           join unit u on u.estate_id = i.estate_id and u.id = i.unit_id
           join building b on b.estate_id = u.estate_id and b.id = u.building_id
           where i.estate_id = $1 and (i.arrived_at >= $2 and i.arrived_at < $3
             or i.stage <> 'waiting' and i.stage_at >= $2 and i.stage_at < $3)
           order by b.position, u.floor, u.stack, u.number, i.arrived_at, i.id limit 200"#,
        estate.0,
        from,
        until,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What came for somebody's homes, or for them there: what waits first, the latest first; at most 30.
pub async fn list_own_items(db: &mut PgConnection, homes: &[Home]) -> Result<Vec<MailItem>, Fault> {
    let (units, parties, days) = of_homes(homes);
    let rows = sqlx::query_scalar!(
        r#"select mail_item_json(i) as "item!: Json<MailItem>" from mail_item i
           where i.unit_id = any($1) and is_left_for($1, $2, $3, i.estate_id, i.unit_id, i.party_id, i.arrived_at)
           order by i.stage = 'waiting' desc, i.arrived_at desc, i.id desc limit 30"#,
        &units,
        &parties,
        &days,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// An item that was kept as long as it is kept, without anybody having been told; those set aside left out.
pub async fn find_over(
    db: &mut PgConnection,
    aside: &[Uuid],
    now: Moment,
) -> Result<Option<(EstateId, MailItemId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, id from mail_item
         where due_at <= $1 and stage = 'waiting' and told_due_at is null and id <> all($2)
         order by due_at limit 1",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.id.into())))
}
