//! SQL of orders: the matter itself here, what was signed, promised and written about it in `parts`, the parts of a bundle in
//! `lines`, what the office looks at in `desk`, what is due by itself in `due`.

mod desk;
mod due;
mod lines;
mod parts;

pub use desk::*;
pub use due::*;
pub use lines::*;
pub use parts::*;

use super::model::{ServiceCard, ServiceOrder};
use crate::estate::UnitRef;
use crate::fault::Fault;
use crate::ids::{AccountId, DepartmentId, EstateId, ServiceOrderId, StaffId};
use crate::moment::Moment;
use crate::people::store::find_unit;
use crate::services::Deliverer;
use sqlx::PgConnection;
use sqlx::types::Json;

/// How far into an estate's orders a query sees.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// The estate.
    pub estate: EstateId,
    /// Only into what is theirs, or their department's, to deliver now; none: into all of it.
    pub deliverer: Option<(StaffId, DepartmentId)>,
}

impl Sight {
    /// Into all of an estate's orders.
    pub fn all(estate: EstateId) -> Self {
        Self { estate, deliverer: None }
    }

    fn staff(self) -> Option<uuid::Uuid> {
        self.deliverer.map(|(staff, _)| staff.0)
    }

    fn department(self) -> Option<uuid::Uuid> {
        self.deliverer.map(|(_, department)| department.0)
    }
}

/// A person's orders, what is under way first, the latest first; at most 20.
pub async fn list_cards(db: &mut PgConnection, account: AccountId) -> Result<Vec<ServiceCard>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select service_card_json(o) as "card!: Json<ServiceCard>" from service_order o
           where o.account_id = $1 and not o.by_office
           order by o.due_at is null, o.made_at desc, o.id desc limit 20"#,
        account.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// One of a person's orders by its code, with the household for which it is.
pub async fn find_card(
    db: &mut PgConnection,
    account: AccountId,
    code: &str,
) -> Result<Option<(ServiceCard, UnitRef)>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select service_card_json(o) as "card!: Json<ServiceCard>" from service_order o
           where o.account_id = $1 and not o.by_office and o.code = $2"#,
        account.0,
        code,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(Json(card)) = row else { return Ok(None) };
    let home = find_unit(db, card.order.estate, card.order.unit).await?;
    Ok(home.map(|home| (card, home)))
}

/// One of a person's orders, locked until the transaction ends.
pub async fn lock_own(
    db: &mut PgConnection,
    account: AccountId,
    id: ServiceOrderId,
) -> Result<Option<ServiceOrder>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select service_order_json(o) as "order!: Json<ServiceOrder>" from service_order o
           where o.account_id = $1 and not o.by_office and o.id = $2
           for update of o"#,
        account.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// One of the orders in sight, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, sight: Sight, id: ServiceOrderId) -> Result<Option<ServiceOrder>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select service_order_json(o) as "order!: Json<ServiceOrder>" from service_order o
           where o.estate_id = $1 and o.id = $2 and ($3::uuid is null or delivers(o, $3, $4))
           for update of o"#,
        sight.estate.0,
        id.0,
        sight.staff(),
        sight.department(),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Stores an order that was just made, and who delivers it by its terms.
pub async fn insert(db: &mut PgConnection, order: &ServiceOrder, delivered_by: Deliverer) -> Result<(), Fault> {
    let (staff, department) = delivered_by.hands();
    sqlx::query!(
        "insert into service_order (estate_id, id, code, stage, stage_at, item_id, terms_version, unit_id, account_id,
           ordered_by, accountable_id, answers, note, needed_at, price_rule, rate, currency, amount, due_at, made_at,
           by_office, owed_since, delivers_staff_id, delivers_department_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
           $24)",
        order.estate.0,
        order.id.0,
        order.code,
        order.stage.tag(),
        order.stage_at,
        order.item.0,
        order.terms,
        order.unit.0,
        order.account.0,
        order.ordered_by.map(|staff| staff.0),
        order.accountable.0,
        serde_json::json!(order.answers),
        order.note,
        order.needed_at,
        order.price_rule.tag(),
        order.rate,
        order.currency,
        order.amount,
        order.due_at,
        order.made_at,
        order.by_office,
        order.owed_since,
        staff.map(|staff| staff.0),
        department.map(|department| department.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move, made now.
pub async fn save(db: &mut PgConnection, order: &mut ServiceOrder, now: Moment) -> Result<(), Fault> {
    order.version += 1;
    let rating = order.rating;
    sqlx::query!(
        "update service_order set version = $3, stage = $4, stage_at = $5, accountable_id = $6, minutes = $7, pieces = $8,
           amount = $9, quote_note = $10, promised_at = $11, arrived_at = $12, agency = $13, due_at = $14,
           told_late_at = $15, reason = $16, accepted_at = $17, unconfirmed_at = $18, attitude = $19, conduct = $20,
           speed = $21, result = $22, rated_words = $23,
           rated_at = case when $19::int is not null then coalesce(rated_at, $24::timestamptz) end, owed_since = $25,
           first_in_time = $26
         where estate_id = $1 and id = $2",
        order.estate.0,
        order.id.0,
        order.version,
        order.stage.tag(),
        order.stage_at,
        order.accountable.0,
        order.minutes.map(|minutes| minutes as i32),
        order.pieces.map(|pieces| pieces as i32),
        order.amount,
        order.quote_note,
        order.promised_at,
        order.arrived_at,
        order.agency,
        order.due_at,
        order.told_late_at,
        order.reason,
        order.accepted_at,
        order.unconfirmed_at,
        rating.map(|rating| rating.attitude),
        rating.map(|rating| rating.conduct),
        rating.map(|rating| rating.speed),
        rating.map(|rating| rating.result),
        order.rated_words,
        now,
        order.owed_since,
        order.first_in_time,
    )
    .execute(db)
    .await?;
    Ok(())
}
