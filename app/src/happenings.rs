//! The append-only record of everything that happened: written in the transaction of its cause,
//! announced after the commit, read again by timelines, tailers and audits.

use crate::device_time::DeviceTime;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, UnitId};
use crate::live::{Beat, Room};
use crate::moment::Moment;
use crate::people::Actor;
use sqlx::PgConnection;
use uuid::Uuid;

/// One thing that happened, before it has a number.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where.
    pub estate: EstateId,
    /// In which room.
    pub room: Room,
    /// To which matter.
    pub subject: Uuid,
    /// Past tense, snake case.
    pub kind: &'static str,
    /// Whether the resident's timeline may show it.
    pub is_public: bool,
    /// Whether the resident's screens look again: what they show may have changed, though nothing tells them why.
    pub is_heard_at_home: bool,
    /// The unit whose occupants it concerns.
    pub unit: Option<UnitId>,
    /// The resident whom it concerns, wherever they live.
    pub reader: Option<AccountId>,
    /// What only this kind of happening says.
    pub details: serde_json::Value,
}

impl Record {
    /// Something that happened in the office's own affairs: to one of its people, vendors or schedules.
    pub fn of_office(estate: EstateId, subject: Uuid, kind: &'static str, details: serde_json::Value) -> Self {
        Self {
            estate,
            room: Room::People,
            subject,
            kind,
            is_public: false,
            is_heard_at_home: false,
            unit: None,
            reader: None,
            details,
        }
    }
}

/// Inserts a happening; the beat is for whoever announces it after the commit. What happens to one subject happens in
/// the order in which it is written: where something later stands there already, it happens right after that.
pub async fn insert(db: &mut PgConnection, record: &Record, by: Actor, at: Moment) -> Result<Beat, Fault> {
    insert_from(db, record, by, at, None).await
}

/// The same, with the time of a device that kept it for a while before it could be sent.
pub async fn insert_from(
    db: &mut PgConnection,
    record: &Record,
    by: Actor,
    at: Moment,
    device: Option<DeviceTime>,
) -> Result<Beat, Fault> {
    let id = sqlx::query_scalar!(
        "insert into happening (estate_id, room, subject_id, kind, is_public, by_account_id, by_staff_id, unit_id, reader_id, at, details,
           is_heard_at_home, made_at, skew_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, happens_at($1, $3, $10), $11, $12, $13, $14) returning id",
        record.estate.0,
        record.room.tag(),
        record.subject,
        record.kind,
        record.is_public,
        by.account.map(|id| id.0),
        by.staff.map(|id| id.0),
        record.unit.map(|id| id.0),
        record.reader.map(|id| id.0),
        at,
        record.details,
        record.is_heard_at_home,
        device.map(|device| device.made_at),
        device.map(|device| device.skew_ms),
    )
    .fetch_one(db)
    .await?;
    Ok(Beat {
        id,
        estate: record.estate,
        room: record.room,
        is_heard_at_home: record.is_heard_at_home,
        unit: record.unit,
        reader: record.reader,
    })
}

/// How far a tailer has read: transaction, then number.
#[derive(Clone, Debug)]
pub struct Mark {
    xid: String,
    id: i64,
}

/// Where the record ends now: before whatever the oldest transaction that still runs has numbered, since
/// others may have committed higher numbers already. Those are read again, which is harmless.
pub async fn end(db: &mut PgConnection) -> Result<Mark, Fault> {
    let xid =
        sqlx::query_scalar!(r#"select pg_snapshot_xmin(pg_current_snapshot())::text as "xid!""#).fetch_one(db).await?;
    Ok(Mark { xid, id: 0 })
}

/// Up to 1000 happenings behind a mark, and the mark behind them. Reads only below the oldest transaction
/// that still runs: a slower one may yet commit rows with smaller numbers.
pub async fn tail(db: &mut PgConnection, after: &Mark) -> Result<(Vec<Beat>, Mark), Fault> {
    let rows = sqlx::query!(
        r#"select xid::text as "xid!", id, estate_id, room, is_heard_at_home, unit_id, reader_id from happening
           where (xid, id) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
           order by xid, id limit 1000"#,
        after.xid,
        after.id,
    )
    .fetch_all(db)
    .await?;
    let mark = rows.last().map_or_else(|| after.clone(), |row| Mark { xid: row.xid.clone(), id: row.id });
    let beats = rows
        .into_iter()
        .filter_map(|row| {
            Some(Beat {
                id: row.id,
                estate: row.estate_id.into(),
                room: Room::from_tag(&row.room)?,
                is_heard_at_home: row.is_heard_at_home,
                unit: row.unit_id.map(Into::into),
                reader: row.reader_id.map(Into::into),
            })
        })
        .collect();
    Ok((beats, mark))
}

/// Wakes the tailers of other replicas. Never inside a writing transaction: a NOTIFY there makes all
/// commits wait for each other.
pub async fn hint(db: &mut PgConnection) -> Result<(), Fault> {
    sqlx::query!("select pg_notify('happening', '')").execute(db).await?;
    Ok(())
}

/// Whether the newest migration that ran is this one.
pub async fn is_migrated(pool: &sqlx::PgPool, newest: i64) -> Result<bool, Fault> {
    // Not a checked query: the table is the migrator's own, and does not exist when queries are checked.
    let ran: Option<i64> =
        sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(pool).await?;
    Ok(ran == Some(newest))
}
