use super::super::model::Contact;
use super::super::rules::ReplyEnd;
use crate::fault::Fault;
use crate::ids::StaffId;
use crate::moment::Moment;
use sqlx::PgConnection;

/// Adds a promised reply to the record. Whoever does has locked the contact, or just stored it.
pub async fn insert_promise(
    db: &mut PgConnection,
    contact: &Contact,
    reply_by: Moment,
    by: StaffId,
    reason: Option<&str>,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into contact_promise (estate_id, contact_id, number, reply_by, promised_by, promised_at, reason)
         values ($1, $2,
           (select coalesce(max(number), 0) + 1 from contact_promise where estate_id = $1 and contact_id = $2),
           $3, $4, $5, $6)",
        contact.estate.0,
        contact.id.0,
        reply_by,
        by.0,
        at,
        reason,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes down how the reply that was promised last ended; `false` where none was, or it had ended before: each ends
/// once.
pub async fn end_promise(
    db: &mut PgConnection,
    contact: &Contact,
    end: ReplyEnd,
    ended_at: Moment,
) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "insert into contact_promise_end (estate_id, contact_id, number, outcome, ended_at)
         select p.estate_id, p.contact_id, p.number, $3::text, $4::timestamptz
         from contact_promise p
         where p.estate_id = $1 and p.contact_id = $2 order by p.number desc limit 1
         on conflict (estate_id, contact_id, number) do nothing",
        contact.estate.0,
        contact.id.0,
        end.tag(),
        ended_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Records that nobody answered a contact on its day; `false` where that is known.
pub async fn insert_unanswered(
    db: &mut PgConnection,
    contact: &Contact,
    answer_by: Moment,
    now: Moment,
) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "insert into contact_unanswered (estate_id, contact_id, holder_id, answer_by, recorded_at)
         values ($1, $2, $3, $4, $5) on conflict (estate_id, contact_id) do nothing",
        contact.estate.0,
        contact.id.0,
        contact.holder.0,
        answer_by,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
