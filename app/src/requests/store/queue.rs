//! The queue's lists. What waits for the office lies in the order of promises, and is read in that order; everything
//! else is found newest first, month by month, by its keys (see the migration `search`).

use super::list_cards;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, RequestId, StaffId};
use crate::moment::Moment;
use crate::people::Scope;
use crate::requests::model::{After, Card, Channel, Facet, Sieve, Version};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// What a sieve stands for in one estate.
pub struct Meant {
    /// Facets as `request_search` keeps them.
    pub facets: Vec<String>,
    /// What its slugs are called.
    pub names: Vec<(Facet, Names)>,
}

/// What a sieve stands for.
pub async fn find_facets(db: &mut PgConnection, scope: Scope, sieve: &Sieve) -> Result<Meant, Fault> {
    let known = sqlx::query!(
        r#"select
             (select id from building where estate_id = $1 and $2 in (name_en, name_hans, name_hant) order by position limit 1) as building,
             (select name_en from common_area where estate_id = $1 and $3 in (name_en, name_hans, name_hant) order by position limit 1) as area,
             d.id as "department?", d.name_en as "department_en?", d.name_hans as "department_hans?", d.name_hant as "department_hant?",
             (select m.id from staff_member m join account a on a.id = m.account_id where m.estate_id = $1 and a.name = $5
              order by m.left_at desc nulls first, m.id limit 1) as person,
             i.kind as "kind?", i.name_en as "item_en?", i.name_hans as "item_hans?", i.name_hant as "item_hant?"
           from estate e
           left join department d on d.estate_id = e.id and d.slug = $4
           left join catalogue_item i on i.estate_id = e.id and i.slug = $6
           where e.id = $1"#,
        scope.estate.0,
        sieve.get(Facet::Building),
        sieve.get(Facet::Area),
        sieve.get(Facet::Department),
        sieve.get(Facet::Person),
        sieve.get(Facet::Problem),
    )
    .fetch_one(db)
    .await?;
    // What the estate does not know, no request has.
    let id = |id: Option<Uuid>| id.map_or_else(|| "none".to_owned(), |id| id.to_string());
    let facet = |(facet, value): (Facet, &str)| match facet {
        Facet::State => (!super::is_open_tag(value)).then(|| format!("state:{value}")),
        Facet::Clock => None,
        Facet::Problem if known.kind.as_deref() == Some("group") => Some(format!("group:{value}")),
        Facet::Problem => Some(format!("item:{value}")),
        Facet::Building => Some(format!("building:{}", id(known.building))),
        Facet::Area => Some(format!("area:{}", known.area.as_deref().unwrap_or("none"))),
        Facet::Department => Some(format!("department:{}", id(known.department))),
        Facet::Person => Some(format!("person:{}", id(known.person))),
        Facet::Floor | Facet::Unit | Facet::Source | Facet::Rating => Some(format!("{}:{value}", facet.tag())),
    };
    let facets = sieve.iter().filter_map(facet).collect();
    let names = [
        (Facet::Department, known.department_en, known.department_hans, known.department_hant),
        (Facet::Problem, known.item_en, known.item_hans, known.item_hant),
    ];
    let names = names
        .into_iter()
        .filter_map(|(facet, en, hans, hant)| Some((facet, Names { en: en?, hans: hans?, hant: hant? })));
    Ok(Meant { facets, names: names.collect() })
}

/// What of the open matters is looked for, besides facets and words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Owed<'a> {
    /// Only what nobody has looked at.
    pub is_new: bool,
    /// Only what this person answers for.
    pub accountable: Option<StaffId>,
    /// Only in this stage.
    pub stage: Option<&'a str>,
    /// Only with a clock that is `late`, at `risk`, `running` or `resting` at this moment.
    pub clock: Option<(&'a str, Moment)>,
}

/// Open matters, the most pressing promise first; one more than asked where there are more.
pub async fn list_owed(
    db: &mut PgConnection,
    scope: Scope,
    owed: Owed<'_>,
    facets: &[String],
    words: &str,
    after: Option<After>,
    most: i64,
) -> Result<Vec<Card>, Fault> {
    let (clock, now) = owed.clock.unzip();
    let found = sqlx::query_scalar!(
        r#"select r.id from request r
           join request_search s on s.estate_id = r.estate_id and s.request_id = r.id
           where r.estate_id = $1
             and ($2::uuid is null or is_seen_by($2, r.estate_id, r.id, case when $3 then r.department_id end))
             and r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened')
             and (not $4 or r.stage in ('received', 'reopened'))
             and ($5::uuid is null or r.accountable_id = $5)
             and ($6::text is null or r.stage = $6)
             and ($7::text is null or exists (
               select from request_clock c
               where c.estate_id = r.estate_id and c.request_id = r.id and c.life = r.reopened_times and c.stopped_at is null
                 and case $7
                   when 'resting' then c.due_at is null
                   when 'late' then c.due_at < $8
                   when 'risk' then c.due_at >= $8 and c.due_at - $8 < greatest(interval '30 minutes', (c.due_at - c.started_at) / 4)
                   when 'running' then c.due_at >= $8
                 end))
             and s.facets @> $9
             and s.text like all ((select search_patterns(search_text($10)))::text[])
             and ($11::timestamptz is null or (r.promised_at, r.id) > ($11, $12))
           order by r.promised_at, r.id limit $13"#,
        scope.estate.0,
        scope.department().map(|id| id.0),
        scope.before_orders(),
        owed.is_new,
        owed.accountable.map(|id| id.0),
        owed.stage,
        clock,
        now,
        facets,
        words,
        after.map(|after| after.at),
        after.map(|after| after.id.0),
        most + 1,
    )
    .fetch_all(&mut *db)
    .await?;
    cards(db, scope, found).await
}

/// Matters of any state, the newest first; one more than asked where there are more.
pub async fn list_newest(
    db: &mut PgConnection,
    scope: Scope,
    facets: &[String],
    words: &str,
    after: Option<After>,
    most: i64,
) -> Result<Vec<Card>, Fault> {
    let (at, id) = (after.map(|after| after.at), after.map(|after| after.id.0));
    let found = if facets.is_empty() && words.is_empty() && scope.department().is_none() {
        sqlx::query_scalar!(
            r#"select id from request
               where estate_id = $1 and ($2::timestamptz is null or (received_at, id) < ($2, $3))
               order by received_at desc, id desc limit $4"#,
            scope.estate.0,
            at,
            id,
            most + 1,
        )
        .fetch_all(&mut *db)
        .await?
    } else {
        sqlx::query_scalar!(
            r#"select id as "id!" from find_requests($1, $2, $3, $4, $5, $6, $7, $8)"#,
            scope.estate.0,
            facets,
            words,
            at,
            id,
            scope.department().map(|id| id.0),
            !scope.before_orders(),
            i32::try_from(most + 1).unwrap_or(i32::MAX),
        )
        .fetch_all(&mut *db)
        .await?
    };
    cards(db, scope, found).await
}

/// The cards of what was found, in its order.
async fn cards(db: &mut PgConnection, scope: Scope, found: Vec<Uuid>) -> Result<Vec<Card>, Fault> {
    let ids: Vec<RequestId> = found.into_iter().map(Into::into).collect();
    let mut cards: HashMap<_, _> =
        list_cards(db, scope.estate, &ids).await?.into_iter().map(|card| (card.id, card)).collect();
    Ok(ids.iter().filter_map(|id| cards.remove(id)).collect())
}

/// How many matters of a scope have a clock that has run out; no more than `most`.
pub async fn count_late(db: &mut PgConnection, scope: Scope, now: Moment, most: i64) -> Result<i64, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
             select from request_clock c
             join request r on r.estate_id = c.estate_id and r.id = c.request_id and r.reopened_times = c.life
             where c.estate_id = $1 and c.stopped_at is null and c.due_at < $2
               and ($3::uuid is null or is_seen_by($3, r.estate_id, r.id, case when $4 then r.department_id end))
             group by c.request_id limit $5) as late"#,
        scope.estate.0,
        now,
        scope.department().map(|id| id.0),
        scope.before_orders(),
        most,
    )
    .fetch_one(db)
    .await?)
}

/// How many open matters have a clock that is `late`, at `risk`, `running` or `resting`, in this order; of all or of those
/// that a department looks after, and of each no more than `most`.
pub async fn count_clocks(
    db: &mut PgConnection,
    estate: EstateId,
    department: Option<DepartmentId>,
    now: Moment,
    most: i64,
) -> Result<Vec<i64>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select (select count(*) from (
             select from request r
             where r.estate_id = $1 and ($2::uuid is null or r.department_id = $2)
               and r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened')
               and exists (
                 select from request_clock c
                 where c.estate_id = r.estate_id and c.request_id = r.id and c.life = r.reopened_times and c.stopped_at is null
                   and case asked.clock
                     when 'resting' then c.due_at is null
                     when 'late' then c.due_at < $3::timestamptz
                     when 'risk' then c.due_at >= $3 and c.due_at - $3 < greatest(interval '30 minutes', (c.due_at - c.started_at) / 4)
                     when 'running' then c.due_at >= $3
                   end)
             limit $4) as found) as "count!"
           from unnest(array['late', 'risk', 'running', 'resting']) with ordinality as asked (clock, place) order by asked.place"#,
        estate.0,
        department.map(|id| id.0),
        now,
        most,
    )
    .fetch_all(db)
    .await?)
}

/// The versions of these matters. Only for ids that a scoped look-up returned.
pub async fn list_versions(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[RequestId],
) -> Result<HashMap<RequestId, Version>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!("select id, version from request where estate_id = $1 and id = any($2)", estate.0, &ids)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.version)).collect())
}

/// The whole words of these matters, and how each came in. Only for ids that a scoped look-up returned.
pub async fn list_words(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[RequestId],
) -> Result<HashMap<RequestId, (String, Channel)>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows =
        sqlx::query!("select id, words, channel from request where estate_id = $1 and id = any($2)", estate.0, &ids)
            .fetch_all(db)
            .await?;
    let row = |id: Uuid, words: String, channel: &str| Some((id.into(), (words, Channel::from_tag(channel)?)));
    Ok(rows.into_iter().filter_map(|each| row(each.id, each.words, &each.channel)).collect())
}
