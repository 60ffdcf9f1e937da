use super::super::model::{Service, ServiceTerms, ServiceVersion};
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{EstateId, ItemId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;

/// A service under the version that was published last, if any was, offered or not. Nobody else publishes one, or takes it
/// off, until the transaction ends; whoever orders does not wait for that.
pub async fn lock_service(
    db: &mut PgConnection,
    estate: EstateId,
    id: ItemId,
    now: Moment,
) -> Result<Option<Service>, Fault> {
    // First the lock, then what stands behind it: whoever waited sees what was published meanwhile.
    sqlx::query!(
        "select id from catalogue_item where estate_id = $1 and id = $2 and kind = 'service' for no key update",
        estate.0,
        id.0,
    )
    .fetch_optional(&mut *db)
    .await?;
    let row = sqlx::query_scalar!(
        r#"select service_whole_json(i, coalesce(t, terms_to_come(i)), $3) as "service!: Json<Service>"
           from catalogue_item i
           left join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
           where i.estate_id = $1 and i.id = $2 and i.kind = 'service'
           order by t.version desc limit 1"#,
        estate.0,
        id.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| row.0))
}

/// Whether a bundle has it for a part.
pub async fn is_part(db: &mut PgConnection, service: &Service) -> Result<bool, Fault> {
    let is_part = sqlx::query_scalar!(
        r#"select exists (select from service_part where estate_id = $1 and part_id = $2) as "is_part!""#,
        service.estate.0,
        service.id.0,
    )
    .fetch_one(db)
    .await?;
    Ok(is_part)
}

/// Whether a service is offered from now on.
pub async fn set_offered(db: &mut PgConnection, service: &Service, is_offered: bool, now: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "update catalogue_item set retired_at = $3 where estate_id = $1 and id = $2",
        service.estate.0,
        service.id.0,
        (!is_offered).then_some(now),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The versions of a service, the latest first, each with its parts as they were when it began; at most 50.
pub async fn list_versions(db: &mut PgConnection, estate: EstateId, id: ItemId) -> Result<Vec<ServiceVersion>, Fault> {
    let rows = sqlx::query!(
        r#"select service_terms_json(i, t) || jsonb_build_object('parts', service_parts_json(t, t.since))
               as "terms!: Json<ServiceTerms>", t.script_en, t.script_hans, t.script_hant,
             a.name as "by?"
           from catalogue_item i
           join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
           left join staff_member m on m.estate_id = t.estate_id and m.id = t.published_by
           left join account a on a.id = m.account_id
           where i.estate_id = $1 and i.id = $2 order by t.version desc limit 50"#,
        estate.0,
        id.0,
    )
    .fetch_all(db)
    .await?;
    let version = rows.into_iter().map(|row| ServiceVersion {
        terms: row.terms.0,
        script: script([row.script_en, row.script_hans, row.script_hant]),
        by: row.by,
    });
    Ok(version.collect())
}

/// What those who deliver a service under some version say and do (A15).
pub async fn find_script(
    db: &mut PgConnection,
    estate: EstateId,
    id: ItemId,
    version: i32,
) -> Result<Option<Names>, Fault> {
    let row = sqlx::query!(
        "select script_en, script_hans, script_hant from service_terms
         where estate_id = $1 and item_id = $2 and version = $3",
        estate.0,
        id.0,
        version,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| script([row.script_en, row.script_hans, row.script_hant])))
}

fn script(texts: [Option<String>; 3]) -> Option<Names> {
    let [en, hans, hant] = texts;
    Some(Names { en: en?, hans: hans?, hant: hant? })
}

/// Publishes a version of a service's terms, with its hours, questions and script, and the parts that
/// the one before had. Only after [`lock_service`].
pub async fn insert_version(
    db: &mut PgConnection,
    service: &Service,
    (terms, script): (&ServiceTerms, Option<&Names>),
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    let (estate, item) = (service.estate.0, service.id.0);
    let (department, person, vendor) = deliverer(terms);
    sqlx::query!(
        "insert into service_terms (estate_id, item_id, version, since, content_en, content_hans, content_hant, standard_en,
           standard_hans, standard_hant, conditions_en, conditions_hans, conditions_hant, price_rule, price, currency,
           moment_from, hours_from, pieces_from, pieces_en, pieces_hans, pieces_hant, lead_minutes, delivered_by,
           department_id, staff_id, vendor_id, is_agency, facility, script_en, script_hans, script_hant, published_by,
           published_at, is_activities)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
           $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35)",
        estate,
        item,
        terms.version,
        terms.since,
        terms.content.en,
        terms.content.hans,
        terms.content.hant,
        terms.standard.en,
        terms.standard.hans,
        terms.standard.hant,
        terms.conditions.en,
        terms.conditions.hans,
        terms.conditions.hant,
        terms.price_rule.tag(),
        terms.price,
        terms.currency,
        terms.moment_from.as_deref(),
        terms.hours_from.as_deref(),
        terms.pieces_from.as_deref(),
        terms.pieces.as_ref().map(|names| names.en.as_str()),
        terms.pieces.as_ref().map(|names| names.hans.as_str()),
        terms.pieces.as_ref().map(|names| names.hant.as_str()),
        terms.lead_minutes as i32,
        terms.delivered_by.tag(),
        department,
        person,
        vendor,
        terms.is_agency,
        terms.facility.as_deref(),
        script.map(|names| names.en.as_str()),
        script.map(|names| names.hans.as_str()),
        script.map(|names| names.hant.as_str()),
        by.0,
        now,
        terms.is_activities,
    )
    .execute(&mut *db)
    .await?;
    let weekdays: Vec<i32> = terms.hours.iter().map(|hours| hours.weekday.into()).collect();
    let opens: Vec<i32> = terms.hours.iter().map(|hours| hours.opens.into()).collect();
    let closes: Vec<i32> = terms.hours.iter().map(|hours| hours.closes.into()).collect();
    sqlx::query!(
        "insert into service_hours (estate_id, item_id, version, weekday, opens, closes)
         select $1, $2, $3, h.weekday, h.opens, h.closes
         from unnest($4::int[], $5::int[], $6::int[]) as h (weekday, opens, closes)",
        estate,
        item,
        terms.version,
        &weekdays,
        &opens,
        &closes,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into service_question (estate_id, item_id, version, slug, position, kind, label_en, label_hans, label_hant,
           hint_en, hint_hans, hint_hant, is_required, least, most, choices)
         select $1, $2, $3, q.asked ->> 'slug', q.position::int, q.asked ->> 'kind', q.asked #>> '{label,en}',
           q.asked #>> '{label,hans}', q.asked #>> '{label,hant}', q.asked #>> '{hint,en}', q.asked #>> '{hint,hans}',
           q.asked #>> '{hint,hant}', (q.asked ->> 'is_required')::boolean, (q.asked ->> 'least')::int,
           (q.asked ->> 'most')::int, q.asked -> 'choices'
         from jsonb_array_elements($4::jsonb) with ordinality as q (asked, position)",
        estate,
        item,
        terms.version,
        Json(&terms.questions) as _,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into service_part (estate_id, item_id, version, slug, position, part_id, facility, steps, hours_from, heads_from)
         select estate_id, item_id, $3, slug, position, part_id, facility, steps, hours_from, heads_from
         from service_part where estate_id = $1 and item_id = $2 and version = $4",
        estate,
        item,
        terms.version,
        service.terms.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A department's id, a person's and a firm's: one of them.
fn deliverer(terms: &ServiceTerms) -> (Option<uuid::Uuid>, Option<uuid::Uuid>, Option<uuid::Uuid>) {
    use super::super::model::Deliverer::{Department, Person, Vendor};
    match terms.delivered_by {
        Department(id) => (Some(id.0), None, None),
        Person(id) => (None, Some(id.0), None),
        Vendor(id) => (None, None, Some(id.0)),
    }
}
