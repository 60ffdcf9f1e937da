use crate::fault::Fault;
use crate::ids::{EstateId, StaffId, VendorId};
use crate::moment::Moment;
use crate::work::Vendor;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    name: String,
    category_id: Option<Uuid>,
    contact: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

impl From<Row> for Vendor {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            trade: row.category_id.map(Into::into),
            contact: row.contact,
            phone: row.phone,
            email: row.email,
        }
    }
}

/// The vendors that are asked now, by name; at most 200.
pub async fn list_vendors(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Vendor>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        "select id, name, category_id, contact, phone, email from vendor
         where estate_id = $1 and ended_at is null order by name, id limit 200",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Vendor::from).collect())
}

/// Vendors by their ids, asked now or not any more.
pub async fn find_vendors(db: &mut PgConnection, estate: EstateId, ids: &[Uuid]) -> Result<Vec<Vendor>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query_as!(
        Row,
        "select id, name, category_id, contact, phone, email from vendor where estate_id = $1 and id = any($2)",
        estate.0,
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Vendor::from).collect())
}

/// Whether a vendor is still asked.
pub async fn is_asked(db: &mut PgConnection, estate: EstateId, id: VendorId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from vendor where estate_id = $1 and id = $2 and ended_at is null) as "is_asked!""#,
        estate.0,
        id.0,
    )
    .fetch_one(db)
    .await?)
}

/// Adds a vendor.
pub async fn insert_vendor(
    db: &mut PgConnection,
    estate: EstateId,
    vendor: &Vendor,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into vendor (estate_id, id, name, category_id, contact, phone, email, added_by, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        estate.0,
        vendor.id.0,
        vendor.name,
        vendor.trade.map(|id| id.0),
        vendor.contact,
        vendor.phone,
        vendor.email,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A vendor is not asked any more; what it was sent stays. Whether there was one.
pub async fn end_vendor(db: &mut PgConnection, estate: EstateId, id: VendorId, at: Moment) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "update vendor set ended_at = $3 where estate_id = $1 and id = $2 and ended_at is null",
        estate.0,
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
