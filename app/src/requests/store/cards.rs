use super::row::stage_of;
use crate::backend::broken;
use crate::estate::{DepartmentRef, Names, UnitKind, UnitRef};
use crate::fault::Fault;
use crate::ids::{EstateId, RequestId, UnitId};
use crate::moment::Moment;
use crate::paging::page_of;
use crate::people::Resident;
use crate::requests::model::{After, Card, Holder, Moved, PlaceName, Promise, PromiseLine};
use crate::services::Urgency;
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Rows of a page.
const PAGE: i64 = 30;

#[derive(Debug, Deserialize)]
struct Row {
    id: Uuid,
    code: String,
    stage: String,
    waiting_on: Option<String>,
    waiting_from: Option<String>,
    stage_reason: Option<String>,
    duplicate_of: Option<Uuid>,
    urgency: Urgency,
    words: String,
    received_at: Moment,
    promise: Option<Promise>,
    made_at: Option<Moment>,
    moved_from: Option<Moment>,
    moved_reason: Option<String>,
    item: Names,
    icon: String,
    unit: Option<UnitRow>,
    area: Option<Names>,
    area_building: Option<Names>,
    floor: Option<i32>,
    department: DepartmentRef,
    holder: Option<String>,
}

#[derive(Debug, Deserialize)]
struct UnitRow {
    id: UnitId,
    number: String,
    kind: UnitKind,
    building: Names,
}

fn card(Json(row): Json<Row>) -> Result<Card, Fault> {
    let stage = stage_of(
        &row.stage,
        row.waiting_on.as_deref(),
        row.waiting_from.as_deref(),
        row.stage_reason,
        row.duplicate_of,
    );
    let place = match (row.unit, row.area) {
        (Some(unit), _) => {
            PlaceName::Home(UnitRef { id: unit.id, building: unit.building, number: unit.number, kind: unit.kind })
        }
        (None, Some(area)) => PlaceName::Common { building: row.area_building, area, floor: row.floor },
        (None, None) => return Err(broken("a stored request has no place", &row.code)),
    };
    Ok(Card {
        id: row.id.into(),
        item: row.item,
        icon: row.icon,
        place,
        words: row.words,
        urgency: row.urgency,
        line: PromiseLine {
            stage: stage.ok_or_else(|| broken("a stored request has no stage", &row.code))?,
            holder: Holder { department: row.department, person: row.holder },
            promise: row.promise,
            made_at: row.made_at,
            moved: row.moved_from.map(|from| Moved { from, reason: row.moved_reason }),
        },
        received_at: row.received_at,
        code: row.code,
    })
}

/// Matters in short, in no order. Only for ids that a scoped look-up returned.
pub async fn list_cards(db: &mut PgConnection, estate: EstateId, ids: &[RequestId]) -> Result<Vec<Card>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query_scalar!(
        r#"select card as "card!: Json<Row>" from request_card where estate_id = $1 and id = any($2)"#,
        estate.0,
        &ids,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(card).collect()
}

/// One matter in short. Only for ids that a scoped look-up returned.
pub async fn find_card(db: &mut PgConnection, estate: EstateId, id: RequestId) -> Result<Card, Fault> {
    list_cards(db, estate, &[id]).await?.pop().ok_or(Fault::NotFound)
}

/// A resident's open matters, and those that wait for their word; the most pressing first.
pub async fn list_open(db: &mut PgConnection, resident: &Resident) -> Result<Vec<Card>, Fault> {
    let (units, since) = super::homes(resident);
    let rows = sqlx::query_scalar!(
        r#"select card as "card!: Json<Row>" from request_card
           where (reporter_id = $1 or (unit_id = any($2) and is_of_homes($2, $3, estate_id, unit_id, received_at)))
             and stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened', 'done')
           order by promised_at nulls first, id limit 50"#,
        resident.person.account.0,
        &units,
        &since,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(card).collect()
}

/// All of a resident's matters, newest first.
pub async fn list_mine(
    db: &mut PgConnection,
    resident: &Resident,
    after: Option<After>,
) -> Result<(Vec<Card>, Option<After>), Fault> {
    let (units, since) = super::homes(resident);
    let rows = sqlx::query_scalar!(
        r#"select card as "card!: Json<Row>" from request_card
           where (reporter_id = $1 or (unit_id = any($2) and is_of_homes($2, $3, estate_id, unit_id, received_at)))
             and ($4::timestamptz is null or (received_at, id) < ($4, $5))
           order by received_at desc, id desc limit $6"#,
        resident.person.account.0,
        &units,
        &since,
        after.map(|after| after.at),
        after.map(|after| after.id.0),
        PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let cards = rows.into_iter().map(card).collect::<Result<Vec<_>, _>>()?;
    Ok(page_of(cards, PAGE, |card| After { at: card.received_at, id: card.id }))
}
