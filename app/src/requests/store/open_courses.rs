use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{EstateId, ItemId};
use crate::moment::Moment;
use crate::policy::ClockKind;
use crate::requests::courses::Step;
use crate::requests::model::Happening;
use sqlx::PgConnection;

/// An open matter, as far as its clocks can be reckoned anew from it.
pub struct OpenCourse {
    /// Whose.
    pub estate: EstateId,
    /// Its code.
    pub code: String,
    /// What kind of problem.
    pub item: Names,
    /// The category of that.
    pub category: Option<ItemId>,
    /// What clocks listen to, in order.
    pub steps: Vec<Step>,
    /// The clocks that run, as they were reckoned last.
    pub running: Vec<Running>,
}

/// A clock that runs.
pub struct Running {
    /// In which life of the request.
    pub life: i32,
    /// Which.
    pub kind: ClockKind,
    /// From when.
    pub started_at: Moment,
    /// By when.
    pub due_at: Moment,
}

/// The open matters in which a clock runs, the most pressing first.
pub async fn list_open_courses(db: &mut PgConnection, estate: EstateId, most: i64) -> Result<Vec<OpenCourse>, Fault> {
    let rows = sqlx::query!(
        r#"select r.code, i.name_en, i.name_hans, i.name_hant, i.parent_id,
             h.details as "details!: Vec<serde_json::Value>", h.at as "at!", h.by_office as "by_office!",
             c.lives as "lives!", c.kinds as "kinds!", c.started as "started!", c.due as "due!"
           from request r join catalogue_item i on i.estate_id = r.estate_id and i.id = r.item_id
           cross join lateral (
             select array_agg(details order by id) as details, array_agg(at order by id) as at,
               array_agg(by_staff_id is not null order by id) as by_office
             from happening h
             where h.estate_id = r.estate_id and h.subject_id = r.id and h.room = 'requests' and h.kind <> 'noted'
               and (h.kind <> 'commented' or h.by_staff_id is not null)) h
           cross join lateral (
             select array_agg(life order by kind) as lives, array_agg(kind order by kind) as kinds,
               array_agg(started_at order by kind) as started, array_agg(due_at order by kind) as due
             from request_clock c
             where c.estate_id = r.estate_id and c.request_id = r.id and c.stopped_at is null and c.due_at is not null) c
           where r.estate_id = $1 and c.lives is not null and h.at is not null
             and r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened')
           order by r.promised_at, r.id limit $2"#,
        estate.0,
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let told = row.details.into_iter().zip(row.at).zip(row.by_office);
            let steps = told.filter_map(|((details, at), by_office)| {
                let happening: Happening = serde_json::from_value(details).ok()?;
                Some(Step { at, happening, by_office })
            });
            let clocks = row.lives.into_iter().zip(row.kinds).zip(row.started).zip(row.due);
            let running = clocks.filter_map(|(((life, kind), started_at), due_at)| {
                Some(Running { life, kind: ClockKind::from_tag(&kind)?, started_at, due_at })
            });
            OpenCourse {
                estate,
                code: row.code,
                item: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
                category: row.parent_id.map(Into::into),
                steps: steps.collect(),
                running: running.collect(),
            }
        })
        .collect())
}
