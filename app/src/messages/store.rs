//! SQL of inboxes.

use super::model::{About, Before, Message, Side, Telling};
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, MessageId, NoticeId};
use crate::live::{Beat, Room};
use crate::moment::Moment;
use crate::paging::page_of;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// Messages of a page.
const PAGE: i64 = 30;

/// How many unread ones are counted: more than anybody reads.
const MOST: i64 = 100;

/// Puts a message into each of these inboxes; `ids` are theirs, in the same order. The record says that they were
/// told, for the screens of their readers.
pub async fn insert(
    db: &mut PgConnection,
    side: Side,
    to: &[AccountId],
    ids: &[MessageId],
    telling: &Telling,
    about: About,
    at: Moment,
) -> Result<Vec<Beat>, Fault> {
    let to: Vec<Uuid> = to.iter().map(|id| id.0).collect();
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "with told as (
           insert into message (estate_id, id, account_id, side, request_id, telling, is_urgent, told_at)
           select $1, one.id, one.account_id, $4, $5, $6, $7, $8 from unnest($2::uuid[], $3::uuid[]) as one (id, account_id)
           returning id, account_id)
         insert into happening (estate_id, room, subject_id, kind, is_public, reader_id, at, details, is_heard_at_home)
         select $1, 'messages', told.id, 'told', false, told.account_id, $8, '{}', false from told
         returning id, reader_id",
        about.estate.0,
        &ids,
        &to,
        side.tag(),
        about.request.map(|id| id.0),
        json!(telling),
        telling.is_urgent(),
        at,
    )
    .fetch_all(db)
    .await?;
    let beat = |id, reader: Option<Uuid>| Beat {
        id,
        estate: about.estate,
        room: Room::Messages,
        is_heard_at_home: false,
        unit: None,
        reader: reader.map(Into::into),
    };
    Ok(rows.into_iter().map(|row| beat(row.id, row.reader_id)).collect())
}

/// Puts what a notice says into the inbox of everybody whom it addresses, in one go: of an emergency of everybody who works
/// there, too. Whoever did it is left out. The beat of the notice tells their screens.
pub async fn insert_for_notice(
    db: &mut PgConnection,
    estate: EstateId,
    notice: NoticeId,
    telling: &Telling,
    by: Option<AccountId>,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into message (estate_id, id, account_id, side, telling, is_urgent, told_at)
         select $1, id_at($4), reader.account_id, reader.side, $3, $5, $4
         from (
           select distinct r.account_id, 'home' as side
           from notice n cross join lateral notice_readers(n, $4) r
           where n.estate_id = $1 and n.id = $2 and r.account_id is not null
           union all
           select s.account_id, 'office' from staff_member s where $5 and s.estate_id = $1 and s.left_at is null) reader
         where reader.account_id is distinct from $6",
        estate.0,
        notice.0,
        json!(telling),
        at,
        telling.is_urgent(),
        by.map(|account| account.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A message of the transaction that is under way says something else: nobody has seen it yet.
pub async fn retell(db: &mut PgConnection, estate: EstateId, id: MessageId, telling: &Telling) -> Result<(), Fault> {
    sqlx::query!(
        "update message set telling = $3, is_urgent = $4 where estate_id = $1 and id = $2",
        estate.0,
        id.0,
        json!(telling),
        telling.is_urgent(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A page of somebody's inbox, newest first. What this build cannot read is left out.
pub async fn list(
    db: &mut PgConnection,
    account: AccountId,
    side: Side,
    before: Option<Before>,
) -> Result<(Vec<Message>, Option<Before>), Fault> {
    let rows = sqlx::query!(
        r#"select m.id, m.telling, m.told_at, m.read_at is not null as "is_read!",
             r.code as "code?", i.name_en as "name_en?", i.name_hans as "name_hans?", i.name_hant as "name_hant?"
           from message m
           left join request r on r.estate_id = m.estate_id and r.id = m.request_id
           left join catalogue_item i on i.estate_id = r.estate_id and i.id = r.item_id
           where m.account_id = $1 and m.side = $2 and ($3::timestamptz is null or (m.told_at, m.id) < ($3, $4))
           order by m.told_at desc, m.id desc limit $5"#,
        account.0,
        side.tag(),
        before.map(|before| before.at),
        before.map(|before| before.id.0),
        PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = page_of(rows, PAGE, |row| Before { at: row.told_at, id: row.id.into() });
    let messages = rows.into_iter().filter_map(|row| {
        let names = match (row.name_en, row.name_hans, row.name_hant) {
            (Some(en), Some(hans), Some(hant)) => Some(Names { en, hans, hant }),
            _ => None,
        };
        Some(Message {
            id: row.id.into(),
            telling: serde_json::from_value(row.telling).ok()?,
            matter: row.code.zip(names),
            told_at: row.told_at,
            is_read: row.is_read,
        })
    });
    Ok((messages.collect(), next))
}

/// How many messages somebody has not read; at most 100.
pub async fn count_unread(db: &mut PgConnection, account: AccountId, side: Side) -> Result<u32, Fault> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
             select from message where account_id = $1 and side = $2 and read_at is null limit $3) as unread"#,
        account.0,
        side.tag(),
        MOST,
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Marks as read what somebody was told up to one of their messages, on its side; its estate, or none where they
/// have no such message.
pub async fn mark_read(
    db: &mut PgConnection,
    account: AccountId,
    until: MessageId,
    now: Moment,
) -> Result<Option<EstateId>, Fault> {
    let last = sqlx::query!(
        "select estate_id, side, told_at from message where id = $1 and account_id = $2",
        until.0,
        account.0
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(last) = last else { return Ok(None) };
    sqlx::query!(
        "update message set read_at = $5
         where account_id = $1 and side = $2 and read_at is null and (told_at, id) <= ($3, $4)",
        account.0,
        last.side,
        last.told_at,
        until.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(Some(last.estate_id.into()))
}
