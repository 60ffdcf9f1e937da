use super::super::model::{Facility, Opening, Terms};
use crate::fault::Fault;
use crate::moment::Moment;
use sqlx::PgConnection;

/// The next terms of a facility, and the hours under them.
pub async fn insert_terms(
    db: &mut PgConnection,
    facility: &Facility,
    terms: &Terms,
    openings: &[Opening],
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into facility_terms (estate_id, facility_id, version, since, step_minutes, least_steps, most_steps,
           before_minutes, after_minutes, notice_minutes, ahead_days, quota, quota_per, most_heads, seats, hold_minutes,
           cancel_minutes, price, price_per, deposit, currency, needs_approval, checks_in, grace_minutes, most_missed,
           missed_days, swaps, least_age, needs_induction, check_out)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
           $24, $25, $26, $27, $28, $29, $30)",
        facility.estate.0,
        facility.id.0,
        terms.version,
        now,
        terms.step_minutes as i32,
        terms.least_steps as i32,
        terms.most_steps as i32,
        terms.before_minutes as i32,
        terms.after_minutes as i32,
        terms.notice_minutes as i32,
        terms.ahead_days as i32,
        terms.quota.map(|quota| quota.most as i32),
        terms.quota.map(|quota| quota.per.tag()),
        terms.most_heads as i32,
        terms.seats.map(|seats| seats as i32),
        terms.hold_minutes as i32,
        terms.cancel_minutes as i32,
        terms.price,
        terms.price_per.tag(),
        terms.deposit,
        terms.currency,
        terms.needs_approval,
        terms.checks_in,
        terms.grace_minutes as i32,
        terms.missed.map(|missed| missed.most as i32),
        terms.missed.map(|missed| missed.days as i32),
        terms.swaps,
        terms.least_age.map(|age| age as i32),
        terms.needs_induction,
        terms.check_out.map(i32::from),
    )
    .execute(&mut *db)
    .await?;
    let minutes = |minute: fn(&Opening) -> i32| openings.iter().map(minute).collect::<Vec<_>>();
    sqlx::query!(
        "insert into facility_hours (estate_id, facility_id, version, weekday, opens, closes)
         select $1, $2, $3, h.weekday, h.opens, h.closes
         from unnest($4::int[], $5::int[], $6::int[]) as h (weekday, opens, closes)",
        facility.estate.0,
        facility.id.0,
        terms.version,
        &minutes(|opening| opening.weekday as i32),
        &minutes(|opening| opening.opens.into()),
        &minutes(|opening| opening.closes.into()),
    )
    .execute(db)
    .await?;
    Ok(())
}
