//! How a request lies in its table.

use super::super::model::{Case, Channel, Place, Promise, PromiseKind, Request, Stage, WaitingFrom, WaitingOn};
use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::RequestId;
use crate::moment::Moment;
use crate::services::Urgency;
use crate::texts::Lang;
use crate::work;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    estate_id: Uuid,
    id: Uuid,
    code: String,
    version: i32,
    stage: String,
    stage_at: Moment,
    waiting_on: Option<String>,
    waiting_from: Option<String>,
    stage_reason: Option<String>,
    duplicate_of: Option<Uuid>,
    item_id: Uuid,
    urgency: String,
    channel: String,
    unit_id: Option<Uuid>,
    area_id: Option<Uuid>,
    floor: Option<i32>,
    words: String,
    lang: String,
    reporter_id: Option<Uuid>,
    party_id: Option<Uuid>,
    department_id: Uuid,
    accountable_id: Option<Uuid>,
    promised_at: Option<Moment>,
    promise_kind: Option<String>,
    received_at: Moment,
    reopened_times: i32,
    reopened_at: Option<Moment>,
}

impl TryFrom<Row> for Request {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let unreadable = |what: &str| broken("a stored request cannot be read", &format!("{what} of {}", row.code));
        let stage = stage_of(
            &row.stage,
            row.waiting_on.as_deref(),
            row.waiting_from.as_deref(),
            row.stage_reason,
            row.duplicate_of,
        )
        .ok_or_else(|| unreadable("stage"))?;
        let place = match (row.unit_id, row.area_id) {
            (Some(unit), None) => Place::Home(unit.into()),
            (None, Some(area)) => Place::Common { area: area.into(), floor: row.floor },
            _ => return Err(unreadable("place")),
        };
        let promise = row.promised_at.zip(row.promise_kind.as_deref().and_then(PromiseKind::from_tag));
        Ok(Request {
            id: row.id.into(),
            estate: row.estate_id.into(),
            version: row.version,
            stage,
            stage_at: row.stage_at,
            item: row.item_id.into(),
            urgency: Urgency::from_tag(&row.urgency).ok_or_else(|| unreadable("urgency"))?,
            channel: Channel::from_tag(&row.channel).ok_or_else(|| unreadable("channel"))?,
            place,
            words: row.words,
            lang: Lang::from_tag(&row.lang).unwrap_or_default(),
            reporter: row.reporter_id.map(Into::into),
            party: row.party_id.map(Into::into),
            department: row.department_id.into(),
            accountable: row.accountable_id.map(Into::into),
            promise: promise.map(|(due_at, kind)| Promise { kind, due_at }),
            received_at: row.received_at,
            reopened_times: row.reopened_times,
            reopened_at: row.reopened_at,
            code: row.code,
        })
    }
}

/// Whether a stage's tag is one in which the office still owes something.
pub fn is_open_tag(tag: &str) -> bool {
    matches!(tag, "received" | "triaged" | "dispatched" | "in_progress" | "waiting" | "disputed" | "reopened")
}

/// The stage of stored columns; `None` where they contradict each other.
pub fn stage_of(
    tag: &str,
    waiting_on: Option<&str>,
    waiting_from: Option<&str>,
    reason: Option<String>,
    duplicate_of: Option<Uuid>,
) -> Option<Stage> {
    Some(match tag {
        "received" => Stage::Received,
        "triaged" => Stage::Triaged,
        "dispatched" => Stage::Dispatched,
        "in_progress" => Stage::InProgress,
        "waiting" => Stage::Waiting {
            on: WaitingOn::from_tag(waiting_on?)?,
            from: if waiting_from? == "triaged" { WaitingFrom::Triaged } else { WaitingFrom::InProgress },
        },
        "done" => Stage::Done,
        "confirmed" => Stage::Confirmed,
        "unconfirmed" => Stage::Unconfirmed,
        "disputed" => Stage::Disputed,
        "reopened" => Stage::Reopened,
        "archived" => Stage::Archived,
        "declined" => Stage::Declined { reason: reason? },
        "cancelled" => Stage::Cancelled,
        "duplicate" => Stage::Duplicate { of: duplicate_of?.into() },
        _ => return None,
    })
}

/// A request with its orders. Only for ids that a scoped look-up returned.
pub async fn read(db: &mut PgConnection, id: RequestId) -> Result<Case, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select estate_id, id, code, version, stage, stage_at, waiting_on, waiting_from, stage_reason, duplicate_of, item_id,
           urgency, channel, unit_id, area_id, floor, words, lang, reporter_id, party_id, department_id, accountable_id,
           promised_at, promise_kind, received_at, reopened_times, reopened_at
         from request where id = $1",
        id.0,
    )
    .fetch_optional(&mut *db)
    .await?
    .ok_or(Fault::NotFound)?;
    let request = Request::try_from(row)?;
    let orders = work::store::list_of(db, request.estate, &[id]).await?;
    Ok(Case { request, orders })
}
