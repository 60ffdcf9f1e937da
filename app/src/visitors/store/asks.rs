use super::super::model::{Answer, Purpose, Visit, VisitNews};
use super::super::rules::{ANSWERS, Asked, Last};
use crate::estate::UnitRef;
use crate::fault::Fault;
use crate::ids::{EstateId, ScreenId, StaffId, UnitId, VisitId};
use crate::moment::Moment;
use crate::people::Home;
use crate::screens::ScreenDevice;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Stores that somebody asks for a home at a screen. The same statement, whether there is such a home or not.
pub async fn insert_asked(
    db: &mut PgConnection,
    screen: &ScreenDevice,
    id: VisitId,
    asked: &Asked,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into visit (estate_id, id, stage, stage_at, screen_id, area_id, name, company, purpose, building_id, sought,
           unit_id, asked_at, is_shown)
         values ($1, $2, 'waiting', $3, $4, $5, $6, $7, $8,
           (select b.id from building b where b.estate_id = $1 and b.id = $9), $10,
           (select u.id from unit u where u.estate_id = $1 and u.building_id = $9 and upper(u.number) = upper($10) limit 1),
           $3, true)",
        screen.estate.0,
        id.0,
        now,
        screen.id.0,
        screen.place.area.0,
        asked.name,
        asked.company,
        asked.purpose.tag(),
        asked.building.0,
        asked.number,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores whom the desk writes in: in the house now, or waiting for an answer.
pub async fn insert_written(
    db: &mut PgConnection,
    (estate, by): (EstateId, StaffId),
    (id, unit): (VisitId, UnitId),
    (name, company, purpose): (&str, Option<&str>, Purpose),
    is_asked: bool,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into visit (estate_id, id, stage, stage_at, name, company, purpose, building_id, unit_id, asked_at,
           is_shown, entered_at, told_to, marked_by)
         values ($1, $2, case when $3 then 'waiting' else 'arrived' end, $4, $5, $6, $7,
           (select u.building_id from unit u where u.estate_id = $1 and u.id = $8), $8, $4, false,
           case when $3 then null else $4::timestamptz end, case when $3 then null else 0 end, $9)",
        estate.0,
        id.0,
        is_asked,
        now,
        name,
        company,
        purpose.tag(),
        unit.0,
        by.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The home of a number in a building of the estate.
pub async fn find_home(db: &mut PgConnection, estate: EstateId, asked: &Asked) -> Result<Option<UnitId>, Fault> {
    let id = sqlx::query_scalar!(
        "select id from unit where estate_id = $1 and building_id = $2 and upper(number) = upper($3) limit 1",
        estate.0,
        asked.building.0,
        asked.number,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(Into::into))
}

/// What became of whoever asked last at a screen since then; none where that is not shown.
pub async fn find_shown(
    db: &mut PgConnection,
    estate: EstateId,
    screen: ScreenId,
    since: Moment,
) -> Result<Option<Last>, Fault> {
    let row = sqlx::query!(
        r#"select answer, asked_at, is_shown, stage = 'turned_away' as "is_turned_away!" from visit
           where estate_id = $1 and screen_id = $2 and asked_at > $3 order by asked_at desc, id desc limit 1"#,
        estate.0,
        screen.0,
        since,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.filter(|row| row.is_shown).map(|row| Last {
        answer: row.answer.as_deref().and_then(Answer::from_tag),
        asked_at: row.asked_at,
        is_turned_away: row.is_turned_away,
    }))
}

/// A screen shows nothing more of whoever asked at it.
pub async fn hide_shown(db: &mut PgConnection, estate: EstateId, screen: ScreenId, since: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "update visit set version = version + 1, is_shown = false
         where estate_id = $1 and screen_id = $2 and asked_at > $3 and is_shown",
        estate.0,
        screen.0,
        since,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One for somebody's homes of which they were told, since they live there.
pub async fn find_own_visit(db: &mut PgConnection, homes: &[Home], id: VisitId) -> Result<Option<Visit>, Fault> {
    let (units, parties, days) = of_homes(homes);
    let row = sqlx::query_scalar!(
        r#"select visit_json(v) as "visit!: Json<Visit>" from visit v
           where v.id = $1 and v.unit_id = any($2) and v.told_to > 0
             and is_left_for($2, $3, $4, v.estate_id, v.unit_id, null, v.asked_at)"#,
        id.0,
        &units,
        &parties,
        &days,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// The same, locked until the transaction ends.
pub async fn lock_own_visit(db: &mut PgConnection, homes: &[Home], id: VisitId) -> Result<Option<Visit>, Fault> {
    let (units, parties, days) = of_homes(homes);
    let row = sqlx::query_scalar!(
        r#"select visit_json(v) as "visit!: Json<Visit>" from visit v
           where v.id = $1 and v.unit_id = any($2) and v.told_to > 0
             and is_left_for($2, $3, $4, v.estate_id, v.unit_id, null, v.asked_at)
           for update of v"#,
        id.0,
        &units,
        &parties,
        &days,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Who waits for an answer of somebody with these homes, the first one.
pub async fn find_caller(db: &mut PgConnection, homes: &[Home], now: Moment) -> Result<Option<VisitNews>, Fault> {
    let (units, parties, days) = of_homes(homes);
    let row = sqlx::query!(
        r#"select v.id, unit_json(u, b) as "home!: Json<UnitRef>" from visit v
           join unit u on u.estate_id = v.estate_id and u.id = v.unit_id
           join building b on b.estate_id = u.estate_id and b.id = u.building_id
           where v.unit_id = any($1) and v.stage = 'waiting' and v.told_to > 0 and v.asked_at > $4
             and is_left_for($1, $2, $3, v.estate_id, v.unit_id, null, v.asked_at)
           order by v.asked_at, v.id limit 1"#,
        &units,
        &parties,
        &days,
        now - ANSWERS,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| VisitNews::Waits { visit: row.id.into(), home: row.home.0 }))
}

/// Somebody's homes as queries take them: units, as whom they are there, and since which day.
fn of_homes(homes: &[Home]) -> (Vec<Uuid>, Vec<Uuid>, Vec<chrono::NaiveDate>) {
    let units = homes.iter().map(|home| home.unit.id.0).collect();
    let parties = homes.iter().map(|home| home.party.0).collect();
    (units, parties, homes.iter().map(|home| home.from_on).collect())
}
