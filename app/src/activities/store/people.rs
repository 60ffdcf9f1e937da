use super::super::model::{Activity, Participation, ParticipationEntry};
use crate::fault::Fault;
use crate::ids::{AccountId, ActivityId, EstateId, ParticipationId, UnitId};
use crate::moment::Moment;
use crate::people::Home;
use chrono::NaiveDate;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// The part of each of somebody's homes in these activities, or that it gave up last: theirs, and their household's; what those
/// have who lived there before is not theirs to see. Of each activity those that are in it first.
pub async fn list_own(
    db: &mut PgConnection,
    activities: &[Activity],
    homes: &[Home],
    account: AccountId,
) -> Result<Vec<Participation>, Fault> {
    let (estates, ids): (Vec<Uuid>, Vec<Uuid>) =
        activities.iter().map(|activity| (activity.estate.0, activity.id.0)).unzip();
    let (units, days) = of_homes(homes);
    let rows = sqlx::query_scalar!(
        r#"select participation_json(p) as "part!: Json<Participation>"
           from unnest($1::uuid[], $2::uuid[]) as a (estate_id, id)
           cross join lateral (
             select distinct on (q.unit_id) q.* from participation q
             where q.estate_id = a.estate_id and q.activity_id = a.id
               and (q.account_id = $3 or exists (
                 select from unnest($4::uuid[], $5::date[]) as home (unit_id, from_on)
                 where home.unit_id = q.unit_id and is_housemate(q.estate_id, q.unit_id, q.account_id, home.from_on)))
             order by q.unit_id, q.stage = 'given_up', q.account_id = $3 desc, q.made_at desc, q.id) p
           order by p.activity_id, p.stage = 'given_up', p.account_id = $3 desc, p.made_at desc, p.id"#,
        &estates,
        &ids,
        account.0,
        &units,
        &days,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Somebody's homes as queries take them: units, and since which day.
fn of_homes(homes: &[Home]) -> (Vec<Uuid>, Vec<NaiveDate>) {
    homes.iter().map(|home| (home.unit.id.0, home.from_on)).unzip()
}

/// Who takes part in an activity, or waits, in the order in which they signed up.
pub async fn list_people(
    db: &mut PgConnection,
    estate: EstateId,
    activity: ActivityId,
    now: Moment,
) -> Result<Vec<ParticipationEntry>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select participation_entry_json(p) || jsonb_build_object('has_left', not exists (
             select from who_stays(p.estate_id, p.unit_id, p.account_id, p.made_at, $3)))
             as "entry!: Json<ParticipationEntry>"
           from participation p
           where p.estate_id = $1 and p.activity_id = $2 and p.stage <> 'given_up'
           order by p.stage = 'waiting', p.made_at, p.id limit 5000"#,
        estate.0,
        activity.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Who waits for places, whoever came first first; households that have left are left out.
pub async fn list_line(
    db: &mut PgConnection,
    estate: EstateId,
    activity: ActivityId,
    now: Moment,
) -> Result<Vec<Participation>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select participation_json(p) as "part!: Json<Participation>" from participation p
           where p.estate_id = $1 and p.activity_id = $2 and p.stage = 'waiting'
             and exists (select from who_stays(p.estate_id, p.unit_id, p.account_id, p.made_at, $3))
           order by p.made_at, p.id"#,
        estate.0,
        activity.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// By which part a unit takes part in an activity, or waits, and whether all of the household that signed up have left it.
pub async fn find_in(
    db: &mut PgConnection,
    activity: &Activity,
    unit: UnitId,
    now: Moment,
) -> Result<Option<(Participation, bool)>, Fault> {
    let row = sqlx::query!(
        r#"select participation_json(p) as "part!: Json<Participation>", not exists (
             select from who_stays(p.estate_id, p.unit_id, p.account_id, p.made_at, $4)) as "has_left!"
           from participation p
           where p.estate_id = $1 and p.activity_id = $2 and p.unit_id = $3 and p.stage <> 'given_up'"#,
        activity.estate.0,
        activity.id.0,
        unit.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.part.0, row.has_left)))
}

/// Of which activity a part is, where somebody has it, or their household at one of these homes; the estate beside it.
pub async fn find_of_own(
    db: &mut PgConnection,
    account: AccountId,
    homes: &[Home],
    id: ParticipationId,
) -> Result<Option<(EstateId, ActivityId)>, Fault> {
    let (units, days) = of_homes(homes);
    let row = sqlx::query!(
        "select p.estate_id, p.activity_id from participation p
         where p.id = $2 and (p.account_id = $1 or exists (
           select from unnest($3::uuid[], $4::date[]) as home (unit_id, from_on)
           where home.unit_id = p.unit_id and is_housemate(p.estate_id, p.unit_id, p.account_id, home.from_on)))",
        account.0,
        id.0,
        &units,
        &days,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.activity_id.into())))
}

/// Of which of an estate's activities a part is.
pub async fn find_of_part(
    db: &mut PgConnection,
    estate: EstateId,
    id: ParticipationId,
) -> Result<Option<ActivityId>, Fault> {
    let row =
        sqlx::query_scalar!("select activity_id from participation where estate_id = $1 and id = $2", estate.0, id.0)
            .fetch_optional(db)
            .await?;
    Ok(row.map(Into::into))
}

/// A part, whose activity is locked.
pub async fn find_part(
    db: &mut PgConnection,
    estate: EstateId,
    id: ParticipationId,
) -> Result<Option<Participation>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select participation_json(p) as "part!: Json<Participation>" from participation p
           where p.estate_id = $1 and p.id = $2"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Stores a part that was just taken.
pub async fn insert_part(db: &mut PgConnection, part: &Participation) -> Result<(), Fault> {
    sqlx::query!(
        "insert into participation (estate_id, id, activity_id, stage, stage_at, unit_id, account_id, heads, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        part.estate.0,
        part.id.0,
        part.activity.0,
        part.stage.tag(),
        part.stage_at,
        part.unit.0,
        part.account.0,
        part.heads as i32,
        part.made_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move.
pub async fn save_part(db: &mut PgConnection, part: &mut Participation) -> Result<(), Fault> {
    part.version += 1;
    sqlx::query!(
        "update participation set version = $3, stage = $4, stage_at = $5, came = $6, stars = $7, stars_words = $8
         where estate_id = $1 and id = $2",
        part.estate.0,
        part.id.0,
        part.version,
        part.stage.tag(),
        part.stage_at,
        part.came.map(|came| came as i32),
        part.stars.map(i32::from),
        part.stars_words,
    )
    .execute(db)
    .await?;
    Ok(())
}
