use crate::fault::Fault;
use crate::ids::StaffId;
use crate::moment::Moment;
use crate::requests::model::{Attempt, Ended, Means, Request, Response, Tried};
use sqlx::PgConnection;
use uuid::Uuid;

/// Adds an attempt to the record of the request's present life.
pub async fn insert_attempt(
    db: &mut PgConnection,
    id: Uuid,
    request: &Request,
    attempt: &Attempt,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into contact_attempt (estate_id, id, request_id, life, means, outcome, note, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        request.estate.0,
        id,
        request.id.0,
        request.reopened_times,
        attempt.means.tag(),
        attempt.outcome.tag(),
        attempt.note,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The attempts of a request's present life, newest first.
pub async fn list_attempts(db: &mut PgConnection, request: &Request) -> Result<Vec<Tried>, Fault> {
    let rows = sqlx::query!(
        "select c.means, c.outcome, c.note, c.made_at, a.name
         from contact_attempt c
         join staff_member m on m.estate_id = c.estate_id and m.id = c.made_by
         join account a on a.id = m.account_id
         where c.estate_id = $1 and c.request_id = $2 and c.life = $3
         order by c.made_at desc, c.id desc limit 100",
        request.estate.0,
        request.id.0,
        request.reopened_times,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let (means, outcome) = (Means::from_tag(&row.means)?, Response::from_tag(&row.outcome)?);
            Some(Tried { means, outcome, note: row.note, by: row.name, at: row.made_at })
        })
        .collect())
}

/// How the lives of a request ended, the last one first.
pub async fn list_ends(db: &mut PgConnection, request: &Request) -> Result<Vec<Ended>, Fault> {
    Ok(sqlx::query_as!(
        Ended,
        "select life, outcome, ended_at as at from request_end where estate_id = $1 and request_id = $2
         order by life desc limit 50",
        request.estate.0,
        request.id.0,
    )
    .fetch_all(db)
    .await?)
}
