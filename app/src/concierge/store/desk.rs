use super::super::model::{AfterOrder, ServiceCard, ServiceEntry, ServiceFigures, ServiceYear};
use super::Sight;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, StaffId};
use crate::moment::Moment;
use crate::requests::Ends;
use chrono::{Datelike, NaiveDate};
use sqlx::PgConnection;
use sqlx::types::Json;

/// What something is owed for, the next one first: one more than `most`, behind a place.
pub async fn list_owed(
    db: &mut PgConnection,
    estate: EstateId,
    after: Option<AfterOrder>,
    most: u8,
) -> Result<Vec<ServiceEntry>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select service_entry_json(o) as "entry!: Json<ServiceEntry>" from service_order o
           where o.estate_id = $1 and o.due_at is not null
             and ($2::timestamptz is null or (o.due_at, o.id) > ($2, $3::uuid))
           order by o.due_at, o.id limit $4"#,
        estate.0,
        after.map(|after| after.at),
        after.map(|after| after.id.0),
        i64::from(most) + 1,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What somebody or their department has to deliver now, all of it or a part, the next one first: one more than `most`,
/// behind a place. Each way in has its own index.
pub async fn list_to_deliver(
    db: &mut PgConnection,
    estate: EstateId,
    (staff, department): (StaffId, DepartmentId),
    after: Option<AfterOrder>,
    most: u8,
) -> Result<Vec<ServiceEntry>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"with own as (
             (select id from service_order o
              where o.estate_id = $1 and o.delivers_staff_id = $5 and o.due_at is not null and is_to_deliver(o)
                and ($2::timestamptz is null or (o.due_at, o.id) > ($2, $3::uuid))
              order by o.due_at, o.id limit $4)
             union
             (select id from service_order o
              where o.estate_id = $1 and o.delivers_department_id = $6 and o.due_at is not null and is_to_deliver(o)
                and ($2::timestamptz is null or (o.due_at, o.id) > ($2, $3::uuid))
              order by o.due_at, o.id limit $4)
             union
             (select o.id from service_order o
              where o.estate_id = $1 and o.due_at is not null and is_to_deliver(o)
                and ($2::timestamptz is null or (o.due_at, o.id) > ($2, $3::uuid))
                and o.id in (
                  select order_id from service_order_part where estate_id = $1 and delivers_staff_id = $5
                  union all
                  select order_id from service_order_part where estate_id = $1 and delivers_department_id = $6)
              order by o.due_at, o.id limit $4))
           select service_entry_json(o) as "entry!: Json<ServiceEntry>" from own
           join service_order o on o.estate_id = $1 and o.id = own.id
           order by o.due_at, o.id limit $4"#,
        estate.0,
        after.map(|after| after.at),
        after.map(|after| after.id.0),
        i64::from(most) + 1,
        staff.0,
        department.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// What is over, or is only to be filed: the latest first.
pub async fn list_over(
    db: &mut PgConnection,
    estate: EstateId,
    after: Option<AfterOrder>,
    most: u8,
) -> Result<Vec<ServiceEntry>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select service_entry_json(o) as "entry!: Json<ServiceEntry>" from service_order o
           where o.estate_id = $1 and o.due_at is null
             and ($2::timestamptz is null or (o.stage_at, o.id) < ($2, $3::uuid))
           order by o.stage_at desc, o.id desc limit $4"#,
        estate.0,
        after.map(|after| after.at),
        after.map(|after| after.id.0),
        i64::from(most) + 1,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// One of the orders in sight, by its code, and whether the reader may do something about it: whoever delivers only a part of
/// a bundle reads it alone.
pub async fn find_entry(
    db: &mut PgConnection,
    sight: Sight,
    code: &str,
) -> Result<Option<(ServiceEntry, bool)>, Fault> {
    let row = sqlx::query!(
        r#"select service_entry_json(o) as "entry!: Json<ServiceEntry>",
             ($3::uuid is null or delivers(o, $3, $4)) as "may_write!"
           from service_order o
           where o.estate_id = $1 and o.code = $2 and ($3::uuid is null or delivers_any(o, $3, $4))"#,
        sight.estate.0,
        code,
        sight.staff(),
        sight.department(),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.entry.0, row.may_write)))
}

/// How what was ordered, booked or signed up for of each item ended since then, item by item, as far as any did.
pub async fn list_figures(
    db: &mut PgConnection,
    estate: EstateId,
    since: Moment,
) -> Result<Vec<ServiceFigures>, Fault> {
    let rows = sqlx::query!(
        r#"select i.slug, i.name_en, i.name_hans, i.name_hant,
             count(*) filter (where s.is_confirmed) as "confirmed!",
             count(*) filter (where not s.is_confirmed) as "unconfirmed!",
             count(*) filter (where s.is_rated) as "rated!",
             count(*) filter (where s.is_satisfied) as "satisfied!",
             count(*) filter (where s.first_in_time) as "in_time!",
             count(s.first_in_time) as "promised!"
           from service_end s
           join catalogue_item i on i.estate_id = s.estate_id and i.id = s.item_id
           where s.estate_id = $1 and s.ended_at >= $2
           group by i.id, i.slug, i.name_en, i.name_hans, i.name_hant, i.line, i.position
           order by i.line, i.position, i.id limit 200"#,
        estate.0,
        since,
    )
    .fetch_all(db)
    .await?;
    let figures = rows.into_iter().map(|row| ServiceFigures {
        slug: row.slug,
        names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
        confirmed: row.confirmed.unsigned_abs(),
        unconfirmed: row.unconfirmed.unsigned_abs(),
        rated: row.rated.unsigned_abs(),
        satisfied: row.satisfied.unsigned_abs(),
        in_time: row.in_time.unsigned_abs(),
        promised: row.promised.unsigned_abs(),
    });
    Ok(figures.collect())
}

/// How what was ordered, booked or signed up for of each item ended in twelve months, by the month on the estate's wall, from
/// the first of which on `since` is; item by item, as far as any did.
pub async fn list_years(
    db: &mut PgConnection,
    estate: EstateId,
    (first, since): (NaiveDate, Moment),
) -> Result<Vec<ServiceYear>, Fault> {
    let rows = sqlx::query!(
        r#"select i.slug, i.name_en, i.name_hans, i.name_hant,
             date_trunc('month', s.ended_at at time zone e.zone)::date as "month!",
             count(*) filter (where s.is_confirmed) as "confirmed!",
             count(*) filter (where not s.is_confirmed) as "unconfirmed!",
             count(*) filter (where s.is_rated) as "rated!",
             count(*) filter (where s.is_satisfied) as "satisfied!"
           from service_end s
           join estate e on e.id = s.estate_id
           join catalogue_item i on i.estate_id = s.estate_id and i.id = s.item_id
           where s.estate_id = $1 and s.ended_at >= $2
           group by i.id, i.slug, i.name_en, i.name_hans, i.name_hant, i.line, i.position, 5
           order by i.line, i.position, i.id, 5 limit 2400"#,
        estate.0,
        since,
    )
    .fetch_all(db)
    .await?;
    let mut years: Vec<ServiceYear> = Vec::new();
    for row in rows {
        if years.last().is_none_or(|year| year.slug != row.slug) {
            let names = Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant };
            years.push(ServiceYear { slug: row.slug, names, months: vec![Ends::default(); 12] });
        }
        let count = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
        let place = usize::try_from(count(row.month) - count(first)).unwrap_or(usize::MAX);
        if let Some(month) = years.last_mut().and_then(|year| year.months.get_mut(place)) {
            *month = Ends {
                confirmed: row.confirmed.unsigned_abs(),
                unconfirmed: row.unconfirmed.unsigned_abs(),
                rated: row.rated.unsigned_abs(),
                satisfied: row.satisfied.unsigned_abs(),
            };
        }
    }
    Ok(years)
}

/// What somebody answers for, goes to somebody else; the ids of what did.
pub async fn hand_over(
    db: &mut PgConnection,
    estate: EstateId,
    (from, to): (StaffId, StaffId),
) -> Result<Vec<uuid::Uuid>, Fault> {
    Ok(sqlx::query_scalar!(
        "update service_order set accountable_id = $3, version = version + 1
         where estate_id = $1 and accountable_id = $2 and due_at is not null
         returning id",
        estate.0,
        from.0,
        to.0,
    )
    .fetch_all(db)
    .await?)
}

/// What somebody has to deliver now or later, all of it or a part.
pub async fn list_delivered_by(
    db: &mut PgConnection,
    estate: EstateId,
    staff: StaffId,
) -> Result<Vec<ServiceCard>, Fault> {
    let rows = sqlx::query_scalar!(
        r#"select service_card_json(o) as "card!: Json<ServiceCard>" from service_order o
           where o.estate_id = $1 and o.due_at is not null and (o.delivers_staff_id = $2 or exists (
             select from service_order_part l
             where l.estate_id = o.estate_id and l.order_id = o.id and l.delivers_staff_id = $2))
           order by o.due_at, o.id"#,
        estate.0,
        staff.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
