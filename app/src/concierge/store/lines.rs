use super::super::model::{OrderPart, ServiceCard, ServiceOrder};
use crate::fault::Fault;
use crate::ids::{BookingId, EstateId, ItemId, ServiceOrderId};
use crate::moment::Moment;
use crate::services::{Answers, Deliverer, PriceRule};
use sqlx::PgConnection;
use sqlx::types::Json;

/// A part of an order that is just made.
pub struct Line {
    /// As its bundle calls it.
    pub slug: String,
    /// Of which item, under which version of its terms; none of what is booked.
    pub item: Option<(ItemId, i32)>,
    /// What was answered to its questions.
    pub answers: Answers,
    /// When it is wanted.
    pub needed_at: Option<Moment>,
    /// How it is priced.
    pub price_rule: PriceRule,
    /// What all of it, an hour or a piece costs, in minor units.
    pub rate: i64,
    /// For how many minutes,
    pub minutes: Option<u32>,
    /// and how many pieces.
    pub pieces: Option<u32>,
    /// What it costs.
    pub amount: i64,
    /// Who delivers it; none of what is booked.
    pub delivered_by: Option<Deliverer>,
    /// What is booked for it.
    pub booking: Option<BookingId>,
}

/// Stores a part of an order, at its place.
pub async fn insert_line(
    db: &mut PgConnection,
    order: &ServiceOrder,
    position: usize,
    line: &Line,
) -> Result<(), Fault> {
    let (staff, department) = line.delivered_by.map(Deliverer::hands).unwrap_or_default();
    sqlx::query!(
        "insert into service_order_part (estate_id, order_id, slug, position, item_id, terms_version, answers, needed_at,
           price_rule, rate, minutes, pieces, amount, booking_id, delivers_staff_id, delivers_department_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        order.estate.0,
        order.id.0,
        line.slug,
        position as i32,
        line.item.map(|(item, _)| item.0),
        line.item.map(|(_, version)| version),
        serde_json::json!(line.answers),
        line.needed_at,
        line.price_rule.tag(),
        line.rate,
        line.minutes.map(|minutes| minutes as i32),
        line.pieces.map(|pieces| pieces as i32),
        line.amount,
        line.booking.map(|booking| booking.0),
        staff.map(|staff| staff.0),
        department.map(|department| department.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The parts of an order, in order; none of what is no bundle.
pub async fn list_lines(
    db: &mut PgConnection,
    estate: EstateId,
    order: ServiceOrderId,
) -> Result<Vec<OrderPart>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select service_order_part_json(l) as "part!: Json<OrderPart>" from service_order_part l
           where l.estate_id = $1 and l.order_id = $2 order by l.position"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What is booked for an order, in the order in which its facilities are locked.
pub async fn list_part_bookings(
    db: &mut PgConnection,
    estate: EstateId,
    order: ServiceOrderId,
) -> Result<Vec<BookingId>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select b.id as "id!" from service_order_part l
           join booking b on b.estate_id = l.estate_id and b.id = l.booking_id
           where l.estate_id = $1 and l.order_id = $2 order by b.facility_id, b.id"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The order under way of which a booking is a part.
pub async fn find_whole(
    db: &mut PgConnection,
    estate: EstateId,
    booking: BookingId,
) -> Result<Option<ServiceCard>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select service_card_json(o) as "card!: Json<ServiceCard>" from service_order_part l
           join service_order o on o.estate_id = l.estate_id and o.id = l.order_id
           where l.estate_id = $1 and l.booking_id = $2 and o.due_at is not null"#,
        estate.0,
        booking.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}
