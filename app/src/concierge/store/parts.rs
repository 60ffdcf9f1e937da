use super::super::model::{ChargeNotice, ServiceNote, ServiceOrder, ServicePromise, SignedBy};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, ServiceNoteId, ServiceOrderId, SignatureId, StaffId, UnitId};
use crate::moment::Moment;
use serde_json::Value;
use sqlx::PgConnection;

/// Who signed a charge notice, and how.
pub struct Signature<'a> {
    /// For its drawing.
    pub id: SignatureId,
    /// How.
    pub means: SignedBy,
    /// Their name.
    pub signer: &'a str,
    /// Their account, where they confirmed it themselves;
    pub account: Option<AccountId>,
    /// else who of the office took it,
    pub taken_by: Option<StaffId>,
    /// and the strokes on glass with their drawing.
    pub drawn: Option<(&'a Value, &'a str)>,
}

/// Stores a charge notice, over what the order costs now.
pub async fn insert_notice(
    db: &mut PgConnection,
    order: &ServiceOrder,
    signature: &Signature<'_>,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into charge_notice (estate_id, order_id, id, item_id, terms_version, needed_at, price_rule, rate, currency,
           minutes, pieces, amount, means, signer_name, signed_by, taken_by, strokes, image, signed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        order.estate.0,
        order.id.0,
        signature.id.0,
        order.item.0,
        order.terms,
        order.needed_at,
        order.price_rule.tag(),
        order.rate,
        order.currency,
        order.minutes.map(|minutes| minutes as i32),
        order.pieces.map(|pieces| pieces as i32),
        order.amount.unwrap_or_default(),
        signature.means.tag(),
        signature.signer,
        signature.account.map(|account| account.0),
        signature.taken_by.map(|staff| staff.0),
        signature.drawn.map(|(strokes, _)| strokes),
        signature.drawn.map(|(_, image)| image),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was signed of an order.
pub async fn find_notice(
    db: &mut PgConnection,
    estate: EstateId,
    order: ServiceOrderId,
) -> Result<Option<ChargeNotice>, Fault> {
    let row = sqlx::query!(
        "select id, means, signer_name, signed_at from charge_notice where estate_id = $1 and order_id = $2",
        estate.0,
        order.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| ChargeNotice {
        id: row.id.into(),
        means: match row.means.as_str() {
            "glass" => SignedBy::Glass,
            "tick" => SignedBy::Tick,
            _ => SignedBy::Confirm,
        },
        signer: row.signer_name,
        signed_at: row.signed_at,
    }))
}

/// The drawing of a signature under a charge notice.
pub async fn find_drawing(db: &mut PgConnection, estate: EstateId, id: SignatureId) -> Result<Option<String>, Fault> {
    let image = sqlx::query_scalar!("select image from charge_notice where estate_id = $1 and id = $2", estate.0, id.0)
        .fetch_optional(db)
        .await?;
    Ok(image.flatten())
}

/// Stores a time that was told: by somebody, or by the terms themselves.
pub async fn insert_promise(
    db: &mut PgConnection,
    order: &ServiceOrder,
    due_at: Moment,
    (reason, by): (Option<&str>, Option<StaffId>),
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into service_promise (estate_id, order_id, number, due_at, reason, made_by, made_at)
         select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6 from service_promise
         where estate_id = $1 and order_id = $2",
        order.estate.0,
        order.id.0,
        due_at,
        reason,
        by.map(|staff| staff.0),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The times that were told of an order last, in order; at most 100.
pub async fn list_promises(
    db: &mut PgConnection,
    estate: EstateId,
    order: ServiceOrderId,
) -> Result<Vec<ServicePromise>, Fault> {
    let rows = sqlx::query_as!(
        ServicePromise,
        r#"select due_at as "due_at!", reason, made_at as "made_at!" from (
             select number, due_at, reason, made_at from service_promise where estate_id = $1 and order_id = $2
             order by number desc limit 100) last
           order by number"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// Stores what somebody of the office wrote.
pub async fn insert_note(
    db: &mut PgConnection,
    id: ServiceNoteId,
    order: &ServiceOrder,
    words: &str,
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into service_note (estate_id, id, order_id, words, written_by, written_at) values ($1, $2, $3, $4, $5, $6)",
        order.estate.0,
        id.0,
        order.id.0,
        words,
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was written about an order last, in order; at most 100.
pub async fn list_notes(
    db: &mut PgConnection,
    estate: EstateId,
    order: ServiceOrderId,
) -> Result<Vec<ServiceNote>, Fault> {
    let rows = sqlx::query!(
        r#"select n.id as "id!", n.words as "words!", n.written_at as "written_at!", a.name as "name!" from (
             select id, words, written_at, written_by from service_note where estate_id = $1 and order_id = $2
             order by written_at desc, id desc limit 100) n
           join staff_member m on m.estate_id = $1 and m.id = n.written_by
           join account a on a.id = m.account_id
           order by n.written_at, n.id"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?;
    let note = rows.into_iter().map(|row| ServiceNote {
        id: row.id.into(),
        words: row.words,
        by: row.name,
        at: row.written_at,
    });
    Ok(note.collect())
}

/// Who of a household has an account; at most 20.
pub async fn list_people(
    db: &mut PgConnection,
    estate: EstateId,
    unit: UnitId,
    now: Moment,
) -> Result<Vec<(AccountId, String)>, Fault> {
    let rows = sqlx::query!(
        "select distinct a.name, a.id from occupancy o
         join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
         join account a on a.id = pa.account_id and a.disabled_at is null
         where o.estate_id = $1 and o.unit_id = $2
           and o.from_on <= day_at($1, $3) and (o.to_on is null or o.to_on >= day_at($1, $3))
         order by a.name, a.id limit 20",
        estate.0,
        unit.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.name)).collect())
}
