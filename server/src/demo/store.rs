//! SQL of the demo's places and people. What happens to them later goes through the rooms' own stores.

use app::ids::EstateId;
use app::moment::Moment;
use serde::Serialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::boot::Failure;

pub const ESTATES: &str = "insert into estate select * from jsonb_populate_recordset(null::estate, $1)";
pub const BUILDINGS: &str = "insert into building select * from jsonb_populate_recordset(null::building, $1)";
pub const AREAS: &str = "insert into common_area select * from jsonb_populate_recordset(null::common_area, $1)";
pub const UNITS: &str = "insert into unit select * from jsonb_populate_recordset(null::unit, $1)";
pub const DEPARTMENTS: &str = "insert into department select * from jsonb_populate_recordset(null::department, $1)";
pub const ITEMS: &str = "insert into catalogue_item select * from jsonb_populate_recordset(null::catalogue_item, $1)";
pub const FACILITIES: &str = "insert into facility select * from jsonb_populate_recordset(null::facility, $1)";
pub const FACILITY_TERMS: &str =
    "insert into facility_terms select * from jsonb_populate_recordset(null::facility_terms, $1)";
pub const FACILITY_HOURS: &str =
    "insert into facility_hours select * from jsonb_populate_recordset(null::facility_hours, $1)";
pub const FACILITY_UNITS: &str =
    "insert into facility_unit select * from jsonb_populate_recordset(null::facility_unit, $1)";
pub const SERVICE_TERMS: &str =
    "insert into service_terms select * from jsonb_populate_recordset(null::service_terms, $1)";
pub const SERVICE_HOURS: &str =
    "insert into service_hours select * from jsonb_populate_recordset(null::service_hours, $1)";
pub const SERVICE_QUESTIONS: &str =
    "insert into service_question select * from jsonb_populate_recordset(null::service_question, $1)";
pub const WATER_LOGS: &str =
    "insert into facility_water select * from jsonb_populate_recordset(null::facility_water, $1)";
pub const READINGS: &str = "insert into water_reading select * from jsonb_populate_recordset(null::water_reading, $1)";
pub const SERVICE_PARTS: &str =
    "insert into service_part select * from jsonb_populate_recordset(null::service_part, $1)";
pub const ACCOUNTS: &str = "insert into account select * from jsonb_populate_recordset(null::account, $1)";
pub const STAFF: &str = "insert into staff_member select * from jsonb_populate_recordset(null::staff_member, $1)";
pub const ROLES: &str = "insert into staff_role select * from jsonb_populate_recordset(null::staff_role, $1)";
pub const SKILLS: &str = "insert into staff_skill select * from jsonb_populate_recordset(null::staff_skill, $1)";
pub const BEATS: &str = "insert into staff_area select * from jsonb_populate_recordset(null::staff_area, $1)";
pub const SHIFTS: &str = "insert into staff_shift select * from jsonb_populate_recordset(null::staff_shift, $1)";
pub const VENDORS: &str = "insert into vendor select * from jsonb_populate_recordset(null::vendor, $1)";
pub const PARTIES: &str = "insert into party select * from jsonb_populate_recordset(null::party, $1)";
pub const CONTACTS: &str = "insert into party_account select * from jsonb_populate_recordset(null::party_account, $1)";
pub const OCCUPANCIES: &str = "insert into occupancy select * from jsonb_populate_recordset(null::occupancy, $1)";
pub const INVITATIONS: &str = "insert into invitation select * from jsonb_populate_recordset(null::invitation, $1)";
pub const KEYS: &str = "insert into api_key select * from jsonb_populate_recordset(null::api_key, $1)";
pub const SCREENS: &str = "insert into screen select * from jsonb_populate_recordset(null::screen, $1)";
pub const CALLS: &str = "insert into contact select * from jsonb_populate_recordset(null::contact, $1)";
pub const BREACHES: &str =
    "insert into contact_breach select * from jsonb_populate_recordset(null::contact_breach, $1)";
pub const RUNGS: &str = "insert into contact_rung select * from jsonb_populate_recordset(null::contact_rung, $1)";
pub const WATCHES: &str = "insert into contact_watch select * from jsonb_populate_recordset(null::contact_watch, $1)";
pub const RECORDS: &str = "insert into happening (estate_id, room, subject_id, kind, is_public, by_account_id,
      by_staff_id, at, details, is_heard_at_home)
    select estate_id, room, subject_id, kind, is_public, by_account_id, by_staff_id, at, details, is_heard_at_home
    from jsonb_populate_recordset(null::happening, $1)";

/// Inserts rows whose fields are named like the table's columns.
pub async fn insert(db: &mut PgConnection, into: &'static str, rows: &[impl Serialize + Sync]) -> Result<(), Failure> {
    sqlx::query(into).bind(Json(rows)).execute(db).await?;
    Ok(())
}

/// Two servers on one empty database: the second one waits, and then finds the demo loaded.
pub async fn lock(db: &mut PgConnection) -> Result<(), Failure> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('steward demo', 0))").execute(db).await?;
    Ok(())
}

/// The estates that the database holds.
pub async fn list_estates(db: &mut PgConnection) -> Result<Vec<EstateId>, Failure> {
    Ok(sqlx::query_scalar("select id from estate").fetch_all(db).await?)
}

/// Whether what other offices asked for has its paper is looked at now: no table is altered while its rows wait to be.
pub async fn check_evidence(db: &mut PgConnection) -> Result<(), Failure> {
    sqlx::raw_sql("set constraints request_evidence_check, contact_evidence_check immediate").execute(db).await?;
    Ok(())
}

/// The next report gets the number after this one.
pub async fn set_number(db: &mut PgConnection, number: i64) -> Result<(), Failure> {
    sqlx::query("select setval('request_code_number', $1)").bind(number).execute(db).await?;
    Ok(())
}

/// Upkeep: in each estate three orders of common areas recur, every week, two weeks and month.
pub async fn add_schedules(db: &mut PgConnection, now: Moment) -> Result<(), Failure> {
    sqlx::query(
        "insert into schedule (estate_id, id, order_id, every, unit, first_on, next_on, made_by, made_at)
         select estate_id, md5('schedule ' || id)::uuid, id, case nth when 2 then 2 else 1 end,
           case nth when 3 then 'month' else 'week' end, today + nth::int, today + nth::int, issued_by, $1::timestamptz
         from (
           select o.estate_id, o.id, o.issued_by, ($1::timestamptz at time zone e.zone)::date as today,
             row_number() over (partition by o.estate_id order by o.issued_at, o.id) as nth
           from work_order o
           join request r on r.estate_id = o.estate_id and r.id = o.request_id
           join estate e on e.id = o.estate_id
           join department d on d.estate_id = o.estate_id and d.id = o.department_id
           where r.area_id is not null and o.stage = 'verified' and d.slug = 'engineering'
         ) as upkeep where nth <= 3",
    )
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// What is derived from requests and contacts one by one as they move: tables and their triggers.
const DERIVED: [(&str, &str); 14] = [
    ("request", "request_search_begins"),
    ("request", "request_search_follows"),
    ("work_order", "request_search_follows_new"),
    ("work_order", "request_search_follows_moved"),
    ("rating", "request_search_follows"),
    ("rating", "rating_tallied"),
    ("request_search", "request_search_tallied"),
    ("request_end", "request_end_tallied"),
    ("request_return", "request_return_tallied"),
    ("promise_end", "promise_end_tallied"),
    ("contact_breach", "contact_breach_tallied"),
    ("contact", "contact_tallied"),
    ("contact", "contact_tallied_again"),
    ("contact_promise_end", "contact_promise_end_tallied"),
];

/// What is derived rests while all of them move in.
pub async fn rest_search(db: &mut PgConnection) -> Result<(), Failure> {
    switch_derived(db, "disable").await
}

/// Everybody with an account was shown around whatever asks for that.
pub async fn induct(db: &mut PgConnection, now: Moment) -> Result<(), Failure> {
    sqlx::query(
        "insert into induction (estate_id, facility_id, account_id, given_at)
         select distinct t.estate_id, t.facility_id, pa.account_id, $1::timestamptz - interval '90 days'
         from facility_terms t join party_account pa on pa.estate_id = t.estate_id
         where t.needs_induction",
    )
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// Derives it in one go; from then on it follows one by one.
pub async fn fill_search(db: &mut PgConnection) -> Result<(), Failure> {
    sqlx::raw_sql(
        "insert into request_search select * from request_search_recount;
         insert into tally select * from tally_recount",
    )
    .execute(&mut *db)
    .await?;
    switch_derived(db, "enable").await
}

async fn switch_derived(db: &mut PgConnection, word: &str) -> Result<(), Failure> {
    for (table, trigger) in DERIVED {
        sqlx::raw_sql(AssertSqlSafe(format!("alter table {table} {word} trigger {trigger}"))).execute(&mut *db).await?;
    }
    Ok(())
}

/// Tables filled in one go are unknown to the planner until it is told.
pub async fn analyze(db: &mut PgConnection) -> Result<(), Failure> {
    sqlx::query(
        "analyze unit, account, party, occupancy, request, request_search, request_clock, work_order, order_finding,
         order_material, promise, promise_end, happening, rating, request_end, request_return, contact,
         contact_breach, tally",
    )
    .execute(db)
    .await?;
    Ok(())
}
