use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, OrderId, RequestId, ScheduleId, StaffId};
use crate::moment::Moment;
use crate::people::Scope;
use crate::work::{Every, Schedule};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

struct Row {
    id: Uuid,
    order_id: Uuid,
    every: i32,
    unit: String,
    first_on: NaiveDate,
    next_on: NaiveDate,
}

impl TryFrom<Row> for Schedule {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let unit = Every::from_tag(&row.unit).ok_or_else(|| broken("a stored schedule cannot be read", &row.id))?;
        let (every, first_on, next_on) = (row.every, row.first_on, row.next_on);
        Ok(Schedule { id: row.id.into(), order: row.order_id.into(), every, unit, first_on, next_on })
    }
}

/// The schedule by which an order is repeated now, else the one that issued it and still runs: whoever looks at one of
/// its orders finds it.
pub async fn find_schedule(db: &mut PgConnection, estate: EstateId, order: OrderId) -> Result<Option<Schedule>, Fault> {
    let row = sqlx::query_as!(
        Row,
        "select s.id, s.order_id, s.every, s.unit, s.first_on, s.next_on
         from schedule s
         join work_order origin on origin.estate_id = s.estate_id and origin.id = s.order_id
         join work_order o on o.estate_id = s.estate_id and o.department_id = origin.department_id
         where s.estate_id = $1 and o.id = $2 and s.ended_at is null and (s.order_id = o.id or exists (
           select from schedule_run u
           where u.estate_id = s.estate_id and u.schedule_id = s.id and u.request_id = o.request_id))
         order by (s.order_id = o.id) desc limit 1",
        estate.0,
        order.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// The schedules that a member of staff sees, with the requests of the orders that they repeat, the next one first;
/// at most 200.
pub async fn list_schedules(db: &mut PgConnection, scope: Scope) -> Result<Vec<(Schedule, RequestId)>, Fault> {
    let rows = sqlx::query!(
        "select s.id, s.order_id, s.every, s.unit, s.first_on, s.next_on, o.request_id
         from schedule s join work_order o on o.estate_id = s.estate_id and o.id = s.order_id
         where s.estate_id = $1 and s.ended_at is null and ($2::uuid is null or o.department_id = $2)
         order by s.next_on, s.id limit 200",
        scope.estate.0,
        scope.department().map(|id| id.0),
    )
    .fetch_all(db)
    .await?;
    let mut all = Vec::new();
    for row in rows {
        let (first_on, next_on) = (row.first_on, row.next_on);
        let of = Row { id: row.id, order_id: row.order_id, every: row.every, unit: row.unit, first_on, next_on };
        all.push((Schedule::try_from(of)?, row.request_id.into()));
    }
    Ok(all)
}

/// An order recurs from now on.
pub async fn insert_schedule(
    db: &mut PgConnection,
    estate: EstateId,
    schedule: &Schedule,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into schedule (estate_id, id, order_id, every, unit, first_on, next_on, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        estate.0,
        schedule.id.0,
        schedule.order.0,
        schedule.every,
        schedule.unit.tag(),
        schedule.first_on,
        schedule.next_on,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// It recurs no longer; `false` where somebody else has said so first.
pub async fn end_schedule(db: &mut PgConnection, estate: EstateId, id: ScheduleId, at: Moment) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "update schedule set ended_at = $3 where estate_id = $1 and id = $2 and ended_at is null",
        estate.0,
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A schedule that is due.
pub struct Due {
    /// Its estate.
    pub estate: EstateId,
    /// The day there.
    pub today: NaiveDate,
    /// The request of the order that it repeats.
    pub request: RequestId,
    /// The schedule.
    pub schedule: Schedule,
}

/// One schedule that is due on its estate's wall and was neither put off nor set aside; locked, so that no other replica
/// issues it too.
pub async fn lock_due(db: &mut PgConnection, now: Moment, aside: &[Uuid]) -> Result<Option<Due>, Fault> {
    let row = sqlx::query!(
        r#"select s.estate_id, s.id, s.order_id, s.every, s.unit, s.first_on, s.next_on, o.request_id,
             ($1::timestamptz at time zone e.zone)::date as "today!"
           from schedule s
           join estate e on e.id = s.estate_id
           join work_order o on o.estate_id = s.estate_id and o.id = s.order_id
           where s.ended_at is null and s.next_on <= ($1::timestamptz at time zone e.zone)::date
             and s.next_on <= ($1::timestamptz at time zone 'UTC')::date + 1
             and (s.look_at is null or s.look_at <= $1) and s.id <> all($2)
           order by s.next_on limit 1 for update of s skip locked"#,
        now,
        aside,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (first_on, next_on) = (row.first_on, row.next_on);
    let schedule = Row { id: row.id, order_id: row.order_id, every: row.every, unit: row.unit, first_on, next_on };
    let (estate, today, request) = (row.estate_id.into(), row.today, row.request_id.into());
    Ok(Some(Due { estate, today, request, schedule: schedule.try_into()? }))
}

/// Nobody looks at a schedule before an instant.
pub async fn put_off(db: &mut PgConnection, estate: EstateId, id: ScheduleId, until: Moment) -> Result<(), Fault> {
    sqlx::query!("update schedule set look_at = $3 where estate_id = $1 and id = $2", estate.0, id.0, until)
        .execute(db)
        .await?;
    Ok(())
}

/// Writes down what was issued for a day, and when the next one is due.
pub async fn keep_run(
    db: &mut PgConnection,
    estate: EstateId,
    schedule: &Schedule,
    request: RequestId,
    next_on: NaiveDate,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into schedule_run (estate_id, schedule_id, due_on, request_id, issued_at) values ($1, $2, $3, $4, $5)",
        estate.0,
        schedule.id.0,
        schedule.next_on,
        request.0,
        at,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update schedule set next_on = $3 where estate_id = $1 and id = $2", estate.0, schedule.id.0, next_on)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether somebody works in a department now.
pub async fn works_in(
    db: &mut PgConnection,
    estate: EstateId,
    who: StaffId,
    department: DepartmentId,
) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from staff_member
             where estate_id = $1 and id = $2 and department_id = $3 and left_at is null) as "works!""#,
        estate.0,
        who.0,
        department.0,
    )
    .fetch_one(db)
    .await?)
}
