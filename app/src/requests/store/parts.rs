use super::super::model::{DayPart, PreferredTime, Rating, Reporter, Request};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, RequestId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;
use uuid::Uuid;

/// The number of the next code. Numbers may be skipped, never repeated.
pub async fn next_number(db: &mut PgConnection) -> Result<i64, Fault> {
    Ok(sqlx::query_scalar!(r#"select nextval('request_code_number') as "number!""#).fetch_one(db).await?)
}

/// The prefix of an estate's codes, and who answers until somebody takes a report.
pub async fn find_desk(db: &mut PgConnection, estate: EstateId) -> Result<Option<(String, StaffId)>, Fault> {
    let row = sqlx::query!("select code_prefix, duty_officer_id from estate where id = $1", estate.0)
        .fetch_optional(db)
        .await?;
    Ok(row.and_then(|row| Some((row.code_prefix, row.duty_officer_id?.into()))))
}

/// Whether a common area belongs to the estate.
pub async fn has_area(db: &mut PgConnection, estate: EstateId, area: Uuid) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from common_area where estate_id = $1 and id = $2) as "exists!""#,
        estate.0,
        area,
    )
    .fetch_one(db)
    .await?)
}

/// How a request was rated in its present life: what was fixed again is rated again.
pub async fn find_rating(db: &mut PgConnection, request: &Request) -> Result<Option<Rating>, Fault> {
    Ok(sqlx::query_as!(
        Rating,
        "select attitude, conduct, speed, result from rating where estate_id = $1 and request_id = $2 and life = $3",
        request.estate.0,
        request.id.0,
        request.reopened_times,
    )
    .fetch_optional(db)
    .await?)
}

/// Stores a rating; there is one a life of the request.
pub async fn insert_rating(
    db: &mut PgConnection,
    request: &Request,
    rating: Rating,
    by: AccountId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into rating (estate_id, request_id, life, attitude, conduct, speed, result, rated_by, rated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        request.estate.0,
        request.id.0,
        request.reopened_times,
        rating.attitude,
        rating.conduct,
        rating.speed,
        rating.result,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The matters that were joined to this one, at however many removes; at most 100.
pub async fn list_duplicates(db: &mut PgConnection, request: &Request) -> Result<Vec<RequestId>, Fault> {
    let ids = sqlx::query_scalar!(
        r#"with recursive joined as (
             select id from request where estate_id = $1 and duplicate_of = $2
             union
             select r.id from request r join joined j on r.duplicate_of = j.id where r.estate_id = $1)
           select id as "id!" from joined limit 100"#,
        request.estate.0,
        request.id.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

/// When the resident would like somebody to come.
pub async fn list_times(db: &mut PgConnection, estate: EstateId, id: RequestId) -> Result<Vec<PreferredTime>, Fault> {
    let rows = sqlx::query!(
        "select on_date, part from preferred_time where estate_id = $1 and request_id = $2
         order by on_date, array_position(array['morning', 'afternoon', 'evening'], part)",
        estate.0,
        id.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some(PreferredTime { on: row.on_date, part: DayPart::from_tag(&row.part)? }))
        .collect())
}

/// Who reported a request, and who answers for it, by name.
pub async fn find_people(
    db: &mut PgConnection,
    request: &Request,
) -> Result<(Option<Reporter>, Option<String>), Fault> {
    let row = sqlx::query!(
        r#"select a.name as "reporter?", p.name as "party?", p.phone as "phone?", sa.name as "accountable?"
           from request r
           left join account a on a.id = r.reporter_id
           left join party p on p.estate_id = r.estate_id and p.id = r.party_id
           left join staff_member m on m.estate_id = r.estate_id and m.id = r.accountable_id
           left join account sa on sa.id = m.account_id
           where r.estate_id = $1 and r.id = $2"#,
        request.estate.0,
        request.id.0,
    )
    .fetch_one(db)
    .await?;
    let reporter = row.reporter.or(row.party).map(|name| Reporter { name, phone: row.phone });
    Ok((reporter, row.accountable))
}
