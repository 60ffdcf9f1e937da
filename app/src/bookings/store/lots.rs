use super::super::model::{Draw, Lot};
use crate::fault::Fault;
use crate::ids::{AccountId, BookingId, BuildingId, LotId, UnitId};
use crate::moment::Moment;
use crate::people::Home;
use chrono::NaiveDate;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// A lot that is drawn.
pub struct Entrant {
    /// The lot.
    pub lot: Lot,
    /// Where its household lives.
    pub building: BuildingId,
    /// Whose it is: whoever entered it, or else somebody of their household who lives there still; nobody, where all have left.
    pub heir: Option<AccountId>,
}

/// The lots that are in a draw.
pub async fn list_entrants(db: &mut PgConnection, draw: &Draw, now: Moment) -> Result<Vec<Entrant>, Fault> {
    let rows = sqlx::query!(
        r#"select lot_json(l) as "lot!: Json<Lot>", u.building_id as "building_id!", (
             select s.account_id from who_stays(l.estate_id, l.unit_id, l.account_id, l.made_at, $3) s
             where s.account_id is not null
             order by s.account_id = l.account_id desc, s.account_id limit 1) as "heir?"
           from lot l join unit u on u.estate_id = l.estate_id and u.id = l.unit_id
           where l.estate_id = $1 and l.draw_id = $2 and l.stage = 'entered'"#,
        draw.estate.0,
        draw.id.0,
        now,
    )
    .fetch_all(db)
    .await?;
    let entrants = rows.into_iter().map(|row| Entrant {
        lot: row.lot.0,
        building: row.building_id.into(),
        heir: row.heir.map(Into::into),
    });
    Ok(entrants.collect())
}

/// A household's lot in a draw, even where that took it back.
pub async fn find_lot(db: &mut PgConnection, draw: &Draw, unit: UnitId) -> Result<Option<Lot>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select lot_json(l) as "lot!: Json<Lot>" from lot l
           where l.estate_id = $1 and l.draw_id = $2 and l.unit_id = $3"#,
        draw.estate.0,
        draw.id.0,
        unit.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// The same as a household sees it: that of those who lived there before is not theirs.
pub async fn find_own_lot(
    db: &mut PgConnection,
    draw: &Draw,
    home: &Home,
    account: AccountId,
) -> Result<Option<Lot>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select lot_json(l) as "lot!: Json<Lot>" from lot l
           where l.estate_id = $1 and l.draw_id = $2 and l.unit_id = $3
             and (l.account_id = $4 or is_housemate(l.estate_id, l.unit_id, l.account_id, $5))"#,
        draw.estate.0,
        draw.id.0,
        home.unit.id.0,
        account.0,
        home.from_on,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// A lot of one of somebody's households.
pub async fn find_lot_of(
    db: &mut PgConnection,
    account: AccountId,
    homes: &[Home],
    id: LotId,
) -> Result<Option<Lot>, Fault> {
    let (units, days): (Vec<Uuid>, Vec<NaiveDate>) = homes.iter().map(|home| (home.unit.id.0, home.from_on)).unzip();
    let row = sqlx::query_scalar!(
        r#"select lot_json(l) as "lot!: Json<Lot>" from lot l
           where l.id = $1 and exists (
             select from unnest($2::uuid[], $3::date[]) as home (unit_id, from_on)
             where home.unit_id = l.unit_id
               and (l.account_id = $4 or is_housemate(l.estate_id, l.unit_id, l.account_id, home.from_on)))"#,
        id.0,
        &units,
        &days,
        account.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Stores a household's lot.
pub async fn insert_lot(db: &mut PgConnection, lot: &Lot) -> Result<(), Fault> {
    sqlx::query!(
        "insert into lot (estate_id, id, draw_id, stage, stage_at, unit_id, account_id, wishes, steps, heads, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $5)",
        lot.estate.0,
        lot.id.0,
        lot.draw.0,
        lot.stage.tag(),
        lot.stage_at,
        lot.unit.0,
        lot.account.0,
        &moments(&lot.wishes),
        lot.steps as i32,
        lot.heads as i32,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores that it was changed, or taken back.
pub async fn save_lot(db: &mut PgConnection, lot: &mut Lot) -> Result<(), Fault> {
    lot.version += 1;
    sqlx::query!(
        "update lot set version = $3, stage = $4, stage_at = $5, account_id = $6, wishes = $7, steps = $8, heads = $9
         where estate_id = $1 and id = $2",
        lot.estate.0,
        lot.id.0,
        lot.version,
        lot.stage.tag(),
        lot.stage_at,
        lot.account.0,
        &moments(&lot.wishes),
        lot.steps as i32,
        lot.heads as i32,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores what came of it, and the booking that it won.
pub async fn save_fallen(db: &mut PgConnection, lot: &mut Lot, won: Option<BookingId>) -> Result<(), Fault> {
    lot.version += 1;
    let tried: Vec<String> = lot.tried.iter().map(|tried| tried.tag().to_owned()).collect();
    sqlx::query!(
        "update lot set version = $3, stage = $4, stage_at = $5, place = $6, tried = $7, booking_id = $8
         where estate_id = $1 and id = $2",
        lot.estate.0,
        lot.id.0,
        lot.version,
        lot.stage.tag(),
        lot.stage_at,
        lot.place.map(|place| place as i32),
        &tried,
        won.map(|booking| booking.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

fn moments(wishes: &[i64]) -> Vec<Moment> {
    wishes.iter().filter_map(|wish| Moment::from_timestamp(*wish, 0)).collect()
}
