use super::super::model::{DayLine, MailCount, MailKind, Way};
use crate::fault::Fault;
use crate::ids::{EstateId, StaffId};
use crate::moment::Moment;
use chrono::NaiveDate;
use sqlx::PgConnection;

/// Two of the desk who count the same at once do it one after the other.
pub async fn lock_count(db: &mut PgConnection, estate: EstateId, on: NaiveDate) -> Result<(), Fault> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'mail', $1::uuid, $2::date), 2))",
        estate.0,
        on,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many of a kind were counted on a day, in or out.
pub async fn sum_counts(
    db: &mut PgConnection,
    estate: EstateId,
    (on, kind, way): (NaiveDate, MailKind, Way),
) -> Result<i64, Fault> {
    let sum = sqlx::query_scalar!(
        r#"select coalesce(sum(pieces), 0) as "sum!" from mail_count
           where estate_id = $1 and on_date = $2 and kind = $3 and way = $4"#,
        estate.0,
        on,
        kind.tag(),
        way.tag(),
    )
    .fetch_one(db)
    .await?;
    Ok(sum)
}

/// Stores a count, of a day.
pub async fn insert_count(
    db: &mut PgConnection,
    estate: EstateId,
    on: NaiveDate,
    count: &MailCount,
    by: StaffId,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into mail_count (estate_id, id, on_date, kind, way, pieces, note, counted_by, counted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        estate.0,
        count.id.0,
        on,
        count.kind.tag(),
        count.way.tag(),
        count.pieces,
        count.note,
        by.0,
        count.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was counted on a day, the first one first; at most 100.
pub async fn list_counts(db: &mut PgConnection, estate: EstateId, on: NaiveDate) -> Result<Vec<MailCount>, Fault> {
    let rows = sqlx::query!(
        "select c.id, c.kind, c.way, c.pieces, c.note, c.counted_at, a.name from mail_count c
         join staff_member m on m.estate_id = c.estate_id and m.id = c.counted_by
         join account a on a.id = m.account_id
         where c.estate_id = $1 and c.on_date = $2 order by c.counted_at, c.id limit 100",
        estate.0,
        on,
    )
    .fetch_all(db)
    .await?;
    let counts = rows.into_iter().filter_map(|row| {
        Some(MailCount {
            id: row.id.into(),
            kind: MailKind::from_tag(&row.kind)?,
            way: Way::from_tag(&row.way)?,
            pieces: row.pieces,
            note: row.note,
            by: row.name,
            at: row.counted_at,
        })
    });
    Ok(counts.collect())
}

/// A day of mail, kind by kind: what was counted, what came and went piece by piece, and the letters to owners.
pub async fn list_lines(
    db: &mut PgConnection,
    estate: EstateId,
    on: NaiveDate,
    (from, until): (Moment, Moment),
) -> Result<Vec<DayLine>, Fault> {
    let rows = sqlx::query!(
        r#"select kind as "kind!", coalesce(sum(come), 0)::bigint as "come!", coalesce(sum(gone), 0)::bigint as "gone!",
             coalesce(sum(back), 0)::bigint as "back!"
           from (
             select kind, sum(pieces) filter (where way = 'in') as come, sum(pieces) filter (where way = 'out') as gone,
               0 as back
             from mail_count where estate_id = $1 and on_date = $2 group by kind
             union all
             select kind, count(*), 0, 0 from mail_item
             where estate_id = $1 and arrived_at >= $3 and arrived_at < $4 group by kind
             union all
             select kind, 0, count(*) filter (where stage = 'handed_out'), count(*) filter (where stage = 'sent_back')
             from mail_item where estate_id = $1 and stage <> 'waiting' and stage_at >= $3 and stage_at < $4 group by kind
             union all
             select 'owner_letter', count(*), 0, 0 from letter_batch b
             join owner_letter l on l.estate_id = b.estate_id and l.batch_id = b.id
             where b.estate_id = $1 and b.prepared_at >= $3 and b.prepared_at < $4
             union all
             select 'owner_letter', 0, coalesce(sum(sent_pieces), 0), 0 from letter_batch
             where estate_id = $1 and sent_at >= $3 and sent_at < $4) as day (kind, come, gone, back)
           group by kind"#,
        estate.0,
        on,
        from,
        until,
    )
    .fetch_all(db)
    .await?;
    let line = |kind: MailKind| {
        let row = rows.iter().find(|row| row.kind == kind.tag());
        row.map_or(DayLine { kind, come: 0, gone: 0, back: 0 }, |row| DayLine {
            kind,
            come: row.come,
            gone: row.gone,
            back: row.back,
        })
    };
    Ok(MailKind::ALL.into_iter().map(line).collect())
}
