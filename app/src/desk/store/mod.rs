//! SQL of the desk: contacts here, how they are listed in `cards`, what belongs to them in `parts`, what was promised
//! in `promises`, slips in `callbacks`, callers and rooms in `callers`.

mod callbacks;
mod callers;
mod cards;
mod parts;
mod promises;

pub use callbacks::*;
pub use callers::*;
pub use cards::*;
pub use parts::*;
pub use promises::*;

use super::model::{Contact, ContactKind, ContactStage, Transfer, TransferTo};
use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::{ContactId, EstateId, RequestId};
use crate::moment::Moment;
use crate::requests::Channel;
use crate::services::Urgency;
use sqlx::PgConnection;
use uuid::Uuid;

/// Stores a new contact.
pub async fn insert(db: &mut PgConnection, contact: &Contact) -> Result<(), Fault> {
    sqlx::query!(
        "insert into contact (estate_id, id, channel, kind, urgency, stage, received_at, received_by, holder_id, unit_id,
           party_id, caller, phone, words, answer, reply_by, read_back, rings_late, request_id, policy_version, wall_due_at,
           wall_stopped_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        contact.estate.0,
        contact.id.0,
        contact.channel.tag(),
        contact.kind.tag(),
        contact.urgency.tag(),
        contact.stage.tag(),
        contact.received_at,
        contact.received_by.map(|id| id.0),
        contact.holder.0,
        contact.unit.map(|id| id.0),
        contact.party.map(|id| id.0),
        contact.caller,
        contact.phone,
        contact.words,
        contact.answer,
        reply_by(contact),
        contact.read_back,
        contact.rings_late,
        contact.request.map(|id| id.0),
        contact.policy_version,
        contact.wall_due_at,
        contact.wall_stopped_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores one move. The database refuses it where the move is not on the table, or the holder did not accept.
pub async fn save(db: &mut PgConnection, contact: &mut Contact) -> Result<(), Fault> {
    contact.version += 1;
    sqlx::query!(
        "update contact set version = $3, stage = $4, holder_id = $5, answer = $6, reply_by = $7, wall_stopped_at = $8,
           urgency = $9
         where estate_id = $1 and id = $2",
        contact.estate.0,
        contact.id.0,
        contact.version,
        contact.stage.tag(),
        contact.holder.0,
        contact.answer,
        reply_by(contact),
        contact.wall_stopped_at,
        contact.urgency.tag(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When it is looked at next; `None` for never again.
pub async fn watch(db: &mut PgConnection, contact: &Contact, at: Option<Moment>) -> Result<(), Fault> {
    match at {
        Some(at) => {
            sqlx::query!(
                "insert into contact_watch (estate_id, contact_id, look_at) values ($1, $2, $3)
                 on conflict (estate_id, contact_id) do update set look_at = excluded.look_at",
                contact.estate.0,
                contact.id.0,
                at,
            )
            .execute(db)
            .await?;
        }
        None => {
            sqlx::query!(
                "delete from contact_watch where estate_id = $1 and contact_id = $2",
                contact.estate.0,
                contact.id.0,
            )
            .execute(db)
            .await?;
        }
    }
    Ok(())
}

/// The request that a contact became. Whoever moves both locks the request first.
pub async fn find_request(
    db: &mut PgConnection,
    estate: EstateId,
    id: ContactId,
) -> Result<Option<Option<RequestId>>, Fault> {
    let row = sqlx::query!("select request_id from contact where estate_id = $1 and id = $2", estate.0, id.0)
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| row.request_id.map(Into::into)))
}

/// A contact of the estate, locked until the transaction ends.
pub async fn lock(db: &mut PgConnection, estate: EstateId, id: ContactId) -> Result<Option<Contact>, Fault> {
    let found = sqlx::query!("select id from contact where estate_id = $1 and id = $2 for update", estate.0, id.0)
        .fetch_optional(&mut *db)
        .await?;
    if found.is_some() { read(db, estate, id).await.map(Some) } else { Ok(None) }
}

/// The contact that became a request, locked.
pub async fn lock_of(db: &mut PgConnection, estate: EstateId, request: RequestId) -> Result<Option<Contact>, Fault> {
    let found = sqlx::query!(
        "select id from contact where estate_id = $1 and request_id = $2 for update",
        estate.0,
        request.0,
    )
    .fetch_optional(&mut *db)
    .await?;
    match found {
        Some(found) => read(db, estate, found.id.into()).await.map(Some),
        None => Ok(None),
    }
}

/// The contact that has waited longest to be looked at, locked, but for those that are set aside. Those that another
/// call holds are left to it, or to the next look. When it is looked at is locked with it: whoever waited for a look that
/// is over finds another time.
pub async fn lock_watched(
    db: &mut PgConnection,
    now: Moment,
    aside: &[Uuid],
) -> Result<Option<(EstateId, ContactId)>, Fault> {
    let found = sqlx::query!(
        "select c.estate_id, c.id from contact_watch w
         join contact c on c.estate_id = w.estate_id and c.id = w.contact_id
         where w.look_at <= $1 and w.contact_id <> all($2)
         order by w.look_at limit 1 for update of c, w skip locked",
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.map(|found| (found.estate_id.into(), found.id.into())))
}

async fn read(db: &mut PgConnection, estate: EstateId, id: ContactId) -> Result<Contact, Fault> {
    let row = sqlx::query!(
        r#"select c.*, t.id as "transfer_id?", t.to_id, t.to_department_id, t.note as "note?",
             is_unclaimed(c.estate_id, c.id) as "is_unclaimed!"
           from contact c
           left join contact_transfer t on t.estate_id = c.estate_id and t.contact_id = c.id and t.outcome is null
           where c.estate_id = $1 and c.id = $2"#,
        estate.0,
        id.0,
    )
    .fetch_one(db)
    .await?;
    let unreadable = |what: &str| broken("a stored contact cannot be read", &format!("{what} of {id}"));
    let stage = match (row.stage.as_str(), row.reply_by) {
        ("open", _) => ContactStage::Open,
        ("promised", Some(reply_by)) => ContactStage::Promised { reply_by },
        ("answered", _) => ContactStage::Answered,
        ("requested", _) => ContactStage::Requested,
        _ => return Err(unreadable("stage")),
    };
    let to = match (row.to_id, row.to_department_id) {
        (Some(person), _) => Some(TransferTo::Person(person.into())),
        (None, Some(department)) => Some(TransferTo::Department(department.into())),
        (None, None) => None,
    };
    let offer = row.transfer_id.zip(to).map(|(id, to)| Transfer { id: id.into(), to, note: row.note });
    Ok(Contact {
        id,
        estate,
        version: row.version,
        channel: Channel::from_tag(&row.channel).ok_or_else(|| unreadable("channel"))?,
        kind: ContactKind::from_tag(&row.kind).ok_or_else(|| unreadable("kind"))?,
        urgency: Urgency::from_tag(&row.urgency).ok_or_else(|| unreadable("urgency"))?,
        stage,
        received_at: row.received_at,
        received_by: row.received_by.map(Into::into),
        holder: row.holder_id.into(),
        unit: row.unit_id.map(Into::into),
        party: row.party_id.map(Into::into),
        caller: row.caller,
        phone: row.phone,
        words: row.words,
        answer: row.answer,
        read_back: row.read_back,
        rings_late: row.rings_late,
        request: row.request_id.map(Into::into),
        policy_version: row.policy_version,
        wall_due_at: row.wall_due_at,
        wall_stopped_at: row.wall_stopped_at,
        offer,
        is_unclaimed: row.is_unclaimed,
    })
}

fn reply_by(contact: &Contact) -> Option<Moment> {
    match contact.stage {
        ContactStage::Promised { reply_by } => Some(reply_by),
        _ => None,
    }
}
