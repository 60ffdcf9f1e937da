//! SQL of work orders.

mod hands;
mod orphans;
mod rectifications;
mod schedules;
mod sheet;
mod vendors;
mod windows;

pub use hands::{find_building, find_hand, list_candidates, list_categories, list_sent, save_hand};
pub use orphans::*;
pub use rectifications::*;
pub use schedules::*;
pub use sheet::*;
pub use vendors::*;
pub use windows::*;

use super::model::{Ask, Kept, Order, OrderStage, Proof};
use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, OrderId, RequestId, StaffId};
use crate::moment::Moment;
use crate::requests::WaitingOn;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

struct Row {
    estate_id: Uuid,
    id: Uuid,
    request_id: Uuid,
    version: i32,
    stage: String,
    stage_at: Moment,
    stage_reason: Option<String>,
    department_id: Uuid,
    assignee_id: Option<Uuid>,
    vendor_id: Option<Uuid>,
    accountable_id: Uuid,
    issued_by: Uuid,
    issued_at: Moment,
    accepted_at: Option<Moment>,
    accepted_by: Option<Uuid>,
    instructions: Option<String>,
    note: Option<String>,
    completed_by: Option<Uuid>,
    verified_by: Option<Uuid>,
    proof: Option<String>,
    proof_reason: Option<String>,
    signer: Option<String>,
    asks: Vec<String>,
    has_finding: bool,
    has_before: bool,
}

impl TryFrom<Row> for Order {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let reason = row.stage_reason.unwrap_or_default();
        let stage = match row.stage.as_str() {
            "issued" => OrderStage::Issued,
            "accepted" => OrderStage::Accepted,
            "refused" => OrderStage::Refused { reason },
            "en_route" => OrderStage::EnRoute,
            "on_site" => OrderStage::OnSite,
            "paused" => OrderStage::Paused { on: WaitingOn::from_tag(&reason).unwrap_or(WaitingOn::ThirdParty) },
            "completed" => OrderStage::Completed,
            "verified" => OrderStage::Verified,
            "rework" => OrderStage::Rework { reason },
            "cancelled" => OrderStage::Cancelled { reason },
            other => return Err(broken("a stored order cannot be read", &format!("stage {other} of {}", row.id))),
        };
        let proof = match row.proof.as_deref() {
            Some("signature") => Some(Proof::Signature { name: row.signer.unwrap_or_default() }),
            Some("photo") => Some(Proof::Photo),
            Some("check") => Some(Proof::Check { words: row.proof_reason.unwrap_or_default() }),
            Some(_) => Some(Proof::Reason { reason: row.proof_reason.unwrap_or_default() }),
            None => None,
        };
        Ok(Order {
            id: row.id.into(),
            estate: row.estate_id.into(),
            request: row.request_id.into(),
            version: row.version,
            stage,
            stage_at: row.stage_at,
            department: row.department_id.into(),
            assignee: row.assignee_id.map(Into::into),
            vendor: row.vendor_id.map(Into::into),
            accountable: row.accountable_id.into(),
            issued_by: row.issued_by.into(),
            issued_at: row.issued_at,
            accepted_at: row.accepted_at,
            accepted_by: row.accepted_by.map(Into::into),
            instructions: row.instructions,
            note: row.note,
            completed_by: row.completed_by.map(Into::into),
            verified_by: row.verified_by.map(Into::into),
            proof,
            asks: row.asks.iter().filter_map(|ask| Ask::from_tag(ask)).collect(),
            kept: Kept { finding: row.has_finding, before: row.has_before },
        })
    }
}

/// The orders of these requests, oldest first. Whoever moves one holds its request's lock.
pub async fn list_of(db: &mut PgConnection, estate: EstateId, requests: &[RequestId]) -> Result<Vec<Order>, Fault> {
    let requests: Vec<Uuid> = requests.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select o.estate_id, o.id, o.request_id, o.version, o.stage, o.stage_at, o.stage_reason, o.department_id,
             o.assignee_id, o.accountable_id, o.issued_by, o.issued_at, o.accepted_at, o.instructions, o.note, o.proof,
             o.proof_reason, o.accepted_by, o.completed_by, o.verified_by,
             (select s.signer_name from signature s where s.estate_id = o.estate_id and s.order_id = o.id
              order by s.signed_at desc limit 1) as signer,
             o.asks, o.vendor_id,
             exists (select from order_finding f where f.estate_id = o.estate_id and f.order_id = o.id) as "has_finding!",
             exists (select from photo p where p.estate_id = o.estate_id and p.order_id = o.id and p.phase = 'before')
               as "has_before!"
           from work_order o where o.estate_id = $1 and o.request_id = any($2) order by o.issued_at, o.id"#,
        estate.0,
        &requests,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The request of an order that this person may see: their department's, or any where they see the estate.
pub async fn find_request(
    db: &mut PgConnection,
    estate: EstateId,
    department: Option<DepartmentId>,
    id: OrderId,
) -> Result<Option<RequestId>, Fault> {
    let request = sqlx::query_scalar!(
        "select request_id from work_order where estate_id = $1 and id = $2 and ($3::uuid is null or department_id = $3)",
        estate.0,
        id.0,
        department.map(|id| id.0),
    )
    .fetch_optional(db)
    .await?;
    Ok(request.map(Into::into))
}

/// Open orders of a person, and open ones of their team that nobody has, with their requests; by promise, at
/// most 100 of each.
pub async fn list_jobs(
    db: &mut PgConnection,
    estate: EstateId,
    me: StaffId,
    department: DepartmentId,
) -> Result<Vec<(OrderId, RequestId)>, Fault> {
    let rows = sqlx::query!(
        r#"select id as "id!", request_id as "request_id!" from (
             (select o.id, o.request_id, r.promised_at, o.issued_at
              from work_order o join request r on r.estate_id = o.estate_id and r.id = o.request_id
              where o.estate_id = $1 and o.assignee_id = $2
                and o.stage in ('issued', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'rework')
              order by r.promised_at nulls last, o.issued_at limit 100)
             union all
             (select o.id, o.request_id, r.promised_at, o.issued_at
              from work_order o join request r on r.estate_id = o.estate_id and r.id = o.request_id
              where o.estate_id = $1 and o.assignee_id is null and o.vendor_id is null and o.department_id = $3
                and o.stage in ('issued', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'rework')
              order by r.promised_at nulls last, o.issued_at limit 100)
           ) as jobs order by promised_at nulls last, issued_at"#,
        estate.0,
        me.0,
        department.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.request_id.into())).collect())
}

/// Stores a new order.
pub async fn insert(db: &mut PgConnection, order: &Order) -> Result<(), Fault> {
    let asks: Vec<String> = order.asks.iter().map(|ask| ask.tag().to_owned()).collect();
    sqlx::query!(
        "insert into work_order (estate_id, id, request_id, stage, stage_at, department_id, assignee_id, accountable_id,
           issued_by, issued_at, instructions, asks, vendor_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        order.estate.0,
        order.id.0,
        order.request.0,
        order.stage.tag(),
        order.stage_at,
        order.department.0,
        order.assignee.map(|id| id.0),
        order.accountable.0,
        order.issued_by.0,
        order.issued_at,
        order.instructions,
        &asks,
        order.vendor.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move. The database refuses it where the move is not on the table.
pub async fn save(db: &mut PgConnection, order: &mut Order) -> Result<(), Fault> {
    let reason = match &order.stage {
        OrderStage::Refused { reason } | OrderStage::Rework { reason } | OrderStage::Cancelled { reason } => {
            Some(reason.as_str())
        }
        OrderStage::Paused { on } => Some(on.tag()),
        _ => None,
    };
    let proof_reason = match &order.proof {
        Some(Proof::Reason { reason: words } | Proof::Check { words }) => Some(words.as_str()),
        _ => None,
    };
    order.version += 1;
    sqlx::query!(
        "update work_order set version = $3, stage = $4, stage_at = $5, stage_reason = $6, assignee_id = $7, accountable_id = $8,
           accepted_at = $9, note = $10, proof = $11, proof_reason = $12, accepted_by = $13, completed_by = $14,
           verified_by = $15
         where estate_id = $1 and id = $2",
        order.estate.0,
        order.id.0,
        order.version,
        order.stage.tag(),
        order.stage_at,
        reason,
        order.assignee.map(|id| id.0),
        order.accountable.0,
        order.accepted_at,
        order.note,
        order.proof.as_ref().map(Proof::tag),
        proof_reason,
        order.accepted_by.map(|id| id.0),
        order.completed_by.map(|id| id.0),
        order.verified_by.map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores a signature: a name with a tick, or with strokes on glass and their drawing.
pub async fn insert_signature(
    db: &mut PgConnection,
    id: Uuid,
    order: &Order,
    signer: &str,
    drawn: Option<(&serde_json::Value, &str)>,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into signature (estate_id, id, order_id, signer_name, strokes, image, signed_at, taken_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        order.estate.0,
        id,
        order.id.0,
        signer,
        drawn.map(|(strokes, _)| strokes),
        drawn.map(|(_, image)| image),
        at,
        by.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The names of members of staff, past ones too.
pub async fn find_names(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[Uuid],
) -> Result<HashMap<StaffId, String>, Fault> {
    let rows = sqlx::query!(
        "select m.id, a.name from staff_member m join account a on a.id = m.account_id where m.estate_id = $1 and m.id = any($2)",
        estate.0,
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.name)).collect())
}

/// Who answers for a team's order: the department's supervisor, else its head; the one who joined first.
pub async fn find_supervisor(
    db: &mut PgConnection,
    estate: EstateId,
    department: DepartmentId,
) -> Result<Option<StaffId>, Fault> {
    let id = sqlx::query_scalar!(
        "select m.id from staff_member m join staff_role r on r.estate_id = m.estate_id and r.staff_id = m.id
         where m.estate_id = $1 and m.department_id = $2 and m.left_at is null and r.role in ('supervisor', 'head')
         order by r.role desc, m.id limit 1",
        estate.0,
        department.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// Who has the open orders of a request.
pub async fn list_assignees(
    db: &mut PgConnection,
    estate: EstateId,
    request: RequestId,
) -> Result<Vec<StaffId>, Fault> {
    let ids = sqlx::query_scalar!(
        r#"select assignee_id as "id!" from work_order
           where estate_id = $1 and request_id = $2 and assignee_id is not null and stage not in ('refused', 'verified', 'cancelled')"#,
        estate.0,
        request.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}
