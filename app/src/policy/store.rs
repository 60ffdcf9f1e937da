//! SQL of policies: the versions that were published, and the draft of the next one.

use super::model::{Category, Draft, Edited, Policy, Published, Section, Terms};
use crate::backend::broken;
use crate::estate::{Names, Zone};
use crate::fault::Fault;
use crate::ids::{EstateId, StaffId};
use crate::moment::Moment;
use sqlx::PgConnection;
use sqlx::types::Json;

/// The version that holds at an instant, and the zone in which it counts.
pub async fn in_force(db: &mut PgConnection, estate: EstateId, at: Moment) -> Result<(Policy, Zone), Fault> {
    let row = sqlx::query!(
        r#"select p.version, p.valid_from, p.terms as "terms: Json<Terms>", e.zone
           from policy p join estate e on e.id = p.estate_id
           where p.estate_id = $1 and p.valid_from <= $2 order by p.valid_from desc, p.version desc limit 1"#,
        estate.0,
        at,
    )
    .fetch_optional(db)
    .await?
    .ok_or_else(|| broken("an estate without a policy", &estate))?;
    let policy = Policy { estate, version: row.version, valid_from: row.valid_from, terms: row.terms.0 };
    Ok((policy, Zone::of(&row.zone)))
}

/// The version that was published last; it may be yet to begin.
pub async fn latest(db: &mut PgConnection, estate: EstateId) -> Result<Policy, Fault> {
    let row = sqlx::query!(
        r#"select version, valid_from, terms as "terms: Json<Terms>" from policy
           where estate_id = $1 order by version desc limit 1"#,
        estate.0,
    )
    .fetch_optional(db)
    .await?
    .ok_or_else(|| broken("an estate without a policy", &estate))?;
    Ok(Policy { estate, version: row.version, valid_from: row.valid_from, terms: row.terms.0 })
}

/// What a version says, by its number.
pub async fn find_terms(db: &mut PgConnection, estate: EstateId, version: i32) -> Result<Option<Terms>, Fault> {
    let terms = sqlx::query_scalar!(
        r#"select terms as "terms: Json<Terms>" from policy where estate_id = $1 and version = $2"#,
        estate.0,
        version,
    )
    .fetch_optional(db)
    .await?;
    Ok(terms.map(|terms| terms.0))
}

/// The versions, the latest first; at most 100, and older ones where one of them is asked for by its number.
pub async fn list_published(
    db: &mut PgConnection,
    estate: EstateId,
    from: Option<i32>,
) -> Result<Vec<Published>, Fault> {
    let rows = sqlx::query!(
        r#"select p.version, p.valid_from, p.note, a.name as "by?"
           from policy p left join staff_member m on m.estate_id = p.estate_id and m.id = p.published_by
           left join account a on a.id = m.account_id
           where p.estate_id = $1 and ($2::int is null or p.version <= $2) order by p.version desc limit 100"#,
        estate.0,
        from,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Published { version: row.version, valid_from: row.valid_from, note: row.note, by: row.by })
        .collect())
}

/// Publishes a version, once its terms are checked; two at once cannot have the same number.
pub async fn insert(
    db: &mut PgConnection,
    policy: &Policy,
    by: Option<StaffId>,
    note: Option<&str>,
    now: Moment,
) -> Result<(), Fault> {
    policy.terms.check()?;
    sqlx::query!(
        "insert into policy (estate_id, version, valid_from, terms, note, published_by, published_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        policy.estate.0,
        policy.version,
        policy.valid_from,
        Json(&policy.terms) as _,
        note,
        by.map(|id| id.0),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Locks an estate's policy until the transaction ends: whoever edits or publishes waits here, and nobody else.
pub async fn lock(db: &mut PgConnection, estate: EstateId) -> Result<(), Fault> {
    sqlx::query!("select id from estate where id = $1 for no key update", estate.0).fetch_one(db).await?;
    Ok(())
}

/// The draft of the version that follows `latest`; where nobody has begun it, it says the same.
pub async fn read_draft(db: &mut PgConnection, latest: &Policy) -> Result<Draft, Fault> {
    let row = sqlx::query!(
        r#"select d.version, d.terms as "terms: Json<Terms>", d.edited_at, a.name
           from policy_draft d join staff_member m on m.estate_id = d.estate_id and m.id = d.edited_by
           join account a on a.id = m.account_id where d.estate_id = $1"#,
        latest.estate.0,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else {
        return Ok(Draft { version: 0, terms: latest.terms.clone(), edited: None, changed: Vec::new() });
    };
    let edited = row.terms.is_some().then_some(Edited { at: row.edited_at, by: row.name });
    let terms = row.terms.map_or_else(|| latest.terms.clone(), |terms| terms.0);
    let changed = Section::ALL.into_iter().filter(|section| terms.differs(&latest.terms, *section)).collect();
    Ok(Draft { version: row.version, terms, edited, changed })
}

/// Stores an edit of the draft, or that there is none any more. Only after [`lock`].
pub async fn save_draft(
    db: &mut PgConnection,
    estate: EstateId,
    terms: Option<&Terms>,
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into policy_draft (estate_id, version, terms, edited_by, edited_at) values ($1, 1, $2, $3, $4)
         on conflict (estate_id) do update set version = policy_draft.version + 1, terms = excluded.terms,
           edited_by = excluded.edited_by, edited_at = excluded.edited_at",
        estate.0,
        terms.map(Json) as _,
        by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The catalogue's categories, in order; retired ones too, since matters of theirs may still be open.
pub async fn list_categories(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Category>, Fault> {
    let rows = sqlx::query!(
        "select id, name_en, name_hans, name_hant from catalogue_item
         where estate_id = $1 and kind = 'group' and parent_id is null order by position, id limit 100",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Category {
            id: row.id.into(),
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
        })
        .collect())
}
