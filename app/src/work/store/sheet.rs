use crate::device_time::DeviceTime;
use crate::estate::{DepartmentRef, Names};
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, LineId, OrderId, PhotoId, RequestId, StaffId};
use crate::moment::Moment;
use crate::work::{Assessment, Finding, Late, Material, MaterialDraft, Order, Signed, TimeSpent, Verdict};
use sqlx::PgConnection;
use uuid::Uuid;

/// What was found on site, oldest first; at most 50.
pub async fn list_findings(db: &mut PgConnection, estate: EstateId, order: OrderId) -> Result<Vec<Finding>, Fault> {
    Ok(sqlx::query_as!(
        Finding,
        r#"select f.words, a.name as "by", f.written_at as "at"
           from order_finding f
           join staff_member m on m.estate_id = f.estate_id and m.id = f.written_by
           join account a on a.id = m.account_id
           where f.estate_id = $1 and f.order_id = $2 order by f.written_at, f.id limit 50"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?)
}

/// What went into an order, oldest first; at most 200.
pub async fn list_materials(db: &mut PgConnection, estate: EstateId, order: OrderId) -> Result<Vec<Material>, Fault> {
    Ok(sqlx::query_as!(
        Material,
        r#"select id, name, quantity, unit, passed, remark, struck_at is not null as "is_struck!", false as "is_unsent!"
           from order_material where estate_id = $1 and order_id = $2 order by written_at, id limit 200"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?)
}

/// Who was at it how long, oldest first; at most 200.
pub async fn list_hours(db: &mut PgConnection, estate: EstateId, order: OrderId) -> Result<Vec<TimeSpent>, Fault> {
    Ok(sqlx::query_as!(
        TimeSpent,
        r#"select t.id, a.name as "by", t.minutes, t.written_at as "at", t.struck_at is not null as "is_struck!", false as "is_unsent!"
           from order_time t
           join staff_member m on m.estate_id = t.estate_id and m.id = t.staff_id
           join account a on a.id = m.account_id
           where t.estate_id = $1 and t.order_id = $2 order by t.written_at, t.id limit 200"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?)
}

/// What was done to an order without a signal and arrived later, oldest first; at most 20.
pub async fn list_late(
    db: &mut PgConnection,
    estate: EstateId,
    request: RequestId,
    order: OrderId,
) -> Result<Vec<Late>, Fault> {
    let rows = sqlx::query!(
        r#"select at, made_at as "made_at!", skew_ms as "skew_ms!" from happening
           where estate_id = $1 and subject_id = $2 and details ->> 'order' = $3
             and made_at + skew_ms * interval '1 millisecond' < at - interval '1 minute'
           order by id limit 20"#,
        estate.0,
        request.0,
        order.to_string(),
    )
    .fetch_all(db)
    .await?;
    let late = rows.into_iter().filter_map(|row| {
        let device = DeviceTime { made_at: row.made_at, skew_ms: row.skew_ms };
        device.done_before(row.at).map(|done_at| Late { done_at, at: row.at })
    });
    Ok(late.collect())
}

/// How clients signed, oldest first.
pub async fn list_signatures(db: &mut PgConnection, estate: EstateId, order: OrderId) -> Result<Vec<Signed>, Fault> {
    Ok(sqlx::query_as!(
        Signed,
        r#"select id, signer_name as name, signed_at as "at", strokes is not null as "is_drawn!"
           from signature where estate_id = $1 and order_id = $2 order by signed_at, id limit 20"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?)
}

/// The photos of an order: from before the work, and of the result.
pub async fn list_photos(
    db: &mut PgConnection,
    estate: EstateId,
    order: OrderId,
) -> Result<(Vec<PhotoId>, Vec<PhotoId>), Fault> {
    let rows = sqlx::query!(
        r#"select id, phase is not distinct from 'before' as "is_before!" from photo
           where estate_id = $1 and order_id = $2 order by sent_at, id limit 100"#,
        estate.0,
        order.0,
    )
    .fetch_all(db)
    .await?;
    let (before, after): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.is_before);
    let ids = |rows: Vec<_>, id: fn(&_) -> Uuid| rows.iter().map(id).map(PhotoId).collect();
    Ok((ids(before, |row| row.id), ids(after, |row| row.id)))
}

/// The drawing of a signature, where there is one, and the request whose order it proves.
pub async fn find_drawing(
    db: &mut PgConnection,
    estate: EstateId,
    id: Uuid,
) -> Result<Option<(RequestId, String)>, Fault> {
    let row = sqlx::query!(
        r#"select o.request_id, s.image as "image!" from signature s
           join work_order o on o.estate_id = s.estate_id and o.id = s.order_id
           where s.estate_id = $1 and s.id = $2 and s.image is not null"#,
        estate.0,
        id,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.request_id.into(), row.image)))
}

/// Adds what was found on site.
pub async fn insert_finding(
    db: &mut PgConnection,
    id: Uuid,
    order: &Order,
    words: &str,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into order_finding (estate_id, id, order_id, words, written_by, written_at) values ($1, $2, $3, $4, $5, $6)",
        order.estate.0,
        id,
        order.id.0,
        words,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds a material.
pub async fn insert_material(
    db: &mut PgConnection,
    id: LineId,
    order: &Order,
    draft: &MaterialDraft,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into order_material (estate_id, id, order_id, name, quantity, unit, passed, remark, written_by, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        order.estate.0,
        id.0,
        order.id.0,
        draft.name,
        draft.quantity,
        draft.unit,
        draft.passed,
        draft.remark,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds somebody's time.
pub async fn insert_time(
    db: &mut PgConnection,
    id: LineId,
    order: &Order,
    minutes: i32,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into order_time (estate_id, id, order_id, staff_id, minutes, written_at) values ($1, $2, $3, $4, $5, $6)",
        order.estate.0,
        id.0,
        order.id.0,
        by.0,
        minutes,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Strikes a line out; whether there was one that still stood.
pub async fn strike(
    db: &mut PgConnection,
    order: &Order,
    line: LineId,
    by: StaffId,
    at: Moment,
) -> Result<bool, Fault> {
    let material = sqlx::query!(
        "update order_material set struck_by = $4, struck_at = $5
         where estate_id = $1 and order_id = $2 and id = $3 and struck_at is null",
        order.estate.0,
        order.id.0,
        line.0,
        by.0,
        at,
    )
    .execute(&mut *db)
    .await?;
    let time = sqlx::query!(
        "update order_time set struck_at = $4 where estate_id = $1 and order_id = $2 and id = $3 and struck_at is null",
        order.estate.0,
        order.id.0,
        line.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(material.rows_affected() + time.rows_affected() > 0)
}

/// Whether the problem of a request lies outside the list of services.
pub async fn is_outside(db: &mut PgConnection, estate: EstateId, request: RequestId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        "select i.is_outside from request r join catalogue_item i on i.estate_id = r.estate_id and i.id = r.item_id
         where r.estate_id = $1 and r.id = $2",
        estate.0,
        request.0,
    )
    .fetch_one(db)
    .await?)
}

/// The latest assessment of a request.
pub async fn find_assessment(
    db: &mut PgConnection,
    estate: EstateId,
    request: RequestId,
) -> Result<Option<Assessment>, Fault> {
    let row = sqlx::query!(
        "select s.question, s.asked_at, s.verdict, s.reply, d.id, d.slug, d.name_en, d.name_hans, d.name_hant
         from assessment s join department d on d.estate_id = s.estate_id and d.id = s.department_id
         where s.estate_id = $1 and s.request_id = $2 order by s.asked_at desc, s.id desc limit 1",
        estate.0,
        request.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Assessment {
        department: DepartmentRef {
            id: row.id.into(),
            slug: row.slug,
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
        },
        question: row.question,
        asked_at: row.asked_at,
        answer: row.verdict.as_deref().and_then(Verdict::from_tag).zip(row.reply),
    }))
}

/// Asks a department's supervisor; one question of a request is open at a time.
pub async fn insert_assessment(
    db: &mut PgConnection,
    id: Uuid,
    (estate, request): (EstateId, RequestId),
    department: DepartmentId,
    question: Option<&str>,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into assessment (estate_id, id, request_id, department_id, asked_by, asked_at, question)
         values ($1, $2, $3, $4, $5, $6, $7)",
        estate.0,
        id,
        request.0,
        department.0,
        by.0,
        at,
        question,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Answers the open question of a request.
pub async fn answer_assessment(
    db: &mut PgConnection,
    (estate, request): (EstateId, RequestId),
    verdict: Verdict,
    reply: &str,
    by: StaffId,
    at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update assessment set verdict = $3, reply = $4, answered_by = $5, answered_at = $6
         where estate_id = $1 and request_id = $2 and answered_at is null",
        estate.0,
        request.0,
        verdict.tag(),
        reply,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}
