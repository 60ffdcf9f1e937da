//! SQL of tallies. Rows add to them by triggers (see the migration `tallies`); here they are folded and read.

use crate::fault::Fault;
use crate::ids::EstateId;
use chrono::NaiveDate;
use sqlx::PgConnection;

/// The most deltas of one fold: a short transaction each.
const FOLD: i64 = 10_000;

/// Folds what was added since the last time into the tallies; how many deltas that were. Two servers may fold at
/// once: each takes deltas that the other has not.
pub async fn fold(db: &mut PgConnection) -> Result<u64, Fault> {
    let folded = sqlx::query_scalar!(
        r#"with taken as (
             delete from tally_delta where (estate_id, id) in (
               select estate_id, id from tally_delta order by estate_id, id limit $1 for update skip locked)
             returning estate_id, measure, day, facets, n),
           sums as (
             select estate_id, measure, day, facet, sum(n)::bigint as n from taken, unnest(facets) as facet
             group by estate_id, measure, day, facet),
           kept as (
             insert into tally (estate_id, measure, day, facet, n)
             select estate_id, measure, day, facet, n from sums where n <> 0 order by estate_id, measure, day, facet
             on conflict (estate_id, measure, day, facet) do update set n = tally.n + excluded.n)
           select count(*) as "count!" from taken"#,
        FOLD,
    )
    .fetch_one(db)
    .await?;
    Ok(folded.unsigned_abs())
}

/// What was counted over all days, by measure and facet (`open` and `department:…`), in the order asked. Exact: what is
/// not folded yet counts too.
pub async fn count_now(db: &mut PgConnection, estate: EstateId, of: &[(&str, String)]) -> Result<Vec<i64>, Fault> {
    let measures: Vec<String> = of.iter().map(|(measure, _)| (*measure).to_owned()).collect();
    let facets: Vec<String> = of.iter().map(|(_, facet)| facet.clone()).collect();
    Ok(sqlx::query_scalar!(
        r#"select (coalesce((select sum(t.n) from tally t
               where t.estate_id = $1 and t.measure = asked.measure and t.facet = asked.facet), 0)
             + coalesce((select sum(d.n) from tally_delta d
               where d.estate_id = $1 and d.measure = asked.measure and asked.facet = any(d.facets)), 0)
           )::bigint as "n!"
           from unnest($2::text[], $3::text[]) with ordinality as asked (measure, facet, place) order by asked.place"#,
        estate.0,
        &measures,
        &facets,
    )
    .fetch_all(db)
    .await?)
}

/// What was counted from one day to another under each of these facets: measure, facet and sum. Exact, as
/// [`count_now`]; reads what was counted of them and nothing else.
pub async fn sum_days(
    db: &mut PgConnection,
    estate: EstateId,
    measures: &[&str],
    facets: &[String],
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<(String, String, i64)>, Fault> {
    let measures: Vec<String> = measures.iter().map(|measure| (*measure).to_owned()).collect();
    let rows = sqlx::query!(
        r#"select measure as "measure!", facet as "facet!", sum(n)::bigint as "n!" from (
             select measure, facet, n from tally
             where estate_id = $1 and measure = any($2) and facet = any($3) and day between $4 and $5
             union all
             select d.measure, f.facet, d.n from tally_delta d, unnest(d.facets) as f (facet)
             where d.estate_id = $1 and d.measure = any($2) and d.day between $4 and $5 and f.facet = any($3)
           ) as counted group by measure, facet having sum(n) <> 0"#,
        estate.0,
        &measures,
        facets,
        from,
        until,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.measure, row.facet, row.n)).collect())
}

/// What was counted under a facet, week by week: Monday, measure and sum. Exact, as [`count_now`].
pub async fn sum_weeks(
    db: &mut PgConnection,
    estate: EstateId,
    measures: &[&str],
    facet: &str,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<(NaiveDate, String, i64)>, Fault> {
    let measures: Vec<String> = measures.iter().map(|measure| (*measure).to_owned()).collect();
    let rows = sqlx::query!(
        r#"select day - (extract(isodow from day)::int - 1) as "monday!", measure as "measure!", sum(n)::bigint as "n!" from (
             select day, measure, n from tally
             where estate_id = $1 and measure = any($2) and facet = $3 and day between $4 and $5
             union all
             select day, measure, n from tally_delta
             where estate_id = $1 and measure = any($2) and $3 = any(facets) and day between $4 and $5
           ) as counted group by 1, 2 having sum(n) <> 0"#,
        estate.0,
        &measures,
        facet,
        from,
        until,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.monday, row.measure, row.n)).collect())
}
