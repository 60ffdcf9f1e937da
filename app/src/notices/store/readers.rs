use super::super::model::{Notice, NoticeLine};
use super::PAGE;
use crate::estate::store::kind_of;
use crate::estate::{Names, UnitRef};
use crate::fault::Fault;
use crate::ids::{AccountId, BuildingId, EstateId, NoticeId};
use crate::moment::Moment;
use crate::paging::page_of;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Homes of a page.
const HOMES: i64 = 50;

/// A page of what some estates tell somebody at home: what applies, the weightiest and latest first, then what was over within
/// 90 days, the latest first. Whom a notice addresses is asked of those alone that come up, in this order.
pub async fn list_for(
    db: &mut PgConnection,
    estates: &[EstateId],
    reader: AccountId,
    more: Option<Uuid>,
    now: Moment,
) -> Result<(Vec<NoticeLine>, Option<Uuid>), Fault> {
    let estates: Vec<_> = estates.iter().map(|id| id.0).collect();
    // Nothing that applies stands behind what is over, whose rank is the least.
    let mut rows = sqlx::query_scalar!(
        r#"select notice_line_json(s.one, $2) as "line!: Json<NoticeLine>"
           from (
             select n as one, notice_rank(n) as rank, n.published_at, n.id from notice n
             where n.estate_id = any($1) and n.stage = 'published'
               and ($4::uuid is null or (notice_rank(n), n.published_at, n.id) < (
                 select notice_rank(m), m.published_at, m.id from notice m where m.id = $4))
             order by notice_rank(n) desc, n.published_at desc, n.id desc offset 0) s
           where notice_is_read_by(s.one, $2, $3)
           order by s.rank desc, s.published_at desc, s.id desc limit $5"#,
        &estates,
        reader.0,
        now,
        more,
        PAGE + 1,
    )
    .fetch_all(&mut *db)
    .await?;
    let rest = PAGE + 1 - i64::try_from(rows.len()).unwrap_or(PAGE + 1);
    if rest > 0 {
        let over = sqlx::query_scalar!(
            r#"select notice_line_json(s.one, $2) as "line!: Json<NoticeLine>"
               from (
                 select n as one, n.stage_at, n.id from notice n
                 where n.estate_id = any($1) and n.published_at is not null and n.stage <> 'published'
                   and n.stage_at > $3::timestamptz - interval '90 days'
                   and coalesce((n.stage_at, n.id) < (
                     select m.stage_at, m.id from notice m where m.id = $4::uuid and m.stage <> 'published'), true)
                 order by n.stage_at desc, n.id desc offset 0) s
               where notice_is_read_by(s.one, $2, $3)
               order by s.stage_at desc, s.id desc limit $5"#,
            &estates,
            reader.0,
            now,
            more,
            rest,
        )
        .fetch_all(db)
        .await?;
        rows.extend(over);
    }
    let (rows, next) = page_of(rows, PAGE, |line| line.0.id.0);
    Ok((rows.into_iter().map(|line| line.0).collect(), next))
}

/// One of what some estates tell somebody at home.
pub async fn find_for(
    db: &mut PgConnection,
    estates: &[EstateId],
    reader: AccountId,
    id: NoticeId,
    now: Moment,
) -> Result<Option<(Notice, NoticeLine)>, Fault> {
    let estates: Vec<_> = estates.iter().map(|id| id.0).collect();
    let row = sqlx::query!(
        r#"select notice_json(n) as "notice!: Json<Notice>", notice_line_json(n, $2) as "line!: Json<NoticeLine>"
           from notice n
           where n.estate_id = any($1) and n.id = $3 and n.published_at is not null and notice_is_read_by(n, $2, $4)"#,
        &estates,
        reader.0,
        id.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.notice.0, row.line.0)))
}

/// Somebody said that they have read one; `false` where they had before.
pub async fn put_receipt(
    db: &mut PgConnection,
    notice: &Notice,
    reader: AccountId,
    now: Moment,
) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "insert into notice_receipt (estate_id, notice_id, account_id, read_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        notice.estate.0,
        notice.id.0,
        reader.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// An emergency that somebody has not said they read.
pub struct Alarm {
    /// Where it leads.
    pub notice: NoticeId,
    /// What it is called; empty in a language that is missing.
    pub title: Names,
}

struct AlarmRow {
    id: Uuid,
    title_en: String,
    title_hans: String,
    title_hant: String,
}

impl From<AlarmRow> for Alarm {
    fn from(row: AlarmRow) -> Self {
        Self { notice: row.id.into(), title: Names { en: row.title_en, hans: row.title_hans, hant: row.title_hant } }
    }
}

/// The latest emergency of some estates that concerns somebody at home, and that they have not said they read.
pub async fn find_alarm(
    db: &mut PgConnection,
    estates: &[EstateId],
    reader: AccountId,
    now: Moment,
) -> Result<Option<Alarm>, Fault> {
    let estates: Vec<_> = estates.iter().map(|id| id.0).collect();
    let row = sqlx::query_as!(
        AlarmRow,
        "select n.id, n.title_en, n.title_hans, n.title_hant from notice n
         where n.estate_id = any($1) and n.stage = 'published' and n.priority = 'emergency'
           and not exists (select from notice_receipt r
                           where r.estate_id = n.estate_id and r.notice_id = n.id and r.account_id = $2)
           and notice_is_read_by(n, $2, $3)
         order by n.published_at desc limit 1",
        &estates,
        reader.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// The same for somebody who works there: whomever it addresses, the office is asked about it.
pub async fn find_office_alarm(
    db: &mut PgConnection,
    estate: EstateId,
    reader: AccountId,
) -> Result<Option<Alarm>, Fault> {
    let row = sqlx::query_as!(
        AlarmRow,
        "select n.id, n.title_en, n.title_hans, n.title_hant from notice n
         where n.estate_id = $1 and n.stage = 'published' and n.priority = 'emergency'
           and not exists (select from notice_receipt r
                           where r.estate_id = n.estate_id and r.notice_id = n.id and r.account_id = $2)
         order by n.published_at desc limit 1",
        estate.0,
        reader.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// What anybody may read who stands in a building, or in the grounds: what addresses all of it, the weightiest and latest
/// first. At most 3.
pub async fn list_posted(
    db: &mut PgConnection,
    estate: EstateId,
    building: Option<BuildingId>,
) -> Result<Vec<Notice>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select notice_json(n) as "notice!: Json<Notice>" from notice n
           where n.estate_id = $1 and n.stage = 'published' and notice_is_everybodys(n, $2)
           order by notice_rank(n) desc, n.published_at desc, n.id desc limit 3"#,
        estate.0,
        building.map(|id| id.0),
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// One of them, by its id.
pub async fn find_posted(
    db: &mut PgConnection,
    estate: EstateId,
    building: Option<BuildingId>,
    id: NoticeId,
) -> Result<Option<Notice>, Fault> {
    let row = sqlx::query_scalar!(
        r#"select notice_json(n) as "notice!: Json<Notice>" from notice n
           where n.estate_id = $1 and n.id = $3 and n.stage = 'published' and notice_is_everybodys(n, $2)"#,
        estate.0,
        building.map(|id| id.0),
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// How many homes a notice addresses, or did when it ended, and in how many of them somebody said that they have read it.
pub async fn count_homes(db: &mut PgConnection, notice: &Notice, now: Moment) -> Result<(u32, u32), Fault> {
    let row = sqlx::query!(
        r#"select count(distinct r.unit_id) as "homes!", count(distinct r.unit_id) filter (where p.account_id is not null) as "read!"
           from notice n
           cross join lateral notice_readers(n, coalesce(notice_asked_at(n, $3), $3)) r
           left join notice_receipt p on p.estate_id = n.estate_id and p.notice_id = n.id and p.account_id = r.account_id
           where n.estate_id = $1 and n.id = $2"#,
        notice.estate.0,
        notice.id.0,
        now,
    )
    .fetch_one(db)
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok((count(row.homes), count(row.read)))
}

/// A page of the homes in which nobody said so, in the order of the estate's map: those who have no account, too.
pub async fn list_unread(
    db: &mut PgConnection,
    notice: &Notice,
    more: Option<Uuid>,
    now: Moment,
) -> Result<(Vec<UnitRef>, Option<Uuid>), Fault> {
    let rows = sqlx::query!(
        r#"select u.id as "id!", u.number as "number!", u.kind as "kind!", b.name_en as "name_en!",
             b.name_hans as "name_hans!", b.name_hant as "name_hant!"
           from (
             select r.unit_id from notice n
             cross join lateral notice_readers(n, coalesce(notice_asked_at(n, $3), $3)) r
             left join notice_receipt p on p.estate_id = n.estate_id and p.notice_id = n.id and p.account_id = r.account_id
             where n.estate_id = $1 and n.id = $2
             group by r.unit_id having count(p.account_id) = 0) home
           join unit u on u.estate_id = $1 and u.id = home.unit_id
           join building b on b.estate_id = u.estate_id and b.id = u.building_id
           where $4::uuid is null or (b.position, u.floor, u.number) > (
             select c.position, v.floor, v.number from unit v
             join building c on c.estate_id = v.estate_id and c.id = v.building_id
             where v.estate_id = $1 and v.id = $4)
           order by b.position, u.floor, u.number limit $5"#,
        notice.estate.0,
        notice.id.0,
        now,
        more,
        HOMES + 1,
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = page_of(rows, HOMES, |row| row.id);
    let homes = rows.into_iter().map(|row| {
        let building = Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant };
        UnitRef { id: row.id.into(), building, number: row.number, kind: kind_of(&row.kind) }
    });
    Ok((homes.collect(), next))
}
