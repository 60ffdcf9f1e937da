use super::super::model::{LetterBatch, LettersSent};
use crate::estate::store::kind_of;
use crate::estate::{Names, UnitRef};
use crate::fault::Fault;
use crate::ids::{BuildingId, EstateId, LetterBatchId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Stores a batch of letters, one for each unit that somebody owns now; how many.
pub async fn insert_letters(
    db: &mut PgConnection,
    estate: EstateId,
    (id, title, building): (LetterBatchId, &str, Option<BuildingId>),
    by: StaffId,
    now: Moment,
) -> Result<u64, Fault> {
    sqlx::query!(
        "insert into letter_batch (estate_id, id, title, building_id, prepared_by, prepared_at)
         values ($1, $2, $3, $4, $5, $6)",
        estate.0,
        id.0,
        title,
        building.map(|id| id.0),
        by.0,
        now,
    )
    .execute(&mut *db)
    .await?;
    let done = sqlx::query!(
        "insert into owner_letter (estate_id, batch_id, unit_id)
         select distinct o.estate_id, $2::uuid, o.unit_id from occupancy o
         join unit u on u.estate_id = o.estate_id and u.id = o.unit_id
         where o.estate_id = $1 and o.kind = 'owner' and ($3::uuid is null or u.building_id = $3)
           and o.from_on <= day_at($1, $4) and (o.to_on is null or o.to_on >= day_at($1, $4))",
        estate.0,
        id.0,
        building.map(|id| id.0),
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// How many letters a batch has, locked until the transaction ends, and whether it went out.
pub async fn lock_letters(
    db: &mut PgConnection,
    estate: EstateId,
    id: LetterBatchId,
) -> Result<Option<(u32, bool)>, Fault> {
    let row = sqlx::query!(
        r#"select sent_at is not null as "is_sent!", (
             select count(*) from owner_letter l where l.estate_id = b.estate_id and l.batch_id = b.id) as "pieces!"
           from letter_batch b where b.estate_id = $1 and b.id = $2 for update of b"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (u32::try_from(row.pieces).unwrap_or(u32::MAX), row.is_sent)))
}

/// Stores how many of a batch went out.
pub async fn save_letters(
    db: &mut PgConnection,
    estate: EstateId,
    id: LetterBatchId,
    (pieces, note): (u32, Option<&str>),
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update letter_batch set sent_pieces = $3, sent_note = $4, sent_by = $5, sent_at = $6
         where estate_id = $1 and id = $2",
        estate.0,
        id.0,
        pieces as i32,
        note,
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The batches of letters, the latest first; at most 20, of which those that did not go out name their units.
pub async fn list_letters(db: &mut PgConnection, estate: EstateId) -> Result<Vec<LetterBatch>, Fault> {
    let rows = sqlx::query!(
        r#"select b.id, b.title, b.prepared_at, b.sent_pieces, b.sent_note, b.sent_at, a.name as "by?",
             h.name_en as "name_en?", h.name_hans as "name_hans?", h.name_hant as "name_hant?",
             (select count(*) from owner_letter l where l.estate_id = b.estate_id and l.batch_id = b.id) as "pieces!"
           from letter_batch b
           left join building h on h.estate_id = b.estate_id and h.id = b.building_id
           left join staff_member m on m.estate_id = b.estate_id and m.id = b.sent_by
           left join account a on a.id = m.account_id
           where b.estate_id = $1 order by b.prepared_at desc, b.id desc limit 20"#,
        estate.0,
    )
    .fetch_all(&mut *db)
    .await?;
    let unsent: Vec<_> = rows.iter().filter(|row| row.sent_at.is_none()).map(|row| row.id).collect();
    let mut units = list_units(db, estate, &unsent).await?;
    let mut batches = Vec::new();
    for row in rows {
        let id: LetterBatchId = row.id.into();
        let building = match (row.name_en, row.name_hans, row.name_hant) {
            (Some(en), Some(hans), Some(hant)) => Some(Names { en, hans, hant }),
            _ => None,
        };
        let count = |pieces: i32| u32::try_from(pieces).unwrap_or_default();
        let sent = match (row.sent_pieces, row.by, row.sent_at) {
            (Some(pieces), Some(by), Some(at)) => {
                Some(LettersSent { pieces: count(pieces), note: row.sent_note, by, at })
            }
            _ => None,
        };
        let units = units.remove(&id).unwrap_or_default();
        let pieces = u32::try_from(row.pieces).unwrap_or(u32::MAX);
        batches.push(LetterBatch { id, title: row.title, building, prepared_at: row.prepared_at, pieces, units, sent });
    }
    Ok(batches)
}

/// The units of some batches, as somebody walks them: building by building, floor by floor.
async fn list_units(
    db: &mut PgConnection,
    estate: EstateId,
    batches: &[Uuid],
) -> Result<HashMap<LetterBatchId, Vec<UnitRef>>, Fault> {
    let rows = sqlx::query!(
        "select l.batch_id, u.id, u.number, u.kind, b.name_en, b.name_hans, b.name_hant from owner_letter l
         join unit u on u.estate_id = l.estate_id and u.id = l.unit_id
         join building b on b.estate_id = u.estate_id and b.id = u.building_id
         where l.estate_id = $1 and l.batch_id = any($2)
         order by b.position, u.floor, u.stack, u.number",
        estate.0,
        batches,
    )
    .fetch_all(db)
    .await?;
    let mut units: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let unit = UnitRef {
            id: row.id.into(),
            building: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            number: row.number,
            kind: kind_of(&row.kind),
        };
        units.entry(row.batch_id.into()).or_default().push(unit);
    }
    Ok(units)
}
