//! SQL of notices: the matter itself here, whom it addresses and who has read it in `readers`.

mod readers;

pub use readers::*;

use super::model::{Notice, NoticeLine};
use crate::estate::store::kind_of;
use crate::estate::{Names, UnitRef};
use crate::fault::Fault;
use crate::ids::{AccountId, BuildingId, EstateId, NoticeId, UnitId};
use crate::moment::Moment;
use crate::paging::page_of;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Notices of a page.
const PAGE: i64 = 30;

/// A page of an estate's notices, the latest change first, as somebody of the office sees them.
pub async fn list(
    db: &mut PgConnection,
    estate: EstateId,
    reader: AccountId,
    more: Option<Uuid>,
) -> Result<(Vec<NoticeLine>, Option<Uuid>), Fault> {
    let rows = sqlx::query_scalar!(
        r#"select notice_line_json(n, $2) as "line!: Json<NoticeLine>" from notice n
           where n.estate_id = $1 and ($3::uuid is null or (n.stage_at, n.id) < (
             select m.stage_at, m.id from notice m where m.estate_id = $1 and m.id = $3))
           order by n.stage_at desc, n.id desc limit $4"#,
        estate.0,
        reader.0,
        more,
        PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = page_of(rows, PAGE, |line| line.0.id.0);
    Ok((rows.into_iter().map(|line| line.0).collect(), next))
}

/// One of an estate's notices, and how a list shows it to somebody.
pub async fn find(
    db: &mut PgConnection,
    estate: EstateId,
    id: NoticeId,
    reader: AccountId,
) -> Result<Option<(Notice, NoticeLine)>, Fault> {
    let row = sqlx::query!(
        r#"select notice_json(n) as "notice!: Json<Notice>", notice_line_json(n, $3) as "line!: Json<NoticeLine>"
           from notice n where n.estate_id = $1 and n.id = $2"#,
        estate.0,
        id.0,
        reader.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.notice.0, row.line.0)))
}

/// One of an estate's notices, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, estate: EstateId, id: NoticeId) -> Result<Option<Notice>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select notice_json(n) as "notice!: Json<Notice>" from notice n
           where n.estate_id = $1 and n.id = $2 for update"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// What is due next, of any estate, but for those that are left aside.
pub async fn find_due(
    db: &mut PgConnection,
    aside: &[Uuid],
    now: Moment,
) -> Result<Option<(EstateId, NoticeId)>, Fault> {
    let row = sqlx::query!(
        "select estate_id, id from notice
         where stage in ('scheduled', 'published')
           and coalesce(case when stage = 'scheduled' then publish_at end, expires_at) <= $1 and id <> all($2)
         order by coalesce(case when stage = 'scheduled' then publish_at end, expires_at) limit 1",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.estate_id.into(), row.id.into())))
}

/// The units of these numbers in some buildings, or in all: each with its number.
pub async fn find_units(
    db: &mut PgConnection,
    estate: EstateId,
    buildings: &[BuildingId],
    numbers: &[String],
) -> Result<Vec<(UnitId, String)>, Fault> {
    let buildings: Vec<_> = buildings.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select id, number from unit
         where estate_id = $1 and number = any($3) and ($2::uuid[] = '{}' or building_id = any($2))
         order by id",
        estate.0,
        &buildings,
        numbers,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.number)).collect())
}

/// The units that a notice names, in the order of the estate's map.
pub async fn list_units(db: &mut PgConnection, notice: &Notice) -> Result<Vec<UnitRef>, Fault> {
    let units: Vec<_> = notice.text.audience.units.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select u.id, u.number, u.kind, b.name_en, b.name_hans, b.name_hant
         from unit u join building b on b.estate_id = u.estate_id and b.id = u.building_id
         where u.estate_id = $1 and u.id = any($2)
         order by b.position, u.floor, u.number",
        notice.estate.0,
        &units,
    )
    .fetch_all(db)
    .await?;
    let units = rows.into_iter().map(|row| {
        let building = Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant };
        UnitRef { id: row.id.into(), building, number: row.number, kind: kind_of(&row.kind) }
    });
    Ok(units.collect())
}

/// What a notice says and to whom, as columns hold it.
struct Columns {
    buildings: Vec<Uuid>,
    units: Vec<Uuid>,
    uses: Vec<String>,
    kinds: Vec<String>,
}

impl Columns {
    fn of(notice: &Notice) -> Self {
        let audience = &notice.text.audience;
        Self {
            buildings: audience.buildings.iter().map(|id| id.0).collect(),
            units: audience.units.iter().map(|id| id.0).collect(),
            uses: audience.uses.iter().map(|kind| kind.tag().to_owned()).collect(),
            kinds: audience.kinds.iter().map(|kind| kind.tag().to_owned()).collect(),
        }
    }
}

/// Stores a notice that was just drafted.
pub async fn insert(db: &mut PgConnection, notice: &Notice) -> Result<(), Fault> {
    let (text, columns) = (&notice.text, Columns::of(notice));
    sqlx::query!(
        "insert into notice (estate_id, id, stage, stage_at, priority, title_en, title_hans, title_hant, body_en, body_hans,
           body_hant, buildings, floors, stacks, units, uses, kinds, drafted_by, expires_at, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        notice.estate.0,
        notice.id.0,
        notice.stage.tag(),
        notice.stage_at,
        text.priority.tag(),
        text.title.en,
        text.title.hans,
        text.title.hant,
        text.body.en,
        text.body.hans,
        text.body.hant,
        &columns.buildings,
        &text.audience.floors,
        &text.audience.stacks,
        &columns.units,
        &columns.uses,
        &columns.kinds,
        notice.drafted_by.0,
        text.expires_at,
        notice.made_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores other words of a draft.
pub async fn save_text(db: &mut PgConnection, notice: &mut Notice) -> Result<(), Fault> {
    notice.version += 1;
    let (text, columns) = (&notice.text, Columns::of(notice));
    sqlx::query!(
        "update notice set version = $3, priority = $4, title_en = $5, title_hans = $6, title_hant = $7, body_en = $8,
           body_hans = $9, body_hant = $10, buildings = $11, floors = $12, stacks = $13, units = $14, uses = $15,
           kinds = $16, expires_at = $17
         where estate_id = $1 and id = $2",
        notice.estate.0,
        notice.id.0,
        notice.version,
        text.priority.tag(),
        text.title.en,
        text.title.hans,
        text.title.hant,
        text.body.en,
        text.body.hans,
        text.body.hant,
        &columns.buildings,
        &text.audience.floors,
        &text.audience.stacks,
        &columns.units,
        &columns.uses,
        &columns.kinds,
        text.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move.
pub async fn save(db: &mut PgConnection, notice: &mut Notice) -> Result<(), Fault> {
    notice.version += 1;
    sqlx::query!(
        "update notice set version = $3, stage = $4, stage_at = $5, approved_by = $6, publish_at = $7, published_at = $8,
           reason = $9
         where estate_id = $1 and id = $2",
        notice.estate.0,
        notice.id.0,
        notice.version,
        notice.stage.tag(),
        notice.stage_at,
        notice.approved_by.map(|staff| staff.0),
        notice.publish_at,
        notice.published_at,
        notice.reason,
    )
    .execute(db)
    .await?;
    Ok(())
}
