use super::super::model::{Lapse, LapseKind, Withdrawal};
use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::{EstateId, LapseId, RequestId, StaffId};
use crate::moment::Moment;
use chrono::NaiveDate;
use sqlx::PgConnection;

/// Writes down where somebody fell short, with its fine.
#[expect(clippy::too_many_arguments, reason = "a lapse's columns")]
pub async fn insert_lapse(
    db: &mut PgConnection,
    estate: EstateId,
    id: LapseId,
    who: StaffId,
    kind: LapseKind,
    said: &str,
    on: NaiveDate,
    request: Option<RequestId>,
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into conduct_lapse (estate_id, id, staff_id, kind, said, happened_on, request_id, fine_minor, noted_by, noted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        estate.0,
        id.0,
        who.0,
        kind.tag(),
        said,
        on,
        request.map(|id| id.0),
        kind.fine_minor(),
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was noted of somebody, the latest first; at most 100.
pub async fn list_lapses(db: &mut PgConnection, estate: EstateId, who: StaffId) -> Result<Vec<Lapse>, Fault> {
    let rows = sqlx::query!(
        r#"select l.id, l.kind, l.said, l.happened_on, l.fine_minor, a.name as noted_by, r.code as "code?",
             w.reason as "reason?", wa.name as "withdrawn_by?"
           from conduct_lapse l
           join staff_member m on m.estate_id = l.estate_id and m.id = l.noted_by
           join account a on a.id = m.account_id
           left join request r on r.estate_id = l.estate_id and r.id = l.request_id
           left join conduct_lapse_withdrawal w on w.estate_id = l.estate_id and w.lapse_id = l.id
           left join staff_member wm on wm.estate_id = w.estate_id and wm.id = w.withdrawn_by
           left join account wa on wa.id = wm.account_id
           where l.estate_id = $1 and l.staff_id = $2 order by l.noted_at desc, l.id desc limit 100"#,
        estate.0,
        who.0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Lapse {
                id: row.id.into(),
                kind: kind_of(&row.kind)?,
                said: row.said,
                on: row.happened_on,
                code: row.code,
                fine_minor: row.fine_minor,
                noted_by: row.noted_by,
                withdrawn: row.reason.zip(row.withdrawn_by).map(|(reason, by)| Withdrawal { reason, by }),
            })
        })
        .collect()
}

/// Whose lapse it is, of which kind, what was said, and whether it was withdrawn; locked.
pub async fn lock_lapse(
    db: &mut PgConnection,
    estate: EstateId,
    id: LapseId,
) -> Result<Option<(StaffId, LapseKind, String, bool)>, Fault> {
    let found = sqlx::query!(
        "select staff_id, kind, said from conduct_lapse where estate_id = $1 and id = $2 for update",
        estate.0,
        id.0,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = found else { return Ok(None) };
    let is_withdrawn = sqlx::query_scalar!(
        r#"select exists (select from conduct_lapse_withdrawal where estate_id = $1 and lapse_id = $2) as "exists!""#,
        estate.0,
        id.0,
    )
    .fetch_one(db)
    .await?;
    Ok(Some((row.staff_id.into(), kind_of(&row.kind)?, row.said, is_withdrawn)))
}

/// Writes down why a lapse does not count.
pub async fn insert_withdrawal(
    db: &mut PgConnection,
    estate: EstateId,
    id: LapseId,
    reason: &str,
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into conduct_lapse_withdrawal (estate_id, lapse_id, reason, withdrawn_by, withdrawn_at)
         values ($1, $2, $3, $4, $5)",
        estate.0,
        id.0,
        reason,
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

fn kind_of(tag: &str) -> Result<LapseKind, Fault> {
    LapseKind::from_tag(tag).ok_or_else(|| broken("a stored lapse cannot be read", &tag))
}
