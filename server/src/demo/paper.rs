//! The paper that our other office sends with what it asks for (B11): one scan serves them all.

use app::fault::Fault;
use app::photos::{PhotoStore, Processed, process, store};
use sqlx::PgConnection;

use crate::boot::Failure;

const SCAN: &[u8] = include_bytes!("../../demo/paper.jpg");

/// Makes a photo of it and lays its files where photos lie; no sweep takes them before the transaction ends.
pub async fn lay(db: &mut PgConnection, photos: &PhotoStore) -> Result<Processed, Failure> {
    let mut paper = process(SCAN).map_err(|note| format!("The demo's paper cannot be read: {note:?}."))?;
    let (large, small) = (std::mem::take(&mut paper.large), std::mem::take(&mut paper.small));
    let refused = |fault: Fault| fault.to_string();
    store::hold(db, &paper).await.map_err(refused)?;
    photos.put(&paper.large_hash, large.into()).await.map_err(refused)?;
    photos.put(&paper.small_hash, small.into()).await.map_err(refused)?;
    Ok(paper)
}
